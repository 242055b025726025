use crate::delegations::Delegation;
use crate::grants::{Grant, ends_soon_at};
use crate::requests::AccessRequest;
use crate::values::{DelegationId, GrantId, RequestId, Set, Timestamp};

/// Something that will be due. In the order in which a tick deals with it: by time, then by kind, then by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Deadline {
    pub(crate) at: Timestamp,
    pub(crate) due: Due,
}

/// What will be due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    RequestExpires(RequestId),
    GrantEnds(GrantId),
    DelegationStarts(DelegationId),
    DelegationEnds(DelegationId),
    StepEscalates(RequestId),
    StepReminds(RequestId),
    GrantEndsSoon(GrantId),
    RequestLeaves(RequestId),
}

/// All that will be due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deadlines(Set<Deadline>);

impl Deadlines {
    /// What is due before everything else.
    pub(crate) fn first(&self) -> Option<&Deadline> {
        self.0.first()
    }

    /// The requests that leave at that instant.
    pub(crate) fn leaving(&self, at: Timestamp) -> impl Iterator<Item = &RequestId> {
        let due = self.0.iter().take_while(move |deadline| deadline.at <= at);
        due.filter_map(|deadline| if let Due::RequestLeaves(id) = &deadline.due { Some(id) } else { None })
    }

    /// Takes out what has been dealt with.
    pub(crate) fn remove(&mut self, deadline: &Deadline) {
        self.0.remove(deadline);
    }

    /// Puts the deadlines that something has now in the place of those that it had.
    pub(super) fn replace(&mut self, before: Vec<Deadline>, now: Vec<Deadline>) {
        before.iter().filter(|deadline| !now.contains(deadline)).for_each(|deadline| self.remove(deadline));
        now.into_iter().filter(|deadline| !before.contains(deadline)).for_each(|it| self.0.insert(it));
    }
}

pub(super) fn of_request(request: &AccessRequest) -> Vec<Deadline> {
    if !request.is_pending() {
        return Vec::new();
    }
    let id = || request.id.clone();
    let expires = Deadline { at: request.expires_at, due: Due::RequestExpires(id()) };
    let escalates = request.escalates_at.map(|at| Deadline { at, due: Due::StepEscalates(id()) });
    let reminds = request.reminds_at.map(|at| Deadline { at, due: Due::StepReminds(id()) });
    [Some(expires), escalates, reminds].into_iter().flatten().collect()
}

/// Once a day, at midnight in UTC, all that may leave by then does: going through the state for each request by itself
/// would take too long.
pub(super) fn to_archive(request: &AccessRequest, leaves_at: Timestamp) -> Deadline {
    Deadline { at: leaves_at.next_midnight(), due: Due::RequestLeaves(request.id.clone()) }
}

pub(super) fn of_grant(grant: &Grant) -> Vec<Deadline> {
    if grant.end.is_some() {
        return Vec::new();
    }
    let ends = grant.ends_at.map(|at| Deadline { at, due: Due::GrantEnds(grant.id.clone()) });
    let soon = ends_soon_at(grant).map(|at| Deadline { at, due: Due::GrantEndsSoon(grant.id.clone()) });
    ends.into_iter().chain(soon).collect()
}

pub(super) fn of_delegation(delegation: &Delegation) -> Vec<Deadline> {
    if delegation.end.is_some() {
        return Vec::new();
    }
    let starts = Deadline { at: delegation.starts_at, due: Due::DelegationStarts(delegation.id.clone()) };
    let ends = Deadline { at: delegation.ends_at, due: Due::DelegationEnds(delegation.id.clone()) };
    [Some(starts).filter(|_| !delegation.begun), Some(ends)].into_iter().flatten().collect()
}
