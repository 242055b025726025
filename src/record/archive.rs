//! Reading back: commits are the host's, and what was archived is only in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::commit::Commit;
use super::sought::Sought;
use crate::events::{AccessEvent, apply};
use crate::limits;
use crate::notices::{self, DropReason, Message, Notice, Scene};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{DelegationId, GrantId, PolicyId, RequestId, SubjectId, Timestamp};

/// Where the commits of a record are read again.
#[expect(async_fn_in_trait, reason = "the engine lives on one thread; nothing needs its futures to be Send")]
pub trait Pages {
    /// The commits after a version, in order, at most so many; fewer mean that there are no more.
    async fn commits(&self, after: u64, limit: u32) -> Result<Vec<Arc<Commit>>, Refusal>;

    /// The versions of the commits that are sought, in any order, perhaps with others; nothing where no index is kept.
    async fn find(&self, _: &Sought) -> Result<Option<Vec<u64>>, Refusal> {
        Ok(None)
    }
}

/// The commit of a version.
pub(crate) async fn commit_at(pages: &impl Pages, version: u64) -> Result<Option<Arc<Commit>>, Refusal> {
    let Some(before) = version.checked_sub(1) else { return Ok(None) };
    Ok(pages.commits(before, 1).await?.pop())
}

/// Puts back into a state what events tell of and was archived: requests with their grants, the versions of policies that
/// these are under, delegations. Whoever has left by then is called by the id.
pub(crate) async fn recall<'e>(
    state: &mut State,
    pages: &impl Pages,
    events: impl IntoIterator<Item = &'e AccessEvent>,
) -> Result<(), Refusal> {
    let mut absent = Absent::default();
    let mut grants = BTreeSet::new();
    for event in events {
        absent.note(state, event, &mut grants);
    }
    for id in &grants {
        let made = commit_at(pages, id.made_in()).await?;
        let events = made.iter().flat_map(|commit| &commit.events);
        absent.requests.extend(events.filter_map(|event| request_of(event, id)).cloned());
    }
    // First what is told of, then the policies that it is under.
    while let Some(first) = absent.first() {
        let found = absent.read(state, pages, first).await?;
        absent = Absent::default();
        absent.note_policies(state, &found);
    }
    Ok(())
}

/// What a recipient of a notice in a commit is told by a state, or why nothing.
pub(crate) async fn message(
    (mut state, now): (State, Timestamp),
    pages: &impl Pages,
    commit: &Commit,
    (notice, to): (&Notice, &SubjectId),
) -> Result<Result<Message, DropReason>, Refusal> {
    recall(&mut state, pages, &commit.events).await?;
    let Commit { project, version, at, actor, events, .. } = commit;
    let scene = Scene { state: &state, now, project, version: *version, at: *at, actor, events };
    Ok(notices::message(scene, notice, to))
}

/// What is looked for in the record.
#[derive(Default)]
struct Absent {
    requests: BTreeSet<RequestId>,
    delegations: BTreeSet<DelegationId>,
    /// Up to which version; where none is said, to the last.
    policies: BTreeMap<PolicyId, Option<u32>>,
}

impl Absent {
    fn note<'e>(&mut self, state: &State, event: &'e AccessEvent, grants: &mut BTreeSet<&'e GrantId>) {
        let about = event.about();
        let is_absent = |id: &&RequestId| state.requests().get(id).is_none();
        match (about.request_id, about.grant_id) {
            (Some(id), _) => self.requests.extend(Some(id).filter(is_absent).cloned()),
            (None, Some(id)) => grants.extend(Some(id).filter(|id| state.grants().get(id).is_none())),
            (None, None) => {}
        }
        let delegation = about.delegation_id.filter(|id| state.delegations().get(id).is_none());
        self.delegations.extend(delegation.cloned());
        let policy = about.policy_id.filter(|id| state.policies().name(id).is_none());
        self.policies.extend(policy.map(|id| (id.clone(), None)));
    }

    fn note_policies(&mut self, state: &State, found: &BTreeSet<RequestId>) {
        for request in found.iter().filter_map(|id| state.requests().get(id)) {
            let grant = request.grant_id.as_ref().and_then(|id| state.grants().get(id));
            let under = grant.map(|grant| (&grant.policy_id, grant.policy_version));
            for (id, version) in
                [(&request.content.policy_id, request.content.policy_version)].into_iter().chain(under)
            {
                if state.policies().version(id, version).is_none() {
                    let last = self.policies.entry(id.clone()).or_default();
                    *last = (*last).max(Some(version));
                }
            }
        }
    }

    /// The commit that made the first of all.
    fn first(&self) -> Option<u64> {
        let requests = self.requests.iter().map(RequestId::made_in);
        let delegations = self.delegations.iter().map(DelegationId::made_in);
        requests.chain(delegations).chain(self.policies.keys().map(PolicyId::made_in)).min()
    }

    /// Carries what the record says of it into the state; which requests that are.
    async fn read(
        &mut self,
        state: &mut State,
        pages: &impl Pages,
        first: u64,
    ) -> Result<BTreeSet<RequestId>, Refusal> {
        let sought = self.requests.clone();
        let mut grants = BTreeSet::new();
        let (now, mut after) = (state.version, first.saturating_sub(1));
        let mut found = self.found(pages, first, now).await?.map(BTreeSet::into_iter);
        while self.first().is_some() && after < now {
            let page = match &mut found {
                Some(versions) => {
                    let Some(version) = versions.next() else { break };
                    pages.commits(version.saturating_sub(1), 1).await?
                }
                None => pages.commits(after, limits::COMMITS_A_PAGE).await?,
            };
            let Some(last) = page.last() else { break };
            after = last.version;
            for commit in page.iter().filter(|commit| commit.version <= now) {
                state.version = commit.version.saturating_sub(1);
                commit.events.iter().for_each(|event| self.carry(state, event, &mut grants));
            }
        }
        state.version = now;
        Ok(sought)
    }

    /// The commits that tell of all this, where it is little and an index finds it.
    async fn found(
        &self,
        pages: &impl Pages,
        first: u64,
        last: u64,
    ) -> Result<Option<BTreeSet<u64>>, Refusal> {
        let ids = self.requests.iter().map(RequestId::as_str);
        let ids = ids.chain(self.delegations.iter().map(DelegationId::as_str));
        let ids: Vec<_> = ids.chain(self.policies.keys().map(PolicyId::as_str)).collect();
        if ids.len() > LITTLE {
            return Ok(None);
        }
        let mut found = BTreeSet::new();
        for id in ids {
            let (about, limit) = (Some(id.to_owned()), limits::COMMITS_A_PAGE);
            let sought = Sought { first, last, about, limit, ..Sought::default() };
            let Some(versions) = pages.find(&sought).await? else { return Ok(None) };
            // There may be more.
            if versions.len() >= limits::COMMITS_A_PAGE as usize {
                return Ok(None);
            }
            found.extend(versions.into_iter().filter(|version| (first..=last).contains(version)));
        }
        Ok(Some(found))
    }

    fn carry(&mut self, state: &mut State, event: &AccessEvent, grants: &mut BTreeSet<GrantId>) {
        let about = event.about();
        let is_told = about.request_id.is_some_and(|id| self.requests.contains(id))
            || about.grant_id.is_some_and(|id| grants.contains(id))
            || about.delegation_id.is_some_and(|id| self.delegations.contains(id));
        if is_told {
            grants.extend(about.grant_id.cloned());
            apply(state, event);
        }
        match event {
            AccessEvent::RequestsArchived(archived) => archived.request_ids.iter().for_each(|id| {
                self.requests.remove(id);
            }),
            AccessEvent::DelegationEnded(ended) => {
                self.delegations.remove(&ended.delegation_id);
            }
            AccessEvent::PolicyDeleted(deleted) => {
                self.policies.remove(&deleted.policy_id);
            }
            _ => {}
        }
        let policy = match event {
            AccessEvent::PolicyCreated(event) => &event.policy,
            AccessEvent::PolicyUpdated(event) => &event.policy,
            _ => return,
        };
        if let Some(last) = self.policies.get(&policy.id).copied() {
            state.policies.recall(policy.clone());
            if last == Some(policy.version) {
                self.policies.remove(&policy.id);
            }
        }
    }
}

/// Of so many things at most an index is asked one by one; more are come upon by reading.
const LITTLE: usize = 8;

fn request_of<'e>(event: &'e AccessEvent, id: &GrantId) -> Option<&'e RequestId> {
    event.about().request_id.filter(|_| event.about().grant_id == Some(id))
}
