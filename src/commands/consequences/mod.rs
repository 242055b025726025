//! What a decision brings about beside its own event.

pub(super) mod delegations;
pub(super) mod grants;
pub(super) mod permissions;
pub(super) mod requests;
pub(super) mod reviews;
