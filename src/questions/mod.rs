//! What people and hosts ask: synchronous, without side effects, about the current state with the clock at `at`. Built
//! by the code that decides: whether somebody can do something is found by deciding it.

mod bundle;
mod delegations;
mod explain;
mod history;
mod import;
mod lists;
mod page;
mod preview;
mod simulate;
mod summary;
mod views;

use crate::decide::decide;
use crate::model::{Ability, Actor, Command, Text, Timestamp};
use crate::state::State;

/// Whether a command would be accepted.
fn ability(state: &State, actor: &Actor, command: &Command, at: Timestamp) -> Ability {
    decide(state, actor, command, at).err().into()
}

/// Stands for what the actor would write; long enough for every rule.
fn some_text() -> Text {
    Text::of_engine("something is written here")
}
