//! The record as a viewer may see it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cursor::{Cursor, Paging};
use super::fitting::finds;
use super::page::{Order, Page, PageSize, Stateless};
use super::place::Place;
use crate::engine::Engine;
use crate::events::{AccessEvent, Period};
use crate::people::{Actor, Client, SubjectRef};
use crate::record::Commit;
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

impl HistoryFilter {
    /// Whether it narrows nothing.
    fn is_whole(&self) -> bool {
        let Self { order, limit, after, .. } = self.clone();
        *self == Self { order, limit, after, ..Self::default() }
    }
}

impl Engine {
    /// The record as the viewer may see it: of requests and grants what concerns those he sees, of policies, directory and
    /// administrators everything to administrators and the host, else nothing.
    ///
    /// # Errors
    /// `invalid_cursor`, and the codes of a viewer that is not known and active.
    pub fn history(
        &self,
        viewer: &Actor,
        filter: &HistoryFilter,
        at: Timestamp,
    ) -> Result<Page<HistoryEntry, Stateless>, Refusal> {
        let HistoryFilter { order, limit, after, .. } = filter;
        let order = order.unwrap_or(Order::NewestFirst);
        let at = self.time(at);
        let due = self.due(at);
        let place = |text: &str| Place::read(text, self.log(), due.as_ref());
        let paging = Paging::new("history", filter, order, *limit, after.as_ref(), place)?;
        let state = &self.whole_at(at);
        check_viewer(state, viewer)?;
        let told: Box<dyn DoubleEndedIterator<Item = &Commit>> = match self.told_to(state, viewer, filter) {
            Some(versions) => Box::new(versions.into_iter().rev().filter_map(|version| self.commit(version))),
            None => Box::new(self.log().iter().rev().map(AsRef::as_ref)),
        };
        let found = order
            .of(None, due.iter().chain(told))
            .flat_map(|commit| entries(commit, order))
            .filter(|entry| fits(state, filter, entry) && sees(state, viewer, entry.event))
            .map(|entry| (entry.place, entry));
        let page = if administers(state, viewer) && filter.is_whole() {
            let due = due.as_ref().map_or(0, |due| due.events.len());
            paging.page_of(self.journal().events.saturating_add(due), found)
        } else {
            paging.page(found)
        };
        Ok(page.map(|entry| view(state, viewer, &entry, &paging)))
    }

    /// The commits that may have something for a viewer; nothing where that may be all.
    fn told_to(&self, state: &State, viewer: &Actor, filter: &HistoryFilter) -> Option<BTreeSet<u64>> {
        if let Some(id) = &filter.request_id {
            return Some(self.journal().about([id], []));
        }
        let requests = maybe_seen(state, viewer)?.requests();
        let delegations = state.delegations().all().filter(|it| sees_delegation(state, viewer, it));
        Some(self.journal().about(requests, delegations.map(|delegation| &delegation.id)))
    }
}

struct Entry<'a> {
    place: Place<'a>,
    event: &'a AccessEvent,
}

fn entries(commit: &Commit, order: Order) -> impl Iterator<Item = Entry<'_>> {
    let entry = |(number, event)| Entry { place: Place { commit, number }, event };
    let newest_first = commit.events.iter().enumerate().rev();
    order.of(None, newest_first).map(entry)
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
fn sees_client(state: &State, viewer: &Actor, entry: &Entry<'_>) -> bool {
    let Commit { actor, version, .. } = entry.place.commit;
    let sender = actor.subject();
    let is_own = sender.is_some_and(|id| {
        viewer.subject() == Some(id) && state.directory().is_same_since(&id.into(), *version)
    });
    let request = request_of(state, entry.event).and_then(|id| state.requests().get(id));
    is_own
        || administers(state, viewer)
        || request.is_some_and(|request| sender == Some(&request.content.requester))
}

fn fits(state: &State, filter: &HistoryFilter, entry: &Entry<'_>) -> bool {
    let about = entry.event.about();
    filter.request_id.as_ref().is_none_or(|id| request_of(state, entry.event) == Some(id))
        && filter.grant_id.as_ref().is_none_or(|id| about.grant_id == Some(id))
        && filter.policy_id.as_ref().is_none_or(|id| about.policy_id == Some(id))
        && filter.permission_id.as_ref().is_none_or(|id| about.permission_id == Some(id))
        && filter.delegation_id.as_ref().is_none_or(|id| about.delegation_id == Some(id))
        && filter.by.as_deref().is_none_or(|id| entry.place.commit.actor.subject() == Some(id))
        && (filter.text.is_none() || finds(filter.text.as_ref(), [sentence(state, entry).as_str()]))
}

/// The request that an event is about, by its grant where need be.
fn request_of<'a>(state: &'a State, event: &'a AccessEvent) -> Option<&'a RequestId> {
    let by_grant = || Some(&state.grants().get(event.about().grant_id?)?.request_id);
    event.about().request_id.or_else(by_grant)
}

fn sentence(state: &State, entry: &Entry<'_>) -> String {
    entry.event.sentence(state, &entry.place.commit.actor)
}

fn view(state: &State, viewer: &Actor, entry: &Entry<'_>, paging: &Paging<Place<'_>>) -> HistoryEntry {
    let commit = entry.place.commit;
    let client = commit.client.as_ref().filter(|_| sees_client(state, viewer, entry));
    let Period { starts_at, ends_at } = entry.event.period();
    HistoryEntry {
        cursor: paging.cursor(&entry.place),
        version: commit.version,
        at: entry.event.due_at().unwrap_or(commit.at),
        actor: commit.actor.clone(),
        client: client.map(|client| Client::clone(client)),
        summary: sentence(state, entry),
        starts_at,
        ends_at,
        event: entry.event.clone(),
    }
}
