# What residents read, in Italian: widget, pages, errors.

## The widget

widget-title = Faccia la sua domanda
widget-title-town = { $town } – assistente
widget-open = Una domanda?
widget-close = Chiudi
widget-greeting = Scrive a un programma, non a una persona. Risponde con pagine convalidate dalla città e mostra da dove viene ogni risposta.
widget-retention = Ciò che scrive è cifrato e cancellato dopo { $days } giorni al massimo. Non scriva dati personali.
widget-retention-link = Che cosa si conserva
widget-resumed = La conversazione di prima continua. I messaggi precedenti non vengono mostrati di nuovo.
widget-new-window = (nuova finestra)
widget-suggestions = Per esempio
widget-log-label = Conversazione
widget-you = Lei:
widget-input-label = La sua domanda
widget-input-placeholder = Orari, pratiche, tariffe…
widget-send = Invia
widget-send-long = la domanda
widget-easy-to-read = Mi risponda anche con frasi molto semplici
widget-stop = Ferma
widget-empty = Scriva prima una domanda.
widget-counter = Caratteri rimasti: { $left }
widget-waiting = Ricerca nelle pagine convalidate…
widget-more-comes = Un programma scrive il seguito…
widget-tag-contact = A chi rivolgersi
widget-tag-notice = Da sapere
widget-verdict-answered = Risposta tratta da pagine convalidate
widget-verdict-partial = Risposta parziale: una parte della domanda resta senza risposta convalidata
widget-verdict-clarify = Precisi la domanda
widget-verdict-outdated = Informazione scaduta: da far confermare
widget-verdict-elsewhere = Se ne occupa un altro ente
widget-verdict-unknown = Nessuna risposta nelle pagine convalidate
widget-verdict-emergency = Emergenza: chiami subito
widget-source = Fonte
widget-sources = Fonti
widget-source-number = Fonte { $number }: { $title } (nuova finestra)
widget-approved = Convalidato il { $date }
widget-trusted = Fonte dello Stato, ripresa automaticamente
widget-choices = Che cosa intende?
widget-more = Per continuare
widget-useful = Utile?
widget-helpful = Sì, questa risposta mi aiuta
widget-unhelpful = No, questa risposta non mi aiuta
widget-reason = Che cosa non va?
widget-reason-wrong = È sbagliato
widget-reason-incomplete = Manca qualcosa
widget-reason-outdated = Non è aggiornato
widget-reason-unclear = Non è chiaro
widget-reason-other = Altro
widget-comment = Un commento (facoltativo)
widget-comment-hint = Non scriva nome, indirizzo né numero: questo commento è letto dal personale della città.
widget-feedback-send = Invia il parere
widget-cancel = Annulla
widget-thanks = Grazie, il suo parere è registrato.
widget-feedback-failed = Il suo parere non è partito. Riprovi tra un momento.
widget-copy = Copia
widget-copied = Risposta copiata, con le sue fonti.
widget-copy-failed = Non è stato possibile copiare.
widget-print = Stampa
widget-delete = Cancella la mia conversazione
widget-delete-sure = Cancellare per sempre questa conversazione, qui e sul server della città?
widget-delete-yes = Sì, cancella
widget-delete-failed = Non è stato possibile cancellare la conversazione. Riprovi tra un momento.
widget-deleted = La sua conversazione è cancellata, qui e sul server della città.
widget-retry = Riprova
widget-error-offline = Sembra che non ci sia connessione. La verifichi e riprovi: la sua domanda è conservata qui.
widget-error-unreachable = Il server della città non risponde. Riprovi tra un momento: la sua domanda è conservata qui.
widget-error-interrupted = La risposta si è interrotta. Riprovi per averla intera.
widget-error-stopped = Ha fermato la risposta.
widget-error-too_many_requests = Arrivano molte domande insieme. Riprovi tra un momento.
widget-error-wait = Arrivano molte domande insieme. Riprovi tra { $seconds } secondi.
widget-error-unavailable = L’assistente non è disponibile per il momento. Riprovi tra un momento o chiami il comune.
widget-error-internal = Si è verificato un errore da parte nostra. Riprovi tra un momento o chiami il comune.
widget-error-question_too_long = La domanda supera i 1000 caratteri. La accorci.
widget-error-unknown_site = Questo assistente non è ancora configurato per questo sito.
widget-error-origin_not_allowed = Questo assistente non è autorizzato su questo sito.

## The pages

page-skip = Vai al contenuto
page-home = Inizio dell’assistente
page-chat-title = Faccia la sua domanda – { $town }
page-chat-heading = Una domanda sulla città?
page-chat-lede = Chieda come farebbe allo sportello. Ogni risposta viene da una pagina della città, e la mostra.
page-chat-description = L’assistente della città risponde con pagine convalidate e mostra le sue fonti.
page-form-submit = Invia la domanda
page-form-hint = 1000 caratteri al massimo. Non scriva dati personali.
page-answer-heading = Risposta
page-answer-question = La sua domanda
page-follow-up = Un’altra domanda?
page-delete-submit = Cancella la mia conversazione
page-deleted = La sua conversazione è cancellata, qui e sul server della città.
page-error-heading = La domanda non ha ricevuto risposta
page-footer-label = Piè di pagina
page-languages = Lingua
page-privacy-link = Privacy
page-accessibility-link = Accessibilità: parzialmente conforme
page-quality-link = Qualità ed energia
page-back = Torna all’assistente
page-powered = Assistente Parvis, software libero, ospitato dall’ente locale.
page-error-title = Questa pagina non esiste qui

## A document's page

doc-title = { $title } – { $town }
doc-approved = Pagina convalidata il { $date } da { $publisher }
doc-trusted = Pagina di { $publisher }, ripresa automaticamente il { $date }
doc-quoted = Il passo evidenziato è quello che l’assistente ha citato.
doc-quoted-link = Vai al passo citato
doc-when = Quando
doc-place = Sul posto
doc-address = Indirizzo
doc-phone = Telefono
doc-email = Posta elettronica
doc-website = Sito
doc-accessibility = Accessibilità
doc-competences = Competenze
doc-print-hint = Le informazioni di questa pagina sono quelle valide il giorno della stampa.

## La pagina sulla qualità

quality-title = Qualità ed energia
quality-lede = Ciò che l’assistente ha risposto in { $days } giorni, solo in cifre: qui non si legge nessuna domanda.
quality-answers-title = Le risposte
quality-questions = Domande poste
quality-answered = Risposte tratte da pagine convalidate
quality-elsewhere = Indirizzate a un altro ente o a un numero di emergenza
quality-clarify = È stata chiesta una precisazione
quality-outdated = È stata segnalata un’informazione scaduta
quality-unknown = Senza risposta nelle pagine convalidate
quality-scope = Sono contate le domande poste sul sito e per SMS che sono ancora conservate; quelle cancellate dai loro autori non ci sono più.
quality-model-title = Il modello linguistico
quality-model-none = Qui non scrive alcun modello linguistico: le risposte sono estratti delle pagine.
quality-model = Il modello { $name } ripete gli estratti in parole semplici o li traduce, di seguito. Un controllo automatico confronta ogni frase con l’estratto che cita e scarta quelle non provate.
quality-model-searching = Il modello { $name } propone altre parole da cercare quando non si trova nulla. Non scrive nessuna frase delle risposte.
quality-model-answers = Risposte che gli sono state date da ripetere
quality-model-shown = Frasi mostrate
quality-model-dropped = Frasi scartate, non provate
quality-energy-title = L’energia di una risposta
quality-energy-extracts = Risposta fatta di estratti
quality-energy-model = Risposta ripetuta dal modello
quality-energy-none = Non misurata
quality-energy-value = { $value } { $unit } (media di { $count })
quality-decimal = ,
quality-method-rapl = I contatori del processore danno l’energia che tutta la macchina consuma durante una risposta, divisa tra le risposte in corso. Altri programmi della macchina sono compresi; la memoria e l’alimentazione no.
quality-method-processor = Nessun contatore del processore si può leggere: il tempo di calcolo dell’assistente è moltiplicato per una potenza dichiarata, { $watts } W per core, e diviso tra le risposte in corso. È una stima.
quality-method-graphics = Vi si aggiunge il contatore delle schede grafiche.
quality-method-uncounted = Il modello gira in un altro programma o su un’altra macchina, la cui energia non è contata qui.
quality-energy-compare = Per confronto: una lampadina da 10 W consuma 2,8 mWh in un secondo.

## Errors

error-question_empty-title = Domanda vuota
error-question_empty-detail = Scriva una domanda prima di inviarla.
error-question_too_long-title = Domanda troppo lunga
error-question_too_long-detail = Una domanda ha al massimo 1000 caratteri. La accorci.
error-malformed_body-title = Richiesta illeggibile
error-malformed_body-detail = Ciò che è stato inviato non ha la forma attesa; l’interfaccia è descritta in /api/v1/openapi.json.
error-unsupported_media_type-title = Formato non supportato
error-unsupported_media_type-detail = Invii la richiesta in JSON (Content-Type: application/json).
error-unknown_site-title = Sito sconosciuto
error-unknown_site-detail = Nessun sito ha questa chiave qui. Verifichi l’attributo data-site.
error-origin_not_allowed-title = Origine non autorizzata
error-origin_not_allowed-detail = Questo sito non è tra le origini autorizzate per questo assistente.
error-unknown_conversation-title = Conversazione sconosciuta o scaduta
error-unknown_conversation-detail = Questa conversazione non esiste più. Faccia di nuovo la domanda: ne comincerà un’altra.
error-unknown_answer-title = Risposta sconosciuta
error-unknown_answer-detail = Questa risposta non esiste più; può essere stata cancellata.
error-answer_outdated-title = Questa risposta non è più aggiornata
error-answer_outdated-detail = Le pagine che citava sono cambiate. Faccia di nuovo la domanda.
error-too_many_requests-title = Troppe domande insieme
error-too_many_requests-detail = Aspetti un momento e riprovi.
error-body_too_large-title = Richiesta troppo grande
error-body_too_large-detail = Ciò che è stato inviato supera la dimensione permessa.
error-idempotency_key_reused-title = Chiave già usata
error-idempotency_key_reused-detail = Questa chiave di idempotenza è servita per un’altra richiesta. Ne usi una nuova.
error-not_found-title = Pagina non trovata
error-not_found-detail = Questa pagina non esiste, o non è più pubblicata.
error-method_not_allowed-title = Metodo non permesso
error-method_not_allowed-detail = Questo indirizzo non accetta questo metodo.
error-unavailable-title = Servizio non disponibile per il momento
error-unavailable-detail = Riprovi tra un momento o chiami il comune.
error-internal-title = Errore da parte nostra
error-internal-detail = L’errore è registrato, senza la sua domanda. Riprovi tra un momento.

## SMS
sms-help = { $town }: faccia una domanda, come “piscina domenica?”. Oppure scriva SUITE, SOURCE, CONTACT, STOP, o EFFACER per cancellare tutto.
sms-stopped = { $town }: non le scriveremo più. Ci scriva di nuovo quando vuole.
sms-contact = { $town }: qui risponde un programma, con pagine che la città ha convalidato. I suoi diritti: { $url }/confidentialite
sms-contact-no-page = { $town }: qui risponde un programma, con pagine che la città ha convalidato. Per parlare con una persona, chiami il comune.
sms-erased = I suoi messaggi e le nostre risposte sono cancellati.
sms-nothing-more = Non c’è nulla da aggiungere all’ultima risposta. Faccia la domanda in una frase.
sms-more = Altro: SUITE
sms-too-long = La risposta è troppo lunga per un SMS.
sms-limit = Ha inviato molti messaggi. Riprovi tra un’ora. In pericolo, chiami il 112.
sms-source = { $title } ({ $publisher }, convalidato il { $day })
sms-changed = Una pagina della città è cambiata mentre le rispondevamo. Faccia di nuovo la domanda.
sms-no-longer = La pagina dell’ultima risposta è cambiata. Faccia di nuovo la domanda.
sms-no-source = L’ultima risposta non viene da nessuna pagina.

## Privacy

privacy-title = Privacy
privacy-lede = Che cosa l’assistente conserva delle sue domande, per quanto tempo, e come cancellarlo.
privacy-program-title = Sta parlando con un programma
privacy-program = L’assistente è un programma. Nessuno legge i suoi messaggi mentre li scrive. Non prende decisioni su di lei: cita pagine che la città ha convalidato e indica lo sportello giusto quando non sa.
privacy-kept-title = Che cosa si conserva
privacy-kept-questions = Il testo delle sue domande e delle risposte. I dati personali che il programma riconosce (numeri, indirizzi, e-mail, nomi dopo un titolo, IBAN, numero di sicurezza sociale, targa) sono tolti prima della registrazione.
privacy-kept-feedback = Il suo parere su una risposta, se ne dà uno.
privacy-kept-code = Un codice estratto a caso, che lega le domande di una stessa conversazione. Non dice chi è lei.
privacy-kept-figures = Con ogni risposta, dati senza le Sue parole: la data, la lingua, come è finita e l’energia consumata.
privacy-kept-not = Né il suo nome, né il suo indirizzo IP, né il tipo del suo apparecchio sono registrati con le sue domande.
privacy-why-title = Perché
privacy-why = Per rispondere a ciò che segue nella sua conversazione, correggere le pagine che rispondono male e scrivere quelle che mancano. Base giuridica: il compito di interesse pubblico della città (RGPD, articolo 6, paragrafo 1, lettera e).
privacy-how-long-title = Per quanto tempo
privacy-how-long = { $days } giorni al massimo dopo la sua ultima domanda. Poi tutto è cancellato automaticamente, e anche la chiave che permetteva di leggerlo.
privacy-secured-title = Come è protetto
privacy-secured = Le conversazioni sono cifrate sul server della città. Le chiavi cambiano regolarmente e sono distrutte alla fine del periodo di conservazione.
privacy-transfer-title = Nulla esce
privacy-transfer = Il programma funziona sui server dell’ente locale. Le sue domande non sono inviate a nessuna impresa, rete sociale o servizio di intelligenza artificiale, dentro o fuori dell’Unione europea.
privacy-cookies-title = Nessun cookie
privacy-cookies = L’assistente non usa cookie, né misure di pubblico, né contenuti di un altro sito. Il suo browser conserva il codice della conversazione fino alla chiusura della scheda.
privacy-delete-title = Cancellare la conversazione
privacy-delete = Il pulsante «Cancella la mia conversazione», sotto il campo di testo, cancella tutto subito, sul suo schermo e sul server. Senza di esso, si cancella da sé alla fine del periodo di conservazione.
privacy-rights-title = I suoi diritti
privacy-rights = Il Regolamento generale sulla protezione dei dati (RGPD, articoli da 15 a 21) le dà diritto di accesso, rettifica, cancellazione, limitazione e opposizione. Poiché non sappiamo chi ha fatto una domanda, indichi il codice della conversazione o la sua data e ora.
privacy-rights-contact = Scriva al responsabile della protezione dei dati di { $town }, all’indirizzo del comune.
privacy-rights-cnil = Se la risposta non la soddisfa, può presentare reclamo all’autorità francese, la CNIL: 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
privacy-rights-cnil-link = Sito della CNIL

## Accessibility

accessibility-title = Accessibilità
accessibility-lede = Dichiarazione per le pagine dell’assistente e per il widget di { $town }.
accessibility-state-title = Conformità
accessibility-state = Parzialmente conforme. Nessun organismo esterno ha ancora verificato queste pagine secondo la norma francese (RGAA): perciò non possiamo dare un tasso di conformità.
accessibility-tested-title = Che cosa si verifica
accessibility-tested = A ogni modifica, prove automatiche percorrono le pagine con lo strumento axe (regole WCAG 2.2, livelli A e AA), in chiaro e in scuro, con la sola tastiera e su uno schermo di 360 pixel. Questi strumenti vedono solo una parte dei difetti.
accessibility-known-title = Che cosa sappiamo
accessibility-known-documents = Le pagine citate appartengono alla città o allo Stato: la loro accessibilità dipende dai loro siti.
accessibility-known-readers = Mancano prove con persone che usano un lettore di schermo.
accessibility-without-title = Senza JavaScript
accessibility-without = La pagina dell’assistente funziona senza JavaScript: la risposta appare allora in una nuova pagina.
accessibility-help-title = Un ostacolo?
accessibility-help = Lo dica al comune: le darà l’informazione in un altro modo, e il difetto sarà corretto.
accessibility-recourse = Se non riceve una risposta soddisfacente, può rivolgersi al Difensore dei diritti francese: telefono 3928, o lettera senza francobollo a «Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07».

## The demo's telephone
phone-heading = Un telefono che scrive alla città
phone-link = Scrivere alla città per SMS
phone-lede = Ogni messaggio passa per il vero canale degli SMS. Nulla lascia questa macchina. SUITE, SOURCE, AIDE, STOP e EFFACER fanno ciò che farebbero su un telefono.
phone-label = Il suo messaggio
phone-submit = Invia
phone-segment = Segmento { $part } di { $total }, { $encoding }, { $units } unità su { $capacity }
phone-cost = Segmenti che la città paga: { $segments }
