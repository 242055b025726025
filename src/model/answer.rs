use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    AccessDuration, AccessEvent, ActionList, ActionSet, Actor, BreakGlassRecord, BundleId, Closing,
    DelegationEnd, DelegationId, DurationEdit, Exclusion, Fault, GrantEnd, GrantId, GrantStatus, GroupId,
    HistoryCursor, Name, Origin, Pattern, PermissionId, PermissionTerms, PolicyId, PolicyName, PolicyTargets,
    PolicyTerms, Refusal, RequestId, RequestStatus, Required, Requirement, ReviewRecord, Seconds, SubjectId,
    Text, TicketUrl, Timestamp,
};

/// Whether a subject may do something now, and why (AuthZEN Access Evaluation API §6.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Allowed or denied.
    pub decision: bool,
    /// Why.
    pub reason: DecisionReason,
    /// The standing permission that allows; of several the oldest. It has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_id: Option<PermissionId>,
    /// The grant that allows; of several the one that ends last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// The first instant without that grant; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Of a denial: how access can be asked for (AuthZEN ARAP). Absent where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requestable: Option<Requestable>,
}

/// Why something is allowed or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum DecisionReason {
    /// A standing permission allows it.
    Permitted,
    /// A live grant allows it.
    Granted,
    /// No live grant is for this.
    NotGranted,
    /// A live grant is for this, but another policy governs here.
    GovernedElsewhere,
    /// The directory does not know the subject.
    UnknownSubject,
    /// The subject is disabled.
    SubjectDisabled,
}

/// How access can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Requestable {
    /// The policy that governs it.
    pub policy: PolicyName,
    /// The longest access it gives; absent: permanent access may be asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Seconds>,
    /// Whether the requester must say why.
    pub justification: Requirement,
}

/// A refusal as an answer: what a button shows beside itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// The stable code.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// Who is at fault.
    pub fault: Fault,
    /// The code with the fields to show.
    pub details: Refusal,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code(), message: refusal.to_string(), fault: refusal.fault(), details: refusal }
    }
}

/// Whether a command would be accepted, as the code that decides says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Ability {
    /// It would be.
    pub allowed: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refused>,
    /// What to think of before, although it would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
}

impl From<Option<Refusal>> for Ability {
    fn from(refusal: Option<Refusal>) -> Self {
        Self { allowed: refusal.is_none(), refusal: refusal.map(Refused::from), warning: None }
    }
}

/// A subject as others see it: never with an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Who.
    pub id: SubjectId,
    /// What people call them.
    pub name: Name,
}

/// Some of what a question found, in a stable order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Page<T, C> {
    /// The entries, the newest first.
    pub items: Vec<T>,
    /// Where the next page begins: give it as `after`. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<C>,
    /// How many entries all pages have together.
    pub total: usize,
    /// How many there are of each status, the filter's own `status` aside.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Record<string, number>"))]
    pub counts: BTreeMap<String, usize>,
}

/// A policy as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// Its id.
    pub id: PolicyId,
    /// The version in force.
    pub version: u32,
    /// What people call it.
    pub name: Name,
    /// Which resources it governs.
    pub targets: PolicyTargets,
    /// Which actions it governs.
    pub actions: ActionSet,
    /// The longest access it gives; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Seconds>,
    /// Whether a requester must say why.
    pub justification: Requirement,
    /// All of it: for administrators and the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<PolicyTerms>,
}

/// The live policies, and whether the reader may manage them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PolicyPage {
    /// The policies.
    pub page: Page<PolicyView, PolicyId>,
    /// Whether the reader may make, change and delete policies.
    pub manage: Ability,
}

/// A standing permission as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PermissionView {
    /// Its id.
    pub id: PermissionId,
    /// The version in force.
    pub version: u32,
    /// What people call it.
    pub name: Name,
    /// To which resources.
    pub targets: PolicyTargets,
    /// To do what.
    pub actions: ActionSet,
    /// All of it: for administrators and the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<PermissionTerms>,
}

/// The standing permissions that the reader sees, and whether he may manage them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PermissionPage {
    /// The permissions.
    pub page: Page<PermissionView, PermissionId>,
    /// Whether the reader may make, change and delete permissions.
    pub manage: Ability,
}

/// A request as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// Its id.
    pub id: RequestId,
    /// Who asks.
    pub requester: Person,
    /// The policy that decides it.
    pub policy: PolicyName,
    /// The pinned version of that policy.
    pub policy_version: u32,
    /// What for.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// What it leaves out.
    pub exclusions: Vec<Exclusion>,
    /// When access should begin; absent: at approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// For how long it was asked: seconds, or `"permanent"`.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub asked_duration: AccessDuration,
    /// The duration in force: seconds, or `"permanent"`.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// A link to the ticket behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_url: Option<TicketUrl>,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// The bundle that it was asked for in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// What a review must carry.
    pub content_hash: String,
    /// What became of it.
    pub status: RequestStatus,
    /// When it was made.
    pub made_at: Timestamp,
    /// From when on it is expired, if still pending.
    pub expires_at: Timestamp,
    /// The current step, counted from 1.
    pub step: u32,
    /// How many steps there are.
    pub steps: u32,
    /// All reviews, also those that no longer count.
    pub reviews: Vec<ReviewRecord>,
    /// All shortenings.
    pub edits: Vec<DurationEdit>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// The grant it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// Of a break-glass: its reason and the review after use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<BreakGlassRecord>,
    /// The names of everybody who appears in it, by id.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<SubjectId, Name>"))]
    pub people: BTreeMap<SubjectId, Name>,
}

/// A grant as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct GrantView {
    /// Its id.
    pub id: GrantId,
    /// The request it came from.
    pub request_id: RequestId,
    /// Who has it.
    pub holder: Person,
    /// What it opens, the exclusions aside.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// What it leaves out.
    pub exclusions: Vec<Exclusion>,
    /// The policy it was given under.
    pub policy: PolicyName,
    /// Approved, or broken glass.
    pub origin: Origin,
    /// The grant that it carries on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// Where it stands now.
    pub status: GrantStatus,
    /// The first instant of access.
    pub starts_at: Timestamp,
    /// The first instant without; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<GrantEnd>,
    /// Whether the reader may revoke it.
    pub revoke: Ability,
    /// Whether the reader may release it.
    pub release: Ability,
}

/// Something that waits for its reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct InboxItem {
    /// What to do.
    pub task: InboxTask,
    /// About which request.
    pub request: RequestView,
}

/// What an inbox asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum InboxTask {
    /// Approve or reject the current step.
    Review,
    /// Look at a break-glass access after use.
    Acknowledge,
}

/// What would become of a draft, decided by the code that decides requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// Whether the request would be accepted, and if not, why.
    pub request: Ability,
    /// Whether the actor could break the glass instead; its justification aside.
    pub break_glass: Ability,
    /// The longest access that a break-glass gives, where it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass_max_duration: Option<Seconds>,
    /// The policy that governs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyName>,
    /// The longest access it gives; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Seconds>,
    /// Whether the requester must say why; absent where no policy governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Requirement>,
    /// The other policies that have to do with it, and why they do not govern it.
    pub rivals: Vec<Rival>,
    /// What other policies govern inside it, and the request would leave out.
    pub exclusions: Vec<Exclusion>,
    /// Who could approve, step by step.
    pub steps: Vec<PreviewStep>,
}

/// A policy that has to do with a draft and does not govern it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Rival {
    /// Which policy.
    pub policy: PolicyName,
    /// Why it does not govern.
    pub because: RivalReason,
}

/// Why a policy does not govern a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum RivalReason {
    /// It covers all of it, but less specifically.
    LessSpecific,
    /// It covers only a part of it, or only some of its actions.
    CoversPart,
}

/// A step, as a preview shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PreviewStep {
    /// Its quorums.
    pub quorums: Vec<PreviewQuorum>,
}

/// A quorum, as a preview shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PreviewQuorum {
    /// How many approvals it takes.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "all""#))]
    pub required: Required,
    /// Whose would count today.
    pub approvers: Vec<Person>,
}

/// How a request stands: step by step who has spoken, who can, and what the reader can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The request.
    pub request: RequestView,
    /// Its steps.
    pub steps: Vec<StepExplanation>,
    /// The grant it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantView>,
    /// What the reader can do and why not; absent where the host asks for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub you: Option<Abilities>,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StepExplanation {
    /// Which, counted from 1.
    pub step: u32,
    /// Completed, open or still to come.
    pub state: StepState,
    /// Its quorums.
    pub quorums: Vec<QuorumExplanation>,
    /// How many rejections count.
    pub rejections: u32,
    /// How many reject the request.
    pub rejections_required: u32,
    /// Whose approval would be accepted now. Empty unless the step is open.
    pub can_approve: Vec<Person>,
    /// Whose approval would be accepted now in the place of whom, by a delegation.
    pub delegates: Vec<StandsIn>,
}

/// Somebody who may review in another's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StandsIn {
    /// Who.
    pub person: Person,
    /// In whose place.
    pub on_behalf_of: Person,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Its quorums were met.
    Completed,
    /// Waits for reviews.
    Open,
    /// Comes after the open one.
    Waiting,
    /// The request ended before it was completed.
    Closed,
}

/// How a quorum stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct QuorumExplanation {
    /// How many approvals it takes, as the policy says.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "all""#))]
    pub required: Required,
    /// How many that is today.
    pub slots: u32,
    /// Whose approvals fill its slots.
    pub filled_by: Vec<Person>,
    /// How many are missing.
    pub missing: u32,
    /// Who is named and active today.
    pub approvers: Vec<Person>,
}

/// What one actor can do with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Abilities {
    /// Approve the current step.
    pub approve: Ability,
    /// Reject it.
    pub reject: Ability,
    /// Shorten the duration.
    pub edit_duration: Ability,
    /// The same in the place of each whom the actor stands in for.
    pub on_behalf_of: Vec<ReviewAbilities>,
    /// Take one's review back.
    pub withdraw_review: Ability,
    /// Ask anew under the same id.
    pub amend: Ability,
    /// Take the request back.
    pub cancel: Ability,
    /// Go ahead without approval.
    pub break_glass: Ability,
    /// Say that a break-glass has been looked at.
    pub acknowledge: Ability,
}

/// What one actor can do with the current step, in one approver's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ReviewAbilities {
    /// Whose place that is.
    pub voice: Person,
    /// Approve the current step.
    pub approve: Ability,
    /// Reject it.
    pub reject: Ability,
    /// Shorten the duration.
    pub edit_duration: Ability,
}

/// A delegation as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DelegationView {
    /// Its id.
    pub id: DelegationId,
    /// In whose place.
    pub delegator: Person,
    /// Who reviews.
    pub delegate: Person,
    /// The first instant of it.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// Where it stands now.
    pub status: GrantStatus,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<DelegationEnd>,
    /// Whether the reader may end it.
    pub can_end: Ability,
}

/// A bundle: it has no state of its own, only what its requests make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    /// Its id.
    pub id: BundleId,
    /// What became of it.
    pub status: BundleStatus,
    /// Its requests, as far as the reader sees them, in the order in which they were asked for.
    pub requests: Vec<RequestView>,
}

/// What became of the requests of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum BundleStatus {
    /// One waits at least.
    Pending,
    /// All were approved.
    Approved,
    /// All were rejected.
    Rejected,
    /// All were cancelled.
    Cancelled,
    /// All expired.
    Expired,
    /// They ended differently.
    Partial,
}

/// What commands would bring about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Simulation {
    /// What would become of each command, in order.
    pub outcomes: Vec<SimulatedOutcome>,
    /// The requests that they touch, as they would then stand, by id.
    pub requests: Vec<RequestView>,
    /// The grants that they touch, as they would then stand, by id.
    pub grants: Vec<GrantView>,
    /// The pending requests that the people there are could then not approve any more, and today can.
    pub stuck: Vec<StuckRequest>,
}

/// What would become of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SimulatedOutcome {
    /// What would happen: first what is due before it.
    pub events: Vec<AccessEvent>,
    /// Why it would be refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refused>,
}

/// A pending request that cannot be approved any more by the people there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StuckRequest {
    /// The request.
    pub request: RequestView,
    /// The first step that falls short, counted from 1.
    pub step: u32,
}

/// Something that is wrong before anybody runs into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What is wrong.
    pub code: FindingCode,
    /// The policy it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyName>,
    /// The step that falls short, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// The quorum of it that does so by itself, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u32>,
    /// On whose requests; none: on everybody's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub requesters: Vec<Person>,
    /// The group it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    /// The person it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Person>,
    /// The request it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
}

impl Finding {
    pub(crate) fn new(code: FindingCode) -> Self {
        Self {
            code,
            policy: None,
            step: None,
            quorum: None,
            requesters: Vec::new(),
            group_id: None,
            subject: None,
            request_id: None,
        }
    }
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// A quorum names too few people for it, the requester left out.
    QuorumUnmeetable,
    /// Every quorum has its people, but with those who must approve other quorums nobody is left.
    NobodyDistinctLeft,
    /// A group that a policy names has no active member.
    EmptyGroup,
    /// A policy lets people break the glass, and there are none.
    BypassersNobody,
    /// More specific policies govern all that a policy is about.
    NeverGoverns,
    /// An approver has no address to be told at.
    ApproverWithoutEmail,
    /// A pending request cannot be approved any more by the people there are.
    RequestStuck,
}

/// An entry of the record as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Where it stands in the record.
    pub cursor: HistoryCursor,
    /// When it happened: of what a tick found due, when it was due.
    pub at: Timestamp,
    /// Whose command it was.
    pub actor: Actor,
    /// A sentence for people.
    pub summary: String,
    /// What happened.
    pub event: AccessEvent,
}

/// Whether a record is what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// Every commit fits its predecessor and its own hash, and the head is the expected one.
    pub intact: bool,
    /// How many commits were read.
    pub commits: u64,
    /// The first version that does not fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_bad_version: Option<u64>,
    /// What is wrong there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}
