//! (N) Web addresses and (O) IP addresses that lead to a patient.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level};
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::patterns::group;
use crate::text::tokens::Class;
use crate::text::words::{Words, words};

/// Addresses in a draft that speaks of a patient.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let frame = &reading.patient;
    for at in 0..doc.tokens.len() {
        if doc.tokens[at].class == Class::Url {
            let sentence = doc.sentence(at);
            let before = doc.sentence(sentence.start.saturating_sub(1));
            let fund = doc.found_in(group::URL_PATIENT, before.start.min(sentence.start), sentence.end)
                || personal(doc.word(at), frame.strength > Strength::None)
                || owned(reading, at);
            let level = match frame.strength {
                // A guideline, an article, a shop: a link alone leads to nobody.
                Strength::None if fund && !frame.elsewhere() && !frame.headline(doc) => Level::Warn,
                Strength::None if frame.headline(doc) => continue,
                // Only what surrounds it can tell.
                Strength::None => Level::Hint,
                _ if !fund => Level::Notice,
                _ if reading.patient.away.study || reading.patient.away.announcement => Level::Notice,
                _ => Level::Warn,
            };
            into.push(
                Finding::new(Kind::Url, "url.patient", level, doc.span(at, at + 1)).replaced_by("[link removed]"),
            );
        }
        if let Some(end) = mac(doc, at) {
            if frame.strength > Strength::None || tied(doc, at) {
                into.push(
                    Finding::new(Kind::DeviceId, "device.serial", Level::Warn, doc.span(at, end))
                        .replaced_by("[number removed]"),
                );
            }
        } else if let Some(end) = ip(doc, at).filter(|_| {
            frame.strength > Strength::None || tied(doc, at) || frame.clinical_near(doc.tokens[at].sentence)
        }) {
            into.push(
                Finding::new(Kind::IpAddress, "ip.address", Level::Warn, doc.span(at, end))
                    .replaced_by("[address removed]"),
            );
        }
    }
}

/// `his band plays tonight, tickets at ...`: somebody's page, where care is
/// spoken of and no reading is recommended.
fn owned(reading: &Reading, at: usize) -> bool {
    const READING: &Words = words![
        "guideline",
        "guidelines",
        "study",
        "paper",
        "pubmed",
        "cdc",
        "nih",
        "uptodate",
        "trial",
        "source",
        "review",
        "statement",
        "article",
        "protocol",
        "policy",
        "form",
        "slides",
        "webinar",
        "register",
        "recall",
        "fda",
        "who",
        "evidence"
    ];
    let doc = &reading.doc;
    let sentence = doc.sentence(at);
    let owner = (sentence.start..at).any(|t| doc.reads_any(t, words!["his", "her", "their"]))
        || (sentence.start..at).any(|t| doc.tags(t) & tag::KIN != 0);
    owner
        && reading.patient.own_voice
        && (reading.patient.strength > Strength::None || reading.patient.care_near(doc.tokens[at].sentence))
        && !sentence.clone().any(|t| doc.reads_any(t, READING))
}

/// The address says whose page it is: fundraisers, obituaries, diaries.
fn personal(url: &str, patient: bool) -> bool {
    const RECORDS: &[&str] =
        &["mychart", "portal", "patient", "record", "result", "/share", "claim", "?mrn", "encounter"];
    const SIGNS: &[&str] = &[
        "fund",
        "mealtrain",
        "carepage",
        "caringpage",
        "everloved",
        "prayer",
        "donat",
        "caring",
        "obit",
        "memorial",
        "tribute",
        "legacy",
        "remember",
        "recuerdo",
        "pray",
        "strong",
        "journey",
        "diary",
        "baby",
        "in-memory",
        "help-",
    ];
    let url = url.to_ascii_lowercase();
    patient && RECORDS.iter().any(|sign| url.contains(sign)) || SIGNS.iter().any(|sign| url.contains(sign))
}

/// Somebody's address is spoken of in the sentence: "from the patient's router".
fn tied(doc: &Doc, at: usize) -> bool {
    let logged = doc.sentence(at).any(|t| {
        doc.reads_any(
            t,
            words![
                "ip",
                "login",
                "logins",
                "logged",
                "vpn",
                "router",
                "connected",
                "traced",
                "geolocates",
                "address",
                "session"
            ],
        )
    }) && doc.tokens.iter().any(|t| t.is(tag::PATIENT_NOUN | tag::PRONOUN_ONE));
    logged
        || doc.sentence(at).any(|t| {
            doc.tokens[t].is(tag::PATIENT_NOUN | tag::OCCUPATION | tag::PERSON_NOUN)
                || doc.reads_any(t, words!["he", "she", "his", "her", "him", "their"])
        })
}

/// The end of an IPv4 address (also defanged, `192[.]0[.]2[.]1`) or IPv6
/// address. Private ranges (RFC 1918) lead nowhere.
fn ip(doc: &Doc, at: usize) -> Option<usize> {
    const PARTS: &Words =
        words!["section", "version", "chapter", "v", "step", "release", "build", "table", "figure", "item", "rule"];
    if at > 0 && doc.reads_any(at - 1, PARTS) {
        return None;
    }
    if doc.tokens[at].class == Class::Number && doc.tokens[at].spaced
        || at > 0 && matches!(doc.word(at - 1), "(" | "[" | ":" | "@")
    {
        let mut parts = [0u16; 4];
        let mut end = at;
        for (number, part) in parts.iter_mut().enumerate() {
            if number > 0 {
                if doc.punct(end, b'[') && doc.punct(end + 1, b'.') && doc.punct(end + 2, b']') {
                    end += 3;
                } else if doc.punct(end, b'.') && !doc.tokens[end].spaced {
                    end += 1;
                } else {
                    return v6(doc, at);
                }
            }
            match doc.word(end).parse() {
                Ok(value) if value < 256 => *part = value,
                _ => return v6(doc, at),
            }
            end += 1;
        }
        let private =
            matches!(parts, [10 | 127 | 0, ..] | [192, 168, ..]) || parts[0] == 172 && (16..32).contains(&parts[1]);
        return (!private).then_some(end);
    }
    None
}

/// The address of a network card, six pairs of hexadecimal digits: whose pump
/// or phone it is.
fn mac(doc: &Doc, at: usize) -> Option<usize> {
    let first = doc.tokens[at];
    // One byte tells nearly always that it is none.
    let sign = doc.plain.text.as_bytes().get(first.start as usize + 2).copied();
    if !matches!(sign, Some(b':' | b'-')) || !(first.spaced || at > 0 && doc.punct(at - 1, b'(')) {
        return None;
    }
    let run = doc.plain.text[first.start as usize..].split_whitespace().next()?.trim_end_matches([',', '.', ')', ';']);
    let pairs: Vec<&str> = run.split([':', '-']).collect();
    let shape =
        pairs.len() == 6 && pairs.iter().all(|pair| pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit()));
    let end = first.start + run.len() as u32;
    (run.len() == 17 && shape).then(|| doc.tokens.partition_point(|t| t.end <= end))
}

/// Tokens of the longest address: eight groups of up to four (`1a2b`), seven
/// colons. Without a bound, a run of colons took time by its square.
const LONGEST_V6: usize = 39;

fn v6(doc: &Doc, at: usize) -> Option<usize> {
    let mut end = at;
    let mut colons = 0;
    while let Some(token) = doc.tokens.get(end) {
        if end > at && token.spaced || end - at == LONGEST_V6 {
            break;
        }
        match token.class {
            Class::Punct if doc.punct(end, b':') => colons += 1,
            Class::Number => {}
            Class::Word if doc.word(end).bytes().all(|b| b.is_ascii_hexdigit()) && doc.word(end).len() <= 4 => {}
            _ => break,
        }
        end += 1;
    }
    while end > at && doc.punct(end - 1, b':') {
        end -= 1;
    }
    (colons >= 3).then_some(end)
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::IpAddress;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        for text in [
            "the portal login came from 198.51.100.222, says IT, and it's my patient's",
            "Subject uploads from 2001:db8:77:a1::5e twice a day, she says",
            "my patient connects from 192[.]0[.]2[.]118",
        ] {
            flags(text, IpAddress);
        }
    }

    #[test]
    fn left_alone() {
        for text in [
            "Our DICOM node is 10.20.0.14 in the docs",
            "My patient is on version 4.2.1 of the app",
            "the test box is 192.168.1.1",
            "See section 1.2.3.4 of the guideline",
        ] {
            clean(text, IpAddress);
        }
    }
}
