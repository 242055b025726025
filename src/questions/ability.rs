use serde::Serialize;

use crate::commands::{Command, decide};
use crate::people::Actor;
use crate::refusal::{Refusal, Refused};
use crate::state::State;
use crate::values::{Text, Timestamp};

/// Whether a command would be accepted, as the code that decides says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Ability {
    /// It would be.
    pub allowed: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refused>,
    /// What to think of before, although it would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
}

impl From<Option<Refusal>> for Ability {
    fn from(refusal: Option<Refusal>) -> Self {
        Self { allowed: refusal.is_none(), refusal: refusal.map(Refused::from), warning: None }
    }
}

/// Whether a command would be accepted.
pub(crate) fn ability(state: &State, actor: &Actor, command: &Command, at: Timestamp) -> Ability {
    decide(state, actor, command, &at.into()).err().into()
}

/// Stands for what the actor would write; long enough for every rule.
pub(crate) fn some_text() -> Text {
    Text::of_engine("something is written here")
}
