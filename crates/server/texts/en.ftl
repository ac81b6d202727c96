# What residents read: widget, pages, errors.

## The widget

widget-title = Ask your question
widget-title-town = { $town } – assistant
widget-open = A question?
widget-close = Close
widget-greeting = You are writing to a program, not to a person. It answers from pages that the town has validated, and shows where each answer comes from.
widget-retention = What you write is encrypted, and deleted after { $days } days at most. Please write no personal data.
widget-retention-link = What is kept
widget-resumed = Your earlier conversation goes on. Previous messages are not shown again.
widget-new-window = (new window)
widget-suggestions = For example
widget-log-label = Conversation
widget-you = You:
widget-input-label = Your question
widget-input-placeholder = Opening hours, paperwork, fees…
widget-send = Send
widget-send-long = the question
widget-easy-to-read = Also answer me in very simple sentences
widget-stop = Stop
widget-empty = Write a question first.
widget-counter = Characters left: { $left }
widget-waiting = Searching the validated pages…
widget-more-comes = A program is writing more…
widget-tag-contact = Who to turn to
widget-tag-notice = Good to know
widget-verdict-answered = Answer taken from validated pages
widget-verdict-partial = Partial answer: part of your question has no validated answer
widget-verdict-clarify = Please be more specific
widget-verdict-outdated = Out-of-date information: please have it confirmed
widget-verdict-elsewhere = Another body is in charge of this
widget-verdict-unknown = No answer in the validated pages
widget-verdict-emergency = Emergency: call now
widget-source = Source
widget-sources = Sources
widget-source-number = Source { $number }: { $title } (new window)
widget-approved = Validated on { $date }
widget-trusted = State source, imported automatically
widget-choices = What do you mean?
widget-more = Go on with
widget-useful = Useful?
widget-helpful = Yes, this answer helps me
widget-unhelpful = No, this answer does not help me
widget-reason = What is wrong?
widget-reason-wrong = It is wrong
widget-reason-incomplete = Something is missing
widget-reason-outdated = It is out of date
widget-reason-unclear = It is not clear
widget-reason-other = Something else
widget-comment = A comment (optional)
widget-comment-hint = Write no name, address or number: town staff read this comment.
widget-feedback-send = Send feedback
widget-cancel = Cancel
widget-thanks = Thank you, your feedback is recorded.
widget-feedback-failed = Your feedback was not sent. Please try again shortly.
widget-copy = Copy
widget-copied = Answer copied, with its sources.
widget-copy-failed = Copying was not possible.
widget-print = Print
widget-delete = Delete my conversation
widget-delete-sure = Delete this conversation for ever, here and on the town’s server?
widget-delete-yes = Yes, delete
widget-delete-failed = The conversation could not be deleted. Please try again shortly.
widget-deleted = Your conversation is deleted, here and on the town’s server.
widget-retry = Try again
widget-error-offline = You seem to be offline. Check your connection, then try again: your question is kept here.
widget-error-unreachable = The town’s server does not reply. Try again shortly: your question is kept here.
widget-error-interrupted = The answer was cut short on its way. Try again to have all of it.
widget-error-stopped = You stopped the answer.
widget-error-too_many_requests = Many questions are arriving at once. Try again shortly.
widget-error-wait = Many questions are arriving at once. Try again in { $seconds } seconds.
widget-error-unavailable = The assistant is unavailable for the moment. Try again shortly, or call the town hall.
widget-error-internal = Something went wrong on our side. Try again shortly, or call the town hall.
widget-error-question_too_long = Your question is longer than 1,000 characters. Please shorten it.
widget-error-unknown_site = This assistant is not set up for this site yet.
widget-error-origin_not_allowed = This assistant is not allowed on this site.

## The pages

page-skip = Skip to content
page-home = Assistant’s home page
page-chat-title = Ask your question – { $town }
page-chat-heading = A question about the town?
page-chat-lede = Ask as you would at the counter. Each answer comes from a page of the town, and shows it.
page-chat-description = The town’s assistant answers from validated pages, and shows its sources.
page-form-submit = Send the question
page-form-hint = 1,000 characters at most. Please write no personal data.
page-answer-heading = Answer
page-answer-question = Your question
page-follow-up = Another question?
page-delete-submit = Delete my conversation
page-deleted = Your conversation is deleted, here and on the town’s server.
page-error-heading = The question was not answered
page-footer-label = Footer
page-languages = Language
page-privacy-link = Privacy
page-accessibility-link = Accessibility: partially compliant
page-quality-link = Quality and energy
page-back = Back to the assistant
page-powered = Parvis assistant, free software, hosted by the local authority.
page-error-title = This page does not exist here

## A document's page

doc-title = { $title } – { $town }
doc-approved = Page validated on { $date }, by { $publisher }
doc-trusted = Page of { $publisher }, imported automatically on { $date }
doc-quoted = The highlighted passage is the one that the assistant quoted.
doc-quoted-link = Go to the quoted passage
doc-when = When
doc-place = On site
doc-address = Address
doc-phone = Phone
doc-email = E-mail
doc-website = Website
doc-accessibility = Accessibility
doc-competences = Responsible for
doc-print-hint = The information on this page is what was valid on the day it was printed.

## Privacy

privacy-title = Privacy
privacy-lede = What the assistant keeps of your questions, for how long, and how to delete it.
privacy-program-title = You are talking to a program
privacy-program = The assistant is a program. Nobody reads your messages as you write them. It takes no decision about you: it quotes pages that the town has validated, and points to the right counter when it does not know.
privacy-kept-title = What is kept
privacy-kept-questions = The text of your questions and of the answers. Personal data that the program recognises (numbers, addresses, e-mails, names after a title, IBAN, social-security number, number plate) is removed before anything is stored.
privacy-kept-feedback = Your feedback on an answer, if you give any.
privacy-kept-code = A code drawn at random, which links the questions of one conversation. It does not say who you are.
privacy-kept-figures = With each answer, figures without your words: the date, the language, how it ended, and the energy it took.
privacy-kept-not = Neither your name, nor your IP address, nor the kind of your device is stored with your questions.
privacy-why-title = Why
privacy-why = To answer what follows in your conversation, to correct pages that answer badly and to write those that are missing. Legal basis: the town’s task carried out in the public interest (GDPR, Article 6(1)(e)).
privacy-how-long-title = For how long
privacy-how-long = { $days } days at most after your last question. Then everything is deleted automatically, and so is the key that could read it.
privacy-secured-title = How it is protected
privacy-secured = Conversations are encrypted on the town’s server. Keys change regularly and are destroyed when the retention period ends.
privacy-transfer-title = Nothing leaves
privacy-transfer = The program runs on the local authority’s servers. Your questions are sent to no company, no social network, no artificial-intelligence service, inside or outside the European Union.
privacy-cookies-title = No cookie
privacy-cookies = The assistant uses no cookie, no audience measurement and no content from another site. Your browser keeps your conversation’s code until the tab is closed.
privacy-delete-title = Deleting your conversation
privacy-delete = The button “Delete my conversation”, below the input, deletes everything at once, on your screen and on the server. Without it, deletion happens by itself when the retention period ends.
privacy-rights-title = Your rights
privacy-rights = The General Data Protection Regulation (GDPR, Articles 15 to 21) gives you a right of access, rectification, erasure, restriction and objection. As we do not know who asked a question, give your conversation’s code or its date and time.
privacy-rights-contact = Write to the data protection officer of { $town }, at the town hall’s address.
privacy-rights-cnil = If the reply does not suit you, you can lodge a complaint with the French authority, the CNIL: 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
privacy-rights-cnil-link = CNIL’s website

## Accessibility

accessibility-title = Accessibility
accessibility-lede = Statement for the assistant’s pages and for the widget of { $town }.
accessibility-state-title = Compliance
accessibility-state = Partially compliant. No third party has audited these pages yet against the French standard (RGAA): we can therefore give no compliance rate.
accessibility-tested-title = What is checked
accessibility-tested = At each change, automatic tests go through the pages with the axe tool (WCAG 2.2 rules, levels A and AA), in light and dark schemes, by keyboard alone and on a 360-pixel screen. Such tools see only part of the defects.
accessibility-known-title = What we know
accessibility-known-documents = Quoted pages belong to the town or to the State: their accessibility depends on their own sites.
accessibility-known-readers = Trials with people who use a screen reader remain to be done.
accessibility-without-title = Without JavaScript
accessibility-without = The assistant’s page works without JavaScript: the answer then shows in a new page.
accessibility-help-title = An obstacle?
accessibility-help = Tell the town hall: it will give you the information in another way, and the defect will be mended.
accessibility-recourse = If you receive no satisfactory reply, you can turn to the French Defender of Rights: phone 3928, or a letter without a stamp to “Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07”.

## The page of quality

quality-title = Quality and energy
quality-lede = What the assistant answered over { $days } days, in figures only: no question can be read here.
quality-answers-title = The answers
quality-questions = Questions asked
quality-answered = Answered from approved pages
quality-elsewhere = Sent to another body or to an emergency number
quality-clarify = Asked back what was meant
quality-outdated = Said that the information is out of date
quality-unknown = No answer in the approved pages
quality-scope = Questions asked on the website and by text message are counted while they are kept; those that their authors deleted are gone.
quality-model-title = The language model
quality-model-none = No language model writes here: answers are extracts of pages.
quality-model = The model { $name } says extracts again in plain words, or translates them, after them. An automatic check compares each sentence with the extract that it cites, and drops those that are not proven.
quality-model-searching = The model { $name } suggests other words to search for when nothing is found. It writes no sentence of the answers.
quality-model-answers = Answers that it was given to say again
quality-model-shown = Sentences shown
quality-model-dropped = Sentences dropped, not proven
quality-energy-title = The energy of an answer
quality-energy-extracts = Answer made of extracts
quality-energy-model = Answer said again by the model
quality-energy-none = Not measured
quality-energy-value = { $value } { $unit } (mean of { $count })
quality-decimal = .
quality-method-rapl = Counters of the processor give the energy that the whole machine takes during an answer, shared among the answers under way. Other programs of the machine are included; memory and power supply are not.
quality-method-processor = No counter of the processor can be read: the computing time of the assistant is multiplied by a stated power, { $watts } W a core, and shared among the answers under way. It is an estimate.
quality-method-graphics = The counter of the graphics cards is added.
quality-method-uncounted = The model runs in another program or on another machine, whose energy is not counted here.
quality-energy-compare = To compare: a bulb of 10 W uses 2.8 mWh in a second.

## Errors

error-question_empty-title = Empty question
error-question_empty-detail = Write a question before sending it.
error-question_too_long-title = Question too long
error-question_too_long-detail = A question has at most 1,000 characters. Please shorten it.
error-malformed_body-title = Unreadable request
error-malformed_body-detail = What was sent does not have the expected form; the interface is described at /api/v1/openapi.json.
error-unsupported_media_type-title = Unsupported format
error-unsupported_media_type-detail = Send the request as JSON (Content-Type: application/json).
error-unknown_site-title = Unknown site
error-unknown_site-detail = No site has this key here. Check the data-site attribute.
error-origin_not_allowed-title = Origin not allowed
error-origin_not_allowed-detail = This website is not among the origins allowed for this assistant.
error-unknown_conversation-title = Unknown or expired conversation
error-unknown_conversation-detail = This conversation no longer exists. Ask your question again: another one will begin.
error-unknown_answer-title = Unknown answer
error-unknown_answer-detail = This answer no longer exists; it may have been deleted.
error-answer_outdated-title = This answer is out of date
error-answer_outdated-detail = The pages that it quoted have changed since. Ask your question again.
error-too_many_requests-title = Too many questions at once
error-too_many_requests-detail = Wait a moment, then try again.
error-body_too_large-title = Request too large
error-body_too_large-detail = What was sent is larger than allowed.
error-idempotency_key_reused-title = Key already used
error-idempotency_key_reused-detail = This idempotency key served for another request. Use a new one.
error-not_found-title = Page not found
error-not_found-detail = This page does not exist, or is no longer published.
error-method_not_allowed-title = Method not allowed
error-method_not_allowed-detail = This address does not accept this method.
error-unavailable-title = Service unavailable for the moment
error-unavailable-detail = Try again shortly, or call the town hall.
error-internal-title = An error on our side
error-internal-detail = The error is recorded, without your question. Try again shortly.

## SMS
sms-help = { $town }: ask a question, such as “pool on Sunday?”. Or write MORE, SOURCE, CONTACT, STOP, or DELETE to erase everything.
sms-stopped = { $town }: we will not write to you again. Write to us whenever you like.
sms-contact = { $town }: a program answers here, with pages that the town has validated. Your rights: { $url }/confidentialite
sms-contact-no-page = { $town }: a program answers here, with pages that the town has validated. To speak with a person, call the town hall.
sms-erased = Your messages and our answers are erased.
sms-nothing-more = There is nothing to add to the last answer. Ask your question in a sentence.
sms-more = More: MORE
sms-too-long = The answer is too long for a text message.
sms-limit = You have sent many messages. Try again in an hour. In danger, call 112.
sms-source = { $title } ({ $publisher }, validated on { $day })
sms-changed = A page of the town changed while we were answering you. Please ask again.
sms-no-longer = The page of the last answer has changed. Please ask again.
sms-no-source = The last answer comes from no page.

## The demo's telephone
phone-heading = A telephone that writes to the town
phone-link = Write to the town by SMS
phone-lede = Each message goes through the real channel of SMS. Nothing leaves this machine. MORE, SOURCE, HELP, STOP and DELETE do what they would on a telephone.
phone-label = Your message
phone-submit = Send
phone-segment = Segment { $part } of { $total }, { $encoding }, { $units } units of { $capacity }
phone-cost = Segments that the town pays for: { $segments }
