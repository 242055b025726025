use std::borrow::Borrow;
use std::fmt::Display;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::page::{Order, Page, PageSize};
use crate::json::{canonical_hash, parse_json, to_canonical};
use crate::refusal::Refusal;
use crate::values::{Invalid, InvalidKind};

/// A place in a list, in one order and with certain filters: the `next` of one page is the `after` of another. What is in
/// it is nobody's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Cursor(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl Cursor {
    /// The place that it names, unasked of which list.
    pub(super) fn place(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, place)| place)
    }
}

/// How a filter wants its list paged, `P` being the places that the list has.
pub(super) struct Paging<P> {
    order: Order,
    limit: PageSize,
    /// Of the list, its order and its filters; every cursor of theirs begins with it.
    mark: String,
    after: Option<P>,
}

const MARK_CHARS: usize = 16;

impl<P: Ord + Display + for<'t> TryFrom<&'t str>> Paging<P> {
    /// Of a list whose places are ids.
    ///
    /// # Errors
    /// `invalid_cursor`.
    pub(super) fn by_id(
        list: &str,
        filter: &impl Serialize,
        order: Order,
        limit: PageSize,
        after: Option<&Cursor>,
    ) -> Result<Self, Refusal> {
        Self::new(list, filter, order, limit, after, |text| P::try_from(text).ok())
    }
}

impl<P: Ord + Display> Paging<P> {
    /// Of a list whose places are read like this.
    ///
    /// # Errors
    /// `invalid_cursor` where `after` is no cursor of this list, in this order, with these filters.
    pub(super) fn new(
        list: &str,
        filter: &impl Serialize,
        order: Order,
        limit: PageSize,
        after: Option<&Cursor>,
        place: impl FnOnce(&str) -> Option<P>,
    ) -> Result<Self, Refusal> {
        let mark = mark(list, order, filter);
        let after = after.map(|Cursor(text)| {
            let (begins, rest) = text.split_once('.')?;
            if begins == mark { place(rest) } else { None }
        });
        match after {
            Some(None) => Err(Refusal::from(invalid_cursor())),
            after => Ok(Self { order, limit, mark, after: after.flatten() }),
        }
    }

    /// The cursor of a place.
    pub(super) fn cursor(&self, place: &P) -> Cursor {
        Cursor(format!("{}.{place}", self.mark))
    }

    /// The same as [`Self::page`] where it is known how many there are: nothing is looked for beyond the page.
    pub(super) fn page_of<T, S: Ord>(
        &self,
        total: usize,
        found: impl Iterator<Item = (impl Borrow<P>, T)>,
    ) -> Page<T, S> {
        let behind = found.filter(|(place, _)| self.is_behind(Borrow::<P>::borrow(place)));
        Page { total, ..self.page(behind.take(self.limit.get().saturating_add(1))) }
    }

    /// The page of what was found, which is in order. Whatever stood at the place before may be gone.
    pub(super) fn page<T, S: Ord>(&self, found: impl Iterator<Item = (impl Borrow<P>, T)>) -> Page<T, S> {
        let mut page = Page { items: Vec::new(), next: None, total: 0, counts: Default::default() };
        let mut last = None;
        for (place, item) in found {
            page.total = page.total.saturating_add(1);
            if !self.is_behind(place.borrow()) {
                continue;
            }
            if page.items.len() < self.limit.get() {
                page.items.push(item);
                last = Some(place);
            } else if page.next.is_none() {
                page.next = last.as_ref().map(|last| self.cursor(last.borrow()));
            }
        }
        page
    }

    /// Whether a place is behind the one to go on from.
    pub(super) fn is_behind(&self, place: &P) -> bool {
        self.after.as_ref().is_none_or(|after| match self.order {
            Order::NewestFirst => place < after,
            Order::OldestFirst => place > after,
        })
    }
}

/// What a filter looks for, whichever page of it.
fn mark(list: &str, order: Order, filter: &impl Serialize) -> String {
    let mut sought = to_canonical(filter).and_then(|text| parse_json(&text).ok()).unwrap_or_default();
    if let Some(fields) = sought.as_object_mut() {
        fields.retain(|field, _| !["order", "limit", "after"].contains(&field.as_str()));
    }
    canonical_hash(&json!([list, order, sought])).chars().take(MARK_CHARS).collect()
}

fn invalid_cursor() -> Invalid {
    let problem =
        "this is no cursor of this list, in this order, with these filters: give the `next` of its last page";
    Invalid::new(InvalidKind::InvalidCursor, problem).inside("after")
}
