//! The record as a viewer may see it.

use serde::{Deserialize, Serialize};

use super::page::{Page, PageSize, finds};
use crate::engine::Engine;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::record::Commit;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{GrantId, PolicyId, RequestId, SubjectId, Text, Timestamp};
use crate::visibility::{administers, check_viewer, sees_delegation, sees_request};

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
    /// By this subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<SubjectId>,
    /// Has this in its summary. Small and capital letters are taken as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// At most so many; 1 to 200, default 50.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number"))]
    pub limit: PageSize,
    /// Those after this one: the `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<HistoryCursor>,
}

/// A place in the record: the version of a commit and the number of an event in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryCursor {
    /// The version of the commit.
    pub version: u64,
    /// The number of the event in it, from 0.
    pub event: u32,
}

/// An entry of the record as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Where it stands in the record.
    pub cursor: HistoryCursor,
    /// When it happened: of what a tick found due, when it was due.
    pub at: Timestamp,
    /// Whose command it was.
    pub actor: Actor,
    /// A sentence for people.
    pub summary: String,
    /// What happened.
    pub event: AccessEvent,
}

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
        let due = self.due(at);
        let commits = due.iter().chain(self.log().iter().rev().map(AsRef::as_ref));
        let matches = |entry: &Entry<'_>| sees(state, viewer, entry.event) && fits(state, filter, entry);
        let entries = commits.flat_map(entries).map(|entry| (entry.cursor, Some(entry).filter(matches)));
        let page = Page::of(entries, filter.after.as_ref(), filter.limit);
        Ok(page.map(|entry| view(state, &entry)))
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
    let delegation = event.about().delegation_id.and_then(|id| state.delegations().get(id));
    let is_party = delegation.is_some_and(|delegation| sees_delegation(state, viewer, delegation));
    is_theirs || is_party || administers(state, viewer)
}

fn fits(state: &State, filter: &HistoryFilter, entry: &Entry<'_>) -> bool {
    let grant: Option<&GrantId> = entry.event.about().grant_id;
    filter.request_id.as_ref().is_none_or(|id| request_of(state, entry.event) == Some(id))
        && filter.grant_id.as_ref().is_none_or(|id| grant == Some(id))
        && filter.policy_id.as_ref().is_none_or(|id| entry.event.about().policy_id == Some(id))
        && filter.by.as_ref().is_none_or(|id| entry.commit.actor.subject() == Some(id))
        && (filter.text.is_none()
            || finds(filter.text.as_ref(), [entry.event.sentence(state, &entry.commit.actor).as_str()]))
}

/// The request that an event is about, by its grant where need be.
fn request_of<'a>(state: &'a State, event: &'a AccessEvent) -> Option<&'a RequestId> {
    let by_grant = || Some(&state.grants().get(event.about().grant_id?)?.request_id);
    event.about().request_id.or_else(by_grant)
}

fn view(state: &State, entry: &Entry<'_>) -> HistoryEntry {
    HistoryEntry {
        cursor: entry.cursor,
        at: entry.event.due_at().unwrap_or(entry.commit.at),
        actor: entry.commit.actor.clone(),
        summary: entry.event.sentence(state, &entry.commit.actor),
        event: entry.event.clone(),
    }
}
