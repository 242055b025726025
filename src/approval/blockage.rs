//! Why a request cannot be approved any more by the people there are, and what would unblock it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Approval;
use super::crowd::{Crowd, Named};
use super::matching::Need;
use super::shortfall::Chosen;
use crate::delegations::Delegations;
use crate::people::{Directory, Principal};
use crate::policies::{Approver, Governance, Policies, Quorum, Required, govern, may_ask};
use crate::requests::{AccessRequest, RequestContent, ReviewRecord};
use crate::values::{SubjectId, shown};

/// What a pending request lacks that the people there are cannot approve any more, and what would unblock it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Blockage {
    /// The first step that cannot be filled, counted from 1, also by all whom it would still call.
    pub step: u32,
    /// Its quorums that are short; of several lists one must be met. None where only the requester could approve.
    pub short: Vec<ShortQuorum>,
    /// Where only the requester could approve: by which of the approvers that the steps left name somebody else could come.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Approver[]"))]
    pub through: BTreeSet<Approver>,
    /// What would unblock it. Another policy under which it is restarted always does.
    pub remedies: Vec<Remedy>,
    /// The same as a sentence.
    pub message: String,
}

/// A quorum that lacks approvals although everybody counted gives theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShortQuorum {
    /// Of a step with several lists of quorums the list, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<u32>,
    /// Which quorum of it, counted from 1.
    pub quorum: u32,
    /// How many approvals are missing.
    pub missing: u32,
    /// By which of the approvers that it names the people could come: somebody joins the group, the subject is enabled,
    /// the requester is given another manager.
    #[cfg_attr(feature = "wasm", tsify(type = "Approver[]"))]
    pub through: BTreeSet<Approver>,
}

/// What would unblock a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Reviews of the open step are withdrawn: then there are enough people.
    WithdrawReviews,
    /// Enough people for this step come through the approvers that its quorums name. Of a later one that is short it is told
    /// then.
    AddPeople,
    /// It begins anew under the policy in force, which has the people.
    Restart,
    /// Its requester amends it: so it begins anew under the very same policy, where a restart would change nothing.
    Amend,
}

/// Why a pending request cannot be approved any more by the people there are; none where it can.
pub fn blockage(
    directory: &Directory,
    delegations: &Delegations,
    policies: &Policies,
    request: &AccessRequest,
) -> Option<Blockage> {
    let RequestContent { policy_id, policy_version, .. } = &request.content;
    let policy = policies.version(policy_id, *policy_version)?;
    let approval = Approval::of(directory, delegations, policy, request);
    let called = approval.called(request.step, request.escalates_at.is_some());
    let approval = Approval { escalated: &called, ..approval };
    let step = approval.shortfall(request.step)?;

    let lists = approval.lacks(request.step, step);
    let through = if lists.is_empty() { approval.through_left(request.step) } else { BTreeSet::default() };
    let can_add = lists.iter().any(|lacks| approval.can_add(lacks)) || !through.is_empty();
    let anew = anew(directory, delegations, policies, request);
    let remedies = [
        (approval.would_do_without_reviews(request.step), Remedy::WithdrawReviews),
        (can_add, Remedy::AddPeople),
        (anew == Some(Anew::Changed), Remedy::Restart),
        (anew == Some(Anew::TheSame), Remedy::Amend),
    ];
    let short: Vec<_> = lists.into_iter().flatten().map(Lack::into_quorum).collect();
    let remedies: Vec<_> = remedies.into_iter().filter(|(helps, _)| *helps).map(|(_, it)| it).collect();
    let message = message(step, &short, &through, &remedies);
    let through = through.into_iter().cloned().collect();
    Some(Blockage { step, short, through, remedies, message })
}

/// Under what a request would have enough people, were it to begin anew.
#[derive(PartialEq, Eq)]
enum Anew {
    /// Another policy, another version of it, or with other exclusions.
    Changed,
    TheSame,
}

fn anew(
    directory: &Directory,
    delegations: &Delegations,
    policies: &Policies,
    request: &AccessRequest,
) -> Option<Anew> {
    let RequestContent { requester, target, actions, policy_id, policy_version, exclusions, .. } =
        &request.content;
    let Governance { policy, exclusions: left_out } = govern(policies, target, actions).ok()?;
    let approval = Approval::new(directory, delegations, policy, requester);
    let has_people = may_ask(directory, policy, requester)
        && approval.unapprovable_step().is_none()
        && approval.shortfall_with_calls(1, true).is_none();
    let is_same = (&policy.id, policy.version, &left_out) == (policy_id, *policy_version, exclusions);
    has_people.then_some(if is_same { Anew::TheSame } else { Anew::Changed })
}

/// A quorum that is short on the best way to it.
struct Lack<'a> {
    list: Option<u32>,
    number: u32,
    need: Need<'a>,
    through: BTreeSet<&'a Approver>,
}

impl Lack<'_> {
    fn into_quorum(self) -> ShortQuorum {
        ShortQuorum {
            list: self.list,
            quorum: self.number,
            missing: u32::try_from(self.need.missing()).unwrap_or(u32::MAX),
            through: self.through.into_iter().cloned().collect(),
        }
    }
}

impl<'a> Approval<'a> {
    /// What each list of a step lacks, on the way to it that leaves the least missing; none where none lacks anything.
    fn lacks(self, open: u32, step: u32) -> Vec<Vec<Lack<'a>>> {
        let from = self.first_left(open);
        let (ways, crowd) = (self.ways(from, step), Crowd::of(self, &(from..=step)));
        let lists: Vec<_> = self.lists(step).collect();
        let lacks = (1..).zip(&lists).filter_map(|(number, list)| {
            let ends_here =
                |way: &&Vec<Chosen<'a>>| way.last().is_some_and(|(_, it)| std::ptr::eq(*it, *list));
            let unmet = ways.iter().filter(ends_here).map(|way| (way, self.unmet_on(&crowd, way)));
            // A way that falls short before is none to this step.
            let here = unmet.filter(|(_, unmet)| unmet.first().is_some_and(|need| need.step == step));
            let (way, unmet) =
                here.min_by_key(|(_, unmet)| unmet.iter().map(Need::missing).sum::<usize>())?;
            let list_number = (lists.len() > 1).then_some(number);
            Some(unmet.into_iter().map(|need| self.lack(way, list_number, need)).collect())
        });
        lacks.collect()
    }

    fn lack(self, way: &[Chosen<'a>], list: Option<u32>, need: Need<'a>) -> Lack<'a> {
        let quorums = way.last().into_iter().flat_map(|(_, list)| list.iter());
        let number =
            (1..).zip(quorums).find(|(_, it)| std::ptr::eq(*it, need.quorum)).map_or(0, |(it, _)| it);
        Lack { list, number, through: self.through(way, &need), need }
    }

    /// By which of the approvers that a quorum names more people could come to it. Whom a quorum of `all` names, too, would be
    /// asked there, also in a step that is completed: the request would return to it.
    fn through(self, way: &[Chosen<'a>], need: &Need<'a>) -> BTreeSet<&'a Approver> {
        let counted = self.persons(self.candidates(need.step, need.quorum));
        let takes = |quorum: &'a Quorum, approver: &Approver| {
            let is_own = std::ptr::eq(quorum, need.quorum);
            let takes_more = if is_own { !counted.is_empty() } else { self.policy.terms.distinct_approvers };
            quorum.required == Required::All && takes_more && self.would_name(quorum, approver)
        };
        let first = way.first().map_or(need.step, |(step, _)| *step);
        let completed = self.steps().filter(|(number, _)| *number < first);
        let completed = completed.flat_map(|(_, step)| step.all_quorums());
        let quorums: Vec<&'a Quorum> =
            completed.chain(way.iter().flat_map(|(_, list)| list.iter())).collect();
        self.named(need.step, need.quorum)
            .filter(|approver| self.admits(need.step, &counted, approver))
            .filter(|approver| !quorums.iter().any(|quorum| takes(quorum, approver)))
            .collect()
    }

    /// Whether somebody who is not counted yet could come by an approver.
    fn admits(self, step: u32, counted: &BTreeSet<&str>, approver: &Approver) -> bool {
        let is_counted = |id: &SubjectId| counted.contains(self.directory.person_behind(id));
        let is_meant = |id: Principal| self.directory.is_same_since(&id, self.policy.stated.steps);
        match approver {
            Approver::Group(id) => is_meant(id.into()),
            Approver::Subject(id) => {
                let may_review = !self.is_barred_requester(id) && self.approved_earlier(step, id).is_none();
                is_meant(id.into()) && !self.directory.is_active(id) && !is_counted(id) && may_review
            }
            Approver::Manager => {
                let manager = self.directory.subject(self.requester).and_then(|it| it.manager.as_ref());
                // With the office goes what its holder has approved.
                let approved = |id: &SubjectId| {
                    self.steps().any(|(step, _)| self.standing(step).any(|review| review.voice() == id))
                };
                !manager.is_some_and(|id| is_counted(id) || approved(id))
            }
        }
    }

    /// Whether a quorum would itself name those who come by an approver.
    fn would_name(self, quorum: &'a Quorum, approver: &Approver) -> bool {
        match approver {
            Approver::Subject(id) => {
                let mut accounts = self.directory.accounts_of(id).into_iter();
                accounts.any(|account| self.names_itself(quorum, &self.directory.member(account)))
            }
            Approver::Group(id) => {
                let around = self.directory.groups_around(&id.into());
                let is_in = |named: &Approver| matches!(named, Approver::Group(id) if around.contains(id));
                quorum.approvers.iter().any(|named| named == approver || is_in(named))
            }
            Approver::Manager => quorum.approvers.contains(approver),
        }
    }

    /// Whether those who could come would be enough: any number by a group, one by another approver.
    fn can_add(self, lacks: &[Lack<'a>]) -> bool {
        let has_group = |lack: &&Lack<'a>| lack.through.iter().any(|it| matches!(it, Approver::Group(_)));
        let needs = lacks.iter().filter(|lack| !has_group(lack)).map(|Lack { need, through, .. }| {
            let people = through.iter().map(|approver| match approver {
                Approver::Subject(id) => self.directory.person_behind(id),
                Approver::Group(_) | Approver::Manager => NOBODY_YET,
            });
            (need, people.collect::<BTreeSet<_>>())
        });
        let needs: Vec<_> = needs.collect();
        let all: BTreeSet<&str> = needs.iter().flat_map(|(_, people)| people).copied().collect();
        let one = |(class, person): (usize, &'a str)| Named { class, person, size: 1, is_own: true };
        let needs = needs.iter().map(|(need, people)| {
            let candidates = all.iter().copied().enumerate().filter(|(_, person)| people.contains(person));
            Need::new(need.step, need.quorum, need.missing(), candidates.map(one).collect())
        });
        self.unmet(needs.collect()).is_empty()
    }

    /// By which approvers somebody other than the requester could come to a step that is left.
    fn through_left(self, open: u32) -> BTreeSet<&'a Approver> {
        let left = self.steps().filter(|(number, _)| *number >= open);
        let named = left.flat_map(|(number, step)| {
            step.all_quorums().flat_map(move |quorum| self.named(number, quorum).map(move |it| (number, it)))
        });
        let admitting = named.filter(|(step, approver)| self.admits(*step, &BTreeSet::default(), approver));
        admitting.map(|(_, approver)| approver).collect()
    }

    /// Whether there are enough people once the reviews of the open step are withdrawn.
    fn would_do_without_reviews(self, open: u32) -> bool {
        let is_earlier = |record: &&ReviewRecord| record.review.step < open;
        let earlier: Vec<_> = self.reviews.iter().filter(is_earlier).cloned().collect();
        Approval { reviews: &earlier, ..self }.shortfall(open).is_none()
    }
}

/// Stands for the manager that a requester would be given; no person is labelled so.
const NOBODY_YET: &str = "";

fn message(step: u32, short: &[ShortQuorum], others: &BTreeSet<&Approver>, remedies: &[Remedy]) -> String {
    let lacking = short.iter().map(|ShortQuorum { list, quorum, missing, .. }| {
        let list = list.map_or_else(String::new, |list| format!(" of list {list}"));
        let approvals = if *missing == 1 { "approval" } else { "approvals" };
        format!("quorum {quorum}{list} lacks {missing} {approvals}")
    });
    let lacking = match short {
        [] => format!("nobody but the requester could approve step {step}"),
        _ => format!("in step {step} {}", lacking.collect::<Vec<_>>().join(", ")),
    };
    let remedies = remedies.iter().map(|remedy| match remedy {
        Remedy::WithdrawReviews => "withdraw the reviews of the open step".to_owned(),
        Remedy::AddPeople => {
            added(short.iter().flat_map(|quorum| &quorum.through).chain(others.iter().copied()).collect())
        }
        Remedy::Restart => "restart it under the policy in force".to_owned(),
        Remedy::Amend => "let its requester amend it, so that it begins anew".to_owned(),
    });
    let last = "change the policy and restart it, or cancel it".to_owned();
    format!("{lacking}: {}", remedies.chain([last]).collect::<Vec<_>>().join(", or "))
}

fn added(through: BTreeSet<&Approver>) -> String {
    let ways = through.into_iter().map(|approver| match approver {
        Approver::Subject(id) => format!("enable `{}`", shown(id.as_str())),
        Approver::Group(id) => format!("add people to the group `{}`", shown(id.as_str())),
        Approver::Manager => "give the requester another manager".to_owned(),
    });
    ways.collect::<Vec<_>>().join(", or ")
}
