use serde::{Deserialize, Deserializer, Serialize};

use super::checks::{acting_administrator, item_refused};
use super::policies::policy_created;
use crate::events::{AccessEvent, apply};
use crate::limits;
use crate::people::Actor;
use crate::policies::PolicyTerms;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{AtMost, Invalid, InvalidKind};

/// Makes access policies one after the other, accepted or refused whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreatePolicies {
    /// 1 to 100.
    #[serde(deserialize_with = "at_least_one")]
    #[cfg_attr(feature = "wasm", tsify(type = "PolicyTerms[]"))]
    pub policies: AtMost<{ limits::POLICIES_AT_ONCE }, PolicyTerms>,
}

fn at_least_one<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<AtMost<{ limits::POLICIES_AT_ONCE }, PolicyTerms>, D::Error> {
    let policies = AtMost::deserialize(deserializer)?;
    if policies.is_empty() {
        let problem = "a list of policies is empty: give at least one";
        return Err(serde::de::Error::custom(Invalid::new(InvalidKind::InvalidInput, problem)));
    }
    Ok(policies)
}

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
        let event = policy_created(&after, terms, item)
            .map_err(|because| item_refused(state, "policies", item, because))?;
        apply(&mut after, &event);
        events.push(event);
    }
    Ok(events)
}
