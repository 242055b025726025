use super::super::known::{Known, Promise, Seen};
use super::ensure;

/// Whoever is told that he can do something can, if he does it at once; and whoever is told that he cannot, cannot.
pub(super) fn is_kept(_: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Promised(promise) = seen else { return Ok(()) };
    let Promise { what, is_allowed, head, clock, outcome, head_then, clock_then } = promise;
    // Nothing came between: it was decided on what had been shown, at that time.
    let is_same = clock == clock_then
        && match outcome {
            Ok(receipt) => {
                receipt.version == head.version + 1 || receipt.events.is_empty() && head_then == head
            }
            Err(_) => head_then == head,
        };
    ensure(!is_same || outcome.is_ok() == *is_allowed, || {
        format!(
            "{what}: it was said to be {is_allowed}, and came to {:?}",
            outcome.as_ref().map(|it| it.version)
        )
    })
}
