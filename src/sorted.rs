//! Maps and sets in the order of their keys, in place of the standard library's.
//!
//! A WASM would carry a B-tree for every type of key and value, 24 KB more after brotli, a tenth of the engine. Here one
//! order of numbers, compiled once, serves every map; a set, meant for few, is a list in order.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::{fmt, slice, vec};

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A map in the order of its keys.
#[derive(Clone)]
pub struct SortedMap<K, V> {
    entries: Vec<Option<(K, V)>>,
    /// Places in `entries` that are free.
    free: Vec<usize>,
    /// The other places, in the order of their keys.
    order: Order,
}

impl<K: Ord, V> SortedMap<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Spot, Spot>
    where
        K: Borrow<Q>,
    {
        self.order.find(&|at| match self.entry(at) {
            Some((own, _)) => own.borrow().cmp(key),
            None => Ordering::Less,
        })
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.get_entry(key).map(|(_, value)| value)
    }

    /// The key as the map has it, with its value.
    pub fn get_entry<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.entry(self.order.at(self.find(key).ok()?)?)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.order.at(self.find(key).ok()?)?;
        self.entries.get_mut(at)?.as_mut().map(|(_, value)| value)
    }

    /// Whether there is such a key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: K, value: V) {
        let found = self.find(&key);
        let at = match found {
            Ok(spot) => self.order.at(spot).unwrap_or(self.entries.len()),
            Err(spot) => {
                let at = self.free.pop().unwrap_or(self.entries.len());
                self.order.put(spot, at);
                at
            }
        };
        match self.entries.get_mut(at) {
            Some(entry) => *entry = Some((key, value)),
            None => self.entries.push(Some((key, value))),
        }
    }

    /// Changes the value of a key, which is the default where there is none yet.
    pub fn update(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        let mut value = self.remove(&key).unwrap_or_default();
        change(&mut value);
        self.insert(key, value);
    }

    /// Takes a key out, with its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.order.take(self.find(key).ok()?)?;
        self.free.push(at);
        self.entries.get_mut(at)?.take().map(|(_, value)| value)
    }
}

impl<K, V> SortedMap<K, V> {
    fn entry(&self, at: usize) -> Option<(&K, &V)> {
        self.entries.get(at)?.as_ref().map(|(key, value)| (key, value))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.order.pages.is_empty()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len().saturating_sub(self.free.len())
    }

    /// The key before all others.
    pub fn first_key(&self) -> Option<&K> {
        self.entry(*self.order.pages.first()?.first()?).map(|(key, _)| key)
    }

    /// The entries.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.order.iter().filter_map(|at| self.entry(at))
    }

    /// The entries themselves.
    pub fn into_entries(mut self) -> impl Iterator<Item = (K, V)> {
        self.order.pages.into_iter().flatten().filter_map(move |at| self.entries.get_mut(at)?.take())
    }

    /// The keys.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), free: Vec::new(), order: Order::default() }
    }
}

/// How it came to be so does not count.
impl<K: PartialEq, V: PartialEq> PartialEq for SortedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for SortedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }
}

impl<K: Serialize, V: Serialize> Serialize for SortedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for SortedMap<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(Self::default()))
    }
}

struct Entries<K, V>(SortedMap<K, V>);

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
    type Value = SortedMap<K, V>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Self::Value, A::Error> {
        while let Some((key, value)) = entries.next_entry()? {
            self.0.insert(key, value);
        }
        Ok(self.0)
    }
}

/// How many numbers a page has at most.
const PAGE: usize = 512;

/// Numbers in an order that somebody else knows, on pages: a tree of two levels. To insert is to move the rest of one
/// page and, when a page is full, the list of pages.
#[derive(Clone, Default)]
struct Order {
    /// None is empty.
    pages: Vec<Vec<usize>>,
}

/// On which page, and where there.
type Spot = (usize, usize);

impl Order {
    /// Where the number is that compares as equal, or where it would be.
    fn find(&self, compare: &dyn Fn(usize) -> Ordering) -> Result<Spot, Spot> {
        let begins_before = |page: &Vec<usize>| page.first().is_some_and(|first| compare(*first).is_le());
        let number = self.pages.partition_point(begins_before).saturating_sub(1);
        let page = self.pages.get(number).map(Vec::as_slice).unwrap_or_default();
        match page.binary_search_by(|own| compare(*own)) {
            Ok(at) => Ok((number, at)),
            Err(at) => Err((number, at)),
        }
    }

    fn at(&self, (number, at): Spot) -> Option<usize> {
        self.pages.get(number)?.get(at).copied()
    }

    /// Of a full page half goes to the next; of the last one, nothing that is to stay before what is new, so that what
    /// comes in order fills its pages.
    fn put(&mut self, (number, at): Spot, new: usize) {
        let after = number.saturating_add(1);
        let is_last = after >= self.pages.len();
        let Some(page) = self.pages.get_mut(number) else { return self.pages.push(vec![new]) };
        page.insert(at, new);
        if page.len() > PAGE {
            let rest = page.split_off(if is_last && at == PAGE { at } else { PAGE / 2 });
            self.pages.insert(after, rest);
        }
    }

    fn take(&mut self, (number, at): Spot) -> Option<usize> {
        let page = self.pages.get_mut(number)?;
        let taken = page.remove(at);
        if page.is_empty() {
            self.pages.remove(number);
        }
        Some(taken)
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = usize> + Clone {
        self.pages.iter().flatten().copied()
    }
}

/// A set in the order of its members, for few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedSet<T>(Vec<T>);

impl<T: Ord> SortedSet<T> {
    /// Whether it is a member.
    pub fn contains<Q: Ord + ?Sized>(&self, member: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|own| own.borrow().cmp(member)).is_ok()
    }

    /// Adds a member; whether it is new.
    pub fn insert(&mut self, member: T) -> bool {
        self.0.binary_search(&member).map_err(|at| self.0.insert(at, member)).is_err()
    }

    /// Takes a member out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, member: &Q)
    where
        T: Borrow<Q>,
    {
        if let Ok(at) = self.0.binary_search_by(|own| own.borrow().cmp(member)) {
            self.0.remove(at);
        }
    }
}

impl<T> SortedSet<T> {
    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The members.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The member before all others.
    pub fn first(&self) -> Option<&T> {
        self.0.first()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a SortedSet<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Change {
        Insert(u16, u8),
        Update(u16),
        Remove(u16),
    }

    fn changes(keys: u16) -> impl Strategy<Value = Vec<Change>> {
        let change = prop_oneof![
            3 => (0..keys, any::<u8>()).prop_map(|(key, value)| Change::Insert(key, value)),
            1 => (0..keys).prop_map(Change::Update),
            2 => (0..keys).prop_map(Change::Remove),
        ];
        vec(change, 0..400)
    }

    fn changed(map: &mut SortedMap<u16, u8>, std: &mut BTreeMap<u16, u8>, changes: &[Change]) {
        for change in changes {
            match *change {
                Change::Insert(key, value) => {
                    map.insert(key, value);
                    std.insert(key, value);
                }
                Change::Update(key) => {
                    map.update(key, |value| *value = value.wrapping_add(1));
                    let value = std.entry(key).or_default();
                    *value = value.wrapping_add(1);
                }
                Change::Remove(key) => assert_eq!(map.remove(&key), std.remove(&key)),
            }
        }
    }

    proptest! {
        #[test]
        fn a_map_is_as_the_one_of_the_standard_library(before in changes(900), after in changes(40)) {
            let (mut map, mut std) = (SortedMap::default(), BTreeMap::new());
            for key in 0..900 {
                map.insert(key * 7 % 900, 1);
                std.insert(key * 7 % 900, 1);
            }
            changed(&mut map, &mut std, &before);
            changed(&mut map, &mut std, &after);
            prop_assert!(map.iter().eq(&std));
            prop_assert!(map.iter().rev().eq(std.iter().rev()));
            prop_assert_eq!((map.len(), map.is_empty()), (std.len(), std.is_empty()));
            prop_assert_eq!(map.first_key(), std.keys().next());
            for key in 0..900 {
                prop_assert_eq!(map.get(&key), std.get(&key));
                prop_assert_eq!(map.get_entry(&key), std.get_key_value(&key));
                prop_assert_eq!(map.contains_key(&key), std.contains_key(&key));
                prop_assert_eq!(map.get_mut(&key), std.get_mut(&key));
            }
            prop_assert_eq!(&std.clone().into_iter().collect::<SortedMap<_, _>>(), &map);
            prop_assert!(map.into_entries().eq(std));
        }

        #[test]
        fn a_set_is_as_the_one_of_the_standard_library(members in vec(0..50_u8, 0..80), gone in vec(0..50_u8, 0..20)) {
            let (mut set, mut std) = (SortedSet::default(), BTreeSet::new());
            for member in members {
                prop_assert_eq!(set.insert(member), std.insert(member));
            }
            for member in gone {
                set.remove(&member);
                std.remove(&member);
            }
            prop_assert!(set.iter().eq(&std));
            prop_assert_eq!((set.len(), set.is_empty(), set.first()), (std.len(), std.is_empty(), std.first()));
            prop_assert!((0..50).all(|member| set.contains(&member) == std.contains(&member)));
        }
    }

    #[test]
    fn what_comes_in_order_fills_its_pages() {
        let filled = |numbers: &mut dyn Iterator<Item = usize>| {
            let mut map = SortedMap::default();
            numbers.for_each(|number| map.insert(number, ()));
            map.order.pages.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(filled(&mut (0..PAGE * 2 + 1)), [PAGE, PAGE, 1]);
        let half_full = PAGE / 2..=PAGE;
        assert!(filled(&mut (0..PAGE * 3).rev()).iter().all(|length| half_full.contains(length)));
    }

    #[test]
    fn a_map_is_read_and_written_as_an_object() {
        let map: SortedMap<String, u8> = serde_json::from_str(r#"{"b": 2, "a": 1}"#).unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"a":1,"b":2}"#);
        assert_eq!(map.get("b"), Some(&2));
        assert!(serde_json::from_str::<SortedMap<String, u8>>("[]").is_err());
    }
}
