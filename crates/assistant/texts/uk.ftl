# What Parvis says to residents, in Ukrainian. The extracts that it quotes stay in French.

## Fixed phrases
phrase-greeting = Добрий день! Запитуйте про місто, його служби, години роботи чи документи.
phrase-thanks = Прошу. Ставте наступне запитання, коли захочете.
phrase-goodbye = До побачення, гарного дня.
phrase-insult = Я програма і роблю все, що можу. Скажіть, що ви шукаєте, і я відповім, якщо місто це опублікувало.
phrase-about = Я програма, а не людина. Я відповідаю уривками зі сторінок, які місто перевірило й опублікувало, і показую, звідки вони. Коли ці сторінки не дають відповіді, я так і кажу.
phrase-emergency-fire = Пожежа чи аварія: негайно телефонуйте пожежникам 18 або 112. Я програма й не можу викликати рятувальників.
phrase-emergency-medical = Життя в небезпеці: негайно викликайте швидку (SAMU) 15 або 112. Я програма й не можу викликати рятувальників.
phrase-emergency-police = Негайна небезпека: поліція 17 або 112. Не можете говорити? SMS на 114. Я програма й не можу викликати допомогу.
phrase-emergency-violence = У небезпеці: 17 або SMS на 114. Допомога вдень і вночі, безкоштовно й анонімно: 3919. Я програма й не можу викликати допомогу.
phrase-emergency-child = Дитина в небезпеці: 119, вдень і вночі, безкоштовно. Негайна небезпека: 17. Я програма й не можу викликати допомогу.
phrase-emergency-suicide = Ви не самі. 3114, вдень і вночі: вас вислухають, безкоштовно. У небезпеці зараз: 15 або 112. Я програма й не можу викликати допомоги.
phrase-emergency-shelter = Ніде ночувати: телефонуйте 115, вдень і вночі, безкоштовно. У небезпеці: 112.
phrase-emergency-deaf = Не чуєте чи не можете говорити? SMS на 114: пожежники, швидка, поліція, вдень і вночі.
phrase-unknown = Я не знайшов відповіді в тому, що опублікувало місто. Краще сказати про це, ніж вигадувати.
phrase-partial = Ось найближче з того, що опублікувало місто. Можливо, це відповідає лише на частину вашого запитання.
phrase-partial-briefly = Найближче до вашого запитання:
phrase-list-goes-on = Список неповний: решта на сторінці міста.
phrase-outdated = Те, що місто публікувало про це, вже не чинне, а нового ще немає.
phrase-elsewhere = Цим займається не мерія.
phrase-clarify = Про яке місце ви говорите?
phrase-clarify-question = Чи можете уточнити запитання? Наприклад, служба, місце чи документ, який вас цікавить.
phrase-personal-file = Я не маю доступу до особистих справ і не можу нічого забронювати чи змінити за вас. Відповісти вам можуть у віконці прийому.
phrase-out-of-scope = Я відповідаю на запитання про місто та його служби за сторінками, які опублікувало місто. Нічого іншого я не вмію.
phrase-unlawful = Я не можу допомогти обійти закон чи правила.
phrase-opinion = Я не маю власної думки. Можу сказати, що опублікувало місто.
phrase-contact-lead = Ви можете звернутися сюди:
phrase-no-events = В опублікованому календарі міста на ці дні нічого не оголошено.
phrase-events-lead = Ось що оголошено в календарі міста:
phrase-extracts-in-french = Ось що місто опублікувало про це. Уривки подано французькою, мовою сторінок, які перевірило місто.
phrase-in-plain-words = Простішими словами. Ці речення написала програма на основі наведених вище уривків; вірити слід лише уривкам.
phrase-easy-to-read = Дуже просто. Ці речення написала програма на основі уривків вище. Якщо сумніваєтеся, читайте уривки: важливі саме вони.
phrase-machine-translation = Машинний переклад наведених вище уривків. Вірити слід лише французьким уривкам.
phrase-translation-incomplete = Цей переклад неповний: у ньому бракує деяких французьких уривків, наведених вище.

## Opening state
opening-open = { $place }: зараз відчинено. Зачиняється: { $until }.
opening-open-always = { $place }: відчинено завжди.
opening-open-then = { $place }: відчинено, { $asked }. Зачиняється: { $until }.
opening-open-then-always = { $place }: відчинено, { $asked }.
opening-closed = { $place }: зараз зачинено{ $because }. Відчиняється: { $opens }.
opening-closed-no-next = { $place }: зараз зачинено{ $because }. Наступне відкриття не оголошено.
opening-closed-then = { $place }: зачинено, { $asked }{ $because }. Відчиняється: { $opens }.
opening-closed-then-no-next = { $place }: зачинено, { $asked }{ $because }.
opening-uncertain = { $place }: зі сторінки міста неясно, чи відчинено, { $asked }{ $because }.
because-holiday = {" "}(святковий день: { $holiday })
because-closure = {" "}(зачинено як виняток до { $until })
because-closure-reason = {" "}(зачинено як виняток до { $until }: { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(години залежать від шкільних канікул, дати яких невідомі)
at-day-and-time = { $day } о { $time }
now-in-words = зараз

## Hours
hours-open = { $place }: { $day }, відчинено { $ranges }{ $note }.
hours-open-all-day = { $place }: { $day }, відчинено весь день{ $note }.
hours-closed = { $place }: { $day }, зачинено{ $note }.
hours-uncertain = { $place }: { $day }, сторінка міста не дає певних годин{ $note }.
week = { $place }, години роботи на тиждень: { $days }.
week-with-exceptions = { $place }, години роботи на тиждень: { $days }. Виняток: { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } зачинено{ $note }
week-range = { $first } – { $last }
week-single = { $first }
week-every-day = щодня

## Contact
contact-phone = { $place }, телефон: { $value }.
contact-address = { $place }, адреса: { $value }.
contact-email = { $place }, електронна пошта: { $value }.
contact-website = { $place }, сайт: { $value }.

## Events
event = { $title }: { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }, о { $time }
event-from-to = { $day }, { $ranges }
event-over-days = { $first } – { $last }
event-where = {", "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = { $subject }: цим займається { $body }, у мерії.
competent-other = { $subject }: цим займається { $body }, а не мерія.
body-departement = Цим займається не мерія. Куди звертатися: департамент (Département).
body-region = Цим займається не мерія. Куди звертатися: регіон (Région).
body-vehicle-and-licence-titles = Цим займається не мерія. Куди звертатися: France Titres (ANTS), державна служба, через інтернет, щодо документів на авто та водійських прав.
body-prefecture = Цим займається не мерія. Куди звертатися: префектура (préfecture), державна служба.
body-taxes = Цим займається не мерія. Куди звертатися: державна податкова служба (finances publiques).
body-justice = Цим займається не мерія. Куди звертатися: суд (tribunal).
body-police = Цим займається не мерія. Куди звертатися: національна поліція або жандармерія, щодо заяв і розслідувань.
body-family-allowances = Цим займається не мерія. Куди звертатися: каса сімейних виплат (CAF).
body-employment = Цим займається не мерія. Куди звертатися: France Travail (раніше Pôle emploi).
body-health-insurance = Цим займається не мерія. Куди звертатися: медичне страхування (Assurance maladie, CPAM).
body-pensions = Цим займається не мерія. Куди звертатися: ваша пенсійна каса (Carsat для загального режиму).
body-farm-insurance = Цим займається не мерія. Куди звертатися: сільськогосподарська соціальна каса (MSA).
body-social-contributions = Цим займається не мерія. Куди звертатися: Urssaf.
body-bank-of-france = Цим займається не мерія. Куди звертатися: Banque de France.
body-post = Цим займається не мерія. Куди звертатися: пошта (La Poste).
body-energy = Цим займається не мерія. Куди звертатися: ваш постачальник енергії щодо договору, або оператор мережі щодо аварії, лічильника чи підключення.
body-telecom = Цим займається не мерія. Куди звертатися: ваш оператор інтернету чи телефону.
body-rail = Цим займається не мерія. Куди звертатися: SNCF.
body-higher-education = Цим займається не мерія. Куди звертатися: університет, або Crous щодо стипендій і гуртожитків.
body-national-education = Цим займається не мерія. Куди звертатися: система освіти (керівництво школи, потім ректорат), щодо вчителів та іспитів.
body-national-service = Цим займається не мерія. Куди звертатися: центр національної служби збройних сил.
body-business-register = Цим займається не мерія. Куди звертатися: єдине вікно для підприємств (Guichet unique), через інтернет.
body-labour = Цим займається не мерія. Куди звертатися: інспекція праці або трудовий суд (prud’hommes).
body-hunting-and-fishing = Цим займається не мерія. Куди звертатися: федерація мисливців щодо мисливського посвідчення, і рибальські товариства щодо рибальського квитка.
body-notary = Цим займається не мерія. Куди звертатися: нотаріус.
body-consulate = Цим займається не мерія. Куди звертатися: консульство або посольство Франції в країні, щодо віз.
body-motorway = Цим займається не мерія. Куди звертатися: компанія, яка утримує автомагістраль.
body-youth-employment = Цим займається не мерія. Куди звертатися: mission locale, щодо роботи й навчання молоді від 16 до 25 років.
body-home-renovation = Цим займається не мерія. Куди звертатися: державна служба France Rénov’ разом із міжмуніципальним об’єднанням.

## Holidays
holiday-new-year = Новий рік
holiday-good-friday = Страсна п’ятниця
holiday-easter-monday = Великодній понеділок
holiday-labour-day = День праці
holiday-victory1945 = перемога 1945 року
holiday-ascension = Вознесіння
holiday-whit-monday = понеділок після Трійці
holiday-bastille-day = національне свято
holiday-assumption = Успіння
holiday-all-saints = День усіх святих
holiday-armistice = перемир’я 1918 року
holiday-christmas = Різдво
holiday-st-stephen = День святого Стефана
holiday-abolition-of-slavery = скасування рабства

## Suggestions
suggestion-hours = { $place }: які години роботи?
suggestion-weekend = Що робити на вихідних?
