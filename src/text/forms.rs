//! Regular endings of English words, shared by the build and the core: the
//! build leaves out of the lexicon what the core can trace back to its stem.

/// How a form may come from a stem: letters cut from its end, and one put back.
pub type Cut = (usize, Option<u8>);

/// The ways in which a lower-case word may be a regular form: `cities` of
/// `city`, `walks` of `walk`, `baked` of `bake`, `walking` of `walk`.
pub fn cuts(word: &[u8]) -> &'static [Cut] {
    let last = |ending: &[u8]| word.len() > ending.len() + 1 && word[word.len() - ending.len()..] == *ending;
    if last(b"ies") {
        &[(3, Some(b'y')), (1, None)]
    } else if last(b"s") {
        &[(1, None)]
    } else if last(b"ed") {
        &[(2, None), (2, Some(b'e'))]
    } else if last(b"ing") {
        &[(3, None), (3, Some(b'e'))]
    } else {
        &[]
    }
}
