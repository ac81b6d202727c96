# What residents read, in German: widget, pages, errors.

## The widget

widget-title = Stellen Sie Ihre Frage
widget-title-town = { $town } – Assistent
widget-open = Eine Frage?
widget-close = Schließen
widget-greeting = Sie schreiben an ein Programm, nicht an einen Menschen. Es antwortet aus Seiten, die die Stadt geprüft hat, und zeigt, woher jede Antwort kommt.
widget-retention = Was Sie schreiben, wird verschlüsselt und nach höchstens { $days } Tagen gelöscht. Bitte schreiben Sie keine persönlichen Daten.
widget-retention-link = Was aufbewahrt wird
widget-resumed = Ihr früheres Gespräch geht weiter. Frühere Nachrichten werden nicht erneut angezeigt.
widget-new-window = (neues Fenster)
widget-suggestions = Zum Beispiel
widget-log-label = Gespräch
widget-you = Sie:
widget-input-label = Ihre Frage
widget-input-placeholder = Öffnungszeiten, Formalitäten, Gebühren…
widget-send = Senden
widget-send-long = die Frage
widget-easy-to-read = Auch in ganz einfachen Sätzen antworten
widget-stop = Anhalten
widget-empty = Schreiben Sie zuerst eine Frage.
widget-counter = Verbleibende Zeichen: { $left }
widget-waiting = Suche in den geprüften Seiten…
widget-more-comes = Ein Programm schreibt weiter…
widget-tag-contact = An wen Sie sich wenden
widget-tag-notice = Gut zu wissen
widget-verdict-answered = Antwort aus geprüften Seiten
widget-verdict-partial = Teilantwort: Ein Teil Ihrer Frage bleibt ohne geprüfte Antwort
widget-verdict-clarify = Bitte fragen Sie genauer
widget-verdict-outdated = Veraltete Angabe: bitte bestätigen lassen
widget-verdict-elsewhere = Dafür ist eine andere Stelle zuständig
widget-verdict-unknown = Keine Antwort in den geprüften Seiten
widget-verdict-emergency = Notfall: rufen Sie sofort an
widget-source = Quelle
widget-sources = Quellen
widget-source-number = Quelle { $number }: { $title } (neues Fenster)
widget-approved = Geprüft am { $date }
widget-trusted = Quelle des Staates, automatisch übernommen
widget-choices = Was meinen Sie?
widget-more = Weiter mit
widget-useful = Nützlich?
widget-helpful = Ja, diese Antwort hilft mir
widget-unhelpful = Nein, diese Antwort hilft mir nicht
widget-reason = Was stimmt nicht?
widget-reason-wrong = Es ist falsch
widget-reason-incomplete = Es fehlt etwas
widget-reason-outdated = Es ist nicht mehr aktuell
widget-reason-unclear = Es ist unklar
widget-reason-other = Etwas anderes
widget-comment = Ein Kommentar (freiwillig)
widget-comment-hint = Schreiben Sie keinen Namen, keine Adresse und keine Nummer: Beschäftigte der Stadt lesen diesen Kommentar.
widget-feedback-send = Rückmeldung senden
widget-cancel = Abbrechen
widget-thanks = Danke, Ihre Rückmeldung ist gespeichert.
widget-feedback-failed = Ihre Rückmeldung wurde nicht gesendet. Versuchen Sie es gleich noch einmal.
widget-copy = Kopieren
widget-copied = Antwort mit Quellen kopiert.
widget-copy-failed = Das Kopieren war nicht möglich.
widget-print = Drucken
widget-delete = Mein Gespräch löschen
widget-delete-sure = Dieses Gespräch für immer löschen, hier und auf dem Server der Stadt?
widget-delete-yes = Ja, löschen
widget-delete-failed = Das Gespräch konnte nicht gelöscht werden. Versuchen Sie es gleich noch einmal.
widget-deleted = Ihr Gespräch ist gelöscht, hier und auf dem Server der Stadt.
widget-retry = Noch einmal versuchen
widget-error-offline = Sie scheinen offline zu sein. Prüfen Sie die Verbindung und versuchen Sie es erneut: Ihre Frage bleibt hier gespeichert.
widget-error-unreachable = Der Server der Stadt antwortet nicht. Versuchen Sie es gleich noch einmal: Ihre Frage bleibt hier gespeichert.
widget-error-interrupted = Die Antwort wurde unterbrochen. Versuchen Sie es erneut, um sie ganz zu erhalten.
widget-error-stopped = Sie haben die Antwort angehalten.
widget-error-too_many_requests = Es kommen viele Fragen zugleich. Versuchen Sie es gleich noch einmal.
widget-error-wait = Es kommen viele Fragen zugleich. Versuchen Sie es in { $seconds } Sekunden noch einmal.
widget-error-unavailable = Der Assistent ist im Moment nicht verfügbar. Versuchen Sie es gleich noch einmal oder rufen Sie das Rathaus an.
widget-error-internal = Bei uns ist ein Fehler aufgetreten. Versuchen Sie es gleich noch einmal oder rufen Sie das Rathaus an.
widget-error-question_too_long = Ihre Frage hat mehr als 1000 Zeichen. Bitte kürzen Sie sie.
widget-error-unknown_site = Dieser Assistent ist für diese Website noch nicht eingerichtet.
widget-error-origin_not_allowed = Dieser Assistent ist auf dieser Website nicht erlaubt.

## The pages

page-skip = Zum Inhalt
page-home = Startseite des Assistenten
page-chat-title = Stellen Sie Ihre Frage – { $town }
page-chat-heading = Eine Frage zur Stadt?
page-chat-lede = Fragen Sie wie am Schalter. Jede Antwort kommt von einer Seite der Stadt und zeigt sie.
page-chat-description = Der Assistent der Stadt antwortet aus geprüften Seiten und zeigt seine Quellen.
page-form-submit = Frage senden
page-form-hint = Höchstens 1000 Zeichen. Bitte keine persönlichen Daten.
page-answer-heading = Antwort
page-answer-question = Ihre Frage
page-follow-up = Noch eine Frage?
page-delete-submit = Mein Gespräch löschen
page-deleted = Ihr Gespräch ist gelöscht, hier und auf dem Server der Stadt.
page-error-heading = Die Frage wurde nicht beantwortet
page-footer-label = Fußzeile
page-languages = Sprache
page-privacy-link = Datenschutz
page-accessibility-link = Barrierefreiheit: teilweise konform
page-quality-link = Qualität und Energie
page-back = Zurück zum Assistenten
page-powered = Assistent Parvis, freie Software, betrieben von der Gemeinde.
page-error-title = Diese Seite gibt es hier nicht

## A document's page

doc-title = { $title } – { $town }
doc-approved = Seite geprüft am { $date } von { $publisher }
doc-trusted = Seite von { $publisher }, automatisch übernommen am { $date }
doc-quoted = Hervorgehoben ist die Stelle, die der Assistent zitiert hat.
doc-quoted-link = Zur zitierten Stelle
doc-when = Wann
doc-place = Vor Ort
doc-address = Adresse
doc-phone = Telefon
doc-email = E-Mail
doc-website = Website
doc-accessibility = Barrierefreiheit
doc-competences = Zuständigkeiten
doc-print-hint = Die Angaben dieser Seite galten am Tag des Ausdrucks.

## Die Seite zur Qualität

quality-title = Qualität und Energie
quality-lede = Was der Assistent in { $days } Tagen geantwortet hat, nur in Zahlen: Keine Frage ist hier zu lesen.
quality-answers-title = Die Antworten
quality-questions = Gestellte Fragen
quality-answered = Antworten aus geprüften Seiten
quality-elsewhere = An eine andere Stelle oder eine Notrufnummer verwiesen
quality-clarify = Um eine Präzisierung gebeten
quality-outdated = Auf veraltete Informationen hingewiesen
quality-unknown = Keine Antwort in den geprüften Seiten
quality-scope = Gezählt werden Fragen von der Website und per SMS, solange sie aufbewahrt werden; von ihren Verfassern gelöschte zählen nicht mehr.
quality-model-title = Das Sprachmodell
quality-model-none = Hier schreibt kein Sprachmodell: Die Antworten sind Auszüge aus Seiten.
quality-model = Das Modell { $name } gibt die Auszüge danach in einfachen Worten wieder oder übersetzt sie. Eine automatische Prüfung vergleicht jeden Satz mit dem Auszug, den er nennt, und verwirft, was nicht belegt ist.
quality-model-searching = Das Modell { $name } schlägt andere Suchwörter vor, wenn nichts gefunden wird. Es schreibt keinen Satz der Antworten.
quality-model-answers = Antworten, die es wiedergeben sollte
quality-model-shown = Gezeigte Sätze
quality-model-dropped = Verworfene Sätze, nicht belegt
quality-energy-title = Die Energie einer Antwort
quality-energy-extracts = Antwort aus Auszügen
quality-energy-model = Vom Modell wiedergegebene Antwort
quality-energy-none = Nicht gemessen
quality-energy-value = { $value } { $unit } (Mittel aus { $count })
quality-decimal = ,
quality-method-rapl = Zähler des Prozessors geben die Energie an, die die ganze Maschine während einer Antwort braucht, geteilt durch die laufenden Antworten. Andere Programme der Maschine sind enthalten, Arbeitsspeicher und Netzteil nicht.
quality-method-processor = Kein Zähler des Prozessors ist lesbar: Die Rechenzeit des Assistenten wird mit einer angegebenen Leistung multipliziert, { $watts } W je Kern, und auf die laufenden Antworten verteilt. Das ist eine Schätzung.
quality-method-graphics = Der Zähler der Grafikkarten kommt hinzu.
quality-method-uncounted = Das Modell läuft in einem anderen Programm oder auf einer anderen Maschine, deren Energie hier nicht gezählt wird.
quality-energy-compare = Zum Vergleich: Eine Lampe mit 10 W verbraucht in einer Sekunde 2,8 mWh.

## Errors

error-question_empty-title = Leere Frage
error-question_empty-detail = Schreiben Sie eine Frage, bevor Sie sie senden.
error-question_too_long-title = Frage zu lang
error-question_too_long-detail = Eine Frage hat höchstens 1000 Zeichen. Bitte kürzen Sie sie.
error-malformed_body-title = Unlesbare Anfrage
error-malformed_body-detail = Das Gesendete hat nicht die erwartete Form; die Schnittstelle ist unter /api/v1/openapi.json beschrieben.
error-unsupported_media_type-title = Format nicht unterstützt
error-unsupported_media_type-detail = Senden Sie die Anfrage als JSON (Content-Type: application/json).
error-unknown_site-title = Unbekannte Website
error-unknown_site-detail = Keine Website hat hier diesen Schlüssel. Prüfen Sie das Attribut data-site.
error-origin_not_allowed-title = Herkunft nicht erlaubt
error-origin_not_allowed-detail = Diese Website gehört nicht zu den erlaubten Herkünften dieses Assistenten.
error-unknown_conversation-title = Gespräch unbekannt oder abgelaufen
error-unknown_conversation-detail = Dieses Gespräch gibt es nicht mehr. Stellen Sie Ihre Frage erneut: Ein neues beginnt.
error-unknown_answer-title = Unbekannte Antwort
error-unknown_answer-detail = Diese Antwort gibt es nicht mehr; vielleicht wurde sie gelöscht.
error-answer_outdated-title = Diese Antwort ist nicht mehr aktuell
error-answer_outdated-detail = Die zitierten Seiten haben sich seither geändert. Stellen Sie Ihre Frage erneut.
error-too_many_requests-title = Zu viele Fragen auf einmal
error-too_many_requests-detail = Warten Sie einen Moment und versuchen Sie es erneut.
error-body_too_large-title = Anfrage zu groß
error-body_too_large-detail = Das Gesendete ist größer als erlaubt.
error-idempotency_key_reused-title = Schlüssel schon benutzt
error-idempotency_key_reused-detail = Dieser Idempotenzschlüssel wurde für eine andere Anfrage benutzt. Nehmen Sie einen neuen.
error-not_found-title = Seite nicht gefunden
error-not_found-detail = Diese Seite gibt es nicht, oder sie ist nicht mehr veröffentlicht.
error-method_not_allowed-title = Methode nicht erlaubt
error-method_not_allowed-detail = Diese Adresse nimmt diese Methode nicht an.
error-unavailable-title = Dienst im Moment nicht verfügbar
error-unavailable-detail = Versuchen Sie es gleich noch einmal oder rufen Sie das Rathaus an.
error-internal-title = Fehler auf unserer Seite
error-internal-detail = Der Fehler ist ohne Ihre Frage aufgezeichnet. Versuchen Sie es gleich noch einmal.

## SMS
sms-help = { $town }: Stellen Sie eine Frage, etwa „Schwimmbad am Sonntag?“. Oder schreiben Sie SUITE, SOURCE, CONTACT, STOP, oder EFFACER, um alles zu löschen.
sms-stopped = { $town }: Wir schreiben Ihnen nicht mehr. Schreiben Sie uns wieder, wann Sie möchten.
sms-contact = { $town }: Hier antwortet ein Programm aus Seiten, die die Stadt geprüft hat. Ihre Rechte: { $url }/confidentialite
sms-contact-no-page = { $town }: Hier antwortet ein Programm aus Seiten, die die Stadt geprüft hat. Um mit einem Menschen zu sprechen, rufen Sie das Rathaus an.
sms-erased = Ihre Nachrichten und unsere Antworten sind gelöscht.
sms-nothing-more = Zur letzten Antwort ist nichts hinzuzufügen. Stellen Sie Ihre Frage in einem Satz.
sms-more = Mehr: SUITE
sms-too-long = Die Antwort ist zu lang für eine SMS.
sms-limit = Sie haben viele Nachrichten gesendet. Versuchen Sie es in einer Stunde wieder. Bei Gefahr rufen Sie die 112.
sms-source = { $title } ({ $publisher }, geprüft am { $day })
sms-changed = Eine Seite der Stadt hat sich geändert, während wir antworteten. Bitte fragen Sie erneut.
sms-no-longer = Die Seite der letzten Antwort hat sich geändert. Bitte fragen Sie erneut.
sms-no-source = Die letzte Antwort kommt von keiner Seite.

## Privacy

privacy-title = Datenschutz
privacy-lede = Was der Assistent von Ihren Fragen aufbewahrt, wie lange, und wie Sie es löschen.
privacy-program-title = Sie sprechen mit einem Programm
privacy-program = Der Assistent ist ein Programm. Niemand liest Ihre Nachrichten mit. Er trifft keine Entscheidung über Sie: Er zitiert Seiten, die die Stadt geprüft hat, und nennt den richtigen Schalter, wenn er es nicht weiß.
privacy-kept-title = Was aufbewahrt wird
privacy-kept-questions = Der Text Ihrer Fragen und der Antworten. Persönliche Daten, die das Programm erkennt (Nummern, Adressen, E-Mails, Namen nach einer Anrede, IBAN, Sozialversicherungsnummer, Kennzeichen), werden vor dem Speichern entfernt.
privacy-kept-feedback = Ihre Rückmeldung zu einer Antwort, wenn Sie eine geben.
privacy-kept-code = Ein zufälliger Code, der die Fragen eines Gesprächs verbindet. Er sagt nicht, wer Sie sind.
privacy-kept-figures = Mit jeder Antwort Angaben ohne Ihre Worte: das Datum, die Sprache, wie sie endete und die Energie, die sie brauchte.
privacy-kept-not = Weder Ihr Name noch Ihre IP-Adresse noch die Art Ihres Geräts wird mit Ihren Fragen gespeichert.
privacy-why-title = Warum
privacy-why = Um auf das Weitere in Ihrem Gespräch zu antworten, um Seiten zu verbessern, die schlecht antworten, und fehlende zu schreiben. Rechtsgrundlage: die Aufgabe der Stadt im öffentlichen Interesse (DSGVO, Artikel 6 Absatz 1 Buchstabe e).
privacy-how-long-title = Wie lange
privacy-how-long = Höchstens { $days } Tage nach Ihrer letzten Frage. Dann wird alles automatisch gelöscht, auch der Schlüssel, mit dem es lesbar war.
privacy-secured-title = Wie es geschützt ist
privacy-secured = Gespräche sind auf dem Server der Stadt verschlüsselt. Die Schlüssel wechseln regelmäßig und werden am Ende der Aufbewahrungsfrist vernichtet.
privacy-transfer-title = Nichts verlässt das Haus
privacy-transfer = Das Programm läuft auf den Servern der Gemeinde. Ihre Fragen gehen an kein Unternehmen, kein soziales Netzwerk und keinen Dienst künstlicher Intelligenz, innerhalb oder außerhalb der Europäischen Union.
privacy-cookies-title = Keine Cookies
privacy-cookies = Der Assistent verwendet keine Cookies, keine Reichweitenmessung und keine Inhalte anderer Websites. Ihr Browser behält den Code Ihres Gesprächs, bis der Tab geschlossen wird.
privacy-delete-title = Ihr Gespräch löschen
privacy-delete = Die Schaltfläche „Mein Gespräch löschen“ unter dem Eingabefeld löscht alles sofort, auf Ihrem Bildschirm und auf dem Server. Ohne sie wird am Ende der Aufbewahrungsfrist von selbst gelöscht.
privacy-rights-title = Ihre Rechte
privacy-rights = Die Datenschutz-Grundverordnung (DSGVO, Artikel 15 bis 21) gibt Ihnen das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung und Widerspruch. Da wir nicht wissen, wer eine Frage gestellt hat, nennen Sie den Code Ihres Gesprächs oder sein Datum und seine Uhrzeit.
privacy-rights-contact = Schreiben Sie an die Datenschutzbeauftragten von { $town }, an die Adresse des Rathauses.
privacy-rights-cnil = Wenn Ihnen die Antwort nicht genügt, können Sie sich bei der französischen Behörde CNIL beschweren: 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
privacy-rights-cnil-link = Website der CNIL

## Accessibility

accessibility-title = Barrierefreiheit
accessibility-lede = Erklärung zu den Seiten des Assistenten und zum Widget von { $town }.
accessibility-state-title = Konformität
accessibility-state = Teilweise konform. Noch keine externe Stelle hat diese Seiten nach der französischen Norm (RGAA) geprüft: Daher können wir keine Quote nennen.
accessibility-tested-title = Was geprüft wird
accessibility-tested = Bei jeder Änderung gehen automatische Tests mit dem Werkzeug axe (WCAG 2.2, Stufen A und AA) durch die Seiten, hell und dunkel, nur mit der Tastatur und auf einem Bildschirm von 360 Pixeln. Solche Werkzeuge sehen nur einen Teil der Mängel.
accessibility-known-title = Was wir wissen
accessibility-known-documents = Zitierte Seiten gehören der Stadt oder dem Staat: Ihre Barrierefreiheit hängt von deren Websites ab.
accessibility-known-readers = Versuche mit Menschen, die einen Bildschirmleser benutzen, stehen noch aus.
accessibility-without-title = Ohne JavaScript
accessibility-without = Die Seite des Assistenten funktioniert ohne JavaScript: Die Antwort erscheint dann auf einer neuen Seite.
accessibility-help-title = Ein Hindernis?
accessibility-help = Sagen Sie es dem Rathaus: Es gibt Ihnen die Auskunft auf andere Weise, und der Mangel wird behoben.
accessibility-recourse = Wenn Sie keine zufriedenstellende Antwort erhalten, können Sie sich an den französischen Verteidiger der Rechte wenden: Telefon 3928, oder Brief ohne Briefmarke an „Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07“.

## The demo's telephone
phone-heading = Ein Telefon, das der Stadt schreibt
phone-link = Der Stadt per SMS schreiben
phone-lede = Jede Nachricht geht durch den echten SMS-Kanal. Nichts verlässt diesen Rechner. SUITE, SOURCE, AIDE, STOP und EFFACER tun, was sie auf einem Telefon täten.
phone-label = Ihre Nachricht
phone-submit = Senden
phone-segment = Segment { $part } von { $total }, { $encoding }, { $units } Einheiten von { $capacity }
phone-cost = Segmente, die die Stadt bezahlt: { $segments }
