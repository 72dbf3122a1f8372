//! Sorting by numbers.
//!
//! The standard library's sort is compiled anew for every type, 5 to 8 kB each
//! time, for long lists that drafts do not have. Here one sort, of numbers,
//! serves all.

/// Sorts by a number; what has the same number stays in its order.
pub fn by<T>(list: &mut Vec<T>, key: impl Fn(&T) -> u128) {
    if list.is_sorted_by_key(&key) {
        return;
    }
    let mut order: Vec<(u128, usize)> = list.iter().map(key).zip(0..).collect();
    order.sort_unstable();
    let mut unsorted: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(order.into_iter().filter_map(|(_, at)| unsorted.get_mut(at).and_then(Option::take)));
}

/// The largest part of a key.
const LARGEST: u64 = (1 << 40) - 1;

/// One number for several, the first of which counts most.
pub fn key<const N: usize>(parts: [u64; N]) -> u128 {
    const { assert!(N <= 3, "three numbers of 40 bits") };
    parts.into_iter().fold(0, |key, part| key << 40 | u128::from(part.min(LARGEST)))
}

/// A number that is the larger, the smaller the part is.
pub fn falling(part: u64) -> u64 {
    LARGEST - part.min(LARGEST)
}

/// A number in the order of positive shares and counts.
pub fn of_float(value: f64) -> u128 {
    u128::from(value.max(0.0).to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_and_keeps_the_order_of_equals() {
        let mut list: Vec<(u64, u64)> = (0..999).map(|at| (at * 7919 % 10, at)).collect();
        let mut wanted = list.clone();
        wanted.sort_by_key(|(key, _)| *key);
        by(&mut list, |(part, _)| key([*part]));
        assert_eq!(list, wanted);
        by(&mut list, |(part, at)| key([falling(*part), *at]));
        wanted.sort_by_key(|(part, at)| (std::cmp::Reverse(*part), *at));
        assert_eq!(list, wanted);
    }

    #[test]
    fn floats_keep_their_order() {
        let list = [0.0, 1e-12, 3e-6, 0.5, 1.0, 5e8, f64::INFINITY];
        assert!(list.is_sorted_by_key(|value| of_float(*value)));
    }
}
