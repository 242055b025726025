//! What is wrong with the policies, the directory and the pending requests before anybody runs into it.

mod finding;
mod grants;
mod people;
mod permissions;
mod policies;
mod references;
mod stuck;

use self::grants::unmet_conditions;
use self::people::{shared_emails, without_email};
use self::permissions::opening_governed;
use self::policies::{empty_groups, never_governing, unapprovable};
use self::references::{stale_in_permissions, stale_in_policy};
use self::stuck::stuck_requests;
use crate::state::State;
use crate::values::Timestamp;

pub use self::finding::{Finding, FindingCode, ReferencePart};
pub use self::stuck::stuck;

/// Everything that is wrong at an instant: policy by policy, then permissions, people, grants and requests.
pub fn analyze(state: &State, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut counted = 0;
    for policy in state.policies().all_live() {
        unapprovable(state, policy, &mut counted, &mut findings);
        empty_groups(state.directory(), policy, &mut findings);
        stale_in_policy(state.directory(), policy, &mut findings);
        never_governing(state.policies(), policy, &mut findings);
    }
    stale_in_permissions(state, &mut findings);
    opening_governed(state, &mut findings);
    without_email(state, &mut findings);
    shared_emails(state, &mut findings);
    unmet_conditions(state, now, &mut findings);
    stuck_requests(state, &mut findings);
    findings
}
