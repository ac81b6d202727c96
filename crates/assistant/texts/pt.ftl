# What Parvis says to residents, in Portuguese. The extracts that it quotes stay in French.

## Fixed phrases
phrase-greeting = Olá! Pergunte sobre a cidade, os seus serviços, os horários ou os documentos.
phrase-thanks = De nada. Faça outra pergunta quando quiser.
phrase-goodbye = Adeus, e um bom dia.
phrase-insult = Sou um programa e faço o meu melhor. Diga-me o que procura e responderei se a cidade o tiver publicado.
phrase-about = Sou um programa, não uma pessoa. Respondo com excertos de páginas que a cidade verificou e publicou, e mostro de onde vêm. Quando essas páginas não respondem, digo-o.
phrase-emergency-fire = Em caso de incêndio ou acidente, ligue já para os bombeiros: 18, ou 112. Sou um programa: não posso avisar os serviços de emergência.
phrase-emergency-medical = Se uma vida está em perigo, ligue já para a ambulância (SAMU): 15, ou 112. Sou um programa: não posso avisar os serviços de emergência.
phrase-emergency-police = Em perigo imediato, ligue já para a polícia: 17, ou 112. Se não pode falar, envie um SMS para o 114. Sou um programa: não posso avisar os serviços de emergência.
phrase-emergency-violence = Em perigo imediato, ligue para o 17 ou envie um SMS para o 114. Para falar e ter ajuda, de dia e de noite, ligue para o 3919: é gratuito e anónimo. Sou um programa: não posso avisar os serviços de emergência.
phrase-emergency-child = Uma criança em perigo: ligue para o 119, dia e noite, é gratuito e confidencial. Em perigo imediato, ligue para o 17. Sou um programa: não posso avisar os serviços de emergência.
phrase-emergency-suicide = Não está só. Ligue para o 3114, dia e noite: profissionais vão ouvi-lo, é gratuito. Se está em perigo agora, ligue para o 15 ou o 112. Sou um programa: não posso avisar os serviços de emergência.
phrase-emergency-shelter = Sem lugar para dormir, ligue para o 115, dia e noite, é gratuito. Em perigo, ligue para o 112.
phrase-emergency-deaf = Se ouve mal ou não pode falar, envie um SMS para o 114: chega aos bombeiros, às ambulâncias e à polícia, dia e noite.
phrase-unknown = Não encontrei a resposta no que a cidade publicou. Prefiro dizê-lo a inventar.
phrase-partial = Isto é o mais próximo que a cidade publicou. Talvez responda apenas a uma parte da sua pergunta.
phrase-partial-briefly = O mais próximo da sua pergunta:
phrase-list-goes-on = A lista não está completa: continua na página da cidade.
phrase-outdated = O que a cidade tinha publicado sobre isto já não é válido, e nada o substitui ainda.
phrase-elsewhere = Este assunto não depende da câmara municipal.
phrase-clarify = De que lugar está a falar?
phrase-clarify-question = Pode precisar a sua pergunta? Por exemplo o serviço, o lugar ou o documento que lhe interessa.
phrase-personal-file = Não tenho acesso a nenhum processo pessoal e não posso reservar nem alterar nada por si. O balcão pode responder-lhe.
phrase-out-of-scope = Respondo a perguntas sobre a cidade e os seus serviços, com as páginas que a cidade publicou. Não posso fazer outra coisa.
phrase-unlawful = Não posso ajudá-lo a contornar a lei ou o regulamento.
phrase-opinion = Não tenho opinião a dar. Posso dizer-lhe o que a cidade publicou.
phrase-contact-lead = Pode dirigir-se a este balcão:
phrase-no-events = Não vejo nada anunciado para essas datas na agenda publicada pela cidade.
phrase-events-lead = Eis o que a agenda da cidade anuncia:
phrase-extracts-in-french = Eis o que a cidade publicou sobre isto. Os excertos estão em francês, a língua das páginas que a cidade verificou.
phrase-in-plain-words = Mais simples. Estas frases são escritas por um programa a partir dos excertos acima; só os excertos fazem fé.
phrase-easy-to-read = Muito simples. Estas frases são escritas por um programa com os excertos acima. Em caso de dúvida, leia os excertos: são eles que contam.
phrase-machine-translation = Tradução automática dos excertos acima. Só os excertos em francês fazem fé.
phrase-translation-incomplete = Esta tradução está incompleta: faltam alguns dos excertos em francês acima.

## Opening state
opening-open = { $place }: aberto agora. Fecha: { $until }.
opening-open-always = { $place }: sempre aberto.
opening-open-then = { $place }: aberto, { $asked }. Fecha: { $until }.
opening-open-then-always = { $place }: aberto, { $asked }.
opening-closed = { $place }: fechado agora{ $because }. Próxima abertura: { $opens }.
opening-closed-no-next = { $place }: fechado agora{ $because }. Nenhuma próxima abertura está anunciada.
opening-closed-then = { $place }: fechado, { $asked }{ $because }. Próxima abertura: { $opens }.
opening-closed-then-no-next = { $place }: fechado, { $asked }{ $because }.
opening-uncertain = { $place }: a página da cidade não permite dizer se está aberto, { $asked }{ $because }.
because-holiday = {" "}(feriado: { $holiday })
because-closure = {" "}(fecho excecional até { $until })
because-closure-reason = {" "}(fecho excecional até { $until }: { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(os horários dependem das férias escolares, cujas datas não são conhecidas)
at-day-and-time = { $day } às { $time }
now-in-words = agora

## Hours
hours-open = { $place }: { $day }, aberto { $ranges }{ $note }.
hours-open-all-day = { $place }: { $day }, aberto todo o dia{ $note }.
hours-closed = { $place }: { $day }, fechado{ $note }.
hours-uncertain = { $place }: { $day }, a página da cidade não dá horários certos{ $note }.
week = { $place }, horário da semana: { $days }.
week-with-exceptions = { $place }, horário da semana: { $days }. Exceção: { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } fechado{ $note }
week-range = de { $first } a { $last }
week-single = { $first }
week-every-day = todos os dias

## Contact
contact-phone = { $place }, telefone: { $value }.
contact-address = { $place }, morada: { $value }.
contact-email = { $place }, correio eletrónico: { $value }.
contact-website = { $place }, site: { $value }.

## Events
event = { $title }: { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }, às { $time }
event-from-to = { $day }, { $ranges }
event-over-days = de { $first } a { $last }
event-where = {", "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = { $subject }: trata disso { $body }, na câmara municipal.
competent-other = { $subject }: trata disso { $body }, não a câmara municipal.
body-departement = Isto não depende da câmara municipal, mas de: o Departamento (Département).
body-region = Isto não depende da câmara municipal, mas de: a Região (Région).
body-vehicle-and-licence-titles = Isto não depende da câmara municipal, mas de: France Titres (ANTS), um serviço do Estado, pela internet, para os documentos de veículos e as cartas de condução.
body-prefecture = Isto não depende da câmara municipal, mas de: a prefeitura (préfecture), um serviço do Estado.
body-taxes = Isto não depende da câmara municipal, mas de: o serviço de impostos do Estado (finances publiques).
body-justice = Isto não depende da câmara municipal, mas de: a justiça: o tribunal.
body-police = Isto não depende da câmara municipal, mas de: a polícia nacional ou a gendarmaria, para as queixas e os inquéritos.
body-family-allowances = Isto não depende da câmara municipal, mas de: a caixa de prestações familiares (CAF).
body-employment = Isto não depende da câmara municipal, mas de: France Travail (antes Pôle emploi).
body-health-insurance = Isto não depende da câmara municipal, mas de: o seguro de saúde (Assurance maladie, CPAM).
body-pensions = Isto não depende da câmara municipal, mas de: a sua caixa de reforma (Carsat no regime geral).
body-farm-insurance = Isto não depende da câmara municipal, mas de: a mutualidade social agrícola (MSA).
body-social-contributions = Isto não depende da câmara municipal, mas de: a Urssaf.
body-bank-of-france = Isto não depende da câmara municipal, mas de: a Banque de France.
body-post = Isto não depende da câmara municipal, mas de: La Poste (correios).
body-energy = Isto não depende da câmara municipal, mas de: o seu fornecedor de energia para um contrato, ou o gestor da rede para uma avaria, um contador ou uma ligação.
body-telecom = Isto não depende da câmara municipal, mas de: o seu operador de internet ou de telefone.
body-rail = Isto não depende da câmara municipal, mas de: a SNCF.
body-higher-education = Isto não depende da câmara municipal, mas de: a universidade, ou o Crous para as bolsas e os alojamentos de estudantes.
body-national-education = Isto não depende da câmara municipal, mas de: a educação nacional (a direção da escola, depois a reitoria), para os professores e os exames.
body-national-service = Isto não depende da câmara municipal, mas de: o centro do serviço nacional, que depende das forças armadas.
body-business-register = Isto não depende da câmara municipal, mas de: o balcão único das empresas (Guichet unique), pela internet.
body-labour = Isto não depende da câmara municipal, mas de: a inspeção do trabalho ou o tribunal do trabalho (prud’hommes).
body-hunting-and-fishing = Isto não depende da câmara municipal, mas de: a federação dos caçadores para a licença de caça, e as associações de pesca para a licença de pesca.
body-notary = Isto não depende da câmara municipal, mas de: um notário.
body-consulate = Isto não depende da câmara municipal, mas de: o consulado ou a embaixada de França no país, para os vistos.
body-motorway = Isto não depende da câmara municipal, mas de: a empresa que explora a autoestrada.
body-youth-employment = Isto não depende da câmara municipal, mas de: a missão local (mission locale), para o emprego e a formação dos jovens de 16 a 25 anos.
body-home-renovation = Isto não depende da câmara municipal, mas de: o serviço público France Rénov’, com a intercomunalidade.

## Holidays
holiday-new-year = Ano Novo
holiday-good-friday = Sexta-feira Santa
holiday-easter-monday = segunda-feira de Páscoa
holiday-labour-day = Dia do Trabalhador
holiday-victory1945 = vitória de 1945
holiday-ascension = Ascensão
holiday-whit-monday = segunda-feira de Pentecostes
holiday-bastille-day = festa nacional
holiday-assumption = Assunção
holiday-all-saints = Todos os Santos
holiday-armistice = armistício de 1918
holiday-christmas = Natal
holiday-st-stephen = Santo Estêvão
holiday-abolition-of-slavery = abolição da escravatura

## Suggestions
suggestion-hours = { $place }: qual é o horário?
suggestion-weekend = O que fazer este fim de semana?
