use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::answer::ForeignAnswer;
use super::foreign::ForeignPolicy;
use super::people::People;
use super::report::{ImportChange, ImportChangeCode as Code, ImportReport, ImportSource, ImportedPolicy};
use super::translate::translate;
use crate::approval::Approval;
use crate::commands::{Command, decide};
use crate::events::{AccessEvent, apply};
use crate::people::Actor;
use crate::policies::{Policy, PolicyTerms};
use crate::refusal::Refusal;
use crate::resources::targets_overlap;
use crate::state::State;
use crate::values::{Invalid, Name, PolicyId, SubjectId, Timestamp};

/// What becomes of each policy of an answer.
pub(super) fn report_on(
    answer: &ForeignAnswer<'_>,
    state: &State,
    viewer: &Actor,
    at: Timestamp,
) -> ImportReport {
    let policies: Vec<_> = answer.policies.iter().map(|policy| ForeignPolicy::read(policy)).collect();
    let people = People::of(policies.iter().flatten(), state.directory());
    let actor = administrator(state, viewer);
    let mut importer = Importer { people, actor, after: state.clone(), made: BTreeMap::default(), at };
    let numbered = (0_u32..).zip(answer.policies.iter().zip(policies));
    let policies = numbered.map(|(number, (given, policy))| importer.import(number, given, policy));
    ImportReport {
        policies: policies.collect(),
        changes: answer.unread.iter().copied().map(ImportChange::unread).collect(),
    }
}

/// Who would make the policies: the viewer, or for the host any administrator.
fn administrator(state: &State, viewer: &Actor) -> Actor {
    let of_host = state.directory().active_administrators().next().filter(|_| *viewer == Actor::Host);
    of_host.map_or_else(|| viewer.clone(), |id| Actor::Subject(id.clone()))
}

/// Takes over one policy after the other.
struct Importer<'a> {
    people: People<'a>,
    actor: Actor,
    /// The state with the policies that were accepted.
    after: State,
    /// Which of the list they are: outside of here nobody knows their ids.
    made: BTreeMap<PolicyId, u32>,
    at: Timestamp,
}

impl Importer<'_> {
    fn import(&mut self, item: u32, given: &Value, policy: Result<ForeignPolicy, Invalid>) -> ImportedPolicy {
        let mut imported = ImportedPolicy {
            source: source(item.saturating_add(1), given, policy.as_ref().ok()),
            terms: None,
            changes: Vec::new(),
            refusal: None,
        };
        let terms =
            policy.map_err(Refusal::from).and_then(|policy| self.terms(item, given, &policy, &mut imported));
        match terms {
            Ok(terms) => imported.terms = terms,
            Err(refusal) => imported.refusal = Some(refusal.into()),
        }
        imported
    }

    /// The terms, but of a policy that is deleted there.
    fn terms(
        &mut self,
        item: u32,
        given: &Value,
        policy: &ForeignPolicy,
        ImportedPolicy { source, changes, .. }: &mut ImportedPolicy,
    ) -> Result<Option<PolicyTerms>, Refusal> {
        if policy.is_deleted() {
            let message = "it is deleted there and left out";
            changes.push(ImportChange::new(Code::Deleted, "deletedAt", message));
            return Ok(None);
        }
        changes.extend(policy.unread().into_iter().map(ImportChange::unread));
        policy.check_defaults(given)?;
        let terms = translate(policy, &source.name, &self.people, changes)?;
        self.make(item, &terms, changes)?;
        Ok(Some(terms))
    }

    /// Makes the policy, and says what of it is otherwise than there.
    fn make(
        &mut self,
        item: u32,
        terms: &PolicyTerms,
        changes: &mut Vec<ImportChange>,
    ) -> Result<(), Refusal> {
        let command = Command::CreatePolicy(terms.clone());
        let events = decide(&self.after, &self.actor, &command, &self.at.into())
            .map_err(|refusal| self.among_these(refusal))?;
        for event in &events {
            if let AccessEvent::PolicyCreated(made) = event {
                changes.extend(spread(&self.after, &made.policy)?);
                self.made.insert(made.policy.id.clone(), item);
            }
        }
        changes.extend(overlapping(&self.after, terms));
        events.iter().for_each(|event| apply(&mut self.after, event));
        self.after.version = self.after.version.saturating_add(1);
        Ok(())
    }

    /// A conflict with another of the list names that one by its index.
    fn among_these(&self, refusal: Refusal) -> Refusal {
        match &refusal {
            Refusal::PolicyConflict { policy_id, .. } => {
                self.made.get(policy_id).map_or(refusal.clone(), |item| Refusal::SameItem { item: *item })
            }
            _ => refusal,
        }
    }
}

/// What the policy is called: without a name by its first environment and its place in the list.
fn source(number: u32, given: &Value, policy: Option<&ForeignPolicy>) -> ImportSource {
    let text = |name| given.get(name).and_then(Value::as_str).map(str::to_owned);
    let unnamed = || {
        let environment = policy.and_then(|policy| policy.environments().first().copied());
        format!("{}-{number}", environment.unwrap_or("policy"))
    };
    ImportSource { id: text("id"), name: text("name").unwrap_or_else(unnamed) }
}

/// Says so where somebody is named by several steps, and refuses what distinct people could not fill.
fn spread(state: &State, policy: &Policy) -> Result<Option<ImportChange>, Refusal> {
    // A requester whom no policy names: what even he could not get approved, nobody can.
    let nobody = SubjectId::nobody();
    let approval = Approval::new(state.directory(), state.delegations(), policy, &nobody);
    if let Some(step) = approval.shortfall(1) {
        return Err(Refusal::NoDistinctApprover { step });
    }
    let mut people = approval.steps().flat_map(|(step, _)| approval.eligible(step));
    let mut seen = BTreeSet::default();
    Ok(people.find(|id| !seen.insert(*id)).map(|id| {
        let message = format!(
            "`{id}` may approve several steps, and so may others: in Infisical one approval counted for all, here \
             whoever approves one step is barred from the later ones"
        );
        ImportChange::new(Code::SamePersonInSteps, "approvers", message)
    }))
}

/// Names the policies that are about some of the same.
fn overlapping(state: &State, terms: &PolicyTerms) -> Option<ImportChange> {
    let others = state.policies().all_live().map(|policy| &policy.terms);
    let others = others.filter(|other| targets_overlap(&terms.targets, &other.targets));
    let names: Vec<&Name> = others.map(|other| &other.name).collect();
    let (first, rest) = names.split_first()?;
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    let message = format!(
        "it overlaps with `{first}`{more}: in Infisical the requester picks one, here the more specific policy \
         decides"
    );
    Some(ImportChange::new(Code::Overlaps, "secretPath", message))
}
