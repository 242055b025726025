use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::events::AccessEvent;
use crate::record::Commit;
use crate::state::State;
use crate::values::{DelegationId, Map, RequestId};

/// Which commits tell of the requests and delegations in the working state, so that nobody reads the record for them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Journal {
    by_request: Map<RequestId, Vec<u64>>,
    by_delegation: Map<DelegationId, Vec<u64>>,
    /// The last commit that tells of what is archived.
    archived_to: u64,
}

impl Journal {
    /// Adds a commit that has been carried into the state.
    pub(super) fn add(&mut self, commit: &Commit, before: &State, state: &State) {
        let (mut requests, mut delegations) = (BTreeSet::new(), BTreeSet::new());
        for event in &commit.events {
            let about = event.about();
            let grant = about.grant_id.and_then(|id| before.grants().get(id));
            requests.extend(about.request_id.or(grant.map(|grant| &grant.request_id)));
            delegations.extend(about.delegation_id);
        }
        requests.into_iter().for_each(|id| self.by_request.change(id, |told| told.push(commit.version)));
        delegations
            .into_iter()
            .for_each(|id| self.by_delegation.change(id, |told| told.push(commit.version)));
        if commit.events.iter().any(AccessEvent::is_archiving) {
            let of_requests = left_out(&mut self.by_request, |id| state.requests().get(id).is_some());
            let of_delegations =
                left_out(&mut self.by_delegation, |id| state.delegations().get(id).is_some());
            self.archived_to = self.archived_to.max(of_requests).max(of_delegations);
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

    /// The last commit that tells of what is archived; of all else every commit is known.
    pub(crate) fn archived_to(&self) -> u64 {
        self.archived_to
    }
}

/// Forgets what is no longer there; the last commit that tells of it.
fn left_out<I: Ord + Clone>(told: &mut Map<I, Vec<u64>>, is_there: impl Fn(&I) -> bool) -> u64 {
    let gone = told.range(..).filter(|(id, _)| !is_there(id));
    let last = gone.filter_map(|(_, commits)| commits.last()).max().copied().unwrap_or_default();
    told.retain(|id, _| is_there(id));
    last
}
