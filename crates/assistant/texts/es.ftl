# What Parvis says to residents, in Spanish. The extracts that it quotes stay in French.

## Fixed phrases
phrase-greeting = ¡Hola! Pregunte por la ciudad, sus servicios, los horarios o los trámites.
phrase-thanks = De nada. Haga otra pregunta cuando quiera.
phrase-goodbye = Adiós, que tenga un buen día.
phrase-insult = Soy un programa y hago lo que puedo. Dígame qué busca y le responderé si la ciudad lo ha publicado.
phrase-about = Soy un programa, no una persona. Respondo con extractos de páginas que la ciudad ha revisado y publicado, y muestro de dónde vienen. Cuando esas páginas no responden, lo digo.
phrase-emergency-fire = En caso de incendio o accidente, llame ahora mismo a los bomberos al 18, o al 112. Soy un programa: no puedo avisar a los servicios de emergencia.
phrase-emergency-medical = Si hay una vida en peligro, llame ahora mismo a la ambulancia (SAMU) al 15, o al 112. Soy un programa: no puedo avisar a los servicios de emergencia.
phrase-emergency-police = En peligro inmediato, llame ahora mismo a la policía al 17, o al 112. Si no puede hablar, envíe un SMS al 114. Soy un programa: no puedo avisar a los servicios de emergencia.
phrase-emergency-violence = En peligro inmediato, llame al 17 o envíe un SMS al 114. Para hablar y recibir ayuda, de día y de noche, llame al 3919: es gratuito y anónimo. Soy un programa: no puedo avisar a los servicios de emergencia.
phrase-emergency-child = Un niño en peligro: llame al 119, día y noche, es gratuito y confidencial. En peligro inmediato, llame al 17. Soy un programa: no puedo avisar a los servicios de emergencia.
phrase-emergency-suicide = No está solo. Llame al 3114, día y noche: le escucharán profesionales, es gratuito. Si está en peligro ahora, llame al 15 o al 112. Soy un programa: no puedo avisar a los servicios de emergencia.
phrase-emergency-shelter = Si no tiene dónde dormir, llame al 115, día y noche, es gratuito. En peligro, llame al 112.
phrase-emergency-deaf = Si no oye bien o no puede hablar, envíe un SMS al 114: llega a los bomberos, a las ambulancias y a la policía, día y noche.
phrase-unknown = No he encontrado la respuesta en lo que la ciudad ha publicado. Prefiero decírselo antes que inventar.
phrase-partial = Esto es lo más cercano que la ciudad ha publicado. Puede que responda solo a una parte de su pregunta.
phrase-partial-briefly = Lo más cercano a su pregunta:
phrase-list-goes-on = La lista no está completa: sigue en la página de la ciudad.
phrase-outdated = Lo que la ciudad había publicado sobre esto ya no es válido, y nada lo sustituye todavía.
phrase-elsewhere = De este asunto no se ocupa el ayuntamiento.
phrase-clarify = ¿De qué lugar habla?
phrase-clarify-question = ¿Puede precisar su pregunta? Por ejemplo, el servicio, el lugar o el trámite que le interesa.
phrase-personal-file = No tengo acceso a ningún expediente personal y no puedo reservar ni cambiar nada por usted. La ventanilla puede responderle.
phrase-out-of-scope = Respondo a preguntas sobre la ciudad y sus servicios, con las páginas que la ciudad ha publicado. No puedo hacer otra cosa.
phrase-unlawful = No puedo ayudarle a eludir la ley o el reglamento.
phrase-opinion = No tengo opinión que dar. Puedo decirle lo que la ciudad ha publicado.
phrase-contact-lead = Puede dirigirse a esta ventanilla:
phrase-no-events = No veo nada anunciado para esas fechas en la agenda publicada por la ciudad.
phrase-events-lead = Esto es lo que anuncia la agenda de la ciudad:
phrase-extracts-in-french = Esto es lo que la ciudad ha publicado al respecto. Los extractos están en francés, la lengua de las páginas que la ciudad ha revisado.
phrase-in-plain-words = Más sencillo. Estas frases las escribe un programa a partir de los extractos anteriores; solo los extractos dan fe.
phrase-easy-to-read = Muy sencillo. Estas frases las escribe un programa con los extractos de arriba. En caso de duda, lea los extractos: son los que cuentan.
phrase-machine-translation = Traducción automática de los extractos anteriores. Solo los extractos en francés dan fe.
phrase-translation-incomplete = Esta traducción está incompleta: faltan algunos de los extractos en francés de arriba.

## Opening state
opening-open = { $place }: abierto ahora. Cierra: { $until }.
opening-open-always = { $place }: siempre abierto.
opening-open-then = { $place }: abierto, { $asked }. Cierra: { $until }.
opening-open-then-always = { $place }: abierto, { $asked }.
opening-closed = { $place }: cerrado ahora{ $because }. Próxima apertura: { $opens }.
opening-closed-no-next = { $place }: cerrado ahora{ $because }. No se anuncia ninguna próxima apertura.
opening-closed-then = { $place }: cerrado, { $asked }{ $because }. Próxima apertura: { $opens }.
opening-closed-then-no-next = { $place }: cerrado, { $asked }{ $because }.
opening-uncertain = { $place }: la página de la ciudad no permite decir si está abierto, { $asked }{ $because }.
because-holiday = {" "}(festivo: { $holiday })
because-closure = {" "}(cierre excepcional hasta el { $until })
because-closure-reason = {" "}(cierre excepcional hasta el { $until }: { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(los horarios dependen de las vacaciones escolares, cuyas fechas no se conocen)
at-day-and-time = { $day } a las { $time }
now-in-words = ahora

## Hours
hours-open = { $place }: { $day }, abierto { $ranges }{ $note }.
hours-open-all-day = { $place }: { $day }, abierto todo el día{ $note }.
hours-closed = { $place }: { $day }, cerrado{ $note }.
hours-uncertain = { $place }: { $day }, la página de la ciudad no da un horario seguro{ $note }.
week = { $place }, horario de la semana: { $days }.
week-with-exceptions = { $place }, horario de la semana: { $days }. Excepción: { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } cerrado{ $note }
week-range = de { $first } a { $last }
week-single = { $first }
week-every-day = todos los días

## Contact
contact-phone = { $place }, teléfono: { $value }.
contact-address = { $place }, dirección: { $value }.
contact-email = { $place }, correo electrónico: { $value }.
contact-website = { $place }, sitio web: { $value }.

## Events
event = { $title }: { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }, a las { $time }
event-from-to = { $day }, { $ranges }
event-over-days = del { $first } al { $last }
event-where = {", "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = { $subject }: se ocupa { $body }, en el ayuntamiento.
competent-other = { $subject }: se ocupa { $body }, no el ayuntamiento.
body-departement = De esto no se ocupa el ayuntamiento, sino: el Departamento (Département).
body-region = De esto no se ocupa el ayuntamiento, sino: la Región (Région).
body-vehicle-and-licence-titles = De esto no se ocupa el ayuntamiento, sino: France Titres (ANTS), un servicio del Estado, por internet, para los permisos de circulación y de conducir.
body-prefecture = De esto no se ocupa el ayuntamiento, sino: la prefectura (préfecture), un servicio del Estado.
body-taxes = De esto no se ocupa el ayuntamiento, sino: la oficina de impuestos del Estado (finances publiques).
body-justice = De esto no se ocupa el ayuntamiento, sino: la justicia: el tribunal.
body-police = De esto no se ocupa el ayuntamiento, sino: la policía nacional o la gendarmería, para las denuncias y las investigaciones.
body-family-allowances = De esto no se ocupa el ayuntamiento, sino: la caja de subsidios familiares (CAF).
body-employment = De esto no se ocupa el ayuntamiento, sino: France Travail (antes Pôle emploi).
body-health-insurance = De esto no se ocupa el ayuntamiento, sino: el seguro de enfermedad (Assurance maladie, CPAM).
body-pensions = De esto no se ocupa el ayuntamiento, sino: su caja de pensiones (Carsat en el régimen general).
body-farm-insurance = De esto no se ocupa el ayuntamiento, sino: la mutua social agrícola (MSA).
body-social-contributions = De esto no se ocupa el ayuntamiento, sino: la Urssaf.
body-bank-of-france = De esto no se ocupa el ayuntamiento, sino: la Banque de France.
body-post = De esto no se ocupa el ayuntamiento, sino: La Poste (correos).
body-energy = De esto no se ocupa el ayuntamiento, sino: su proveedor de energía para un contrato, o el gestor de la red para una avería, un contador o una conexión.
body-telecom = De esto no se ocupa el ayuntamiento, sino: su operador de internet o de teléfono.
body-rail = De esto no se ocupa el ayuntamiento, sino: la SNCF.
body-higher-education = De esto no se ocupa el ayuntamiento, sino: la universidad, o el Crous para las becas y los alojamientos de estudiantes.
body-national-education = De esto no se ocupa el ayuntamiento, sino: la educación nacional (la dirección de la escuela, después el rectorado), para los profesores y los exámenes.
body-national-service = De esto no se ocupa el ayuntamiento, sino: el centro del servicio nacional, que depende de los ejércitos.
body-business-register = De esto no se ocupa el ayuntamiento, sino: la ventanilla única de las empresas (Guichet unique), por internet.
body-labour = De esto no se ocupa el ayuntamiento, sino: la inspección de trabajo o el tribunal laboral (prud’hommes).
body-hunting-and-fishing = De esto no se ocupa el ayuntamiento, sino: la federación de cazadores para la licencia de caza, y las asociaciones de pesca para el carné de pesca.
body-notary = De esto no se ocupa el ayuntamiento, sino: un notario.
body-consulate = De esto no se ocupa el ayuntamiento, sino: el consulado o la embajada de Francia en el país, para los visados.
body-motorway = De esto no se ocupa el ayuntamiento, sino: la empresa que explota la autopista.
body-youth-employment = De esto no se ocupa el ayuntamiento, sino: la misión local (mission locale), para el empleo y la formación de los jóvenes de 16 a 25 años.
body-home-renovation = De esto no se ocupa el ayuntamiento, sino: el servicio público France Rénov’, con la intercomunalidad.

## Holidays
holiday-new-year = Año Nuevo
holiday-good-friday = Viernes Santo
holiday-easter-monday = Lunes de Pascua
holiday-labour-day = Día del Trabajo
holiday-victory1945 = Victoria de 1945
holiday-ascension = Ascensión
holiday-whit-monday = Lunes de Pentecostés
holiday-bastille-day = Fiesta nacional
holiday-assumption = Asunción
holiday-all-saints = Todos los Santos
holiday-armistice = Armisticio de 1918
holiday-christmas = Navidad
holiday-st-stephen = San Esteban
holiday-abolition-of-slavery = Abolición de la esclavitud

## Suggestions
suggestion-hours = { $place }: ¿cuál es el horario?
suggestion-weekend = ¿Qué hacer este fin de semana?
