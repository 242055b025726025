//! Requests and policies as the events of a commit leave them.

use super::announcer::Announcer;
use crate::events::AccessEvent;
use crate::policies::Policy;
use crate::requests::{AccessRequest, RequestContent};
use crate::values::{PolicyId, RequestId};

impl Announcer<'_> {
    /// The version of a policy that decides a request, be it one that these events make.
    pub(super) fn policy_of(&self, request: &AccessRequest) -> Option<&Policy> {
        let RequestContent { policy_id, policy_version, .. } = &request.content;
        let made = self.policy(policy_id).filter(|policy| policy.version == *policy_version);
        made.or_else(|| self.before.policies().version(policy_id, *policy_version))
    }

    /// The request as these events leave it, its grant aside.
    pub(super) fn request(&self, id: &RequestId) -> Option<AccessRequest> {
        let made = self.happened.to_request(id).find_map(|event| match event {
            AccessEvent::RequestMade(event) => Some(event.request()),
            _ => None,
        });
        let mut request = made.or_else(|| self.before.requests().get(id).cloned())?;
        self.happened.to_request(id).for_each(|event| event.change(&mut request));
        Some(request)
    }

    pub(super) fn policy(&self, id: &PolicyId) -> Option<&Policy> {
        self.happened.policy(id).or_else(|| self.before.policies().live(id))
    }
}
