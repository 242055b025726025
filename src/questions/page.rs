use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::values::{Invalid, InvalidKind, Text};

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
        if (1..=200).contains(&size) {
            return Ok(Self(size));
        }
        let problem = format!("a page has {size} entries: give 1 to 200");
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

/// The part of an ordered list that a question shows: what matches, behind the cursor. The cursor need not match any
/// more; it keeps its place all the same.
pub(super) fn paged<T, C: PartialEq, V>(
    ordered: impl Iterator<Item = T>,
    cursor: impl Fn(&T) -> C,
    matches: impl Fn(&T) -> bool,
    after: Option<&C>,
    size: PageSize,
    view: impl Fn(T) -> V,
) -> Page<V, C> {
    let mut items: Vec<T> = Vec::new();
    let mut is_behind = after.is_none();
    let mut has_more = false;
    let mut total = 0_usize;
    for item in ordered {
        let is_cursor = after == Some(&cursor(&item));
        if matches(&item) {
            total = total.saturating_add(1);
            if is_behind && items.len() < size.get() {
                items.push(item);
            } else {
                has_more |= is_behind;
            }
        }
        is_behind |= is_cursor;
    }
    let next = items.last().filter(|_| has_more).map(cursor);
    Page { items: items.into_iter().map(view).collect(), next, total, counts: BTreeMap::default() }
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
