//! Every rule by its id, with the law it rests on. Messages and advice of a rule
//! are in `extension/_locales`, under `finding_<id with _ for .>_message` and
//! `..._advice`.

use std::borrow::Cow;

use crate::finding::{Kind, Reference};

/// A rule that may put a finding into an assessment.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name: `date.relative`.
    pub id: &'static str,
    /// What it finds.
    pub kind: Kind,
    /// The law that it rests on. Empty where only the hospital's own policy asks.
    pub law: &'static [Law],
}

/// A paragraph of the Code of Federal Regulations.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    /// The paragraph, as messages cite it: `45 CFR 164.514(b)(2)(i)(A)`.
    pub paragraph: &'static str,
    /// Where it can be read.
    pub url: &'static str,
}

macro_rules! law {
    ($section:literal) => {
        Law {
            paragraph: concat!("45 CFR ", $section),
            url: concat!("https://www.ecfr.gov/current/title-45/section-", $section),
        }
    };
    ($section:literal, $paragraph:literal) => {
        Law {
            paragraph: concat!("45 CFR ", $section, $paragraph),
            url: concat!("https://www.ecfr.gov/current/title-45/section-", $section, "#p-", $section, $paragraph),
        }
    };
}

// The Safe Harbor list of identifiers, one letter a family.
const LETTER_A: &[Law] = &[law!("164.514", "(b)(2)(i)(A)")];
const LETTER_B: &[Law] = &[law!("164.514", "(b)(2)(i)(B)")];
const LETTER_C: &[Law] = &[law!("164.514", "(b)(2)(i)(C)")];
const LETTER_D: &[Law] = &[law!("164.514", "(b)(2)(i)(D)")];
const LETTER_E: &[Law] = &[law!("164.514", "(b)(2)(i)(E)")];
const LETTER_F: &[Law] = &[law!("164.514", "(b)(2)(i)(F)")];
const LETTER_G: &[Law] = &[law!("164.514", "(b)(2)(i)(G)")];
const LETTER_H: &[Law] = &[law!("164.514", "(b)(2)(i)(H)")];
const LETTER_I: &[Law] = &[law!("164.514", "(b)(2)(i)(I)")];
const LETTER_J: &[Law] = &[law!("164.514", "(b)(2)(i)(J)")];
const LETTER_K: &[Law] = &[law!("164.514", "(b)(2)(i)(K)")];
const LETTER_L: &[Law] = &[law!("164.514", "(b)(2)(i)(L)")];
const LETTER_M: &[Law] = &[law!("164.514", "(b)(2)(i)(M)")];
const LETTER_N: &[Law] = &[law!("164.514", "(b)(2)(i)(N)")];
const LETTER_O: &[Law] = &[law!("164.514", "(b)(2)(i)(O)")];
const LETTER_P: &[Law] = &[law!("164.514", "(b)(2)(i)(P)")];
const LETTER_Q: &[Law] = &[law!("164.514", "(b)(2)(i)(Q)")];
const LETTER_R: &[Law] = &[law!("164.514", "(b)(2)(i)(R)")];
/// Safe Harbor asks for more than its list: no actual knowledge that what is
/// left identifies.
const KNOWLEDGE: &[Law] = &[law!("164.514", "(b)(2)(ii)")];
/// A provider may not disclose that somebody is a patient without a written authorization.
const DISCLOSURE: &[Law] = &[law!("164.502", "(a)"), law!("164.508")];
/// Password management, of the Security Rule: no Safe Harbor identifier.
const SECURITY: &[Law] = &[law!("164.308", "(a)(5)(ii)(D)")];

const fn rule(id: &'static str, kind: Kind, law: &'static [Law]) -> Rule {
    Rule { id, kind, law }
}

/// All rules whose words are in `_locales`, by id. Claims are data of their own,
/// with their own words and sources.
///
/// # Example
///
/// ```
/// use primum::rules;
/// let rule = rules::find("date.relative").unwrap();
/// assert_eq!(rule.law[0].paragraph, "45 CFR 164.514(b)(2)(i)(C)");
/// ```
pub const RULES: &[Rule] = &[
    rule("account.number", Kind::AccountNumber, LETTER_J),
    rule("age.over_89", Kind::AgeOver89, LETTER_C),
    rule("biometric.mention", Kind::Biometric, LETTER_P),
    rule("claim.unlisted", Kind::Claim, &[]),
    rule("credential.secret", Kind::Credential, SECURITY),
    rule("credential.token", Kind::Credential, SECURITY),
    rule("date.absolute", Kind::Date, LETTER_C),
    rule("date.holiday", Kind::Date, LETTER_C),
    rule("date.recent", Kind::Date, LETTER_C),
    rule("date.relative", Kind::Date, LETTER_C),
    rule("device.serial", Kind::DeviceId, LETTER_M),
    rule("email.address", Kind::Email, LETTER_F),
    rule("fax.number", Kind::Fax, LETTER_E),
    rule("ip.address", Kind::IpAddress, LETTER_O),
    rule("license.number", Kind::LicenseNumber, LETTER_K),
    rule("location.city", Kind::Location, LETTER_B),
    rule("location.coordinates", Kind::Location, LETTER_B),
    rule("location.county", Kind::Location, LETTER_B),
    rule("location.facility", Kind::Location, LETTER_B),
    rule("location.room", Kind::Location, LETTER_B),
    rule("location.street", Kind::Location, LETTER_B),
    rule("location.unit", Kind::Location, LETTER_B),
    rule("location.zip", Kind::Location, LETTER_B),
    rule("mrn.number", Kind::Mrn, LETTER_H),
    rule("name.clinician", Kind::Name, LETTER_A),
    rule("name.employer", Kind::Name, LETTER_A),
    rule("name.full", Kind::Name, LETTER_A),
    rule("name.handle", Kind::Name, LETTER_A),
    rule("name.hashtag", Kind::Name, LETTER_A),
    rule("name.honorific", Kind::Name, LETTER_A),
    rule("name.initials", Kind::Name, LETTER_A),
    rule("name.patient", Kind::Name, LETTER_A),
    rule("name.relative", Kind::Name, LETTER_A),
    rule("name.vocative", Kind::Name, LETTER_A),
    rule("other.number", Kind::OtherId, LETTER_R),
    rule("other.pseudonym", Kind::OtherId, LETTER_R),
    rule("phone.number", Kind::Phone, LETTER_D),
    rule("photo.shared", Kind::Photo, LETTER_Q),
    rule("plan.number", Kind::HealthPlanId, LETTER_I),
    rule("policy.facility", Kind::Location, LETTER_B),
    rule("policy.mrn", Kind::Mrn, LETTER_H),
    rule("policy.term", Kind::OtherId, &[]),
    rule("policy.unit", Kind::Location, LETTER_B),
    rule("quasi.event", Kind::Quasi, KNOWLEDGE),
    rule("quasi.group", Kind::Quasi, KNOWLEDGE),
    rule("quasi.told", Kind::Quasi, KNOWLEDGE),
    rule("quasi.unique", Kind::Quasi, KNOWLEDGE),
    rule("relationship.confirms", Kind::CareRelationship, DISCLOSURE),
    rule("relationship.denies", Kind::CareRelationship, DISCLOSURE),
    rule("relationship.detail", Kind::CareRelationship, DISCLOSURE),
    rule("relationship.record", Kind::CareRelationship, DISCLOSURE),
    rule("relationship.visit", Kind::CareRelationship, DISCLOSURE),
    rule("ssn.number", Kind::Ssn, LETTER_G),
    rule("url.patient", Kind::Url, LETTER_N),
    rule("vehicle.number", Kind::VehicleId, LETTER_L),
];

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.id.cmp(id)).ok().map(|at| &RULES[at])
}

/// The sources of a rule, for its findings. None for a rule that is not listed.
pub fn references(id: &str) -> Vec<Reference> {
    let laws = find(id).map_or(&[][..], |rule| rule.law);
    laws.iter()
        .map(|law| Reference { title: Cow::Borrowed(law.paragraph), url: Some(Cow::Borrowed(law.url)) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Category;
    use crate::{Draft, Policy, assess};

    #[test]
    fn ids_are_sorted_and_single() {
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert!(RULES.iter().all(|rule| find(rule.id).is_some_and(|found| found.id == rule.id)));
        assert!(find("date").is_none());
    }

    #[test]
    fn every_safe_harbor_kind_has_a_rule_under_its_letter() {
        // In the order of the list; dates and ages share (C).
        let letters = "ABCCDEFGHIJKLMNOPQR".bytes();
        let kinds = Kind::ALL.iter().filter(|kind| matches!(kind.category(), Category::Identifier | Category::Media));
        for (kind, letter) in kinds.zip(letters) {
            let paragraph = format!("45 CFR 164.514(b)(2)(i)({})", letter as char);
            let mut laws = RULES.iter().filter(|rule| rule.kind == *kind).flat_map(|rule| rule.law).peekable();
            assert!(laws.peek().is_some(), "no rule finds {kind}");
            assert!(laws.all(|law| law.paragraph == paragraph), "{kind} does not cite {paragraph}");
        }
    }

    #[test]
    fn a_finding_says_where_its_law_can_be_read() {
        let found = assess(&Draft::post("My patient Mrs. Alvarez, SSN 536-22-1234, went home."), &Policy::default());
        let ssn = found.findings.iter().find(|f| f.finding.rule == "ssn.number").expect("a number with its cue");
        assert_eq!(ssn.finding.references.len(), 1);
        assert_eq!(ssn.finding.references[0].title, "45 CFR 164.514(b)(2)(i)(G)");
        assert_eq!(
            ssn.finding.references[0].url.as_deref(),
            Some("https://www.ecfr.gov/current/title-45/section-164.514#p-164.514(b)(2)(i)(G)")
        );
    }
}
