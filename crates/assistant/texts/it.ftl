# What Parvis says to residents, in Italian. The extracts that it quotes stay in French.

## Fixed phrases
phrase-greeting = Buongiorno! Chieda della città, dei suoi servizi, degli orari o delle pratiche.
phrase-thanks = Prego. Faccia un’altra domanda quando vuole.
phrase-goodbye = Arrivederci e buona giornata.
phrase-insult = Sono un programma e faccio del mio meglio. Mi dica che cosa cerca e risponderò se la città lo ha pubblicato.
phrase-about = Sono un programma, non una persona. Rispondo con estratti di pagine che la città ha controllato e pubblicato, e mostro da dove vengono. Quando queste pagine non rispondono, lo dico.
phrase-emergency-fire = In caso di incendio o incidente, chiami subito i pompieri al 18, o il 112. Sono un programma: non posso avvisare i soccorsi.
phrase-emergency-medical = Se una vita è in pericolo, chiami subito l’ambulanza (SAMU) al 15, o il 112. Sono un programma: non posso avvisare i soccorsi.
phrase-emergency-police = In pericolo immediato, chiami subito la polizia al 17, o il 112. Se non può parlare, mandi un SMS al 114. Sono un programma: non posso avvisare i soccorsi.
phrase-emergency-violence = In pericolo immediato, chiami il 17 o mandi un SMS al 114. Per parlare ed essere aiutati, giorno e notte, chiami il 3919: è gratuito e anonimo. Sono un programma: non posso avvisare i soccorsi.
phrase-emergency-child = Un bambino in pericolo: chiami il 119, giorno e notte, è gratuito e riservato. In pericolo immediato, chiami il 17. Sono un programma: non posso avvisare i soccorsi.
phrase-emergency-suicide = Non è solo. Chiami il 3114, giorno e notte: professionisti la ascoltano, è gratuito. Se è in pericolo adesso, chiami il 15 o il 112. Sono un programma: non posso avvisare i soccorsi.
phrase-emergency-shelter = Senza un posto dove dormire, chiami il 115, giorno e notte, è gratuito. In pericolo, chiami il 112.
phrase-emergency-deaf = Se sente male o non può parlare, mandi un SMS al 114: raggiunge pompieri, ambulanza e polizia, giorno e notte.
phrase-unknown = Non ho trovato la risposta in ciò che la città ha pubblicato. Preferisco dirlo che inventare.
phrase-partial = Ecco quanto di più vicino la città ha pubblicato. Forse risponde solo a una parte della sua domanda.
phrase-partial-briefly = Il più vicino alla sua domanda:
phrase-list-goes-on = L’elenco non è completo: il seguito è sulla pagina della città.
phrase-outdated = Ciò che la città aveva pubblicato su questo non è più valido, e nulla lo sostituisce ancora.
phrase-elsewhere = Questo argomento non dipende dal comune.
phrase-clarify = Di quale luogo parla?
phrase-clarify-question = Può precisare la domanda? Per esempio il servizio, il luogo o la pratica che le interessa.
phrase-personal-file = Non ho accesso a nessuna pratica personale e non posso prenotare né modificare nulla per lei. Lo sportello può risponderle.
phrase-out-of-scope = Rispondo alle domande sulla città e sui suoi servizi, con le pagine che la città ha pubblicato. Non posso fare altro.
phrase-unlawful = Non posso aiutarla ad aggirare la legge o il regolamento.
phrase-opinion = Non ho opinioni da dare. Posso dirle ciò che la città ha pubblicato.
phrase-contact-lead = Può rivolgersi a questo sportello:
phrase-no-events = Non vedo nulla di annunciato per quelle date nel calendario pubblicato dalla città.
phrase-events-lead = Ecco che cosa annuncia il calendario della città:
phrase-extracts-in-french = Ecco che cosa la città ha pubblicato in proposito. Gli estratti sono in francese, la lingua delle pagine che la città ha controllato.
phrase-in-plain-words = In parole più semplici. Queste frasi sono scritte da un programma a partire dagli estratti qui sopra; fanno fede solo gli estratti.
phrase-easy-to-read = Molto semplice. Queste frasi le scrive un programma con gli estratti qui sopra. In caso di dubbio, legga gli estratti: sono quelli che contano.
phrase-machine-translation = Traduzione automatica degli estratti qui sopra. Fanno fede solo gli estratti in francese.
phrase-translation-incomplete = Questa traduzione è incompleta: mancano alcuni degli estratti in francese qui sopra.

## Opening state
opening-open = { $place }: aperto adesso. Chiude: { $until }.
opening-open-always = { $place }: sempre aperto.
opening-open-then = { $place }: aperto, { $asked }. Chiude: { $until }.
opening-open-then-always = { $place }: aperto, { $asked }.
opening-closed = { $place }: chiuso adesso{ $because }. Prossima apertura: { $opens }.
opening-closed-no-next = { $place }: chiuso adesso{ $because }. Nessuna prossima apertura è annunciata.
opening-closed-then = { $place }: chiuso, { $asked }{ $because }. Prossima apertura: { $opens }.
opening-closed-then-no-next = { $place }: chiuso, { $asked }{ $because }.
opening-uncertain = { $place }: la pagina della città non permette di dire se è aperto, { $asked }{ $because }.
because-holiday = {" "}(giorno festivo: { $holiday })
because-closure = {" "}(chiusura straordinaria fino a { $until })
because-closure-reason = {" "}(chiusura straordinaria fino a { $until }: { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(gli orari dipendono dalle vacanze scolastiche, le cui date non sono note)
at-day-and-time = { $day } alle { $time }
now-in-words = adesso

## Hours
hours-open = { $place }: { $day }, aperto { $ranges }{ $note }.
hours-open-all-day = { $place }: { $day }, aperto tutto il giorno{ $note }.
hours-closed = { $place }: { $day }, chiuso{ $note }.
hours-uncertain = { $place }: { $day }, la pagina della città non dà orari certi{ $note }.
week = { $place }, orari della settimana: { $days }.
week-with-exceptions = { $place }, orari della settimana: { $days }. Eccezione: { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } chiuso{ $note }
week-range = da { $first } a { $last }
week-single = { $first }
week-every-day = tutti i giorni

## Contact
contact-phone = { $place }, telefono: { $value }.
contact-address = { $place }, indirizzo: { $value }.
contact-email = { $place }, posta elettronica: { $value }.
contact-website = { $place }, sito: { $value }.

## Events
event = { $title }: { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }, alle { $time }
event-from-to = { $day }, { $ranges }
event-over-days = da { $first } a { $last }
event-where = {", "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = { $subject }: se ne occupa { $body }, in comune.
competent-other = { $subject }: se ne occupa { $body }, non il comune.
body-departement = Di questo non si occupa il comune, ma: il Dipartimento (Département).
body-region = Di questo non si occupa il comune, ma: la Regione (Région).
body-vehicle-and-licence-titles = Di questo non si occupa il comune, ma: France Titres (ANTS), un servizio dello Stato, su internet, per i documenti dei veicoli e le patenti.
body-prefecture = Di questo non si occupa il comune, ma: la prefettura (préfecture), un servizio dello Stato.
body-taxes = Di questo non si occupa il comune, ma: l’ufficio delle imposte dello Stato (finances publiques).
body-justice = Di questo non si occupa il comune, ma: la giustizia: il tribunale.
body-police = Di questo non si occupa il comune, ma: la polizia nazionale o la gendarmeria, per le denunce e le indagini.
body-family-allowances = Di questo non si occupa il comune, ma: la cassa degli assegni familiari (CAF).
body-employment = Di questo non si occupa il comune, ma: France Travail (prima Pôle emploi).
body-health-insurance = Di questo non si occupa il comune, ma: l’assicurazione malattia (Assurance maladie, CPAM).
body-pensions = Di questo non si occupa il comune, ma: la sua cassa pensione (Carsat nel regime generale).
body-farm-insurance = Di questo non si occupa il comune, ma: la mutua sociale agricola (MSA).
body-social-contributions = Di questo non si occupa il comune, ma: l’Urssaf.
body-bank-of-france = Di questo non si occupa il comune, ma: la Banque de France.
body-post = Di questo non si occupa il comune, ma: La Poste (le poste).
body-energy = Di questo non si occupa il comune, ma: il suo fornitore di energia per un contratto, o il gestore della rete per un guasto, un contatore o un allacciamento.
body-telecom = Di questo non si occupa il comune, ma: il suo operatore internet o telefonico.
body-rail = Di questo non si occupa il comune, ma: la SNCF.
body-higher-education = Di questo non si occupa il comune, ma: l’università, o il Crous per le borse e gli alloggi degli studenti.
body-national-education = Di questo non si occupa il comune, ma: l’istruzione nazionale (la direzione della scuola, poi il rettorato), per gli insegnanti e gli esami.
body-national-service = Di questo non si occupa il comune, ma: il centro del servizio nazionale, che dipende dalle forze armate.
body-business-register = Di questo non si occupa il comune, ma: lo sportello unico delle imprese (Guichet unique), su internet.
body-labour = Di questo non si occupa il comune, ma: l’ispettorato del lavoro o il tribunale del lavoro (prud’hommes).
body-hunting-and-fishing = Di questo non si occupa il comune, ma: la federazione dei cacciatori per la licenza di caccia, e le associazioni di pesca per la licenza di pesca.
body-notary = Di questo non si occupa il comune, ma: un notaio.
body-consulate = Di questo non si occupa il comune, ma: il consolato o l’ambasciata di Francia nel paese, per i visti.
body-motorway = Di questo non si occupa il comune, ma: la società che gestisce l’autostrada.
body-youth-employment = Di questo non si occupa il comune, ma: la mission locale, per il lavoro e la formazione dei giovani da 16 a 25 anni.
body-home-renovation = Di questo non si occupa il comune, ma: il servizio pubblico France Rénov’, con l’intercomunalità.

## Holidays
holiday-new-year = Capodanno
holiday-good-friday = Venerdì santo
holiday-easter-monday = Lunedì di Pasqua
holiday-labour-day = festa del lavoro
holiday-victory1945 = vittoria del 1945
holiday-ascension = Ascensione
holiday-whit-monday = Lunedì di Pentecoste
holiday-bastille-day = festa nazionale
holiday-assumption = Assunzione
holiday-all-saints = Ognissanti
holiday-armistice = armistizio del 1918
holiday-christmas = Natale
holiday-st-stephen = Santo Stefano
holiday-abolition-of-slavery = abolizione della schiavitù

## Suggestions
suggestion-hours = { $place }: quali sono gli orari?
suggestion-weekend = Che cosa fare questo fine settimana?
