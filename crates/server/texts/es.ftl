# What residents read, in Spanish: widget, pages, errors.

## The widget

widget-title = Haga su pregunta
widget-title-town = { $town } – asistente
widget-open = ¿Una pregunta?
widget-close = Cerrar
widget-greeting = Escribe a un programa, no a una persona. Responde con páginas validadas por la ciudad y muestra de dónde viene cada respuesta.
widget-retention = Lo que escribe se cifra y se borra al cabo de { $days } días como máximo. No escriba datos personales.
widget-retention-link = Lo que se conserva
widget-resumed = Su conversación anterior continúa. Los mensajes anteriores no se vuelven a mostrar.
widget-new-window = (ventana nueva)
widget-suggestions = Por ejemplo
widget-log-label = Conversación
widget-you = Usted:
widget-input-label = Su pregunta
widget-input-placeholder = Horarios, trámites, tarifas…
widget-send = Enviar
widget-send-long = la pregunta
widget-easy-to-read = Respóndame también con frases muy sencillas
widget-stop = Detener
widget-empty = Escriba primero una pregunta.
widget-counter = Caracteres restantes: { $left }
widget-waiting = Buscando en las páginas validadas…
widget-more-comes = Un programa escribe lo que sigue…
widget-tag-contact = A quién dirigirse
widget-tag-notice = Conviene saber
widget-verdict-answered = Respuesta tomada de páginas validadas
widget-verdict-partial = Respuesta parcial: parte de su pregunta queda sin respuesta validada
widget-verdict-clarify = Precise su pregunta
widget-verdict-outdated = Información caducada: hay que confirmarla
widget-verdict-elsewhere = De esto se ocupa otro organismo
widget-verdict-unknown = Sin respuesta en las páginas validadas
widget-verdict-emergency = Emergencia: llame ahora mismo
widget-source = Fuente
widget-sources = Fuentes
widget-source-number = Fuente { $number }: { $title } (ventana nueva)
widget-approved = Validado el { $date }
widget-trusted = Fuente del Estado, incorporada automáticamente
widget-choices = ¿Qué quiere decir?
widget-more = Para continuar
widget-useful = ¿Útil?
widget-helpful = Sí, esta respuesta me ayuda
widget-unhelpful = No, esta respuesta no me ayuda
widget-reason = ¿Qué no está bien?
widget-reason-wrong = Es falso
widget-reason-incomplete = Falta algo
widget-reason-outdated = No está al día
widget-reason-unclear = No está claro
widget-reason-other = Otra cosa
widget-comment = Un comentario (opcional)
widget-comment-hint = No escriba nombre, dirección ni número: este comentario lo leen empleados de la ciudad.
widget-feedback-send = Enviar la opinión
widget-cancel = Cancelar
widget-thanks = Gracias, su opinión queda registrada.
widget-feedback-failed = Su opinión no se ha enviado. Inténtelo de nuevo en un momento.
widget-copy = Copiar
widget-copied = Respuesta copiada, con sus fuentes.
widget-copy-failed = No se ha podido copiar.
widget-print = Imprimir
widget-delete = Borrar mi conversación
widget-delete-sure = ¿Borrar para siempre esta conversación, aquí y en el servidor de la ciudad?
widget-delete-yes = Sí, borrar
widget-delete-failed = No se ha podido borrar la conversación. Inténtelo de nuevo en un momento.
widget-deleted = Su conversación está borrada, aquí y en el servidor de la ciudad.
widget-retry = Reintentar
widget-error-offline = Parece que no hay conexión. Compruébela e inténtelo de nuevo: su pregunta se guarda aquí.
widget-error-unreachable = El servidor de la ciudad no responde. Inténtelo de nuevo en un momento: su pregunta se guarda aquí.
widget-error-interrupted = La respuesta se ha interrumpido. Inténtelo de nuevo para tenerla entera.
widget-error-stopped = Ha detenido la respuesta.
widget-error-too_many_requests = Llegan muchas preguntas a la vez. Inténtelo de nuevo en un momento.
widget-error-wait = Llegan muchas preguntas a la vez. Inténtelo de nuevo en { $seconds } segundos.
widget-error-unavailable = El asistente no está disponible por el momento. Inténtelo de nuevo o llame al ayuntamiento.
widget-error-internal = Se ha producido un error por nuestra parte. Inténtelo de nuevo o llame al ayuntamiento.
widget-error-question_too_long = Su pregunta supera los 1000 caracteres. Acórtela.
widget-error-unknown_site = Este asistente aún no está configurado para este sitio.
widget-error-origin_not_allowed = Este asistente no está autorizado en este sitio.

## The pages

page-skip = Ir al contenido
page-home = Inicio del asistente
page-chat-title = Haga su pregunta – { $town }
page-chat-heading = ¿Una pregunta sobre la ciudad?
page-chat-lede = Pregunte como lo haría en la ventanilla. Cada respuesta viene de una página de la ciudad, y la muestra.
page-chat-description = El asistente de la ciudad responde con páginas validadas y muestra sus fuentes.
page-form-submit = Enviar la pregunta
page-form-hint = 1000 caracteres como máximo. No escriba datos personales.
page-answer-heading = Respuesta
page-answer-question = Su pregunta
page-follow-up = ¿Otra pregunta?
page-delete-submit = Borrar mi conversación
page-deleted = Su conversación está borrada, aquí y en el servidor de la ciudad.
page-error-heading = La pregunta no ha recibido respuesta
page-footer-label = Pie de página
page-languages = Idioma
page-privacy-link = Privacidad
page-accessibility-link = Accesibilidad: parcialmente conforme
page-quality-link = Calidad y energía
page-back = Volver al asistente
page-powered = Asistente Parvis, software libre, alojado por la administración local.
page-error-title = Esta página no existe aquí

## A document's page

doc-title = { $title } – { $town }
doc-approved = Página validada el { $date }, por { $publisher }
doc-trusted = Página de { $publisher }, incorporada automáticamente el { $date }
doc-quoted = El pasaje resaltado es el que ha citado el asistente.
doc-quoted-link = Ir al pasaje citado
doc-when = Cuándo
doc-place = En el lugar
doc-address = Dirección
doc-phone = Teléfono
doc-email = Correo electrónico
doc-website = Sitio web
doc-accessibility = Accesibilidad
doc-competences = Competencias
doc-print-hint = La información de esta página es la que era válida el día de la impresión.

## La página de calidad

quality-title = Calidad y energía
quality-lede = Lo que el asistente ha respondido durante { $days } días, solo en cifras: aquí no se puede leer ninguna pregunta.
quality-answers-title = Las respuestas
quality-questions = Preguntas recibidas
quality-answered = Respuestas sacadas de páginas validadas
quality-elsewhere = Orientadas a otro organismo o a un número de emergencia
quality-clarify = Se pidió una precisión
quality-outdated = Se avisó de una información caducada
quality-unknown = Sin respuesta en las páginas validadas
quality-scope = Se cuentan las preguntas hechas en el sitio y por SMS que aún se conservan; las que sus autores borraron ya no figuran.
quality-model-title = El modelo de lenguaje
quality-model-none = Aquí no escribe ningún modelo de lenguaje: las respuestas son extractos de las páginas.
quality-model = El modelo { $name } repite los extractos con palabras sencillas o los traduce, a continuación. Un control automático compara cada frase con el extracto que cita y descarta las que no están probadas.
quality-model-searching = El modelo { $name } propone otras palabras para buscar cuando no se encuentra nada. No escribe ninguna frase de las respuestas.
quality-model-answers = Respuestas que recibió para repetir
quality-model-shown = Frases mostradas
quality-model-dropped = Frases descartadas por falta de prueba
quality-energy-title = La energía de una respuesta
quality-energy-extracts = Respuesta hecha de extractos
quality-energy-model = Respuesta repetida por el modelo
quality-energy-none = No medida
quality-energy-value = { $value } { $unit } (media de { $count })
quality-decimal = ,
quality-method-rapl = Los contadores del procesador dan la energía que consume toda la máquina durante una respuesta, repartida entre las respuestas en curso. Incluye otros programas de la máquina, pero no la memoria ni la alimentación.
quality-method-processor = No se puede leer ningún contador del procesador: el tiempo de cálculo del asistente se multiplica por una potencia declarada, { $watts } W por núcleo, y se reparte entre las respuestas en curso. Es una estimación.
quality-method-graphics = Se añade el contador de las tarjetas gráficas.
quality-method-uncounted = El modelo funciona en otro programa o en otra máquina, cuya energía no se cuenta aquí.
quality-energy-compare = Para comparar: una bombilla de 10 W consume 2,8 mWh en un segundo.

## Errors

error-question_empty-title = Pregunta vacía
error-question_empty-detail = Escriba una pregunta antes de enviarla.
error-question_too_long-title = Pregunta demasiado larga
error-question_too_long-detail = Una pregunta tiene como máximo 1000 caracteres. Acórtela.
error-malformed_body-title = Solicitud ilegible
error-malformed_body-detail = Lo enviado no tiene la forma esperada; la interfaz se describe en /api/v1/openapi.json.
error-unsupported_media_type-title = Formato no admitido
error-unsupported_media_type-detail = Envíe la solicitud en JSON (Content-Type: application/json).
error-unknown_site-title = Sitio desconocido
error-unknown_site-detail = Ningún sitio tiene esta clave aquí. Compruebe el atributo data-site.
error-origin_not_allowed-title = Origen no autorizado
error-origin_not_allowed-detail = Este sitio web no está entre los orígenes autorizados para este asistente.
error-unknown_conversation-title = Conversación desconocida o caducada
error-unknown_conversation-detail = Esta conversación ya no existe. Haga de nuevo su pregunta: empezará otra.
error-unknown_answer-title = Respuesta desconocida
error-unknown_answer-detail = Esta respuesta ya no existe; puede haberse borrado.
error-answer_outdated-title = Esta respuesta ya no está al día
error-answer_outdated-detail = Las páginas que citaba han cambiado. Haga de nuevo su pregunta.
error-too_many_requests-title = Demasiadas preguntas a la vez
error-too_many_requests-detail = Espere un momento e inténtelo de nuevo.
error-body_too_large-title = Solicitud demasiado grande
error-body_too_large-detail = Lo enviado supera el tamaño permitido.
error-idempotency_key_reused-title = Clave ya utilizada
error-idempotency_key_reused-detail = Esta clave de idempotencia ha servido para otra solicitud. Utilice una nueva.
error-not_found-title = Página no encontrada
error-not_found-detail = Esta página no existe, o ya no está publicada.
error-method_not_allowed-title = Método no permitido
error-method_not_allowed-detail = Esta dirección no acepta este método.
error-unavailable-title = Servicio no disponible por el momento
error-unavailable-detail = Inténtelo de nuevo en un momento, o llame al ayuntamiento.
error-internal-title = Error por nuestra parte
error-internal-detail = El error queda registrado, sin su pregunta. Inténtelo de nuevo en un momento.

## SMS
sms-help = { $town }: haga una pregunta, como “¿piscina el domingo?”. O escriba SUITE, SOURCE, CONTACT, STOP, o EFFACER para borrarlo todo.
sms-stopped = { $town }: no le escribiremos más. Escríbanos de nuevo cuando quiera.
sms-contact = { $town }: aquí responde un programa, con páginas que la ciudad ha validado. Sus derechos: { $url }/confidentialite
sms-contact-no-page = { $town }: aquí responde un programa, con páginas que la ciudad ha validado. Para hablar con una persona, llame al ayuntamiento.
sms-erased = Sus mensajes y nuestras respuestas están borrados.
sms-nothing-more = No hay nada que añadir a la última respuesta. Haga su pregunta en una frase.
sms-more = Más: SUITE
sms-too-long = La respuesta es demasiado larga para un SMS.
sms-limit = Ha enviado muchos mensajes. Inténtelo de nuevo en una hora. En peligro, llame al 112.
sms-source = { $title } ({ $publisher }, validado el { $day })
sms-changed = Una página del ayuntamiento ha cambiado mientras le respondíamos. Haga de nuevo su pregunta.
sms-no-longer = La página de la última respuesta ha cambiado. Haga de nuevo su pregunta.
sms-no-source = La última respuesta no viene de ninguna página.

## Privacy

privacy-title = Privacidad
privacy-lede = Lo que el asistente conserva de sus preguntas, cuánto tiempo y cómo borrarlo.
privacy-program-title = Habla con un programa
privacy-program = El asistente es un programa. Nadie lee sus mensajes mientras los escribe. No toma ninguna decisión sobre usted: cita páginas que la ciudad ha validado e indica la ventanilla adecuada cuando no sabe.
privacy-kept-title = Lo que se conserva
privacy-kept-questions = El texto de sus preguntas y de las respuestas. Los datos personales que el programa reconoce (números, direcciones, correos, nombres tras un tratamiento, IBAN, número de seguridad social, matrícula) se quitan antes de guardar nada.
privacy-kept-feedback = Su opinión sobre una respuesta, si da alguna.
privacy-kept-code = Un código sacado al azar, que une las preguntas de una misma conversación. No dice quién es usted.
privacy-kept-figures = Con cada respuesta, datos sin sus palabras: la fecha, el idioma, cómo terminó y la energía que consumió.
privacy-kept-not = Ni su nombre, ni su dirección IP, ni el tipo de su aparato se guardan con sus preguntas.
privacy-why-title = Por qué
privacy-why = Para responder a lo que sigue en su conversación, corregir las páginas que responden mal y escribir las que faltan. Base legal: la misión de interés público de la ciudad (RGPD, artículo 6, apartado 1, letra e).
privacy-how-long-title = Cuánto tiempo
privacy-how-long = { $days } días como máximo tras su última pregunta. Después todo se borra automáticamente, y también la clave que permitía leerlo.
privacy-secured-title = Cómo se protege
privacy-secured = Las conversaciones están cifradas en el servidor de la ciudad. Las claves cambian con regularidad y se destruyen al final del plazo de conservación.
privacy-transfer-title = Nada sale
privacy-transfer = El programa funciona en los servidores de la administración local. Sus preguntas no se envían a ninguna empresa, red social ni servicio de inteligencia artificial, dentro o fuera de la Unión Europea.
privacy-cookies-title = Sin cookies
privacy-cookies = El asistente no usa cookies, ni medición de audiencia, ni contenido de otro sitio. Su navegador guarda el código de su conversación hasta que se cierra la pestaña.
privacy-delete-title = Borrar su conversación
privacy-delete = El botón «Borrar mi conversación», bajo el campo de texto, borra todo de inmediato, en su pantalla y en el servidor. Sin él, se borra por sí sola al final del plazo de conservación.
privacy-rights-title = Sus derechos
privacy-rights = El Reglamento general de protección de datos (RGPD, artículos 15 a 21) le da derecho de acceso, rectificación, supresión, limitación y oposición. Como no sabemos quién hizo una pregunta, indique el código de su conversación o su fecha y hora.
privacy-rights-contact = Escriba al delegado de protección de datos de { $town }, a la dirección del ayuntamiento.
privacy-rights-cnil = Si la respuesta no le satisface, puede presentar una reclamación ante la autoridad francesa, la CNIL: 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
privacy-rights-cnil-link = Sitio de la CNIL

## Accessibility

accessibility-title = Accesibilidad
accessibility-lede = Declaración para las páginas del asistente y para el widget de { $town }.
accessibility-state-title = Conformidad
accessibility-state = Parcialmente conforme. Ningún organismo externo ha auditado todavía estas páginas según la norma francesa (RGAA): por eso no podemos dar una tasa de conformidad.
accessibility-tested-title = Lo que se comprueba
accessibility-tested = En cada cambio, pruebas automáticas recorren las páginas con la herramienta axe (reglas WCAG 2.2, niveles A y AA), en claro y en oscuro, solo con el teclado y en una pantalla de 360 píxeles. Estas herramientas solo ven una parte de los defectos.
accessibility-known-title = Lo que sabemos
accessibility-known-documents = Las páginas citadas pertenecen a la ciudad o al Estado: su accesibilidad depende de sus sitios.
accessibility-known-readers = Faltan pruebas con personas que usan un lector de pantalla.
accessibility-without-title = Sin JavaScript
accessibility-without = La página del asistente funciona sin JavaScript: la respuesta se muestra entonces en una página nueva.
accessibility-help-title = ¿Un obstáculo?
accessibility-help = Dígaselo al ayuntamiento: le dará la información de otra manera, y el defecto se corregirá.
accessibility-recourse = Si no recibe una respuesta satisfactoria, puede acudir al Defensor de los Derechos francés: teléfono 3928, o carta sin sello a «Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07».

## The demo's telephone
phone-heading = Un teléfono que escribe a la ciudad
phone-link = Escribir a la ciudad por SMS
phone-lede = Cada mensaje pasa por el canal real de los SMS. Nada sale de esta máquina. SUITE, SOURCE, AIDE, STOP y EFFACER hacen lo que harían en un teléfono.
phone-label = Su mensaje
phone-submit = Enviar
phone-segment = Segmento { $part } de { $total }, { $encoding }, { $units } unidades de { $capacity }
phone-cost = Segmentos que paga la ciudad: { $segments }
