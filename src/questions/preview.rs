use serde::Serialize;

use super::ability::{Ability, ability};
use super::people::first_people;
use crate::approval::Approval;
use crate::commands::{AmendRequest, BreakGlass, BreakGlassFor, Command, RequestDraft};
use crate::engine::Engine;
use crate::people::Actor;
use crate::policies::{Exclusion, Policy, Quorum, Required, Requirement, covers_all, govern, touches};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{Name, Person, PolicyName, Seconds, SubjectId, Timestamp};
use crate::visibility::acting_subject;

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
    #[serde(rename = "breakGlassMaxDurationSeconds", skip_serializing_if = "Option::is_none")]
    pub break_glass_max_duration: Option<Seconds>,
    /// The policy that governs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyName>,
    /// The longest access it gives; absent: permanent.
    #[serde(rename = "maxDurationSeconds", skip_serializing_if = "Option::is_none")]
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
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Its quorums; none where it has `anyOf`.
    pub quorums: Vec<PreviewQuorum>,
    /// Its lists of quorums, of which one must be met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_of: Option<Vec<Vec<PreviewQuorum>>>,
}

/// A quorum, as a preview shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PreviewQuorum {
    /// How many approvals it takes.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "all""#))]
    pub required: Required,
    /// Whose would count today; the first 100.
    pub approvers: Vec<Person>,
    /// How many they are in all.
    pub approver_count: u32,
}

impl Engine {
    /// What would become of a draft at `at`, were this actor to ask: which policy governs and why others do not, who
    /// could approve, what is left out, what would be refused, and whether the glass could be broken.
    ///
    /// # Errors
    /// `no_project`, `subject_required`, `unknown_actor`, `actor_disabled`.
    pub fn preview(&self, actor: &Actor, draft: &RequestDraft, at: Timestamp) -> Result<Preview, Refusal> {
        self.foreseen(actor, draft, &Command::RequestAccess(draft.clone()), at)
    }

    /// The same of a draft that takes the place of what a pending request asks for.
    ///
    /// # Errors
    /// `no_project`, `subject_required`, `unknown_actor`, `actor_disabled`.
    pub fn preview_amendment(
        &self,
        actor: &Actor,
        amendment: &AmendRequest,
        at: Timestamp,
    ) -> Result<Preview, Refusal> {
        self.foreseen(actor, &amendment.draft, &Command::AmendRequest(amendment.clone()), at)
    }

    fn foreseen(
        &self,
        actor: &Actor,
        draft: &RequestDraft,
        command: &Command,
        at: Timestamp,
    ) -> Result<Preview, Refusal> {
        let at = self.time(at);
        let state = &self.state_at(at);
        let requester = acting_subject(state, actor)?;
        let governance = govern(state.policies(), &draft.target, &draft.actions).ok();
        let policy = governance.as_ref().map(|governance| governance.policy);
        let break_glass = ability(state, actor, &break_glass(draft), at);
        let mut request = ability(state, actor, command, at);
        if request.allowed {
            request.warning = policy.and_then(|policy| unapprovable(state, policy, requester));
        }
        Ok(Preview {
            request,
            break_glass_max_duration: policy
                .filter(|_| break_glass.allowed)
                .map(|policy| policy.terms.break_glass_cap()),
            break_glass,
            policy: policy.map(Policy::to_name),
            max_duration: policy.and_then(|policy| policy.terms.max_duration),
            justification: policy.map(|policy| policy.terms.justification),
            rivals: rivals(state, draft, policy),
            steps: policy.map(|policy| steps(state, policy, requester)).unwrap_or_default(),
            exclusions: governance.map(|governance| governance.exclusions).unwrap_or_default(),
        })
    }
}

/// Says so where the people there are could not approve the request, whoever of them does.
fn unapprovable(state: &State, policy: &Policy, requester: &SubjectId) -> Option<String> {
    let approval = Approval::new(state.directory(), state.delegations(), policy, requester);
    let step = approval.shortfall_with_calls(1, true)?;
    Some(format!("the people there are could not approve step {step}: it would stay open until it expires"))
}

fn break_glass(draft: &RequestDraft) -> Command {
    let at_once = RequestDraft { starts_at: None, renews: None, ..draft.clone() };
    let subject_matter = BreakGlassFor::Draft(at_once);
    Command::BreakGlass(BreakGlass { subject_matter, justification: super::some_text() })
}

/// The policies that have to do with the draft and do not govern it. One that covers all of it lost to a more specific
/// one.
fn rivals(state: &State, draft: &RequestDraft, governing: Option<&Policy>) -> Vec<Rival> {
    let near = state.policies().near((&draft.target).into());
    let concerned = near.filter(|policy| {
        governing.is_none_or(|governing| governing.id != policy.id)
            && touches(policy, &draft.target, &draft.actions)
    });
    let because = |policy: &Policy| {
        if covers_all(policy, &draft.target, &draft.actions) {
            RivalReason::LessSpecific
        } else {
            RivalReason::CoversPart
        }
    };
    concerned.map(|policy| Rival { policy: policy.to_name(), because: because(policy) }).collect()
}

fn steps(state: &State, policy: &Policy, requester: &SubjectId) -> Vec<PreviewStep> {
    let approval = Approval::new(state.directory(), state.delegations(), policy, requester);
    let shown = |step: u32, quorum: &Quorum| {
        let (approvers, approver_count) = first_people(state, approval.candidates(step, quorum));
        PreviewQuorum { required: quorum.required, approvers, approver_count }
    };
    let steps = approval.steps().map(|(number, step)| {
        let lists = step.lists().map(|list| list.iter().map(|quorum| shown(number, quorum)).collect());
        let (quorums, any_of) = step.in_form(lists.collect());
        PreviewStep { name: step.name.clone(), quorums, any_of }
    });
    steps.collect()
}
