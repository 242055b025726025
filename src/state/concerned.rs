//! Which pending requests a change of the directory may make a difference to: no others have to be looked at.

use std::collections::BTreeSet;

use super::State;
use crate::people::{Directory, Principal};
use crate::policies::Approver;
use crate::requests::AccessRequest;
use crate::values::{PolicyId, RequestId, SubjectId};

/// Of which requests it is.
#[derive(Default)]
struct Concerned<'a> {
    policies: BTreeSet<(&'a PolicyId, u32)>,
    requests: BTreeSet<&'a RequestId>,
}

impl State {
    /// The pending requests, by id, that may be otherwise once these principals have changed, as `after` has them: those whose
    /// steps name one of them or a group around, those with a part of theirs, of their people or of somebody who stands in
    /// for them, and those under a condition, which may be about anything.
    pub(crate) fn concerned_by(
        &self,
        after: &Directory,
        changed: &BTreeSet<Principal>,
    ) -> impl Iterator<Item = &AccessRequest> {
        let mut concerned = Concerned::default();
        for directory in [&self.directory, after] {
            for principal in changed {
                match principal {
                    Principal::Group(_) => self.named_around(directory, principal, &mut concerned),
                    Principal::Subject(id) => {
                        for account in directory.accounts_of(id).into_iter().chain([id]) {
                            self.named_around(directory, &account.into(), &mut concerned);
                            self.with_part_near(directory, account, &mut concerned);
                        }
                    }
                }
            }
        }
        let pending = Some(self.requests.pending()).filter(|_| !changed.is_empty());
        pending.into_iter().flatten().filter(move |request| {
            let content = &request.content;
            let policy = (&content.policy_id, content.policy_version);
            concerned.policies.contains(&policy)
                || concerned.requests.contains(&request.id)
                || self.policy_of(request).is_ok_and(|policy| policy.terms.condition.is_some())
        })
    }

    /// Under the policies that name a principal or a group around it.
    fn named_around<'a>(
        &'a self,
        directory: &Directory,
        principal: &Principal,
        concerned: &mut Concerned<'a>,
    ) {
        let groups = directory.groups_around(principal).into_iter().cloned().map(Approver::Group);
        let itself = match principal {
            Principal::Subject(id) => Approver::Subject(id.clone()),
            Principal::Group(id) => Approver::Group(id.clone()),
        };
        for approver in groups.chain([itself]) {
            concerned.policies.extend(self.policies.naming(&approver).map(|(id, version)| (id, *version)));
        }
    }

    /// With a part of an account, of those whose manager it is, or of those who stand in for it.
    fn with_part_near<'a>(
        &'a self,
        directory: &Directory,
        account: &SubjectId,
        concerned: &mut Concerned<'a>,
    ) {
        let delegates = self.delegations.delegates(account);
        for id in directory.reports_of(account).chain(delegates).chain([account]) {
            concerned.requests.extend(self.requests.with_part_of(id));
        }
    }
}
