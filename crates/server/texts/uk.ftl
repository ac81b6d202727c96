# What residents read, in Ukrainian: widget, pages, errors.

## The widget

widget-title = Поставте запитання
widget-title-town = { $town } – помічник
widget-open = Маєте запитання?
widget-close = Закрити
widget-greeting = Ви пишете програмі, а не людині. Вона відповідає за сторінками, які перевірило місто, і показує, звідки кожна відповідь.
widget-retention = Написане вами зашифровано й буде стерто не пізніше ніж за { $days } дн. Не пишіть особистих даних.
widget-retention-link = Що зберігається
widget-resumed = Ваша попередня розмова триває. Попередні повідомлення знову не показуються.
widget-new-window = (нове вікно)
widget-suggestions = Наприклад
widget-log-label = Розмова
widget-you = Ви:
widget-input-label = Ваше запитання
widget-input-placeholder = Години роботи, документи, ціни…
widget-send = Надіслати
widget-send-long = запитання
widget-easy-to-read = Відповісти також дуже простими реченнями
widget-stop = Зупинити
widget-empty = Спершу напишіть запитання.
widget-counter = Залишилося знаків: { $left }
widget-waiting = Пошук у перевірених сторінках…
widget-more-comes = Програма пише далі…
widget-tag-contact = До кого звернутися
widget-tag-notice = Варто знати
widget-verdict-answered = Відповідь із перевірених сторінок
widget-verdict-partial = Часткова відповідь: на частину запитання перевіреної відповіді немає
widget-verdict-clarify = Уточніть запитання
widget-verdict-outdated = Застаріла інформація: потребує підтвердження
widget-verdict-elsewhere = Цим займається інша установа
widget-verdict-unknown = У перевірених сторінках відповіді немає
widget-verdict-emergency = Надзвичайна ситуація: телефонуйте негайно
widget-source = Джерело
widget-sources = Джерела
widget-source-number = Джерело { $number }: { $title } (нове вікно)
widget-approved = Перевірено { $date }
widget-trusted = Державне джерело, взяте автоматично
widget-choices = Що ви маєте на увазі?
widget-more = Далі
widget-useful = Корисно?
widget-helpful = Так, ця відповідь допомагає
widget-unhelpful = Ні, ця відповідь не допомагає
widget-reason = Що не так?
widget-reason-wrong = Це неправильно
widget-reason-incomplete = Чогось бракує
widget-reason-outdated = Це застаріло
widget-reason-unclear = Це незрозуміло
widget-reason-other = Інше
widget-comment = Коментар (необов’язково)
widget-comment-hint = Не пишіть імені, адреси чи номера: цей коментар читають працівники міста.
widget-feedback-send = Надіслати відгук
widget-cancel = Скасувати
widget-thanks = Дякуємо, ваш відгук записано.
widget-feedback-failed = Ваш відгук не надіслано. Спробуйте ще раз трохи згодом.
widget-copy = Копіювати
widget-copied = Відповідь скопійовано разом із джерелами.
widget-copy-failed = Скопіювати не вдалося.
widget-print = Друкувати
widget-delete = Стерти мою розмову
widget-delete-sure = Стерти цю розмову назавжди, тут і на сервері міста?
widget-delete-yes = Так, стерти
widget-delete-failed = Розмову не вдалося стерти. Спробуйте ще раз трохи згодом.
widget-deleted = Вашу розмову стерто, тут і на сервері міста.
widget-retry = Спробувати ще раз
widget-error-offline = Схоже, немає з’єднання. Перевірте його й спробуйте ще раз: ваше запитання збережено тут.
widget-error-unreachable = Сервер міста не відповідає. Спробуйте ще раз трохи згодом: ваше запитання збережено тут.
widget-error-interrupted = Відповідь перервалася. Спробуйте ще раз, щоб отримати її повністю.
widget-error-stopped = Ви зупинили відповідь.
widget-error-too_many_requests = Надходить багато запитань одночасно. Спробуйте ще раз трохи згодом.
widget-error-wait = Надходить багато запитань одночасно. Спробуйте ще раз через { $seconds } с.
widget-error-unavailable = Помічник зараз недоступний. Спробуйте ще раз згодом або зателефонуйте до мерії.
widget-error-internal = У нас сталася помилка. Спробуйте ще раз згодом або зателефонуйте до мерії.
widget-error-question_too_long = Ваше запитання довше за 1000 знаків. Скоротіть його.
widget-error-unknown_site = Цього помічника ще не налаштовано для цього сайту.
widget-error-origin_not_allowed = Цьому помічникові не дозволено працювати на цьому сайті.

## The pages

page-skip = До змісту
page-home = Початок помічника
page-chat-title = Поставте запитання – { $town }
page-chat-heading = Запитання про місто?
page-chat-lede = Запитуйте так, як у віконці прийому. Кожна відповідь походить зі сторінки міста й показує її.
page-chat-description = Помічник міста відповідає за перевіреними сторінками й показує джерела.
page-form-submit = Надіслати запитання
page-form-hint = Не більше 1000 знаків. Не пишіть особистих даних.
page-answer-heading = Відповідь
page-answer-question = Ваше запитання
page-follow-up = Ще запитання?
page-delete-submit = Стерти мою розмову
page-deleted = Вашу розмову стерто, тут і на сервері міста.
page-error-heading = На запитання не дано відповіді
page-footer-label = Низ сторінки
page-languages = Мова
page-privacy-link = Приватність
page-accessibility-link = Доступність: часткова відповідність
page-quality-link = Якість та енергія
page-back = Назад до помічника
page-powered = Помічник Parvis, вільна програма на серверах громади.
page-error-title = Такої сторінки тут немає

## A document's page

doc-title = { $title } – { $town }
doc-approved = Сторінку перевірено { $date }, { $publisher }
doc-trusted = Сторінка { $publisher }, взята автоматично { $date }
doc-quoted = Виділено уривок, який процитував помічник.
doc-quoted-link = До процитованого уривка
doc-when = Коли
doc-place = На місці
doc-address = Адреса
doc-phone = Телефон
doc-email = Електронна пошта
doc-website = Сайт
doc-accessibility = Доступність
doc-competences = Чим займається
doc-print-hint = Інформація на цій сторінці була чинною в день друку.

## Сторінка якості

quality-title = Якість та енергія
quality-lede = Що помічник відповів за { $days } днів, лише в цифрах: жодного запитання тут прочитати не можна.
quality-answers-title = Відповіді
quality-questions = Поставлені запитання
quality-answered = Відповіді з перевірених сторінок
quality-elsewhere = Скеровано до іншої установи або на номер екстреної служби
quality-clarify = Попросили уточнити
quality-outdated = Попередили про застарілу інформацію
quality-unknown = Без відповіді на перевірених сторінках
quality-scope = Враховано запитання на сайті та через SMS, які ще зберігаються; видалених їхніми авторами тут уже немає.
quality-model-title = Мовна модель
quality-model-none = Тут не пише жодна мовна модель: відповіді — це уривки сторінок.
quality-model = Модель { $name } переказує уривки простими словами або перекладає їх, після них. Автоматична перевірка порівнює кожне речення з уривком, на який воно посилається, і відкидає недоведені.
quality-model-searching = Модель { $name } пропонує інші слова для пошуку, коли нічого не знайдено. Вона не пише жодного речення відповідей.
quality-model-answers = Відповіді, які їй дали переказати
quality-model-shown = Показані речення
quality-model-dropped = Відкинуті речення, бо не доведені
quality-energy-title = Енергія однієї відповіді
quality-energy-extracts = Відповідь з уривків
quality-energy-model = Відповідь, переказана моделлю
quality-energy-none = Не виміряно
quality-energy-value = { $value } { $unit } (середнє з { $count })
quality-decimal = ,
quality-method-rapl = Лічильники процесора показують енергію, яку вся машина споживає під час відповіді, поділену між відповідями, що готуються. Інші програми машини враховано, пам’ять і блок живлення — ні.
quality-method-processor = Жодного лічильника процесора не можна прочитати: час обчислень помічника помножено на заявлену потужність, { $watts } W на ядро, і поділено між відповідями, що готуються. Це оцінка.
quality-method-graphics = Додано лічильник відеокарт.
quality-method-uncounted = Модель працює в іншій програмі або на іншій машині, енергію якої тут не враховано.
quality-energy-compare = Для порівняння: лампа на 10 W споживає 2,8 mWh за секунду.

## Errors

error-question_empty-title = Порожнє запитання
error-question_empty-detail = Напишіть запитання, перш ніж надсилати.
error-question_too_long-title = Задовге запитання
error-question_too_long-detail = Запитання має не більше 1000 знаків. Скоротіть його.
error-malformed_body-title = Нечитабельний запит
error-malformed_body-detail = Надіслане має не ту форму; інтерфейс описано в /api/v1/openapi.json.
error-unsupported_media_type-title = Формат не підтримується
error-unsupported_media_type-detail = Надсилайте запит у JSON (Content-Type: application/json).
error-unknown_site-title = Невідомий сайт
error-unknown_site-detail = Жоден сайт тут не має такого ключа. Перевірте атрибут data-site.
error-origin_not_allowed-title = Джерело не дозволено
error-origin_not_allowed-detail = Цього сайту немає серед дозволених для цього помічника.
error-unknown_conversation-title = Розмова невідома або закінчилася
error-unknown_conversation-detail = Цієї розмови вже немає. Поставте запитання ще раз: почнеться нова.
error-unknown_answer-title = Невідома відповідь
error-unknown_answer-detail = Цієї відповіді вже немає; можливо, її стерто.
error-answer_outdated-title = Ця відповідь застаріла
error-answer_outdated-detail = Сторінки, які вона цитувала, змінилися. Поставте запитання ще раз.
error-too_many_requests-title = Забагато запитань одночасно
error-too_many_requests-detail = Зачекайте трохи й спробуйте ще раз.
error-body_too_large-title = Завеликий запит
error-body_too_large-detail = Надіслане більше за дозволений розмір.
error-idempotency_key_reused-title = Ключ уже використано
error-idempotency_key_reused-detail = Цей ключ ідемпотентності вже служив для іншого запиту. Візьміть новий.
error-not_found-title = Сторінку не знайдено
error-not_found-detail = Такої сторінки немає, або її вже не опубліковано.
error-method_not_allowed-title = Метод не дозволено
error-method_not_allowed-detail = Ця адреса не приймає такого методу.
error-unavailable-title = Служба зараз недоступна
error-unavailable-detail = Спробуйте ще раз згодом або зателефонуйте до мерії.
error-internal-title = Помилка з нашого боку
error-internal-detail = Помилку записано без вашого запитання. Спробуйте ще раз згодом.

## SMS
sms-help = { $town }: поставте запитання, як-от «басейн у неділю?». Або напишіть SUITE, SOURCE, CONTACT, STOP, або EFFACER, щоб стерти все.
sms-stopped = { $town }: ми більше не писатимемо вам. Напишіть нам знову, коли захочете.
sms-contact = { $town }: тут відповідає програма за сторінками, які перевірило місто. Ваші права: { $url }/confidentialite
sms-contact-no-page = { $town }: тут відповідає програма за сторінками, які перевірило місто. Щоб поговорити з людиною, зателефонуйте до мерії.
sms-erased = Ваші повідомлення й наші відповіді стерто.
sms-nothing-more = До останньої відповіді нема чого додати. Поставте запитання одним реченням.
sms-more = + SUITE
sms-too-long = Відповідь задовга для SMS.
sms-limit = Ви надіслали багато повідомлень. Спробуйте ще раз за годину. У небезпеці телефонуйте 112.
sms-source = { $title } ({ $publisher }, перевірено { $day })
sms-changed = Сторінка міста змінилася, поки ми відповідали. Поставте запитання ще раз.
sms-no-longer = Сторінка останньої відповіді змінилася. Поставте запитання ще раз.
sms-no-source = Остання відповідь не походить із жодної сторінки.

## Privacy

privacy-title = Приватність
privacy-lede = Що помічник зберігає з ваших запитань, як довго, і як це стерти.
privacy-program-title = Ви спілкуєтеся з програмою
privacy-program = Помічник — це програма. Ніхто не читає ваших повідомлень, поки ви їх пишете. Вона не ухвалює жодних рішень щодо вас: цитує сторінки, які перевірило місто, і вказує потрібне віконце, коли не знає.
privacy-kept-title = Що зберігається
privacy-kept-questions = Текст ваших запитань і відповідей. Особисті дані, які програма розпізнає (номери, адреси, електронні адреси, імена після звертання, IBAN, номер соціального страхування, номерний знак), вилучаються перед записом.
privacy-kept-feedback = Ваш відгук про відповідь, якщо ви його даєте.
privacy-kept-code = Випадковий код, що пов’язує запитання однієї розмови. Він не каже, хто ви.
privacy-kept-figures = З кожною відповіддю — дані без ваших слів: дата, мова, чим вона завершилася та скільки енергії забрала.
privacy-kept-not = Ні ваше ім’я, ні ваша IP-адреса, ні тип вашого пристрою не записуються разом із запитаннями.
privacy-why-title = Навіщо
privacy-why = Щоб відповідати на продовження вашої розмови, виправляти сторінки, які відповідають погано, і писати ті, яких бракує. Правова підстава: завдання міста в суспільних інтересах (GDPR, стаття 6, пункт 1, підпункт e).
privacy-how-long-title = Як довго
privacy-how-long = Не більше ніж { $days } дн. після вашого останнього запитання. Потім усе стирається автоматично, разом із ключем, яким це можна було прочитати.
privacy-secured-title = Як це захищено
privacy-secured = Розмови зашифровано на сервері міста. Ключі регулярно змінюються й знищуються наприкінці строку зберігання.
privacy-transfer-title = Ніщо не виходить назовні
privacy-transfer = Програма працює на серверах громади. Ваші запитання не надсилаються жодній компанії, соціальній мережі чи службі штучного інтелекту, ні в Європейському Союзі, ні поза ним.
privacy-cookies-title = Без файлів cookie
privacy-cookies = Помічник не використовує ні cookie, ні вимірювання аудиторії, ні вмісту з інших сайтів. Ваш браузер зберігає код розмови, доки не закрито вкладку.
privacy-delete-title = Стерти вашу розмову
privacy-delete = Кнопка «Стерти мою розмову» під полем введення стирає все одразу, на вашому екрані й на сервері. Без неї все стирається само наприкінці строку зберігання.
privacy-rights-title = Ваші права
privacy-rights = Загальний регламент про захист даних (GDPR, статті 15–21) дає вам право доступу, виправлення, стирання, обмеження та заперечення. Оскільки ми не знаємо, хто поставив запитання, вкажіть код розмови або її дату й час.
privacy-rights-contact = Напишіть відповідальному за захист даних: { $town }, на адресу мерії.
privacy-rights-cnil = Якщо відповідь вас не влаштовує, ви можете поскаржитися до французького органу CNIL: 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
privacy-rights-cnil-link = Сайт CNIL

## Accessibility

accessibility-title = Доступність
accessibility-lede = Заява щодо сторінок помічника та віджета: { $town }.
accessibility-state-title = Відповідність
accessibility-state = Часткова відповідність. Жодна стороння установа ще не перевіряла цих сторінок за французьким стандартом (RGAA): тому ми не можемо назвати частку відповідності.
accessibility-tested-title = Що перевіряється
accessibility-tested = Після кожної зміни автоматичні перевірки проходять сторінки інструментом axe (правила WCAG 2.2, рівні A та AA), у світлому й темному вигляді, лише клавіатурою й на екрані завширшки 360 пікселів. Такі інструменти бачать лише частину вад.
accessibility-known-title = Що нам відомо
accessibility-known-documents = Цитовані сторінки належать місту чи державі: їхня доступність залежить від їхніх сайтів.
accessibility-known-readers = Випробування з людьми, які користуються екранним читачем, ще попереду.
accessibility-without-title = Без JavaScript
accessibility-without = Сторінка помічника працює без JavaScript: тоді відповідь з’являється на новій сторінці.
accessibility-help-title = Є перешкода?
accessibility-help = Скажіть про це мерії: вона надасть інформацію інакше, а ваду буде виправлено.
accessibility-recourse = Якщо ви не отримаєте задовільної відповіді, можете звернутися до французького Захисника прав: телефон 3928, або лист без марки на адресу «Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07».

## The demo's telephone
phone-heading = Телефон, який пише місту
phone-link = Написати місту через SMS
phone-lede = Кожне повідомлення йде справжнім каналом SMS. Ніщо не залишає цієї машини. SUITE, SOURCE, AIDE, STOP і EFFACER роблять те саме, що й на телефоні.
phone-label = Ваше повідомлення
phone-submit = Надіслати
phone-segment = Сегмент { $part } з { $total }, { $encoding }, { $units } одиниць із { $capacity }
phone-cost = Сегменти, які оплачує місто: { $segments }
