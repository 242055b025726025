use serde::{Deserialize, Serialize};

use super::checks::item_refused;
use super::request_access::{RequestDraft, ask};
use crate::events::{AccessEvent, apply};
use crate::limits;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{AtMost, Invalid, InvalidKind, Timestamp};
use crate::visibility::acting_subject;

/// Asks for several targets at once: all or none. What follows is decided for each by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestBundle {
    /// 1 to 50 of them.
    #[cfg_attr(feature = "wasm", tsify(type = "RequestDraft[]"))]
    pub items: AtMost<{ limits::OPEN_REQUESTS }, RequestDraft>,
}

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
        let made = ask(&ahead, actor, draft, Some((&id, item)), now)
            .map_err(|because| item_refused(state, "items", item, because))?;
        made.iter().for_each(|event| apply(&mut ahead, event));
        events.extend(made);
    }
    Ok(events)
}
