//! (Q) Full-face photographs and comparable images: the words that say a
//! picture, film, screen or scan of a patient goes with the post.
//!
//! The picture itself is for the eyes of the media checks; what the text can
//! tell is that there is one, and that a patient is what it shows.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::order;
use crate::patient::Strength;
use crate::text::Doc;
use crate::text::lexicon::tag;
use crate::text::patterns::group;

/// One finding for each picture that is spoken of.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let frame = &reading.patient;
    let away = frame.away;
    if reading.draft.setting == Setting::ReviewReply {
        return;
    }
    let mut pictures: Vec<(usize, usize, bool)> = doc
        .found(group::PHOTO_SHARED)
        .map(|m| (m.start as usize, m.end as usize, true))
        .chain(if frame.headline(doc) { Vec::new() } else { shown(doc) })
        .collect();
    order::by(&mut pictures, |(from, to, told)| order::key([*from as u64, *to as u64, u64::from(*told)]));
    let mut last = 0;
    for (from, to, told) in pictures {
        let sentence = doc.sentence(from);
        let other = doc.found_in(group::PHOTO_ELSE, sentence.start, sentence.end);
        if from < last || other {
            continue;
        }
        let somebody = sentence
            .clone()
            .any(|at| doc.tags(at) & (tag::PERSON_NOUN | tag::PATIENT_NOUN | tag::PRONOUN_ONE | tag::KIN) != 0)
            && frame.care_near(doc.tokens[from].sentence);
        let clinical = told
            && (doc.found_in(group::PHOTO_CLINICAL, sentence.start, sentence.end)
                || frame.treated_near(doc.tokens[from].sentence))
            || somebody;
        let level = match frame.strength {
            Strength::Strong => Level::Warn,
            Strength::Weak if !frame.elsewhere() => Level::Warn,
            // What a practice advertises with is somebody's face too.
            Strength::None if clinical && !(away.teaching || away.study || away.colleague || away.public) => {
                Level::Warn
            }
            Strength::Weak => Level::Notice,
            Strength::None => Level::Hint,
        };
        last = to;
        into.push(Finding::new(Kind::Photo, "photo.shared", level, doc.span(from, to)));
    }
}

/// A picture and the showing of it in one sentence, in whatever order: "the
/// bronch video is up on my page".
fn shown(doc: &Doc) -> Vec<(usize, usize, bool)> {
    let mut last = u32::MAX;
    doc.found(group::PHOTO_PICTURE)
        .filter_map(|picture| {
            let (from, to) = (picture.start as usize, picture.end as usize);
            let number = doc.tokens[from].sentence;
            if number == last {
                return None;
            }
            let sentence = doc.sentence(from);
            let act = doc
                .found_from(group::PHOTO_ACT, sentence.start, sentence.end)
                .find(|act| act.end as usize <= from || act.start as usize >= to)?;
            last = number;
            let (start, end) = (from.min(act.start as usize), to.max(act.end as usize));
            // A span over half the sentence says less than the picture alone.
            let image = doc.starts(group::PHOTO_IMAGE, from);
            Some(if end - start > 8 { (from, to, image) } else { (start, end, image) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::finding::Kind::Photo;
    use crate::identifiers::testing::{clean, flags};

    #[test]
    fn found() {
        flags("Look at this x-ray, he swallowed a whole fork", Photo);
        flags("Selfie with my favorite patient on her last chemo day", Photo);
        flags("uploading two pics of the rash, 40s M, no response to doxy", Photo);
        flags("Swipe for the before & after, she cried when she saw her smile", Photo);
        flags("snapped the monitor during my patient's torsades", Photo);
    }

    #[test]
    fn left_alone() {
        clean("Team photo from the holiday party is up", Photo);
        clean("Great video! I see frozen shoulders all the time", Photo);
        clean("Look at this view from the helipad", Photo);
        clean("My hearing aids arrived, pic of my cat hearing me sing below", Photo);
    }
}
