use serde::{Deserialize, Serialize};

use super::message::DropReason;
use super::scene::Scene;
use super::telling::{Found, Telling};
use super::words::{About, Wording, fact, until, when};
use crate::grants::{self, EndReason, Grant};
use crate::values::{GrantId, GrantStatus, RequestId, SubjectId, Timestamp};

/// To all approvers of all steps and all administrators: somebody went ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassNotice {
    /// The request that it came from.
    pub request_id: RequestId,
    /// The grant.
    pub grant_id: GrantId,
    /// The first instant without access; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
}

impl Telling for BreakGlassNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        let said = scene.said_of_grant(&self.grant_id);
        let record = scene.state.requests().get(&self.request_id).and_then(|it| it.break_glass.as_ref());
        let over = record.is_some_and(|record| record.acknowledgement.is_some());
        Found { said, over, ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let About { requester, target, over, .. } = about;
        let please = if *over { "It was acknowledged." } else { "Please look at it and acknowledge it." };
        let mut facts = about.quoted("Why it could not wait");
        facts.push(fact("Until", &until(self.ends_at)));
        Wording::new(
            format!("Break-glass: {requester} opened {target}"),
            format!("{requester} went ahead without approval. {please}"),
            facts,
        )
    }
}

/// To the holder: access is about to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndingSoonNotice {
    /// The request that it came from.
    pub request_id: RequestId,
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
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn check(&self, scene: Scene<'_>, to: &SubjectId) -> Result<(), DropReason> {
        scene.visible(&self.request_id, to)?;
        let grants = scene.state.grants();
        let is_live = grants.get(&self.grant_id).is_some_and(|grant| {
            let mut others = grants.open_of(&grant.holder);
            let carries_on =
                |other: &Grant| other.renews.as_ref() == Some(&grant.id) && other.starts_at <= self.ends_at;
            grants::status(grant, scene.now) == GrantStatus::Live && !others.any(carries_on)
        });
        if is_live { Ok(()) } else { Err(DropReason::Over) }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { ends_at, continues, .. } = self;
        let About { target, .. } = about;
        let until = vec![fact("Until", &when(*ends_at))];
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
    /// The request that it came from.
    pub request_id: RequestId,
    /// The grant.
    pub grant_id: GrantId,
    /// Why.
    pub reason: EndReason,
    /// Another grant that goes on opening the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<Continuation>,
}

impl Telling for GrantEndNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        let said = scene.said_of_grant(&self.grant_id);
        Found { said, ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { reason, continues, .. } = self;
        let About { target, .. } = about;
        let (reason, notes) = (reason.in_words(), about.quoted("Reason"));
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
