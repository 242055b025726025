use crate::events::{AccessEvent, PolicyCreated};
use crate::limits;
use crate::policies::{Policy, PolicyTerms, Stated, check_policy};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{Invalid, InvalidKind};

/// Whether a policy is still at the version that was looked at, where one is named.
pub(super) fn check_newest(policy: &Policy, version: Option<u32>) -> Result<(), Refusal> {
    if version.is_none_or(|version| version == policy.version) {
        return Ok(());
    }
    Err(Refusal::StalePolicy { policy_id: policy.id.clone(), version: policy.version })
}

/// The making of one policy; `counter` is its place among those of its commit.
pub(super) fn policy_created(
    state: &State,
    terms: &PolicyTerms,
    counter: u32,
) -> Result<AccessEvent, Refusal> {
    if state.policies().all_live().count() >= limits::LIVE_POLICIES {
        let problem = format!("there are {} policies: delete one first", limits::LIVE_POLICIES);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    let stated = Stated::in_commit(state.next_version());
    let policy = Policy { id: state.new_policy_id(counter), version: 1, terms: terms.clone(), stated };
    check_policy(state.directory(), state.policies(), &policy, None)?;
    Ok(AccessEvent::PolicyCreated(PolicyCreated { policy }))
}
