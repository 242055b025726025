//! Makes a failing seed small: leaves out what people do and what goes wrong for as long as the same checker complains.

use super::{Outcome, Plan, run_plan};

/// The whole plan, and what comes of it.
pub(crate) fn told(seed: u64) -> (Plan, Outcome) {
    let plan = Plan::of(seed);
    let outcome = run_plan(&plan);
    (plan, outcome)
}

/// The plan with as little as still fails alike, and what comes of it.
pub(crate) fn smallest(seed: u64, checker: &str) -> (Plan, Outcome) {
    let (mut plan, mut outcome) = told(seed);
    let mut size = plan.numbers().len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < plan.numbers().len() {
            let mut fewer = plan.clone();
            fewer.without.extend(plan.numbers().into_iter().skip(at).take(size));
            let left = run_plan(&fewer);
            if left.problems.iter().any(|problem| problem.checker == checker) {
                (plan, outcome) = (fewer, left);
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    (plan, outcome)
}
