//! Who may approve, and whether enough have.

use std::collections::BTreeSet;

use access_engine::people::Principal;
use access_engine::policies::{Approver, Quorum, Required, Step};
use access_engine::values::{AccessDuration, RequestId, SubjectId};

use super::super::directory::Who;
use super::{Asked, Deputed, Given, Stated, View};

impl View {
    pub(super) fn terms(&self, asked: &Asked) -> &Stated {
        &self.policies[&asked.policy]
    }

    /// Whether somebody may approve a step on behalf of `voice`, who may be himself.
    pub(super) fn may(&self, asked: &Asked, step: usize, by: &Who, voice: &Who) -> bool {
        let Some(at) = self.at else { return false };
        let stated = self.terms(asked);
        let is_own = |who: &Who| self.directory.person(who) == self.directory.person(&asked.requester);
        let is_deputed =
            |it: &Deputed| it.from == *voice && it.to == *by && it.starts_at <= at && at < it.ends_at;
        let is_honest = if by == voice {
            stated.terms.self_approval || !is_own(by)
        } else {
            self.deputies.values().any(is_deputed) && !is_own(by) && !is_own(voice)
        };
        is_honest
            && self.directory.is_active(by)
            && self.directory.is_active(voice)
            && self.is_named(asked, step, voice)
    }

    fn is_named(&self, asked: &Asked, step: usize, who: &Who) -> bool {
        let step = &self.terms(asked).terms.steps[step - 1];
        step.all_quorums().any(|quorum| self.is_meant(asked, step, quorum, who))
    }

    fn is_meant(&self, asked: &Asked, step: &Step, quorum: &Quorum, who: &Who) -> bool {
        let called = step.escalate.iter().filter(|it| self.at >= Some(asked.stated_at.plus(it.after)));
        let mut entries = quorum.approvers.iter().chain(called.flat_map(|it| it.approvers.iter()));
        let stated = self.terms(asked).steps_in;
        entries.any(|entry| self.directory.means(entry, stated, who, &asked.requester))
    }

    /// Whether somebody may say something of a request now, for himself or for another.
    pub(crate) fn may_review(&self, asked: &Asked, step: u32, id: &SubjectId) -> bool {
        let Some(account) = self.directory.active(id) else { return false };
        let may = |voice: &Who| self.may(asked, step as usize, &account.who, voice);
        may(&account.who) || self.deputies.values().any(|deputed| may(&deputed.from))
    }

    pub(super) fn is_met(&self, asked: &Asked, number: usize) -> bool {
        let step = &self.terms(asked).terms.steps[number - 1];
        step.all_quorums().all(|quorum| {
            let meant = asked.said.iter().filter(|said| said.step == number);
            let meant = meant.filter(|said| self.is_meant(asked, step, quorum, &said.voice));
            let persons: BTreeSet<_> = meant.map(|said| self.directory.person(&said.voice)).collect();
            match quorum.required {
                Required::Count(count) => persons.len() >= count as usize,
                Required::All => !persons.is_empty(),
            }
        })
    }

    /// Why the approvals that a request has do not let its requester in.
    pub(crate) fn missing(&self, id: &RequestId) -> Result<(), String> {
        let asked = self.requests.get(id).ok_or("nobody asked for it")?;
        let steps = 1..=self.terms(asked).terms.steps.len();
        if let Some(step) = steps.clone().find(|step| !self.is_met(asked, *step)) {
            return Err(format!("step {step} has too few approvals by those who may: {:?}", asked.said));
        }
        let persons = |step| {
            let said = asked.said.iter().filter(move |said| said.step == step);
            said.flat_map(|said| [&said.by, &said.voice])
                .map(|who| self.directory.person(who))
                .collect::<BTreeSet<_>>()
        };
        let own = self.directory.person(&asked.requester);
        if steps.clone().all(|step| persons(step).iter().all(|person| *person == own)) {
            return Err("nobody but the requester has approved".to_owned());
        }
        let is_twice = |step| (1..step).any(|before| !persons(before).is_disjoint(&persons(step)));
        if self.terms(asked).terms.distinct_approvers && steps.into_iter().any(is_twice) {
            return Err(format!("somebody approved two steps: {:?}", asked.said));
        }
        Ok(())
    }

    /// Why somebody may not break the glass for so long.
    pub(crate) fn unbroken(&self, given: &Given) -> Result<(), String> {
        let stated = &self.policies[&given.policy];
        let glass = stated.terms.break_glass.as_ref().ok_or("it has no glass to break")?;
        let is_one = |it: &Principal| {
            let entry = match it {
                Principal::Subject(id) => Approver::Subject(id.clone()),
                Principal::Group(id) => Approver::Group(id.clone()),
            };
            self.directory.means(&entry, stated.glass_in, &given.holder, &given.holder)
        };
        if !glass.bypassers.iter().any(is_one) {
            return Err("its holder may not".to_owned());
        }
        let is_too_long =
            given.ends_at.is_none_or(|end| end > given.starts_at.plus(stated.terms.break_glass_cap()));
        if is_too_long { Err("it lasts too long".to_owned()) } else { Ok(()) }
    }

    /// Whether a grant ends when what was asked for, and shortened since, does.
    pub(crate) fn ends_in_time(&self, given: &Given) -> bool {
        let asked = &self.requests[&given.request];
        let by_length = match asked.duration {
            AccessDuration::Temporary(length) => Some(given.starts_at.plus(length)),
            AccessDuration::Permanent => None,
        };
        let last = by_length.into_iter().chain(asked.until).min();
        last.is_none_or(|last| given.ends_at.is_some_and(|end| end <= last))
    }

    /// Whether somebody may review some step, or another whom he stands in for.
    pub(crate) fn is_approver(&self, asked: &Asked, id: &SubjectId) -> bool {
        let Some(account) = self.directory.active(id) else { return false };
        let steps = 1..=self.terms(asked).terms.steps.len();
        let is_named = |who: &Who| steps.clone().any(|step| self.is_named(asked, step, who));
        let mut deputed = self.deputies.values().filter(|deputed| deputed.to == account.who);
        is_named(&account.who) || deputed.any(|deputed| is_named(&deputed.from))
    }

    /// The same, of the policy that a grant is under.
    pub(crate) fn is_approver_of(&self, given: &Given, id: &SubjectId) -> bool {
        let asked = self.requests[&given.request].clone();
        self.is_approver(&Asked { policy: given.policy.clone(), ..asked }, id)
    }

    pub(crate) fn is_deputy(&self, id: &SubjectId) -> bool {
        self.deputies.values().any(|it| it.to.0 == *id)
    }
}
