# Ce que lisent les habitants : widget, pages, erreurs. Espace fine insécable (U+202F) avant ; : ! ? et dans « ».

## Le widget

widget-title = Posez votre question
widget-title-town = { $town } – assistant
widget-open = Une question ?
widget-close = Fermer
widget-greeting = Vous écrivez à un programme, pas à une personne. Il répond avec des pages validées par la ville, et montre d’où vient chaque réponse.
widget-retention = Vos échanges sont chiffrés, et effacés au bout de { $days } jours au plus. N’écrivez pas de données personnelles.
widget-retention-link = Ce qui est conservé
widget-resumed = Votre conversation de tout à l’heure continue. Les messages précédents ne sont pas réaffichés.
widget-new-window = (nouvelle fenêtre)
widget-suggestions = Par exemple
widget-log-label = Conversation
widget-you = Vous :
widget-input-label = Votre question
widget-input-placeholder = Horaires, démarches, tarifs…
widget-send = Envoyer
widget-send-long = la question
widget-easy-to-read = Me répondre aussi en phrases très simples
widget-stop = Arrêter
widget-empty = Écrivez d’abord une question.
widget-counter = Caractères restants : { $left }
widget-waiting = Recherche dans les pages validées…
widget-more-comes = Un programme écrit la suite…
widget-tag-contact = À qui vous adresser
widget-tag-notice = Bon à savoir
widget-verdict-answered = Réponse tirée de pages validées
widget-verdict-partial = Réponse partielle : une partie de votre question reste sans réponse validée
widget-verdict-clarify = Précisez votre question
widget-verdict-outdated = Information périmée : à faire confirmer
widget-verdict-elsewhere = Ce sujet relève d’un autre organisme
widget-verdict-unknown = Pas de réponse dans les pages validées
widget-verdict-emergency = Urgence : appelez tout de suite
widget-source = Source
widget-sources = Sources
widget-source-number = Source { $number } : { $title } (nouvelle fenêtre)
widget-approved = Validé le { $date }
widget-trusted = Source de l’État, reprise automatiquement
widget-choices = Que voulez-vous dire ?
widget-more = Pour continuer
widget-useful = Utile ?
widget-helpful = Oui, cette réponse m’aide
widget-unhelpful = Non, cette réponse ne m’aide pas
widget-reason = Qu’est-ce qui ne va pas ?
widget-reason-wrong = C’est faux
widget-reason-incomplete = Il manque quelque chose
widget-reason-outdated = Ce n’est plus à jour
widget-reason-unclear = Ce n’est pas clair
widget-reason-other = Autre chose
widget-comment = Un commentaire (facultatif)
widget-comment-hint = N’écrivez ni nom, ni adresse, ni numéro : ce commentaire est lu par des agents de la ville.
widget-feedback-send = Envoyer l’avis
widget-cancel = Annuler
widget-thanks = Merci, votre avis est enregistré.
widget-feedback-failed = Votre avis n’est pas parti. Réessayez dans un instant.
widget-copy = Copier
widget-copied = Réponse copiée, avec ses sources.
widget-copy-failed = La copie n’a pas été possible.
widget-print = Imprimer
widget-delete = Effacer ma conversation
widget-delete-sure = Effacer pour toujours cette conversation, ici et sur le serveur de la ville ?
widget-delete-yes = Oui, effacer
widget-delete-failed = La conversation n’a pas pu être effacée. Réessayez dans un instant.
widget-deleted = Votre conversation est effacée, ici et sur le serveur de la ville.
widget-retry = Réessayer
widget-error-offline = Vous semblez hors ligne. Vérifiez votre connexion, puis réessayez : votre question est gardée ici.
widget-error-unreachable = Le serveur de la ville ne répond pas. Réessayez dans un instant : votre question est gardée ici.
widget-error-interrupted = La réponse s’est interrompue en chemin. Réessayez pour l’avoir en entier.
widget-error-stopped = Vous avez arrêté la réponse.
widget-error-too_many_requests = Beaucoup de questions arrivent en même temps. Réessayez dans un instant.
widget-error-wait = Beaucoup de questions arrivent en même temps. Réessayez dans { $seconds } secondes.
widget-error-unavailable = L’assistant est momentanément indisponible. Réessayez dans un instant, ou appelez la mairie.
widget-error-internal = Une erreur s’est produite de notre côté. Réessayez dans un instant, ou appelez la mairie.
widget-error-question_too_long = Votre question dépasse 1 000 caractères. Raccourcissez-la.
widget-error-unknown_site = Cet assistant n’est pas encore configuré pour ce site.
widget-error-origin_not_allowed = Cet assistant n’est pas autorisé sur ce site.

## Les pages

page-skip = Aller au contenu
page-home = Accueil de l’assistant
page-chat-title = Posez votre question – { $town }
page-chat-heading = Une question sur la ville ?
page-chat-lede = Demandez comme vous le diriez au guichet. Chaque réponse vient d’une page de la ville, et la montre.
page-chat-description = L’assistant de la ville répond à partir de pages validées, et montre ses sources.
page-form-submit = Envoyer la question
page-form-hint = 1 000 caractères au plus. N’écrivez pas de données personnelles.
page-answer-heading = Réponse
page-answer-question = Votre question
page-follow-up = Une autre question ?
page-delete-submit = Effacer ma conversation
page-deleted = Votre conversation est effacée, ici et sur le serveur de la ville.
page-error-heading = La question n’a pas reçu de réponse
page-footer-label = Pied de page
page-languages = Langue
page-privacy-link = Vie privée
page-accessibility-link = Accessibilité : partiellement conforme
page-quality-link = Qualité et énergie
page-back = Retour à l’assistant
page-powered = Assistant Parvis, logiciel libre, hébergé par la collectivité.
page-error-title = Cette page n’existe pas ici

## Une page de document

doc-title = { $title } – { $town }
doc-approved = Page validée le { $date }, par { $publisher }
doc-trusted = Page de { $publisher }, reprise automatiquement le { $date }
doc-quoted = Le passage surligné est celui que l’assistant a cité.
doc-quoted-link = Aller au passage cité
doc-when = Quand
doc-place = Sur place
doc-address = Adresse
doc-phone = Téléphone
doc-email = Courriel
doc-website = Site
doc-accessibility = Accessibilité
doc-competences = Compétences
doc-print-hint = Les informations de cette page sont celles qui étaient valides le jour de l’impression.

## Vie privée

privacy-title = Vie privée
privacy-lede = Ce que l’assistant conserve de vos questions, combien de temps, et comment l’effacer.
privacy-program-title = Vous parlez à un programme
privacy-program = L’assistant est un programme. Aucune personne ne lit vos messages en direct. Il ne prend aucune décision à votre sujet : il cite des pages que la ville a validées, et indique le bon guichet quand il ne sait pas.
privacy-kept-title = Ce qui est conservé
privacy-kept-questions = Le texte de vos questions et des réponses. Les données personnelles que le programme reconnaît (numéros, adresses, courriels, noms précédés d’un titre, IBAN, numéro de sécurité sociale, plaque) en sont retirées avant l’enregistrement.
privacy-kept-feedback = Votre avis sur une réponse, si vous en donnez un.
privacy-kept-code = Un code tiré au hasard, qui relie les questions d’une même conversation. Il ne dit pas qui vous êtes.
privacy-kept-figures = Avec chaque réponse, des repères sans vos mots : la date, la langue, comment elle s’est terminée, et l’énergie qu’elle a prise.
privacy-kept-not = Ni votre nom, ni votre adresse IP, ni le type de votre appareil ne sont enregistrés avec vos questions.
privacy-why-title = Pourquoi
privacy-why = Pour répondre à la suite de votre conversation, pour corriger les pages qui répondent mal et pour en écrire celles qui manquent. Base légale : la mission d’intérêt public de la ville (RGPD, article 6, paragraphe 1, point e).
privacy-how-long-title = Combien de temps
privacy-how-long = { $days } jours au plus après votre dernière question. Ensuite, tout est effacé automatiquement, et la clé qui permettait de le lire aussi.
privacy-secured-title = Comment c’est protégé
privacy-secured = Les conversations sont chiffrées sur le serveur de la ville. Les clés changent régulièrement et sont détruites à la fin de la durée de conservation.
privacy-transfer-title = Rien ne sort
privacy-transfer = Le programme fonctionne sur les serveurs de la collectivité. Vos questions ne sont envoyées à aucune entreprise, aucun réseau social, aucun service d’intelligence artificielle, ni dans ni hors de l’Union européenne.
privacy-cookies-title = Pas de cookie
privacy-cookies = L’assistant n’utilise ni cookie, ni mesure d’audience, ni contenu venu d’un autre site. Le code de votre conversation est gardé par votre navigateur jusqu’à la fermeture de l’onglet.
privacy-delete-title = Effacer votre conversation
privacy-delete = Le bouton « Effacer ma conversation », sous la zone de saisie, efface tout immédiatement, sur votre écran et sur le serveur. Sans ce bouton, l’effacement a lieu de lui-même à la fin de la durée de conservation.
privacy-rights-title = Vos droits
privacy-rights = Le règlement général sur la protection des données (RGPD, articles 15 à 21) vous donne un droit d’accès, de rectification, d’effacement, de limitation et d’opposition. Comme nous ne savons pas qui a posé une question, indiquez le code de votre conversation ou sa date et son heure.
privacy-rights-contact = Écrivez au délégué à la protection des données de { $town }, à l’adresse de la mairie.
privacy-rights-cnil = Si la réponse ne vous convient pas, vous pouvez adresser une réclamation à la CNIL : 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.
privacy-rights-cnil-link = Site de la CNIL

## Accessibilité

accessibility-title = Accessibilité
accessibility-lede = Déclaration pour les pages de l’assistant et pour le widget de { $town }.
accessibility-state-title = État de conformité
accessibility-state = Partiellement conforme. Aucun organisme extérieur n’a encore audité ces pages selon le RGAA : nous ne pouvons donc pas donner de taux de conformité.
accessibility-tested-title = Ce qui est vérifié
accessibility-tested = À chaque modification, des tests automatiques parcourent les pages avec l’outil axe (règles WCAG 2.2, niveaux A et AA), en clair et en sombre, au clavier seul et sur un écran de 360 pixels. Ces outils ne voient qu’une partie des défauts.
accessibility-known-title = Ce que nous savons
accessibility-known-documents = Les pages citées appartiennent à la ville ou à l’État : leur accessibilité dépend de leurs sites.
accessibility-known-readers = Des essais avec des personnes utilisant un lecteur d’écran restent à faire.
accessibility-without-title = Sans JavaScript
accessibility-without = La page de l’assistant fonctionne sans JavaScript : la réponse s’affiche alors dans une nouvelle page.
accessibility-help-title = Un obstacle ?
accessibility-help = Dites-le à la mairie : elle vous donnera l’information autrement, et le défaut sera corrigé.
accessibility-recourse = Si vous ne recevez pas de réponse satisfaisante, vous pouvez saisir le Défenseur des droits : téléphone 3928, ou courrier sans timbre à « Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07 ».

## La page de qualité

quality-title = Qualité et énergie
quality-lede = Ce que l’assistant a répondu pendant { $days } jours, en nombres seulement : aucune question ne se lit ici.
quality-answers-title = Les réponses
quality-questions = Questions posées
quality-answered = Réponses tirées de pages validées
quality-elsewhere = Orientées vers un autre organisme ou un numéro d’urgence
quality-clarify = Une précision a été demandée
quality-outdated = Une information périmée a été signalée
quality-unknown = Sans réponse dans les pages validées
quality-scope = Sont comptées les questions posées sur le site et par SMS qui sont encore conservées ; celles que leurs auteurs ont effacées n’y sont plus.
quality-model-title = Le modèle de langage
quality-model-none = Aucun modèle de langage n’écrit ici : les réponses sont des extraits des pages.
quality-model = Le modèle { $name } redit les extraits en mots simples, ou les traduit, à leur suite. Un contrôle automatique compare chaque phrase à l’extrait qu’elle cite, et écarte celles qui ne sont pas prouvées.
quality-model-searching = Le modèle { $name } propose d’autres mots pour chercher quand rien n’est trouvé. Il n’écrit aucune phrase des réponses.
quality-model-answers = Réponses qui lui ont été données à redire
quality-model-shown = Phrases montrées
quality-model-dropped = Phrases écartées, faute de preuve
quality-energy-title = L’énergie d’une réponse
quality-energy-extracts = Réponse faite d’extraits
quality-energy-model = Réponse redite par le modèle
quality-energy-none = Pas mesurée
quality-energy-value = { $value } { $unit } (moyenne de { $count })
quality-decimal = ,
quality-method-rapl = Des compteurs du processeur donnent l’énergie que prend toute la machine pendant une réponse, partagée entre les réponses en cours. D’autres programmes de la machine y sont compris, la mémoire et l’alimentation non.
quality-method-processor = Aucun compteur du processeur ne peut être lu : le temps de calcul de l’assistant est multiplié par une puissance déclarée, { $watts } W par cœur, et partagé entre les réponses en cours. C’est une estimation.
quality-method-graphics = Le compteur des cartes graphiques s’y ajoute.
quality-method-uncounted = Le modèle tourne dans un autre programme ou sur une autre machine, dont l’énergie n’est pas comptée ici.
quality-energy-compare = Pour comparer : une ampoule de 10 W consomme 2,8 mWh en une seconde.

## Les erreurs

error-question_empty-title = Question vide
error-question_empty-detail = Écrivez une question avant de l’envoyer.
error-question_too_long-title = Question trop longue
error-question_too_long-detail = Une question compte au plus 1 000 caractères. Raccourcissez-la.
error-malformed_body-title = Demande illisible
error-malformed_body-detail = Le contenu envoyé n’a pas la forme attendue ; la description de l’interface est à /api/v1/openapi.json.
error-unsupported_media_type-title = Format non pris en charge
error-unsupported_media_type-detail = Envoyez la demande en JSON (Content-Type : application/json).
error-unknown_site-title = Site inconnu
error-unknown_site-detail = Aucun site ne porte cette clé ici. Vérifiez l’attribut data-site.
error-origin_not_allowed-title = Origine non autorisée
error-origin_not_allowed-detail = Ce site web ne figure pas parmi les origines autorisées pour cet assistant.
error-unknown_conversation-title = Conversation inconnue ou expirée
error-unknown_conversation-detail = Cette conversation n’existe plus. Posez votre question à nouveau : une autre commencera.
error-unknown_answer-title = Réponse inconnue
error-unknown_answer-detail = Cette réponse n’existe plus ; elle a pu être effacée.
error-answer_outdated-title = Cette réponse n’est plus à jour
error-answer_outdated-detail = Les pages qu’elle citait ont changé depuis. Posez votre question à nouveau.
error-too_many_requests-title = Trop de questions à la fois
error-too_many_requests-detail = Attendez quelques instants, puis réessayez.
error-body_too_large-title = Demande trop volumineuse
error-body_too_large-detail = Le contenu envoyé dépasse la taille permise.
error-idempotency_key_reused-title = Clé déjà utilisée
error-idempotency_key_reused-detail = Cette clé d’idempotence a servi pour une autre demande. Utilisez-en une nouvelle.
error-not_found-title = Page introuvable
error-not_found-detail = Cette page n’existe pas, ou n’est plus publiée.
error-method_not_allowed-title = Méthode non permise
error-method_not_allowed-detail = Cette adresse n’accepte pas cette méthode.
error-unavailable-title = Service momentanément indisponible
error-unavailable-detail = Réessayez dans un instant, ou appelez la mairie.
error-internal-title = Erreur de notre côté
error-internal-detail = L’erreur est enregistrée, sans votre question. Réessayez dans un instant.

## SMS
sms-help = { $town } : posez une question, comme « piscine dimanche ? ». Ou écrivez SUITE, SOURCE, CONTACT, STOP, ou EFFACER pour tout effacer.
sms-stopped = { $town } : nous ne vous écrirons plus. Écrivez-nous de nouveau quand vous voulez.
sms-contact = { $town } : un programme répond ici, avec les pages que la ville a validées. Vos droits : { $url }/confidentialite
sms-contact-no-page = { $town } : un programme répond ici, avec les pages que la ville a validées. Pour parler à une personne, appelez la mairie.
sms-erased = Vos messages et nos réponses sont effacés.
sms-nothing-more = Il n’y a rien à ajouter à la dernière réponse. Posez votre question en une phrase.
sms-more = Plus : SUITE
sms-too-long = La réponse est trop longue pour un SMS.
sms-limit = Vous avez envoyé beaucoup de messages. Réessayez dans une heure. En danger, appelez le 112.
sms-source = { $title } ({ $publisher }, validé le { $day })
sms-changed = Une page de la ville a changé pendant que nous vous répondions. Posez de nouveau votre question.
sms-no-longer = La page de la dernière réponse a changé. Posez de nouveau votre question.
sms-no-source = La dernière réponse ne vient d’aucune page.

## Téléphone de la démonstration
phone-heading = Un téléphone qui écrit à la ville
phone-link = Écrire à la ville par SMS
phone-lede = Chaque message passe par le vrai canal des SMS. Rien ne quitte cette machine. SUITE, SOURCE, AIDE, STOP et EFFACER font ce qu’ils feraient sur un téléphone.
phone-label = Votre message
phone-submit = Envoyer
phone-segment = Segment { $part } sur { $total }, { $encoding }, { $units } unités sur { $capacity }
phone-cost = Segments que la ville paie : { $segments }
