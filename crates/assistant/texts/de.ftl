# What Parvis says to residents, in German. The extracts that it quotes stay in French.

## Fixed phrases
phrase-greeting = Guten Tag! Fragen Sie nach der Stadt, ihren Diensten, Öffnungszeiten oder Formalitäten.
phrase-thanks = Gern geschehen. Stellen Sie jederzeit eine weitere Frage.
phrase-goodbye = Auf Wiedersehen und einen schönen Tag.
phrase-insult = Ich bin ein Programm und gebe mein Bestes. Sagen Sie mir, was Sie suchen: Ich antworte, wenn die Stadt es veröffentlicht hat.
phrase-about = Ich bin ein Programm, kein Mensch. Ich antworte mit Auszügen aus Seiten, die die Stadt geprüft und veröffentlicht hat, und zeige, woher sie stammen. Wenn diese Seiten keine Antwort geben, sage ich das.
phrase-emergency-fire = Bei Feuer oder Unfall rufen Sie sofort die Feuerwehr: 18 oder 112. Ich bin ein Programm: Ich kann die Rettungsdienste nicht verständigen.
phrase-emergency-medical = Wenn ein Leben in Gefahr ist, rufen Sie sofort den Rettungsdienst (SAMU): 15 oder 112. Ich bin ein Programm: Ich kann die Rettungsdienste nicht verständigen.
phrase-emergency-police = Bei unmittelbarer Gefahr rufen Sie sofort die Polizei: 17 oder 112. Wenn Sie nicht sprechen können, senden Sie eine SMS an die 114. Ich bin ein Programm: Ich kann die Rettungsdienste nicht verständigen.
phrase-emergency-violence = Bei unmittelbarer Gefahr rufen Sie die 17 oder senden Sie eine SMS an die 114. Zum Reden und für Hilfe rufen Sie Tag und Nacht die 3919: kostenlos und anonym. Ich bin ein Programm: Ich kann die Rettungsdienste nicht verständigen.
phrase-emergency-child = Ein Kind in Gefahr: Rufen Sie die 119, Tag und Nacht, kostenlos und vertraulich. Bei unmittelbarer Gefahr rufen Sie die 17. Ich bin ein Programm: Ich kann die Rettungsdienste nicht verständigen.
phrase-emergency-suicide = Sie sind nicht allein. Rufen Sie die 3114, Tag und Nacht: Fachleute hören Ihnen zu, kostenlos. Wenn Sie jetzt in Gefahr sind, rufen Sie die 15 oder die 112. Ich bin ein Programm: Ich kann die Rettungsdienste nicht verständigen.
phrase-emergency-shelter = Ohne Schlafplatz rufen Sie die 115, Tag und Nacht, kostenlos. Bei Gefahr rufen Sie die 112.
phrase-emergency-deaf = Wenn Sie schlecht hören oder nicht sprechen können, senden Sie eine SMS an die 114: Sie erreicht Feuerwehr, Rettungsdienst und Polizei, Tag und Nacht.
phrase-unknown = In dem, was die Stadt veröffentlicht hat, habe ich die Antwort nicht gefunden. Das sage ich lieber, als etwas zu erfinden.
phrase-partial = Das ist das Nächstliegende, was die Stadt veröffentlicht hat. Vielleicht beantwortet es nur einen Teil Ihrer Frage.
phrase-partial-briefly = Ihrer Frage am nächsten:
phrase-list-goes-on = Die Liste ist nicht vollständig: Der Rest steht auf der Seite der Stadt.
phrase-outdated = Was die Stadt dazu veröffentlicht hatte, gilt nicht mehr, und noch nichts ersetzt es.
phrase-elsewhere = Dafür ist nicht das Rathaus zuständig.
phrase-clarify = Welchen Ort meinen Sie?
phrase-clarify-question = Können Sie Ihre Frage genauer stellen? Zum Beispiel den Dienst, den Ort oder die Formalität.
phrase-personal-file = Ich habe keinen Zugang zu persönlichen Akten und kann für Sie nichts buchen oder ändern. Der Schalter kann Ihnen antworten.
phrase-out-of-scope = Ich beantworte Fragen zur Stadt und ihren Diensten mit den Seiten, die die Stadt veröffentlicht hat. Etwas anderes kann ich nicht.
phrase-unlawful = Ich kann nicht helfen, das Gesetz oder die Regeln zu umgehen.
phrase-opinion = Ich habe keine Meinung zu geben. Ich kann Ihnen sagen, was die Stadt veröffentlicht hat.
phrase-contact-lead = Sie können sich an diesen Schalter wenden:
phrase-no-events = Im veröffentlichten Kalender der Stadt finde ich für diese Tage nichts.
phrase-events-lead = Das kündigt der Kalender der Stadt an:
phrase-extracts-in-french = Das hat die Stadt dazu veröffentlicht. Die Auszüge sind auf Französisch, der Sprache der Seiten, die die Stadt geprüft hat.
phrase-in-plain-words = Einfacher gesagt. Diese Sätze schreibt ein Programm anhand der Auszüge oben; maßgeblich sind allein die Auszüge.
phrase-easy-to-read = Ganz einfach. Ein Programm hat diese Sätze aus den Auszügen oben geschrieben. Im Zweifel gelten die Auszüge.
phrase-machine-translation = Maschinelle Übersetzung der Auszüge oben. Maßgeblich sind allein die französischen Auszüge.
phrase-translation-incomplete = Diese Übersetzung ist unvollständig: Einige der französischen Auszüge oben fehlen darin.

## Opening state
opening-open = { $place }: jetzt geöffnet. Schließt: { $until }.
opening-open-always = { $place }: immer geöffnet.
opening-open-then = { $place }: geöffnet, { $asked }. Schließt: { $until }.
opening-open-then-always = { $place }: geöffnet, { $asked }.
opening-closed = { $place }: jetzt geschlossen{ $because }. Öffnet wieder: { $opens }.
opening-closed-no-next = { $place }: jetzt geschlossen{ $because }. Keine nächste Öffnung ist angekündigt.
opening-closed-then = { $place }: geschlossen, { $asked }{ $because }. Öffnet wieder: { $opens }.
opening-closed-then-no-next = { $place }: geschlossen, { $asked }{ $because }.
opening-uncertain = { $place }: Die Seite der Stadt lässt nicht erkennen, ob geöffnet ist, { $asked }{ $because }.
because-holiday = {" "}(Feiertag: { $holiday })
because-closure = {" "}(ausnahmsweise geschlossen bis { $until })
because-closure-reason = {" "}(ausnahmsweise geschlossen bis { $until }: { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(die Zeiten hängen von den Schulferien ab, deren Daten nicht bekannt sind)
at-day-and-time = { $day } um { $time } Uhr
now-in-words = jetzt

## Hours
hours-open = { $place }: { $day }, geöffnet { $ranges }{ $note }.
hours-open-all-day = { $place }: { $day }, den ganzen Tag geöffnet{ $note }.
hours-closed = { $place }: { $day }, geschlossen{ $note }.
hours-uncertain = { $place }: { $day }, die Seite der Stadt nennt keine sicheren Zeiten{ $note }.
week = { $place }, Öffnungszeiten der Woche: { $days }.
week-with-exceptions = { $place }, Öffnungszeiten der Woche: { $days }. Ausnahme: { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } geschlossen{ $note }
week-range = { $first } bis { $last }
week-single = { $first }
week-every-day = jeden Tag

## Contact
contact-phone = { $place }, Telefon: { $value }.
contact-address = { $place }, Adresse: { $value }.
contact-email = { $place }, E-Mail: { $value }.
contact-website = { $place }, Website: { $value }.

## Events
event = { $title }: { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }, um { $time } Uhr
event-from-to = { $day }, { $ranges }
event-over-days = { $first } bis { $last }
event-where = {", "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = { $subject }: Dafür ist { $body } im Rathaus zuständig.
competent-other = { $subject }: Dafür ist { $body } zuständig, nicht das Rathaus.
body-departement = Dafür ist nicht das Rathaus zuständig, sondern: das Département.
body-region = Dafür ist nicht das Rathaus zuständig, sondern: die Region (Région).
body-vehicle-and-licence-titles = Dafür ist nicht das Rathaus zuständig, sondern: France Titres (ANTS), ein staatlicher Dienst, online, für Fahrzeugpapiere und Führerscheine.
body-prefecture = Dafür ist nicht das Rathaus zuständig, sondern: die Präfektur (préfecture), eine staatliche Behörde.
body-taxes = Dafür ist nicht das Rathaus zuständig, sondern: das staatliche Finanzamt (finances publiques).
body-justice = Dafür ist nicht das Rathaus zuständig, sondern: die Justiz: das Gericht (tribunal).
body-police = Dafür ist nicht das Rathaus zuständig, sondern: die Nationalpolizei oder die Gendarmerie, für Anzeigen und Ermittlungen.
body-family-allowances = Dafür ist nicht das Rathaus zuständig, sondern: die Familienkasse (CAF).
body-employment = Dafür ist nicht das Rathaus zuständig, sondern: France Travail (früher Pôle emploi).
body-health-insurance = Dafür ist nicht das Rathaus zuständig, sondern: die Krankenversicherung (Assurance maladie, CPAM).
body-pensions = Dafür ist nicht das Rathaus zuständig, sondern: Ihre Rentenkasse (Carsat in der allgemeinen Versicherung).
body-farm-insurance = Dafür ist nicht das Rathaus zuständig, sondern: die Sozialkasse der Landwirtschaft (MSA).
body-social-contributions = Dafür ist nicht das Rathaus zuständig, sondern: die Urssaf.
body-bank-of-france = Dafür ist nicht das Rathaus zuständig, sondern: die Banque de France.
body-post = Dafür ist nicht das Rathaus zuständig, sondern: La Poste.
body-energy = Dafür ist nicht das Rathaus zuständig, sondern: Ihr Energieversorger für einen Vertrag, oder der Netzbetreiber für eine Störung, einen Zähler oder einen Anschluss.
body-telecom = Dafür ist nicht das Rathaus zuständig, sondern: Ihr Internet- oder Telefonanbieter.
body-rail = Dafür ist nicht das Rathaus zuständig, sondern: die SNCF.
body-higher-education = Dafür ist nicht das Rathaus zuständig, sondern: die Universität, oder das Crous für Stipendien und Wohnheime.
body-national-education = Dafür ist nicht das Rathaus zuständig, sondern: die Schulbehörde (die Schulleitung, dann das Rektorat), für Lehrkräfte und Prüfungen.
body-national-service = Dafür ist nicht das Rathaus zuständig, sondern: das Zentrum des nationalen Dienstes der Streitkräfte.
body-business-register = Dafür ist nicht das Rathaus zuständig, sondern: die zentrale Anlaufstelle für Unternehmen (Guichet unique), online.
body-labour = Dafür ist nicht das Rathaus zuständig, sondern: die Arbeitsaufsicht oder das Arbeitsgericht (prud’hommes).
body-hunting-and-fishing = Dafür ist nicht das Rathaus zuständig, sondern: der Jagdverband für den Jagdschein, und die Angelvereine für die Angelkarte.
body-notary = Dafür ist nicht das Rathaus zuständig, sondern: eine Notarin oder ein Notar.
body-consulate = Dafür ist nicht das Rathaus zuständig, sondern: das Konsulat oder die Botschaft Frankreichs im Land, für Visa.
body-motorway = Dafür ist nicht das Rathaus zuständig, sondern: die Betreibergesellschaft der Autobahn.
body-youth-employment = Dafür ist nicht das Rathaus zuständig, sondern: die mission locale, für Arbeit und Ausbildung junger Menschen von 16 bis 25 Jahren.
body-home-renovation = Dafür ist nicht das Rathaus zuständig, sondern: der öffentliche Dienst France Rénov’, mit dem Gemeindeverband.

## Holidays
holiday-new-year = Neujahr
holiday-good-friday = Karfreitag
holiday-easter-monday = Ostermontag
holiday-labour-day = Tag der Arbeit
holiday-victory1945 = Tag des Sieges 1945
holiday-ascension = Christi Himmelfahrt
holiday-whit-monday = Pfingstmontag
holiday-bastille-day = Nationalfeiertag
holiday-assumption = Mariä Himmelfahrt
holiday-all-saints = Allerheiligen
holiday-armistice = Waffenstillstand 1918
holiday-christmas = Weihnachten
holiday-st-stephen = Stephanstag
holiday-abolition-of-slavery = Abschaffung der Sklaverei

## Suggestions
suggestion-hours = { $place }: Wie sind die Öffnungszeiten?
suggestion-weekend = Was ist am Wochenende los?
