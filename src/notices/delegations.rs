use serde::{Deserialize, Serialize};

use super::message::DropReason;
use super::scene::Scene;
use super::telling::{Found, Telling};
use super::words::{About, Wording, fact, when};
use crate::people::Actor;
use crate::values::{DelegationId, SubjectId, Timestamp};
use crate::visibility;

/// To a delegate: you may review in somebody's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationNotice {
    /// The delegation.
    pub delegation_id: DelegationId,
    /// The first instant of it.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
}

impl Telling for DelegationNotice {
    fn check(&self, scene: Scene<'_>, to: &SubjectId) -> Result<(), DropReason> {
        let viewer = Actor::Subject(to.clone());
        let delegation = visibility::visible_delegation(scene.state, &viewer, &self.delegation_id);
        let delegation = delegation.map_err(|_| DropReason::NotVisible)?;
        let is_open = delegation.end.is_none() && scene.now < delegation.ends_at;
        if is_open { Ok(()) } else { Err(DropReason::Over) }
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        let delegation = scene.state.delegations().get(&self.delegation_id);
        Found { by: delegation.map(|it| scene.name(&it.delegator, scene.version)), ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { starts_at, ends_at, .. } = self;
        let delegator = about.by;
        Wording::new(
            format!("You stand in for {delegator}"),
            format!("{delegator} lets you review access requests in their place."),
            vec![fact("From", &when(*starts_at)), fact("Until", &when(*ends_at))],
        )
    }
}
