//! What was archived, read from the record: the same lists as of what is open, without counts.

use std::sync::Arc;

use super::cursor::{Cursor, Paging};
use super::grants::{GrantFilter, GrantView, grant_view};
use super::page::Order;
use super::requests::{RequestFilter, RequestView, request_view};
use super::walk::{Listing, RecordPage, Walk, within};
use crate::engine::{Project, Told};
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::record::{Commit, Pages};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{GrantId, RequestId, Timestamp};
use crate::visibility::{check_viewer, sees_grant, sees_request};

impl Project {
    /// [`Told::archived_requests`] of a record in memory.
    ///
    /// # Errors
    /// Those of [`Told::archived_requests`].
    pub fn archived_requests(
        &self,
        viewer: &Actor,
        filter: &RequestFilter,
        at: Timestamp,
    ) -> Result<RecordPage<RequestView>, Refusal> {
        Self::read_whole(self.told_at(at).archived_requests(self, viewer, filter))
    }

    /// [`Told::archived_grants`] of a record in memory.
    ///
    /// # Errors
    /// Those of [`Told::archived_grants`].
    pub fn archived_grants(
        &self,
        viewer: &Actor,
        filter: &GrantFilter,
        at: Timestamp,
    ) -> Result<RecordPage<GrantView>, Refusal> {
        Self::read_whole(self.told_at(at).archived_grants(self, viewer, filter))
    }
}

impl Told {
    /// The archived requests that the viewer sees.
    ///
    /// # Errors
    /// `invalid_cursor`, the codes of a viewer that is not known and active, and those of reading the record.
    pub async fn archived_requests(
        mut self,
        pages: &impl Pages,
        viewer: &Actor,
        filter: &RequestFilter,
    ) -> Result<RecordPage<RequestView>, Refusal> {
        let RequestFilter { id, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = Paging::<RequestId>::by_id("archivedRequests", filter, order, *limit, after.as_ref())?;
        check_viewer(&self.state, viewer)?;
        let from = paging.after().map(RequestId::made_in);
        let route = self.archived(order, from, id.as_ref().map(RequestId::made_in));
        let listing = Requests { known: self.state.clone(), viewer, filter };
        Walk { route, order, limit: *limit }.go(&mut self, pages, &paging, &listing).await
    }

    /// The archived grants that the viewer sees.
    ///
    /// # Errors
    /// `invalid_cursor`, the codes of a viewer that is not known and active, and those of reading the record.
    pub async fn archived_grants(
        mut self,
        pages: &impl Pages,
        viewer: &Actor,
        filter: &GrantFilter,
    ) -> Result<RecordPage<GrantView>, Refusal> {
        let GrantFilter { id, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = Paging::<GrantId>::by_id("archivedGrants", filter, order, *limit, after.as_ref())?;
        check_viewer(&self.state, viewer)?;
        let from = paging.after().map(GrantId::made_in);
        let route = self.archived(order, from, id.as_ref().map(GrantId::made_in));
        let listing = Grants { known: self.state.clone(), viewer, filter, now: self.now };
        Walk { route, order, limit: *limit }.go(&mut self, pages, &paging, &listing).await
    }

    /// The commits that may have made what was archived: all, or one.
    fn archived(&self, order: Order, from: Option<u64>, one: Option<u64>) -> Box<dyn Iterator<Item = u64>> {
        let (within, last) = (within(order, from), self.journal.archived_to());
        let all = one.unwrap_or(1).max(1)..=one.map_or(last, |one| one.min(last));
        let range = (*all.start()).max(*within.start())..=(*all.end()).min(*within.end());
        order.of(None, range.rev())
    }
}

/// Archived requests as somebody sees them.
struct Requests<'a> {
    /// The state without what is archived.
    known: State,
    viewer: &'a Actor,
    filter: &'a RequestFilter,
}

impl Listing for Requests<'_> {
    type Place = RequestId;
    type Item = RequestView;

    fn places(&self, commit: &Arc<Commit>) -> Vec<RequestId> {
        let made = commit.events.iter().filter_map(|event| match event {
            AccessEvent::RequestMade(made) => Some(&made.request_id),
            _ => None,
        });
        made.filter(|id| self.known.requests().get(id).is_none()).cloned().collect()
    }

    fn shown(&self, state: &State, id: &RequestId, _: Cursor) -> Option<RequestView> {
        let request = state.requests().get(id)?;
        let is_shown = self.filter.finds(state, request) && sees_request(state, self.viewer, request);
        is_shown.then(|| request_view(state, request))
    }
}

/// Archived grants as somebody sees them.
struct Grants<'a> {
    /// The state without what is archived.
    known: State,
    viewer: &'a Actor,
    filter: &'a GrantFilter,
    now: Timestamp,
}

impl Listing for Grants<'_> {
    type Place = GrantId;
    type Item = GrantView;

    fn places(&self, commit: &Arc<Commit>) -> Vec<GrantId> {
        let made = commit.events.iter().filter_map(|event| match event {
            AccessEvent::GrantCreated(made) => Some(&made.grant.id),
            _ => None,
        });
        made.filter(|id| self.known.grants().get(id).is_none()).cloned().collect()
    }

    fn shown(&self, state: &State, id: &GrantId, _: Cursor) -> Option<GrantView> {
        let grant = state.grants().get(id)?;
        let is_shown = self.filter.finds(state, grant, self.now) && sees_grant(state, self.viewer, grant);
        is_shown.then(|| grant_view(state, self.viewer, grant, self.now))
    }
}
