//! What each element of a fiche is to its reader.

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// The root.
    Publication,
    /// Marks inside a line.
    Inline,
    /// Ends a block, whatever it is called: an unknown element loses no text.
    Block,
    /// A paragraph.
    Paragraph,
    /// The introduction of a fiche or of a service.
    Introduction,
    /// The text of a fiche, of a body to turn to, of a service.
    Text,
    /// The title of its parent.
    Title,
    /// Headed by its title.
    Heading,
    /// A situation, named by its title.
    Case,
    /// Cases, one of which applies.
    Cases,
    /// A list.
    List,
    /// A table.
    Table,
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// A remark; its label where it has no title.
    Note(&'static str),
    /// A body to turn to.
    Address,
    /// An online service or a form.
    Service,
    /// An address on the web of its parent.
    WebResource,
    /// A term, its text in it.
    Definition,
    /// A theme or a folder: its title is a keyword.
    Topic,
    /// A part of a folder.
    Folder,
    /// How a folder calls a fiche.
    OwnName,
    /// A line of its parent: the text of a definition, the complement of a body's name.
    OneLine,
    /// About the fiche.
    Meta(Meta),
    /// Left out with all that it holds.
    LeftOut,
}

/// What the fiche says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meta {
    Title,
    Description,
    Type,
    Language,
    Publisher,
    Date,
    Audience,
    Keyword,
}

impl Element {
    /// What the element of that name is inside `parent`.
    pub(super) fn of(name: &str, parent: Option<&Self>) -> Self {
        match (name, parent) {
            ("Titre", Some(Self::Folder)) => Self::LeftOut,
            ("Texte" | "Complement", Some(Self::Definition)) | ("Complement", Some(Self::Address)) => {
                Self::OneLine
            }
            ("Fiche", Some(Self::Topic | Self::Folder)) => Self::OwnName,
            ("Audience", Some(Self::Publication)) => Self::Meta(Meta::Audience),
            (
                "LienInterne" | "LienExterne" | "LienIntra" | "Valeur" | "MiseEnEvidence" | "Exposant"
                | "Indice" | "Expression" | "Variable" | "Citation" | "TermeEtranger",
                _,
            ) => Self::Inline,
            ("Paragraphe", _) => Self::Paragraph,
            ("Introduction", _) => Self::Introduction,
            ("Texte", _) => Self::Text,
            ("Titre", _) => Self::Title,
            ("Chapitre" | "SousChapitre", _) => Self::Heading,
            ("Situation" | "Cas" | "Branche" | "Problematique", _) => Self::Case,
            ("ListeSituations" | "BlocCas" | "Problematiques", _) => Self::Cases,
            ("Liste", _) => Self::List,
            ("Tableau", _) => Self::Table,
            ("Rangée", _) => Self::Row,
            ("Cellule", _) => Self::Cell,
            ("ANoter", _) => Self::Note("À noter"),
            ("ASavoir", _) => Self::Note("À savoir"),
            ("Attention", _) => Self::Note("Attention"),
            ("Rappel", _) => Self::Note("Rappel"),
            ("Avertissement", _) => Self::Note("Avertissement"),
            ("OuSAdresser" | "OuSAdresserSupport", _) => Self::Address,
            ("ServiceEnLigne" | "ServiceEnLigneAlternatif", _) => Self::Service,
            ("RessourceWeb", _) => Self::WebResource,
            ("Definition" | "Abreviation", _) => Self::Definition,
            ("Theme" | "DossierPere", Some(Self::Publication)) => Self::Topic,
            ("SousDossier", _) => Self::Folder,
            ("dc:title", _) => Self::Meta(Meta::Title),
            ("dc:description", _) => Self::Meta(Meta::Description),
            ("dc:type", _) => Self::Meta(Meta::Type),
            ("dc:language", _) => Self::Meta(Meta::Language),
            ("dc:publisher", _) => Self::Meta(Meta::Publisher),
            ("dc:date", _) => Self::Meta(Meta::Date),
            ("Niveau" | "SousThemePere" | "SousDossierPere" | "Cible" | "dc:subject", _) => {
                Self::Meta(Meta::Keyword)
            }
            _ if name.starts_with("dc:") => Self::LeftOut,
            (
                "Reference"
                | "PourEnSavoirPlus"
                | "VoirAussi"
                | "QuestionReponse"
                | "CommentFaireSi"
                | "RechercheGuidee"
                | "Actualite"
                | "Partenaire"
                | "Condition"
                | "SiSelectionne"
                | "NoticeLiee"
                | "ServiceEnLigneAnnexe"
                | "Source"
                | "PivotLocal"
                | "Image"
                | "Illustration"
                | "TitreAlternatif"
                | "Questionnaire"
                | "SousTheme"
                | "Dossier"
                | "Colonne"
                | "Canal"
                | "SurTitre"
                | "Resume"
                | "Credits"
                | "Legende"
                | "TexteDeRemplacement"
                | "Fiche"
                | "Theme"
                | "DossierPere"
                | "FicheLiee"
                | "LienWeb",
                _,
            ) => Self::LeftOut,
            ("Publication", None) => Self::Publication,
            _ => Self::Block,
        }
    }
}
