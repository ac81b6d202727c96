# What Parvis says to residents, in simplified Chinese. The extracts that it quotes stay in French.

## Fixed phrases
phrase-greeting = 您好！可以询问本市的服务、开放时间或各种手续。
phrase-thanks = 不客气。欢迎随时再问。
phrase-goodbye = 再见，祝您愉快。
phrase-insult = 我是一个程序，会尽力而为。请告诉我您想找什么，只要市里发布过，我就会回答。
phrase-about = 我是程序，不是真人。我用市里审核并发布的网页摘录来回答，并注明出处。如果这些网页没有答案，我会直说。
phrase-emergency-fire = 遇到火灾或事故，请立即拨打消防电话 18 或 112。我是程序，无法代您报警求救。
phrase-emergency-medical = 如有生命危险，请立即拨打急救（SAMU）电话 15 或 112。我是程序，无法代您报警求救。
phrase-emergency-police = 如有紧急危险，请立即拨打警察电话 17 或 112。如果不能说话，请发短信到 114。我是程序，无法代您报警求救。
phrase-emergency-violence = 如有紧急危险，请拨打 17，或发短信到 114。想倾诉和求助，可昼夜拨打 3919：免费、匿名。我是程序，无法代您报警求救。
phrase-emergency-child = 儿童处于危险中：请拨打 119，昼夜开通，免费保密。如有紧急危险，请拨打 17。我是程序，无法代您报警求救。
phrase-emergency-suicide = 您并不孤单。请拨打 3114，昼夜都有专业人员倾听，免费。如果您现在有危险，请拨打 15 或 112。我是程序，无法代您报警求救。
phrase-emergency-shelter = 没有地方过夜，请拨打 115，昼夜开通，免费。如有危险，请拨打 112。
phrase-emergency-deaf = 如果听力不好或不能说话，请发短信到 114：昼夜可联系消防、急救和警察。
phrase-unknown = 在市里发布的内容中，我没有找到答案。与其编造，我宁愿直说。
phrase-partial = 这是市里发布的最接近的内容，可能只回答了您问题的一部分。
phrase-partial-briefly = 与您的问题最接近的：
phrase-list-goes-on = 列表不完整：其余内容在市里的网页上。
phrase-outdated = 市里以前发布的相关内容已经失效，目前还没有新的内容。
phrase-elsewhere = 这件事不归市政厅管。
phrase-clarify = 您指的是哪个地方？
phrase-clarify-question = 能把问题说得更具体吗？例如哪项服务、哪个地方或哪种手续。
phrase-personal-file = 我看不到任何个人档案，也不能替您预约或更改。请向服务窗口咨询。
phrase-out-of-scope = 我根据市里发布的网页，回答有关本市及其服务的问题。别的事我做不了。
phrase-unlawful = 我不能帮人规避法律或规定。
phrase-opinion = 我不发表意见。我可以告诉您市里发布了什么。
phrase-contact-lead = 您可以联系这个服务窗口：
phrase-no-events = 在市里发布的活动日程中，这些日期没有活动。
phrase-events-lead = 市里的活动日程：
phrase-extracts-in-french = 以下是市里就此发布的内容。摘录为法语，即市里审核的网页所用的语言。
phrase-in-plain-words = 更简单的说法。这些句子由程序根据上面的摘录写成；一切以摘录为准。
phrase-easy-to-read = 非常简单的说法。这些句子由程序根据上面的摘录写成。如有疑问，请阅读摘录：以摘录为准。
phrase-machine-translation = 以上摘录的机器翻译。一切以法文摘录为准。
phrase-translation-incomplete = 此翻译不完整：上面的部分法文摘录没有译出。

## Opening state
opening-open = { $place }：现在开放，关门时间：{ $until }。
opening-open-always = { $place }：全天候开放。
opening-open-then = { $place }：{ $asked }开放，关门时间：{ $until }。
opening-open-then-always = { $place }：{ $asked }开放。
opening-closed = { $place }：现在关闭{ $because }。下次开放：{ $opens }。
opening-closed-no-next = { $place }：现在关闭{ $because }。没有公布下次开放时间。
opening-closed-then = { $place }：{ $asked }关闭{ $because }。下次开放：{ $opens }。
opening-closed-then-no-next = { $place }：{ $asked }关闭{ $because }。
opening-uncertain = { $place }：市里的网页无法确定{ $asked }是否开放{ $because }。
because-holiday = （公共假日：{ $holiday }）
because-closure = （临时关闭至{ $until }）
because-closure-reason = （临时关闭至{ $until }：{ $reason }）
because-comment = （{ $comment }）
because-school = （时间取决于学校假期，而假期日期未知）
at-day-and-time = { $day }{ $time }
now-in-words = 现在

## Hours
hours-open = { $place }：{ $day }，开放时间{ $ranges }{ $note }。
hours-open-all-day = { $place }：{ $day }，全天开放{ $note }。
hours-closed = { $place }：{ $day }，关闭{ $note }。
hours-uncertain = { $place }：{ $day }，市里的网页没有确定的时间{ $note }。
week = { $place }，每周开放时间：{ $days }。
week-with-exceptions = { $place }，每周开放时间：{ $days }。例外：{ $exceptions }。
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } 关闭{ $note }
week-range = { $first }至{ $last }
week-single = { $first }
week-every-day = 每天

## Contact
contact-phone = { $place }，电话：{ $value }。
contact-address = { $place }，地址：{ $value }。
contact-email = { $place }，电子邮件：{ $value }。
contact-website = { $place }，网站：{ $value }。

## Events
event = { $title }：{ $when }{ $where }{ $price }。
event-on = { $day }
event-at = { $day }{ $time }
event-from-to = { $day }，{ $ranges }
event-over-days = { $first }至{ $last }
event-where = ，{ $location }
event-price = （{ $price }）

## Competence
competent-municipal = { $subject }：由市政厅的 { $body } 负责。
competent-other = { $subject }：由 { $body } 负责，不归市政厅管。
body-departement = 这件事不归市政厅管，负责的是：省（Département）。
body-region = 这件事不归市政厅管，负责的是：大区（Région）。
body-vehicle-and-licence-titles = 这件事不归市政厅管，负责的是：France Titres（ANTS），国家机构，网上办理行驶证和驾照。
body-prefecture = 这件事不归市政厅管，负责的是：省政府（préfecture），国家机构。
body-taxes = 这件事不归市政厅管，负责的是：国家税务局（finances publiques）。
body-justice = 这件事不归市政厅管，负责的是：司法机关：法院（tribunal）。
body-police = 这件事不归市政厅管，负责的是：国家警察或宪兵，负责报案和调查。
body-family-allowances = 这件事不归市政厅管，负责的是：家庭补助局（CAF）。
body-employment = 这件事不归市政厅管，负责的是：France Travail（原 Pôle emploi）。
body-health-insurance = 这件事不归市政厅管，负责的是：医疗保险（Assurance maladie，CPAM）。
body-pensions = 这件事不归市政厅管，负责的是：您的退休金管理机构（普通制度为 Carsat）。
body-farm-insurance = 这件事不归市政厅管，负责的是：农业社会互助会（MSA）。
body-social-contributions = 这件事不归市政厅管，负责的是：Urssaf。
body-bank-of-france = 这件事不归市政厅管，负责的是：Banque de France。
body-post = 这件事不归市政厅管，负责的是：邮局（La Poste）。
body-energy = 这件事不归市政厅管，负责的是：合同问题找您的能源供应商；停电、电表或接通找电网运营商。
body-telecom = 这件事不归市政厅管，负责的是：您的互联网或电话运营商。
body-rail = 这件事不归市政厅管，负责的是：SNCF。
body-higher-education = 这件事不归市政厅管，负责的是：大学；奖学金和学生宿舍找 Crous。
body-national-education = 这件事不归市政厅管，负责的是：国民教育部门（先找校长，再找学区），负责教师和考试。
body-national-service = 这件事不归市政厅管，负责的是：军队下属的国民服务中心。
body-business-register = 这件事不归市政厅管，负责的是：企业手续统一窗口（Guichet unique），网上办理。
body-labour = 这件事不归市政厅管，负责的是：劳动监察局或劳动法庭（prud’hommes）。
body-hunting-and-fishing = 这件事不归市政厅管，负责的是：打猎证找猎人联合会，钓鱼证找钓鱼协会。
body-notary = 这件事不归市政厅管，负责的是：公证人（notaire）。
body-consulate = 这件事不归市政厅管，负责的是：当地的法国领事馆或大使馆，负责签证。
body-motorway = 这件事不归市政厅管，负责的是：经营高速公路的公司。
body-youth-employment = 这件事不归市政厅管，负责的是：mission locale，负责 16 至 25 岁青年的就业和培训。
body-home-renovation = 这件事不归市政厅管，负责的是：公共服务机构 France Rénov’ 与市镇联合体。

## Holidays
holiday-new-year = 元旦
holiday-good-friday = 耶稣受难日
holiday-easter-monday = 复活节星期一
holiday-labour-day = 劳动节
holiday-victory1945 = 1945 年胜利日
holiday-ascension = 耶稣升天节
holiday-whit-monday = 圣灵降临节星期一
holiday-bastille-day = 国庆日
holiday-assumption = 圣母升天节
holiday-all-saints = 诸圣节
holiday-armistice = 1918 年停战日
holiday-christmas = 圣诞节
holiday-st-stephen = 圣斯德望日
holiday-abolition-of-slavery = 废除奴隶制日

## Suggestions
suggestion-hours = { $place }：开放时间是什么？
suggestion-weekend = 这个周末有什么活动？
