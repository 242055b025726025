use super::request_access::asked;
use crate::apply::apply;
use crate::model::{AccessEvent, Actor, Invalid, InvalidKind, Refusal, RequestBundle, Timestamp};
use crate::state::State;
use crate::visibility::acting_subject;

/// Each is decided as if those before it had been asked for alone; one that is refused refuses all.
pub(super) fn decide(
    state: &State,
    actor: &Actor,
    command: &RequestBundle,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    if command.items.is_empty() {
        let problem = "a bundle asks for nothing: give at least one item";
        return Err(Refusal::from(Invalid::new(InvalidKind::InvalidInput, problem)));
    }
    acting_subject(state, actor)?;
    let id = state.new_bundle_id();
    let mut ahead = state.clone();
    let mut events = Vec::new();
    for (item, draft) in (0..).zip(command.items.iter()) {
        let made = asked(&ahead, actor, draft, Some((&id, item)), now)
            .map_err(|because| Refusal::ItemRefused { item, because: Box::new(because) })?;
        made.iter().for_each(|event| apply(&mut ahead, event));
        events.extend(made);
    }
    Ok(events)
}
