//! JSON: how input is read, with the place of every fault, and the one form in which the record is written and hashed.

mod canonical;
mod fault;
mod read;
mod reader;
mod sha256;
mod strict;
mod tagged;
mod variant;

pub use canonical::to_canonical;
pub(crate) use read::{or_default, read_part};
pub use read::{parse_input, parse_json, read_argument, read_input, read_json, read_value};
pub use sha256::{canonical_hash, digest, hex, sha256, unhex};
pub(crate) use tagged::{ByType, Tagged, tagged};
