//! Maps and sets in the order of their keys, of which a copy costs nothing: what two of them have in common they share.

use std::borrow::Borrow;
use std::ops::RangeBounds;

use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::work::{seen, step};

/// A map that is cheap to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map<K: Ord, V>(RedBlackTreeMapSync<K, V>);

/// A set that is cheap to copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Set<T: Ord>(RedBlackTreeSetSync<T>);

/// What is found by each key; a key by which nothing is found is not in it.
pub(crate) type Index<K, V> = Map<K, Set<V>>;

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        step();
        self.0.get(key)
    }

    pub(crate) fn contains_key(&self, key: &K) -> bool {
        step();
        self.0.contains_key(key)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.size()
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.values().inspect(seen)
    }

    pub(crate) fn range(&self, range: impl RangeBounds<K>) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.0.range(range).inspect(seen)
    }

    /// The value of a key, to change it. What others share of it is copied first.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key)
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.0.insert_mut(key, value);
    }

    /// Takes a value out.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let value = self.0.get(key).cloned()?;
        self.0.remove_mut(key);
        Some(value)
    }

    /// Changes the value of a key, by default an empty one.
    pub(crate) fn change(&mut self, key: &K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        if !self.0.contains_key(key) {
            self.0.insert_mut(key.clone(), V::default());
        }
        self.0.get_mut(key).map(change);
    }

    /// Changes every value for which there is something to change.
    pub(crate) fn change_where(&mut self, is_one: impl Fn(&V) -> bool, mut change: impl FnMut(&mut V)) {
        let keys: Vec<K> =
            self.0.iter().filter(|(_, value)| is_one(value)).map(|(key, _)| key.clone()).collect();
        for key in &keys {
            self.0.get_mut(key).into_iter().for_each(&mut change);
        }
    }

    /// Takes out what is not to be kept.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&K, &V) -> bool) {
        let left = self.0.iter().filter(|(key, value)| !is_kept(key, value));
        let left: Vec<K> = left.map(|(key, _)| key.clone()).collect();
        left.iter().for_each(|key| {
            self.0.remove_mut(key);
        });
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<K: Ord, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(RedBlackTreeMapSync::new_sync())
    }
}

impl<T: Ord + Clone> Set<T> {
    pub(crate) fn contains(&self, value: &T) -> bool {
        step();
        self.0.contains(value)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn first(&self) -> Option<&T> {
        self.0.first()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.iter().inspect(seen)
    }

    pub(crate) fn insert(&mut self, value: T) {
        self.0.insert_mut(value);
    }

    /// Takes a value out; whether it was in.
    pub(crate) fn remove(&mut self, value: &T) -> bool {
        // What is not in it would be looked for in a copy of the way there.
        self.0.contains(value) && self.0.remove_mut(value)
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<'a, T: Ord> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = <&'a RedBlackTreeSetSync<T> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

impl<T: Ord> Default for Set<T> {
    fn default() -> Self {
        Self(RedBlackTreeSetSync::new_sync())
    }
}

impl<K: Ord + Clone, V: Ord + Clone> Index<K, V> {
    /// What is found by a key, in order.
    pub(crate) fn found<'a>(&'a self, key: &K) -> impl DoubleEndedIterator<Item = &'a V> + use<'a, K, V> {
        self.get(key).into_iter().flat_map(Set::iter)
    }

    pub(crate) fn add(&mut self, key: &K, value: V) {
        self.change(key, |values| values.insert(value));
    }

    /// Lets a value no longer be found by a key.
    pub(crate) fn take(&mut self, key: &K, value: &V) {
        let Some(values) = self.get_mut(key) else { return };
        values.remove(value);
        if values.is_empty() {
            self.remove(key);
        }
    }
}

/// As a list of keys with their values.
impl<K: Ord + Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

impl<'de, K: Ord + Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Map<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|entries: Vec<(K, V)>| entries.into_iter().collect())
    }
}

/// As a list.
impl<T: Ord + Serialize> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

impl<'de, T: Ord + Deserialize<'de>> Deserialize<'de> for Set<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|values: Vec<T>| values.into_iter().collect())
    }
}
