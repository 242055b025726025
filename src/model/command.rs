use serde::{Deserialize, Deserializer, Serialize};

use super::{
    AccessDuration, ActionList, ActionSet, AtMost, BreakGlassTerms, Condition, DelegationId, GrantId, Group,
    GroupId, Invalid, InvalidKind, Name, Pattern, PermissionId, PermissionTerms, PolicyId, PolicyTargets,
    PolicyTerms, Principal, ProjectId, Refusal, RequestId, RequestTtl, RequesterCondition, Requirement,
    Seconds, Step, Subject, SubjectId, Text, TicketUrl, Timestamp, Verdict, limits, read_input,
};

/// What an actor asks the engine to do. On the wire an object with one key, the command's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames)]
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
}

impl Command {
    /// Reads a command from JSON text, at most 1 MiB: `{"requestAccess": {…}}`.
    ///
    /// # Errors
    /// `limit_exceeded`, `invalid_input`, or the code of the value that was not accepted, with its place.
    pub fn from_json(json: &str) -> Result<Self, Refusal> {
        read_input(json)
    }
}

/// Makes a project with its first administrators, who enter the directory as active.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct CreateProject {
    /// The project's id.
    pub project: ProjectId,
    /// At least one active subject.
    pub administrators: Vec<Subject>,
}

/// Changes of the directory, in order, accepted or refused whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct SyncDirectory {
    /// The changes.
    pub changes: Vec<DirectoryChange>,
}

/// One change of the directory: an object with one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum DirectoryChange {
    /// Adds or replaces a whole subject.
    UpsertSubject(Subject),
    /// Adds or replaces a whole group.
    UpsertGroup(Group),
    /// Removes a subject, which stays known as disabled and leaves every group.
    RemoveSubject(SubjectId),
    /// Removes a group.
    RemoveGroup(GroupId),
}

/// Says who the administrators are, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct SetAdministrators {
    /// All of them; at least one must be active.
    pub administrators: Vec<SubjectId>,
}

/// Makes access policies one after the other, accepted or refused whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct CreatePolicies {
    /// 1 to 100.
    #[serde(deserialize_with = "at_least_one")]
    #[cfg_attr(feature = "wasm", tsify(type = "PolicyTerms[]"))]
    pub policies: AtMost<{ limits::POLICIES_AT_ONCE }, PolicyTerms>,
}

fn at_least_one<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<AtMost<{ limits::POLICIES_AT_ONCE }, PolicyTerms>, D::Error> {
    let policies = AtMost::deserialize(deserializer)?;
    if policies.is_empty() {
        let problem = "a list of policies is empty: give at least one";
        return Err(serde::de::Error::custom(Invalid::new(InvalidKind::InvalidInput, problem)));
    }
    Ok(policies)
}

/// Changes of a policy: what is left out stays, `null` takes an optional part away (RFC 7396).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct UpdatePolicy {
    /// Which policy.
    pub policy_id: PolicyId,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Which resources it governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<PolicyTargets>,
    /// Which actions it governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<ActionSet>,
    /// Who may ask; `null`: everybody.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "RequesterCondition | null"))]
    pub condition: Option<Option<RequesterCondition>>,
    /// Who must approve.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "Step[]"))]
    pub steps: Option<AtMost<{ limits::STEPS }, Step>>,
    /// Whether requesters may approve their own requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_approval: Option<bool>,
    /// Whether an approver of one step is barred from later ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distinct_approvers: Option<bool>,
    /// Who may go ahead without approval; `null`: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "BreakGlassTerms | null"))]
    pub break_glass: Option<Option<BreakGlassTerms>>,
    /// The longest access that may be asked for; `null`: permanent access may be.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string | null"))]
    pub max_duration: Option<Option<Seconds>>,
    /// How long a request stays open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub request_ttl: Option<RequestTtl>,
    /// Whether a requester must say why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Requirement>,
    /// Whether its approvers may revoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver_may_revoke: Option<bool>,
    /// What becomes of pending requests, which go on under the version they were made under. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub pending_requests: PendingRequests,
    /// What becomes of live and scheduled grants. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub live_grants: LiveGrants,
}

/// What is there, be it `null`.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    #[derive(Deserialize)]
    struct Present<T>(Option<T>);

    Present::deserialize(deserializer).map(|Present(value)| Some(value))
}

/// What becomes of a policy's pending requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PendingRequests {
    /// They go on.
    #[default]
    Keep,
    /// They are cancelled.
    Cancel,
}

/// What becomes of a policy's live and scheduled grants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum LiveGrants {
    /// They go on.
    #[default]
    Keep,
    /// They end.
    Revoke,
}

/// Deletes a policy and cancels its pending requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct DeletePolicy {
    /// Which policy.
    pub policy_id: PolicyId,
    /// What becomes of live and scheduled grants. Default keep.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub live_grants: LiveGrants,
}

/// Changes of a standing permission: what is left out stays, `null` takes the condition away (RFC 7396).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct UpdatePermission {
    /// Which permission.
    pub permission_id: PermissionId,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Who may.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub holders: Option<AtMost<{ limits::HOLDERS }, Principal>>,
    /// To which resources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<PolicyTargets>,
    /// To do what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actions: Option<ActionSet>,
    /// What must be so; `null`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "wasm", tsify(type = "Condition | null"))]
    pub condition: Option<Option<Condition>>,
}

/// Deletes a standing permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct DeletePermission {
    /// Which permission.
    pub permission_id: PermissionId,
}

/// What a requester asks for. The requester is always the actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "super::wire::RequestDraft")]
pub struct RequestDraft {
    /// One resource, or a pattern of them.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// For how long.
    pub duration: AccessDuration,
    /// When access should begin; absent: at approval. At most 90 days ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_url: Option<TicketUrl>,
    /// A grant of one's own that this one carries on, from its end or from approval if that is later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
}

/// Asks for several targets at once: all or none. What follows is decided for each by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct RequestBundle {
    /// 2 to 50 of them.
    #[cfg_attr(feature = "wasm", tsify(type = "RequestDraft[]"))]
    pub items: AtMost<{ limits::OPEN_REQUESTS }, RequestDraft>,
}

/// Asks anew under the same id: decided exactly like a new request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct AmendRequest {
    /// Which request.
    pub request_id: RequestId,
    /// What is asked for instead, whole.
    pub draft: RequestDraft,
}

/// Takes a pending request back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct CancelRequest {
    /// Which request.
    pub request_id: RequestId,
    /// Why; an administrator must say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// Approves or rejects the current step of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct ReviewRequest {
    /// Which request.
    pub request_id: RequestId,
    /// Approve or reject.
    pub verdict: Verdict,
    /// The content hash that was shown; another one is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
    /// The approver in whose place the actor reviews, by a delegation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
    /// What the approver adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

/// Takes back one's review of the current step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct WithdrawReview {
    /// Which request.
    pub request_id: RequestId,
}

/// Shortens the duration of a pending request, or makes permanent temporary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct EditDuration {
    /// Which request.
    pub request_id: RequestId,
    /// The new, shorter duration.
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub duration: Seconds,
    /// Why; not blank.
    pub note: Text,
    /// The content hash that was shown; another one is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_hash: Option<String>,
    /// The approver in whose place the actor does it, by a delegation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
}

/// Goes ahead without approval, on a pending request of one's own or on a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "super::wire::BreakGlass")]
pub struct BreakGlass {
    /// What for. On the wire `requestId` or `draft`.
    #[serde(flatten)]
    pub subject_matter: BreakGlassFor,
    /// Why this cannot wait; 10 or more characters that are not blank.
    pub justification: Text,
}

/// What the glass is broken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BreakGlassFor {
    /// A pending request of one's own.
    RequestId(RequestId),
    /// What would be asked for.
    Draft(RequestDraft),
}

/// Says that a break-glass access has been looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct AcknowledgeBreakGlass {
    /// Which request.
    pub request_id: RequestId,
    /// What the approver adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

/// Ends somebody's grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct RevokeGrant {
    /// Which grant.
    pub grant_id: GrantId,
    /// Why; not blank.
    pub reason: Text,
}

/// Gives one's own grant back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct ReleaseGrant {
    /// Which grant.
    pub grant_id: GrantId,
}

/// Lets a delegate review in the actor's place. It counts while the actor is eligible himself, never on a request of
/// either of them, and a review given under it is void when it ends before the request does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct CreateDelegation {
    /// Who may.
    pub delegate: SubjectId,
    /// From when on, in milliseconds or RFC 3339; absent: at once. At most 90 days ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub starts_at: Option<Timestamp>,
    /// For how long: seconds, or ISO 8601.
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub duration: Seconds,
}

/// Ends a delegation before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct EndDelegation {
    /// Which delegation.
    pub delegation_id: DelegationId,
}
