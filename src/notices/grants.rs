use serde::{Deserialize, Serialize};

use super::words::{About, Telling, Wording, fact, quote, until};
use crate::grants::EndReason;
use crate::values::{GrantId, Text, Timestamp};

/// To all approvers of all steps and all administrators: somebody went ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassNotice {
    /// Why.
    pub justification: Text,
    /// The grant.
    pub grant_id: GrantId,
    /// The first instant without access; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
}

impl Telling for BreakGlassNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { justification, ends_at, .. } = self;
        let About { requester, target, .. } = about;
        Wording::new(
            format!("Break-glass: {requester} opened {target}"),
            format!("{requester} went ahead without approval. Please look at it and acknowledge it."),
            vec![quote("Why it could not wait", justification), fact("Until", &until(*ends_at))],
        )
    }
}

/// To the holder: access is about to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndingSoonNotice {
    /// The grant.
    pub grant_id: GrantId,
    /// The first instant without access.
    pub ends_at: Timestamp,
}

impl Telling for EndingSoonNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { ends_at, .. } = self;
        let About { target, .. } = about;
        Wording::new(
            format!("Ending soon: your access to {target}"),
            format!("Your access to {target} is about to end."),
            vec![fact("Until", &ends_at.to_rfc3339())],
        )
    }
}

/// To the holder: access has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEndNotice {
    /// The grant.
    pub grant_id: GrantId,
    /// Why.
    pub reason: EndReason,
    /// What was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Telling for GrantEndNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { reason, note, .. } = self;
        let About { target, .. } = about;
        Wording::new(
            format!("Ended: your access to {target}"),
            format!("Your access to {target} has ended: {}.", reason.in_words()),
            note.iter().map(|note| quote("Reason", note)).collect(),
        )
    }
}
