# What Parvis says to residents, in Arabic. The extracts that it quotes stay in French.
# U+200F before a French name keeps the line written from the right, U+2066 … U+2069 keep the order of a phone number.

## Fixed phrases
phrase-greeting = مرحبًا! اسأل عن المدينة وخدماتها ومواعيد العمل أو الإجراءات الإدارية.
phrase-thanks = على الرحب والسعة. اطرح سؤالًا آخر متى شئت.
phrase-goodbye = إلى اللقاء، ونتمنى لك يومًا سعيدًا.
phrase-insult = أنا برنامج وأبذل جهدي. قل لي عمّ تبحث وسأجيبك إن كانت المدينة قد نشرته.
phrase-about = أنا برنامج ولست إنسانًا. أجيب بمقتطفات من صفحات راجعتها المدينة ونشرتها، وأبيّن مصدرها. وعندما لا تجيب هذه الصفحات أقول ذلك.
phrase-emergency-fire = حريق أو حادث: اتصل فورًا بالإطفاء 18 أو 112. أنا برنامج: لا يمكنني طلب النجدة.
phrase-emergency-medical = حياة في خطر: اتصل فورًا بالإسعاف (SAMU) 15 أو 112. أنا برنامج: لا يمكنني طلب النجدة.
phrase-emergency-police = خطر مباشر: اتصل فورًا بالشرطة 17 أو 112. لا تستطيع الكلام؟ أرسل SMS إلى 114. أنا برنامج: لا يمكنني طلب النجدة.
phrase-emergency-violence = خطر مباشر: اتصل بالرقم 17 أو أرسل SMS إلى 114. للمساعدة ليلًا ونهارًا، مجانًا ودون اسم: 3919. أنا برنامج: لا يمكنني طلب النجدة.
phrase-emergency-child = طفل في خطر: اتصل بالرقم 119، ليلًا ونهارًا، مجانًا وبسرية. خطر مباشر: 17. أنا برنامج: لا يمكنني طلب النجدة.
phrase-emergency-suicide = لست وحدك. اتصل بالرقم 3114، ليلًا ونهارًا: هناك من يستمع إليك، مجانًا. في خطر الآن: 15 أو 112. أنا برنامج: لا يمكنني طلب النجدة.
phrase-emergency-shelter = لا مكان تنام فيه؟ اتصل بالرقم 115، ليلًا ونهارًا، مجانًا. في حال الخطر: 112.
phrase-emergency-deaf = لا تسمع أو لا تستطيع الكلام؟ أرسل SMS إلى 114: الإطفاء والإسعاف والشرطة، ليلًا ونهارًا.
phrase-unknown = لم أجد الجواب في ما نشرته المدينة. أفضّل أن أقول ذلك على أن أختلق جوابًا.
phrase-partial = هذا أقرب ما نشرته المدينة. قد لا يجيب إلا عن جزء من سؤالك.
phrase-partial-briefly = الأقرب إلى سؤالك:
phrase-list-goes-on = القائمة غير كاملة: بقيتها على صفحة المدينة.
phrase-outdated = ما كانت المدينة قد نشرته في هذا الموضوع لم يعد صالحًا، ولم يحلّ محله شيء بعد.
phrase-elsewhere = هذا الموضوع ليس من اختصاص البلدية.
phrase-clarify = أي مكان تقصد؟
phrase-clarify-question = هل يمكنك توضيح سؤالك؟ مثلًا الخدمة أو المكان أو الإجراء الذي يهمك.
phrase-personal-file = لا يمكنني الاطلاع على أي ملف شخصي، ولا حجز شيء أو تغييره نيابة عنك. يمكن للمكتب أن يجيبك.
phrase-out-of-scope = أجيب عن الأسئلة المتعلقة بالمدينة وخدماتها، من الصفحات التي نشرتها المدينة. لا يمكنني فعل شيء آخر.
phrase-unlawful = لا يمكنني المساعدة على الالتفاف على القانون أو الأنظمة.
phrase-opinion = ليس لدي رأي أبديه. يمكنني أن أقول لك ما نشرته المدينة.
phrase-contact-lead = يمكنك التوجه إلى هذا المكتب:
phrase-no-events = لا أرى شيئًا معلنًا في هذه التواريخ في جدول الفعاليات الذي نشرته المدينة.
phrase-events-lead = هذا ما يعلنه جدول فعاليات المدينة:
phrase-extracts-in-french = هذا ما نشرته المدينة في هذا الموضوع. المقتطفات بالفرنسية، لغة الصفحات التي راجعتها المدينة.
phrase-in-plain-words = بعبارة أبسط. هذه الجمل يكتبها برنامج انطلاقًا من المقتطفات أعلاه؛ والمقتطفات وحدها هي المرجع.
phrase-easy-to-read = ببساطة شديدة. كتب برنامج هذه الجمل من المقتطفات أعلاه. عند الشك، اقرأ المقتطفات: فهي المرجع.
phrase-machine-translation = ترجمة آلية للمقتطفات أعلاه. المقتطفات الفرنسية وحدها هي المرجع.
phrase-translation-incomplete = هذه الترجمة غير كاملة: تنقصها بعض المقتطفات الفرنسية الواردة أعلاه.

## Opening state
opening-open = ‏{ $place }: مفتوح الآن. يغلق: { $until }.
opening-open-always = ‏{ $place }: مفتوح دائمًا.
opening-open-then = ‏{ $place }: مفتوح، { $asked }. يغلق: { $until }.
opening-open-then-always = ‏{ $place }: مفتوح، { $asked }.
opening-closed = ‏{ $place }: مغلق الآن{ $because }. يفتح من جديد: { $opens }.
opening-closed-no-next = ‏{ $place }: مغلق الآن{ $because }. لم يُعلن عن موعد فتح قادم.
opening-closed-then = ‏{ $place }: مغلق، { $asked }{ $because }. يفتح من جديد: { $opens }.
opening-closed-then-no-next = ‏{ $place }: مغلق، { $asked }{ $because }.
opening-uncertain = ‏{ $place }: صفحة المدينة لا تسمح بمعرفة هل هو مفتوح، { $asked }{ $because }.
because-holiday = {" "}(عطلة رسمية: { $holiday })
because-closure = {" "}(إغلاق استثنائي حتى { $until })
because-closure-reason = {" "}(إغلاق استثنائي حتى { $until }: { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(المواعيد مرتبطة بالعطل المدرسية التي لا تُعرف تواريخها)
at-day-and-time = { $day } الساعة { $time }
now-in-words = الآن

## Hours
hours-open = ‏{ $place }: { $day }، مفتوح { $ranges }{ $note }.
hours-open-all-day = ‏{ $place }: { $day }، مفتوح طوال اليوم{ $note }.
hours-closed = ‏{ $place }: { $day }، مغلق{ $note }.
hours-uncertain = ‏{ $place }: { $day }، صفحة المدينة لا تعطي مواعيد مؤكدة{ $note }.
week = ‏{ $place }، مواعيد الأسبوع: { $days }.
week-with-exceptions = ‏{ $place }، مواعيد الأسبوع: { $days }. استثناء: { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } مغلق{ $note }
week-range = من { $first } إلى { $last }
week-single = { $first }
week-every-day = كل يوم

## Contact
contact-phone = ‏{ $place }، الهاتف: ⁦{ $value }⁩.
contact-address = ‏{ $place }، العنوان: ⁦{ $value }⁩.
contact-email = ‏{ $place }، البريد الإلكتروني: ⁦{ $value }⁩.
contact-website = ‏{ $place }، الموقع: ⁦{ $value }⁩.

## Events
event = ‏{ $title }: { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }، الساعة { $time }
event-from-to = { $day }، { $ranges }
event-over-days = من { $first } إلى { $last }
event-where = {"، "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = ‏{ $subject }: الجهة المختصة هي { $body }، في البلدية.
competent-other = ‏{ $subject }: الجهة المختصة هي { $body }، وليس البلدية.
body-departement = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: مجلس المحافظة (Département).
body-region = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: المنطقة (Région).
body-vehicle-and-licence-titles = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: France Titres (ANTS)، وهي خدمة حكومية على الإنترنت، لبطاقات المركبات ورخص القيادة.
body-prefecture = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: الولاية (préfecture)، وهي خدمة حكومية.
body-taxes = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: مصلحة الضرائب الحكومية (finances publiques).
body-justice = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: القضاء: المحكمة (tribunal).
body-police = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: الشرطة الوطنية أو الدرك، للشكاوى والتحقيقات.
body-family-allowances = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: صندوق الإعانات العائلية (CAF).
body-employment = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: France Travail (سابقا Pôle emploi).
body-health-insurance = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: التأمين الصحي (Assurance maladie، CPAM).
body-pensions = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: صندوق التقاعد (Carsat للنظام العام).
body-farm-insurance = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: صندوق الضمان الزراعي (MSA).
body-social-contributions = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: Urssaf.
body-bank-of-france = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: Banque de France.
body-post = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: البريد (La Poste).
body-energy = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: مورّد الطاقة من أجل العقد، أو مشغّل الشبكة من أجل عطل أو عداد أو توصيل.
body-telecom = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: مشغّل الإنترنت أو الهاتف.
body-rail = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: SNCF.
body-higher-education = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: الجامعة، أو Crous للمنح وسكن الطلاب.
body-national-education = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: التربية الوطنية (إدارة المدرسة ثم rectorat)، للمعلمين والامتحانات.
body-national-service = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: مركز الخدمة الوطنية التابع للقوات المسلحة.
body-business-register = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: الشباك الموحد للشركات (Guichet unique) على الإنترنت.
body-labour = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: مفتشية العمل أو محكمة العمل (prud’hommes).
body-hunting-and-fishing = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: اتحاد الصيادين لرخصة الصيد البري، وجمعيات الصيد لبطاقة صيد السمك.
body-notary = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: موثّق (notaire).
body-consulate = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: قنصلية فرنسا أو سفارتها في البلد، للتأشيرات.
body-motorway = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: الشركة التي تدير الطريق السيار.
body-youth-employment = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: mission locale، لعمل وتكوين الشباب من 16 إلى 25 سنة.
body-home-renovation = ‏هذا ليس من اختصاص البلدية. الجهة المختصة: الخدمة العامة France Rénov’، مع تجمع البلديات.

## Holidays
holiday-new-year = رأس السنة
holiday-good-friday = الجمعة العظيمة
holiday-easter-monday = اثنين الفصح
holiday-labour-day = عيد العمال
holiday-victory1945 = نصر 1945
holiday-ascension = عيد الصعود
holiday-whit-monday = اثنين العنصرة
holiday-bastille-day = العيد الوطني
holiday-assumption = عيد انتقال العذراء
holiday-all-saints = عيد جميع القديسين
holiday-armistice = هدنة 1918
holiday-christmas = عيد الميلاد
holiday-st-stephen = عيد القديس إسطفان
holiday-abolition-of-slavery = إلغاء العبودية

## Suggestions
suggestion-hours = ‏{ $place }: ما هي مواعيد العمل؟
suggestion-weekend = ماذا نفعل في نهاية الأسبوع؟
