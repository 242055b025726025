use std::collections::BTreeMap;

use crate::approval::Approval;
use crate::state::State;
use crate::values::RequestId;

/// The pending requests that the people there are cannot approve any more, each with the first step that falls short.
pub fn stuck(state: &State) -> BTreeMap<RequestId, u32> {
    let mut stuck = BTreeMap::default();
    for request in state.requests().pending() {
        let Ok(policy) = state.policy_of(request) else { continue };
        let approval = Approval::of(state.directory(), state.delegations(), policy, request);
        if let Some(step) = approval.shortfall_with_calls(request.step, request.escalates_at.is_some()) {
            stuck.insert(request.id.clone(), step);
        }
    }
    stuck
}
