//! What was archived, read from the record: the same lists as of what is open, without counts.

use super::cursor::Cursor;
use super::grants::{GrantFilter, GrantView, grant_view};
use super::page::Order;
use super::place::Place;
use super::requests::{RequestFilter, RequestView, request_view};
use super::walk::{Listing, RecordPage, Walk, within};
use crate::engine::{Project, Told};
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::record::{Pages, Sought};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{GrantId, RequestId, SubjectId, Timestamp};
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
        let RequestFilter { id, requester, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = self.paging(pages, ("archivedRequests", filter), (order, *limit), after.as_ref());
        let (paging, from) = paging.await?;
        check_viewer(&self.state, viewer)?;
        let route = self
            .archived(pages, (order, from), id.as_ref().map(RequestId::made_in), requester.as_deref())
            .await?;
        let listing = Requests { open: self.open.clone(), viewer, filter };
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
        let GrantFilter { id, holder, order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = self.paging(pages, ("archivedGrants", filter), (order, *limit), after.as_ref());
        let (paging, from) = paging.await?;
        check_viewer(&self.state, viewer)?;
        let route =
            self.archived(pages, (order, from), id.as_ref().map(GrantId::made_in), holder.as_deref()).await?;
        let listing = Grants { open: self.open.clone(), viewer, filter, now: self.now };
        Walk { route, order, limit: *limit }.go(&mut self, pages, &paging, &listing).await
    }

    /// The commits that may have made what was archived: all, those for one person, or one.
    async fn archived(
        &self,
        pages: &impl Pages,
        (order, from): (Order, Option<u64>),
        one: Option<u64>,
        person: Option<&SubjectId>,
    ) -> Result<Box<dyn Iterator<Item = u64>>, Refusal> {
        // What is due to be archived may have been made by any commit.
        let due = self.due.iter().flat_map(|due| &due.events);
        let last = if due.into_iter().any(AccessEvent::is_archiving) {
            self.head
        } else {
            self.journal.archived_to()
        };
        let within = within(order, from);
        let all = one.unwrap_or(1).max(1)..=one.map_or(last, |one| one.min(last));
        let range = (*all.start()).max(*within.start())..=(*all.end()).min(*within.end());
        let by = Sought { person: person.cloned(), ..Sought::default() };
        Ok(order.of(None, self.narrowed(pages, range, order, by).await?.rev()))
    }
}

/// Archived requests as somebody sees them.
struct Requests<'a> {
    /// The state without what is archived.
    open: State,
    viewer: &'a Actor,
    filter: &'a RequestFilter,
}

impl Listing for Requests<'_> {
    type Item = RequestView;

    fn shown(&self, state: &State, place: &Place, _: &dyn Fn() -> Cursor) -> Option<RequestView> {
        let AccessEvent::RequestMade(made) = place.event()? else { return None };
        let request = state.requests().get(&made.request_id)?;
        let is_archived = self.open.requests().get(&request.id).is_none();
        let is_shown =
            is_archived && self.filter.finds(state, request) && sees_request(state, self.viewer, request);
        is_shown.then(|| request_view(state, request))
    }
}

/// Archived grants as somebody sees them.
struct Grants<'a> {
    /// The state without what is archived.
    open: State,
    viewer: &'a Actor,
    filter: &'a GrantFilter,
    now: Timestamp,
}

impl Listing for Grants<'_> {
    type Item = GrantView;

    fn shown(&self, state: &State, place: &Place, _: &dyn Fn() -> Cursor) -> Option<GrantView> {
        let AccessEvent::GrantCreated(made) = place.event()? else { return None };
        let grant = state.grants().get(&made.grant.id)?;
        let is_archived = self.open.grants().get(&grant.id).is_none();
        let is_shown =
            is_archived && self.filter.finds(state, grant, self.now) && sees_grant(state, self.viewer, grant);
        is_shown.then(|| grant_view(state, self.viewer, grant, self.now))
    }
}
