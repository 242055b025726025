use crate::events::{AccessEvent, PolicyCreated};
use crate::limits;
use crate::policies::{Policy, PolicyTerms, check_terms};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{Invalid, InvalidKind};

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
    check_terms(state.directory(), state.policies(), terms, None)?;
    let policy = Policy { id: state.new_policy_id(counter), version: 1, terms: terms.clone() };
    Ok(AccessEvent::PolicyCreated(PolicyCreated { policy }))
}
