//! What can be asked of the engine, a file each: what the command says, and whether it is carried out.
//!
//! Every command checks in the same order, and the first failure answers: the actor is known and active; what it is
//! about is visible to the actor; its state; the actor's authority; then the command's own rules. Deciding changes
//! nothing: the answer is the events that would say what happened.

mod acknowledge_break_glass;
mod amend_request;
mod break_glass;
mod cancel_bundle;
mod cancel_request;
mod checks;
mod consequences;
mod create_delegation;
mod create_permission;
mod create_policies;
mod create_policy;
mod create_project;
mod delete_permission;
mod delete_policy;
mod directory;
mod drafts;
mod edit_duration;
mod end_delegation;
mod erase;
mod patch;
mod policies;
mod release_grant;
mod request_access;
mod request_bundle;
mod review_request;
mod revoke_grant;
mod set_administrators;
mod sync_directory;
mod texts;
mod tick;
mod update_permission;
mod update_policy;
mod withdraw_review;

use serde::{Deserialize, Serialize};

use crate::events::AccessEvent;
use crate::json::{digest, read_input, to_canonical};
use crate::people::{Actor, Client, Commitment, Moment, Personal, Salt};
use crate::permissions::PermissionTerms;
use crate::policies::PolicyTerms;
use crate::refusal::Refusal;
use crate::state::State;

pub use self::acknowledge_break_glass::AcknowledgeBreakGlass;
pub use self::amend_request::AmendRequest;
pub use self::break_glass::{BreakGlass, BreakGlassFor};
pub use self::cancel_bundle::CancelBundle;
pub use self::cancel_request::CancelRequest;
pub use self::create_delegation::CreateDelegation;
pub use self::create_policies::CreatePolicies;
pub use self::create_project::CreateProject;
pub use self::delete_permission::DeletePermission;
pub use self::delete_policy::{DeletePolicy, LiveGrants};
pub use self::edit_duration::EditDuration;
pub use self::end_delegation::EndDelegation;
pub use self::erase::Erase;
pub use self::patch::{MergePatch, Patchable};
pub use self::release_grant::ReleaseGrant;
pub use self::request_access::RequestDraft;
pub use self::request_bundle::RequestBundle;
pub use self::review_request::ReviewRequest;
pub use self::revoke_grant::RevokeGrant;
pub use self::set_administrators::SetAdministrators;
pub use self::sync_directory::{DirectoryChange, GroupMembers, SyncDirectory};
pub use self::tick::{decide_tick, next_deadline};
pub use self::update_permission::UpdatePermission;
pub use self::update_policy::{PendingRequests, UpdatePolicy};
pub use self::withdraw_review::WithdrawReview;

/// What an actor asks the engine to do. On the wire an object with one key, the command's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Command {
    /// Makes the project; sent by `open` on an empty store.
    CreateProject(CreateProject),
    /// Syncs the directory in.
    SyncDirectory(SyncDirectory),
    /// Says who the administrators are.
    SetAdministrators(SetAdministrators),
    /// Makes an access policy.
    CreatePolicy(PolicyTerms),
    /// Makes several access policies, all of them or none.
    CreatePolicies(CreatePolicies),
    /// Changes an access policy.
    UpdatePolicy(Box<UpdatePolicy>),
    /// Deletes an access policy.
    DeletePolicy(DeletePolicy),
    /// Makes a standing permission.
    CreatePermission(PermissionTerms),
    /// Changes a standing permission.
    UpdatePermission(Box<UpdatePermission>),
    /// Deletes a standing permission.
    DeletePermission(DeletePermission),
    /// Asks for access.
    RequestAccess(RequestDraft),
    /// Asks for access to several targets at once.
    RequestBundle(RequestBundle),
    /// Changes a pending request.
    AmendRequest(AmendRequest),
    /// Takes a pending request back.
    CancelRequest(CancelRequest),
    /// Takes the pending requests of a bundle back.
    CancelBundle(CancelBundle),
    /// Approves or rejects.
    ReviewRequest(ReviewRequest),
    /// Takes a review back.
    WithdrawReview(WithdrawReview),
    /// Shortens what is asked for.
    EditDuration(EditDuration),
    /// Goes ahead without approval.
    BreakGlass(BreakGlass),
    /// Reviews a break-glass access after use.
    AcknowledgeBreakGlass(AcknowledgeBreakGlass),
    /// Ends somebody's grant.
    RevokeGrant(RevokeGrant),
    /// Gives one's own grant back.
    ReleaseGrant(ReleaseGrant),
    /// Lets somebody review in one's place for a while.
    CreateDelegation(CreateDelegation),
    /// Ends a delegation before its time.
    EndDelegation(EndDelegation),
    /// Erases what a subject was called and wrote.
    Erase(Erase),
}

impl Command {
    /// Reads a command from JSON text, at most 1 MiB: `{"requestAccess": {…}}`.
    ///
    /// # Errors
    /// `limit_exceeded`, `invalid_input`, or the code of the value that was not accepted, with its place.
    pub fn from_json(json: &str) -> Result<Self, Refusal> {
        read_input(json)
    }

    /// What makes a repeated command recognisable: SHA-256 over a salt and its RFC 8785 form.
    pub fn commitment(&self, salt: &Salt) -> Commitment {
        digest([salt, to_canonical(self).unwrap_or_default().as_bytes()])
    }
}

/// What a command does, decided on the state as it is: nothing changes yet. Whatever is due at `now` must have been
/// ticked before.
///
/// # Errors
/// Every refusal of fault `state` and `authority`, and `subject_required` and `host_required`.
pub fn decide(
    state: &State,
    actor: &Actor,
    command: &Command,
    moment: &Moment,
) -> Result<Vec<AccessEvent>, Refusal> {
    let mut events =
        decide_at(state, actor, command, moment).map_err(|refusal| refusal.inside(command.into()))?;
    events.iter_mut().for_each(|event| came_through(event, actor, moment.client.as_ref()));
    Ok(events)
}

/// What a requester asks for keeps the client by which it was asked for.
fn came_through(event: &mut AccessEvent, actor: &Actor, client: Option<&Client>) {
    let content = match event {
        AccessEvent::RequestMade(event) => &mut event.content,
        AccessEvent::RequestAmended(event) => &mut event.content,
        _ => return,
    };
    if actor.subject() == Some(&content.requester) {
        content.client = client.cloned().map(Personal::from);
    }
}

fn decide_at(
    state: &State,
    actor: &Actor,
    command: &Command,
    moment: &Moment,
) -> Result<Vec<AccessEvent>, Refusal> {
    let now = moment.now;
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
        Command::CancelBundle(command) => cancel_bundle::decide(state, actor, command, now),
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
        Command::Erase(command) => erase::decide(state, actor, command),
    }
}
