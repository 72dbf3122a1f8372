//! (Q) Full-face photographs and comparable images: the words that say a
//! picture, film, screen or scan of a patient goes with the post.
//!
//! The picture itself is for the eyes of the media checks; what the text can
//! tell is that there is one, and that a patient is what it shows.

use crate::assess::Reading;
use crate::finding::{Finding, Kind, Level, Setting};
use crate::patient::Strength;
use crate::text::patterns::group;

/// One finding for each picture that is spoken of.
pub fn find(reading: &Reading, into: &mut Vec<Finding>) {
    let doc = &reading.doc;
    let frame = &reading.patient;
    let away = frame.away;
    if reading.draft.setting == Setting::ReviewReply || away.animal || away.fiction || away.own {
        return;
    }
    let mut last = 0;
    for found in doc.found(group::PHOTO_SHARED) {
        let (from, to) = (found.start as usize, found.end as usize);
        let other = doc.touching(group::PHOTO_ELSE, from, to).is_some();
        if from < last || other {
            continue;
        }
        let sentence = doc.sentence(from);
        let clinical = doc.found_in(group::PHOTO_CLINICAL, sentence.start, sentence.end);
        let level = match frame.strength {
            Strength::Strong => Level::Warn,
            Strength::Weak if !frame.elsewhere() => Level::Warn,
            Strength::None if clinical && !frame.elsewhere() => Level::Warn,
            Strength::Weak => Level::Notice,
            Strength::None => continue,
        };
        last = to;
        into.push(Finding::new(Kind::Photo, "photo.shared", level, doc.span(from, to)));
    }
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
