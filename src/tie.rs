//! Is it tied to a patient? What surrounds a candidate decides.
//!
//! A date, a name, a place or a picture is PHI only when it is tied to a
//! patient (45 CFR 160.103). The families find candidates, and the patient
//! frame gives a first opinion by phrases of the data. No list of phrases
//! reaches all the ways in which people tell of a patient, so two linear models
//! weigh the words themselves: one hears whether the draft tells of somebody
//! ([`SURROUNDINGS`]), the other looks at the candidate, its neighbours, what
//! the rules say of it and what the first heard ([`CANDIDATE`]). Both are
//! tables of words and weights (`src/data/models`), made again bit for bit by
//! `primum train`.

use std::ops::Range;
use std::sync::OnceLock;

use crate::assess::Reading;
use crate::finding::{Category, Finding, Kind, Level, Setting, Span};
use crate::order;
use crate::patient::Strength;
use crate::policy::Groups;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::linear::{Feature, Model, Part, Sum};
use crate::text::patterns::GROUP_NAMES;
use crate::text::tokens::{Case, Class, Token};

include!(concat!(env!("OUT_DIR"), "/models.rs"));

/// Log-odds above which a candidate is a finding that stops. This and the two
/// that follow were set on the totals of our held-back posts: among settings
/// with the same recall the one with the fewest false alarms.
const THRESHOLD: f32 = 1.0;
/// A draft that tells of nobody lowers every candidate in it by this share of
/// its log-odds, a draft that tells of somebody raises it: the second model
/// alone believes the rules too much, which were written with most of its
/// posts in sight.
const TELLS_OF_NOBODY: f32 = 1.0;
/// As above.
const TELLS_OF_SOMEBODY: f32 = 0.2;
/// As above, for the likeliest candidate of a draft in which nothing else is
/// found: somebody is told of, so something must tell.
const MUST_TELL: f32 = 0.7;

/// What the rules are sure of passes this much below the threshold.
const SURE: f32 = 2.0;

/// A picture that is said to be shared passes this much below.
const SHOWN: f32 = 1.0;

/// What is announced, and speaks for itself by its kind, passes this much below.
const ANNOUNCED: f32 = 3.0;

/// This much below the threshold it is still worth a look.
const NOTICE: f32 = 1.5;

/// Tokens of a draft that are heard together. Few posts are longer; a text of a
/// megabyte stays linear.
const BLOCK: usize = 240;

/// Kinds that may be raised by what surrounds them.
pub fn weighs(kind: Kind) -> bool {
    matches!(kind.category(), Category::Identifier | Category::Media | Category::Credential)
}

/// Kinds that are identifiers only by what surrounds them.
fn contextual(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::Location | Kind::Date | Kind::AgeOver89 | Kind::Photo)
}

/// Kinds that speak for themselves once they are announced, unless all around
/// speaks against it: a telephone number of the practice, a lot, a clinician's
/// licence.
fn announced(kind: Kind) -> bool {
    use Kind::*;
    matches!(kind, Phone | Fax | Email | Url | LicenseNumber | VehicleId | DeviceId | Mrn | Biometric | Credential)
}

/// Whether the models have a say. What the hospital itself asks for stands.
fn weighed(finding: &Finding) -> bool {
    let open = finding.level == Level::Hint || contextual(finding.kind) || announced(finding.kind);
    weighs(finding.kind) && open && !finding.rule.starts_with("policy.")
}

/// Gives every candidate its level, and drops those that nothing ties.
pub fn weigh(listener: &mut Listener, findings: &mut Vec<Finding>) {
    let reading = listener.reading;
    let doc = &reading.doc;
    // Where a reply confirms nobody's care, its days and places are the practice's.
    let confirms = findings.iter().any(|f| f.kind == Kind::CareRelationship);
    let unsaid = |kind: Kind| {
        reading.draft.setting == Setting::ReviewReply && !confirms && matches!(kind, Kind::Date | Kind::Location)
    };
    let mut likeliest: Option<(f32, usize)> = None;
    let mut candidates: Vec<(Range<usize>, usize, &mut Finding)> = findings
        .iter_mut()
        .enumerate()
        .filter(|(_, f)| weighed(f))
        .map(|(number, f)| (tokens_of(doc, f.span), number, f))
        .collect();
    // By place, so that a sentence is heard once.
    order::by(&mut candidates, |(tokens, ..)| order::key([tokens.start as u64]));
    let mut model = None;
    let mut doubtful = Vec::new();
    for (tokens, number, finding) in candidates {
        let (sum, around) = model.get_or_insert_with(|| (Sum::new(&CANDIDATE), Around::new()));
        let heard = listener.hear(tokens.start);
        sum.clear();
        alone(reading, finding, tokens.clone(), &heard, &mut |feature| sum.add(feature.hash()));
        around.add(doc, &tokens, finding.kind, sum);
        let lean = if finding.kind == Kind::Credential {
            // The writer's own secret needs no patient.
            0.0
        } else if heard.block < 0.0 {
            TELLS_OF_NOBODY
        } else {
            TELLS_OF_SOMEBODY
        };
        // Where words of the data show a patient, and the rules are sure, only a
        // clear no overrules them.
        let sure = finding.level == Level::Warn && reading.patient.explicit() && !reading.patient.elsewhere();
        let sureness = match finding.level == Level::Warn && announced(finding.kind) {
            true => ANNOUNCED,
            false if sure => SURE,
            // A picture that is shown with these words shows somebody.
            false if finding.level == Level::Warn && finding.kind == Kind::Photo => SHOWN,
            false => 0.0,
        };
        // Somebody in a film is nobody's patient.
        let invented = if reading.patient.away.fiction { THRESHOLD } else { 0.0 };
        let own = sum.score() - THRESHOLD + sureness - invented;
        let score = own + lean * heard.block;
        let told = own + MUST_TELL * heard.block;
        if finding.kind != Kind::Credential
            && !reading.patient.elsewhere()
            && heard.block > 0.0
            && !unsaid(finding.kind)
            && told > likeliest.map_or(0.0, |(most, _)| most)
        {
            likeliest = Some((told, number));
        }
        let ruled = finding.level;
        finding.level = match score {
            s if s > 0.0 && !unsaid(finding.kind) => Level::Warn,
            s if s > -NOTICE => Level::Notice.min(ruled),
            _ => Level::Hint,
        };
        if ruled == Level::Warn && finding.level == Level::Notice && !unsaid(finding.kind) {
            doubtful.push(number);
        }
    }
    // Where the draft stops anyhow, what the rules are sure of is shown as well.
    if findings.iter().any(|f| f.level == Level::Warn && f.kind != Kind::Credential && weighs(f.kind)) {
        for number in doubtful {
            findings[number].level = Level::Warn;
        }
    }
    if let Some((_, number)) = likeliest.filter(|_| findings.iter().all(|f| f.level < Level::Warn)) {
        findings[number].level = Level::Warn;
    }
    if findings.iter().any(|f| weighs(f.kind)) {
        findings.retain(|finding| finding.level > Level::Hint);
    }
}

/// Log-odds above which a description is one of few people: where the facts of
/// a description are found, and where only the way of telling speaks for it.
/// The second is high, since nothing else checks it. Set like [`THRESHOLD`].
const DESCRIBED: f32 = -0.5;
/// As above, for a role that one person has: mayors open wards, too.
const ROLE: f32 = 1.5;
/// As above, where only the way of telling speaks for it.
const TOLD: f32 = 2.0;

/// Weighs descriptions that fit few people, and hears such as hold no fact of
/// the tables ("the drag queen who headlined our parade").
pub fn weigh_descriptions(listener: &mut Listener, findings: &mut Vec<Finding>) {
    let reading = listener.reading;
    if reading.draft.setting == Setting::ReviewReply {
        return;
    }
    // Where a name or a date is found already, the rest is judged by its facts alone.
    let known = findings.iter().any(|f| f.level == Level::Warn && f.kind != Kind::Quasi && f.kind != Kind::Claim);
    let untold = known || !reading.patient.tells_of_somebody();
    let mut described: Vec<Vec<usize>> = vec![Vec::new(); listener.blocks.len()];
    for (number, finding) in findings.iter().enumerate().filter(|(_, f)| f.kind == Kind::Quasi) {
        let at = tokens_of(&reading.doc, finding.span).start;
        if let Some(own) = described.get_mut(listener.blocks.partition_point(|block| block.tokens.end <= at)) {
            own.push(number);
        }
    }
    for (number, own) in described.iter().enumerate() {
        if own.is_empty() && untold {
            continue;
        }
        let block = listener.blocks[number].tokens.clone();
        let mut features = listener.features(&block).to_vec();
        facts(own.iter().map(|at| &findings[*at]), &mut |feature| features.push(feature.hash()));
        let score = DESCRIPTION.score(&features);
        // A hospital that asks for larger groups gets them held where they are likely, not only where they are sure.
        let doubtful = if reading.policy.groups.warn > Groups::default().warn { Level::Warn } else { Level::Notice };
        for at in own {
            let finding = &mut findings[*at];
            let bar = if finding.rule == "quasi.unique" { ROLE } else { DESCRIBED };
            finding.level = match score - bar {
                // Which groups are only underlined is policy.
                s if s > 0.0 => finding.level,
                s if s > -NOTICE => doubtful.min(finding.level),
                _ => Level::Hint,
            };
        }
        if own.is_empty() && score > TOLD {
            findings.push(told(reading, &listener.masks, block));
        }
    }
    findings.retain(|finding| finding.level > Level::Hint);
}

/// The sentence of a block that tells most.
fn told(reading: &Reading, masks: &[(Range<usize>, &'static str)], block: Range<usize>) -> Finding {
    let doc = &reading.doc;
    let mut best = (f32::MIN, block.clone());
    let mut at = block.start;
    let mut features = Vec::new();
    while at < block.end {
        let sentence = doc.sentence(at);
        let range = at..sentence.end.clamp(at + 1, block.end);
        features.clear();
        surroundings(reading, masks, range.clone(), &mut |feature| features.push(feature.hash()));
        let score = DESCRIPTION.score(&features);
        at = range.end;
        if score > best.0 {
            best = (score, range);
        }
    }
    Finding::new(Kind::Quasi, "quasi.told", Level::Warn, doc.span(best.1.start, best.1.end))
}

/// What the third model sees of a description.
pub fn description(
    reading: &Reading,
    masks: &[(Range<usize>, &'static str)],
    block: Range<usize>,
    found: &[Finding],
    into: &mut dyn FnMut(&Feature),
) {
    surroundings(reading, masks, block, into);
    facts(found, into);
}

/// What a description is made of, for the third model.
fn facts<'a>(found: impl IntoIterator<Item = &'a Finding>, into: &mut dyn FnMut(&Feature)) {
    let mut none = true;
    for finding in found {
        none = false;
        into(&Feature::new(&[b"=quasi", finding.rule.as_bytes()]));
        into(&Feature::new(&[b"=quasi", finding.level.name().as_bytes()]));
        for fact in finding.facts.iter().flatten() {
            into(&Feature::new(&[b"=fact", fact.kind.as_bytes()]));
        }
        let size: &[u8] = match finding.group_size.as_ref().map_or(1e9, |group| group.low) {
            low if low < 1.0 => b"0",
            low if low < 11.0 => b"1",
            low if low < 100.0 => b"2",
            _ => b"3",
        };
        into(&Feature::new(&[b"=size", size]));
    }
    if none {
        into(&Feature::new(&[b"=quasi", b"none"]));
    }
}

/// Log-odds that a sentence of a reply to a review tells that somebody was a
/// patient. `rule`: what the phrases of the data make of it.
pub fn confirms(reading: &Reading, sentence: Range<usize>, rule: Option<&str>) -> f32 {
    let mut features = Vec::new();
    reply(reading, sentence, rule, &mut |feature| features.push(feature.hash()));
    REPLY.score(&features)
}

/// What the fourth model sees of a sentence of a reply.
pub fn reply(reading: &Reading, sentence: Range<usize>, rule: Option<&str>, into: &mut dyn FnMut(&Feature)) {
    surroundings(reading, &[], sentence, into);
    into(&Feature::new(&[b"=rule", rule.unwrap_or("none").as_bytes()]));
    into(&Feature::new(&[b"=ruled", if rule.is_some() { b"yes" } else { b"no" }]));
}

/// What the first model heard around a candidate.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heard {
    /// Log-odds that the draft tells of somebody who can be known.
    pub block: f32,
    /// The same of the candidate's own sentence alone.
    pub sentence: f32,
}

/// Hears blocks and sentences of a draft, each once.
#[derive(Debug)]
pub struct Listener<'a> {
    reading: &'a Reading<'a>,
    masks: Vec<(Range<usize>, &'static str)>,
    blocks: Vec<Block>,
    /// The sentence that was heard last.
    sentence: (Range<usize>, f32),
    /// The stretch that was read last. Most drafts are one block, which several
    /// models hear.
    read: Read,
    /// What the first model adds up.
    sum: Option<Sum>,
}

/// A stretch of the draft, and its score once it was heard.
#[derive(Debug)]
struct Block {
    tokens: Range<usize>,
    score: Option<f32>,
}

impl<'a> Listener<'a> {
    /// Nothing is heard yet. `findings`: what is masked.
    pub fn new(reading: &'a Reading<'a>, findings: &[Finding]) -> Listener<'a> {
        let doc = &reading.doc;
        let blocks = blocks(doc).into_iter().map(|tokens| Block { tokens, score: None }).collect();
        Listener {
            reading,
            masks: masks(doc, findings),
            blocks,
            sentence: (0..0, 0.0),
            read: Read::default(),
            sum: None,
        }
    }

    /// Log-odds that the stretch around a token tells of somebody.
    pub fn tells(&mut self, at: usize) -> f32 {
        self.hear(at).block
    }

    /// What surrounds a token.
    fn hear(&mut self, at: usize) -> Heard {
        let number =
            self.blocks.partition_point(|block| block.tokens.end <= at).min(self.blocks.len().saturating_sub(1));
        let (tokens, score) = self.blocks.get(number).map_or((0..0, Some(0.0)), |b| (b.tokens.clone(), b.score));
        let block = score.unwrap_or_else(|| self.hear_block(&tokens));
        if let Some(heard) = self.blocks.get_mut(number) {
            heard.score = Some(block);
        }
        let sentence = around(&self.reading.doc, at);
        if sentence == tokens {
            return Heard { block, sentence: block };
        }
        if self.sentence.0 != sentence {
            let score = self.hear_sentence(&tokens, sentence.clone());
            self.sentence = (sentence, score);
        }
        Heard { block, sentence: self.sentence.1 }
    }

    fn hear_block(&mut self, block: &Range<usize>) -> f32 {
        self.features(block);
        let sum = self.sum.get_or_insert_with(|| Sum::new(&SURROUNDINGS));
        sum.clear();
        let read = &mut self.read;
        read.numbers.clear();
        read.numbers.extend(read.features.iter().map(|feature| sum.number(*feature)));
        read.numbers.iter().flatten().for_each(|number| sum.add_number(*number));
        sum.score()
    }

    /// A sentence of a block says again what it said there.
    fn hear_sentence(&mut self, block: &Range<usize>, sentence: Range<usize>) -> f32 {
        let (reading, read) = (self.reading, &self.read);
        let said = read.said(&reading.doc, block, &sentence).and_then(|said| read.numbers.get(said));
        let sum = self.sum.get_or_insert_with(|| Sum::new(&SURROUNDINGS));
        sum.clear();
        match said {
            Some(numbers) => {
                about(reading, &sentence, &mut |feature| sum.add(feature.hash()));
                numbers.iter().flatten().for_each(|number| sum.add_number(*number));
            }
            None => surroundings(reading, &self.masks, sentence, &mut |feature| sum.add(feature.hash())),
        }
        sum.score()
    }

    /// The draft that is heard.
    pub fn reading(&self) -> &'a Reading<'a> {
        self.reading
    }

    /// The stretch that a token stands in.
    pub fn block(&self, at: usize) -> Range<usize> {
        let number = self.blocks.partition_point(|block| block.tokens.end <= at);
        self.blocks.get(number).map_or(0..0, |block| block.tokens.clone())
    }

    /// The features of a stretch, for another model: those of its block once
    /// more, where it is a part of one.
    pub fn stretch(&mut self, range: &Range<usize>) -> Vec<u64> {
        let block = self.block(range.start);
        self.features(&block);
        let read = &self.read;
        let mut features = Vec::with_capacity(range.len() * 5 + 16);
        match read.said(&self.reading.doc, &block, range).and_then(|said| read.features.get(said)) {
            Some(said) => {
                about(self.reading, range, &mut |feature| features.push(feature.hash()));
                features.extend_from_slice(said);
            }
            None => {
                surroundings(self.reading, &self.masks, range.clone(), &mut |feature| features.push(feature.hash()))
            }
        }
        features
    }

    /// The features of a block.
    fn features(&mut self, range: &Range<usize>) -> &[u64] {
        let read = &mut self.read;
        if read.range != *range {
            read.begin(range);
            about(self.reading, range, &mut |feature| read.features.push(feature.hash()));
            words(self.reading, &self.masks, range, &mut |at, feature| read.hear(at, feature));
        }
        &read.features
    }
}

/// A stretch of the draft, and its features.
#[derive(Debug, Default)]
struct Read {
    range: Range<usize>,
    features: Vec<u64>,
    /// For each token where its features begin, if it has any of its own.
    from: Vec<Option<u32>>,
    /// Their numbers in the first model, once it heard them.
    numbers: Vec<Option<usize>>,
}

impl Read {
    fn begin(&mut self, range: &Range<usize>) {
        self.range = range.clone();
        self.features.clear();
        self.features.reserve(range.len() * 5 + 16);
        self.from.clear();
        self.from.resize(range.len(), None);
        self.numbers.clear();
    }

    fn hear(&mut self, at: usize, feature: &Feature) {
        if let Some(from) = self.from.get_mut(at - self.range.start) {
            from.get_or_insert(self.features.len() as u32);
        }
        self.features.push(feature.hash());
    }

    /// Which features of the block are those of a sentence within it: the words
    /// between two edges, if no mask lies across an edge.
    fn said(&self, doc: &Doc, block: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let edge = |at: usize| {
            let from = self.from.get(at.checked_sub(block.start)?)?.map(|from| from as usize)?;
            (at == block.start || doc.tokens[at].sentence_start).then_some(from)
        };
        if self.range != *block || sentence.end > block.end {
            return None;
        }
        let to = if sentence.end == block.end { self.features.len() } else { edge(sentence.end)? };
        Some(edge(sentence.start)?..to)
    }
}

/// The draft in stretches of whole sentences.
pub fn blocks(doc: &Doc) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut from = 0;
    for at in 1..=doc.tokens.len() {
        let end = at == doc.tokens.len();
        if end || at - from >= BLOCK && (doc.tokens[at].sentence_start || at - from >= 2 * BLOCK) {
            blocks.push(from..at);
            from = at;
        }
    }
    blocks
}

/// What stands for a candidate in the ears of the first model, which shall
/// learn how people tell and not whom they name.
pub fn masks(doc: &Doc, findings: &[Finding]) -> Vec<(Range<usize>, &'static str)> {
    let mut masks: Vec<(Range<usize>, &'static str)> = findings
        .iter()
        .filter_map(|f| {
            let mask = match f.kind {
                Kind::Name => "<name>",
                Kind::Location => "<place>",
                Kind::Date => "<date>",
                Kind::AgeOver89 => "<age>",
                Kind::Photo | Kind::Quasi | Kind::CareRelationship | Kind::Claim => return None,
                _ => "<number>",
            };
            Some((tokens_of(doc, f.span), mask))
        })
        .collect();
    order::by(&mut masks, |(range, _)| order::key([range.start as u64, order::falling(range.end as u64)]));
    masks
}

/// The tokens that a span of the draft covers.
pub fn tokens_of(doc: &Doc, span: Span) -> Range<usize> {
    let from = doc.tokens.partition_point(|t| doc.span_of_bytes(t.start as usize, t.end as usize).end <= span.start);
    let starts = |t: &Token| doc.span_of_bytes(t.start as usize, t.end as usize).start < span.end;
    // Most spans are a few tokens.
    let few = &doc.tokens[from..doc.tokens.len().min(from + FEW)];
    let to = match few.iter().position(|t| !starts(t)) {
        Some(length) => from + length,
        None => from + doc.tokens[from..].partition_point(starts),
    };
    from..to
}

/// Tokens that are looked at one by one.
const FEW: usize = 8;

/// What stands around a token: its sentence. Of one that never ends, a stretch
/// that it shares with its neighbours, so that they are not heard one by one.
fn around(doc: &Doc, at: usize) -> Range<usize> {
    let sentence = doc.sentence(at);
    if sentence.len() <= LONG_SENTENCE {
        return sentence;
    }
    doc.sentence((at - at % NEIGHBOURS).max(sentence.start))
}

/// Tokens of a sentence that is heard whole.
const LONG_SENTENCE: usize = 121;
/// Tokens that share what stands around them in a longer one.
const NEIGHBOURS: usize = 64;

/// A word's class, where the lexicon gives it one that matters here. The first
/// counts.
const CLASSES: [(u128, &str); 20] = [
    (tag::PATIENT_NOUN, "%patient"),
    (tag::KIN, "%kin"),
    (tag::STAFF_ROLE, "%staff"),
    (tag::DOCTOR_TITLE, "%title"),
    (tag::HONORIFIC, "%mr"),
    (tag::PERSON_NOUN, "%person"),
    (tag::PRONOUN_ONE, "%she"),
    (tag::DISEASE, "%ill"),
    (tag::DRUG, "%drug"),
    (tag::CLINICAL_VERB, "%did"),
    (tag::ANATOMY, "%body"),
    (tag::UNIT_WORD, "%unit"),
    (tag::FACILITY_WORD, "%house"),
    (tag::CLINICAL_NOUN, "%clinical"),
    (tag::OCCUPATION, "%job"),
    (tag::WEEKDAY, "%day"),
    (tag::MONTH, "%month"),
    (tag::CREDENTIAL_SUFFIX, "%rn"),
    (tag::CARE, "%care"),
    (tag::HAPPENED, "%happened"),
];

/// All tags that make a class.
const CLASSED: u128 = {
    let (mut all, mut at) = (0, 0);
    while at < CLASSES.len() {
        all |= CLASSES[at].0;
        at += 1;
    }
    all
};

/// The number of a token's class in [`CLASSES`].
fn class_number(doc: &Doc, at: usize) -> Option<usize> {
    let tags = doc.tags(at);
    if tags & CLASSED == 0 {
        return None;
    }
    CLASSES.iter().position(|(bits, _)| tags & bits != 0)
}

fn class(doc: &Doc, at: usize) -> Option<&'static str> {
    class_number(doc, at).map(|number| CLASSES[number].1)
}

/// A token as the models see it: numbers by their length, signs as they are.
fn form<'a>(doc: &'a Doc, at: usize) -> Part<'a> {
    const EDGE: Part = Part::new(b"^");
    const DIGITS: [Part; 5] =
        [Part::new(b"%1"), Part::new(b"%2"), Part::new(b"%3"), Part::new(b"%4"), Part::new(b"%5")];
    const URL: Part = Part::new(b"<url>");
    const MAIL: Part = Part::new(b"<mail>");
    const HANDLE: Part = Part::new(b"<handle>");
    const HASH: Part = Part::new(b"%hash");
    let Some(token) = doc.tokens.get(at) else { return EDGE };
    match token.class {
        Class::Number => DIGITS[(token.end - token.start).clamp(1, 5) as usize - 1],
        Class::Url => URL,
        Class::Email => MAIL,
        Class::Handle => HANDLE,
        // Lines of the table that begin with a hash are comments.
        Class::Punct if doc.punct(at, b'#') => HASH,
        Class::Word | Class::Punct => Part::read(doc.word(at).as_bytes(), token.state),
        Class::Symbol => Part::new(doc.word(at).as_bytes()),
    }
}

fn setting(setting: Setting) -> &'static str {
    setting.name()
}

const GROUP: Part = Part::new(b"=group");

/// The groups of phrases as second parts of a feature, after [`GROUP`].
fn groups() -> &'static [Part<'static>] {
    static GROUPS: OnceLock<Vec<Part>> = OnceLock::new();
    GROUPS.get_or_init(|| GROUP_NAMES.iter().map(|name| GROUP.before(name.as_bytes())).collect())
}

/// What the first model hears in a stretch of the draft.
pub fn surroundings(
    reading: &Reading,
    masks: &[(Range<usize>, &'static str)],
    range: Range<usize>,
    into: &mut (impl FnMut(&Feature) + ?Sized),
) {
    about(reading, &range, into);
    words(reading, masks, &range, &mut |_, feature| into(feature));
}

/// What kind of draft it is, how long the stretch, and which phrases it holds.
fn about(reading: &Reading, range: &Range<usize>, into: &mut (impl FnMut(&Feature) + ?Sized)) {
    let doc = &reading.doc;
    into(&Feature::new(&[b"=setting", setting(reading.draft.setting).as_bytes()]));
    let length = ["=1", "=2", "=3", "=4", "=5"][(range.len() / 16).min(4)];
    into(&Feature::new(&[b"=length", length.as_bytes()]));
    let groups = groups();
    let first = doc.matches.partition_point(|found| (found.start as usize) < range.start);
    for found in doc.matches[first..].iter().take_while(|found| (found.start as usize) < range.end) {
        if let Some(group) = groups.get(found.group as usize).filter(|group| !group.bytes().starts_with(b"concept")) {
            into(&Feature::joined(GROUP, *group));
        }
    }
}

/// The words of a stretch; each feature with the token that it is of.
fn words(
    reading: &Reading,
    masks: &[(Range<usize>, &'static str)],
    range: &Range<usize>,
    into: &mut impl FnMut(usize, &Feature),
) {
    const BEGINS: Part = Part::new(b"=begins");
    const ENDS: Part = Part::new(b"=ends");
    const EDGE: Part = Part::new(b"^");
    let doc = &reading.doc;
    let mut next = masks.partition_point(|(mask, _)| mask.end <= range.start);
    let (mut before, mut before_class) = (EDGE, EDGE);
    let (mut at, mut last) = (range.start, range.start);
    while at < range.end {
        let token = &doc.tokens[at];
        if token.sentence_start && at > range.start {
            into(last, &Feature::pair(before, b"^"));
            (before, before_class) = (EDGE, EDGE);
        }
        while masks.get(next).is_some_and(|(mask, _)| mask.end <= at) {
            next += 1;
        }
        let masked = masks.get(next).filter(|(mask, _)| mask.start <= at);
        let (own, class) = match masked {
            Some((_, name)) => (Part::new(name.as_bytes()), None),
            None => (form(doc, at), class(doc, at)),
        };
        let form = own.bytes();
        into(at, &Feature::one(own));
        into(at, &Feature::pair(before, form));
        // Ways to bend a word that the model has met: "limp", "limped", "limping".
        if masked.is_none() && token.class == Class::Word && form.len() > 3 && form.is_ascii() {
            into(at, &Feature::pair(BEGINS, &form[..4]));
            into(at, &Feature::pair(ENDS, &form[form.len() - 3..]));
        }
        let own_class = class.map_or(own, |class| Part::new(class.as_bytes()));
        if class.is_some() {
            into(at, &Feature::one(own_class));
        }
        if class.is_some() || before_class.starts_with(b"%") {
            into(at, &Feature::pair(before_class, own_class.bytes()));
        }
        (before, before_class, last) = (own, own_class, at);
        at = masked.map_or(at + 1, |(mask, _)| mask.end.min(range.end).max(at + 1));
    }
    into(last, &Feature::pair(before, b"^"));
}

/// Log-odds on a scale that adds up: a feature for each step that is passed.
#[derive(Debug)]
pub struct Scale {
    name: Part<'static>,
    steps: [Part<'static>; STEPS.len()],
}

const STEPS: [(f32, &str); 11] = [
    (-3.0, ">-3"),
    (-2.0, ">-2"),
    (-1.5, ">-1.5"),
    (-1.0, ">-1"),
    (-0.5, ">-0.5"),
    (0.0, ">0"),
    (0.5, ">0.5"),
    (1.0, ">1"),
    (1.5, ">1.5"),
    (2.0, ">2"),
    (3.0, ">3"),
];

impl Scale {
    /// A scale of this name.
    pub const fn new(name: &'static str) -> Scale {
        let name = Part::new(name.as_bytes());
        let mut steps = [name; STEPS.len()];
        let mut at = 0;
        while at < STEPS.len() {
            steps[at] = name.before(STEPS[at].1.as_bytes());
            at += 1;
        }
        Scale { name, steps }
    }

    /// The steps that a score passes.
    pub fn passed(&self, score: f32, into: &mut (impl FnMut(&Feature) + ?Sized)) {
        for (step, _) in self.steps.iter().zip(STEPS).take_while(|(_, (least, _))| score > *least) {
            into(&Feature::joined(self.name, *step));
        }
    }

    /// The same, apart for each class of what was scored.
    pub fn passed_by(&self, class: &[u8], score: f32, into: &mut (impl FnMut(&Feature) + ?Sized)) {
        self.passed(score, &mut |step| into(&step.and(class)));
    }
}

/// Log-odds of a stretch of the draft.
pub static BLOCK_SCALE: Scale = Scale::new("=block");
/// Those of the sentences that something stands in.
pub static SENTENCE_SCALE: Scale = Scale::new("=sentence");
static NAME_SCALE: Scale = Scale::new("=block NAME");
static LOCATION_SCALE: Scale = Scale::new("=block LOCATION");
static DATE_SCALE: Scale = Scale::new("=block DATE");

/// What the second model sees of a candidate.
pub fn candidate(reading: &Reading, finding: &Finding, heard: &Heard, into: &mut impl FnMut(&Feature)) {
    let doc = &reading.doc;
    let tokens = tokens_of(doc, finding.span);
    alone(reading, finding, tokens.clone(), heard, into);
    // Everything in its sentence, wherever it stands.
    for at in around(doc, tokens.start).filter(|at| !tokens.contains(at)) {
        into(&Feature::pair(IN, form(doc, at).bytes()));
        if let Some(class) = class(doc, at) {
            into(&Feature::pair(IN, class.as_bytes()).and(finding.kind.name().as_bytes()));
        }
    }
}

const IN: Part = Part::new(b"=in");

/// The last sentence that [`candidate`] was asked about, as [`CANDIDATE`] knows
/// its features: those of one sentence stand around each of its candidates.
struct Around {
    sentence: Range<usize>,
    /// For each token its number in the model and its class.
    tokens: Vec<(Option<usize>, Option<usize>)>,
    /// For each kind and class its number and [`LOOKED_UP`], once it was looked
    /// up; a number less where the model does not know it.
    classes: [[u32; CLASSES.len()]; Kind::ALL.len()],
}

const LOOKED_UP: u32 = 2;

impl Around {
    fn new() -> Around {
        Around { sentence: 0..0, tokens: Vec::new(), classes: [[0; CLASSES.len()]; Kind::ALL.len()] }
    }

    /// Adds what stands around the candidate's tokens.
    fn add(&mut self, doc: &Doc, tokens: &Range<usize>, kind: Kind, sum: &mut Sum) {
        let sentence = around(doc, tokens.start);
        if self.sentence != sentence {
            self.tokens.clear();
            let number = |at| sum.number(Feature::pair(IN, form(doc, at).bytes()).hash());
            self.tokens.extend(sentence.clone().map(|at| (number(at), class_number(doc, at))));
            self.sentence = sentence.clone();
        }
        for (at, (number, class)) in sentence.zip(&self.tokens) {
            if tokens.contains(&at) {
                continue;
            }
            number.iter().for_each(|number| sum.add_number(*number));
            let Some(class) = class else { continue };
            let known = &mut self.classes[kind as usize][*class];
            if *known == 0 {
                let feature = Feature::pair(IN, CLASSES[*class].1.as_bytes()).and(kind.name().as_bytes());
                *known = sum.number(feature.hash()).map_or(LOOKED_UP - 1, |number| number as u32 + LOOKED_UP);
            }
            if let Some(number) = known.checked_sub(LOOKED_UP) {
                sum.add_number(number as usize);
            }
        }
    }
}

/// What the second model sees of a candidate but its sentence.
fn alone(reading: &Reading, finding: &Finding, tokens: Range<usize>, heard: &Heard, into: &mut impl FnMut(&Feature)) {
    let doc = &reading.doc;
    let frame = &reading.patient;
    let (from, to) = (tokens.start, tokens.end);
    let kind = finding.kind.name().as_bytes();
    let rule = finding.rule.as_bytes();
    let level = finding.level.name().as_bytes();
    let strength: &[u8] = match frame.strength {
        Strength::None => b"none",
        Strength::Weak => b"weak",
        Strength::Strong => b"strong",
    };
    let sentence = doc.tokens.get(from).map_or(0, |token| token.sentence);
    let ruled = Feature::new(&[b"=rule", rule]);
    into(&ruled);
    into(&ruled.and(level));
    let levelled = Feature::new(&[b"=level", level]);
    into(&levelled);
    into(&levelled.and(strength));
    into(&Feature::new(&[b"=kind", kind, strength]));
    into(&Feature::new(&[b"=setting", setting(reading.draft.setting).as_bytes(), kind]));
    let away = frame.away;
    const FRAME: Part = Part::new(b"=frame");
    let flags: [(Part, bool); 13] = [
        (const { FRAME.before(b"teaching") }, away.teaching),
        (const { FRAME.before(b"study") }, away.study),
        (const { FRAME.before(b"announcement") }, away.announcement),
        (const { FRAME.before(b"own") }, away.own),
        (const { FRAME.before(b"colleague") }, away.colleague),
        (const { FRAME.before(b"fiction") }, away.fiction),
        (const { FRAME.before(b"animal") }, away.animal),
        (const { FRAME.before(b"public") }, away.public),
        (const { FRAME.before(b"near") }, frame.near(sentence)),
        (const { FRAME.before(b"clinical") }, frame.treated_near(sentence)),
        (const { FRAME.before(b"voice") }, frame.own_voice),
        (const { FRAME.before(b"someone") }, frame.speaks_of_someone(sentence)),
        (const { FRAME.before(b"explicit") }, frame.explicit()),
    ];
    for (name, _) in flags.iter().filter(|(_, holds)| *holds) {
        let flag = Feature::joined(FRAME, *name);
        into(&flag);
        into(&flag.and(kind));
    }
    BLOCK_SCALE.passed(heard.block, into);
    SENTENCE_SCALE.passed(heard.sentence, into);
    match finding.kind {
        Kind::Name => NAME_SCALE.passed(heard.block, into),
        Kind::Location => LOCATION_SCALE.passed(heard.block, into),
        Kind::Date => DATE_SCALE.passed(heard.block, into),
        _ => {}
    }
    // Its own words, and its neighbours by place.
    let own = Feature::new(&[b"=own", kind]);
    for at in from..to.min(from + 6) {
        into(&own.and(form(doc, at).bytes()));
    }
    if let Some(token) = doc.tokens.get(from) {
        let case: &[u8] = match token.case {
            Case::Lower => b"lower",
            Case::Title => b"title",
            Case::Upper => b"upper",
            Case::Mixed => b"mixed",
        };
        into(&Feature::new(&[b"=case", case, kind]));
        into(&Feature::new(&[
            b"=words",
            [b"1".as_slice(), b"2", b"3", b"4"][to.saturating_sub(from + 1).min(3)],
            kind,
        ]));
        if token.hashtag {
            into(&Feature::new(&[b"=hashtag", kind]));
        }
        if token.sentence_start {
            into(&Feature::new(&[b"=opens", kind]));
        }
        let known: [(&[u8], u128); 5] = [
            (b"first", tag::FIRST_NAME),
            (b"last", tag::SURNAME),
            (b"english", tag::ENGLISH),
            (b"common", tag::COMMON_WORD),
            (b"eponym", tag::EPONYM),
        ];
        for (name, _) in known.iter().filter(|(_, bits)| token.is(*bits)) {
            into(&Feature::new(&[b"=is", name, kind]));
        }
    }
    let place: &[u8] = match sentence {
        0 => b"first",
        _ if doc.tokens.last().is_some_and(|last| last.sentence == sentence) => b"last",
        _ => b"inner",
    };
    into(&Feature::new(&[b"=sentence", place, kind]));
    let beside = |at: Option<usize>| at.map_or(b"^".as_slice(), |at| form(doc, at).bytes());
    const BEFORE: [Part; 4] = [Part::new(b"-1"), Part::new(b"-2"), Part::new(b"-3"), Part::new(b"-4")];
    const AFTER: [Part; 4] = [Part::new(b"+1"), Part::new(b"+2"), Part::new(b"+3"), Part::new(b"+4")];
    for step in 0..4 {
        let (left, right) = (from.checked_sub(step + 1), Some(to + step).filter(|at| *at < doc.tokens.len()));
        for (name, at) in [(BEFORE[step], left), (AFTER[step], right)] {
            let word = Feature::pair(name, beside(at));
            into(&word);
            if step < 2 {
                into(&word.and(kind));
            }
            if let Some(class) = at.and_then(|at| class(doc, at)) {
                let class = Feature::pair(name, class.as_bytes());
                into(&class);
                into(&class.and(kind));
            }
        }
    }
    into(&Feature::new(&[b"-2-1", beside(from.checked_sub(2)), beside(from.checked_sub(1))]));
    into(&Feature::new(&[b"+1+2", beside(Some(to)), beside(Some(to + 1))]));
}
