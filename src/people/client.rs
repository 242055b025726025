use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::limits;
use crate::values::{Invalid, InvalidKind};

/// Through what a command came, as the host states it beside the actor: a program, an agent that acts for the subject,
/// the id of an evaluation. An object of at most 4 KiB as JSON, shown to approvers and read by no rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Client(#[cfg_attr(feature = "wasm", tsify(type = "Record<string, unknown>"))] Value);

impl Client {
    /// What the engine itself writes.
    pub(super) fn of_engine(value: Value) -> Self {
        Self(value)
    }
}

impl<'de> Deserialize<'de> for Client {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let client = Map::deserialize(deserializer).map(Value::Object)?;
        let bytes = client.to_string().len();
        if bytes <= limits::CLIENT_BYTES {
            return Ok(Self(client));
        }
        let most = limits::CLIENT_BYTES;
        let problem = format!("a client has {bytes} bytes as JSON; at most {most} are allowed");
        Err(D::Error::custom(Invalid::new(InvalidKind::LimitExceeded, problem)))
    }
}
