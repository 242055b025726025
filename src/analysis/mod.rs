//! What is wrong with the policies, the directory and the pending requests before anybody runs into it.

mod finding;
mod people;
mod policies;
mod stuck;

use self::people::without_email;
use self::policies::{empty_groups, of_policy, unapprovable};
use crate::policies::governs_something;
use crate::state::State;

pub use self::finding::{Finding, FindingCode};
pub use self::stuck::stuck;

/// Everything that is wrong, policy by policy, then person by person, then request by request.
pub fn analyze(state: &State) -> Vec<Finding> {
    let mut findings = Vec::new();
    for policy in state.policies().all_live() {
        unapprovable(state, policy, &mut findings);
        empty_groups(state.directory(), policy, &mut findings);
        if !governs_something(state.policies(), policy) {
            findings.push(of_policy(policy, FindingCode::NeverGoverns));
        }
    }
    without_email(state, &mut findings);
    for (request_id, step) in stuck(state).into_iter() {
        let blank = Finding::new(FindingCode::RequestStuck);
        findings.push(Finding { request_id: Some(request_id), step: Some(step), ..blank });
    }
    findings
}
