use super::finding::{Finding, FindingCode};
use super::policies::of_policy;
use crate::grants;
use crate::policies::may_ask;
use crate::state::State;
use crate::values::{GrantStatus, Timestamp};

/// Live grants whose holder could not ask for them any more, by the condition that they were given under.
pub(super) fn unmet_conditions(state: &State, now: Timestamp, findings: &mut Vec<Finding>) {
    let directory = state.directory();
    for grant in state.grants().open().filter(|grant| grants::status(grant, now) == GrantStatus::Live) {
        let policy = state.policies().version(&grant.policy_id, grant.policy_version);
        if let Some(policy) = policy.filter(|policy| !may_ask(directory, policy, &grant.holder)) {
            findings.push(Finding {
                grant_id: Some(grant.id.clone()),
                subject: Some(directory.person(&grant.holder)),
                ..of_policy(policy, FindingCode::ConditionNotMet)
            });
        }
    }
}
