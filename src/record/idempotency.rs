use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{hex, unhex};
use crate::people::{Commitment, Disclosure, Erasable, Owners, Salt};
use crate::values::IdempotencyKey;

/// What makes a repeated command recognisable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Idempotency {
    /// The caller's key.
    pub key: IdempotencyKey,
    /// Whose texts the command has, beside its actor's: whoever of them is erased, up to that version, takes its salt along.
    #[serde(default, skip_serializing_if = "Owners::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<SubjectId, number>"))]
    pub of: Owners,
    /// SHA-256 over a salt and the command's RFC 8785 form.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub command_hash: CommandHash,
}

/// The salted hash of a command. The command itself is not kept: once its salt is erased, nothing tells what it was.
#[derive(Clone, Copy, Debug)]
pub struct CommandHash {
    commitment: Commitment,
    salted: Option<(Salt, u64)>,
}

impl CommandHash {
    /// The hash that was made with this salt, for the commit of that version.
    pub(crate) fn new(commitment: Commitment, salt: Salt, version: u64) -> Self {
        Self { commitment, salted: Some((salt, version)) }
    }

    /// The salt that it was made with, while it is not erased.
    pub(crate) fn salt(&self) -> Option<&Salt> {
        self.salted.as_ref().map(|(salt, _)| salt)
    }
}

/// Equal are two that were made of the same, with the same salt.
impl PartialEq for CommandHash {
    fn eq(&self, other: &Self) -> bool {
        self.commitment == other.commitment
    }
}

impl Eq for CommandHash {}

impl Erasable for CommandHash {
    fn commitment(&self) -> Commitment {
        self.commitment
    }

    fn disclosure(&self) -> Option<Disclosure> {
        self.salt().map(|salt| Disclosure { salt: *salt, text: None })
    }

    /// It was made with its salt.
    fn seal(&mut self, _: Salt, _: u64) {}

    fn disclose(&mut self, disclosure: &Disclosure, version: u64) -> bool {
        self.salted = Some((disclosure.salt, version));
        disclosure.text.is_none()
    }

    fn erase(&mut self) {
        self.salted = None;
    }

    fn written_in(&self) -> Option<u64> {
        self.salted.map(|(_, version)| version)
    }
}

impl Serialize for CommandHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.commitment))
    }
}

impl<'de> Deserialize<'de> for CommandHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let commitment = unhex(&String::deserialize(deserializer)?);
        let commitment = commitment.ok_or_else(|| D::Error::custom("not 64 lower-case hex digits"))?;
        Ok(Self { commitment, salted: None })
    }
}
