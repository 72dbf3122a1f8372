//! The patient frame: does the draft speak of one particular patient, where,
//! and how surely?
//!
//! A date, a place or a name is PHI only when it is tied to a patient
//! (45 CFR 160.103, "individually identifiable"). The frame is that tie. It is
//! read off phrases of the data: what shows one patient, and what shows
//! something else (a teaching composite, a study, an announcement, the writer's
//! own health, a colleague, a film, an animal).

use crate::finding::{Level, Setting};
use crate::text::Doc;
use crate::text::patterns::group;

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
    /// Sentences that hold a cue for one patient, ascending.
    cued: Vec<u32>,
}

/// A cue reaches this many sentences before and after its own: stories name the
/// patient once and go on with "he" and "she".
const REACH: u32 = 3;

impl Frame {
    /// Reads the frame off the phrases of the draft.
    pub fn new(doc: &Doc, setting: Setting) -> Frame {
        let mut away = Away::default();
        let (mut one, mut act, mut generic) = (0u32, 0u32, 0u32);
        let mut cued: Vec<u32> = Vec::new();
        let mut counts = [0u32; 8];
        let mut last = [u32::MAX; 3];
        for found in &doc.matches {
            match found.group {
                // Several patterns of a group on the same words count once.
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
                group::AWAY_TEACHING => counts[0] += 1,
                group::AWAY_STUDY => counts[1] += 1,
                group::AWAY_ANNOUNCEMENT => counts[2] += 1,
                group::AWAY_OWN => counts[3] += 1,
                group::AWAY_COLLEAGUE => counts[4] += 1,
                group::AWAY_FICTION | group::AWAY_HISTORY => counts[5] += 1,
                group::AWAY_ANIMAL => counts[6] += 1,
                _ => {}
            }
        }
        away.teaching = counts[0] > 0;
        away.study = counts[1] > 0;
        away.announcement = counts[2] > 0 && one < 2;
        away.own = counts[3] > 0 && one == 0;
        away.colleague = counts[4] > 0 && one == 0;
        away.fiction = counts[5] > 0;
        away.animal = counts[6] > 0 && one < 2;
        let against = away.teaching
            || away.study
            || away.announcement
            || away.own
            || away.colleague
            || away.fiction
            || away.animal;
        let strength = match (one, act) {
            _ if setting == Setting::ReviewReply => Strength::Strong,
            (0, 0) => Strength::None,
            _ if away.teaching || away.fiction || away.animal => Strength::None,
            (0, _) if against || generic > act => Strength::None,
            (0, _) => Strength::Weak,
            (1, 0) if against || generic > 1 => Strength::Weak,
            _ if away.study && one < 3 => Strength::Weak,
            _ => Strength::Strong,
        };
        Frame { strength, away, setting, cued }
    }

    /// True when the draft is about something that has no patient in it.
    pub fn elsewhere(&self) -> bool {
        let a = self.away;
        a.teaching || a.study || a.announcement || a.own || a.colleague || a.fiction || a.animal || a.public
    }

    /// Whether a cue for one patient stands near this sentence.
    pub fn near(&self, sentence: u32) -> bool {
        if self.setting == Setting::ReviewReply {
            return true;
        }
        let at = self.cued.partition_point(|cued| cued + REACH < sentence);
        self.cued.get(at).is_some_and(|cued| *cued <= sentence + REACH)
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
