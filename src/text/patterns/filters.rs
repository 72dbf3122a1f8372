//! What tells, before a pattern is tried, that it cannot match: worked out of the
//! tables at first use, in a fraction of a millisecond, for it is three times as
//! much as they are.
//!
//! A signature is a Bloom filter of all that a token is or an element accepts.
//! Two that share no bit exclude each other.

use std::sync::OnceLock;

use super::{
    ELEMENT_LENGTHS, ELEMENTS, FIRST_LENGTHS, FIRST_SET, GAP, LOOKS, OPTIONAL, SET_LOOK, SETS_THAT_START,
    VALUE_LENGTHS, VALUE_LIST, Value, starts_of,
};

const _: () =
    assert!(ELEMENTS.len() <= u16::MAX as usize && VALUE_LIST.len() <= u16::MAX as usize, "16 bits find them");

/// The filter: values, then tags, then what needs no lexicon, then marks.
pub(super) type Signature = u128;

/// Bits for values: a prime, so that neighbours in the table differ.
const VALUES: u32 = 103;
const TAGS: u32 = 16;
/// What has this accepts anything: patterns that may end, or go on with a gap.
const ANYTHING: Signature = 1 << 127;
/// Marks an element that is to be met among [`FAR_TOKENS`], not [`NEAR_TOKENS`].
const FAR: Signature = 1 << 126;

/// How many tokens ahead the hardest element of a pattern is looked for.
pub(super) const NEAR_TOKENS: usize = 5;
/// The same where gaps lie before it.
pub(super) const FAR_TOKENS: usize = 15;

/// All that a token is. Zero only for what no set accepts.
#[inline]
pub(super) fn of_token(exact: Value, prefix: Value, tags: u128, builtins: u8) -> Signature {
    of_value(exact) | of_value(prefix) | of_looks(tags, builtins)
}

#[inline]
fn of_value(value: Value) -> Signature {
    Signature::from(value != 0) << (u32::from(value) % VALUES)
}

#[inline]
fn of_looks(tags: u128, builtins: u8) -> Signature {
    let tags = (tags | tags >> 64) as u64;
    let tags = tags | tags >> 32;
    let tags = (tags | tags >> TAGS) & 0xFFFF;
    Signature::from(tags) << VALUES | Signature::from(builtins) << (VALUES + TAGS)
}

/// What one pattern needs.
#[derive(Clone, Copy)]
struct Needs {
    /// Of the token after its first.
    second: Signature,
    /// Of one of the tokens ahead.
    rarest: Signature,
}

/// The filters of all patterns.
pub(super) struct Filters {
    needs: Vec<Needs>,
    /// For each value, where the patterns that it starts begin in `started`.
    from: Vec<u32>,
    started: Vec<u16>,
    /// All that each set accepts.
    sets: Vec<Signature>,
    /// For each value, where the sets that hold it begin; one more at the end.
    places: Vec<u16>,
    /// Where the elements of each pattern begin; one more at the end.
    elements: Vec<u16>,
}

/// What stands behind a token.
pub(super) struct Ahead {
    /// The token that follows.
    pub(super) next: Signature,
    /// The next [`NEAR_TOKENS`].
    pub(super) near: Signature,
    /// The next [`FAR_TOKENS`].
    pub(super) far: Signature,
}

impl Filters {
    /// Made once.
    pub(super) fn all() -> &'static Filters {
        static FILTERS: OnceLock<Filters> = OnceLock::new();
        FILTERS.get_or_init(Filters::new)
    }

    fn new() -> Filters {
        let mut sets: Vec<Signature> =
            SET_LOOK.iter().map(|look| LOOKS[usize::from(*look)]).map(|(tags, kinds)| of_looks(tags, kinds)).collect();
        let mut from = Vec::with_capacity(usize::from(FIRST_SET) + 1);
        let mut started = Vec::with_capacity(VALUE_LIST.len());
        let mut places = Vec::with_capacity(usize::from(FIRST_SET) + 1);
        let (mut place, mut first) = (0, 0);
        for (value, (length, firsts)) in (0..).zip(VALUE_LENGTHS.iter().zip(&FIRST_LENGTHS)) {
            places.push(place);
            let list = &VALUE_LIST[usize::from(place)..usize::from(place) + usize::from(*length)];
            place += u16::from(*length);
            let bits = of_value(value);
            list.iter().for_each(|set| sets[usize::from(*set)] |= bits);
            from.push(started.len() as u32);
            started.extend(first..first + u16::from(*firsts));
            first += u16::from(*firsts);
            for set in list.iter().take_while(|set| **set < SETS_THAT_START) {
                started.extend(starts_of(*set));
            }
        }
        from.push(started.len() as u32);
        places.push(place);
        let (mut needs, mut elements) = (Vec::with_capacity(ELEMENT_LENGTHS.len()), vec![0]);
        let mut end = 0;
        for length in &ELEMENT_LENGTHS {
            let start = end;
            end += u16::from(*length);
            elements.push(end);
            needs.push(Needs::new(&ELEMENTS[usize::from(start)..usize::from(end)], &sets));
        }
        Filters { needs, from, started, sets, places, elements }
    }

    /// The patterns that start with a value, whether it stands there alone or in
    /// a set.
    #[inline]
    pub(super) fn started_by(&self, value: Value) -> &[u16] {
        match self.from.get(usize::from(value)..usize::from(value) + 2) {
            Some([from, to]) => self.started.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// All that a set accepts.
    #[inline]
    pub(super) fn set(&self, set: u16) -> Signature {
        self.sets.get(usize::from(set)).copied().unwrap_or(0)
    }

    /// The sets of several values that hold this one, ascending.
    #[inline]
    pub(super) fn sets_of(&self, value: Value) -> &'static [u16] {
        match self.places.get(usize::from(value)..usize::from(value) + 2) {
            Some([from, to]) => VALUE_LIST.get(usize::from(*from)..usize::from(*to)).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The elements of a pattern.
    #[inline]
    pub(super) fn elements(&self, number: usize) -> &'static [u16] {
        match self.elements.get(number..number + 2) {
            Some([from, to]) => ELEMENTS.get(usize::from(*from)..usize::from(*to)).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Those of some patterns that may go on with what stands behind their first
    /// token.
    #[inline]
    pub(super) fn sift(&self, numbers: impl Iterator<Item = u16>, ahead: &Ahead, into: &mut Vec<u16>) {
        let (next, near) = (ahead.next | ANYTHING, ahead.near | ANYTHING);
        for number in numbers {
            let Some(needs) = self.needs.get(usize::from(number)) else { return };
            if needs.second & next != 0
                && (needs.rarest & near != 0 || needs.rarest & FAR != 0 && needs.rarest & ahead.far != 0)
            {
                into.push(number);
            }
        }
    }
}

impl Needs {
    fn new(elements: &[u16], sets: &[Signature]) -> Needs {
        let second = second(elements, sets);
        Needs { second, rarest: rarest(elements, second != ANYTHING, sets) }
    }
}

fn of_element(element: u16, sets: &[Signature]) -> Signature {
    let class = element & !OPTIONAL;
    class.checked_sub(FIRST_SET).map_or_else(|| of_value(class), |set| sets[usize::from(set)])
}

/// What may follow the first token.
fn second(elements: &[u16], sets: &[Signature]) -> Signature {
    let mut bits = 0;
    for element in &elements[1..] {
        if *element & !OPTIONAL >= GAP {
            return ANYTHING;
        }
        bits |= of_element(*element, sets);
        if element & OPTIONAL == 0 {
            return bits;
        }
    }
    ANYTHING
}

/// The element that is hardest to meet, and whether it is to be met near or far.
/// `second`: the first that follows is looked at already.
fn rarest(elements: &[u16], second: bool, sets: &[Signature]) -> Signature {
    let mut most_ahead = 0;
    let mut best: Option<(u32, Signature)> = None;
    for (at, element) in elements.iter().enumerate().skip(1) {
        let class = element & !OPTIONAL;
        most_ahead += if class >= GAP { usize::from(class - GAP) } else { 1 };
        let certain = class < GAP && element & OPTIONAL == 0 && !(at == 1 && second);
        if !certain || most_ahead > FAR_TOKENS {
            continue;
        }
        let bits = of_element(*element, sets);
        let far = most_ahead > NEAR_TOKENS;
        let chance = bits.count_ones() * if far { 3 } else { 1 };
        if best.is_none_or(|(least, _)| chance < least) {
            best = Some((chance, bits | if far { FAR } else { 0 }));
        }
    }
    best.map_or(ANYTHING, |(_, bits)| bits)
}
