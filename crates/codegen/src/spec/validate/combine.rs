//! Lists in which nothing may come twice.

use std::collections::BTreeMap;

/// Every pair of an item and the earlier one that has the same key, by position.
pub fn repeated<K: Ord>(keys: impl IntoIterator<Item = K>) -> Vec<(usize, usize)> {
    let mut seen: BTreeMap<K, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, key) in keys.into_iter().enumerate() {
        match seen.get(&key) {
            Some(first) => found.push((index, *first)),
            None => {
                seen.insert(key, index);
            }
        }
    }
    found
}
