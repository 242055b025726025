use super::{
    AcknowledgeBreakGlass, CancelRequest, Command, CreateProject, DirectoryChange, EditDuration,
    ReviewRequest,
};
use crate::people::{Owners, Subject};
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::SubjectId;

impl Command {
    /// Whose texts it has, beside its actor's: what they are called, or what is said of their requests and grants.
    pub(crate) fn texts_of(&self, state: &State) -> Owners {
        let version = state.next_version();
        let upserted = |subject: &Subject| (subject.id.clone(), version);
        let owner = |id: &SubjectId, made_in| (id.clone(), state.directory().had_until(id, made_in, version));
        let requester = |request: &AccessRequest| owner(&request.content.requester, request.id.made_in());
        match self {
            Self::CreateProject(CreateProject { administrators, .. }) => {
                administrators.iter().map(upserted).collect()
            }
            Self::SyncDirectory(sync) => {
                let upserts = sync.changes.iter().filter_map(|change| match change {
                    DirectoryChange::UpsertSubject(subject) => Some(upserted(subject)),
                    _ => None,
                });
                upserts.collect()
            }
            Self::CancelRequest(CancelRequest { request_id, .. })
            | Self::ReviewRequest(ReviewRequest { request_id, .. })
            | Self::EditDuration(EditDuration { request_id, .. })
            | Self::AcknowledgeBreakGlass(AcknowledgeBreakGlass { request_id, .. }) => {
                state.requests().get(request_id).map(requester).into_iter().collect()
            }
            Self::CancelBundle(cancel) => {
                state.requests().in_bundle(&cancel.bundle_id).map(requester).collect()
            }
            Self::RevokeGrant(revoke) => {
                let grant = state.grants().get(&revoke.grant_id);
                grant.map(|grant| owner(&grant.holder, grant.id.made_in())).into_iter().collect()
            }
            Self::SetAdministrators(_)
            | Self::CreatePolicy(_)
            | Self::CreatePolicies(_)
            | Self::UpdatePolicy(_)
            | Self::DeletePolicy(_)
            | Self::CreatePermission(_)
            | Self::UpdatePermission(_)
            | Self::DeletePermission(_)
            | Self::RequestAccess(_)
            | Self::RequestBundle(_)
            | Self::AmendRequest(_)
            | Self::WithdrawReview(_)
            | Self::BreakGlass(_)
            | Self::ReleaseGrant(_)
            | Self::CreateDelegation(_)
            | Self::EndDelegation(_)
            | Self::Erase(_) => Owners::default(),
        }
    }
}
