# What Parvis says to residents, in French. Narrow no-break spaces (U+202F) stand before ; : ! ? and inside « ».

## Fixed phrases
phrase-greeting = Bonjour ! Posez votre question sur la ville, ses services, ses horaires ou vos démarches.
phrase-thanks = Avec plaisir. Posez une autre question quand vous voulez.
phrase-goodbye = Au revoir, et bonne journée.
phrase-insult = Je suis un programme et je fais de mon mieux. Dites-moi ce que vous cherchez, je vous répondrai si la ville l’a publié.
phrase-about = Je suis un programme, pas une personne. Je réponds avec des extraits de pages que la ville a relues et publiées, et je montre d’où ils viennent. Quand ces pages ne répondent pas, je le dis.
phrase-emergency-fire = En cas d’incendie ou d’accident, appelez tout de suite les pompiers au 18, ou le 112. Je suis un programme : je ne peux pas prévenir les secours.
phrase-emergency-medical = Si une vie est en danger, appelez tout de suite le SAMU au 15, ou le 112. Je suis un programme : je ne peux pas prévenir les secours.
phrase-emergency-police = En danger immédiat, appelez tout de suite la police au 17, ou le 112. Si vous ne pouvez pas parler, envoyez un SMS au 114. Je suis un programme : je ne peux pas prévenir les secours.
phrase-emergency-violence = En danger immédiat, appelez le 17, ou envoyez un SMS au 114. Pour parler et être aidé, de jour comme de nuit, appelez le 3919 : c’est gratuit et anonyme. Je suis un programme : je ne peux pas prévenir les secours.
phrase-emergency-child = Un enfant en danger : appelez le 119, jour et nuit, c’est gratuit et confidentiel. En danger immédiat, appelez le 17. Je suis un programme : je ne peux pas prévenir les secours.
phrase-emergency-suicide = Vous n’êtes pas seul. Appelez le 3114, jour et nuit : des professionnels vous écoutent, c’est gratuit. Si vous êtes en danger maintenant, appelez le 15 ou le 112. Je suis un programme : je ne peux pas prévenir les secours.
phrase-emergency-shelter = Sans endroit où dormir, appelez le 115, jour et nuit, c’est gratuit. En danger, appelez le 112.
phrase-emergency-deaf = Si vous entendez mal ou ne pouvez pas parler, envoyez un SMS au 114 : il joint les pompiers, le SAMU et la police, jour et nuit.
phrase-unknown = Je n’ai pas trouvé la réponse dans ce que la ville a publié. Je préfère vous le dire plutôt que d’inventer.
phrase-partial = Voici ce que la ville a publié de plus proche. Cela ne répond peut-être qu’à une partie de votre question.
phrase-partial-briefly = Au plus près de votre question :
phrase-list-goes-on = Liste incomplète : la suite est sur la page de la ville.
phrase-outdated = L’information que la ville avait publiée à ce sujet n’est plus valable, et aucune autre ne la remplace encore.
phrase-elsewhere = Ce sujet ne dépend pas de la mairie.
phrase-clarify = De quel lieu parlez-vous ?
phrase-clarify-question = Pouvez-vous préciser votre question ? Par exemple le service, le lieu ou la démarche qui vous intéresse.
phrase-personal-file = Je n’ai accès à aucun dossier personnel et je ne peux rien réserver ni modifier pour vous. Le guichet peut vous répondre.
phrase-out-of-scope = Je réponds aux questions sur la ville et ses services, avec les pages que la ville a publiées. Je ne peux pas faire autre chose.
phrase-unlawful = Je ne peux pas vous aider à contourner la loi ou le règlement.
phrase-opinion = Je n’ai pas d’avis à donner. Je peux vous dire ce que la ville a publié.
phrase-contact-lead = Vous pouvez vous adresser à ce guichet :
phrase-no-events = Je ne vois rien d’annoncé à ces dates dans l’agenda publié par la ville.
phrase-events-lead = Voici ce qui est annoncé dans l’agenda de la ville :
phrase-extracts-in-french = Les extraits ci-dessous sont en français, la langue des pages validées par la ville.
phrase-in-plain-words = En plus simple. Ces phrases sont écrites par un programme à partir des extraits ci-dessus ; seuls les extraits font foi.
phrase-easy-to-read = Très simple. Ces phrases sont écrites par un programme avec les extraits plus haut. En cas de doute, lisez les extraits : ce sont eux qui comptent.
phrase-machine-translation = Traduction automatique des extraits ci-dessus. Seuls les extraits en français font foi.
phrase-translation-incomplete = Cette traduction est incomplète : lisez aussi les extraits en français.

## Opening state
opening-open = { $place } : ouvert en ce moment, jusqu’à { $until }.
opening-open-always = { $place } : ouvert en permanence.
opening-open-then = { $place } : ouvert { $asked }, jusqu’à { $until }.
opening-open-then-always = { $place } : ouvert { $asked }.
opening-closed = { $place } : fermé en ce moment{ $because }. Prochaine ouverture : { $opens }.
opening-closed-no-next = { $place } : fermé en ce moment{ $because }. Aucune prochaine ouverture n’est annoncée.
opening-closed-then = { $place } : fermé { $asked }{ $because }. Prochaine ouverture : { $opens }.
opening-closed-then-no-next = { $place } : fermé { $asked }{ $because }.
opening-uncertain = { $place } : la page de la ville ne permet pas de dire si c’est ouvert { $asked }{ $because }.
because-holiday = {" "}(jour férié : { $holiday })
because-closure = {" "}(fermeture exceptionnelle jusqu’au { $until })
because-closure-reason = {" "}(fermeture exceptionnelle jusqu’au { $until } : { $reason })
because-comment = {" "}({ $comment })
because-school = {" "}(les horaires dépendent des vacances scolaires, dont les dates ne sont pas connues)
at-day-and-time = { $day } à { $time }
now-in-words = en ce moment

## Hours
hours-open = { $place } : { $day }, ouvert { $ranges }{ $note }.
hours-open-all-day = { $place } : { $day }, ouvert toute la journée{ $note }.
hours-closed = { $place } : { $day }, fermé{ $note }.
hours-uncertain = { $place } : { $day }, la page de la ville ne donne pas d’horaires certains{ $note }.
week = { $place }, horaires de la semaine : { $days }.
week-with-exceptions = { $place }, horaires de la semaine : { $days }. Exception : { $exceptions }.
week-open = { $days } { $ranges }{ $note }
week-closed = { $days } fermé{ $note }
week-range = du { $first } au { $last }
week-single = le { $first }
week-every-day = tous les jours

## Contact
contact-phone = { $place }, téléphone : { $value }.
contact-address = { $place }, adresse : { $value }.
contact-email = { $place }, adresse électronique : { $value }.
contact-website = { $place }, site : { $value }.

## Events
event = { $title } : { $when }{ $where }{ $price }.
event-on = { $day }
event-at = { $day }, à { $time }
event-from-to = { $day }, { $ranges }
event-over-days = du { $first } au { $last }
event-where = {", "}{ $location }
event-price = {" "}({ $price })

## Competence
competent-municipal = { $subject } : c’est { $body }, à la mairie, qui s’en occupe.
competent-other = { $subject } : c’est { $body } qui s’en occupe, pas la mairie.
body-departement = Cela dépend du Département, pas de la mairie.
body-region = Cela dépend de la Région, pas de la mairie.
body-vehicle-and-licence-titles = Les cartes grises et les permis de conduire se demandent en ligne à France Titres (ANTS), un service de l’État, pas à la mairie.
body-prefecture = Cela dépend de la préfecture, un service de l’État, pas de la mairie.
body-taxes = Les impôts dépendent du service des finances publiques, un service de l’État, pas de la mairie.
body-justice = Cela dépend de la justice : adressez-vous au tribunal, pas à la mairie.
body-police = Les plaintes et les enquêtes dépendent de la police nationale ou de la gendarmerie, pas de la mairie.
body-family-allowances = Cela dépend de la Caisse d’allocations familiales (CAF), pas de la mairie.
body-employment = Cela dépend de France Travail (anciennement Pôle emploi), pas de la mairie.
body-health-insurance = Cela dépend de l’Assurance maladie (CPAM), pas de la mairie.
body-pensions = Cela dépend de votre caisse de retraite (Carsat pour le régime général), pas de la mairie.
body-farm-insurance = Cela dépend de la Mutualité sociale agricole (MSA), pas de la mairie.
body-social-contributions = Cela dépend de l’Urssaf, pas de la mairie.
body-bank-of-france = Cela dépend de la Banque de France, pas de la mairie.
body-post = Cela dépend de La Poste, pas de la mairie.
body-energy = L’électricité et le gaz ne dépendent pas de la mairie : pour un contrat, c’est votre fournisseur d’énergie ; pour une panne, un compteur ou un raccordement, c’est le gestionnaire du réseau.
body-telecom = Internet et le téléphone dépendent de votre opérateur, pas de la mairie.
body-rail = Cela dépend de la SNCF, pas de la mairie.
body-higher-education = Cela dépend de l’université, ou du Crous pour les bourses et les logements d’étudiants, pas de la mairie.
body-national-education = Les enseignants et les examens dépendent de l’Éducation nationale (directrice ou directeur de l’école, puis rectorat), pas de la mairie.
body-national-service = Cela dépend du centre du service national, qui dépend des armées, pas de la mairie.
body-business-register = La création et la vie d’une entreprise se déclarent en ligne au Guichet unique des formalités des entreprises, pas à la mairie.
body-labour = Un litige de travail relève de l’inspection du travail ou du conseil de prud’hommes, pas de la mairie.
body-hunting-and-fishing = Le permis de chasse dépend de la fédération des chasseurs, et la carte de pêche des associations de pêche agréées, pas de la mairie.
body-notary = Cela relève d’un notaire, pas de la mairie.
body-consulate = Les visas dépendent du consulat ou de l’ambassade de France dans le pays, pas de la mairie.
body-motorway = Cela dépend de la société qui exploite l’autoroute, pas de la mairie.
body-youth-employment = L’emploi et la formation des 16-25 ans sortis de l’école dépendent de la mission locale, pas de la mairie.
body-home-renovation = Les aides à la rénovation de l’énergie d’un logement dépendent du service public France Rénov’, avec l’intercommunalité, pas de la mairie.

## Holidays
holiday-new-year = jour de l’An
holiday-good-friday = Vendredi saint
holiday-easter-monday = lundi de Pâques
holiday-labour-day = fête du Travail
holiday-victory1945 = victoire de 1945
holiday-ascension = Ascension
holiday-whit-monday = lundi de Pentecôte
holiday-bastille-day = fête nationale
holiday-assumption = Assomption
holiday-all-saints = Toussaint
holiday-armistice = armistice de 1918
holiday-christmas = Noël
holiday-st-stephen = Saint-Étienne
holiday-abolition-of-slavery = abolition de l’esclavage

## Suggestions
suggestion-hours = { $place } : quels sont les horaires ?
suggestion-weekend = Que faire ce week-end ?
