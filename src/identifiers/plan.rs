//! (I) Health plan beneficiary numbers: Medicare, Medicaid, member ids, and the national health numbers of other countries.

use super::code;
use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::text::patterns::group;
use crate::text::tokens::Class;

/// Announced numbers.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    code::announced(
        reading,
        group::ID_PLAN,
        Kind::HealthPlanId,
        "plan.number",
        5,
        |code| (code.digits() >= 5).then_some(Level::Warn),
        into,
    );
    let doc = &reading.doc;
    for at in 0..doc.tokens.len() {
        let token = &doc.tokens[at];
        let starts = token.class == Class::Number && token.end - token.start == 1 && token.spaced;
        if starts && let Some(code) = code::grouped(doc, at, 11, mbi).filter(|_| code::tied(reading, at)) {
            into.push(
                Finding::new(Kind::HealthPlanId, "plan.number", Level::Warn, doc.span(code.from, code.to))
                    .replaced_by("[number removed]"),
            );
        }
    }
}

/// A Medicare Beneficiary Identifier: digits and letters in the order that CMS
/// fixed, without S, L, O, I, B, Z. Nothing else looks so.
fn mbi(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_uppercase() && !b"SLOIBZ".contains(&b);
    let bytes = text.as_bytes();
    bytes.len() == 11
        && bytes[0] != b'0'
        && bytes.iter().zip("9AE9AE9AA99".bytes()).all(|(byte, class)| match class {
            b'9' => byte.is_ascii_digit(),
            b'A' => letter(*byte),
            _ => byte.is_ascii_digit() || letter(*byte),
        })
}

#[cfg(test)]
mod tests {
    use super::mbi;
    use crate::finding::Kind::HealthPlanId;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn identifiers_of_medicare() {
        assert!(mbi("1EG4TE5MK73"));
        assert!(!mbi("0EG4TE5MK73"));
        assert!(!mbi("1SG4TE5MK73"));
        assert!(!mbi("1EG4TE5MK7"));
    }

    #[test]
    fn found() {
        flags("her mom's card says 1EG4-TE5-MK73 and nobody believes it", HealthPlanId);
        flags("my patient's member ID is XQH904417732", HealthPlanId);
        flags("She has Medicaid # 88104427T", HealthPlanId);
    }

    #[test]
    fn left_alone() {
        clean("Group visits start on 12 May, plan ahead", HealthPlanId);
        clean("Our plan is 40 beds by 2030", HealthPlanId);
        clean("Medicare covers 80 % of it", HealthPlanId);
        clean("Model 1EG4TE5MK73 is out of stock", HealthPlanId);
    }
}
