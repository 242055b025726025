use super::delete_policy::{cancel_pending, end_grants};
use super::shared::acting_administrator;
use crate::model::{
    AccessEvent, Actor, CancelReason, EndReason, LiveGrants, PendingRequests, Policy, PolicyTerms,
    PolicyUpdated, Refusal, Timestamp, UpdatePolicy,
};
use crate::policy_rules::check_terms;
use crate::state::State;
use crate::visibility::acting_subject;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &UpdatePolicy,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_subject(state, actor)?;
    let id = &command.policy_id;
    let current = state.policies().live(id).ok_or_else(|| Refusal::not_found(id))?;
    acting_administrator(state, actor)?;
    let terms = merged(&current.terms, command);
    check_terms(state, &terms, Some(id))?;

    let mut events = Vec::new();
    if terms != current.terms {
        let policy = Policy { id: id.clone(), version: current.version.saturating_add(1), terms };
        events.push(AccessEvent::PolicyUpdated(PolicyUpdated { policy }));
    }
    if command.pending_requests == PendingRequests::Cancel {
        events.extend(cancel_pending(state, id, actor, CancelReason::PolicyUpdated, now));
    }
    if command.live_grants == LiveGrants::Revoke {
        end_grants(state, id, actor, EndReason::Revoked, now, &mut events);
    }
    Ok(events)
}

/// The terms with what the command gives; what it leaves out stays.
fn merged(current: &PolicyTerms, command: &UpdatePolicy) -> PolicyTerms {
    let UpdatePolicy {
        policy_id: _,
        name,
        targets,
        actions,
        condition,
        steps,
        self_approval,
        distinct_approvers,
        break_glass,
        max_duration,
        request_ttl,
        justification,
        approver_may_revoke,
        pending_requests: _,
        live_grants: _,
    } = command.clone();
    let current = current.clone();
    PolicyTerms {
        name: name.unwrap_or(current.name),
        targets: targets.unwrap_or(current.targets),
        actions: actions.unwrap_or(current.actions),
        condition: condition.unwrap_or(current.condition),
        steps: steps.unwrap_or(current.steps),
        self_approval: self_approval.unwrap_or(current.self_approval),
        distinct_approvers: distinct_approvers.unwrap_or(current.distinct_approvers),
        break_glass: break_glass.unwrap_or(current.break_glass),
        max_duration: max_duration.unwrap_or(current.max_duration),
        request_ttl: request_ttl.unwrap_or(current.request_ttl),
        justification: justification.unwrap_or(current.justification),
        approver_may_revoke: approver_may_revoke.unwrap_or(current.approver_may_revoke),
    }
}
