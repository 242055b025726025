use super::client::Client;
use crate::values::Timestamp;

/// What the host hands in with a command, beside its actor.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The time.
    pub now: Timestamp,
    /// Through what the command came, where the host says so.
    pub client: Option<Client>,
    /// Of which the salts are made; kept nowhere.
    pub chance: Chance,
}

/// Without a client, and without chance: whoever knows that can guess what was erased. For tests, questions, and what is
/// not kept.
impl From<Timestamp> for Moment {
    fn from(now: Timestamp) -> Self {
        Self { now, client: None, chance: Chance::default() }
    }
}

/// 32 bytes that nobody can guess, from the host.
#[derive(Clone, Default)]
pub struct Chance([u8; 32]);

impl Chance {
    /// These bytes, freshly drawn.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// It is shown to nobody.
impl std::fmt::Debug for Chance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Chance")
    }
}
