use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, FindingCode};
use crate::approval::{Approval, people};
use crate::limits;
use crate::people::{Directory, Principal};
use crate::policies::{Approver, Policies, Policy, Quorum, Step, governs_some, may_ask};
use crate::resources::TargetEntry;
use crate::state::State;
use crate::values::SubjectId;

pub(super) fn of_policy(policy: &Policy, code: FindingCode) -> Finding {
    Finding { policy: Some(policy.to_name()), ..Finding::new(code) }
}

/// Steps that cannot be filled, by whoever asks: nobody in particular, and everybody whom it matters to leave out. With
/// a manager among the approvers there is nobody in particular. How many people were counted for it is added to those of the
/// policies before.
pub(super) fn unapprovable(state: &State, policy: &Policy, counted: &mut usize, findings: &mut Vec<Finding>) {
    let directory = state.directory();
    let nobody = Some(SubjectId::nobody()).filter(|_| !asks_managers(policy));
    let mut of_one: BTreeMap<_, BTreeSet<&SubjectId>> = BTreeMap::default();
    let general = nobody.and_then(|nobody| short(state, policy, &nobody));
    findings.extend(general.map(|shortfall| shortfall.finding(policy)));
    if *counted >= limits::PEOPLE_COUNTED {
        return;
    }
    let alike = Alike::new(directory, policy);
    let mut known = BTreeMap::default();
    let requesters = requesters(directory, policy).into_iter();
    for requester in requesters.filter(|requester| may_ask(directory, policy, requester)) {
        let short = known.entry(alike.class(requester)).or_insert_with(|| {
            *counted = counted.saturating_add(alike.people);
            short(state, policy, requester)
        });
        if *counted >= limits::PEOPLE_COUNTED {
            findings.push(of_policy(policy, FindingCode::RequestersNotTried));
            return;
        }
        match *short {
            Some(place) if Some(place) != general => {
                of_one.entry(place).or_default().insert(requester);
            }
            _ => {}
        }
    }
    for (shortfall, requesters) in of_one {
        let requesters = requesters.into_iter().map(|id| directory.person(id)).collect();
        findings.push(Finding { requesters, ..shortfall.finding(policy) });
    }
}

/// Which requesters a policy makes no difference between: the same quorums name them, and their managers.
struct Alike<'a> {
    directory: &'a Directory,
    asks_managers: bool,
    /// The numbers of the quorums that name a person.
    named: BTreeMap<&'a str, BTreeSet<usize>>,
    /// How many people the quorums name, each by itself.
    people: usize,
}

impl<'a> Alike<'a> {
    fn new(directory: &'a Directory, policy: &'a Policy) -> Self {
        let (nobody, asks_managers) = (SubjectId::nobody(), asks_managers(policy));
        let mut named: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::default();
        for (number, quorum) in policy.terms.steps.iter().flat_map(Step::all_quorums).enumerate() {
            let accounts = quorum.approvers.iter().flat_map(|it| people(directory, policy, it, &nobody));
            for account in accounts {
                named.entry(account.person_behind()).or_default().insert(number);
            }
        }
        let people = named.values().map(BTreeSet::len).fold(1, usize::saturating_add);
        Self { directory, asks_managers, named, people }
    }

    fn class(&self, requester: &'a SubjectId) -> (Option<&BTreeSet<usize>>, Option<ManagerClass<'_>>) {
        let person = self.directory.person_behind(requester);
        let manager = self.directory.subject(requester).and_then(|subject| subject.manager.as_ref());
        let manager = manager.filter(|id| self.asks_managers && self.directory.is_active(id)).map(|id| {
            let behind = self.directory.person_behind(id);
            (self.named.get(behind), behind == person)
        });
        (self.named.get(person), manager)
    }
}

/// Which quorums name a manager, and whether that is the requester, by another account.
type ManagerClass<'a> = (Option<&'a BTreeSet<usize>>, bool);

/// Where a request falls short: a step, and of a step that no list can meet by itself the first quorum that is short.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shortfall {
    step: u32,
    quorum: Option<(Option<u32>, u32)>,
}

impl Shortfall {
    fn finding(self, policy: &Policy) -> Finding {
        let code = match self.quorum {
            Some(_) => FindingCode::QuorumUnmeetable,
            None => FindingCode::NobodyDistinctLeft,
        };
        Finding {
            step: Some(self.step),
            list: self.quorum.and_then(|(list, _)| list),
            quorum: self.quorum.map(|(_, quorum)| quorum),
            ..of_policy(policy, code)
        }
    }
}

/// The first step that a request by this person could not pass.
fn short(state: &State, policy: &Policy, requester: &SubjectId) -> Option<Shortfall> {
    let approval = Approval::new(state.directory(), state.delegations(), policy, requester);
    let step = approval.shortfall(1)?;
    let is_short = |quorum: &Quorum| approval.candidate_count(step, quorum) < quorum.required.at_least();
    let first_short = |list: &[Quorum]| {
        let mut quorums = (1_u32..).zip(list);
        quorums.find(|(_, quorum)| is_short(quorum)).map(|(number, _)| number)
    };
    let each: Option<Vec<u32>> = approval.lists(step).map(first_short).collect();
    let quorum = each.and_then(|each| Some(((each.len() > 1).then_some(1), *each.first()?)));
    Some(Shortfall { step, quorum })
}

/// Whose requests may differ from those of others: who is named, and with a manager among the approvers, everybody.
fn requesters<'a>(directory: &'a Directory, policy: &'a Policy) -> BTreeSet<&'a SubjectId> {
    if asks_managers(policy) {
        return directory.active_subjects().map(|subject| &subject.id).collect();
    }
    let nobody = SubjectId::nobody();
    let named = approvers(policy).flat_map(|approver| people(directory, policy, approver, &nobody));
    let accounts = named.flat_map(|named| directory.accounts_of(&named.id));
    accounts.filter(|id| directory.is_active(id)).collect()
}

/// Whom the steps name, those called by escalation aside.
pub(super) fn approvers(policy: &Policy) -> impl Iterator<Item = &Approver> {
    policy.terms.steps.iter().flat_map(Step::all_quorums).flat_map(|quorum| quorum.approvers.iter())
}

fn asks_managers(policy: &Policy) -> bool {
    approvers(policy).any(|approver| *approver == Approver::Manager)
}

pub(super) fn empty_groups(directory: &Directory, policy: &Policy, findings: &mut Vec<Finding>) {
    let named: BTreeSet<Principal> = policy.principals(directory).collect();
    for principal in named {
        if let Principal::Group(id) = &principal
            && directory.members(&principal).is_empty()
        {
            findings
                .push(Finding { group_id: Some(id.clone()), ..of_policy(policy, FindingCode::EmptyGroup) });
        }
    }
    let is_nobody = policy.bypassers(directory).all(|principal| directory.members(principal).is_empty());
    if policy.terms.break_glass.is_some() && is_nobody {
        findings.push(of_policy(policy, FindingCode::BypassersNobody));
    }
}

/// A policy that governs nothing: others are more specific wherever it could.
pub(super) fn never_governing(policies: &Policies, policy: &Policy, findings: &mut Vec<Finding>) {
    let governs = |entry: TargetEntry<'_>| {
        let others: Vec<_> = policies.near(entry).collect();
        governs_some(policy, &others, &entry.to_pattern(), &policy.terms.actions)
    };
    if !policy.terms.targets.entries().any(governs) {
        findings.push(of_policy(policy, FindingCode::NeverGoverns));
    }
}
