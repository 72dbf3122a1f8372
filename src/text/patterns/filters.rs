//! What tells, before a pattern is tried, that it cannot match: worked out of the
//! tables at first use, in a fraction of a millisecond, for it is three times as
//! much as they are.
//!
//! A signature is a Bloom filter of all that a token is or an element accepts.
//! Two that share no bit exclude each other.

use std::ops::Range;
use std::sync::OnceLock;

use super::{
    ELEMENT_LENGTHS, ELEMENT_STARTS, ELEMENTS, FIRST_LENGTHS, FIRST_SET, FIRST_STARTS, GAP, LOOKS, OPTIONAL, SET_LOOK,
    SETS_THAT_START, VALUE_LIST, Value, range, sets_of, starts_of,
};

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

/// Sets and the values that they hold, as a hash set with open addresses.
#[derive(Default)]
struct Members {
    slots: Vec<u32>,
}

impl Members {
    /// Room for so many.
    fn of(pairs: usize) -> Members {
        Members { slots: vec![0; (pairs * 2).next_power_of_two()] }
    }

    fn add(&mut self, set: u16, value: Value) {
        let mut at = self.first(set, value);
        while self.slots[at] != 0 {
            at = (at + 1) % self.slots.len();
        }
        self.slots[at] = Members::pair(set, value);
    }

    #[inline]
    fn hold(&self, set: u16, value: Value) -> bool {
        let pair = Members::pair(set, value);
        let mut at = self.first(set, value);
        loop {
            match self.slots.get(at) {
                Some(slot) if *slot == pair => return true,
                Some(0) | None => return false,
                Some(_) => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// No value is zero, so no pair is.
    #[inline]
    fn pair(set: u16, value: Value) -> u32 {
        u32::from(set) << 16 | u32::from(value)
    }

    /// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
    #[inline]
    fn first(&self, set: u16, value: Value) -> usize {
        (Members::pair(set, value).wrapping_mul(0x9E37_79B1) >> 8) as usize & (self.slots.len() - 1)
    }
}

/// The filters of all patterns.
pub(super) struct Filters {
    needs: Vec<Needs>,
    /// For each value, where the patterns that it starts begin in `started`.
    from: Vec<u32>,
    started: Vec<u16>,
    /// For each value, a bit for each set that holds it ([`mark`]).
    marks: Vec<u64>,
    members: Members,
    /// For each pattern, where its elements lie.
    elements: Vec<Range<u32>>,
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

/// The bit of a set.
#[inline]
pub(super) fn mark(set: u16) -> u64 {
    1 << (set % 64)
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
        let (mut from, mut started, mut marks) = (Vec::new(), Vec::new(), Vec::new());
        let mut members = Members::of(VALUE_LIST.len());
        for value in 0..FIRST_SET {
            from.push(started.len() as u32);
            let lists = sets_of(value);
            for set in lists {
                sets[usize::from(*set)] |= of_value(value);
                members.add(*set, value);
            }
            marks.push(lists.iter().fold(0, |marks, set| marks | mark(*set)));
            started.extend(range(&FIRST_LENGTHS, &FIRST_STARTS, usize::from(value)).map(|number| number as u16));
            for set in lists.iter().take_while(|set| **set < SETS_THAT_START) {
                started.extend(starts_of(*set));
            }
        }
        from.push(started.len() as u32);
        let elements: Vec<Range<usize>> =
            (0..ELEMENT_LENGTHS.len()).map(|number| range(&ELEMENT_LENGTHS, &ELEMENT_STARTS, number)).collect();
        let needs = elements.iter().map(|range| Needs::new(&ELEMENTS[range.clone()], &sets)).collect();
        let elements = elements.into_iter().map(|range| range.start as u32..range.end as u32).collect();
        Filters { needs, from, started, marks, members, elements }
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

    /// Which sets may hold a value.
    #[inline]
    pub(super) fn marks(&self, value: Value) -> u64 {
        self.marks.get(usize::from(value)).copied().unwrap_or(0)
    }

    /// Whether a set holds a value.
    #[inline]
    pub(super) fn holds(&self, set: u16, value: Value) -> bool {
        value != 0 && self.members.hold(set, value)
    }

    /// The elements of a pattern.
    #[inline]
    pub(super) fn elements(&self, number: usize) -> &'static [u16] {
        let Some(range) = self.elements.get(number) else { return &[] };
        ELEMENTS.get(range.start as usize..range.end as usize).unwrap_or(&[])
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
