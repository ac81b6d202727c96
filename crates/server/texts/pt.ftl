# What residents read, in Portuguese: widget, pages, errors.

## The widget

widget-title = Faça a sua pergunta
widget-title-town = { $town } – assistente
widget-open = Uma pergunta?
widget-close = Fechar
widget-greeting = Está a escrever a um programa, não a uma pessoa. Responde com páginas validadas pela cidade e mostra de onde vem cada resposta.
widget-retention = O que escreve é cifrado e apagado ao fim de { $days } dias, no máximo. Não escreva dados pessoais.
widget-retention-link = O que é conservado
widget-resumed = A sua conversa anterior continua. As mensagens anteriores não voltam a ser mostradas.
widget-new-window = (nova janela)
widget-suggestions = Por exemplo
widget-log-label = Conversa
widget-you = Você:
widget-input-label = A sua pergunta
widget-input-placeholder = Horários, documentos, preços…
widget-send = Enviar
widget-send-long = a pergunta
widget-easy-to-read = Responder-me também com frases muito simples
widget-stop = Parar
widget-empty = Escreva primeiro uma pergunta.
widget-counter = Caracteres restantes: { $left }
widget-waiting = A procurar nas páginas validadas…
widget-more-comes = Um programa está a escrever o resto…
widget-tag-contact = A quem se dirigir
widget-tag-notice = Bom saber
widget-verdict-answered = Resposta retirada de páginas validadas
widget-verdict-partial = Resposta parcial: uma parte da sua pergunta fica sem resposta validada
widget-verdict-clarify = Precise a sua pergunta
widget-verdict-outdated = Informação caducada: a confirmar
widget-verdict-elsewhere = Este assunto pertence a outro organismo
widget-verdict-unknown = Sem resposta nas páginas validadas
widget-verdict-emergency = Emergência: ligue já
widget-source = Fonte
widget-sources = Fontes
widget-source-number = Fonte { $number }: { $title } (nova janela)
widget-approved = Validado em { $date }
widget-trusted = Fonte do Estado, retomada automaticamente
widget-choices = O que quer dizer?
widget-more = Para continuar
widget-useful = Útil?
widget-helpful = Sim, esta resposta ajuda-me
widget-unhelpful = Não, esta resposta não me ajuda
widget-reason = O que não está bem?
widget-reason-wrong = É falso
widget-reason-incomplete = Falta alguma coisa
widget-reason-outdated = Não está atualizado
widget-reason-unclear = Não é claro
widget-reason-other = Outra coisa
widget-comment = Um comentário (facultativo)
widget-comment-hint = Não escreva nome, morada nem número: este comentário é lido por funcionários da cidade.
widget-feedback-send = Enviar a opinião
widget-cancel = Cancelar
widget-thanks = Obrigado, a sua opinião ficou registada.
widget-feedback-failed = A sua opinião não foi enviada. Tente de novo daqui a pouco.
widget-copy = Copiar
widget-copied = Resposta copiada, com as suas fontes.
widget-copy-failed = Não foi possível copiar.
widget-print = Imprimir
widget-delete = Apagar a minha conversa
widget-delete-sure = Apagar para sempre esta conversa, aqui e no servidor da cidade?
widget-delete-yes = Sim, apagar
widget-delete-failed = Não foi possível apagar a conversa. Tente de novo daqui a pouco.
widget-deleted = A sua conversa foi apagada, aqui e no servidor da cidade.
widget-retry = Tentar de novo
widget-error-offline = Parece estar sem ligação. Verifique-a e tente de novo: a sua pergunta fica guardada aqui.
widget-error-unreachable = O servidor da cidade não responde. Tente de novo daqui a pouco: a sua pergunta fica guardada aqui.
widget-error-interrupted = A resposta foi interrompida. Tente de novo para a ter inteira.
widget-error-stopped = Parou a resposta.
widget-error-too_many_requests = Chegam muitas perguntas ao mesmo tempo. Tente de novo daqui a pouco.
widget-error-wait = Chegam muitas perguntas ao mesmo tempo. Tente de novo dentro de { $seconds } segundos.
widget-error-unavailable = O assistente está indisponível de momento. Tente de novo ou ligue para a câmara municipal.
widget-error-internal = Ocorreu um erro do nosso lado. Tente de novo ou ligue para a câmara municipal.
widget-error-question_too_long = A sua pergunta tem mais de 1000 caracteres. Encurte-a.
widget-error-unknown_site = Este assistente ainda não está configurado para este site.
widget-error-origin_not_allowed = Este assistente não está autorizado neste site.

## The pages

page-skip = Ir para o conteúdo
page-home = Início do assistente
page-chat-title = Faça a sua pergunta – { $town }
page-chat-heading = Uma pergunta sobre a cidade?
page-chat-lede = Pergunte como faria ao balcão. Cada resposta vem de uma página da cidade, e mostra-a.
page-chat-description = O assistente da cidade responde com páginas validadas e mostra as suas fontes.
page-form-submit = Enviar a pergunta
page-form-hint = 1000 caracteres no máximo. Não escreva dados pessoais.
page-answer-heading = Resposta
page-answer-question = A sua pergunta
page-follow-up = Outra pergunta?
page-delete-submit = Apagar a minha conversa
page-deleted = A sua conversa foi apagada, aqui e no servidor da cidade.
page-error-heading = A pergunta não teve resposta
page-footer-label = Rodapé
page-languages = Língua
page-privacy-link = Privacidade
page-accessibility-link = Acessibilidade: parcialmente conforme
page-quality-link = Qualidade e energia
page-back = Voltar ao assistente
page-powered = Assistente Parvis, software livre, alojado pela autarquia.
page-error-title = Esta página não existe aqui

## A document's page

doc-title = { $title } – { $town }
doc-approved = Página validada em { $date }, por { $publisher }
doc-trusted = Página de { $publisher }, retomada automaticamente em { $date }
doc-quoted = A passagem realçada é a que o assistente citou.
doc-quoted-link = Ir para a passagem citada
doc-when = Quando
doc-place = No local
doc-address = Morada
doc-phone = Telefone
doc-email = Correio eletrónico
doc-website = Site
doc-accessibility = Acessibilidade
doc-competences = Competências
doc-print-hint = As informações desta página são as que eram válidas no dia da impressão.

## A página de qualidade

quality-title = Qualidade e energia
quality-lede = O que o assistente respondeu durante { $days } dias, apenas em números: nenhuma pergunta pode ser lida aqui.
quality-answers-title = As respostas
quality-questions = Perguntas feitas
quality-answered = Respostas tiradas de páginas validadas
quality-elsewhere = Encaminhadas para outro organismo ou um número de emergência
quality-clarify = Foi pedida uma precisão
quality-outdated = Foi assinalada uma informação desatualizada
quality-unknown = Sem resposta nas páginas validadas
quality-scope = São contadas as perguntas feitas no site e por SMS que ainda são conservadas; as que os seus autores apagaram já não constam.
quality-model-title = O modelo de linguagem
quality-model-none = Aqui não escreve nenhum modelo de linguagem: as respostas são extratos das páginas.
quality-model = O modelo { $name } repete os extratos em palavras simples ou tradu-los, a seguir. Um controlo automático compara cada frase com o extrato que cita e afasta as que não estão provadas.
quality-model-searching = O modelo { $name } propõe outras palavras para pesquisar quando nada é encontrado. Não escreve nenhuma frase das respostas.
quality-model-answers = Respostas que recebeu para repetir
quality-model-shown = Frases mostradas
quality-model-dropped = Frases afastadas por falta de prova
quality-energy-title = A energia de uma resposta
quality-energy-extracts = Resposta feita de extratos
quality-energy-model = Resposta repetida pelo modelo
quality-energy-none = Não medida
quality-energy-value = { $value } { $unit } (média de { $count })
quality-decimal = ,
quality-method-rapl = Contadores do processador dão a energia que toda a máquina consome durante uma resposta, partilhada entre as respostas em curso. Inclui outros programas da máquina, mas não a memória nem a alimentação.
quality-method-processor = Nenhum contador do processador pode ser lido: o tempo de cálculo do assistente é multiplicado por uma potência declarada, { $watts } W por núcleo, e partilhado entre as respostas em curso. É uma estimativa.
quality-method-graphics = Acrescenta-se o contador das placas gráficas.
quality-method-uncounted = O modelo funciona noutro programa ou noutra máquina, cuja energia não é contada aqui.
quality-energy-compare = Para comparar: uma lâmpada de 10 W consome 2,8 mWh num segundo.

## Errors

error-question_empty-title = Pergunta vazia
error-question_empty-detail = Escreva uma pergunta antes de a enviar.
error-question_too_long-title = Pergunta demasiado longa
error-question_too_long-detail = Uma pergunta tem no máximo 1000 caracteres. Encurte-a.
error-malformed_body-title = Pedido ilegível
error-malformed_body-detail = O que foi enviado não tem a forma esperada; a interface está descrita em /api/v1/openapi.json.
error-unsupported_media_type-title = Formato não suportado
error-unsupported_media_type-detail = Envie o pedido em JSON (Content-Type: application/json).
error-unknown_site-title = Site desconhecido
error-unknown_site-detail = Nenhum site tem esta chave aqui. Verifique o atributo data-site.
error-origin_not_allowed-title = Origem não autorizada
error-origin_not_allowed-detail = Este site não está entre as origens autorizadas para este assistente.
error-unknown_conversation-title = Conversa desconhecida ou expirada
error-unknown_conversation-detail = Esta conversa já não existe. Faça de novo a sua pergunta: outra começará.
error-unknown_answer-title = Resposta desconhecida
error-unknown_answer-detail = Esta resposta já não existe; pode ter sido apagada.
error-answer_outdated-title = Esta resposta já não está atualizada
error-answer_outdated-detail = As páginas que citava mudaram entretanto. Faça de novo a sua pergunta.
error-too_many_requests-title = Demasiadas perguntas ao mesmo tempo
error-too_many_requests-detail = Espere um momento e tente de novo.
error-body_too_large-title = Pedido demasiado grande
error-body_too_large-detail = O que foi enviado ultrapassa o tamanho permitido.
error-idempotency_key_reused-title = Chave já utilizada
error-idempotency_key_reused-detail = Esta chave de idempotência serviu para outro pedido. Use uma nova.
error-not_found-title = Página não encontrada
error-not_found-detail = Esta página não existe, ou já não está publicada.
error-method_not_allowed-title = Método não permitido
error-method_not_allowed-detail = Este endereço não aceita este método.
error-unavailable-title = Serviço indisponível de momento
error-unavailable-detail = Tente de novo daqui a pouco, ou ligue para a câmara municipal.
error-internal-title = Erro do nosso lado
error-internal-detail = O erro ficou registado, sem a sua pergunta. Tente de novo daqui a pouco.

## SMS
sms-help = { $town }: faça uma pergunta, como “piscina no domingo?”. Ou escreva SUITE, SOURCE, CONTACT, STOP, ou EFFACER para apagar tudo.
sms-stopped = { $town }: não voltaremos a escrever-lhe. Escreva-nos de novo quando quiser.
sms-contact = { $town }: aqui responde um programa, com páginas que a cidade validou. Os seus direitos: { $url }/confidentialite
sms-contact-no-page = { $town }: aqui responde um programa, com páginas que a cidade validou. Para falar com uma pessoa, ligue para a câmara municipal.
sms-erased = As suas mensagens e as nossas respostas foram apagadas.
sms-nothing-more = Não há nada a acrescentar à última resposta. Faça a sua pergunta numa frase.
sms-more = Mais: SUITE
sms-too-long = A resposta é demasiado longa para um SMS.
sms-limit = Enviou muitas mensagens. Tente de novo dentro de uma hora. Em perigo, ligue para o 112.
sms-source = { $title } ({ $publisher }, validado em { $day })
sms-changed = Uma página da cidade mudou enquanto lhe respondíamos. Faça de novo a sua pergunta.
sms-no-longer = A página da última resposta mudou. Faça de novo a sua pergunta.
sms-no-source = A última resposta não vem de nenhuma página.

## Privacy

privacy-title = Privacidade
privacy-lede = O que o assistente conserva das suas perguntas, durante quanto tempo, e como o apagar.
privacy-program-title = Está a falar com um programa
privacy-program = O assistente é um programa. Ninguém lê as suas mensagens enquanto as escreve. Não toma nenhuma decisão sobre si: cita páginas que a cidade validou e indica o balcão certo quando não sabe.
privacy-kept-title = O que é conservado
privacy-kept-questions = O texto das suas perguntas e das respostas. Os dados pessoais que o programa reconhece (números, moradas, correios eletrónicos, nomes depois de um tratamento, IBAN, número de segurança social, matrícula) são retirados antes de guardar.
privacy-kept-feedback = A sua opinião sobre uma resposta, se a der.
privacy-kept-code = Um código tirado ao acaso, que liga as perguntas de uma mesma conversa. Não diz quem é.
privacy-kept-figures = Com cada resposta, dados sem as suas palavras: a data, a língua, como terminou e a energia que consumiu.
privacy-kept-not = Nem o seu nome, nem o seu endereço IP, nem o tipo do seu aparelho são guardados com as suas perguntas.
privacy-why-title = Porquê
privacy-why = Para responder ao que se segue na sua conversa, corrigir as páginas que respondem mal e escrever as que faltam. Base legal: a missão de interesse público da cidade (RGPD, artigo 6.º, n.º 1, alínea e).
privacy-how-long-title = Durante quanto tempo
privacy-how-long = { $days } dias, no máximo, depois da sua última pergunta. Depois tudo é apagado automaticamente, e também a chave que permitia lê-lo.
privacy-secured-title = Como é protegido
privacy-secured = As conversas são cifradas no servidor da cidade. As chaves mudam regularmente e são destruídas no fim do prazo de conservação.
privacy-transfer-title = Nada sai
privacy-transfer = O programa funciona nos servidores da autarquia. As suas perguntas não são enviadas a nenhuma empresa, rede social ou serviço de inteligência artificial, dentro ou fora da União Europeia.
privacy-cookies-title = Sem cookies
privacy-cookies = O assistente não usa cookies, nem medição de audiência, nem conteúdo de outro site. O seu navegador guarda o código da sua conversa até fechar o separador.
privacy-delete-title = Apagar a sua conversa
privacy-delete = O botão «Apagar a minha conversa», sob a caixa de texto, apaga tudo de imediato, no seu ecrã e no servidor. Sem ele, apaga-se por si no fim do prazo de conservação.
privacy-rights-title = Os seus direitos
privacy-rights = O Regulamento geral sobre a proteção de dados (RGPD, artigos 15.º a 21.º) dá-lhe direito de acesso, retificação, apagamento, limitação e oposição. Como não sabemos quem fez uma pergunta, indique o código da sua conversa ou a sua data e hora.
privacy-rights-contact = Escreva ao encarregado da proteção de dados de { $town }, para a morada da câmara municipal.
privacy-rights-cnil = Se a resposta não lhe convier, pode apresentar queixa à autoridade francesa, a CNIL: 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
privacy-rights-cnil-link = Site da CNIL

## Accessibility

accessibility-title = Acessibilidade
accessibility-lede = Declaração para as páginas do assistente e para o widget de { $town }.
accessibility-state-title = Conformidade
accessibility-state = Parcialmente conforme. Nenhum organismo externo auditou ainda estas páginas segundo a norma francesa (RGAA): por isso não podemos dar uma taxa de conformidade.
accessibility-tested-title = O que é verificado
accessibility-tested = A cada mudança, testes automáticos percorrem as páginas com a ferramenta axe (regras WCAG 2.2, níveis A e AA), em claro e em escuro, só com o teclado e num ecrã de 360 píxeis. Estas ferramentas só veem uma parte dos defeitos.
accessibility-known-title = O que sabemos
accessibility-known-documents = As páginas citadas pertencem à cidade ou ao Estado: a sua acessibilidade depende dos seus sites.
accessibility-known-readers = Faltam ensaios com pessoas que usam um leitor de ecrã.
accessibility-without-title = Sem JavaScript
accessibility-without = A página do assistente funciona sem JavaScript: a resposta aparece então numa nova página.
accessibility-help-title = Um obstáculo?
accessibility-help = Diga-o à câmara municipal: dar-lhe-á a informação de outra forma, e o defeito será corrigido.
accessibility-recourse = Se não receber resposta satisfatória, pode recorrer ao Defensor dos Direitos francês: telefone 3928, ou carta sem selo para «Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07».

## The demo's telephone
phone-heading = Um telefone que escreve à cidade
phone-link = Escrever à cidade por SMS
phone-lede = Cada mensagem passa pelo verdadeiro canal dos SMS. Nada sai desta máquina. SUITE, SOURCE, AIDE, STOP e EFFACER fazem o que fariam num telefone.
phone-label = A sua mensagem
phone-submit = Enviar
phone-segment = Segmento { $part } de { $total }, { $encoding }, { $units } unidades de { $capacity }
phone-cost = Segmentos que a cidade paga: { $segments }
