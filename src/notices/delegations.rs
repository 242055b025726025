use serde::{Deserialize, Serialize};

use super::words::{About, Telling, Wording, fact};
use crate::values::{Name, Timestamp};

/// To a delegate: you may review in somebody's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationNotice {
    /// In whose place.
    pub delegator: Name,
    /// The first instant of it.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
}

impl Telling for DelegationNotice {
    fn words(&self, _: &About<'_>) -> Wording {
        let Self { delegator, starts_at, ends_at } = self;
        Wording::new(
            format!("You stand in for {delegator}"),
            format!("{delegator} lets you review access requests in their place."),
            vec![fact("From", &starts_at.to_rfc3339()), fact("Until", &ends_at.to_rfc3339())],
        )
    }
}
