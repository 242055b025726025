//! The record as a viewer may see it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use super::fitting::finds;
use super::page::{Order, PageSize};
use super::place::Place;
use super::walk::{Listing, RecordPage, Walk, within};
use crate::engine::{Project, Told};
use crate::events::{AccessEvent, Period};
use crate::people::{Actor, Client, SubjectRef};
use crate::record::{Commit, Pages, Sought};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{DelegationId, GrantId, PermissionId, PolicyId, RequestId, Text, Timestamp};
use crate::visibility::{administers, check_viewer, maybe_seen, sees_delegation, sees_request};

/// Which entries of the record; a part that is left out filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryFilter {
    /// About this request, its grant included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// About this grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// About this policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<PolicyId>,
    /// About this standing permission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_id: Option<PermissionId>,
    /// About this delegation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<DelegationId>,
    /// By this subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<SubjectRef>,
    /// Of what happened then or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Of what happened before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Has this in its summary. Small and capital letters are taken as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Which way the list goes; absent: the newest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this place: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor>,
}

/// An entry of the record as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Where it stands: as an `after` it gives those behind it.
    pub cursor: Cursor,
    /// The version of its commit.
    pub version: u64,
    /// When it happened: of what a tick found due, when it was due.
    pub at: Timestamp,
    /// Whose command it was.
    pub actor: Actor,
    /// Through what it came, as the host said: for administrators, the host and whoever sent it, and of what a requester
    /// did about his request for everybody who sees that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<Client>,
    /// A sentence for people, without instants.
    pub summary: String,
    /// From when on what it gives holds, or what it asks for should.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// The first instant at which what it gives no longer holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// What happened.
    pub event: AccessEvent,
}

impl Project {
    /// [`Told::history`] of a record in memory.
    ///
    /// # Errors
    /// Those of [`Told::history`].
    pub fn history(
        &self,
        viewer: &Actor,
        filter: &HistoryFilter,
        at: Timestamp,
    ) -> Result<RecordPage<HistoryEntry>, Refusal> {
        Self::read_whole(self.told_at(at).history(self, viewer, filter))
    }
}

impl Told {
    /// The record as the viewer may see it: of requests and grants what concerns those he sees, of policies, directory and
    /// administrators everything to administrators and the host, else nothing.
    ///
    /// # Errors
    /// `invalid_cursor`, the codes of a viewer that is not known and active, and those of reading the record.
    pub async fn history(
        mut self,
        pages: &impl Pages,
        viewer: &Actor,
        filter: &HistoryFilter,
    ) -> Result<RecordPage<HistoryEntry>, Refusal> {
        let HistoryFilter { order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let paging = self.paging(pages, ("history", filter), (order, *limit), after.as_ref());
        let (paging, from) = paging.await?;
        check_viewer(&self.state, viewer)?;
        let route = order.of(None, self.route(pages, viewer, filter, (order, from)).await?);
        Walk { route, order, limit: *limit }.go(&mut self, pages, &paging, &History { viewer, filter }).await
    }

    /// The commits that may have something for a viewer between the place before and the end of the list, the newest first.
    async fn route(
        &self,
        pages: &impl Pages,
        viewer: &Actor,
        filter: &HistoryFilter,
        (order, from): (Order, Option<u64>),
    ) -> Result<Box<dyn DoubleEndedIterator<Item = u64>>, Refusal> {
        let Stretch { told, first, last } = self.stretch(viewer, filter);
        let within = within(order, from);
        let due = self.due.as_ref().map(|due| due.version);
        let told = told.into_iter().filter(|version| *version > last).chain(due);
        let told: Vec<_> = told.filter(|version| within.contains(version)).collect();
        let all = first.max(*within.start())..=last.min(*within.end());
        let all = self.narrowed(pages, all, order, filter.sought()).await?;
        Ok(Box::new(all.chain(told).rev()))
    }

    /// Where there may be something for a viewer.
    fn stretch(&self, viewer: &Actor, filter: &HistoryFilter) -> Stretch {
        let Self { state, journal, .. } = self;
        // An id that no commit has made is nowhere.
        let archived_from = |first: u64| {
            let last = if first == 0 { 0 } else { journal.archived_to() };
            Stretch { told: BTreeSet::new(), first: first.max(1), last }
        };
        let known = |told| Stretch { told, first: 1, last: 0 };
        let request = |id| match state.requests().get(id) {
            Some(request) => known(journal.about([&request.id], [])),
            None => archived_from(id.made_in()),
        };
        if let Some(id) = &filter.request_id {
            return request(id);
        }
        if let Some(id) = &filter.grant_id {
            let grant = state.grants().get(id);
            return grant.map_or_else(|| archived_from(id.made_in()), |grant| request(&grant.request_id));
        }
        if let Some(id) = &filter.delegation_id {
            let is_there = state.delegations().get(id).is_some();
            return if is_there { known(journal.about([], [id])) } else { archived_from(id.made_in()) };
        }
        let Some(seen) = maybe_seen(state, viewer) else {
            let policy = filter.policy_id.as_ref().map(PolicyId::made_in);
            let permission = filter.permission_id.as_ref().map(PermissionId::made_in);
            let first = policy.into_iter().chain(permission).fold(1, u64::max);
            return Stretch { told: BTreeSet::new(), first, last: self.head };
        };
        let delegations = state.delegations().all().filter(|it| sees_delegation(state, viewer, it));
        let told = journal.about(seen.requests(), delegations.map(|delegation| &delegation.id));
        Stretch { told, first: 1, last: journal.archived_to() }
    }
}

impl HistoryFilter {
    /// What an index finds by: of several ids the one that fewest commits are about.
    fn sought(&self) -> Sought {
        let Self { request_id, grant_id, policy_id, permission_id, delegation_id, .. } = self;
        let about = (grant_id.as_ref().map(GrantId::as_str))
            .or(request_id.as_ref().map(RequestId::as_str))
            .or(delegation_id.as_ref().map(DelegationId::as_str))
            .or(permission_id.as_ref().map(PermissionId::as_str))
            .or(policy_id.as_ref().map(PolicyId::as_str));
        let (about, by) = (about.map(str::to_owned), self.by.as_deref().cloned());
        Sought { about, by, from: self.from, until: self.until, ..Sought::default() }
    }
}

/// The events of the record as somebody sees them.
struct History<'a> {
    viewer: &'a Actor,
    filter: &'a HistoryFilter,
}

impl Listing for History<'_> {
    type Item = HistoryEntry;

    fn shown(&self, state: &State, place: &Place, cursor: &dyn Fn() -> Cursor) -> Option<HistoryEntry> {
        let entry = Entry { commit: &place.commit, event: place.event()? };
        let is_shown = fits(state, self.filter, entry) && sees(state, self.viewer, entry.event);
        is_shown.then(|| view(state, self.viewer, entry, cursor()))
    }
}

/// Commits that may have something for somebody: all from the first to the last, and behind them these.
struct Stretch {
    told: BTreeSet<u64>,
    first: u64,
    last: u64,
}

/// An event with its commit.
#[derive(Clone, Copy)]
struct Entry<'a> {
    commit: &'a Commit,
    event: &'a AccessEvent,
}

impl Entry<'_> {
    /// When it happened: of what a tick found due, when it was due.
    fn at(&self) -> Timestamp {
        self.event.due_at().unwrap_or(self.commit.at)
    }
}

fn sees(state: &State, viewer: &Actor, event: &AccessEvent) -> bool {
    let is_theirs = request_of(state, event).is_some_and(|id| {
        state.requests().get(id).is_some_and(|request| sees_request(state, viewer, request))
    });
    let delegation = event.about().delegation_id.and_then(|id| state.delegations().get(id));
    let is_party = delegation.is_some_and(|delegation| sees_delegation(state, viewer, delegation));
    is_theirs || is_party || administers(state, viewer)
}

/// Whether a viewer who sees an entry is told through what it came: approvers are to judge what a requester sends, and
/// nobody else's programs.
fn sees_client(state: &State, viewer: &Actor, entry: Entry<'_>) -> bool {
    let Commit { actor, version, .. } = entry.commit;
    let sender = actor.subject();
    let is_own = sender.is_some_and(|id| {
        viewer.subject() == Some(id) && state.directory().is_same_since(&id.into(), *version)
    });
    let request = request_of(state, entry.event).and_then(|id| state.requests().get(id));
    is_own
        || administers(state, viewer)
        || request.is_some_and(|request| sender == Some(&request.content.requester))
}

fn fits(state: &State, filter: &HistoryFilter, entry: Entry<'_>) -> bool {
    let about = entry.event.about();
    filter.request_id.as_ref().is_none_or(|id| request_of(state, entry.event) == Some(id))
        && filter.grant_id.as_ref().is_none_or(|id| about.grant_id == Some(id))
        && filter.policy_id.as_ref().is_none_or(|id| about.policy_id == Some(id))
        && filter.permission_id.as_ref().is_none_or(|id| about.permission_id == Some(id))
        && filter.delegation_id.as_ref().is_none_or(|id| about.delegation_id == Some(id))
        && filter.by.as_deref().is_none_or(|id| entry.commit.actor.subject() == Some(id))
        && filter.from.is_none_or(|from| from <= entry.at())
        && filter.until.is_none_or(|until| entry.at() < until)
        && (filter.text.is_none() || finds(filter.text.as_ref(), [sentence(state, entry).as_str()]))
}

/// The request that an event is about, by its grant where need be.
fn request_of<'a>(state: &'a State, event: &'a AccessEvent) -> Option<&'a RequestId> {
    let by_grant = || Some(&state.grants().get(event.about().grant_id?)?.request_id);
    event.about().request_id.or_else(by_grant)
}

fn sentence(state: &State, entry: Entry<'_>) -> String {
    entry.event.sentence(state, &entry.commit.actor, entry.commit.version)
}

fn view(state: &State, viewer: &Actor, entry: Entry<'_>, cursor: Cursor) -> HistoryEntry {
    let commit = entry.commit;
    let client = commit.client.as_ref().filter(|_| sees_client(state, viewer, entry));
    let Period { starts_at, ends_at } = entry.event.period();
    HistoryEntry {
        cursor,
        version: commit.version,
        at: entry.at(),
        actor: commit.actor.clone(),
        client: client.map(|client| Client::clone(client)),
        summary: sentence(state, entry),
        starts_at,
        ends_at,
        event: entry.event.clone(),
    }
}
