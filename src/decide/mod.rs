//! Whether a command is carried out, and what happens then. Changes nothing; one file per command.
//!
//! Every command checks in the same order, and the first failure answers: the actor is known and active; what it is
//! about is visible to the actor; its state; the actor's authority; then the command's own rules.

mod acknowledge_break_glass;
mod amend_request;
mod break_glass;
mod cancel_request;
mod create_delegation;
mod create_permission;
mod create_policies;
mod create_policy;
mod create_project;
mod delete_permission;
mod delete_policy;
mod edit_duration;
mod end_delegation;
mod release_grant;
mod request_access;
mod request_bundle;
mod review_request;
mod revision;
mod revoke_grant;
mod set_administrators;
mod shared;
mod sync_directory;
mod tick;
mod update_permission;
mod update_policy;
mod withdraw_review;

pub use tick::{decide_tick, next_deadline};

pub(crate) use break_glass::governing_terms as break_glass_terms;

use crate::model::{AccessEvent, Actor, Command, Refusal, Timestamp};
use crate::state::State;

/// What a command does, decided on the state as it is: nothing changes yet. Whatever is due at `now` must have been
/// ticked before.
///
/// # Errors
/// Every refusal of fault `state` and `authority`, and `subject_required` and `host_required`.
pub fn decide(
    state: &State,
    actor: &Actor,
    command: &Command,
    now: Timestamp,
) -> Result<Vec<AccessEvent>, Refusal> {
    match command {
        Command::CreateProject(command) => create_project::decide(state, actor, command),
        Command::SyncDirectory(command) => sync_directory::decide(state, actor, command, now),
        Command::SetAdministrators(command) => set_administrators::decide(state, actor, command),
        Command::CreatePolicy(terms) => create_policy::decide(state, actor, terms),
        Command::CreatePolicies(command) => create_policies::decide(state, actor, command),
        Command::UpdatePolicy(command) => update_policy::decide(state, actor, command, now),
        Command::DeletePolicy(command) => delete_policy::decide(state, actor, command, now),
        Command::CreatePermission(terms) => create_permission::decide(state, actor, terms),
        Command::UpdatePermission(command) => update_permission::decide(state, actor, command),
        Command::DeletePermission(command) => delete_permission::decide(state, actor, command),
        Command::RequestAccess(draft) => request_access::decide(state, actor, draft, now),
        Command::RequestBundle(command) => request_bundle::decide(state, actor, command, now),
        Command::AmendRequest(command) => amend_request::decide(state, actor, command, now),
        Command::CancelRequest(command) => cancel_request::decide(state, actor, command, now),
        Command::ReviewRequest(command) => review_request::decide(state, actor, command, now),
        Command::WithdrawReview(command) => withdraw_review::decide(state, actor, command),
        Command::EditDuration(command) => edit_duration::decide(state, actor, command, now),
        Command::BreakGlass(command) => break_glass::decide(state, actor, command, now),
        Command::AcknowledgeBreakGlass(command) => {
            acknowledge_break_glass::decide(state, actor, command, now)
        }
        Command::RevokeGrant(command) => revoke_grant::decide(state, actor, command, now),
        Command::ReleaseGrant(command) => release_grant::decide(state, actor, command, now),
        Command::CreateDelegation(command) => create_delegation::decide(state, actor, command, now),
        Command::EndDelegation(command) => end_delegation::decide(state, actor, command, now),
    }
}
