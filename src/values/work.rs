//! How much is done, counted where it is done: tests hold by it that nothing takes far longer than it should, which no clock
//! could tell. Outside of them nothing is counted.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// One thing looked at or looked up.
#[inline]
pub(crate) fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get().wrapping_add(1)));
}

/// The same, for an iterator to be inspected by.
pub(crate) fn seen<T>(_: &T) {
    step();
}

/// How many steps something takes.
#[cfg(test)]
pub(crate) fn steps_of<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = STEPS.get();
    let done = work();
    (done, STEPS.get().wrapping_sub(before))
}
