//! What can happen, a file for each subject: what an event says, and what it makes of the state.
//!
//! Applying cannot fail and decides nothing: what an event says, holds.

mod delegations;
mod directory;
mod grants;
mod permissions;
mod policies;
mod requests;
mod reviews;
mod steps;
mod teller;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use strum::VariantNames;

use self::teller::Teller;
use crate::json::read_value;
use crate::people::Actor;
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{
    BundleId, DelegationId, GrantId, Invalid, InvalidKind, PermissionId, PolicyId, RequestId, Timestamp,
    shown,
};

pub use self::delegations::{DelegationCreated, DelegationEnded, DelegationStarted};
pub use self::directory::{
    AdministratorsSet, GroupRemoved, GroupUpserted, ProjectCreated, SubjectRemoved, SubjectUpserted,
};
pub use self::grants::{BreakGlassAcknowledged, GrantCreated, GrantEnded, GrantEndingSoon};
pub use self::permissions::{PermissionCreated, PermissionDeleted, PermissionUpdated};
pub use self::policies::{PolicyCreated, PolicyDeleted, PolicyUpdated};
pub use self::requests::{
    DurationEdited, RequestAmended, RequestApproved, RequestCancelled, RequestExpired, RequestMade,
    RequestRejected,
};
pub use self::reviews::{RequestReviewed, ReviewVoided};
pub use self::steps::{StepCompleted, StepEscalated, StepOpened, StepReminded};

/// Declares the enum of events from one list, so that what is listed can be read, applied and told.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// Something that happened, for ever. State is what the events say, folded in order.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, strum::VariantNames)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        #[serde(tag = "type", rename_all = "camelCase")]
        #[strum(serialize_all = "camelCase")]
        pub enum AccessEvent {$(
            $(#[$doc])*
            $name($name),
        )+}

        impl AccessEvent {
            fn happening(&self) -> &dyn Happening {
                match self {$(
                    Self::$name(event) => event,
                )+}
            }

            /// Reads the event of that type.
            fn read(kind: &str, payload: &Value) -> Result<Self, Refusal> {
                let kinds = Self::VARIANTS;
                $(
                    let (name, kinds) = kinds.split_first().unwrap_or((&"", &[]));
                    if kind == *name {
                        return read_value(payload).map(Self::$name);
                    }
                )+
                debug_assert!(kinds.is_empty(), "a name for each event");
                let problem = format!("`{}` is no event that this version knows", shown(kind));
                Err(Invalid::new(InvalidKind::InvalidInput, problem).into())
            }
        }
    };
}

events! {
    /// The project was made.
    ProjectCreated,
    /// A subject was added or replaced.
    SubjectUpserted,
    /// A subject was removed: it stays known as disabled and is in no group.
    SubjectRemoved,
    /// A group was added or replaced.
    GroupUpserted,
    /// A group was removed.
    GroupRemoved,
    /// The administrators were named.
    AdministratorsSet,
    /// A policy was made.
    PolicyCreated,
    /// A policy got its next version.
    PolicyUpdated,
    /// A policy was deleted; its versions stay known.
    PolicyDeleted,
    /// A standing permission was made.
    PermissionCreated,
    /// A standing permission got its next version.
    PermissionUpdated,
    /// A standing permission was deleted.
    PermissionDeleted,
    /// A request was made.
    RequestMade,
    /// A request was made anew under its id; its reviews became void.
    RequestAmended,
    /// A step of a request opened, or opened again.
    StepOpened,
    /// A review was given.
    RequestReviewed,
    /// A review stopped counting.
    ReviewVoided,
    /// Every quorum of a step was met, by a review.
    StepCompleted,
    /// The duration was shortened.
    DurationEdited,
    /// A request was approved, by its approvers or by breaking the glass.
    RequestApproved,
    /// A request was rejected.
    RequestRejected,
    /// A request was cancelled.
    RequestCancelled,
    /// A request was not decided in time.
    RequestExpired,
    /// Access was given.
    GrantCreated,
    /// Access is about to end.
    GrantEndingSoon,
    /// Access ended.
    GrantEnded,
    /// A break-glass access was looked at.
    BreakGlassAcknowledged,
    /// Further approvers were called to an open step.
    StepEscalated,
    /// Approvers were reminded of an open step.
    StepReminded,
    /// A delegation was made.
    DelegationCreated,
    /// A delegation that was to begin later began.
    DelegationStarted,
    /// A delegation ended.
    DelegationEnded,
}

// Not derived: serde would read every payload a second way, by a copy of its fields, to find the type first.
impl<'de> Deserialize<'de> for AccessEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut payload = Map::deserialize(deserializer)?;
        let kind = payload.remove("type").ok_or_else(|| D::Error::missing_field("type"))?;
        Self::read(kind.as_str().unwrap_or_default(), &Value::Object(payload)).map_err(D::Error::custom)
    }
}

/// What every event says of itself.
trait Happening {
    /// What it is about.
    fn about(&self) -> About<'_>;

    /// When it happened, where that may differ from the time of its commit: what a tick finds due.
    fn due_at(&self) -> Option<Timestamp> {
        None
    }

    /// Carries it into the state. About what the state does not know, it changes nothing.
    fn apply(&self, state: &mut State);

    /// It in a sentence for people.
    fn sentence(&self, teller: &Teller<'_>) -> String;
}

/// What an event is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About<'a> {
    /// The request.
    pub request_id: Option<&'a RequestId>,
    /// The grant.
    pub grant_id: Option<&'a GrantId>,
    /// The bundle that it asks for.
    pub bundle_id: Option<&'a BundleId>,
    /// The delegation.
    pub delegation_id: Option<&'a DelegationId>,
    /// The policy.
    pub policy_id: Option<&'a PolicyId>,
    /// The standing permission.
    pub permission_id: Option<&'a PermissionId>,
}

impl AccessEvent {
    /// What it is about.
    pub fn about(&self) -> About<'_> {
        self.happening().about()
    }

    /// When it happened, where that may differ from the time of its commit: what a tick finds due.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.happening().due_at()
    }

    /// It in a sentence for people, by the actor of its commit.
    pub fn sentence(&self, state: &State, actor: &Actor) -> String {
        self.happening().sentence(&Teller { state, actor })
    }
}

/// Carries one event into the state. Events about what the state does not know change nothing.
pub fn apply(state: &mut State, event: &AccessEvent) {
    event.happening().apply(state);
}
