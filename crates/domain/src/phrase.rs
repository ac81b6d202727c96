//! The fixed phrases that Parvis may say of itself: a closed set, worded in the Fluent files.

use serde::{Deserialize, Serialize};

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident => $key:literal),+ $(,)?) => {
        /// A phrase of ours. It states nothing about the town: no hour, price, name or number but emergency ones.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Phrase {
            $($(#[$doc])* $name),+
        }

        impl Phrase {
            /// Every phrase.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its message id in the Fluent files.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }
        }
    };
}

phrases! {
    /// Answers a greeting.
    Greeting => "phrase-greeting",
    /// Answers thanks.
    Thanks => "phrase-thanks",
    /// Answers a goodbye.
    Goodbye => "phrase-goodbye",
    /// Answers an insult, calmly.
    Insult => "phrase-insult",
    /// Says what Parvis is and is not.
    About => "phrase-about",
    /// Fire, accident: 18 or 112.
    EmergencyFire => "phrase-emergency-fire",
    /// A life in danger: 15 or 112.
    EmergencyMedical => "phrase-emergency-medical",
    /// Aggression, burglary under way: 17.
    EmergencyPolice => "phrase-emergency-police",
    /// Violence at home: 3919, and 17 in danger.
    EmergencyViolence => "phrase-emergency-violence",
    /// A child in danger: 119.
    EmergencyChild => "phrase-emergency-child",
    /// Thoughts of suicide: 3114.
    EmergencySuicide => "phrase-emergency-suicide",
    /// Nowhere to sleep: 115.
    EmergencyShelter => "phrase-emergency-shelter",
    /// For people who cannot hear or speak: 114.
    EmergencyDeaf => "phrase-emergency-deaf",
    /// The validated content does not answer.
    Unknown => "phrase-unknown",
    /// The validated content says only part of what was asked.
    Partial => "phrase-partial",
    /// The same, where there is little room.
    PartialBriefly => "phrase-partial-briefly",
    /// A list that is too long to be said whole goes on in the page.
    ListGoesOn => "phrase-list-goes-on",
    /// What was known is out of date.
    Outdated => "phrase-outdated",
    /// Another body is competent.
    Elsewhere => "phrase-elsewhere",
    /// Asks which of several is meant.
    Clarify => "phrase-clarify",
    /// Asks for a fuller question.
    ClarifyQuestion => "phrase-clarify-question",
    /// Personal files are not visible here.
    PersonalFile => "phrase-personal-file",
    /// An instruction, not a question about the town.
    OutOfScope => "phrase-out-of-scope",
    /// Advice that helps to break the law is not given.
    Unlawful => "phrase-unlawful",
    /// Opinions are not given.
    Opinion => "phrase-opinion",
    /// Introduces the counter to turn to.
    ContactLead => "phrase-contact-lead",
    /// Nothing is in the calendar for that time.
    NoEvents => "phrase-no-events",
    /// Introduces the events of a period.
    EventsLead => "phrase-events-lead",
    /// Introduces extracts, in French, to those who asked in another language.
    ExtractsInFrench => "phrase-extracts-in-french",
    /// What follows are a model's words on the extracts above.
    InPlainWords => "phrase-in-plain-words",
    /// The same, in very simple words.
    EasyToRead => "phrase-easy-to-read",
    /// What follows is a model's translation of the extracts above.
    MachineTranslation => "phrase-machine-translation",
    /// Some extracts above are not translated.
    TranslationIncomplete => "phrase-translation-incomplete",
    /// The département is competent, not the town hall.
    BodyDepartement => "body-departement",
    /// The région is competent, not the town hall.
    BodyRegion => "body-region",
    /// France Titres is competent, not the town hall.
    BodyVehicleAndLicenceTitles => "body-vehicle-and-licence-titles",
    /// The préfecture is competent, not the town hall.
    BodyPrefecture => "body-prefecture",
    /// The public finances are competent, not the town hall.
    BodyTaxes => "body-taxes",
    /// The courts are competent, not the town hall.
    BodyJustice => "body-justice",
    /// The police or gendarmerie are competent, not the town hall.
    BodyPolice => "body-police",
    /// The family allowance fund is competent, not the town hall.
    BodyFamilyAllowances => "body-family-allowances",
    /// France Travail is competent, not the town hall.
    BodyEmployment => "body-employment",
    /// The health insurance is competent, not the town hall.
    BodyHealthInsurance => "body-health-insurance",
    /// The pension funds are competent, not the town hall.
    BodyPensions => "body-pensions",
    /// The farmers’ social fund is competent, not the town hall.
    BodyFarmInsurance => "body-farm-insurance",
    /// Urssaf is competent, not the town hall.
    BodySocialContributions => "body-social-contributions",
    /// The Banque de France is competent, not the town hall.
    BodyBankOfFrance => "body-bank-of-france",
    /// La Poste is competent, not the town hall.
    BodyPost => "body-post",
    /// Energy suppliers and networks are competent, not the town hall.
    BodyEnergy => "body-energy",
    /// Telephone and internet operators are competent, not the town hall.
    BodyTelecom => "body-telecom",
    /// SNCF is competent, not the town hall.
    BodyRail => "body-rail",
    /// Universities and Crous are competent, not the town hall.
    BodyHigherEducation => "body-higher-education",
    /// The national education is competent, not the town hall.
    BodyNationalEducation => "body-national-education",
    /// The national service is competent, not the town hall.
    BodyNationalService => "body-national-service",
    /// The register of businesses is competent, not the town hall.
    BodyBusinessRegister => "body-business-register",
    /// The labour inspection or court is competent, not the town hall.
    BodyLabour => "body-labour",
    /// Hunters’ and anglers’ federations are competent, not the town hall.
    BodyHuntingAndFishing => "body-hunting-and-fishing",
    /// A notary is competent, not the town hall.
    BodyNotary => "body-notary",
    /// A consulate is competent, not the town hall.
    BodyConsulate => "body-consulate",
    /// The company of the motorway is competent, not the town hall.
    BodyMotorway => "body-motorway",
    /// The local mission is competent, not the town hall.
    BodyYouthEmployment => "body-youth-employment",
    /// The public service of home renovation is competent, not the town hall.
    BodyHomeRenovation => "body-home-renovation",
}
