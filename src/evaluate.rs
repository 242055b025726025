//! May this subject do this now, why, and if not, how to ask.

use crate::governance::{governing_policy, is_for, opens};
use crate::grants;
use crate::model::{
    AccessQuery, Action, Decision, DecisionReason, Grant, GrantStatus, PolicyName, Requestable, Resource,
    SubjectId, Timestamp,
};
use crate::state::State;

/// Answers a question about access. The default is deny; the union of the live grants decides.
///
/// Of several grants that allow, the one that ends last is named. A denial says under which policy access can be asked
/// for.
pub fn evaluate(state: &State, query: &AccessQuery, now: Timestamp) -> Decision {
    let deny = |reason| Decision { decision: false, reason, grant_id: None, until: None, requestable: None };
    match state.directory().subject(&query.subject) {
        None => return deny(DecisionReason::UnknownSubject),
        Some(subject) if subject.disabled => return deny(DecisionReason::SubjectDisabled),
        Some(_) => {}
    }
    let best = opening(state, &query.subject, &query.action, &query.resource, now)
        .max_by(|one, other| ends_last(one, other));
    if let Some(grant) = best {
        return Decision {
            decision: true,
            reason: DecisionReason::Granted,
            grant_id: Some(grant.id.clone()),
            until: grant.ends_at,
            requestable: None,
        };
    }
    let has_grant =
        live(state, &query.subject, now).any(|grant| is_for(grant, &query.action, &query.resource));
    let reason = if has_grant { DecisionReason::GovernedElsewhere } else { DecisionReason::NotGranted };
    Decision { requestable: requestable(state, &query.action, &query.resource), ..deny(reason) }
}

/// Whether [`evaluate`] allows, and nothing else.
pub fn is_allowed(
    state: &State,
    subject: &SubjectId,
    action: &Action,
    resource: &Resource,
    now: Timestamp,
) -> bool {
    state.directory().is_active(subject) && opening(state, subject, action, resource, now).next().is_some()
}

fn live<'a>(state: &'a State, subject: &SubjectId, now: Timestamp) -> impl Iterator<Item = &'a Grant> {
    state.open_grants(subject).filter(move |grant| grants::status(grant, now) == GrantStatus::Live)
}

fn opening<'a>(
    state: &'a State,
    subject: &SubjectId,
    action: &Action,
    resource: &Resource,
    now: Timestamp,
) -> impl Iterator<Item = &'a Grant> {
    live(state, subject, now).filter(move |grant| opens(state, grant, action, resource))
}

/// Permanent is last of all; of those that end together the smaller id.
fn ends_last(one: &Grant, other: &Grant) -> std::cmp::Ordering {
    let end = |grant: &Grant| (grant.ends_at.is_none(), grant.ends_at);
    end(one).cmp(&end(other)).then_with(|| other.id.cmp(&one.id))
}

fn requestable(state: &State, action: &Action, resource: &Resource) -> Option<Requestable> {
    let policy = governing_policy(state, action, resource)?;
    Some(Requestable {
        policy: PolicyName { id: policy.id.clone(), name: policy.terms.name.clone() },
        max_duration: policy.terms.max_duration,
        justification: policy.terms.justification,
    })
}
