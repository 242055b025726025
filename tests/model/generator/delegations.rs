//! The arms of delegations.

use access_engine::commands::{Command, CreateDelegation, EndDelegation};
use access_engine::delegations::Delegation;
use access_engine::people::Actor;
use access_engine::values::{DelegationId, Seconds, SubjectId};

use super::Generator;
use super::inputs::{STRANGER, SUBJECTS, subject_id};
use crate::model::approval::can_approve;
use crate::model::state::State;

impl Generator {
    /// Mostly somebody who approves lets another in.
    pub(super) fn create_delegation(&mut self, state: &State) -> (Actor, Command) {
        let approvers: Vec<SubjectId> =
            self.pending(state).iter().flat_map(|r| can_approve(state, r)).collect();
        let approver = self.chance.any(&approvers).filter(|_| self.chance.percent(80));
        let delegator = approver.unwrap_or_else(|| self.anybody(state));
        let delegate = match self.chance.weighted(&[88, 4, 3, 5]) {
            0 => Some(self.anybody(state)).filter(|id| *id != delegator).unwrap_or_else(|| subject_id("hal")),
            1 => delegator.clone(),
            2 => subject_id(STRANGER),
            _ => subject_id(self.chance.pick(&SUBJECTS)),
        };
        let starts_at = match self.chance.weighted(&[70, 12, 6, 8, 4]) {
            0 => None,
            1 => Some(self.now.plus(Seconds::hours(1))),
            2 => Some(self.now.plus(Seconds::days(2))),
            3 => Some(self.now.minus(Seconds::hours(1))),
            _ => Some(self.now.plus(Seconds::days(91))),
        };
        let duration = Seconds::new(self.chance.pick(&[60, 3600, 14_400, 86_400, 604_800, 604_800]));
        // Now and then one that follows another, of the same two or of others.
        let open: Vec<&Delegation> = state.delegations.iter().filter(|known| known.end.is_none()).collect();
        if let Some(before) = self.chance.any(&open).filter(|_| self.chance.percent(18)) {
            let is_same = self.chance.percent(50);
            let delegator = if is_same { before.delegator.clone() } else { delegator };
            let delegate = if is_same { before.delegate.clone() } else { delegate };
            let create =
                CreateDelegation { delegate: (&delegate).into(), starts_at: Some(before.ends_at), duration };
            return (Actor::Subject(delegator), Command::CreateDelegation(create));
        }
        let create = CreateDelegation { delegate: (&delegate).into(), starts_at, duration };
        (Actor::Subject(delegator), Command::CreateDelegation(create))
    }

    pub(super) fn end_delegation(&mut self, state: &State) -> (Actor, Command) {
        let ended = self.chance.percent(8);
        let open: Vec<&Delegation> = state.delegations.iter().filter(|d| d.end.is_none() || ended).collect();
        let ghost = DelegationId::try_from("dlg_9999_0").expect("an id");
        let Some(delegation) = self.chance.any(&open).filter(|_| self.chance.percent(94)) else {
            let end = EndDelegation { delegation_id: ghost };
            return (Actor::Subject(self.anybody(state)), Command::EndDelegation(end));
        };
        let actor = match self.chance.weighted(&[40, 25, 20, 15]) {
            0 => Actor::Subject(delegation.delegator.clone()),
            1 => Actor::Subject(delegation.delegate.clone()),
            2 => self.administrator(state),
            _ => Actor::Subject(self.anybody(state)),
        };
        (actor, Command::EndDelegation(EndDelegation { delegation_id: delegation.id.clone() }))
    }
}
