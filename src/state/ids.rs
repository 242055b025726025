//! Ids are made from the version of the commit and a counter in it.

use super::State;
use crate::values::{BundleId, DelegationId, GrantId, PermissionId, PolicyId, RequestId};

impl State {
    /// The id of a new policy.
    pub(crate) fn new_policy_id(&self, counter: u32) -> PolicyId {
        PolicyId::of_engine(&self.new_id("pol", counter))
    }

    /// The id of a new request.
    pub(crate) fn new_request_id(&self, counter: u32) -> RequestId {
        RequestId::of_engine(&self.new_id("req", counter))
    }

    /// The id of a new bundle.
    pub(crate) fn new_bundle_id(&self) -> BundleId {
        BundleId::of_engine(&self.new_id("bdl", 0))
    }

    /// The id of a new delegation.
    pub(crate) fn new_delegation_id(&self) -> DelegationId {
        DelegationId::of_engine(&self.new_id("dlg", 0))
    }

    /// The id of a new standing permission.
    pub(crate) fn new_permission_id(&self) -> PermissionId {
        PermissionId::of_engine(&self.new_id("prm", 0))
    }

    /// The id of a new grant.
    pub(crate) fn new_grant_id(&self) -> GrantId {
        GrantId::of_engine(&self.new_id("grt", 0))
    }

    fn new_id(&self, prefix: &str, counter: u32) -> String {
        format!("{prefix}_{}_{counter}", self.next_version())
    }
}
