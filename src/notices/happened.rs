use std::collections::BTreeMap;

use crate::events::AccessEvent;
use crate::grants::Grant;
use crate::policies::Policy;
use crate::values::{GrantId, PolicyId, RequestId, SubjectId, Timestamp};

/// The events of a commit by what they are about, so that none is looked for among all.
#[derive(Default)]
pub(super) struct Happened<'a> {
    of_requests: BTreeMap<&'a RequestId, Vec<&'a AccessEvent>>,
    ends: BTreeMap<&'a GrantId, Timestamp>,
    made: BTreeMap<&'a SubjectId, Vec<&'a Grant>>,
    policies: BTreeMap<&'a PolicyId, &'a Policy>,
}

impl<'a> Happened<'a> {
    pub(super) fn of(events: &'a [AccessEvent]) -> Self {
        let mut happened = Self::default();
        for event in events {
            if let Some(id) = event.about().request_id {
                happened.of_requests.entry(id).or_default().push(event);
            }
            match event {
                AccessEvent::GrantCreated(event) => {
                    happened.made.entry(&event.grant.holder).or_default().push(&event.grant);
                }
                AccessEvent::GrantEnded(event) => {
                    happened.ends.entry(&event.grant_id).or_insert(event.end.at);
                }
                AccessEvent::PolicyCreated(event) => {
                    happened.policies.entry(&event.policy.id).or_insert(&event.policy);
                }
                AccessEvent::PolicyUpdated(event) => {
                    happened.policies.entry(&event.policy.id).or_insert(&event.policy);
                }
                _ => {}
            }
        }
        happened
    }

    /// Those about a request.
    pub(super) fn to_request(&self, id: &RequestId) -> impl DoubleEndedIterator<Item = &'a AccessEvent> {
        self.of_requests.get(id).into_iter().flatten().copied()
    }

    /// When a grant ended.
    pub(super) fn end(&self, id: &GrantId) -> Option<Timestamp> {
        self.ends.get(id).copied()
    }

    /// The grants that a subject got.
    pub(super) fn grants_of(&self, holder: &SubjectId) -> impl Iterator<Item = &'a Grant> {
        self.made.get(holder).into_iter().flatten().copied()
    }

    /// The version of a policy that was saved.
    pub(super) fn policy(&self, id: &PolicyId) -> Option<&'a Policy> {
        self.policies.get(id).copied()
    }
}
