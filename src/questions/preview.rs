use super::ability;
use crate::Engine;
use crate::approval::Approval;
use crate::decide::break_glass_terms;
use crate::governance::{covers_all, govern, touches};
use crate::model::{
    Actor, BreakGlass, BreakGlassFor, Command, Policy, Preview, PreviewQuorum, PreviewStep, Refusal,
    RequestDraft, Rival, RivalReason, SubjectId, Timestamp,
};
use crate::state::State;
use crate::visibility::acting_subject;

impl Engine {
    /// What would become of a draft at `at`, were this actor to ask: which policy governs and why others do not, who
    /// could approve, what is left out, what would be refused, and whether the glass could be broken.
    ///
    /// # Errors
    /// `no_project`, `subject_required`, `unknown_actor`, `actor_disabled`.
    pub fn preview(&self, actor: &Actor, draft: &RequestDraft, at: Timestamp) -> Result<Preview, Refusal> {
        let at = self.time(at);
        let state = &*self.state_at(at);
        let requester = acting_subject(state, actor)?;
        let governance = govern(state.policies(), &draft.target, &draft.actions).ok();
        let policy = governance.as_ref().map(|governance| governance.policy);
        let break_glass = ability(state, actor, &break_glass(draft), at);
        let cap = policy.and_then(|policy| break_glass_terms(state, policy, requester).ok());
        Ok(Preview {
            request: ability(state, actor, &Command::RequestAccess(draft.clone()), at),
            break_glass_max_duration: cap.filter(|_| break_glass.allowed).map(|terms| terms.max_duration),
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

fn break_glass(draft: &RequestDraft) -> Command {
    let subject_matter = BreakGlassFor::Draft(draft.clone());
    Command::BreakGlass(BreakGlass { subject_matter, justification: super::some_text() })
}

/// The policies that have to do with the draft and do not govern it. One that covers all of it lost to a more specific
/// one.
fn rivals(state: &State, draft: &RequestDraft, governing: Option<&Policy>) -> Vec<Rival> {
    let others = state
        .policies()
        .all_live()
        .filter(|policy| governing.is_none_or(|governing| governing.id != policy.id));
    let concerned = others.filter(|policy| touches(policy, &draft.target, &draft.actions));
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
    let approval = Approval::new(state.directory(), state.delegations(), &policy.terms, requester);
    let people = |step, quorum| {
        let counting = approval.counting(step, quorum);
        counting.into_iter().map(|id| state.directory().person(id)).collect()
    };
    let steps = approval.steps().map(|(number, step)| PreviewStep {
        quorums: step
            .quorums
            .iter()
            .map(|quorum| PreviewQuorum { required: quorum.required, approvers: people(number, quorum) })
            .collect(),
    });
    steps.collect()
}
