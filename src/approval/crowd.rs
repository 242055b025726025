use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::ptr;

use super::Approval;
use super::involved::Involved;
use crate::people::Principal;
use crate::policies::Quorum;

/// The people whom some steps name, in classes: those whom the same quorums name, and whom neither the request nor a review
/// involves, are alike. Ten thousand people of one group are one class, and one question.
pub(super) struct Crowd<'a> {
    pub(super) involved: Involved<'a>,
    /// By where a quorum is in memory: two that say the same are two.
    named: BTreeMap<*const Quorum, Vec<Named<'a>>>,
}

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

/// That a quorum names somebody: its number, and whether it does so itself.
type Naming = (usize, bool);

/// Somebody alone, or how many people of whom this is one.
type Class<'a> = (&'a str, usize);

impl<'a> Crowd<'a> {
    /// The people whom these steps name.
    pub(super) fn of(approval: Approval<'a>, steps: &RangeInclusive<u32>) -> Self {
        let involved = approval.involved();
        let steps = approval.steps().filter(|(number, _)| steps.contains(number));
        let quorums: Vec<_> =
            steps.flat_map(|(number, step)| step.all_quorums().map(move |quorum| (number, quorum))).collect();
        let approvers: Vec<_> = approvers(approval, &quorums).into_iter().collect();
        let mut classes: BTreeMap<(Vec<Naming>, Option<&str>), Class<'a>> = BTreeMap::new();
        for ((by, alone), (person, size)) in by_approvers(approval, &approvers, &involved) {
            let mut namings: Vec<Naming> = by
                .iter()
                .filter_map(|number| approvers.get(*number))
                .flat_map(|(_, it)| it)
                .copied()
                .collect();
            // Of two namings by one quorum the own one counts, which comes last.
            namings.sort_unstable_by(|one, other| other.cmp(one));
            namings.dedup_by_key(|(quorum, _)| *quorum);
            let (_, all) = classes.entry((namings, alone)).or_insert((person, 0));
            *all = all.saturating_add(size);
        }
        let mut named: BTreeMap<*const Quorum, Vec<Named<'a>>> = BTreeMap::new();
        for (class, ((namings, _), (person, size))) in classes.into_iter().enumerate() {
            for (quorum, is_own) in namings {
                let Some((_, quorum)) = quorums.get(quorum) else { continue };
                let named = named.entry(ptr::from_ref(*quorum)).or_default();
                named.push(Named { class, person, size, is_own });
            }
        }
        Self { involved, named }
    }

    /// The classes that a quorum names, by their numbers.
    pub(super) fn named(&self, quorum: &Quorum) -> &[Named<'a>] {
        self.named.get(&ptr::from_ref(quorum)).map_or(&[], Vec::as_slice)
    }
}

/// Whom approvers stand for, each with the quorums that they are in, there themselves or called by escalation.
fn approvers(approval: Approval<'_>, quorums: &[(u32, &Quorum)]) -> BTreeMap<Principal, Vec<Naming>> {
    let mut approvers: BTreeMap<Principal, Vec<Naming>> = BTreeMap::new();
    for (number, (step, quorum)) in quorums.iter().enumerate() {
        let own = quorum.approvers.iter().map(|approver| (approver, true));
        let called = approval.called_to(*step).map(|approver| (approver, false));
        for (approver, is_own) in own.chain(called) {
            if let Some(principal) = approval.principal(approver) {
                approvers.entry(principal).or_default().push((number, is_own));
            }
        }
    }
    approvers
}

/// The people for whom the same approvers stand, by the numbers of these; who is involved is alone.
fn by_approvers<'a>(
    approval: Approval<'a>,
    approvers: &[(Principal, Vec<Naming>)],
    involved: &Involved<'a>,
) -> BTreeMap<(Vec<usize>, Option<&'a str>), Class<'a>> {
    let mut met: Vec<(&str, usize)> = Vec::new();
    for (number, (principal, _)) in approvers.iter().enumerate() {
        let accounts = approval.directory.accounts_behind(principal);
        met.extend(accounts.map(|account| (account.person_behind(), number)));
    }
    met.sort_unstable();
    met.dedup();
    let mut classes = BTreeMap::new();
    for one in met.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((person, _)) = one.first() else { continue };
        let by = one.iter().map(|(_, number)| *number).collect();
        let alone = Some(*person).filter(|person| involved.contains(person));
        let (_, size) = classes.entry((by, alone)).or_insert((*person, 0_usize));
        *size = size.saturating_add(1);
    }
    classes
}
