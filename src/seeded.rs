//! Bugs on purpose, to see that the tests find them. Without the feature `seeded-bugs` there are none, and no code.

#![cfg_attr(not(feature = "seeded-bugs"), allow(unreachable_pub, reason = "public where there are any"))]

/// A bug that can be put into the engine, each at one place that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// At the very instant at which something is due it is not yet.
    DueTooLate = 1,
    /// A requester who approves alone ends a request.
    SelfApprovalSuffices,
    /// Distinct approvers are asked for in vain: who approved one step may approve the next.
    ApproversRepeat,
    /// A later, more specific policy takes nothing away from a live grant.
    GrantsAreNotNarrowed,
    /// A revocation is accepted and ends nothing.
    RevocationIsForgotten,
}

#[cfg(not(feature = "seeded-bugs"))]
pub(crate) const fn has(_: Bug) -> bool {
    false
}

#[cfg(feature = "seeded-bugs")]
pub use on_purpose::{has, seed};

#[cfg(feature = "seeded-bugs")]
mod on_purpose {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::Bug;

    static SEEDED: AtomicU8 = AtomicU8::new(0);

    /// Puts one bug into every engine of this process, or takes it out again.
    pub fn seed(bug: Option<Bug>) {
        SEEDED.store(bug.map_or(0, |bug| bug as u8), Ordering::SeqCst);
    }

    /// Whether the bug is in.
    pub fn has(bug: Bug) -> bool {
        SEEDED.load(Ordering::Relaxed) == bug as u8
    }
}

#[cfg(all(feature = "seeded-bugs", feature = "wasm"))]
compile_error!("`seeded-bugs` is for tests alone: build the WASM without it");
