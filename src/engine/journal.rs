use std::collections::{BTreeMap, BTreeSet};

use crate::record::Commit;
use crate::state::State;
use crate::values::{DelegationId, RequestId};

/// Which commits tell of a request or a delegation, so that nobody reads the whole record for one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    /// How many events there are in all commits.
    pub(crate) events: usize,
    by_request: BTreeMap<RequestId, Vec<u64>>,
    by_delegation: BTreeMap<DelegationId, Vec<u64>>,
}

impl Journal {
    /// Adds a commit that has been carried into the state.
    pub(super) fn add(&mut self, commit: &Commit, state: &State) {
        self.events = self.events.saturating_add(commit.events.len());
        let (mut requests, mut delegations) = (BTreeSet::new(), BTreeSet::new());
        for event in &commit.events {
            let about = event.about();
            let grant = about.grant_id.and_then(|id| state.grants().get(id));
            requests.extend(about.request_id.or(grant.map(|grant| &grant.request_id)));
            delegations.extend(about.delegation_id);
        }
        for id in requests {
            self.by_request.entry(id.clone()).or_default().push(commit.version);
        }
        for id in delegations {
            self.by_delegation.entry(id.clone()).or_default().push(commit.version);
        }
    }

    /// The commits that tell of some requests and delegations, the oldest first.
    pub(crate) fn about<'i>(
        &self,
        requests: impl IntoIterator<Item = &'i RequestId>,
        delegations: impl IntoIterator<Item = &'i DelegationId>,
    ) -> BTreeSet<u64> {
        let of_requests = requests.into_iter().filter_map(|id| self.by_request.get(id));
        let of_delegations = delegations.into_iter().filter_map(|id| self.by_delegation.get(id));
        of_requests.chain(of_delegations).flatten().copied().collect()
    }
}
