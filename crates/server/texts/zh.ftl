# What residents read, in simplified Chinese: widget, pages, errors.

## The widget

widget-title = 请提问
widget-title-town = { $town } – 助手
widget-open = 有问题吗？
widget-close = 关闭
widget-greeting = 您正在与程序对话，不是真人。它根据市里审核过的网页回答，并注明每个答案的出处。
widget-retention = 您写的内容会加密保存，最多 { $days } 天后删除。请不要写个人信息。
widget-retention-link = 保存哪些内容
widget-resumed = 继续您之前的对话。以前的消息不再显示。
widget-new-window = （新窗口）
widget-suggestions = 例如
widget-log-label = 对话
widget-you = 您：
widget-input-label = 您的问题
widget-input-placeholder = 时间、手续、费用…
widget-send = 发送
widget-send-long = 问题
widget-easy-to-read = 也用非常简单的句子回答我
widget-stop = 停止
widget-empty = 请先写一个问题。
widget-counter = 剩余字数：{ $left }
widget-waiting = 正在审核过的网页中查找…
widget-more-comes = 程序正在继续书写……
widget-tag-contact = 联系谁
widget-tag-notice = 须知
widget-verdict-answered = 答案来自审核过的网页
widget-verdict-partial = 部分回答：问题的一部分没有经审核的答案
widget-verdict-clarify = 请把问题说得更具体
widget-verdict-outdated = 信息已过期：请再确认
widget-verdict-elsewhere = 这件事由其他机构负责
widget-verdict-unknown = 审核过的网页中没有答案
widget-verdict-emergency = 紧急情况：请立即打电话
widget-source = 来源
widget-sources = 来源
widget-source-number = 来源 { $number }：{ $title }（新窗口）
widget-approved = 审核日期：{ $date }
widget-trusted = 国家来源，自动采用
widget-choices = 您指的是什么？
widget-more = 继续
widget-useful = 有用吗？
widget-helpful = 是，这个回答有帮助
widget-unhelpful = 否，这个回答没有帮助
widget-reason = 哪里不对？
widget-reason-wrong = 内容有误
widget-reason-incomplete = 不完整
widget-reason-outdated = 已过时
widget-reason-unclear = 不清楚
widget-reason-other = 其他
widget-comment = 意见（可选）
widget-comment-hint = 请不要写姓名、地址或号码：市里的工作人员会阅读这条意见。
widget-feedback-send = 发送意见
widget-cancel = 取消
widget-thanks = 谢谢，您的意见已记录。
widget-feedback-failed = 您的意见没有发出。请稍后再试。
widget-copy = 复制
widget-copied = 回答及其来源已复制。
widget-copy-failed = 无法复制。
widget-print = 打印
widget-delete = 删除我的对话
widget-delete-sure = 要在这里和市里的服务器上永久删除这段对话吗？
widget-delete-yes = 是，删除
widget-delete-failed = 无法删除对话。请稍后再试。
widget-deleted = 您的对话已在这里和市里的服务器上删除。
widget-retry = 重试
widget-error-offline = 您似乎没有联网。请检查连接后重试：您的问题保存在这里。
widget-error-unreachable = 市里的服务器没有响应。请稍后再试：您的问题保存在这里。
widget-error-interrupted = 回答中断了。请重试以获得完整回答。
widget-error-stopped = 您停止了回答。
widget-error-too_many_requests = 同时收到很多问题。请稍后再试。
widget-error-wait = 同时收到很多问题。请在 { $seconds } 秒后再试。
widget-error-unavailable = 助手暂时无法使用。请稍后再试，或致电市政厅。
widget-error-internal = 我们这边出现错误。请稍后再试，或致电市政厅。
widget-error-question_too_long = 您的问题超过 1000 字。请缩短。
widget-error-unknown_site = 这个助手还没有为本网站设置。
widget-error-origin_not_allowed = 这个助手不能在本网站使用。

## The pages

page-skip = 跳到内容
page-home = 助手首页
page-chat-title = 请提问 – { $town }
page-chat-heading = 有关于本市的问题吗？
page-chat-lede = 像在服务窗口一样提问。每个答案都来自市里的网页，并显示出处。
page-chat-description = 本市的助手根据审核过的网页回答，并显示来源。
page-form-submit = 发送问题
page-form-hint = 最多 1000 字。请不要写个人信息。
page-answer-heading = 回答
page-answer-question = 您的问题
page-follow-up = 还有问题吗？
page-delete-submit = 删除我的对话
page-deleted = 您的对话已在这里和市里的服务器上删除。
page-error-heading = 问题没有得到回答
page-footer-label = 页脚
page-languages = 语言
page-privacy-link = 隐私
page-accessibility-link = 无障碍：部分符合
page-quality-link = 质量与能耗
page-back = 返回助手
page-powered = Parvis 助手，自由软件，由地方政府托管。
page-error-title = 这里没有这个网页

## A document's page

doc-title = { $title } – { $town }
doc-approved = 网页由 { $publisher } 于{ $date }审核
doc-trusted = { $publisher } 的网页，于{ $date }自动采用
doc-quoted = 突出显示的段落是助手引用的内容。
doc-quoted-link = 转到引用的段落
doc-when = 时间
doc-place = 现场
doc-address = 地址
doc-phone = 电话
doc-email = 电子邮件
doc-website = 网站
doc-accessibility = 无障碍
doc-competences = 职责
doc-print-hint = 本页信息以打印当天为准。

## 质量页面

quality-title = 质量与能耗
quality-lede = 助手在 { $days } 天内的回答，只有数字：这里看不到任何问题。
quality-answers-title = 回答
quality-questions = 收到的问题
quality-answered = 取自已审核页面的回答
quality-elsewhere = 转介其他机构或紧急电话
quality-clarify = 请提问者说明
quality-outdated = 提示信息已过期
quality-unknown = 已审核页面中没有答案
quality-scope = 统计仍在保存的网站和短信提问；提问者已删除的不再计入。
quality-model-title = 语言模型
quality-model-none = 此处没有语言模型撰写内容：回答均为页面摘录。
quality-model = 模型 { $name } 在摘录之后用简单的话复述或翻译。自动检查会把每个句子与其引用的摘录比对，没有依据的句子会被舍弃。
quality-model-searching = 模型 { $name } 在找不到内容时提供其他搜索用词，不撰写回答中的任何句子。
quality-model-answers = 交给它复述的回答
quality-model-shown = 显示的句子
quality-model-dropped = 因缺乏依据而舍弃的句子
quality-energy-title = 一条回答的能耗
quality-energy-extracts = 由摘录构成的回答
quality-energy-model = 由模型复述的回答
quality-energy-none = 未测量
quality-energy-value = { $value } { $unit }（{ $count } 条的平均值）
quality-decimal = .
quality-method-rapl = 处理器计数器给出回答期间整台机器的能耗，由正在进行的回答分摊。其中包括机器上的其他程序，不包括内存和电源。
quality-method-processor = 无法读取处理器计数器：将助手的计算时间乘以声明的功率（每核 { $watts } W），由正在进行的回答分摊。这是估算值。
quality-method-graphics = 另加显卡计数器的读数。
quality-method-uncounted = 模型在另一个程序或另一台机器上运行，其能耗未计入此处。
quality-energy-compare = 作为比较：一只 10 W 的灯泡一秒钟耗电 2.8 mWh。

## Errors

error-question_empty-title = 问题为空
error-question_empty-detail = 请先写问题再发送。
error-question_too_long-title = 问题太长
error-question_too_long-detail = 问题最多 1000 字。请缩短。
error-malformed_body-title = 请求无法读取
error-malformed_body-detail = 发送的内容格式不符；接口说明见 /api/v1/openapi.json。
error-unsupported_media_type-title = 不支持的格式
error-unsupported_media_type-detail = 请用 JSON 发送请求（Content-Type: application/json）。
error-unknown_site-title = 未知网站
error-unknown_site-detail = 这里没有使用该密钥的网站。请检查 data-site 属性。
error-origin_not_allowed-title = 来源未获许可
error-origin_not_allowed-detail = 本网站不在这个助手许可的来源之列。
error-unknown_conversation-title = 对话不存在或已过期
error-unknown_conversation-detail = 这段对话已不存在。请重新提问，将开始新的对话。
error-unknown_answer-title = 回答不存在
error-unknown_answer-detail = 这个回答已不存在，可能已被删除。
error-answer_outdated-title = 这个回答已过时
error-answer_outdated-detail = 它引用的网页已经更改。请重新提问。
error-too_many_requests-title = 同时提问过多
error-too_many_requests-detail = 请稍等，然后再试。
error-body_too_large-title = 请求过大
error-body_too_large-detail = 发送的内容超过允许的大小。
error-idempotency_key_reused-title = 密钥已使用
error-idempotency_key_reused-detail = 这个幂等密钥已用于另一个请求。请使用新的。
error-not_found-title = 找不到网页
error-not_found-detail = 这个网页不存在，或已不再发布。
error-method_not_allowed-title = 方法不允许
error-method_not_allowed-detail = 这个地址不接受这种方法。
error-unavailable-title = 服务暂时不可用
error-unavailable-detail = 请稍后再试，或致电市政厅。
error-internal-title = 我们这边的错误
error-internal-detail = 错误已记录，不含您的问题。请稍后再试。

## SMS
sms-help = { $town }：请提问，例如“星期日游泳池开吗？”。或发送 SUITE、SOURCE、CONTACT、STOP，或发送 EFFACER 删除全部。
sms-stopped = { $town }：我们不再给您发短信。需要时请再写给我们。
sms-contact = { $town }：由程序根据市里审核过的网页回答。您的权利：{ $url }/confidentialite
sms-contact-no-page = { $town }：由程序根据市里审核过的网页回答。想与真人交谈，请致电市政厅。
sms-erased = 您的短信和我们的回答已删除。
sms-nothing-more = 上一个回答没有更多内容。请用一句话提问。
sms-more = + SUITE
sms-too-long = 回答太长，短信放不下。
sms-limit = 您发送了很多短信。请一小时后再试。如有危险，请拨打 112。
sms-source = { $title }（{ $publisher }，审核日期：{ $day }）
sms-changed = 在我们回答时，一个网页发生了更改。请重新提问。
sms-no-longer = 上一个回答的网页已更改。请重新提问。
sms-no-source = 上一个回答不来自任何网页。

## Privacy

privacy-title = 隐私
privacy-lede = 助手保存您的哪些问题内容、保存多久，以及如何删除。
privacy-program-title = 您正在与程序对话
privacy-program = 助手是程序。没有人在您书写时阅读您的消息。它不会对您作出任何决定：它引用市里审核过的网页，不知道时指明合适的服务窗口。
privacy-kept-title = 保存哪些内容
privacy-kept-questions = 您的问题和回答的文字。程序识别出的个人信息（号码、地址、电子邮件、称呼后的姓名、IBAN、社会保险号、车牌）在保存前删去。
privacy-kept-feedback = 您对回答的意见（如果您给出意见）。
privacy-kept-code = 一个随机代码，连接同一对话的问题。它不表明您是谁。
privacy-kept-figures = 每条回答附带不含您文字的数据：日期、语言、结果以及所耗能量。
privacy-kept-not = 您的姓名、IP 地址和设备类型都不会与问题一起保存。
privacy-why-title = 为什么
privacy-why = 为了继续回答您的对话，改正回答不好的网页，并补写缺少的网页。法律依据：市里的公共利益任务（GDPR 第 6 条第 1 款 e 项）。
privacy-how-long-title = 保存多久
privacy-how-long = 最后一个问题之后最多 { $days } 天。之后全部自动删除，用来读取的密钥也一并删除。
privacy-secured-title = 如何保护
privacy-secured = 对话在市里的服务器上加密。密钥定期更换，保存期结束时销毁。
privacy-transfer-title = 不外传
privacy-transfer = 程序在地方政府的服务器上运行。您的问题不会发送给任何公司、社交网络或人工智能服务，无论在欧盟境内还是境外。
privacy-cookies-title = 没有 Cookie
privacy-cookies = 助手不使用 Cookie、访问统计或来自其他网站的内容。您的浏览器保存对话代码，直到关闭标签页。
privacy-delete-title = 删除您的对话
privacy-delete = 输入框下方的“删除我的对话”按钮会立即在您的屏幕和服务器上删除全部内容。不按它，保存期结束时也会自动删除。
privacy-rights-title = 您的权利
privacy-rights = 《通用数据保护条例》（GDPR 第 15 至 21 条）赋予您查阅、更正、删除、限制和反对的权利。由于我们不知道是谁提问，请说明对话代码或其日期和时间。
privacy-rights-contact = 请写信给 { $town } 的数据保护负责人，寄到市政厅地址。
privacy-rights-cnil = 如果答复不能令您满意，可以向法国主管机构 CNIL 投诉：3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07。
privacy-rights-cnil-link = CNIL 网站

## Accessibility

accessibility-title = 无障碍
accessibility-lede = 关于 { $town } 的助手网页和插件的声明。
accessibility-state-title = 符合情况
accessibility-state = 部分符合。还没有外部机构按法国标准（RGAA）审核这些网页，因此无法给出符合率。
accessibility-tested-title = 检查内容
accessibility-tested = 每次更改时，自动测试用 axe 工具（WCAG 2.2 规则，A 级和 AA 级）检查网页，包括浅色和深色、只用键盘以及 360 像素宽的屏幕。这类工具只能发现部分缺陷。
accessibility-known-title = 已知情况
accessibility-known-documents = 引用的网页属于市里或国家：其无障碍程度取决于各自的网站。
accessibility-known-readers = 与屏幕阅读器用户的试验尚待进行。
accessibility-without-title = 没有 JavaScript
accessibility-without = 助手网页没有 JavaScript 也能使用：回答会显示在新网页中。
accessibility-help-title = 遇到障碍？
accessibility-help = 请告诉市政厅：它会用其他方式提供信息，缺陷也会得到修正。
accessibility-recourse = 如果没有得到满意的答复，可以联系法国权利保护专员：电话 3928，或免邮资寄信至“Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07”。

## The demo's telephone
phone-heading = 给市里写短信的电话
phone-link = 用短信联系市里
phone-lede = 每条短信都经过真正的短信渠道。没有任何内容离开这台机器。SUITE、SOURCE、AIDE、STOP 和 EFFACER 的作用与在电话上相同。
phone-label = 您的短信
phone-submit = 发送
phone-segment = 第 { $part } 段，共 { $total } 段，{ $encoding }，{ $units } 个单位，容量 { $capacity }
phone-cost = 市里付费的段数：{ $segments }
