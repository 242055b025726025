use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::limits;
use crate::resources::EnvironmentPattern;
use crate::values::{Environment, Invalid, InvalidKind, Text};

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

/// Some of what a question found, in a stable order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Page<T, C> {
    /// The entries, the newest first.
    pub items: Vec<T>,
    /// Where the next page begins: give it as `after`. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<C>,
    /// How many entries all pages have together.
    pub total: usize,
    /// How many there are of each status, the filter's own `status` aside.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, number>"))]
    pub counts: BTreeMap<String, usize>,
}

impl<T, C: PartialEq + Clone> Page<T, C> {
    /// The part of an ordered list that a question shows, behind `after`. An entry is its cursor and, where it matches,
    /// what to show: the cursor keeps its place when it matches no more.
    pub(super) fn of<K: Borrow<C>>(
        entries: impl Iterator<Item = (K, Option<T>)>,
        after: Option<&C>,
        size: PageSize,
    ) -> Self {
        let mut page = Self { items: Vec::new(), next: None, total: 0, counts: BTreeMap::new() };
        let mut is_behind = after.is_none();
        let mut last: Option<K> = None;
        for (cursor, item) in entries {
            let is_cursor = after == Some(cursor.borrow());
            if let Some(item) = item {
                page.total = page.total.saturating_add(1);
                if is_behind && page.items.len() < size.get() {
                    page.items.push(item);
                    last = Some(cursor);
                } else if is_behind && page.next.is_none() {
                    page.next = last.as_ref().map(|last| last.borrow().clone());
                }
            }
            is_behind |= is_cursor;
        }
        page
    }

    pub(super) fn map<V>(self, view: impl Fn(T) -> V) -> Page<V, C> {
        let Self { items, next, total, counts } = self;
        Page { items: items.into_iter().map(view).collect(), next, total, counts }
    }
}

/// How often each word comes.
pub(super) fn counted(words: impl Iterator<Item = &'static str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        let count: &mut usize = counts.entry(word.to_owned()).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// Whether a pattern has an environment, by name or by `*`; no environment is had by every one.
pub(super) fn is_in(pattern: Option<&EnvironmentPattern>, environment: Option<&Environment>) -> bool {
    let Some(environment) = environment else { return true };
    match pattern {
        None => false,
        Some(EnvironmentPattern::Any) => true,
        Some(EnvironmentPattern::Named(named)) => named == environment,
    }
}

/// Whether a text is found in one of these, in any case; no text is found everywhere.
pub(super) fn finds<'a>(text: Option<&Text>, places: impl IntoIterator<Item = &'a str>) -> bool {
    let Some(text) = text else { return true };
    let sought = in_small_letters(text.as_str());
    places.into_iter().any(|place| in_small_letters(place).contains(&sought))
}

/// Letter by letter: where a letter stands in a word does not matter.
fn in_small_letters(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
