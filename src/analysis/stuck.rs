use std::collections::BTreeMap;

use super::finding::{Finding, FindingCode};
use crate::approval::{Blockage, blockage};
use crate::state::State;
use crate::values::RequestId;

/// The pending requests that the people there are cannot approve any more, each with what would unblock it.
pub fn stuck(state: &State) -> BTreeMap<RequestId, Blockage> {
    let blocked = state.requests().pending().filter_map(|request| {
        let blockage = blockage(state.directory(), state.delegations(), state.policies(), request)?;
        Some((request.id.clone(), blockage))
    });
    blocked.collect()
}

pub(super) fn stuck_requests(state: &State, findings: &mut Vec<Finding>) {
    for (request_id, Blockage { step, short, through, remedies, message }) in stuck(state) {
        findings.push(Finding {
            request_id: Some(request_id),
            step: Some(step),
            short,
            through,
            remedies,
            message: Some(message),
            ..Finding::new(FindingCode::RequestStuck)
        });
    }
}
