use serde::Serialize;

/// Who is at fault when something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The input is not acceptable, whatever the state.
    Input,
    /// The state does not allow it now.
    State,
    /// This actor may not.
    Authority,
    /// Somebody else was faster, or the key was used for something else.
    Conflict,
    /// The host failed to load, append or answer.
    Host,
    /// The engine itself is at fault.
    Bug,
}
