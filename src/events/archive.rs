use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, check};
use super::{About, Happening, Teller};
use crate::state::State;
use crate::values::{RequestId, Timestamp};

/// Requests that have been over for long left the working state, with their grants and what nothing else names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestsArchived {
    /// When it was due, however late the tick came.
    pub at: Timestamp,
    /// Which requests, all of a bundle together; sorted by the numbers in them.
    pub request_ids: Vec<RequestId>,
}

impl Happening for RequestsArchived {
    fn about(&self) -> About<'_> {
        About::default()
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let named: BTreeSet<&RequestId> = self.request_ids.iter().collect();
        for id in &self.request_ids {
            let request = before.request(id)?;
            let leaves_at = before.state.leaves_at(request);
            check(leaves_at.is_some_and(|at| at <= self.at), || Misfit::NotOver(id.to_string()))?;
            let mut bundled = before.state.requests().bundled_with(request);
            check(bundled.all(|one| named.contains(&one.id)), || Misfit::Otherwise(id.to_string()))?;
        }
        check(!named.is_empty() && named.into_iter().eq(&self.request_ids), || Misfit::List)?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        state.archive(&self.request_ids, self.at);
    }

    fn sentence(&self, _: &Teller<'_>) -> String {
        match self.request_ids.len() {
            1 => "1 request that was over was archived.".to_owned(),
            count => format!("{count} requests that were over were archived."),
        }
    }
}
