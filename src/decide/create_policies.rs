use super::create_policy::created;
use super::shared::acting_administrator;
use crate::apply;
use crate::model::{AccessEvent, Actor, CreatePolicies, Refusal};
use crate::state::State;

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &CreatePolicies,
) -> Result<Vec<AccessEvent>, Refusal> {
    acting_administrator(state, actor)?;
    let mut after = state.clone();
    let mut events = Vec::new();
    // One after the other, because they may conflict among themselves.
    for (item, terms) in (0..).zip(command.policies.iter()) {
        let event = created(&after, terms, item)
            .map_err(|because| Refusal::ItemRefused { item, because: Box::new(because) })?;
        apply(&mut after, &event);
        events.push(event);
    }
    Ok(events)
}
