//! Lists that are read from the record: commit after commit, what is archived put back as it is come upon.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::Serialize;

use super::cursor::{Cursor, Paging};
use super::page::{Order, PageSize};
use super::place::Place;
use crate::engine::Told;
use crate::limits;
use crate::record::{Commit, Pages, Sought, recall};
use crate::refusal::Refusal;
use crate::state::State;

/// Some of a list that is read from the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RecordPage<T> {
    /// The entries; there may be few, or none, and more on the next page.
    pub items: Vec<T>,
    /// Where the next page begins: give it as `after`, with the same filters and order. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

/// What of the record is listed.
pub(super) trait Listing {
    /// An entry.
    type Item;

    /// What is shown of a place, if anything; where it is asked for, with its cursor.
    fn shown(&self, state: &State, place: &Place, cursor: &dyn Fn() -> Cursor) -> Option<Self::Item>;
}

/// The way to a page, from commit to commit.
pub(super) struct Walk<R> {
    pub(super) route: R,
    pub(super) order: Order,
    pub(super) limit: PageSize,
}

impl<R: Iterator<Item = u64>> Walk<R> {
    /// Goes as far as the page asks for, or as there are commits to look at.
    pub(super) async fn go<L: Listing>(
        self,
        told: &mut Told,
        pages: &impl Pages,
        paging: &Paging<Place>,
        listing: &L,
    ) -> Result<RecordPage<L::Item>, Refusal> {
        let Self { route, order, limit } = self;
        let mut route = route.peekable();
        let mut page = RecordPage { items: Vec::new(), next: None };
        let (mut last, mut looked_at) = (None, 0_usize);
        // What is found in few commits takes few; else more at once, since each time what was archived is read again.
        let mut at_once = limit.get().max(AT_ONCE);
        while route.peek().is_some() {
            if looked_at >= limits::COMMITS_LOOKED_AT {
                page.next = last.map(|place| paging.cursor(&place));
                break;
            }
            let versions: Vec<u64> = route
                .by_ref()
                .take(at_once.min(limits::COMMITS_LOOKED_AT.saturating_sub(looked_at)))
                .collect();
            at_once = at_once.saturating_mul(2);
            looked_at = looked_at.saturating_add(versions.len());
            let commits = told.commits(pages, &versions).await?;
            recall(&mut told.state, pages, commits.iter().flat_map(|commit| &commit.events)).await?;
            let places = commits.iter().flat_map(|commit| order.of(None, Place::all_of(commit).rev()));
            for place in places.filter(|place| paging.is_behind(place)) {
                if let Some(item) = listing.shown(&told.state, &place, &|| paging.cursor(&place)) {
                    if page.items.len() == limit.get() {
                        page.next = last.map(|place| paging.cursor(&place));
                        return Ok(page);
                    }
                    page.items.push(item);
                }
                last = Some(place);
            }
        }
        Ok(page)
    }
}

/// How many commits are looked at together, at least.
const AT_ONCE: usize = 32;

/// How many commits further the next is that is read with one.
const CLOSE: u64 = 8;

impl Told {
    /// The last commit, what is due included.
    pub(super) fn last(&self) -> u64 {
        self.due.as_ref().map_or(self.head, |due| due.version)
    }

    /// How the record is paged for a list, and from which commit on.
    pub(super) async fn paging(
        &self,
        pages: &impl Pages,
        (list, filter): (&str, &impl Serialize),
        (order, limit): (Order, PageSize),
        after: Option<&Cursor>,
    ) -> Result<(Paging<Place>, Option<u64>), Refusal> {
        let from = after.and_then(Cursor::place).and_then(Place::version);
        let commit = match from.filter(|version| (1..=self.last()).contains(version)) {
            Some(version) => self.commits(pages, &[version]).await?.pop(),
            None => None,
        };
        let place = |text: &str| Place::read(text, commit.as_ref()?);
        Ok((Paging::new(list, filter, order, limit, after, place)?, from))
    }

    /// The commits between two versions, of which only those are looked at that an index finds, where there is one, and
    /// something to find them by.
    pub(super) async fn narrowed(
        &self,
        pages: &impl Pages,
        range: RangeInclusive<u64>,
        order: Order,
        by: Sought,
    ) -> Result<Box<dyn DoubleEndedIterator<Item = u64>>, Refusal> {
        let (first, last) = (*range.start(), *range.end());
        if last.saturating_sub(first) <= CLOSE || by == Sought::default() {
            return Ok(Box::new(range));
        }
        // One more than are looked at: so it shows that there are more.
        let limit = u32::try_from(limits::COMMITS_LOOKED_AT.saturating_add(1)).unwrap_or(u32::MAX);
        let newest_first = order == Order::NewestFirst;
        let found = pages.find(&Sought { first, last, newest_first, limit, ..by }).await?;
        Ok(match found {
            Some(found) => {
                Box::new(BTreeSet::from_iter(found).into_iter().filter(move |it| range.contains(it)))
            }
            None => Box::new(range),
        })
    }

    /// The commits of these versions, in their order. What lies close together is read at once.
    pub(super) async fn commits(
        &self,
        pages: &impl Pages,
        versions: &[u64],
    ) -> Result<Vec<Arc<Commit>>, Refusal> {
        let mut found: BTreeMap<u64, Arc<Commit>> = BTreeMap::new();
        found.extend(self.due.iter().map(|due| (due.version, Arc::clone(due))));
        let mut sought: Vec<u64> = versions.iter().copied().filter(|version| *version <= self.head).collect();
        sought.sort_unstable();
        for run in sought.chunk_by(|one, next| next.saturating_sub(*one) <= CLOSE) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let count = last.saturating_sub(*first).saturating_add(1);
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            let commits = pages.commits(first.saturating_sub(1), count).await?;
            found.extend(commits.into_iter().map(|commit| (commit.version, commit)));
        }
        let missing = |version| Refusal::CorruptRecord { version, problem: "it is missing".to_owned() };
        versions.iter().map(|it| found.get(it).cloned().ok_or_else(|| missing(*it))).collect()
    }
}

/// The versions of a list between the place to go on from and its end.
pub(super) fn within(order: Order, from: Option<u64>) -> RangeInclusive<u64> {
    match (order, from) {
        (_, None) => 0..=u64::MAX,
        (Order::NewestFirst, Some(last)) => 0..=last,
        (Order::OldestFirst, Some(first)) => first..=u64::MAX,
    }
}
