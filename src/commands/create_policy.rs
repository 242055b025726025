use super::checks::acting_administrator;
use super::policies::policy_created;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::policies::PolicyTerms;
use crate::refusal::Refusal;
use crate::state::State;

pub(super) fn decide(state: &State, actor: &Actor, terms: &PolicyTerms) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    policy_created(state, terms, 0).map(|event| vec![event])
}
