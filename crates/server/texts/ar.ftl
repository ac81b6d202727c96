# What residents read, in Arabic: widget, pages, errors.

## The widget

widget-title = اطرح سؤالك
widget-title-town = { $town } – المساعد
widget-open = لديك سؤال؟
widget-close = إغلاق
widget-greeting = أنت تكتب إلى برنامج لا إلى شخص. يجيب من صفحات اعتمدتها المدينة ويبيّن مصدر كل جواب.
widget-retention = ما تكتبه مشفّر، ويُمحى بعد مدة أقصاها { $days } يومًا. لا تكتب بيانات شخصية.
widget-retention-link = ما الذي يُحفظ
widget-resumed = تستمر محادثتك السابقة. لا تُعرض الرسائل السابقة من جديد.
widget-new-window = (نافذة جديدة)
widget-suggestions = مثلًا
widget-log-label = المحادثة
widget-you = أنت:
widget-input-label = سؤالك
widget-input-placeholder = المواعيد، الإجراءات، الأسعار…
widget-send = إرسال
widget-send-long = السؤال
widget-easy-to-read = أجبني أيضًا بجمل بسيطة جدًا
widget-stop = إيقاف
widget-empty = اكتب سؤالًا أولًا.
widget-counter = الأحرف المتبقية: { $left }
widget-waiting = بحث في الصفحات المعتمدة…
widget-more-comes = برنامج يكتب البقية…
widget-tag-contact = الجهة التي تتوجه إليها
widget-tag-notice = معلومة مفيدة
widget-verdict-answered = جواب مأخوذ من صفحات معتمدة
widget-verdict-partial = جواب جزئي: جزء من سؤالك بلا جواب معتمد
widget-verdict-clarify = وضّح سؤالك
widget-verdict-outdated = معلومة قديمة: يجب التأكد منها
widget-verdict-elsewhere = هذا الموضوع من اختصاص جهة أخرى
widget-verdict-unknown = لا جواب في الصفحات المعتمدة
widget-verdict-emergency = طوارئ: اتصل فورًا
widget-source = المصدر
widget-sources = المصادر
widget-source-number = المصدر { $number }: { $title } (نافذة جديدة)
widget-approved = اعتُمد في { $date }
widget-trusted = مصدر حكومي، أُخذ تلقائيًا
widget-choices = ماذا تقصد؟
widget-more = للمتابعة
widget-useful = هل هذا مفيد؟
widget-helpful = نعم، يساعدني هذا الجواب
widget-unhelpful = لا، لا يساعدني هذا الجواب
widget-reason = ما المشكلة؟
widget-reason-wrong = الجواب خاطئ
widget-reason-incomplete = ينقصه شيء
widget-reason-outdated = لم يعد محدّثًا
widget-reason-unclear = غير واضح
widget-reason-other = شيء آخر
widget-comment = تعليق (اختياري)
widget-comment-hint = لا تكتب اسمًا ولا عنوانًا ولا رقمًا: يقرأ موظفو المدينة هذا التعليق.
widget-feedback-send = إرسال الرأي
widget-cancel = إلغاء
widget-thanks = شكرًا، سُجّل رأيك.
widget-feedback-failed = لم يُرسل رأيك. حاول من جديد بعد قليل.
widget-copy = نسخ
widget-copied = نُسخ الجواب مع مصادره.
widget-copy-failed = تعذّر النسخ.
widget-print = طباعة
widget-delete = محو محادثتي
widget-delete-sure = هل تريد محو هذه المحادثة نهائيًا، هنا وعلى خادم المدينة؟
widget-delete-yes = نعم، امحُها
widget-delete-failed = تعذّر محو المحادثة. حاول من جديد بعد قليل.
widget-deleted = مُحيت محادثتك، هنا وعلى خادم المدينة.
widget-retry = إعادة المحاولة
widget-error-offline = يبدو أنك غير متصل. تحقق من الاتصال ثم حاول من جديد: سؤالك محفوظ هنا.
widget-error-unreachable = خادم المدينة لا يجيب. حاول من جديد بعد قليل: سؤالك محفوظ هنا.
widget-error-interrupted = انقطع الجواب. حاول من جديد لتحصل عليه كاملًا.
widget-error-stopped = أوقفت الجواب.
widget-error-too_many_requests = تصل أسئلة كثيرة في وقت واحد. حاول من جديد بعد قليل.
widget-error-wait = تصل أسئلة كثيرة في وقت واحد. حاول من جديد بعد { $seconds } ثانية.
widget-error-unavailable = المساعد غير متاح حاليًا. حاول من جديد بعد قليل أو اتصل بالبلدية.
widget-error-internal = حدث خطأ من جهتنا. حاول من جديد بعد قليل أو اتصل بالبلدية.
widget-error-question_too_long = سؤالك أطول من 1000 حرف. اختصره.
widget-error-unknown_site = لم يُهيّأ هذا المساعد لهذا الموقع بعد.
widget-error-origin_not_allowed = هذا المساعد غير مسموح به في هذا الموقع.

## The pages

page-skip = إلى المحتوى
page-home = الصفحة الأولى للمساعد
page-chat-title = اطرح سؤالك – { $town }
page-chat-heading = هل لديك سؤال عن المدينة؟
page-chat-lede = اسأل كما تسأل في المكتب. كل جواب يأتي من صفحة من صفحات المدينة، ويعرضها.
page-chat-description = يجيب مساعد المدينة من صفحات معتمدة ويعرض مصادره.
page-form-submit = إرسال السؤال
page-form-hint = 1000 حرف على الأكثر. لا تكتب بيانات شخصية.
page-answer-heading = الجواب
page-answer-question = سؤالك
page-follow-up = سؤال آخر؟
page-delete-submit = محو محادثتي
page-deleted = مُحيت محادثتك، هنا وعلى خادم المدينة.
page-error-heading = لم يُجب عن السؤال
page-footer-label = أسفل الصفحة
page-languages = اللغة
page-privacy-link = الخصوصية
page-accessibility-link = إمكانية الوصول: مطابقة جزئية
page-quality-link = الجودة والطاقة
page-back = العودة إلى المساعد
page-powered = المساعد Parvis، برنامج حر تستضيفه الجماعة المحلية.
page-error-title = هذه الصفحة غير موجودة هنا

## A document's page

doc-title = { $title } – { $town }
doc-approved = صفحة اعتمدها { $publisher } في { $date }
doc-trusted = صفحة من { $publisher }، أُخذت تلقائيًا في { $date }
doc-quoted = المقطع المميز هو الذي اقتبسه المساعد.
doc-quoted-link = إلى المقطع المقتبس
doc-when = متى
doc-place = في المكان
doc-address = العنوان
doc-phone = الهاتف
doc-email = البريد الإلكتروني
doc-website = الموقع
doc-accessibility = إمكانية الوصول
doc-competences = الاختصاصات
doc-print-hint = معلومات هذه الصفحة هي التي كانت صالحة يوم الطباعة.

## صفحة الجودة

quality-title = الجودة والطاقة
quality-lede = ما أجاب عنه المساعد خلال { $days } يومًا، بالأرقام فقط: لا يمكن قراءة أي سؤال هنا.
quality-answers-title = الإجابات
quality-questions = الأسئلة المطروحة
quality-answered = إجابات مأخوذة من صفحات معتمدة
quality-elsewhere = أُحيلت إلى جهة أخرى أو إلى رقم طوارئ
quality-clarify = طُلب توضيح
quality-outdated = نُبّه إلى معلومة متقادمة
quality-unknown = بلا إجابة في الصفحات المعتمدة
quality-scope = تُحسب الأسئلة المطروحة على الموقع وبالرسائل القصيرة ما دامت محفوظة؛ أما التي محاها أصحابها فلم تعد تُحسب.
quality-model-title = النموذج اللغوي
quality-model-none = لا يكتب هنا أي نموذج لغوي: الإجابات مقتطفات من الصفحات.
quality-model = يعيد النموذج { $name } صياغة المقتطفات بكلمات بسيطة أو يترجمها، بعدها. ويقارن فحص آلي كل جملة بالمقتطف الذي تستشهد به، ويستبعد ما لم يثبت.
quality-model-searching = يقترح النموذج { $name } كلمات أخرى للبحث عندما لا يُعثر على شيء. ولا يكتب أي جملة من الإجابات.
quality-model-answers = إجابات أُعطيت له لإعادة صياغتها
quality-model-shown = جمل معروضة
quality-model-dropped = جمل مستبعدة لعدم ثبوتها
quality-energy-title = طاقة الإجابة
quality-energy-extracts = إجابة من مقتطفات
quality-energy-model = إجابة أعاد النموذج صياغتها
quality-energy-none = غير مقيسة
quality-energy-value = { $value } { $unit } (متوسط { $count })
quality-decimal = .
quality-method-rapl = تعطي عدادات المعالج الطاقة التي تستهلكها الآلة كلها أثناء الإجابة، مقسومة على الإجابات الجارية. وتشمل برامج أخرى على الآلة، ولا تشمل الذاكرة ووحدة التغذية.
quality-method-processor = لا يمكن قراءة أي عداد للمعالج: يُضرب زمن حساب المساعد في قدرة معلنة، { $watts } W لكل نواة، ويُقسم على الإجابات الجارية. وهذا تقدير.
quality-method-graphics = ويضاف إليها عداد بطاقات الرسوم.
quality-method-uncounted = يعمل النموذج في برنامج آخر أو على آلة أخرى لا تُحسب طاقتها هنا.
quality-energy-compare = للمقارنة: مصباح بقدرة 10 W يستهلك 2.8 mWh في ثانية واحدة.

## Errors

error-question_empty-title = سؤال فارغ
error-question_empty-detail = اكتب سؤالًا قبل إرساله.
error-question_too_long-title = سؤال طويل جدًا
error-question_too_long-detail = طول السؤال 1000 حرف على الأكثر. اختصره.
error-malformed_body-title = طلب غير مقروء
error-malformed_body-detail = ما أُرسل ليس بالشكل المنتظر؛ وصف الواجهة في /api/v1/openapi.json.
error-unsupported_media_type-title = صيغة غير مدعومة
error-unsupported_media_type-detail = أرسل الطلب بصيغة JSON (Content-Type: application/json).
error-unknown_site-title = موقع غير معروف
error-unknown_site-detail = لا يوجد هنا موقع بهذا المفتاح. تحقق من الخاصية data-site.
error-origin_not_allowed-title = مصدر غير مسموح به
error-origin_not_allowed-detail = هذا الموقع ليس من المصادر المسموح لها بهذا المساعد.
error-unknown_conversation-title = محادثة غير معروفة أو منتهية
error-unknown_conversation-detail = هذه المحادثة لم تعد موجودة. اطرح سؤالك من جديد: ستبدأ محادثة أخرى.
error-unknown_answer-title = جواب غير معروف
error-unknown_answer-detail = هذا الجواب لم يعد موجودًا؛ ربما مُحي.
error-answer_outdated-title = هذا الجواب لم يعد محدّثًا
error-answer_outdated-detail = تغيّرت الصفحات التي اقتبسها. اطرح سؤالك من جديد.
error-too_many_requests-title = أسئلة كثيرة في وقت واحد
error-too_many_requests-detail = انتظر قليلًا ثم حاول من جديد.
error-body_too_large-title = طلب كبير جدًا
error-body_too_large-detail = ما أُرسل أكبر من الحجم المسموح.
error-idempotency_key_reused-title = مفتاح مستعمل من قبل
error-idempotency_key_reused-detail = استُعمل مفتاح عدم التكرار هذا في طلب آخر. استعمل مفتاحًا جديدًا.
error-not_found-title = صفحة غير موجودة
error-not_found-detail = هذه الصفحة غير موجودة، أو لم تعد منشورة.
error-method_not_allowed-title = طريقة غير مسموح بها
error-method_not_allowed-detail = لا يقبل هذا العنوان هذه الطريقة.
error-unavailable-title = الخدمة غير متاحة حاليًا
error-unavailable-detail = حاول من جديد بعد قليل أو اتصل بالبلدية.
error-internal-title = خطأ من جهتنا
error-internal-detail = سُجّل الخطأ دون سؤالك. حاول من جديد بعد قليل.

## SMS
sms-help = { $town }: اطرح سؤالًا، مثل «المسبح يوم الأحد؟». أو اكتب SUITE أو SOURCE أو CONTACT أو STOP، أو EFFACER لمحو كل شيء.
sms-stopped = { $town }: لن نكتب إليك بعد الآن. اكتب إلينا من جديد متى شئت.
sms-contact = { $town }: يجيب هنا برنامج من صفحات اعتمدتها المدينة. حقوقك: { $url }/confidentialite
sms-contact-no-page = { $town }: يجيب هنا برنامج من صفحات اعتمدتها المدينة. للتحدث مع شخص، اتصل بالبلدية.
sms-erased = مُحيت رسائلك وأجوبتنا.
sms-nothing-more = لا شيء يضاف إلى الجواب الأخير. اطرح سؤالك في جملة.
sms-more = + SUITE
sms-too-long = الجواب أطول من رسالة قصيرة.
sms-limit = أرسلت رسائل كثيرة. حاول من جديد بعد ساعة. في حال الخطر اتصل بالرقم 112.
sms-source = { $title } ({ $publisher }، اعتُمد في { $day })
sms-changed = تغيّرت إحدى صفحات المدينة أثناء إجابتنا. اطرح سؤالك من جديد.
sms-no-longer = تغيّرت صفحة الجواب الأخير. اطرح سؤالك من جديد.
sms-no-source = الجواب الأخير لا يأتي من أي صفحة.

## Privacy

privacy-title = الخصوصية
privacy-lede = ما يحفظه المساعد من أسئلتك، وكم من الوقت، وكيف تمحوه.
privacy-program-title = أنت تتحدث مع برنامج
privacy-program = المساعد برنامج. لا يقرأ أحد رسائلك وأنت تكتبها. لا يتخذ أي قرار بشأنك: يقتبس صفحات اعتمدتها المدينة، ويدل على المكتب المناسب عندما لا يعرف.
privacy-kept-title = ما الذي يُحفظ
privacy-kept-questions = نص أسئلتك والأجوبة. البيانات الشخصية التي يتعرف عليها البرنامج (الأرقام والعناوين والبريد الإلكتروني والأسماء بعد لقب ورقم الحساب IBAN ورقم الضمان الاجتماعي ولوحة السيارة) تُحذف قبل الحفظ.
privacy-kept-feedback = رأيك في جواب، إن أبديت رأيًا.
privacy-kept-code = رمز عشوائي يربط أسئلة المحادثة الواحدة. لا يدل على هويتك.
privacy-kept-figures = مع كل إجابة، بيانات بلا كلماتك: التاريخ واللغة وكيف انتهت والطاقة التي استهلكتها.
privacy-kept-not = لا يُحفظ مع أسئلتك اسمك ولا عنوان IP ولا نوع جهازك.
privacy-why-title = لماذا
privacy-why = للإجابة عن تتمة محادثتك، ولتصحيح الصفحات التي لا تجيب جيدًا وكتابة الصفحات الناقصة. الأساس القانوني: مهمة المدينة ذات المصلحة العامة (اللائحة العامة لحماية البيانات، المادة 6، الفقرة 1، البند هـ).
privacy-how-long-title = كم من الوقت
privacy-how-long = { $days } يومًا على الأكثر بعد آخر سؤال لك. بعد ذلك يُمحى كل شيء تلقائيًا، ومعه المفتاح الذي كان يسمح بقراءته.
privacy-secured-title = كيف يُحمى
privacy-secured = المحادثات مشفّرة على خادم المدينة. تتغير المفاتيح بانتظام وتُتلف عند نهاية مدة الحفظ.
privacy-transfer-title = لا شيء يخرج
privacy-transfer = يعمل البرنامج على خوادم الجماعة المحلية. لا تُرسل أسئلتك إلى أي شركة أو شبكة اجتماعية أو خدمة ذكاء اصطناعي، داخل الاتحاد الأوروبي أو خارجه.
privacy-cookies-title = لا ملفات تعريف
privacy-cookies = لا يستعمل المساعد ملفات تعريف الارتباط ولا قياس الجمهور ولا محتوى من موقع آخر. يحفظ متصفحك رمز محادثتك إلى أن تغلق علامة التبويب.
privacy-delete-title = محو محادثتك
privacy-delete = زر «محو محادثتي» تحت خانة الكتابة يمحو كل شيء فورًا، على شاشتك وعلى الخادم. ومن دونه يحدث المحو تلقائيًا عند نهاية مدة الحفظ.
privacy-rights-title = حقوقك
privacy-rights = تمنحك اللائحة العامة لحماية البيانات (المواد 15 إلى 21) حق الاطلاع والتصحيح والمحو والتقييد والاعتراض. وبما أننا لا نعرف من طرح السؤال، اذكر رمز محادثتك أو تاريخها وساعتها.
privacy-rights-contact = اكتب إلى مسؤول حماية البيانات في { $town }، على عنوان البلدية.
privacy-rights-cnil = إذا لم يناسبك الرد، يمكنك تقديم شكوى إلى الهيئة الفرنسية CNIL: ⁦3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07⁩.
privacy-rights-cnil-link = موقع CNIL

## Accessibility

accessibility-title = إمكانية الوصول
accessibility-lede = تصريح بشأن صفحات المساعد والأداة المدمجة لدى { $town }.
accessibility-state-title = المطابقة
accessibility-state = مطابقة جزئية. لم تدقق أي جهة خارجية هذه الصفحات بعد وفق المعيار الفرنسي (RGAA): لذلك لا يمكننا إعطاء نسبة مطابقة.
accessibility-tested-title = ما الذي يُفحص
accessibility-tested = عند كل تغيير، تمر اختبارات آلية على الصفحات بأداة axe (قواعد WCAG 2.2، المستويان A وAA)، في المظهر الفاتح والداكن، بلوحة المفاتيح وحدها وعلى شاشة من 360 بكسل. لا ترى هذه الأدوات إلا جزءًا من العيوب.
accessibility-known-title = ما نعرفه
accessibility-known-documents = الصفحات المقتبسة تابعة للمدينة أو للدولة: إمكانية الوصول إليها مرتبطة بمواقعها.
accessibility-known-readers = لم تُجرَ بعد تجارب مع أشخاص يستعملون قارئ شاشة.
accessibility-without-title = من دون JavaScript
accessibility-without = تعمل صفحة المساعد من دون JavaScript: يظهر الجواب حينها في صفحة جديدة.
accessibility-help-title = هل من عائق؟
accessibility-help = أخبر البلدية: ستعطيك المعلومة بطريقة أخرى، وسيُصحح العيب.
accessibility-recourse = إذا لم تتلق ردًا مُرضيًا، يمكنك اللجوء إلى المدافع عن الحقوق في فرنسا: الهاتف 3928، أو رسالة بلا طابع إلى ⁦«Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07»⁩.

## The demo's telephone
phone-heading = هاتف يكتب إلى المدينة
phone-link = الكتابة إلى المدينة برسالة SMS
phone-lede = تمر كل رسالة عبر القناة الحقيقية لرسائل SMS. لا شيء يغادر هذا الجهاز. تعمل SUITE وSOURCE وAIDE وSTOP وEFFACER كما تعمل على هاتف.
phone-label = رسالتك
phone-submit = إرسال
phone-segment = الجزء { $part } من { $total }، { $encoding }، { $units } وحدة من { $capacity }
phone-cost = الأجزاء التي تدفعها المدينة: { $segments }
