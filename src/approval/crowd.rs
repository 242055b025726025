use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::ptr;

use super::Approval;
use super::involved::Involved;
use crate::people::Principal;
use crate::policies::Quorum;

/// The people whom some steps name, in classes: those for whom the same approvers stand, and whom neither the request nor a
/// review involves, are alike. Ten thousand people of one group are one class, and one question.
pub(super) struct Crowd<'a> {
    pub(super) involved: Involved<'a>,
    named: BTreeMap<Which, Vec<Named<'a>>>,
}

/// A quorum by where it is in memory: two that say the same are two.
type Which = *const Quorum;

/// People who are alike, as a quorum names them.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// The number of their class.
    pub(super) class: usize,
    /// One of them.
    pub(super) person: &'a str,
    /// How many they are.
    pub(super) size: usize,
    /// Whether the quorum names them itself, and not just those whom escalation has called.
    pub(super) is_own: bool,
}

impl<'a> Crowd<'a> {
    /// The people whom these steps name.
    pub(super) fn of(approval: Approval<'a>, steps: &RangeInclusive<u32>) -> Self {
        let entries = entries(approval, steps);
        let mut met: Vec<(&str, usize)> = Vec::new();
        for (number, (principal, _)) in entries.iter().enumerate() {
            let accounts = approval.directory.accounts_behind(principal);
            met.extend(accounts.map(|account| (account.person_behind(), number)));
        }
        met.sort_unstable();
        met.dedup();
        let involved = approval.involved();
        let mut classes: BTreeMap<(Vec<usize>, Option<&str>), (&str, usize)> = BTreeMap::new();
        for one in met.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((person, _)) = one.first() else { continue };
            let by = one.iter().map(|(_, number)| *number).collect();
            let alone = Some(*person).filter(|person| involved.contains(person));
            let (_, size) = classes.entry((by, alone)).or_insert((person, 0));
            *size = size.saturating_add(1);
        }
        let mut crowd = Self { involved, named: BTreeMap::new() };
        for (class, ((by, _), (person, size))) in classes.into_iter().enumerate() {
            let quorums =
                by.iter().filter_map(|number| entries.get(*number)).flat_map(|(_, quorums)| quorums);
            for &(quorum, is_own) in quorums {
                crowd.add(quorum, Named { class, person, size, is_own });
            }
        }
        crowd
    }

    /// The classes that a quorum names, by their numbers.
    pub(super) fn named(&self, quorum: &Quorum) -> &[Named<'a>] {
        self.named.get(&ptr::from_ref(quorum)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, quorum: Which, named: Named<'a>) {
        let all = self.named.entry(quorum).or_default();
        match all.last_mut().filter(|last| last.class == named.class) {
            Some(last) => last.is_own |= named.is_own,
            None => all.push(named),
        }
    }
}

/// Whom the approvers of these steps stand for, each with the quorums that they are in, there themselves or by escalation.
fn entries(approval: Approval<'_>, steps: &RangeInclusive<u32>) -> Vec<(Principal, Vec<(Which, bool)>)> {
    let mut entries: BTreeMap<Principal, Vec<(Which, bool)>> = BTreeMap::new();
    for (number, step) in approval.steps().filter(|(number, _)| steps.contains(number)) {
        for quorum in step.all_quorums() {
            let own = quorum.approvers.iter().map(|approver| (approver, true));
            let called = approval.called_to(number).map(|approver| (approver, false));
            for (approver, is_own) in own.chain(called) {
                if let Some(principal) = approval.principal(approver) {
                    entries.entry(principal).or_default().push((quorum, is_own));
                }
            }
        }
    }
    entries.into_iter().collect()
}
