//! Infisical's access-approval policies, as its API returns them, put into terms of ours, with every difference said
//! aloud. Whether such terms are accepted is found by deciding it, in `questions`.

mod duration;
mod foreign;
mod people;
mod translate;

pub(crate) use foreign::{ForeignPolicy, read_policies};
pub(crate) use people::People;
pub(crate) use translate::{Translation, translate};
