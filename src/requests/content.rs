use serde::{Deserialize, Serialize};

use crate::json::canonical_hash;
use crate::people::{Client, Personal, Visit};
use crate::policies::{Exclusion, PolicyVersion};
use crate::resources::{ActionList, Pattern};
use crate::values::{AccessDuration, GrantId, PolicyId, SubjectId, Text, TicketUrl, Timestamp};

/// What was asked for and what it was decided under. Its hash is the content hash that reviewers approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestContent {
    /// Who asks; always the actor of the command.
    pub requester: SubjectId,
    /// What for: one resource or a pattern of them.
    pub target: Pattern,
    /// To do what; sorted.
    pub actions: ActionList,
    /// When access should begin; absent: at approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// For how long: seconds, or `"permanent"`. A later shortening does not change it.
    #[serde(rename = "durationSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// When access ends at the latest, however late the approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub justification: Option<Personal<Text>>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub ticket_url: Option<Personal<TicketUrl>>,
    /// Through what it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "Client"))]
    pub client: Option<Personal<Client>>,
    /// The policy that governs it.
    pub policy_id: PolicyId,
    /// The version of that policy which decides it, whatever becomes of the policy later.
    pub policy_version: u32,
    /// What other policies govern inside the target, and this request therefore leaves out.
    pub exclusions: Vec<Exclusion>,
}

impl RequestContent {
    /// The version of the policy that decides it.
    pub(crate) fn policy(&self) -> PolicyVersion {
        (self.policy_id.clone(), self.policy_version)
    }

    /// Shows what can be erased of it.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        let Self { requester, justification, ticket_url, client, .. } = self;
        justification.iter_mut().for_each(|text| visit(text, Some(requester)));
        ticket_url.iter_mut().for_each(|link| visit(link, Some(requester)));
        client.iter_mut().for_each(|client| visit(client, Some(requester)));
    }
}

/// The hash of what was asked for, which reviewers approve, in lower-case hex.
pub fn content_hash(content: &RequestContent) -> String {
    canonical_hash(content)
}
