use serde::{Deserialize, Serialize};

use super::message::DropReason;
use super::scene::Scene;
use super::telling::{Found, Telling};
use super::words::{About, Wording};
use crate::events::AccessEvent;
use crate::values::{GroupId, Name, PermissionId, PolicyId, SubjectId};

/// To administrators: a policy was made, changed or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyNotice {
    /// The policy.
    pub policy_id: PolicyId,
    /// What was done.
    pub change: Change,
}

impl Telling for PolicyNotice {
    fn find(&self, scene: Scene<'_>) -> Found {
        let name = scene.state.policies().name(&self.policy_id).map(|policy| policy.name);
        Found { by: scene.actor_name(), topics: name.into_iter().collect(), ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { change, .. } = self;
        let About { by, topics, .. } = about;
        Wording::new(
            format!("Access policy {}: {topics}", changed(*change)),
            format!("{by} {} the access policy {topics}.", changed(*change)),
            vec![],
        )
    }
}

/// To administrators: a standing permission was made, changed or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionNotice {
    /// The permission.
    pub permission_id: PermissionId,
    /// What was done.
    pub change: Change,
}

impl Telling for PermissionNotice {
    fn find(&self, scene: Scene<'_>) -> Found {
        let now = scene.state.permissions().get(&self.permission_id);
        let last = scene.events.iter().find_map(|event| match event {
            AccessEvent::PermissionDeleted(event) if event.permission_id == self.permission_id => {
                Some(event.name.clone())
            }
            _ => None,
        });
        let name = now.map(|permission| permission.terms.name.clone()).or(last);
        Found { by: scene.actor_name(), topics: name.into_iter().collect(), ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { change, .. } = self;
        let About { by, topics, .. } = about;
        Wording::new(
            format!("Standing permission {}: {topics}", changed(*change)),
            format!("{by} {} the standing permission {topics}.", changed(*change)),
            vec![],
        )
    }
}

/// To administrators: who administers was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdministratorsNotice {}

impl Telling for AdministratorsNotice {
    /// Whoever is none any more hears of it, too.
    fn check(&self, _: Scene<'_>, _: &SubjectId) -> Result<(), DropReason> {
        Ok(())
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        Found { by: scene.actor_name(), ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let About { by, .. } = about;
        Wording::new(
            "Administrators changed".to_owned(),
            format!("{by} changed who administers access."),
            vec![],
        )
    }
}

/// To administrators: a group that a policy or a permission names was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupNotice {
    /// The group.
    pub group_id: GroupId,
    /// What was done.
    pub change: Change,
}

impl Telling for GroupNotice {
    fn find(&self, scene: Scene<'_>) -> Found {
        Found { by: scene.actor_name(), topics: vec![scene.group(&self.group_id)], ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { change, .. } = self;
        let About { by, topics, .. } = about;
        Wording::new(
            format!("Group {}: {topics}", changed(*change)),
            format!("{by} {} the group {topics}, on which access depends.", changed(*change)),
            vec![],
        )
    }
}

/// To administrators: who manages subjects was changed while a policy asks managers, or whose accounts they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectNotice {
    /// The subjects, at most 100.
    pub subjects: Vec<SubjectId>,
    /// How many more there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<u32>,
    /// What was changed, of one or another.
    pub changed: Vec<SubjectPart>,
}

/// What of a subject others depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum SubjectPart {
    /// Who manages it.
    Manager,
    /// Whose account it is.
    Person,
}

impl Telling for SubjectNotice {
    fn find(&self, scene: Scene<'_>) -> Found {
        let topics = self.subjects.iter().map(|id| scene.name(id, scene.version)).collect();
        Found { by: scene.actor_name(), topics, ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { changed, more, .. } = self;
        let About { by, topics, .. } = about;
        let parts = changed.iter().map(|part| match part {
            SubjectPart::Manager => "who manages",
            SubjectPart::Person => "which person is behind",
        });
        let parts = parts.collect::<Vec<_>>().join(", or ");
        let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
        Wording::new(
            format!("Subjects changed: {topics}{more}"),
            format!("{by} changed {parts} {topics}{more}."),
            vec![],
        )
    }
}

/// To administrators: what somebody was called and wrote was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ErasureNotice {
    /// Whose.
    pub subject_id: SubjectId,
}

impl Telling for ErasureNotice {
    fn find(&self, scene: Scene<'_>) -> Found {
        Found { by: scene.actor_name(), topics: vec![Name::from_id(&self.subject_id)], ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let About { by, topics, .. } = about;
        Wording::new(
            format!("Erased: {topics}"),
            format!("{by} erased what {topics} was called and wrote."),
            vec![],
        )
    }
}

/// What was done to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Created,
    /// It is different now.
    Updated,
    /// It is gone.
    Deleted,
}

fn changed(change: Change) -> &'static str {
    match change {
        Change::Created => "created",
        Change::Updated => "changed",
        Change::Deleted => "deleted",
    }
}
