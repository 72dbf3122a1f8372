//! Every key of a policy: its type, its bounds, and what it does. The managed
//! schema, the templates for administrators and the table in
//! `docs/deployment.md` come from here, and so cannot differ.

use std::borrow::Cow;

use crate::finding::{Action, Category, Kind};
use crate::misinformation::pack;

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// off, notice, warn, justify or block.
    Action,
    /// true or false.
    Flag,
    /// A text of so many characters at most.
    Text(usize),
    /// An https address.
    Link,
    /// An https address, or http on this machine itself.
    Endpoint,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number within a range.
    Number(u64, u64),
    /// So many texts at most, each of up to so many characters.
    Terms(usize, usize),
    /// So many regular expressions at most.
    Patterns(usize),
    /// So many hosts or match patterns at most.
    Hosts(usize),
    /// Spans of time in a week: `Mon-Fri 07:00-19:00`.
    Hours(usize),
    /// So many site profiles at most.
    Profiles(usize),
    /// Health claims (`misinformation::pack`).
    Claims,
}

impl Type {
    /// Whether the value is a list.
    pub const fn is_list(self) -> bool {
        matches!(
            self,
            Type::Terms(..) | Type::Patterns(_) | Type::Hosts(_) | Type::Hours(_) | Type::Profiles(_) | Type::Claims
        )
    }

    /// The words that a value is chosen from, if it is.
    pub fn words(self) -> Option<Vec<&'static str>> {
        match self {
            Type::Action => Some(Action::ALL.iter().map(|action| action.name()).collect()),
            Type::Choice(words) => Some(words.to_vec()),
            _ => None,
        }
    }

    /// What to write, for the administrator.
    pub fn in_words(self) -> String {
        match self {
            Type::Action => "off, notice, warn, justify or block".into(),
            Type::Flag => "yes/no".into(),
            Type::Text(most) => format!("text, up to {most} characters"),
            Type::Link => "https address".into(),
            Type::Endpoint => "https address".into(),
            Type::Choice(words) => words.join(", "),
            Type::Number(least, most) => format!("{least} to {most}"),
            Type::Terms(most, _) => format!("list of up to {most} texts"),
            Type::Patterns(most) => format!("list of up to {most} regular expressions"),
            Type::Hosts(most) => format!("list of up to {most} hosts"),
            Type::Hours(most) => format!("list of up to {most} spans: Mon-Fri 07:00-19:00"),
            Type::Profiles(most) => format!("list of up to {most} site profiles"),
            Type::Claims => format!("list of up to {} claims", pack::MOST_CLAIMS),
        }
    }
}

/// What a key is about: chapters of the table and of the templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who the organization is.
    Organization,
    /// What happens on findings.
    Actions,
    /// What users may do.
    Users,
    /// The organization's own words and numbers.
    Words,
    /// Which health claims are checked.
    Claims,
    /// How descriptions are weighed.
    Groups,
    /// What the review dialog asks and says.
    Review,
    /// Where Primum works.
    Sites,
    /// What is recorded.
    Records,
}

impl Part {
    /// All of them, in the order of the table.
    pub const ALL: [Part; 9] = [
        Part::Organization,
        Part::Actions,
        Part::Users,
        Part::Words,
        Part::Claims,
        Part::Groups,
        Part::Review,
        Part::Sites,
        Part::Records,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Part::Organization => "Organization",
            Part::Actions => "What happens on a finding",
            Part::Users => "What users may do",
            Part::Words => "Your own words and numbers",
            Part::Claims => "Health claims",
            Part::Groups => "Descriptions that fit few people",
            Part::Review => "The review dialog",
            Part::Sites => "Sites",
            Part::Records => "Records and reporting",
        }
    }
}

/// One key.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its title, a few words.
    pub title: Cow<'static, str>,
    /// What its value may be.
    pub kind: Type,
    /// What it does, and what holds without it.
    pub about: Cow<'static, str>,
    /// The chapter it belongs to.
    pub part: Part,
}

const fn key(part: Part, name: &'static str, kind: Type, title: &'static str, about: &'static str) -> Key {
    Key { name: Cow::Borrowed(name), title: Cow::Borrowed(title), kind, about: Cow::Borrowed(about), part }
}

/// Terms are no longer than this (characters).
const TERM: usize = 200;

/// Codes of the states and of the District of Columbia, as USPS has them.
const STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
    "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR",
    "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
];

use Part::{Claims, Groups, Organization, Records, Review, Sites, Users, Words};

/// Keys besides `action_<category>` and `action_<KIND>`.
#[rustfmt::skip]
const OTHERS: &[Key] = &[
    key(Organization, "organizationName", Type::Text(100), "Name of the organization",
        "Shown to the user wherever the policy decides."),
    key(Organization, "organizationContact", Type::Text(200), "Whom to ask",
        "An office, a telephone number or an address, shown in the review dialog and on the status page."),
    key(Organization, "socialMediaPolicyLink", Type::Link, "Your social media policy",
        "Linked in the review dialog, together with the name."),
    key(Organization, "locale", Type::Text(35), "Language of the findings",
        "A language tag such as en or es. Without the key: the browser's language."),

    key(Users, "userMayPause", Type::Flag, "May pause",
        "The user may pause Primum on a site for up to an hour, or switch it off there. Without the key: yes."),
    key(Users, "userMayIgnore", Type::Flag, "May set a finding aside",
        "The user may set a single finding aside (\"Ignore once\", \"Not about a patient\"). Without the key: yes."),
    key(Users, "userMayAllow", Type::Flag, "May keep an own list",
        "The user may keep a list of texts that are never marked. Without the key: yes."),
    key(Users, "userMayChangeOptions", Type::Flag, "May change options",
        "The user may change what the options page offers. Without the key: yes."),
    key(Users, "userMayClearRecords", Type::Flag, "May delete the records",
        "The user may delete the records on this device. Without the key: yes."),
    key(Users, "userMayExport", Type::Flag, "May save the records",
        "The user may save the records as a file. Without the key: yes."),

    key(Words, "allow", Type::Terms(500, TERM), "Never marked",
        "Your own telephone numbers, addresses and clinicians' names. Case, spaces and punctuation do not matter. Comes on top of the user's own list."),
    key(Words, "facilityTerms", Type::Terms(500, TERM), "Names of your facilities",
        "Names that people use for your hospitals and clinics. Held in a draft that speaks of a patient, underlined where one may be meant."),
    key(Words, "unitTerms", Type::Terms(500, TERM), "Names of your units",
        "Names of wards, pods and teams. Held in a draft that speaks of a patient, underlined where one may be meant."),
    key(Words, "watchTerms", Type::Terms(500, TERM), "Words that must not appear",
        "Code names of projects, patients or events. A post with one is held."),
    key(Words, "mrnPatterns", Type::Patterns(50), "Formats of your record numbers",
        "Regular expressions for your own medical record numbers, such as \\bEH-\\d{7}\\b. A match is held as MRN. At most 200 characters each; ASCII classes; matching takes linear time."),

    key(Claims, "claimTopicsOff", Type::Terms(50, 60), "Topics that are not checked",
        "Topics of health claims, as `primum claims` lists them, that your staff are trusted with."),
    key(Claims, "claimTopicsNotice", Type::Terms(50, 60), "Topics that are only underlined",
        "Topics whose claims are underlined and never hold a post."),
    key(Claims, "claimsAdd", Type::Claims, "Claims of your own",
        "Each with id, statement, correction, references (title, url), level (notice or warn), contested, and says: how people put it, such as 'spring water + cures | heals + asthma | wheez*'."),
    key(Claims, "claimsOff", Type::Terms(500, 60), "Claims that are not checked",
        "Single claims by their id, as `primum claims` lists them."),

    key(Groups, "region", Type::Choice(STATES), "State that you serve",
        "Two letters. A draft that names no place is read as one about somebody in this state. Without the key: the whole country."),
    key(Groups, "groupWarn", Type::Number(1, 100_000), "Held below this group size",
        "A description that fits fewer people than this is held. Without the key: 11, as the CMS cell-size rule has it."),
    key(Groups, "groupNotice", Type::Number(1, 100_000), "Underlined below this group size",
        "A description that fits fewer people than this is underlined. Without the key: none that is not held."),

    key(Review, "justificationLength", Type::Number(1, 300), "Shortest reason",
        "Where an action is justify, a reason needs so many characters. Without the key: 5."),
    key(Review, "justificationPrompt", Type::Text(300), "Question for a reason",
        "Asked instead of Primum's own question."),
    key(Review, "attestation", Type::Flag, "Offer the authorization",
        "The writer may state that a written authorization (45 CFR 164.508) exists. Without the key: yes."),
    key(Review, "attestationText", Type::Text(300), "Words of the statement",
        "The statement that the writer makes, instead of Primum's own words."),
    key(Review, "attestationRequired", Type::Flag, "Only with the statement",
        "A post that says something about a patient goes out as it is only with the statement. Without the key: no."),
    key(Review, "reminders", Type::Terms(30, 300), "Reminders",
        "Sentences of your own for the review dialog; one is shown a day, in turn."),
    key(Review, "shiftHours", Type::Hours(50), "Hours of duty",
        "In these hours, by the device's clock, shiftAction holds. Mon-Fri 07:00-19:00; Sat 22:00-06:00 runs into the next day."),
    key(Review, "shiftAction", Type::Choice(&["justify", "block"]), "Stricter on duty",
        "In the hours of duty a post that would be held needs at least this. Without the key: justify."),

    key(Sites, "hostsAdd", Type::Hosts(200), "More sites",
        "Hosts or match patterns where Primum works too, such as https://forum.example.org/*. Needs the enterprise package built for them."),
    key(Sites, "hostsRemove", Type::Hosts(200), "Fewer sites",
        "Hosts where Primum does nothing, such as tiktok.com, with everything below them."),
    key(Sites, "siteProfiles", Type::Profiles(50), "Site profiles",
        "Selectors that tell Primum where a site's composer, send control or review stands, over its own."),
    key(Sites, "networkGate", Type::Choice(&["off", "held", "checked"]), "Second gate",
        "Enterprise package only: cancels a request that carries a text which was held, or any text that would be held (checked). Without the key: held."),

    key(Records, "auditDays", Type::Number(0, 3650), "Days that records are kept",
        "Older records are deleted; 0 keeps none. Without the key: 365."),
    key(Records, "auditMost", Type::Number(100, 200_000), "Most records that are kept",
        "The oldest beyond this are deleted. Without the key: 100,000."),
    key(Records, "reportingEndpoint", Type::Endpoint, "Collector",
        "Address of your own OpenTelemetry collector for logs over HTTP, such as https://otel.example.org/v1/logs. Needs the enterprise package built for it. Without the key nothing is sent."),
    key(Records, "reportingToken", Type::Text(2000), "Token for the collector",
        "Sent as Authorization: Bearer. Whoever uses the device can read it: let it do no more than write."),
    key(Records, "reportingSeconds", Type::Number(30, 86_400), "Seconds between reports",
        "Records wait so long, to go together. Without the key: 300."),
];

/// Every key, chapter by chapter.
pub fn all() -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for part in Part::ALL {
        if part == Part::Actions {
            keys.extend(Category::ALL.iter().map(|category| of_category(*category)));
            keys.extend(Kind::ALL.iter().map(|kind| of_kind(*kind)));
        }
        keys.extend(OTHERS.iter().filter(|key| key.part == part).cloned());
    }
    keys
}

/// The key of this name.
pub fn find(name: &str) -> Option<Key> {
    if let Some(rest) = name.strip_prefix("action_") {
        let category = Category::from_name(rest).map(of_category);
        return category.or_else(|| Kind::from_name(rest).map(of_kind));
    }
    OTHERS.iter().find(|key| key.name == name).cloned()
}

fn of_category(category: Category) -> Key {
    let about = match category {
        Category::Identifier => "Patient identifiers: names, dates, numbers, places.",
        Category::Reidentification => "Descriptions that fit few people.",
        Category::Relationship => "Replies to reviews that confirm care.",
        Category::Misinformation => "Health claims known to be false, where they are stated as true.",
        Category::Credential => "The writer's own passwords and access codes.",
        Category::Media => "Pictures of patients.",
    };
    Key {
        name: format!("action_{category}").into(),
        title: format!("Action on {category}").into(),
        kind: Type::Action,
        about: about.into(),
        part: Part::Actions,
    }
}

fn of_kind(kind: Kind) -> Key {
    Key {
        name: format!("action_{kind}").into(),
        title: format!("Action on {kind}").into(),
        kind: Type::Action,
        about: format!("For findings of the kind {kind}; outweighs action_{}.", kind.category()).into(),
        part: Part::Actions,
    }
}

/// What to do about a name that is no key: the nearest one, if a slip of the
/// fingers is likely.
pub fn unknown(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("action_") {
        return format!("`{rest}` is neither a category nor a kind. `primum rules` lists the kinds.");
    }
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let wanted = plain(&name.replace("organis", "organiz"));
    match OTHERS.iter().find(|key| plain(&key.name) == wanted) {
        Some(key) => format!("No such key. Did you mean `{}`?", key.name),
        None => "No such key. `primum policy schema` lists them all.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_told_apart_and_told_about() {
        let keys = all();
        for (at, key) in keys.iter().enumerate() {
            assert!(keys[..at].iter().all(|other| other.name != key.name), "{} twice", key.name);
            assert!(find(&key.name).is_some_and(|found| found.kind == key.kind), "{}", key.name);
            assert!(!key.title.is_empty() && key.title.chars().count() <= 40, "{}", key.name);
            assert!(key.about.ends_with('.') && key.about.chars().count() <= 240, "{}", key.name);
        }
    }

    #[test]
    fn a_slip_of_the_fingers_is_named() {
        assert!(unknown("organisationName").contains("`organizationName`"));
        assert!(unknown("UserMayPause").contains("`userMayPause`"));
        assert!(unknown("action_FOO").contains("neither"));
        assert!(!unknown("nonsense").contains("mean"));
    }
}
