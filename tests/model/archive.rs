//! What leaves when it has been over for long, and what leaves with it (`archive.*`).

use access_engine::grants::Grant;
use access_engine::people::{Actor, Principal};
use access_engine::policies::{Approver, Exclusion, PolicyTerms};
use access_engine::requests::AccessRequest;
use access_engine::values::{PolicyId, RequestId, Seconds, SubjectId, Timestamp};

use super::people::sorted;
use super::state::{Ruled, State};

const WAIT: Seconds = Seconds::days(35);
const DAY: i64 = 86_400_000;

/// When a request leaves: at the first midnight at which all has come that must have for it and its bundle.
pub(crate) fn leaves_at(state: &State, request: &AccessRequest) -> Option<Timestamp> {
    let is_with = |other: &&AccessRequest| {
        other.id == request.id || request.bundle_id.is_some() && other.bundle_id == request.bundle_id
    };
    let together = state.requests.iter().map(|asked| &asked.request).filter(is_with);
    let instants: Option<Vec<Timestamp>> = together.flat_map(|one| awaited(state, one)).collect();
    let last = instants?.into_iter().max()?.millis();
    Some(Timestamp::from_millis(last + (-last).rem_euclid(DAY)).expect("a time"))
}

/// The instants that must have come; `None` is still to be.
fn awaited(state: &State, request: &AccessRequest) -> Vec<Option<Timestamp>> {
    let Some(closing) = &request.closing else { return vec![None] };
    let mut awaited = vec![Some(closing.at.plus(WAIT))];
    if let Some(glass) = &request.break_glass {
        awaited.push(glass.acknowledgement.as_ref().map(|acknowledgement| acknowledgement.at));
    }
    let Some(grant) = grant_of(state, request) else { return awaited };
    awaited.push(grant.end.as_ref().map(|end| end.at.plus(WAIT)));
    awaited.extend(request.renewal_left_at.map(Some));
    for renewal in state.requests.iter().map(|asked| &asked.request) {
        if renewal.content.renews.as_ref() != Some(&grant.id) {
            continue;
        }
        // It waits no longer from when its grant began or was ended before, or, without one, from when it closed.
        let given = grant_of(state, renewal);
        let begun =
            given.map(|given| given.end.as_ref().map_or(given.starts_at, |end| end.at.min(given.starts_at)));
        awaited.push(begun.or_else(|| renewal.closing.as_ref().map(|closing| closing.at)));
    }
    awaited
}

fn grant_of<'a>(state: &'a State, request: &AccessRequest) -> Option<&'a Grant> {
    state.grants.iter().map(|given| &given.grant).find(|grant| grant.request_id == request.id)
}

/// The requests that leave at an instant, with which nothing else is left to do by then.
pub(crate) fn leaving(state: &State, at: Timestamp) -> Vec<RequestId> {
    let requests = state.requests.iter().map(|asked| &asked.request);
    let leaving = requests.filter(|request| leaves_at(state, request) == Some(at));
    leaving.map(|request| request.id.clone()).collect()
}

/// Takes requests out with their grants, and what nobody has a use for any more.
pub(crate) fn leave(state: &mut State, ids: &[RequestId], at: Timestamp) {
    let leaves = |id: &RequestId| ids.contains(id);
    for request in state.requests.iter().map(|asked| &asked.request).filter(|request| leaves(&request.id)) {
        let holder = grant_of(state, request).and_then(|grant| grant.end.as_ref());
        let mut authors: Vec<_> = authors(request).into_iter().cloned().collect();
        authors.extend(holder.filter(|end| end.note.is_some()).and_then(|end| end.by.subject()).cloned());
        authors.retain(|id| state.erased.iter().any(|(erased, _)| erased == id));
        state.archived_since = sorted([state.archived_since.clone(), authors].concat());
    }
    state.requests.retain(|asked| !leaves(&asked.request.id));
    state.grants.retain(|given| !leaves(&given.grant.request_id));
    state.delegations.retain(|known| known.end.as_ref().is_none_or(|end| end.at.plus(WAIT) > at));
    let named = versions(state);
    state.policies.retain_mut(|policy| keep_named(policy, &named));
    let named = subjects(state);
    let removed = state.people.removed.clone();
    let is_gone = |id: &SubjectId| removed.contains(&Principal::from(id)) && !named.contains(id);
    state.people.subjects.retain(|subject| !is_gone(&subject.id));
}

/// Who asks, and who wrote something of it.
fn authors(request: &AccessRequest) -> Vec<&SubjectId> {
    let mut authors = vec![&request.content.requester];
    let reviews = request.reviews.iter().map(|record| &record.review);
    authors.extend(reviews.filter(|review| review.comment.is_some()).map(|review| &review.reviewer));
    authors.extend(request.edits.iter().map(|edit| &edit.editor));
    let closing = request.closing.iter().filter(|closing| closing.note.is_some());
    authors.extend(closing.filter_map(|closing| closing.by.subject()));
    let acknowledged = request.break_glass.iter().filter_map(|glass| glass.acknowledgement.as_ref());
    authors.extend(acknowledged.filter(|it| it.comment.is_some()).map(|it| &it.by));
    authors
}

/// Keeps the versions that are named and the last one; whether any of it is to be kept.
fn keep_named(policy: &mut Ruled, named: &[(PolicyId, u32)]) -> bool {
    let last = policy.versions.len();
    let mut is_kept = policy.is_live;
    for (number, version) in (1..).zip(&mut policy.versions) {
        let is_named = named.contains(&(policy.id.clone(), number));
        is_kept |= is_named;
        if !is_named && number as usize != last {
            *version = None;
        }
    }
    is_kept
}

/// The versions that requests and grants are under, or that governed what they leave out.
fn versions(state: &State) -> Vec<(PolicyId, u32)> {
    let mut named = Vec::new();
    let mut name = |id: &PolicyId, version: u32, others: &[Exclusion]| {
        named.push((id.clone(), version));
        named.extend(others.iter().map(|other| (other.policy_id.clone(), other.policy_version)));
    };
    for content in state.requests.iter().map(|asked| &asked.request.content) {
        name(&content.policy_id, content.policy_version, &content.exclusions);
    }
    for grant in state.grants.iter().map(|given| &given.grant) {
        name(&grant.policy_id, grant.policy_version, &grant.exclusions);
    }
    named
}

/// Everybody who has a part in a request, a grant or a delegation, or is named by a policy.
fn subjects(state: &State) -> Vec<SubjectId> {
    let mut named: Vec<SubjectId> = Vec::new();
    let by = |actor: &Actor| actor.subject().cloned();
    for request in state.requests.iter().map(|asked| &asked.request) {
        named.push(request.content.requester.clone());
        named.extend(request.asked.iter().cloned());
        for review in request.reviews.iter().map(|record| &record.review) {
            named.extend([Some(review.reviewer.clone()), review.on_behalf_of.clone()].into_iter().flatten());
        }
        for edit in &request.edits {
            named.extend([Some(edit.editor.clone()), edit.on_behalf_of.clone()].into_iter().flatten());
        }
        named.extend(request.closing.iter().filter_map(|closing| by(&closing.by)));
        let acknowledged = request.break_glass.iter().filter_map(|glass| glass.acknowledgement.as_ref());
        named.extend(acknowledged.map(|it| it.by.clone()));
    }
    for grant in state.grants.iter().map(|given| &given.grant) {
        named.push(grant.holder.clone());
        named.extend(grant.end.iter().filter_map(|end| by(&end.by)));
    }
    for delegation in &state.delegations {
        named.extend([delegation.delegator.clone(), delegation.delegate.clone()]);
        named.extend(delegation.end.iter().filter_map(|end| by(&end.by)));
    }
    let versions = state.policies.iter().flat_map(|policy| policy.versions.iter().flatten());
    named.extend(versions.flat_map(|version| named_by(&version.terms)));
    sorted(named)
}

fn named_by(terms: &PolicyTerms) -> Vec<SubjectId> {
    let mut named = Vec::new();
    for step in terms.steps.iter() {
        let quorums = step.quorums.iter().chain(step.any_of.iter().flat_map(|list| list.iter()));
        let called = step.escalate.iter().flat_map(|escalation| escalation.approvers.iter());
        for approver in quorums.flat_map(|quorum| quorum.approvers.iter()).chain(called) {
            if let Approver::Subject(id) = approver {
                named.push(id.clone());
            }
        }
    }
    for bypasser in terms.break_glass.iter().flat_map(|glass| glass.bypassers.iter()) {
        if let Principal::Subject(id) = bypasser {
            named.push(id.clone());
        }
    }
    named
}
