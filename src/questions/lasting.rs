//! How long answers hold where nothing happens but that time passes.

use std::collections::BTreeSet;
use std::iter;

use super::explain::Explanation;
use super::requests::looked_at;
use crate::approval::Approval;
use crate::delegations::Delegation;
use crate::engine::Engine;
use crate::limits;
use crate::people::Actor;
use crate::requests::AccessRequest;
use crate::state::{Due, State};
use crate::values::{RequestId, Seconds, SubjectId, Timestamp};
use crate::visibility::sees_request;

impl Engine {
    /// The first instant after `at` from which on the lists of a subject, and what was explained to it, may be otherwise though
    /// there is no further commit. What others would see change there has no part in it.
    pub(crate) fn lasts_until<'e>(
        &self,
        id: &SubjectId,
        explained: impl Iterator<Item = &'e Explanation>,
        at: Timestamp,
    ) -> Option<Timestamp> {
        let at = self.time(at);
        let (state, viewer) = (&self.state_at(at), &Actor::Subject(id.clone()));
        let (seen, unseen): (Vec<_>, Vec<_>) =
            looked_at(state, viewer, None).partition(|request| sees_request(state, viewer, request));
        let seen_ids: BTreeSet<RequestId> = seen.iter().map(|request| request.id.clone()).collect();
        let all_ids = unseen.iter().map(|request| request.id.clone()).chain(seen_ids.iter().cloned());
        let due = state.deadlines_of(&all_ids.collect()).into_iter().filter(|deadline| match &deadline.due {
            // It may call the subject to a request that it does not see yet.
            Due::StepEscalates(_) => true,
            Due::RequestExpires(id) | Due::RequestLeaves(id) => seen_ids.contains(id),
            // What these do is not shown, or stands below.
            Due::StepReminds(_)
            | Due::GrantEnds(_)
            | Due::GrantEndsSoon(_)
            | Due::DelegationStarts(_)
            | Due::DelegationEnds(_) => false,
        });
        let own = seen.iter().filter_map(|request| state.grants().get(request.grant_id.as_ref()?));
        let own = own.filter(|grant| grant.end.is_none()).map(|grant| (grant.starts_at, grant.ends_at));
        let held = explained.flat_map(|it| &it.holds.grants).map(|grant| (grant.starts_at, grant.ends_at));
        let grants = own.chain(held).flat_map(|(starts_at, ends_at)| iter::once(starts_at).chain(ends_at));
        let instants = due.map(|deadline| deadline.at).chain(grants).chain(asking(state, id));
        instants.chain(next_delegation(state, id, &seen)).filter(|instant| *instant > at).min()
    }
}

/// When what a subject is told that it may do with its pending requests may become otherwise: their starts and ends come near,
/// and the limits of a day end.
fn asking(state: &State, id: &SubjectId) -> Vec<Timestamp> {
    let pending: Vec<_> = state.requests().pending_of(id).map(|request| &request.content).collect();
    if pending.is_empty() {
        return Vec::new();
    }
    let day = Seconds::new(limits::REQUEST_WINDOW);
    let counted = state.requests().asked_at(id).chain(state.grants().broken_at(id));
    let ends = pending.iter().filter_map(|content| Some(content.until?.minus(Seconds::minutes(1))));
    let starts = pending.iter().filter_map(|content| content.starts_at);
    counted.map(|at| at.plus(day)).chain(ends).chain(starts).collect()
}

/// When the next delegation starts or ends that the subject has a part in, or an approver of what it sees.
fn next_delegation(state: &State, id: &SubjectId, seen: &[&AccessRequest]) -> Option<Timestamp> {
    let pending = || seen.iter().filter(|request| request.is_pending());
    let is_of_approver = |delegation: &Delegation| {
        pending().any(|request| {
            let policy = state.policy_of(request).ok();
            let of = |policy| Approval::of(state.directory(), state.delegations(), policy, request);
            policy.is_some_and(|policy| of(policy).is_named(&delegation.delegator))
        })
    };
    let mut open: Vec<_> = state.delegations().open().collect();
    let next = |it: &Delegation| if it.begun { it.ends_at } else { it.starts_at };
    open.sort_by_key(|delegation| next(delegation));
    let is_party = |it: &Delegation| [&it.delegator, &it.delegate].contains(&id);
    open.into_iter().find(|it| is_party(it) || is_of_approver(it)).map(next)
}
