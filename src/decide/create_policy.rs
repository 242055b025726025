use super::shared::acting_administrator;
use crate::model::{
    AccessEvent, Actor, Invalid, InvalidKind, Policy, PolicyCreated, PolicyTerms, Refusal, limits,
};
use crate::policy_rules::check_terms;
use crate::state::State;

pub(super) fn decide(state: &State, actor: &Actor, terms: &PolicyTerms) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    created(state, terms, 0).map(|event| vec![event])
}

/// The making of one policy; `counter` is its place among those of its commit.
pub(super) fn created(state: &State, terms: &PolicyTerms, counter: u32) -> Result<AccessEvent, Refusal> {
    if state.policies().all_live().count() >= limits::LIVE_POLICIES {
        let problem = format!("there are {} policies: delete one first", limits::LIVE_POLICIES);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    check_terms(state, terms, None)?;
    let policy = Policy { id: state.new_policy_id(counter), version: 1, terms: terms.clone() };
    Ok(AccessEvent::PolicyCreated(PolicyCreated { policy }))
}
