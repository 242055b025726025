use std::collections::{BTreeMap, BTreeSet};

use super::Approval;
use crate::requests::Verdict;

/// The people whom a request and its standing reviews involve. All others are as free as each other to review.
pub(super) struct Involved<'a> {
    requester: &'a str,
    is_requester_barred: bool,
    reviewed: BTreeSet<&'a str>,
    /// Who cannot approve in a later step any more: the first step in which they have.
    spent: BTreeMap<&'a str, u32>,
    /// In which steps somebody reviewed in another's place.
    stood_in: BTreeSet<(u32, &'a str)>,
}

impl<'a> Approval<'a> {
    pub(super) fn involved(self) -> Involved<'a> {
        let terms = &self.policy.terms;
        let mut involved = Involved {
            requester: self.directory.person_behind(self.requester),
            is_requester_barred: !terms.self_approval,
            reviewed: BTreeSet::new(),
            spent: BTreeMap::new(),
            stood_in: BTreeSet::new(),
        };
        for review in self.all_standing() {
            let people = [&review.reviewer, review.voice()].map(|id| self.directory.person_behind(id));
            involved.reviewed.extend(people);
            if review.voice() != &review.reviewer {
                involved.stood_in.insert((review.step, self.directory.person_behind(&review.reviewer)));
            }
            if terms.distinct_approvers && review.verdict == Verdict::Approve {
                for person in people {
                    let first = involved.spent.entry(person).or_insert(review.step);
                    *first = review.step.min(*first);
                }
            }
        }
        involved
    }
}

impl<'a> Involved<'a> {
    pub(super) fn people(mut self) -> BTreeSet<&'a str> {
        self.reviewed.insert(self.requester);
        self.reviewed
    }

    pub(super) fn contains(&self, person: &str) -> bool {
        self.asks(person) || self.reviewed.contains(person)
    }

    /// Whether the request is theirs.
    pub(super) fn asks(&self, person: &str) -> bool {
        self.requester == person
    }

    /// Whether this person's approval of a step would not count.
    pub(super) fn bars(&self, person: &str, step: u32) -> bool {
        (self.is_requester_barred && self.asks(person))
            || self.spent.get(person).is_some_and(|first| *first < step)
    }

    /// Whether this person has reviewed a step in another's place, and so has no review of their own there.
    pub(super) fn stood_in(&self, person: &str, step: u32) -> bool {
        self.stood_in.contains(&(step, person))
    }
}
