use serde::{Deserialize, Serialize};

use super::checks::acting_administrator;
use super::consequences::grants::end_grants;
use super::consequences::requests::cancel_pending;
use super::delete_policy::LiveGrants;
use super::patch::present;
use crate::conditions::RequesterCondition;
use crate::events::{AccessEvent, PolicyUpdated};
use crate::grants::EndReason;
use crate::limits;
use crate::people::Actor;
use crate::policies::{BreakGlassTerms, Policy, PolicyTerms, RequestTtl, Requirement, Step, check_terms};
use crate::refusal::Refusal;
use crate::requests::CancelReason;
use crate::resources::{ActionSet, PolicyTargets};
use crate::state::State;
use crate::values::{AtMost, Name, PolicyId, Seconds, Timestamp};
use crate::visibility::acting_subject;

/// Changes of a policy: what is left out stays, `null` takes an optional part away (RFC 7396).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdatePolicy {
    /// Which policy.
    pub policy_id: PolicyId,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Which resources it governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<PolicyTargets>,
    /// Which actions it governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<ActionSet>,
    /// Who may ask; `null`: everybody.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "RequesterCondition | null"))]
    pub condition: Option<Option<RequesterCondition>>,
    /// Who must approve.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "Step[]"))]
    pub steps: Option<AtMost<{ limits::STEPS }, Step>>,
    /// Whether requesters may approve their own requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_approval: Option<bool>,
    /// Whether an approver of one step is barred from later ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distinct_approvers: Option<bool>,
    /// Who may go ahead without approval; `null`: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "BreakGlassTerms | null"))]
    pub break_glass: Option<Option<BreakGlassTerms>>,
    /// The longest access that may be asked for; `null`: permanent access may be.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string | null"))]
    pub max_duration: Option<Option<Seconds>>,
    /// How long a request stays open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub request_ttl: Option<RequestTtl>,
    /// Whether a requester must say why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Requirement>,
    /// Whether its approvers may revoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver_may_revoke: Option<bool>,
    /// What becomes of pending requests, which go on under the version they were made under. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub pending_requests: PendingRequests,
    /// What becomes of live and scheduled grants. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub live_grants: LiveGrants,
}

/// What becomes of a policy's pending requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PendingRequests {
    /// They go on.
    #[default]
    Keep,
    /// They are cancelled.
    Cancel,
}

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
    let terms = merge(&current.terms, command);
    check_terms(state.directory(), state.policies(), &terms, Some(id))?;

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
fn merge(current: &PolicyTerms, command: &UpdatePolicy) -> PolicyTerms {
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
