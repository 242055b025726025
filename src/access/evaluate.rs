//! May this subject do this now, why, and if not, how to ask.

use super::decision::{AccessQuery, Decision, DecisionReason, Requestable};
use super::hot::Hot;
use super::opens::{is_for, opens};
use crate::conditions::{Deed, Facts, holds};
use crate::grants;
use crate::grants::Grant;
use crate::people::{KnownSubject, Member};
use crate::permissions::Permission;
use crate::policies::{governing_policy, may_ask};
use crate::resources::{Resource, matches};
use crate::state::State;
use crate::values::{Action, GrantId, GrantStatus, PermissionId, SubjectId, Timestamp};

/// Answers a question about access. The default is deny; the union of the standing permissions and the live grants
/// decides.
///
/// A standing permission is named before a grant, since it has no end; of several grants that allow, the one that ends
/// last. A denial says under which policy the subject can ask for access.
pub fn evaluate(state: &State, query: &AccessQuery, now: Timestamp) -> Decision {
    decision(state, query, |subject| plain_ground(state, subject, query.deed(), now))
}

/// The same, by the sheets of the state.
pub(crate) fn evaluate_by(hot: &Hot, state: &State, query: &AccessQuery, now: Timestamp) -> Decision {
    decision(state, query, |subject| ground(hot, state, subject, query.deed(), now))
}

/// What stands behind an answer about an active subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Permission(PermissionId),
    /// With its end.
    Grant(GrantId, Option<Timestamp>),
    GovernedElsewhere,
    Nothing,
}

fn decision(state: &State, query: &AccessQuery, ground: impl FnOnce(&KnownSubject) -> Ground) -> Decision {
    let because = |reason| Decision {
        decision: false,
        reason,
        permission_id: None,
        grant_id: None,
        until: None,
        requestable: None,
    };
    let directory = state.directory();
    let Some(subject) = directory.subject(&query.subject).filter(|subject| !subject.disabled) else {
        let is_known = directory.has_known(&query.subject);
        return because(if is_known {
            DecisionReason::SubjectDisabled
        } else {
            DecisionReason::UnknownSubject
        });
    };
    let denied = |reason| {
        let requestable = requestable(state, &subject.id, &query.action.name, &query.resource.resource);
        Decision { requestable, ..because(reason) }
    };
    match ground(subject) {
        Ground::Permission(id) => {
            let permission_id = Some(id);
            Decision { decision: true, permission_id, ..because(DecisionReason::Permitted) }
        }
        Ground::Grant(id, until) => {
            let grant_id = Some(id);
            Decision { decision: true, grant_id, until, ..because(DecisionReason::Granted) }
        }
        Ground::GovernedElsewhere => denied(DecisionReason::GovernedElsewhere),
        Ground::Nothing => denied(DecisionReason::NotGranted),
    }
}

/// What the sheets say, or where they can't tell, the plain rule.
fn ground(hot: &Hot, state: &State, subject: &KnownSubject, deed: Deed<'_>, now: Timestamp) -> Ground {
    let ground = hot.ground(state, subject, deed, now);
    ground.unwrap_or_else(|| plain_ground(state, subject, deed, now))
}

/// The rule itself, which the sheets are tested against.
pub(super) fn plain_ground(state: &State, subject: &KnownSubject, deed: Deed<'_>, now: Timestamp) -> Ground {
    let (action, resource) = (&deed.action.name, &deed.resource.resource);
    if let Some(permission) = permission(state, subject, deed) {
        return Ground::Permission(permission.id.clone());
    }
    let best = opening(state, &subject.id, action, resource, now).max_by(|one, other| ends_last(one, other));
    if let Some(grant) = best {
        return Ground::Grant(grant.id.clone(), grant.ends_at);
    }
    let has_grant = live(state, &subject.id, now).any(|grant| is_for(grant, action, resource));
    if has_grant { Ground::GovernedElsewhere } else { Ground::Nothing }
}

/// Whether [`evaluate`] allows, and nothing else.
pub fn is_allowed(state: &State, subject: &SubjectId, deed: Deed<'_>, now: Timestamp) -> bool {
    let Some(subject) = state.directory().subject(subject).filter(|subject| !subject.disabled) else {
        return false;
    };
    let (action, resource) = (&deed.action.name, &deed.resource.resource);
    permission(state, subject, deed).is_some()
        || opening(state, &subject.id, action, resource, now).next().is_some()
}

/// The same, by the sheets of the state.
pub(crate) fn is_allowed_by(
    hot: &Hot,
    state: &State,
    subject: &SubjectId,
    deed: Deed<'_>,
    now: Timestamp,
) -> bool {
    let subject = state.directory().subject(subject).filter(|subject| !subject.disabled);
    let ground = subject.map(|subject| ground(hot, state, subject, deed, now));
    matches!(ground, Some(Ground::Permission(_) | Ground::Grant(..)))
}

/// The standing permission that allows this, if one does; of several the oldest.
fn permission<'a>(state: &'a State, subject: &KnownSubject, deed: Deed<'_>) -> Option<&'a Permission> {
    let member = state.directory().member(&subject.id);
    state.permissions().all().iter().find(|permission| {
        let terms = &permission.terms;
        terms.actions.contains(&deed.action.name)
            && terms.targets.entries().any(|entry| matches(entry, &deed.resource.resource))
            && terms.holders.iter().any(|holder| member.is_behind(holder))
            && meets_condition(permission, subject, &member, deed)
    })
}

/// Whether the condition of a permission holds, if it has one.
pub(super) fn meets_condition(
    permission: &Permission,
    subject: &KnownSubject,
    member: &Member<'_>,
    deed: Deed<'_>,
) -> bool {
    let facts = Facts::new(subject, member, permission.condition_stated, Some(deed));
    permission.terms.condition.as_ref().is_none_or(|condition| holds(condition, &facts))
}

fn live<'a>(state: &'a State, subject: &SubjectId, now: Timestamp) -> impl Iterator<Item = &'a Grant> {
    state.grants().open_of(subject).filter(move |grant| grants::status(grant, now) == GrantStatus::Live)
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
pub(super) fn ends_last(one: &Grant, other: &Grant) -> std::cmp::Ordering {
    let end = |grant: &Grant| (grant.ends_at.is_none(), grant.ends_at);
    end(one).cmp(&end(other)).then_with(|| other.id.cmp(&one.id))
}

/// How the subject can ask, where the policy that governs lets it.
fn requestable(
    state: &State,
    subject: &SubjectId,
    action: &Action,
    resource: &Resource,
) -> Option<Requestable> {
    let policy = governing_policy(state.policies(), action, resource)?;
    let policy = Some(policy).filter(|policy| may_ask(state.directory(), policy, subject))?;
    Some(Requestable {
        policy: policy.to_name(),
        max_duration: policy.terms.max_duration,
        justification: policy.terms.justification,
    })
}
