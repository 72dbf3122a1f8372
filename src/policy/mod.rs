//! What the hospital decides: which findings matter how much, what users may do,
//! the hospital's own words.
//!
//! A policy is a flat JSON object. Every value is taken or left out by itself,
//! and what is left out is named with the reason: a slip in one key never turns
//! the others off. The core acts on the keys about drafts; the extension reads
//! the rest from [`Policy::in_force`], in one form, whatever form they came in.
//!
//! ```
//! use primum::Policy;
//! use serde_json::json;
//!
//! let (policy, dropped) = Policy::read(&json!({ "action_SSN": "block", "userMayPause": 0, "groupWarn": "many" }));
//! assert_eq!(policy.in_force()["userMayPause"], json!(false));
//! assert_eq!(dropped[0].key, "groupWarn");
//! ```

pub mod hours;
pub mod keys;
pub mod schema;
pub mod terms;
pub mod values;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::finding::{Action, Category, Finding, Kind, Level};
use crate::misinformation::claims;
use crate::misinformation::pack::Pack;
use hours::{Moment, Span};
use terms::{Class, Pattern, Terms};

/// A policy in force. The default is what a clinician gets without a hospital:
/// every level does what it says.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What was taken, key by key, each in its one form.
    values: Map<String, Value>,
    /// Actions by category, then by kind; the kind wins.
    by_category: Vec<(Category, Action)>,
    by_kind: Vec<(Kind, Action)>,
    /// Texts that never alert, letters and digits only.
    allow: Vec<String>,
    /// The organization's own words.
    terms: Terms,
    /// Formats of its record numbers.
    record_patterns: Vec<Pattern>,
    /// Language of the messages, as a tag: `en`, `es-MX`.
    pub locale: Option<String>,
    /// Groups smaller than these warn, and are underlined.
    pub groups: Groups,
    /// State of a draft that names no place, as two letters.
    pub region: Option<String>,
    claims: Claims,
    /// Health claims that the organization adds to ours.
    pub claims_added: Pack,
    shift: Vec<Span>,
    /// What holds at this moment: set by [`Policy::at`].
    on_duty: bool,
}

/// From which size on a description is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups {
    /// Fewer people than this: warn.
    pub warn: u64,
    /// Fewer people than this: notice.
    pub notice: u64,
}

impl Default for Groups {
    /// The CMS cell-size suppression rule hides groups of 1 to 10. What is
    /// larger is underlined only where a hospital asks for it: most case reports
    /// describe a few dozen people.
    fn default() -> Groups {
        Groups { warn: 11, notice: 11 }
    }
}

/// Which health claims count.
#[derive(Debug, Clone, Default)]
struct Claims {
    off: Vec<String>,
    topics_off: Vec<String>,
    topics_notice: Vec<String>,
}

/// A value that was not taken over, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// The key; with the place in its list where only that was left out:
    /// `watchTerms[3]`.
    pub key: String,
    /// A sentence for the administrator.
    pub reason: String,
}

impl Policy {
    /// Watches one more word, beyond those that were read and their limit.
    pub fn watch(&mut self, term: &str) {
        self.terms.add(term, terms::Class::Watched);
    }

    /// Reads a flat JSON object. What is wrong is dropped singly and named;
    /// the rest holds.
    pub fn read(value: &Value) -> (Policy, Vec<Dropped>) {
        let mut policy = Policy::default();
        let mut dropped = Vec::new();
        let mut drop = |key: &str, reason: String| dropped.push(Dropped { key: key.to_owned(), reason });
        let empty = Map::new();
        let given = value.as_object().unwrap_or_else(|| {
            if !value.is_null() {
                drop("", "A policy is a JSON object of keys and values.".to_owned());
            }
            &empty
        });
        for (name, value) in given {
            let Some(key) = keys::find(name) else {
                drop(name, keys::unknown(name));
                continue;
            };
            let taken = values::take(&key, value);
            for (at, reason) in taken.faults {
                drop(&at.map_or_else(|| name.clone(), |at| format!("{name}[{at}]")), reason);
            }
            if let Some(value) = taken.value {
                policy.set(name, &value);
                policy.values.insert(name.clone(), value);
            }
        }
        for (key, reason) in policy.contradictions() {
            drop(key, reason);
        }
        (policy, dropped)
    }

    /// Takes a value that has its one form.
    fn set(&mut self, key: &str, value: &Value) {
        if let Some(name) = key.strip_prefix("action_") {
            let Ok(action) = values::action(value) else { return };
            self.by_category.extend(Category::from_name(name).map(|category| (category, action)));
            self.by_kind.extend(Kind::from_name(name).map(|kind| (kind, action)));
            return;
        }
        let number = || value.as_u64().unwrap_or_default();
        let items = || value.as_array().into_iter().flatten().filter_map(Value::as_str);
        let owned = || items().map(str::to_owned).collect::<Vec<_>>();
        match key {
            "allow" => self.allow = items().map(letters).filter(|text| !text.is_empty()).collect(),
            "watchTerms" => items().for_each(|term| self.terms.add(term, Class::Watched)),
            "facilityTerms" => items().for_each(|term| self.terms.add(term, Class::Facility)),
            "unitTerms" => items().for_each(|term| self.terms.add(term, Class::Unit)),
            "mrnPatterns" => self.record_patterns = items().filter_map(|text| Pattern::new(text).ok()).collect(),
            "claimsAdd" => self.claims_added = Pack::read(value).0,
            "claimsOff" => self.claims.off = owned(),
            "claimTopicsOff" => self.claims.topics_off = owned(),
            "claimTopicsNotice" => self.claims.topics_notice = owned(),
            "locale" => self.locale = value.as_str().map(str::to_owned),
            "region" => self.region = value.as_str().map(str::to_owned),
            "groupWarn" => self.groups.warn = number(),
            "groupNotice" => self.groups.notice = number(),
            "shiftHours" => self.shift = items().filter_map(|text| Span::read(text).ok()).collect(),
            // The rest is for the extension: it is checked here, and used there.
            _ => {}
        }
    }

    /// Values that are good by themselves and do nothing together.
    fn contradictions(&self) -> Vec<(&'static str, String)> {
        let mut found = Vec::new();
        let has = |key: &str| self.values.contains_key(key);
        if self.groups.notice < self.groups.warn && has("groupNotice") {
            found.push(("groupNotice", "It is smaller than groupWarn, and so does nothing.".to_owned()));
        }
        if has("shiftAction") && !has("shiftHours") {
            found.push(("shiftAction", "It needs shiftHours.".to_owned()));
        }
        let known = |name: &str, is: fn(&claims::Claim) -> &str| claims::all().iter().any(|claim| is(claim) == name);
        for name in &self.claims.off {
            if !known(name, |claim| claim.id) {
                found.push(("claimsOff", format!("There is no claim `{name}`. `primum claims` lists them all.")));
            }
        }
        for (key, names) in
            [("claimTopicsOff", &self.claims.topics_off), ("claimTopicsNotice", &self.claims.topics_notice)]
        {
            for name in names {
                if !known(name, |claim| claim.topic) {
                    found.push((key, format!("There is no topic `{name}`. `primum claims` lists them all.")));
                }
            }
        }
        found
    }

    /// What was taken, each value in its one form.
    pub fn in_force(&self) -> &Map<String, Value> {
        &self.values
    }

    /// The policy as it holds at a moment of the week, by the device's clock.
    pub fn at(&mut self, moment: Option<Moment>) {
        self.on_duty = moment.is_some_and(|moment| self.shift.iter().any(|span| span.holds(moment)));
    }

    /// What is to be done about a finding of a kind.
    pub fn action(&self, kind: Kind, level: Level) -> Action {
        let set =
            self.by_kind.iter().rev().find(|(known, _)| *known == kind).map(|(_, action)| *action).or_else(|| {
                self.by_category.iter().rev().find(|(c, _)| *c == kind.category()).map(|(_, action)| *action)
            });
        let action = match (set, level) {
            (_, Level::Hint) => Action::Off,
            (None, Level::Notice) => Action::Notice,
            (None, Level::Warn) => Action::Warn,
            // A policy may silence or soften a notice, but does not raise it.
            (Some(action), Level::Notice) => action.min(Action::Notice),
            (Some(action), Level::Warn) => action,
        };
        if self.on_duty && action >= Action::Warn { action.max(self.shift_action()) } else { action }
    }

    fn shift_action(&self) -> Action {
        let set = self.values.get("shiftAction").and_then(|value| values::action(value).ok());
        set.unwrap_or(Action::Justify)
    }

    /// What is to be done about a finding: its kind's action, softer where its
    /// claim is one that the organization does not want checked.
    pub fn action_on(&self, finding: &Finding) -> Action {
        let action = self.action(finding.kind, finding.level);
        let Some(id) = finding.claim.as_deref() else { return action };
        let topic = claims::all().iter().find(|claim| claim.id == id).map_or("", |claim| claim.topic);
        let has = |list: &[String], name: &str| list.iter().any(|one| one == name);
        if has(&self.claims.off, id) || has(&self.claims.topics_off, topic) {
            return Action::Off;
        }
        if has(&self.claims.topics_notice, topic) { action.min(Action::Notice) } else { action }
    }

    /// Whether words of a draft are on the list of what never alerts. Case,
    /// spaces, punctuation and a title before a name do not matter.
    pub fn allows(&self, quote: &str) -> bool {
        if self.allow.is_empty() {
            return false;
        }
        let words = letters(quote);
        let without_title = quote
            .trim_start()
            .split_once(char::is_whitespace)
            .filter(|(first, _)| TITLES.contains(&letters(first).as_str()))
            .map(|(_, name)| letters(name));
        !words.is_empty()
            && self.allow.iter().any(|allowed| *allowed == words || without_title.as_ref() == Some(allowed))
    }
}

/// Titles of staff: "Dr. Lee" is allowed where "Lee" is.
const TITLES: &[&str] = &["dr", "doctor", "dra", "prof", "professor", "nurse"];

/// Letters and digits, in small letters: `(555) 010-0199` is `5550100199`.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Draft, assess};

    fn read(value: Value) -> Policy {
        let (policy, dropped) = Policy::read(&value);
        assert_eq!(dropped, [], "{value}");
        policy
    }

    #[test]
    fn the_kind_outweighs_the_category() {
        let policy = read(json!({ "action_identifier": "block", "action_SSN": "off" }));
        assert_eq!(policy.action(Kind::Ssn, Level::Warn), Action::Off);
        assert_eq!(policy.action(Kind::Mrn, Level::Warn), Action::Block);
        assert_eq!(policy.action(Kind::Mrn, Level::Notice), Action::Notice);
        assert_eq!(policy.action(Kind::Claim, Level::Warn), Action::Warn);
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_holds() {
        let (policy, dropped) = Policy::read(&json!({
            "action_SSN": "block", "organisationName": "x", "groupWarn": "many", "watchTerms": ["Osprey", ""],
            "groupNotice": 5, "claimTopicsOff": ["astrology"],
        }));
        let names: Vec<&str> = dropped.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(names, ["groupWarn", "organisationName", "watchTerms[2]", "groupNotice", "claimTopicsOff"]);
        assert!(dropped.iter().all(|one| one.reason.ends_with(['.', '?'])), "{dropped:?}");
        assert_eq!(policy.action(Kind::Ssn, Level::Warn), Action::Block);
        assert_eq!(policy.in_force()["watchTerms"], json!(["Osprey"]));
        assert!(!policy.in_force().contains_key("groupWarn"));
        for odd in [json!([]), json!(7), json!("text")] {
            assert_eq!(Policy::read(&odd).1.len(), 1);
        }
        assert!(Policy::read(&Value::Null).1.is_empty());
    }

    #[test]
    fn never_marked_whatever_its_punctuation() {
        let policy = read(json!({ "allow": ["(555) 010-0199", "Anna Lee", "12 Main St."] }));
        for quote in ["555-010-0199", "555.010.0199", "Dr. Anna Lee", "anna lee", "12 Main St"] {
            assert!(policy.allows(quote), "{quote}");
        }
        for quote in ["555-010-0198", "Anna", "Mrs. Anna Lee", "112 Main St", ".", ""] {
            assert!(!policy.allows(quote), "{quote}");
        }
    }

    #[test]
    fn stricter_on_duty() {
        let mut policy = read(json!({ "shiftHours": ["Mon-Fri 07:00-19:00"], "action_CREDENTIAL": "block" }));
        policy.at(Moment::read("Tue 10:00"));
        assert_eq!(policy.action(Kind::Ssn, Level::Warn), Action::Justify);
        assert_eq!(policy.action(Kind::Ssn, Level::Notice), Action::Notice);
        assert_eq!(policy.action(Kind::Credential, Level::Warn), Action::Block);
        policy.at(Moment::read("Tue 20:00"));
        assert_eq!(policy.action(Kind::Ssn, Level::Warn), Action::Warn);
        policy.at(None);
        assert_eq!(policy.action(Kind::Ssn, Level::Warn), Action::Warn);
    }

    #[test]
    fn the_own_state_makes_groups_smaller() {
        let text = "My patient, a 45-year-old helicopter pilot, has asthma.";
        let low = |value: Value| {
            let findings = assess(&Draft::post(text), &read(value)).findings;
            let sizes = findings.iter().filter_map(|f| f.finding.group_size.as_ref().map(|size| size.high));
            sizes.reduce(f64::min).unwrap_or(f64::INFINITY)
        };
        let all = json!({ "groupWarn": 100_000, "groupNotice": 100_000 });
        let mut wyoming = all.clone();
        wyoming["region"] = json!("WY");
        assert!(low(wyoming) < low(all));
        for state in keys::find("region").and_then(|key| key.kind.words()).unwrap_or_default() {
            let share = crate::reidentify::statistics::share_of_state(state);
            assert!(share > 0.001 && share < 0.2, "{state}: {share}");
        }
    }

    #[test]
    fn larger_groups_are_underlined_or_held_as_asked() {
        let sized = |text: &str, value: Value| {
            let found = assess(&Draft::post(text), &read(value)).findings;
            found.iter().filter(|f| f.finding.group_size.is_some()).map(|f| f.action).max()
        };
        let hundreds = "My patient, a 34-year-old teacher in Chicago, has diabetes.";
        assert_eq!(sized(hundreds, json!({})), None);
        assert_eq!(sized(hundreds, json!({ "groupNotice": 100_000 })), Some(Action::Notice));
        assert_eq!(sized(hundreds, json!({ "groupWarn": 100_000 })), Some(Action::Warn));
        let few = "Took care of a 45-year-old helicopter pilot with asthma last night. He cried when I told him.";
        assert_eq!(sized(few, json!({})), Some(Action::Warn));
        assert_eq!(sized(few, json!({ "groupWarn": 1, "groupNotice": 100_000 })), Some(Action::Notice));
    }

    #[test]
    fn claims_by_topic_and_by_id() {
        let text = "Vaccines cause autism.";
        let decision = |value: Value| assess(&Draft::post(text), &read(value)).decision.name();
        let found = assess(&Draft::post(text), &Policy::default());
        let id = found.findings.iter().find_map(|f| f.finding.claim.clone()).expect("a claim").into_owned();
        let topic = claims::all().iter().find(|claim| claim.id == id).expect("its entry").topic;
        assert_eq!(decision(json!({})), "warn");
        assert_eq!(decision(json!({ "claimsOff": [id] })), "allow");
        assert_eq!(decision(json!({ "claimTopicsOff": [topic] })), "allow");
        assert_eq!(decision(json!({ "claimTopicsNotice": [topic] })), "notice");
        let other = claims::all().iter().find(|claim| claim.topic != topic).expect("another topic").topic;
        assert_eq!(decision(json!({ "claimTopicsOff": [other] })), "warn");
    }
}
