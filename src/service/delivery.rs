/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It was handed over.
    Sent,
    /// Its recipient has been disabled since it was written.
    Dropped,
}

/// What a delivery run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Deliveries {
    /// Notices handed over.
    pub sent: u32,
    /// Notices dropped, because their recipients have been disabled since.
    pub dropped: u32,
    /// Notices that failed; they are tried again by the next run.
    pub failed: u32,
}
