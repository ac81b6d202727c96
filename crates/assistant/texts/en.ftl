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
