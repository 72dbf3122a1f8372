//! Claims that a hospital adds by policy (`claimsAdd`).
//!
//! They are said in plain words, without the concepts of our own table:
//! `horse paste | ivermectin + covid | corona* + cures | treats`. Parts joined by
//! `+` stand near each other in any order, `|` parts alternatives, a word that
//! ends in `*` stands for all that begin so. Whether the writer asserts it is
//! judged as for our own claims. A pack is bounded, and what is wrong in it is
//! named and left out singly.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::claims::{self, Hit, Touch};
use crate::finding::{Level, Reference};
use crate::text::tokens::tokenise;
use crate::text::{Doc, normalise};

/// Claims in a pack.
pub const MOST_CLAIMS: usize = 100;
/// Ways to say one claim.
const MOST_WAYS: usize = 20;
/// Parts of one way: as many as a hit keeps.
const MOST_PARTS: usize = claims::MAX_ELEMENTS;
/// Alternatives of one part, and words of one alternative.
const MOST_ALTERNATIVES: usize = 30;
const MOST_WORDS: usize = 6;
/// Characters of a statement or correction.
const LONGEST_TEXT: usize = 400;
/// Letters of a prefix before its `*`.
const SHORTEST_PREFIX: usize = 3;
/// Tokens between the first part and any other.
const REACH: u32 = 25;
/// Places that one draft is judged at.
const MOST_HITS: usize = 16;

/// The claims that a hospital added.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    claims: Vec<Added>,
    phrases: Vec<Vec<Word>>,
    /// Phrases by their first word, or by its first letters and `*`.
    by_first: BTreeMap<String, Vec<u16>>,
    ways: Vec<Way>,
}

/// One added claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Its id, none of our own.
    pub id: String,
    /// The claim as a sentence.
    pub statement: String,
    /// What is true instead.
    pub correction: String,
    /// What its assertion does.
    pub level: Level,
    /// Experts disagree: soft words.
    pub contested: bool,
    /// What the correction stands on.
    pub references: Vec<Reference>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    prefix: bool,
}

#[derive(Debug, Clone)]
struct Way {
    claim: u16,
    /// Phrases of each part.
    parts: Vec<Vec<u16>>,
}

/// The pack in the managed schema.
pub fn schema() -> Value {
    let text = json!({ "type": "string" });
    let reference = json!({ "type": "object", "properties": { "title": text, "url": text } });
    let claim = json!({
        "id": text, "statement": text, "correction": text,
        "level": text,
        "contested": { "type": "boolean" },
        "says": { "type": "array", "items": text },
        "references": { "type": "array", "items": reference },
    });
    json!({ "type": "array", "items": { "type": "object", "properties": claim } })
}

/// Where a phrase stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    phrase: u16,
    start: u32,
    end: u32,
    sentence: u32,
}

impl Pack {
    /// Reads a list of claims. Claims that are wrong are left out: with each
    /// comes its number in the list, from 1, and a sentence that says why.
    pub fn read(value: &Value) -> (Pack, Vec<(usize, String)>) {
        let mut pack = Pack::default();
        let Some(list) = value.as_array() else {
            return (pack, vec![(0, "A list of claims.".to_owned())]);
        };
        let mut wrong = Vec::new();
        for (number, item) in list.iter().enumerate() {
            if pack.claims.len() == MOST_CLAIMS {
                wrong.push((number + 1, format!("A pack holds up to {MOST_CLAIMS} claims.")));
                break;
            }
            if let Err(reason) = pack.add(item) {
                wrong.push((number + 1, reason));
            }
        }
        (pack, wrong)
    }

    /// True when the hospital added no claim.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// An added claim by its number.
    pub fn claim(&self, number: u16) -> Option<&Added> {
        self.claims.get(number as usize)
    }

    fn add(&mut self, item: &Value) -> Result<(), String> {
        let known = ["id", "statement", "correction", "level", "contested", "says", "references"];
        let object =
            item.as_object().ok_or("A claim is an object with id, statement, correction, says, references.")?;
        if let Some(key) = object.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(format!("`{key}` is no key of a claim; there are {}.", known.join(", ")));
        }
        let id = item["id"].as_str().unwrap_or("");
        let snake = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if id.is_empty() || id.len() > 60 || !id.bytes().all(snake) {
            return Err("`id` is up to 60 small letters, digits and underscores.".to_owned());
        }
        if claims::all().iter().any(|claim| claim.id == id) || self.claims.iter().any(|claim| claim.id == id) {
            return Err(format!("`{id}` is taken; give it another id."));
        }
        let level = match &item["level"] {
            Value::Null => Level::Warn,
            value => value.as_str().and_then(Level::from_name).ok_or("`level` is notice or warn.")?,
        };
        let contested = match &item["contested"] {
            Value::Null => false,
            value => value.as_bool().ok_or("`contested` is true or false.")?,
        };
        let added = Added {
            id: id.to_owned(),
            statement: text(item, "statement")?,
            correction: text(item, "correction")?,
            level,
            contested,
            references: references(&item["references"])?,
        };
        let says = item["says"].as_array().filter(|says| (1..=MOST_WAYS).contains(&says.len()));
        let says = says.ok_or_else(|| format!("`says` is a list of 1 to {MOST_WAYS} ways to say it."))?;
        let ways: Vec<Vec<Vec<Vec<Word>>>> = says.iter().map(way).collect::<Result<_, _>>()?;
        for parts in ways {
            let parts = parts
                .into_iter()
                .map(|phrases| phrases.into_iter().map(|phrase| self.number(phrase)).collect())
                .collect();
            self.ways.push(Way { claim: self.claims.len() as u16, parts });
        }
        self.claims.push(added);
        Ok(())
    }

    fn number(&mut self, phrase: Vec<Word>) -> u16 {
        if let Some(at) = self.phrases.iter().position(|known| *known == phrase) {
            return at as u16;
        }
        let number = self.phrases.len() as u16;
        if let Some(first) = phrase.first() {
            self.by_first.entry(key(&first.text, first.prefix)).or_default().push(number);
        }
        self.phrases.push(phrase);
        number
    }

    /// Where the draft says an added claim: its number, and the place.
    pub fn hits(&self, doc: &Doc) -> Vec<(u16, Hit)> {
        let places = self.places(doc);
        let mut hits: Vec<(u16, Hit)> = Vec::new();
        for (at, place) in places.iter().enumerate() {
            for way in self.ways.iter().filter(|way| way.parts[0].contains(&place.phrase)) {
                let Some(ranges) = near(&places, at, way) else { continue };
                let hit = Hit::added(&ranges, Touch::Says);
                let known =
                    |(claim, other): &(u16, Hit)| *claim == way.claim && other.start < hit.end && hit.start < other.end;
                if !hits.iter().any(known) {
                    hits.push((way.claim, hit));
                }
                if hits.len() == MOST_HITS {
                    return hits;
                }
            }
        }
        hits
    }

    fn places(&self, doc: &Doc) -> Vec<Place> {
        // A hyphen within a name is no word of its own: north-spring.
        let words: Vec<(usize, String)> = (0..doc.tokens.len())
            .filter(|at| !doc.punct(*at, b'-'))
            .map(|at| (at, doc.word(at).to_ascii_lowercase()))
            .collect();
        let mut places = Vec::new();
        for (from, (at, word)) in words.iter().enumerate() {
            let exact = self.by_first.get(&key(word, false));
            let prefix = word.get(..SHORTEST_PREFIX).and_then(|start| self.by_first.get(&format!("{start}*")));
            for number in exact.into_iter().chain(prefix).flatten() {
                let phrase = &self.phrases[*number as usize];
                let Some(here) = words.get(from..from + phrase.len()) else { continue };
                let stands = |((_, here), word): (&(usize, String), &Word)| {
                    if word.prefix { here.starts_with(&word.text) } else { *here == word.text }
                };
                if let Some((last, _)) = here.last().filter(|_| here.iter().zip(phrase).all(stands)) {
                    let (start, end, sentence) = (*at as u32, *last as u32 + 1, doc.tokens[*at].sentence);
                    places.push(Place { phrase: *number, start, end, sentence });
                }
            }
        }
        places
    }
}

/// The parts of a way around one place, each at its closest.
fn near(places: &[Place], at: usize, way: &Way) -> Option<Vec<(u32, u32)>> {
    let here = places[at];
    let reach =
        |place: &&Place| place.start.abs_diff(here.start) <= REACH && place.sentence.abs_diff(here.sentence) <= 1;
    let before = || places[..at].iter().rev().take_while(reach);
    let after = || places[at + 1..].iter().take_while(reach);
    let mut ranges = vec![(here.start, here.end)];
    for part in &way.parts[1..] {
        let closest = before()
            .chain(after())
            .filter(|place| part.contains(&place.phrase))
            .filter(|place| ranges.iter().all(|(start, end)| place.start >= *end || *start >= place.end))
            .min_by_key(|place| place.start.abs_diff(here.start))?;
        ranges.push((closest.start, closest.end));
    }
    Some(ranges)
}

fn key(word: &str, prefix: bool) -> String {
    match word.get(..SHORTEST_PREFIX) {
        Some(start) if prefix => format!("{start}*"),
        _ => word.to_owned(),
    }
}

fn text(item: &Value, name: &str) -> Result<String, String> {
    let text = item[name].as_str().map(str::trim).unwrap_or("");
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        return Err(format!("`{name}` is a sentence of up to {LONGEST_TEXT} characters."));
    }
    Ok(text.to_owned())
}

fn references(value: &Value) -> Result<Vec<Reference>, String> {
    const WRONG: &str =
        "`references` is a list of 1 to 10: {\"title\": text, \"url\": https address, if there is one}.";
    let list = value.as_array().filter(|list| (1..=10).contains(&list.len())).ok_or(WRONG)?;
    list.iter()
        .map(|item| {
            let title =
                item["title"].as_str().map(str::trim).filter(|t| !t.is_empty() && t.len() <= 300).ok_or(WRONG)?;
            let url = match &item["url"] {
                Value::Null => None,
                url => Some(url.as_str().filter(|u| u.starts_with("https://") && u.len() <= 2000).ok_or(WRONG)?),
            };
            Ok(Reference { title: title.to_owned().into(), url: url.map(|url| url.to_owned().into()) })
        })
        .collect()
}

/// One way to say a claim: parts, their alternatives, and the words of these.
fn way(value: &Value) -> Result<Vec<Vec<Vec<Word>>>, String> {
    let text = value.as_str().filter(|text| text.len() <= 2000).ok_or("A way to say it is a text.")?;
    let parts: Vec<&str> = text.split('+').collect();
    if parts.len() > MOST_PARTS {
        return Err(format!("`{text}`: up to {MOST_PARTS} parts joined by +."));
    }
    parts
        .into_iter()
        .map(|part| {
            let alternatives: Vec<&str> = part.split('|').collect();
            if alternatives.len() > MOST_ALTERNATIVES {
                return Err(format!("`{text}`: up to {MOST_ALTERNATIVES} alternatives with | between."));
            }
            alternatives.into_iter().map(|alternative| phrase(alternative, text)).collect()
        })
        .collect()
}

/// The words of an alternative, cut as a draft is.
fn phrase(alternative: &str, way: &str) -> Result<Vec<Word>, String> {
    let plain = normalise::Plain::new(alternative.trim());
    let mut words: Vec<Word> = Vec::new();
    for token in tokenise(&plain.text) {
        let text = plain.text[token.start as usize..token.end as usize].to_ascii_lowercase();
        if text == "-" {
            continue;
        }
        if text == "*" {
            let word = words.last_mut().filter(|word| word.text.len() >= SHORTEST_PREFIX && !token.spaced);
            let word = word.ok_or_else(|| format!("`{way}`: * follows {SHORTEST_PREFIX} letters or more."))?;
            word.prefix = true;
        } else {
            words.push(Word { text, prefix: false });
        }
    }
    if words.is_empty() || words.len() > MOST_WORDS {
        return Err(format!("`{way}`: an alternative has 1 to {MOST_WORDS} words."));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Stance;
    use crate::{Draft, Policy, assess};

    fn claim() -> Value {
        json!({
            "id": "north_spring", "statement": "Water of the north spring cures asthma.",
            "correction": "The water is safe to drink and treats nothing.",
            "says": ["north spring | spring water + cure* | heals + asthma | wheez*"],
            "references": [{ "title": "Respiratory department, leaflet 7" }],
        })
    }

    fn with(key: &str, value: Value) -> Value {
        let mut claim = claim();
        claim[key] = value;
        claim
    }

    fn hits(text: &str) -> usize {
        let (pack, wrong) = Pack::read(&json!([claim()]));
        assert!(wrong.is_empty(), "{wrong:?}");
        pack.hits(&Doc::new(text)).len()
    }

    #[test]
    fn parts_stand_near_each_other_in_any_order() {
        assert_eq!(hits("North Spring cured my asthma"), 1);
        assert_eq!(hits("My wheezing is cured. Spring water did it."), 1);
        assert_eq!(hits("Asthma is what the north-spring heals"), 1);
        assert_eq!(hits("North Spring is where I walk my dog. My asthma is better. Ivermectin cures nothing."), 0);
        assert_eq!(hits("Spring water is lovely"), 0);
        assert_eq!(hits("It cures asthma"), 0);
        assert_eq!(hits(""), 0);
    }

    #[test]
    fn what_is_wrong_is_named_and_left_out() {
        let wrong = |item: Value| {
            let (pack, wrong) = Pack::read(&json!([item, claim()]));
            assert_eq!(pack.claims.len(), 1, "the good one stays");
            assert_eq!(wrong.len(), 1);
            assert!(wrong[0].1.ends_with('.'), "{wrong:?}");
            wrong[0].1.clone()
        };
        assert!(wrong(json!("text")).contains("object"));
        assert!(wrong(with("id", json!("vaccines_autism"))).contains("taken"));
        assert!(wrong(with("id", json!("North Spring"))).contains("`id`"));
        assert!(wrong(with("correction", json!(""))).contains("`correction`"));
        assert!(wrong(with("statement", json!("x".repeat(401)))).contains("`statement`"));
        assert!(wrong(with("level", json!("block"))).contains("`level`"));
        assert!(wrong(with("contested", json!("no"))).contains("`contested`"));
        assert!(wrong(with("says", json!([]))).contains("`says`"));
        assert!(wrong(with("says", json!(["a + + b"]))).contains("1 to 6 words"));
        assert!(wrong(with("says", json!(["ab*"]))).contains("3 letters"));
        assert!(wrong(with("says", json!(["a+b+c+d+e+f"]))).contains("parts"));
        assert!(wrong(with("references", json!([{ "title": "x", "url": "http://x" }]))).contains("`references`"));
        assert!(wrong(with("refs", json!(1))).contains("`refs`"));
        assert_eq!(Pack::read(&json!({})).1.len(), 1);
        assert_eq!(Pack::read(&json!([claim(), claim()])).1[0].0, 2);
    }

    #[test]
    fn an_added_claim_is_judged_like_ours() {
        let (policy, dropped) = Policy::read(&json!({ "claimsAdd": [with("level", json!("notice")), { "id": "x" }] }));
        assert_eq!(dropped.len(), 1);
        assert_eq!(dropped[0].key, "claimsAdd[2]");
        let found = assess(&Draft::post("Water of the north spring cures asthma, ditch the inhaler!"), &policy);
        let finding = found.findings.iter().find(|f| f.finding.claim.as_deref() == Some("north_spring"));
        let finding = finding.expect("it is asserted");
        assert_eq!(finding.finding.level, Level::Notice);
        assert!(finding.message.contains("treats nothing"), "{}", finding.message);
        let text = "No, spring water doesn't cure asthma. It is a myth. Please keep your inhaler.";
        let found = assess(&Draft::post(text), &policy);
        assert!(found.claims.iter().any(|t| t.claim == "north_spring" && t.stance != Stance::Asserts));
        assert!(!found.findings.iter().any(|f| f.finding.claim.as_deref() == Some("north_spring")));
    }

    #[test]
    fn a_pack_is_bounded() {
        let many: Vec<Value> = (0..200).map(|number| with("id", json!(format!("claim_{number}")))).collect();
        let (pack, wrong) = Pack::read(&json!(many));
        assert_eq!((pack.claims.len(), wrong.len()), (MOST_CLAIMS, 1));
        let text = "north spring cures asthma. ".repeat(2000);
        assert!(pack.hits(&Doc::new(&text)).len() <= MOST_HITS);
    }
}
