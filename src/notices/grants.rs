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
    /// The first instant without access by this grant.
    pub ends_at: Timestamp,
    /// Another grant that goes on opening the same then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<Continuation>,
}

/// Access by another grant that goes on where one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Continuation {
    /// The first instant without; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Continuation {
    fn in_words(self) -> String {
        format!("Another grant goes on until {}.", until(self.until))
    }
}

impl Telling for EndingSoonNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { ends_at, continues, .. } = self;
        let About { target, .. } = about;
        let until = vec![fact("Until", &ends_at.to_rfc3339())];
        match continues {
            None => Wording::new(
                format!("Ending soon: your access to {target}"),
                format!("Your access to {target} is about to end."),
                until,
            ),
            Some(other) => Wording::new(
                format!("Ending soon: one of your grants for {target}"),
                format!("One of your grants for {target} is about to end. {}", other.in_words()),
                until,
            ),
        }
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
    /// Another grant that goes on opening the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<Continuation>,
}

impl Telling for GrantEndNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { reason, note, continues, .. } = self;
        let About { target, .. } = about;
        let (reason, notes) = (reason.in_words(), note.iter().map(|note| quote("Reason", note)).collect());
        match continues {
            None => Wording::new(
                format!("Ended: your access to {target}"),
                format!("Your access to {target} has ended: {reason}."),
                notes,
            ),
            Some(other) => Wording::new(
                format!("Ended: one of your grants for {target}"),
                format!("One of your grants for {target} has ended: {reason}. {}", other.in_words()),
                notes,
            ),
        }
    }
}
