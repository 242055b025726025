use serde::{Deserialize, Serialize};

use super::notice::{Notice, NoticeKind};
use super::scene::Scene;
use super::telling::Found;
use crate::approval::Blockage;
use crate::people::KnownSubject;
use crate::requests::AccessRequest;
use crate::resources::{ActionList, Pattern};
use crate::values::{
    AccessDuration, Email, Name, ProjectId, RequestId, SubjectId, Text, TicketUrl, Timestamp,
};

/// A notice as one of its recipients gets it: with the names and the address of this moment, and what was written about
/// what happened. Data, never markup; handed to the host at least once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Message {
    /// The project that it comes from.
    pub project: ProjectId,
    /// The idempotency key within the project, of notice and recipient (`ntc_42_0:ann`): the same however often it is
    /// handed over.
    pub id: String,
    /// When it happened.
    pub at: Timestamp,
    /// Whom to tell.
    pub recipient: Recipient,
    /// What happened.
    pub kind: NoticeKind,
    /// Who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Name>,
    /// What was written about it: a comment, a note, a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Text>,
    /// The request it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<MessageRequest>,
    /// What the policy, permission, group or subjects are called that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub topics: Vec<Name>,
    /// Whether what it tells of is over: the grant has ended, the request is decided, the break-glass acknowledged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub over: bool,
    /// Why the request it is about cannot be approved by the people there are, and what would unblock it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blockage: Option<Blockage>,
}

/// Whom to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recipient {
    /// Who.
    pub id: SubjectId,
    /// What people call them.
    pub name: Name,
    /// Where.
    pub email: Email,
}

/// What a message says of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MessageRequest {
    /// Its id, for the link.
    pub id: RequestId,
    /// The name of the requester.
    pub requester: Name,
    /// What for.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// The duration in force: seconds, or `"permanent"`.
    #[serde(rename = "durationSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// Why it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_url: Option<TicketUrl>,
    /// The name of its policy.
    pub policy: Name,
    /// When it expires unless it is decided; absent: it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// Why a recipient is not sent a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// The recipient was removed, whoever has the id since.
    RecipientRemoved,
    /// The recipient is disabled.
    RecipientDisabled,
    /// The recipient has no address.
    NoAddress,
    /// The recipient may not see any more what it is about.
    NotVisible,
    /// What the recipient is asked for, or warned of, is over.
    Over,
}

/// The message that a notice is to one of its recipients.
///
/// # Errors
/// Why there is none.
pub fn message(scene: Scene<'_>, notice: &Notice, to: &SubjectId) -> Result<Message, DropReason> {
    let recipient = recipient(scene, to)?;
    let telling = notice.kind.telling();
    telling.check(scene, to)?;
    let request = notice.kind.request_id().and_then(|id| scene.state.requests().get(id));
    let Found { by, said, topics, over, blockage } = telling.find(scene);
    Ok(Message {
        project: scene.project.clone(),
        id: format!("{}:{to}", notice.id),
        at: scene.at,
        recipient,
        kind: notice.kind.clone(),
        by,
        said: said.as_deref().cloned(),
        request: request.and_then(|request| facts(scene, request)),
        topics,
        over,
        blockage,
    })
}

fn recipient(scene: Scene<'_>, id: &SubjectId) -> Result<Recipient, DropReason> {
    let directory = scene.state.directory();
    if !directory.is_same_since(&id.into(), scene.version) {
        return Err(DropReason::RecipientRemoved);
    }
    let KnownSubject { name, email, disabled, .. } =
        directory.subject(id).ok_or(DropReason::RecipientRemoved)?.clone();
    if disabled {
        return Err(DropReason::RecipientDisabled);
    }
    let email = email.ok_or(DropReason::NoAddress)?;
    Ok(Recipient { id: id.clone(), name: (*name).clone(), email: (*email).clone() })
}

fn facts(scene: Scene<'_>, request: &AccessRequest) -> Option<MessageRequest> {
    let content = &request.content;
    Some(MessageRequest {
        id: request.id.clone(),
        requester: scene.name(&content.requester, request.id.made_in()),
        target: content.target.clone(),
        actions: content.actions.clone(),
        duration: request.duration,
        justification: content.justification.as_deref().cloned(),
        ticket_url: content.ticket_url.as_deref().cloned(),
        policy: scene.state.policy_of(request).ok()?.terms.name.clone(),
        expires_at: request.is_pending().then_some(request.expires_at),
    })
}
