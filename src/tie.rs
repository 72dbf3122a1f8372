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

use crate::assess::Reading;
use crate::finding::{Category, Finding, Kind, Level, Setting, Span};
use crate::order;
use crate::patient::Strength;
use crate::policy::Groups;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::linear::{Feature, Model, Part};
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
const SURE: f32 = 1.5;

/// This much below the threshold it is still worth a look.
const NOTICE: f32 = 1.5;

/// Tokens of a draft that are heard together. Few posts are longer; a text of a
/// megabyte stays linear.
const BLOCK: usize = 240;

/// Kinds that may be raised by what surrounds them.
pub fn weighs(kind: Kind) -> bool {
    matches!(kind.category(), Category::Identifier | Category::Media | Category::Credential)
}

/// Kinds that are identifiers only by what surrounds them: a telephone number
/// of the practice, a lot, a clinician's licence are none. What is a person's
/// own by its very form speaks for itself.
fn contextual(kind: Kind) -> bool {
    !matches!(kind, Kind::Ssn | Kind::HealthPlanId | Kind::AccountNumber | Kind::IpAddress)
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
    let mut candidates: Vec<(usize, usize, &mut Finding)> = findings
        .iter_mut()
        .enumerate()
        .filter(|(_, f)| weighs(f.kind) && (contextual(f.kind) || f.level == Level::Hint))
        .map(|(number, f)| (tokens_of(doc, f.span).start, number, f))
        .collect();
    // By place, so that a sentence is heard once.
    order::by(&mut candidates, |(at, ..)| order::key([*at as u64]));
    let mut features = Vec::new();
    for (at, number, finding) in candidates {
        let heard = listener.hear(at);
        features.clear();
        candidate(reading, finding, &heard, &mut |feature| features.push(feature.hash()));
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
        let own = CANDIDATE.score(&features) - if sure { THRESHOLD - SURE } else { THRESHOLD };
        let score = own + lean * heard.block;
        let told = own + MUST_TELL * heard.block;
        if finding.kind != Kind::Credential
            && heard.block > 0.0
            && !unsaid(finding.kind)
            && told > likeliest.map_or(0.0, |(most, _)| most)
        {
            likeliest = Some((told, number));
        }
        finding.level = match score {
            s if s > 0.0 && !unsaid(finding.kind) => Level::Warn,
            s if s > -NOTICE => Level::Notice.min(finding.level),
            _ => Level::Hint,
        };
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
const DESCRIBED: f32 = -1.0;
/// As above.
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
            finding.level = match score - DESCRIBED {
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
    /// The stretch that was read last, and its features. Most drafts are one
    /// block, which two models hear.
    read: (Range<usize>, Vec<u64>),
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
        Listener { reading, masks: masks(doc, findings), blocks, sentence: (0..0, 0.0), read: (0..0, Vec::new()) }
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
        let block = score.unwrap_or_else(|| SURROUNDINGS.score(self.features(&tokens)));
        if let Some(heard) = self.blocks.get_mut(number) {
            heard.score = Some(block);
        }
        let sentence = self.reading.doc.sentence(at);
        if sentence == tokens {
            return Heard { block, sentence: block };
        }
        if self.sentence.0 != sentence {
            let mut features = Vec::with_capacity(sentence.len() * 5 + 16);
            surroundings(self.reading, &self.masks, sentence.clone(), &mut |feature| features.push(feature.hash()));
            self.sentence = (sentence, SURROUNDINGS.score(&features));
        }
        Heard { block, sentence: self.sentence.1 }
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

    /// The features of a stretch.
    pub fn features(&mut self, range: &Range<usize>) -> &[u64] {
        let (read, features) = &mut self.read;
        if read != range {
            *read = range.clone();
            features.clear();
            features.reserve(range.len() * 5 + 16);
            surroundings(self.reading, &self.masks, range.clone(), &mut |feature| features.push(feature.hash()));
        }
        features
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

/// A word's class, where the lexicon gives it one that matters here.
fn class(doc: &Doc, at: usize) -> Option<&'static str> {
    const CLASSES: &[(u128, &str)] = &[
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
    const ANY: u128 = {
        let (mut all, mut at) = (0, 0);
        while at < CLASSES.len() {
            all |= CLASSES[at].0;
            at += 1;
        }
        all
    };
    let tags = doc.tags(at);
    if tags & ANY == 0 {
        return None;
    }
    CLASSES.iter().find(|(bits, _)| tags & bits != 0).map(|(_, name)| *name)
}

/// A token as the models see it: numbers by their length, signs as they are.
fn form<'a>(doc: &'a Doc, at: usize) -> &'a [u8] {
    let Some(token) = doc.tokens.get(at) else { return b"^" };
    match token.class {
        Class::Number => match token.end - token.start {
            1 => b"%1",
            2 => b"%2",
            3 => b"%3",
            4 => b"%4",
            _ => b"%5",
        },
        Class::Url => b"<url>",
        Class::Email => b"<mail>",
        Class::Handle => b"<handle>",
        // Lines of the table that begin with a hash are comments.
        _ if doc.punct(at, b'#') => b"%hash",
        _ => doc.word(at).as_bytes(),
    }
}

fn setting(setting: Setting) -> &'static str {
    setting.name()
}

/// What the first model hears in a stretch of the draft.
pub fn surroundings(
    reading: &Reading,
    masks: &[(Range<usize>, &'static str)],
    range: Range<usize>,
    into: &mut (impl FnMut(&Feature) + ?Sized),
) {
    const GROUP: Part = Part::new(b"=group");
    const BEGINS: Part = Part::new(b"=begins");
    const ENDS: Part = Part::new(b"=ends");
    const EDGE: Part = Part::new(b"^");
    let doc = &reading.doc;
    into(&Feature::new(&[b"=setting", setting(reading.draft.setting).as_bytes()]));
    let length = ["=1", "=2", "=3", "=4", "=5"][(range.len() / 16).min(4)];
    into(&Feature::new(&[b"=length", length.as_bytes()]));
    let first = doc.matches.partition_point(|found| (found.start as usize) < range.start);
    for found in doc.matches[first..].iter().take_while(|found| (found.start as usize) < range.end) {
        if let Some(name) = GROUP_NAMES.get(found.group as usize).filter(|name| !name.starts_with("concept")) {
            into(&Feature::pair(GROUP, name.as_bytes()));
        }
    }
    let mut next = masks.partition_point(|(mask, _)| mask.end <= range.start);
    let (mut before, mut before_class) = (EDGE, EDGE);
    let mut at = range.start;
    while at < range.end {
        let token = &doc.tokens[at];
        if token.sentence_start && at > range.start {
            into(&Feature::pair(before, b"^"));
            (before, before_class) = (EDGE, EDGE);
        }
        while masks.get(next).is_some_and(|(mask, _)| mask.end <= at) {
            next += 1;
        }
        let masked = masks.get(next).filter(|(mask, _)| mask.start <= at);
        let (form, class): (&[u8], Option<&str>) = match masked {
            Some((_, name)) => (name.as_bytes(), None),
            None => (form(doc, at), class(doc, at)),
        };
        let own = Part::new(form);
        into(&Feature::one(own));
        into(&Feature::pair(before, form));
        // Ways to bend a word that the model has met: "limp", "limped", "limping".
        if masked.is_none() && token.class == Class::Word && form.len() > 3 && form.is_ascii() {
            into(&Feature::pair(BEGINS, &form[..4]));
            into(&Feature::pair(ENDS, &form[form.len() - 3..]));
        }
        let own_class = class.map_or(own, |class| Part::new(class.as_bytes()));
        if class.is_some() {
            into(&Feature::one(own_class));
        }
        if class.is_some() || before_class.starts_with(b"%") {
            into(&Feature::pair(before_class, class.map_or(form, str::as_bytes)));
        }
        (before, before_class) = (own, own_class);
        at = masked.map_or(at + 1, |(mask, _)| mask.end.min(range.end).max(at + 1));
    }
    into(&Feature::pair(before, b"^"));
}

/// Log-odds on a scale that adds up: a feature for each step that is passed.
pub fn passed(name: &'static [u8], score: f32, into: &mut (impl FnMut(&Feature) + ?Sized)) {
    for (_, step) in STEPS.iter().filter(|(step, _)| score > *step) {
        into(&Feature::new(&[name, step.as_bytes()]));
    }
}

/// The same, apart for each class of what was scored.
pub fn passed_by(name: &'static [u8], class: &[u8], score: f32, into: &mut (impl FnMut(&Feature) + ?Sized)) {
    for (_, step) in STEPS.iter().filter(|(step, _)| score > *step) {
        into(&Feature::new(&[name, step.as_bytes(), class]));
    }
}

const STEPS: &[(f32, &str)] = &[
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

/// What the second model sees of a candidate.
pub fn candidate(reading: &Reading, finding: &Finding, heard: &Heard, into: &mut impl FnMut(&Feature)) {
    let doc = &reading.doc;
    let frame = &reading.patient;
    let tokens = tokens_of(doc, finding.span);
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
    into(&Feature::new(&[b"=rule", rule]));
    into(&Feature::new(&[b"=rule", rule, level]));
    into(&Feature::new(&[b"=level", level]));
    into(&Feature::new(&[b"=level", level, strength]));
    into(&Feature::new(&[b"=kind", kind, strength]));
    into(&Feature::new(&[b"=setting", setting(reading.draft.setting).as_bytes(), kind]));
    let away = frame.away;
    let flags: [(&[u8], bool); 13] = [
        (b"teaching", away.teaching),
        (b"study", away.study),
        (b"announcement", away.announcement),
        (b"own", away.own),
        (b"colleague", away.colleague),
        (b"fiction", away.fiction),
        (b"animal", away.animal),
        (b"public", away.public),
        (b"near", frame.near(sentence)),
        (b"clinical", frame.treated_near(sentence)),
        (b"voice", frame.own_voice),
        (b"someone", frame.speaks_of_someone(sentence)),
        (b"explicit", frame.explicit()),
    ];
    for (name, _) in flags.iter().filter(|(_, holds)| *holds) {
        into(&Feature::new(&[b"=frame", name]));
        into(&Feature::new(&[b"=frame", name, kind]));
    }
    passed(b"=block", heard.block, into);
    passed(b"=sentence", heard.sentence, into);
    match finding.kind {
        Kind::Name => passed(b"=block NAME", heard.block, into),
        Kind::Location => passed(b"=block LOCATION", heard.block, into),
        Kind::Date => passed(b"=block DATE", heard.block, into),
        _ => {}
    }
    // Its own words, and its neighbours by place.
    for at in from..to.min(from + 6) {
        into(&Feature::new(&[b"=own", kind, form(doc, at)]));
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
    let beside = |at: Option<usize>| at.map_or(b"^".as_slice(), |at| form(doc, at));
    let class_of = |at: Option<usize>| at.and_then(|at| class(doc, at)).map(str::as_bytes);
    const BEFORE: [&[u8]; 4] = [b"-1", b"-2", b"-3", b"-4"];
    const AFTER: [&[u8]; 4] = [b"+1", b"+2", b"+3", b"+4"];
    for step in 0..4 {
        let (left, right) = (from.checked_sub(step + 1), Some(to + step).filter(|at| *at < doc.tokens.len()));
        for (name, at) in [(BEFORE[step], left), (AFTER[step], right)] {
            into(&Feature::new(&[name, beside(at)]));
            if step < 2 {
                into(&Feature::new(&[name, beside(at), kind]));
            }
            if let Some(class) = class_of(at) {
                into(&Feature::new(&[name, class]));
                into(&Feature::new(&[name, class, kind]));
            }
        }
    }
    into(&Feature::new(&[b"-2-1", beside(from.checked_sub(2)), beside(from.checked_sub(1))]));
    into(&Feature::new(&[b"+1+2", beside(Some(to)), beside(Some(to + 1))]));
    // Everything in its sentence, wherever it stands.
    const IN: Part = Part::new(b"=in");
    for at in doc.sentence(from).filter(|at| !tokens.contains(at)) {
        into(&Feature::pair(IN, form(doc, at)));
        if let Some(class) = class(doc, at) {
            into(&Feature::new(&[b"=in", class.as_bytes(), kind]));
        }
    }
}
