# What Parvis says to residents, in English. The extracts that it quotes stay in French.

## Fixed phrases
phrase-greeting = Hello! Ask about the town, its services, opening hours or paperwork.
phrase-thanks = You’re welcome. Ask another question whenever you like.
phrase-goodbye = Goodbye, and have a nice day.
phrase-insult = I am a program and I do my best. Tell me what you are looking for and I will answer if the town has published it.
phrase-about = I am a program, not a person. I answer with extracts of pages that the town has checked and published, and I show where they come from. When those pages do not answer, I say so.
phrase-emergency-fire = In case of fire or accident, call the fire brigade now on 18, or 112. I am a program: I cannot alert the emergency services.
phrase-emergency-medical = If a life is in danger, call an ambulance now on 15, or 112. I am a program: I cannot alert the emergency services.
phrase-emergency-police = In immediate danger, call the police now on 17, or 112. If you cannot speak, send a text message to 114. I am a program: I cannot alert the emergency services.
phrase-emergency-violence = In immediate danger, call 17, or send a text message to 114. To talk and get help, day and night, call 3919: it is free and anonymous. I am a program: I cannot alert the emergency services.
phrase-emergency-child = A child in danger: call 119, day and night, free and confidential. In immediate danger, call 17. I am a program: I cannot alert the emergency services.
phrase-emergency-suicide = You are not alone. Call 3114, day and night: professionals will listen, it is free. If you are in danger now, call 15 or 112. I am a program: I cannot alert the emergency services.
phrase-emergency-shelter = With nowhere to sleep, call 115, day and night, it is free. In danger, call 112.
phrase-emergency-deaf = If you cannot hear or speak, send a text message to 114: it reaches the fire brigade, ambulances and the police, day and night.
phrase-unknown = I did not find the answer in what the town has published. I would rather tell you than make something up.
phrase-partial = Here is the closest thing that the town has published. It may answer only part of your question.
phrase-partial-briefly = Closest to your question:
phrase-list-goes-on = The list is not complete: the rest is on the town’s page.
phrase-outdated = What the town had published about this is no longer valid, and nothing has replaced it yet.
phrase-elsewhere = The town hall is not in charge of this.
phrase-clarify = Which place do you mean?
phrase-clarify-question = Could you make your question more precise? For instance the service, the place or the formality.
phrase-personal-file = I have no access to personal files and can neither book nor change anything for you. The counter can answer.
phrase-out-of-scope = I answer questions about the town and its services from the pages that the town has published. I cannot do anything else.
phrase-unlawful = I cannot help to get round the law or the rules.
phrase-opinion = I have no opinion to give. I can tell you what the town has published.
phrase-contact-lead = You can turn to this counter:
phrase-no-events = I see nothing announced for those dates in the town’s published calendar.
phrase-events-lead = Here is what the town’s calendar announces:
phrase-extracts-in-french = Here is what the town has published about this. The extracts are in French, the language of the pages that the town has checked.
phrase-in-plain-words = In plainer words. These sentences are written by a program from the extracts above; only the extracts are authoritative.
phrase-easy-to-read = Very simple. A program wrote these sentences from the extracts above. If in doubt, read the extracts: they are what counts.
phrase-machine-translation = Machine translation of the extracts above. Only the French extracts are authoritative.
phrase-translation-incomplete = This translation is not complete: some of the French extracts above are missing from it.

## Opening state
opening-open = { $place }: open now, until { $until }.
opening-open-always = { $place }: always open.
opening-open-then = { $place }: open { $asked }, until { $until }.
opening-open-then-always = { $place }: open { $asked }.
opening-closed = { $place }: closed now{ $because }. Opens next: { $opens }.
opening-closed-no-next = { $place }: closed now{ $because }. No next opening is announced.
opening-closed-then = { $place }: closed { $asked }{ $because }. Opens next: { $opens }.
opening-closed-then-no-next = { $place }: closed { $asked }{ $because }.
opening-uncertain = { $place }: the town’s page does not allow me to say whether it is open { $asked }{ $because }.
because-holiday = {" "}(public holiday: { $holiday })
because-closure = {" "}(exceptionally closed until { $until })
because-closure-reason = {" "}(exceptionally closed until { $until }: { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(hours depend on school holidays, whose dates are not known)
at-day-and-time = { $day } at { $time }
now-in-words = now

## Hours
hours-open = { $place }: { $day }, open { $ranges }{ $note }.
hours-open-all-day = { $place }: { $day }, open all day{ $note }.
hours-closed = { $place }: { $day }, closed{ $note }.
hours-uncertain = { $place }: { $day }, the town’s page gives no certain hours{ $note }.
week = { $place }, hours of the week: { $days }.
week-with-exceptions = { $place }, hours of the week: { $days }. Exception: { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } closed{ $note }
week-range = { $first } to { $last }
week-single = { $first }
week-every-day = every day

## Contact
contact-phone = { $place }, phone: { $value }.
contact-address = { $place }, address: { $value }.
contact-email = { $place }, e-mail: { $value }.
contact-website = { $place }, website: { $value }.

## Events
event = { $title }: { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }, at { $time }
event-from-to = { $day }, { $ranges }
event-over-days = from { $first } to { $last }
event-where = {", "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = { $subject }: { $body }, at the town hall, is in charge of it.
competent-other = { $subject }: { $body } is in charge of it, not the town hall.
body-departement = This is up to the Département, not to the town hall.
body-region = This is up to the Région, not to the town hall.
body-vehicle-and-licence-titles = Vehicle registration and driving licences are asked for online from France Titres (ANTS), a service of the State, not at the town hall.
body-prefecture = This is up to the préfecture, a service of the State, not to the town hall.
body-taxes = Taxes are up to the public finance office (finances publiques), a service of the State, not to the town hall.
body-justice = This is a matter for the court (tribunal), not for the town hall.
body-police = Complaints and inquiries are up to the national police or the gendarmerie, not to the town hall.
body-family-allowances = This is up to the family allowance fund (CAF), not to the town hall.
body-employment = This is up to France Travail (formerly Pôle emploi), not to the town hall.
body-health-insurance = This is up to the health insurance (Assurance maladie, CPAM), not to the town hall.
body-pensions = This is up to your pension fund (Carsat for most employees), not to the town hall.
body-farm-insurance = This is up to the farmers’ social fund (MSA), not to the town hall.
body-social-contributions = This is up to Urssaf, not to the town hall.
body-bank-of-france = This is up to the Banque de France, not to the town hall.
body-post = This is up to La Poste, not to the town hall.
body-energy = Electricity and gas are not up to the town hall: for a contract, ask your energy supplier; for a power cut, a meter or a connection, the network operator.
body-telecom = Internet and telephone are up to your operator, not to the town hall.
body-rail = This is up to SNCF, not to the town hall.
body-higher-education = This is up to the university, or to Crous for student grants and rooms, not to the town hall.
body-national-education = Teachers and examinations are up to the national education service (the head of the school, then the rectorat), not to the town hall.
body-national-service = This is up to the national service centre of the armed forces, not to the town hall.
body-business-register = A business is declared online at the one-stop register (Guichet unique des formalités des entreprises), not at the town hall.
body-labour = A dispute at work is a matter for the labour inspection or the labour court (prud’hommes), not for the town hall.
body-hunting-and-fishing = The hunting licence is up to the hunters’ federation, and the fishing card to the anglers’ associations, not to the town hall.
body-notary = This is a matter for a notary, not for the town hall.
body-consulate = Visas are up to the French consulate or embassy in the country, not to the town hall.
body-motorway = This is up to the company that runs the motorway, not to the town hall.
body-youth-employment = Jobs and training of people from 16 to 25 who have left school are up to the mission locale, not to the town hall.
body-home-renovation = Grants for the energy renovation of a home are up to the public service France Rénov’, with the inter-municipal body, not to the town hall.

## Holidays
holiday-new-year = New Year’s Day
holiday-good-friday = Good Friday
holiday-easter-monday = Easter Monday
holiday-labour-day = Labour Day
holiday-victory1945 = Victory in Europe Day
holiday-ascension = Ascension Day
holiday-whit-monday = Whit Monday
holiday-bastille-day = Bastille Day
holiday-assumption = Assumption Day
holiday-all-saints = All Saints’ Day
holiday-armistice = Armistice Day
holiday-christmas = Christmas
holiday-st-stephen = St Stephen’s Day
holiday-abolition-of-slavery = Abolition of slavery

## Suggestions
suggestion-hours = { $place }: what are the opening hours?
suggestion-weekend = What is on this weekend?
