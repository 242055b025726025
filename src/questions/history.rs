use super::page::{finds, paged};
use super::summary::summary;
use crate::Engine;
use crate::model::{
    AccessEvent, Actor, Commit, GrantId, HistoryCursor, HistoryEntry, HistoryFilter, Page, Refusal,
    RequestId, Timestamp,
};
use crate::state::State;
use crate::visibility::{administers, check_viewer, sees_delegation, sees_request};

impl Engine {
    /// The record as the viewer may see it, the newest first: of requests and grants what concerns those he sees, of
    /// policies, directory and administrators everything to administrators and the host, else nothing.
    ///
    /// # Errors
    /// The codes of a viewer that is not known and active.
    pub fn history(
        &self,
        viewer: &Actor,
        filter: &HistoryFilter,
        at: Timestamp,
    ) -> Result<Page<HistoryEntry, HistoryCursor>, Refusal> {
        let at = self.time(at);
        let state = &*self.state_at(at);
        check_viewer(state, viewer)?;
        let due = self.tick(at);
        let commits = due.iter().chain(self.log().iter().rev().map(AsRef::as_ref));
        let entries = commits.flat_map(entries);
        let matches = |entry: &Entry<'_>| sees(state, viewer, entry.event) && fits(state, filter, entry);
        Ok(paged(
            entries,
            |entry| entry.cursor,
            matches,
            filter.after.as_ref(),
            filter.limit,
            |entry| view(state, &entry),
        ))
    }
}

struct Entry<'a> {
    cursor: HistoryCursor,
    commit: &'a Commit,
    event: &'a AccessEvent,
}

fn entries(commit: &Commit) -> impl Iterator<Item = Entry<'_>> {
    let numbered: Vec<_> = (0_u32..).zip(&commit.events).collect();
    numbered.into_iter().rev().map(move |(event_number, event)| Entry {
        cursor: HistoryCursor { version: commit.version, event: event_number },
        commit,
        event,
    })
}

fn sees(state: &State, viewer: &Actor, event: &AccessEvent) -> bool {
    let is_theirs = request_of(state, event).is_some_and(|id| {
        state.requests().get(id).is_some_and(|request| sees_request(state, viewer, request))
    });
    let delegation = event.delegation_id().and_then(|id| state.delegations().get(id));
    let is_party = delegation.is_some_and(|delegation| sees_delegation(state, viewer, delegation));
    is_theirs || is_party || administers(state, viewer)
}

fn fits(state: &State, filter: &HistoryFilter, entry: &Entry<'_>) -> bool {
    let grant: Option<&GrantId> = entry.event.grant_id();
    filter.request_id.as_ref().is_none_or(|id| request_of(state, entry.event) == Some(id))
        && filter.grant_id.as_ref().is_none_or(|id| grant == Some(id))
        && filter.policy_id.as_ref().is_none_or(|id| entry.event.policy_id() == Some(id))
        && filter.by.as_ref().is_none_or(|id| entry.commit.actor.subject() == Some(id))
        && (filter.text.is_none()
            || finds(filter.text.as_ref(), [summary(state, &entry.commit.actor, entry.event).as_str()]))
}

/// The request that an event is about, by its grant where need be.
fn request_of<'a>(state: &'a State, event: &'a AccessEvent) -> Option<&'a RequestId> {
    let by_grant = || Some(&state.grants().get(event.grant_id()?)?.request_id);
    event.request_id().or_else(by_grant)
}

fn view(state: &State, entry: &Entry<'_>) -> HistoryEntry {
    HistoryEntry {
        cursor: entry.cursor,
        at: entry.event.due_at().unwrap_or(entry.commit.at),
        actor: entry.commit.actor.clone(),
        summary: summary(state, &entry.commit.actor, entry.event),
        event: entry.event.clone(),
    }
}
