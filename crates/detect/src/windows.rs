//! Rolling windows over sorted times: where enough happens within a while, and how far that goes on.

use std::ops::Range;

/// The runs of items in which some window holds `enough`.
///
/// `keys` (days or seconds) ascend. A window begins with an item and holds all later ones less than `width` after it; windows with
/// `enough` that share an item are one run. `enough` is asked about ranges of items and must not say less of a larger range.
pub fn runs(keys: &[i64], width: i64, mut enough: impl FnMut(Range<usize>) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut end = 0;
    for begin in 0..keys.len() {
        let before = end;
        while end < keys.len() && keys[end].saturating_sub(keys[begin]) < width {
            end += 1;
        }
        // A window inside the last one has nothing that the last one had not.
        if end == before || !enough(begin..end) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if begin < run.end => run.end = end,
            _ => runs.push(begin..end),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_window_ends_before_its_width() {
        let three = |range: Range<usize>| range.len() >= 3;
        assert_eq!(runs(&[0, 5, 10], 10, three), []);
        assert_eq!(runs(&[0, 5, 9], 10, three), vec![Range { start: 0, end: 3 }]);
        assert_eq!(runs(&[0, 5, 9, 14, 40, 41, 42], 10, three), [0..4, 4..7]);
    }

    proptest! {
        #[test]
        fn an_item_is_in_a_run_where_any_window_around_it_has_enough(
            mut keys in prop::collection::vec(0_i64..60, 0..30), width in 1_i64..20, least in 1_usize..6,
        ) {
            keys.sort_unstable();
            let found = runs(&keys, width, |range| range.len() >= least);
            let window = |first: i64| keys.iter().filter(|&&key| key >= first && key < first + width).count();
            for (at, &key) in keys.iter().enumerate() {
                let inside = keys.iter().any(|&first| first <= key && key < first + width && window(first) >= least);
                prop_assert_eq!(found.iter().any(|run| run.contains(&at)), inside);
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
