//! The patient frame: does the draft speak of one particular patient, where,
//! and how surely?
//!
//! A date, a place or a name is PHI only when it is tied to a patient
//! (45 CFR 160.103, "individually identifiable"). The frame is that tie. It is
//! read off phrases of the data: what shows one patient, and what shows
//! something else (a teaching composite, a study, an announcement, the writer's
//! own health, a colleague, a film, an animal).

use crate::finding::{Level, Setting};
use crate::order;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::numbers;
use crate::text::patterns::group;
use crate::text::tokens::{Case, Class};
use crate::text::words::{Words, words};

/// How surely a draft speaks of one patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Not at all.
    None,
    /// It may.
    Weak,
    /// It does.
    Strong,
}

/// What else a draft may be about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Away {
    /// A teaching case, composite or hypothetical.
    pub teaching: bool,
    /// A study and its figures.
    pub study: bool,
    /// An event, opening hours, a job.
    pub announcement: bool,
    /// The writer's own health.
    pub own: bool,
    /// A colleague.
    pub colleague: bool,
    /// A film, a novel, a historic case.
    pub fiction: bool,
    /// An animal patient.
    pub animal: bool,
    /// A public figure.
    pub public: bool,
}

/// What the draft says of a patient.
#[derive(Debug)]
pub struct Frame {
    /// Over the whole draft, after what speaks against it.
    pub strength: Strength,
    /// What else it is about.
    pub away: Away,
    /// The draft's kind.
    pub setting: Setting,
    /// Somebody writes in their own voice: "I", "we", "our".
    pub own_voice: bool,
    /// How many sentences a cue reaches.
    reach: u32,
    /// Sentences with a pronoun that nobody else accounts for, ascending.
    someone: Vec<u32>,
    /// Words of the data, and not only a pronoun, show a patient.
    explicit: bool,
    /// Sentences that hold a cue for one patient, ascending.
    cued: Vec<u32>,
    /// Sentences that speak of illness or treatment, ascending.
    clinical: Vec<u32>,
    /// Sentences that speak of the business of care, ascending.
    care: Vec<u32>,
}

/// A cue reaches this many sentences before and after its own: stories name the
/// patient once and go on with "he" and "she".
const REACH: u32 = 3;
/// Where only a pronoun shows that there is somebody, it reaches less far.
const SHORT_REACH: u32 = 1;

/// What one sentence holds of a story about one person.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// One particular person: "a guy", "the old farmer", "our bride".
    person: bool,
    /// "he", "her", "ella".
    pronoun: bool,
    /// "the shoulder guy", "a lady": a person by a noun that is no trade.
    one: bool,
    /// A pronoun that nobody else in the draft accounts for: no colleague, no
    /// pet, none of the writer's own family stands before it.
    someone: bool,
    /// Illness, treatment, parts of the body.
    clinical: bool,
    /// The business of care: wards, referrals, plans, chairs, funerals.
    care: bool,
    /// Something was done or happened: "I told", "we extubated", "died".
    happened: bool,
    /// "if", "every", "when": speaks of anybody.
    anybody: bool,
}

/// A pronoun stands for somebody named up to this many sentences before.
const ANTECEDENT: u32 = 2;

/// Years before this are history, unless they are somebody's birth.
const HISTORY: std::ops::Range<u64> = 1700..1980;

/// "treated in Baltimore in 1951": a historic case.
fn long_ago(doc: &Doc) -> bool {
    (1..doc.tokens.len()).any(|at| {
        doc.tokens[at].class == Class::Number
            && doc.tokens[at].end - doc.tokens[at].start == 4
            && (doc.reads_any(at - 1, words!["in", "of", "circa", "since", "around", "until"])
                || doc.is_month_or_weekday(at - 1))
            && numbers::at(doc, at).is_some_and(|year| HISTORY.contains(&year.value))
            && doc.found_from(group::AGE_BIRTH, at.saturating_sub(7), at).next().is_none()
    })
}

const CLINICAL: u128 =
    tag::DISEASE | tag::DRUG | tag::CLINICAL_VERB | tag::ANATOMY | tag::CLINICAL_NOUN | tag::UNIT_WORD;

fn clinical(doc: &Doc) -> Vec<u32> {
    let mut sentences: Vec<u32> = doc.tokens.iter().filter(|t| t.is(CLINICAL)).map(|t| t.sentence).collect();
    sentences.dedup();
    sentences
}

/// What each sentence holds.
fn evidence(doc: &Doc) -> Vec<Evidence> {
    let mut sentences: Vec<Evidence> = Vec::new();
    // Tokens since a word that makes the noun after it one particular person.
    let mut since = usize::MAX;
    // Up to this sentence a pronoun may mean somebody who is no patient.
    let mut claimed: Option<u32> = None;
    let own = |at: usize| {
        (1..=2).any(|back| {
            at.checked_sub(back).is_some_and(|b| doc.reads(b, "my") || doc.reads(b, "our") || doc.reads(b, "mi"))
        })
    };
    let theirs = |at: usize| {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|b| {
                doc.word(b) == "'s" || doc.reads_any(b, words!["his", "her", "their", "patient's", "pt's", "su"])
            })
        })
    };
    for (at, token) in doc.tokens.iter().enumerate() {
        let number = token.sentence as usize;
        if sentences.len() <= number {
            sentences.resize(number + 1, Evidence::default());
            since = usize::MAX;
        }
        let here = &mut sentences[number];
        since = since.saturating_add(1);
        here.clinical |= token.is(CLINICAL);
        here.care |= token.is(CLINICAL | tag::CARE | tag::STAFF_ROLE);
        here.happened |= token.is(tag::CLINICAL_VERB | tag::HAPPENED);
        if token.is(tag::ONE) {
            since = 0;
        } else if token.is(tag::PRONOUN_ONE) {
            here.pronoun = true;
            here.someone |= claimed.is_none_or(|until| until < token.sentence);
        } else if token.is(tag::ANYBODY) {
            here.anybody = true;
        } else if token.is(tag::KIN) && own(at)
            || token.is(tag::STAFF_ROLE) && since <= 3 && !theirs(at)
            || token.is(tag::DOCTOR_TITLE) && !token.is(tag::KIN) && !theirs(at) && names_follow(doc, at)
            || token.is(tag::ANIMAL) && !theirs(at)
            || token.is(tag::KIN | tag::PATIENT_NOUN) && titled(doc, at)
        {
            claimed = Some(token.sentence + ANTECEDENT);
        } else if token.is(tag::PATIENT_NOUN) && abstraction(doc, at + 1) {
            // "the patient portal"
        } else if token.is(tag::PERSON_NOUN | tag::PATIENT_NOUN) && token.sentence_start && !here.anybody {
            // "Kid swallowed a magnet."
            here.one = true;
            claimed = None;
        } else if token.is(tag::KIN) && since > 4 && relative(doc, at) {
            // "Mum and baby are well", "dad fainted"
            here.one = true;
        } else if token.is(tag::PATIENT_NOUN | tag::PERSON_NOUN | tag::OCCUPATION | tag::KIN) && since <= 4 {
            here.person = true;
            here.one |= token.is(tag::PATIENT_NOUN | tag::PERSON_NOUN)
                || token.is(tag::KIN) && !own(at) && !acquaintance(doc, at);
            claimed = None;
        }
    }
    sentences
}

/// The writer begins with what they are: "Prison nurse.", "Interpreter here.",
/// "Peds dentist:". Whoever is spoken of then is a patient.
fn role(doc: &Doc) -> bool {
    doc.found_from(group::PATIENT_ROLE, 0, OPENING).next().is_some()
}

/// Tokens at which an introduction starts.
const OPENING: usize = 3;

/// Whether "the patient" here is whoever it may be: an "if" or "every" stands
/// before it in its sentence.
fn general(doc: &Doc, at: usize) -> bool {
    let first = doc.reads_any(at, words!["the", "a", "patient", "pt", "an"]);
    first && {
        let sentence = doc.sentence(at);
        (sentence.start..at)
            .any(|at| doc.reads_any(at, words!["if", "when", "whenever", "every", "unless", "always", "should"]))
            || abstraction(doc, at + 1)
            || abstraction(doc, at + 2)
    }
}

/// What patients have in common: "patient safety", "the patient portal".
fn abstraction(doc: &Doc, at: usize) -> bool {
    const THINGS: &Words = words![
        "portal",
        "safety",
        "satisfaction",
        "experience",
        "education",
        "advocate",
        "advocacy",
        "population",
        "records",
        "load",
        "list",
        "flow",
        "handout",
        "handouts",
        "factors",
        "outcomes",
        "rights",
        "privacy",
        "information",
        "data",
        "transport",
        "liaison",
        "relations",
        "services",
        "survey",
        "surveys",
        "scores",
        "centered",
        "centred",
        "facing",
        "access",
        "panel",
        "ratios",
        "ratio",
        "confidentiality",
        "engagement",
        "trust",
        "volume",
        "volumes",
        "days",
        "leaflet",
        "physicians"
    ];
    doc.reads_any(at, THINGS)
}

/// People one lives and works with.
fn acquaintance(doc: &Doc, at: usize) -> bool {
    doc.reads_any(at, words!["roommate", "coworker", "boss", "landlord", "neighbor", "neighbour", "partner", "bro"])
}

/// A bare word of kinship that tells of one family.
fn relative(doc: &Doc, at: usize) -> bool {
    const ANY: &Words = words![
        "your", "every", "any", "no", "each", "new", "many", "all", "some", "other", "as", "happy", "hey", "hi",
        "dear", "thanks", "ask", "tell", "call", "for"
    ];
    !at.checked_sub(1).is_some_and(|b| doc.reads_any(b, ANY))
}

/// "Dr. Okoro", "Coach Brandt": the title of somebody who is named.
fn names_follow(doc: &Doc, at: usize) -> bool {
    let next = if doc.punct(at + 1, b'.') { at + 2 } else { at + 1 };
    doc.tokens.get(next).is_some_and(|t| t.class == Class::Word && t.capital() && !t.line_start)
}

/// "Sister Philomena Crotty", "I was a resident there": people of the house.
fn titled(doc: &Doc, at: usize) -> bool {
    let next_name = doc.tokens.get(at + 1).is_some_and(|t| t.case == Case::Title && t.class == Class::Word);
    let before = |words: &[&str]| {
        (1..=3).any(|back| at.checked_sub(back).is_some_and(|b| words.iter().any(|w| doc.reads(b, w))))
    };
    doc.reads(at, "sister") && doc.tokens[at].capital() && next_name
        || doc.reads(at, "resident")
            && (doc.reads(at + 1, "physician")
                || doc.reads(at + 1, "physicians")
                || before(&["i", "am", "i'm", "chief", "senior", "junior", "surgery", "medicine"]))
}

/// Whether one of the sentences from the one before to `reach` after holds it.
fn near(sentences: &[Evidence], at: usize, reach: usize, test: fn(&Evidence) -> bool) -> bool {
    sentences[at.saturating_sub(1)..(at + reach + 1).min(sentences.len())].iter().any(test)
}

/// Sentences in which a person, something clinical and something that happened
/// come together: a story about one patient, whatever words introduce it.
fn stories(sentences: &[Evidence]) -> Vec<u32> {
    (0..sentences.len())
        .filter(|at| {
            let here = &sentences[*at];
            let told = here.person
                && near(sentences, *at, 2, |s| s.clinical)
                && (here.happened || near(sentences, *at, 2, |s| s.pronoun && !s.anybody));
            // "he wants his insulin"
            (told || here.someone && here.clinical) && !here.anybody
        })
        .map(|at| at as u32)
        .collect()
}

/// Sentences about somebody who is only a pronoun, in the business of care:
/// "her inhaler is still in my desk".
fn somebody(sentences: &[Evidence], role: bool) -> Vec<u32> {
    (0..sentences.len())
        .filter(|at| {
            let here = &sentences[*at];
            (here.someone || here.one) && !here.anybody && (role || near(sentences, *at, 1, |s| s.care))
        })
        .map(|at| at as u32)
        .collect()
}

/// `34F`, `7M`: age and sex in one, as clinicians write them.
fn shorthand(doc: &Doc) -> Vec<usize> {
    (1..doc.tokens.len())
        .filter(|at| {
            let (number, sex) = (doc.tokens[at - 1], doc.tokens[*at]);
            number.class == Class::Number
                && number.end - number.start <= 2
                && number.spaced
                && !sex.spaced
                && matches!(doc.word(*at), "M" | "F" | "yoM" | "yoF")
                && doc.tokens.get(at + 1).is_none_or(|next| next.spaced || doc.punct(at + 1, b','))
                // "I (29F)", "Resident, 29F": the writer.
                && !(2..=4).any(|back| {
                    at.checked_sub(back).is_some_and(|b| {
                        doc.reads_any(b, words!["i", "me", "my", "im", "i'm", "resident"])
                            || doc.tags(b) & (tag::STAFF_ROLE | tag::DOCTOR_TITLE) != 0
                    })
                })
                && !(*at > 1 && doc.reads_any(at - 2, words!["temp", "at", "to", "under", "over", "below", "tmax"]))
        })
        .collect()
}

/// Somebody writes in their own voice.
fn own_voice(doc: &Doc) -> bool {
    doc.tokens.iter().any(|token| token.is(tag::OWN_VOICE))
}

/// A headline with its link.
fn linked(doc: &Doc) -> bool {
    doc.tokens.iter().any(|token| token.class == Class::Url)
}

impl Frame {
    /// Reads the frame off the phrases of the draft.
    pub fn new(doc: &Doc, setting: Setting) -> Frame {
        let mut away = Away::default();
        let (mut one, mut act, mut generic) = (0u32, 0u32, 0u32);
        let mut cued: Vec<u32> = Vec::new();
        let mut counts = [0u32; 8];
        let mut news = false;
        // Words that only hint at the same seven.
        let mut hints = [0u32; 7];
        let mut last = [u32::MAX; 3];
        for found in &doc.matches {
            match found.group {
                group::AWAY_NEWS => news = true,
                // Several patterns of a group on the same words count once.
                // "If the patient is unstable": anybody's patient.
                group::PATIENT_ONE if general(doc, found.start as usize) => {}
                group::PATIENT_ONE if last[0] != found.start => {
                    last[0] = found.start;
                    one += 1;
                    let sentence = doc.tokens[found.start as usize].sentence;
                    if cued.last() != Some(&sentence) {
                        cued.push(sentence);
                    }
                }
                group::PATIENT_ACT if last[1] != found.start => {
                    last[1] = found.start;
                    act += 1;
                }
                group::AWAY_GENERIC if last[2] != found.start => {
                    last[2] = found.start;
                    generic += 1;
                }
                group::HINT_TEACHING => hints[0] += 1,
                group::HINT_STUDY => hints[1] += 1,
                group::HINT_ANNOUNCEMENT => hints[2] += 1,
                group::HINT_OWN => hints[3] += 1,
                group::HINT_COLLEAGUE => hints[4] += 1,
                group::HINT_FICTION => hints[5] += 1,
                group::HINT_ANIMAL => hints[6] += 1,
                group::AWAY_TEACHING => counts[0] += 1,
                group::AWAY_STUDY => counts[1] += 1,
                group::AWAY_ANNOUNCEMENT => counts[2] += 1,
                group::AWAY_OWN => counts[3] += 1,
                group::AWAY_COLLEAGUE => counts[4] += 1,
                group::AWAY_FICTION | group::AWAY_HISTORY => counts[5] += 1,
                group::AWAY_ANIMAL => counts[6] += 1,
                group::AWAY_VET => counts[7] += 1,
                _ => {}
            }
        }
        counts[5] += u32::from(long_ago(doc));
        for at in shorthand(doc) {
            one += 1;
            cued.push(doc.tokens[at].sentence);
        }
        let explicit = one;
        let sentences = evidence(doc);
        let stories = stories(&sentences);
        one += stories.len() as u32;
        cued.extend(stories);
        // Two hints at the same say it as one clear word does, where nothing
        // shows a patient.
        for (count, hints) in counts.iter_mut().zip(hints) {
            *count += u32::from(one == 0 && hints >= 2);
        }
        away.teaching = counts[0] > 0;
        away.study = counts[1] > 0;
        away.announcement = counts[2] > 0 && one < 2;
        away.own = counts[3] > 0 && explicit == 0;
        away.colleague = counts[4] > 0 && one == 0 || counts[4] > 1 && explicit == 0;
        away.fiction = counts[5] > 0;
        away.animal = counts[6] > 0 && one < 2 || counts[7] > 0 && (explicit < 2 || counts[6] > 0);
        let own_voice = own_voice(doc);
        away.public = explicit == 0 && (news || doc.found(group::PUBLIC_FIGURE).next().is_some()) || news && !own_voice;
        let against = away.teaching
            || away.study
            || away.announcement
            || away.own
            || away.colleague
            || away.fiction
            || away.animal
            || away.public;
        let mut reach = REACH;
        if one == 0 && generic <= 1 && !against && (own_voice || !linked(doc)) {
            let somebody = somebody(&sentences, role(doc));
            one = u32::from(!somebody.is_empty());
            reach = SHORT_REACH;
            cued.extend(somebody);
        }
        let care = (0..sentences.len()).filter(|at| sentences[*at].care).map(|at| at as u32).collect();
        let someone = (0..sentences.len()).filter(|at| sentences[*at].someone).map(|at| at as u32).collect();
        order::by(&mut cued, |sentence| order::key([u64::from(*sentence)]));
        cued.dedup();
        let strength = match (one, act) {
            _ if setting == Setting::ReviewReply => Strength::Weak,
            (0, 0) => Strength::None,
            _ if away.teaching || away.fiction || away.animal || away.own || away.public => Strength::None,
            (0, _) if against || generic > act => Strength::None,
            (0, _) => Strength::Weak,
            (1, 0) if against || generic > 1 => Strength::Weak,
            _ if away.study && one < 3 => Strength::Weak,
            _ => Strength::Strong,
        };
        Frame {
            strength,
            away,
            setting,
            own_voice,
            explicit: explicit > 0,
            reach,
            someone,
            cued,
            clinical: clinical(doc),
            care,
        }
    }

    /// Something else has shown that a patient is spoken of: a record number
    /// with its cue, a reply that confirms care. It reaches the whole draft.
    pub fn show(&mut self, sentences: u32) {
        self.strength = Strength::Strong;
        self.reach = REACH;
        self.cued = (0..=sentences).collect();
    }

    /// Whether the business of care is spoken of near this sentence, and nothing
    /// says that the draft is about something else.
    pub fn care_near(&self, sentence: u32) -> bool {
        let at = self.care.partition_point(|care| care + 1 < sentence);
        !self.elsewhere() && self.care.get(at).is_some_and(|care| *care <= sentence + 1)
    }

    /// Whether the sentence has a "she" or "his" that means no colleague, no pet
    /// and none of the writer's family.
    pub fn speaks_of_someone(&self, sentence: u32) -> bool {
        self.someone.binary_search(&sentence).is_ok()
    }

    /// Nobody's own words over a link: a headline.
    pub fn headline(&self, doc: &Doc) -> bool {
        !self.own_voice && linked(doc)
    }

    /// Whether words of the data, and not only a pronoun, show a patient.
    pub fn explicit(&self) -> bool {
        self.explicit
    }

    /// Whether illness or care is spoken of near this sentence, and nothing
    /// says that the draft is about something else.
    pub fn clinical_near(&self, sentence: u32) -> bool {
        !self.elsewhere() && self.treated_near(sentence)
    }

    /// Whether there is somebody of whom something is told.
    pub fn tells_of_somebody(&self) -> bool {
        self.strength > Strength::None || !self.someone.is_empty() || !self.clinical.is_empty() || !self.care.is_empty()
    }

    /// True when the draft is about something that has no patient in it.
    pub fn elsewhere(&self) -> bool {
        let a = self.away;
        a.teaching || a.study || a.announcement || a.own || a.colleague || a.fiction || a.animal || a.public
    }

    /// Whether illness or treatment is spoken of near this sentence, whatever
    /// else the draft is about.
    pub fn treated_near(&self, sentence: u32) -> bool {
        let at = self.clinical.partition_point(|clinical| clinical + 1 < sentence);
        self.clinical.get(at).is_some_and(|clinical| *clinical <= sentence + 1)
    }

    /// Whether a cue for one patient stands near this sentence.
    pub fn near(&self, sentence: u32) -> bool {
        let at = self.cued.partition_point(|cued| cued + self.reach < sentence);
        self.cued.get(at).is_some_and(|cued| *cued <= sentence + self.reach)
    }

    /// The same, where what surrounds a candidate decides in the end.
    pub fn level_or_hint(&self, sentence: u32) -> Level {
        self.level_at(sentence).unwrap_or(Level::Hint)
    }

    /// The level of something that is an identifier only when tied to a
    /// patient: warn near one, notice where a patient may be meant, else none.
    pub fn level_at(&self, sentence: u32) -> Option<Level> {
        match self.strength {
            Strength::Strong if self.near(sentence) => Some(Level::Warn),
            Strength::Strong | Strength::Weak => Some(Level::Notice),
            Strength::None => None,
        }
    }
}
