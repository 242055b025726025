use super::shared::{acting_administrator, policy_id};
use crate::model::{
    AccessEvent, Actor, Invalid, InvalidKind, Policy, PolicyCreated, PolicyTerms, Refusal, limits,
};
use crate::policy_rules::check_terms;
use crate::state::State;

pub(super) fn decide(state: &State, actor: &Actor, terms: &PolicyTerms) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    if state.live_policies().count() >= limits::LIVE_POLICIES {
        let problem = format!("there are {} policies: delete one first", limits::LIVE_POLICIES);
        return Err(Refusal::from(Invalid::new(InvalidKind::LimitExceeded, problem)));
    }
    check_terms(state, terms, None)?;
    let policy = Policy { id: policy_id(state), version: 1, terms: terms.clone() };
    Ok(vec![AccessEvent::PolicyCreated(PolicyCreated { policy })])
}
