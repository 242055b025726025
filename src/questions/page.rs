use std::collections::BTreeMap;

use crate::model::{Page, PageSize};

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
pub(super) fn finds<'a>(
    text: Option<&crate::model::Text>,
    places: impl IntoIterator<Item = &'a str>,
) -> bool {
    let Some(text) = text else { return true };
    let sought = in_small_letters(text.as_str());
    places.into_iter().any(|place| in_small_letters(place).contains(&sought))
}

/// Letter by letter: where a letter stands in a word does not matter.
fn in_small_letters(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
