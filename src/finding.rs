//! What is found, and how it is said.

use std::borrow::Cow;

use serde::Serialize;

/// A range of the draft in UTF-16 code units, as browsers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// First unit.
    pub start: u32,
    /// Unit after the last.
    pub end: u32,
}

impl Span {
    /// True when the two share a unit.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when the other lies within.
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The name as it is written in data, policy and output.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The one with this name.
            pub fn from_name(name: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

names! {
    /// The families that policy acts on.
    Category {
        /// A HIPAA Safe Harbor identifier.
        Identifier = "identifier",
        /// A description that fits few people.
        Reidentification = "reidentification",
        /// A reply that confirms somebody is a patient.
        Relationship = "relationship",
        /// A false or unsupported health claim.
        Misinformation = "misinformation",
        /// The writer's own secret.
        Credential = "credential",
        /// A picture of a patient.
        Media = "media",
    }
}

names! {
    /// What was found. The letters are those of 45 CFR 164.514(b)(2)(i).
    Kind {
        /// (A) Names.
        Name = "NAME",
        /// (B) Geography smaller than a state.
        Location = "LOCATION",
        /// (C) Dates finer than a year.
        Date = "DATE",
        /// (C) Ages of 90 and over.
        AgeOver89 = "AGE_OVER_89",
        /// (D) Telephone numbers.
        Phone = "PHONE",
        /// (E) Fax numbers.
        Fax = "FAX",
        /// (F) E-mail addresses.
        Email = "EMAIL",
        /// (G) Social security numbers.
        Ssn = "SSN",
        /// (H) Medical record numbers.
        Mrn = "MRN",
        /// (I) Health plan beneficiary numbers.
        HealthPlanId = "HEALTH_PLAN_ID",
        /// (J) Account numbers.
        AccountNumber = "ACCOUNT_NUMBER",
        /// (K) Certificate and licence numbers.
        LicenseNumber = "LICENSE_NUMBER",
        /// (L) Vehicle identifiers and plates.
        VehicleId = "VEHICLE_ID",
        /// (M) Device identifiers and serial numbers.
        DeviceId = "DEVICE_ID",
        /// (N) Web addresses.
        Url = "URL",
        /// (O) IP addresses.
        IpAddress = "IP_ADDRESS",
        /// (P) Biometric identifiers.
        Biometric = "BIOMETRIC",
        /// (Q) Full-face photographs and comparable images.
        Photo = "PHOTO",
        /// (R) Any other unique number, characteristic or code.
        OtherId = "OTHER_ID",
        /// A combination that fits few people.
        Quasi = "QUASI",
        /// A reply that confirms care.
        CareRelationship = "CARE_RELATIONSHIP",
        /// The writer's own secret.
        Credential = "CREDENTIAL",
        /// A false or unsupported claim.
        Claim = "CLAIM",
    }
}

impl Kind {
    /// The category that policy knows it under.
    pub const fn category(self) -> Category {
        match self {
            Kind::Quasi => Category::Reidentification,
            Kind::CareRelationship => Category::Relationship,
            Kind::Credential => Category::Credential,
            Kind::Claim => Category::Misinformation,
            Kind::Photo => Category::Media,
            _ => Category::Identifier,
        }
    }
}

impl Kind {
    /// Kinds that are found by their own cue and exist for one person only:
    /// where one stands, a patient is spoken of.
    pub const fn shows_patient(self) -> bool {
        matches!(
            self,
            Kind::Ssn | Kind::Mrn | Kind::HealthPlanId | Kind::AccountNumber | Kind::DeviceId | Kind::CareRelationship
        )
    }
}

names! {
    /// How much harm a finding may do. A detector decides it.
    Level {
        /// A candidate: nothing ties it to a patient but what surrounds it
        /// ([`crate::tie`]). Never leaves the core.
        Hint = "hint",
        /// Worth a look.
        Notice = "notice",
        /// Stop before posting.
        Warn = "warn",
    }
}

names! {
    /// What policy makes of a finding, from weakest to strongest.
    Action {
        /// Not looked for.
        Off = "off",
        /// Underlined.
        Notice = "notice",
        /// Stopped; the writer decides.
        Warn = "warn",
        /// Stopped; the writer gives a reason.
        Justify = "justify",
        /// Stopped.
        Block = "block",
    }
}

names! {
    /// What happens to the draft: its strongest action.
    Decision {
        /// Nothing found, or nothing that policy looks for.
        Allow = "allow",
        /// Underlined only.
        Notice = "notice",
        /// Stopped; the writer decides.
        Warn = "warn",
        /// Stopped; the writer gives a reason.
        Justify = "justify",
        /// Stopped.
        Block = "block",
    }
}

impl From<Action> for Decision {
    fn from(action: Action) -> Decision {
        match action {
            Action::Off => Decision::Allow,
            Action::Notice => Decision::Notice,
            Action::Warn => Decision::Warn,
            Action::Justify => Decision::Justify,
            Action::Block => Decision::Block,
        }
    }
}

names! {
    /// What the writer does with a claim.
    Stance {
        /// States it as true.
        Asserts = "asserts",
        /// Refutes, negates or mocks it.
        Debunks = "debunks",
        /// Asks about it.
        Questions = "questions",
        /// Says that others say it.
        Reports = "reports",
        /// Says something true that shares its words.
        TrueClaim = "true_claim",
    }
}

names! {
    /// Where the draft stands.
    Setting {
        /// A post of its own.
        Post = "post",
        /// An answer to a post.
        Reply = "reply",
        /// A provider's answer to a review of itself.
        ReviewReply = "review_reply",
        /// A comment.
        Comment = "comment",
        /// A direct message.
        Message = "message",
    }
}

/// A source that the writer can check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Who says what.
    pub title: Cow<'static, str>,
    /// Where, if the address is known to exist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Cow<'static, str>>,
}

/// How many people fit a description.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupSize {
    /// Lower end of the likely interval. Written without its fraction.
    #[serde(serialize_with = "crate::json::people")]
    pub low: f64,
    /// Upper end.
    #[serde(serialize_with = "crate::json::people")]
    pub high: f64,
    /// In words: "1-3", "fewer than 11", "hundreds".
    pub text: String,
}

/// One fact of a description, for [`Kind::Quasi`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// What it tells: `place`, `age`, `occupation`.
    pub kind: &'static str,
    /// Its words.
    pub quote: String,
    /// Where they start, in UTF-16 code units.
    pub start: u32,
    /// The unit after them.
    pub end: u32,
    /// How many people fit this fact and those before it, in words.
    pub size: String,
    /// What to say instead, for the one or two facts that are best left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coarser: Option<Coarser>,
}

/// A fact told in a way that fits more people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coarser {
    /// The words instead of the fact's.
    pub text: String,
    /// How many people fit the whole description then, in words.
    pub size: String,
}

/// Something in the draft that should be looked at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The rule that found it: `date.relative`. Its messages have the keys
    /// `finding_date_relative_message` and `finding_date_relative_advice`.
    pub rule: &'static str,
    /// How much harm it may do.
    pub level: Level,
    /// Where it stands.
    pub span: Span,
    /// Parameters of its messages; `quote` is always there.
    pub params: Vec<(&'static str, String)>,
    /// What may stand instead. Empty: the words go. None: no safe replacement.
    pub replacement: Option<String>,
    /// The claim, for [`Kind::Claim`].
    pub claim: Option<Cow<'static, str>>,
    /// What the writer does with the claim.
    pub stance: Option<Stance>,
    /// Words that decided the stance or the context.
    pub evidence: Option<String>,
    /// How many people fit, for [`Kind::Quasi`].
    pub group_size: Option<GroupSize>,
    /// The facts that narrow the group, in the order in which they were counted.
    pub facts: Option<Vec<Fact>>,
    /// Sources.
    pub references: Vec<Reference>,
    /// Message and advice that replace the rule's own (claims bring theirs).
    pub own_words: Option<(String, String)>,
}

impl Finding {
    /// A finding with the rule's own messages and nothing else.
    pub fn new(kind: Kind, rule: &'static str, level: Level, span: Span) -> Finding {
        Finding {
            kind,
            rule,
            level,
            span,
            params: Vec::new(),
            replacement: None,
            claim: None,
            stance: None,
            evidence: None,
            group_size: None,
            facts: None,
            references: Vec::new(),
            own_words: None,
        }
    }

    /// The same with a replacement.
    pub fn replaced_by(mut self, text: impl Into<String>) -> Finding {
        self.replacement = Some(text.into());
        self
    }

    /// The same with a parameter for its messages.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        self.params.push((name, value.into()));
        self
    }
}
