use std::collections::BTreeSet;

use serde::Serialize;

use super::commit::Commit;
use crate::events::AccessEvent;
use crate::values::{BundleId, DelegationId, GrantId, PermissionId, PolicyId, RequestId, Seconds, Timestamp};

/// What a command did: the answer to it, and to its repetition under the same idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The version of the record after it. Where nothing had to change, the one before.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// The policy it made or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<PolicyId>,
    /// Every policy it made or changed, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub policy_ids: Vec<PolicyId>,
    /// The standing permission it made, changed or deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_id: Option<PermissionId>,
    /// The request it made or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// Every request it made or changed, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub request_ids: Vec<RequestId>,
    /// The grant it made or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// The bundle it asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// The delegation it made or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<DelegationId>,
    /// Of a break-glass: the length of the access where the policy shortened it.
    #[serde(rename = "shortenedToSeconds", skip_serializing_if = "Option::is_none")]
    pub shortened_to: Option<Seconds>,
    /// What happened, in order.
    pub events: Vec<AccessEvent>,
}

impl Receipt {
    /// What a commit did, as its command was answered.
    pub fn of(commit: &Commit) -> Self {
        let events = &commit.events;
        let policy_ids = each(events.iter().filter_map(|event| event.about().policy_id));
        let request_ids = each(events.iter().filter_map(|event| event.about().request_id));
        Self {
            policy_id: policy_ids.first().cloned(),
            policy_ids,
            permission_id: events.iter().find_map(|event| event.about().permission_id).cloned(),
            request_id: request_ids.first().cloned(),
            request_ids,
            grant_id: events.iter().find_map(|event| event.about().grant_id).cloned(),
            bundle_id: events.iter().find_map(|event| event.about().bundle_id).cloned(),
            delegation_id: events.iter().find_map(|event| event.about().delegation_id).cloned(),
            shortened_to: events.iter().find_map(shortened),
            events: events.clone(),
            ..Self::unchanged(commit.version, commit.at)
        }
    }

    /// That nothing had to change.
    pub(crate) fn unchanged(version: u64, at: Timestamp) -> Self {
        Self {
            version,
            at,
            policy_id: None,
            policy_ids: Vec::new(),
            permission_id: None,
            request_id: None,
            request_ids: Vec::new(),
            grant_id: None,
            bundle_id: None,
            delegation_id: None,
            shortened_to: None,
            events: Vec::new(),
        }
    }
}

/// Each id once, in the order in which they come first.
fn each<'e, I: Ord + Clone + 'e>(ids: impl Iterator<Item = &'e I>) -> Vec<I> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).cloned().collect()
}

/// The length of a break-glass access that is shorter than the duration that was in force.
fn shortened(event: &AccessEvent) -> Option<Seconds> {
    let AccessEvent::GrantCreated(created) = event else { return None };
    created.shortened_from.and(Some(Seconds::between(created.grant.starts_at, created.grant.ends_at?)))
}
