use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::ability::Ability;
use super::cursor::Cursor;
use crate::limits;
use crate::values::{Invalid, InvalidKind};

/// How many entries a page has at most: 1 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32")]
pub struct PageSize(u32);

impl PageSize {
    /// The number.
    pub fn get(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u32> for PageSize {
    type Error = Invalid;

    fn try_from(size: u32) -> Result<Self, Invalid> {
        if (1..=limits::PAGE).contains(&size) {
            return Ok(Self(size));
        }
        let problem = format!("a page has {size} entries: give 1 to {}", limits::PAGE);
        Err(Invalid::new(InvalidKind::LimitExceeded, problem))
    }
}

/// Which way a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// What was made last comes first.
    NewestFirst,
    /// What was made first comes first.
    OldestFirst,
}

impl Order {
    /// The things of a list in this order; where only `one` is asked for, no more than that.
    pub(super) fn of<'a, T: 'a>(
        self,
        one: Option<Option<T>>,
        newest_first: impl DoubleEndedIterator<Item = T> + 'a,
    ) -> Box<dyn Iterator<Item = T> + 'a> {
        match (one, self) {
            (Some(one), _) => Box::new(one.into_iter()),
            (None, Self::NewestFirst) => Box::new(newest_first),
            (None, Self::OldestFirst) => Box::new(newest_first.rev()),
        }
    }
}

/// Some of what a question found, in a stable order, with how many there are in each state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", bound(serialize = "T: Serialize, S: Serialize + Ord"))]
pub struct Page<T, S> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page begins: give it as `after`, with the same filters and order. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
    /// How many entries all pages have together.
    pub total: usize,
    /// How many there are in each state, whichever the filter asks for.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<S & string, number>"))]
    pub counts: BTreeMap<S, usize>,
}

impl<T, S> Page<T, S> {
    pub(super) fn map<V>(self, view: impl Fn(T) -> V) -> Page<V, S> {
        let Self { items, next, total, counts } = self;
        Page { items: items.into_iter().map(view).collect(), next, total, counts }
    }
}

/// The state of what has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Stateless {}

/// A page of what is managed, and whether the reader may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ManagedPage<T> {
    /// The page.
    #[serde(flatten)]
    pub page: Page<T, Stateless>,
    /// Whether the reader may make, change and delete such things.
    pub manage: Ability,
}

/// How many there are in each state: none of any, to begin with.
pub(super) fn no_counts<S: Copy + Ord + VariantArray>() -> BTreeMap<S, usize> {
    S::VARIANTS.iter().map(|state| (*state, 0)).collect()
}

/// Counts one more.
pub(super) fn count<S: Ord>(counts: &mut BTreeMap<S, usize>, state: S) {
    let counted = counts.entry(state).or_default();
    *counted = counted.saturating_add(1);
}
