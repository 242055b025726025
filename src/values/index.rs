//! Indexes: what is found by a key, as sets.

use std::collections::{BTreeMap, BTreeSet};

/// What is found by each key; a key by which nothing is found is not in it.
pub(crate) type Index<K, V> = BTreeMap<K, BTreeSet<V>>;

/// Lets a value no longer be found by a key.
pub(crate) fn remove_from<K: Ord, V: Ord>(index: &mut Index<K, V>, key: &K, value: &V) {
    if let Some(values) = index.get_mut(key) {
        values.remove(value);
        if values.is_empty() {
            index.remove(key);
        }
    }
}
