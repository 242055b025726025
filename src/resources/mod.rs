//! What access is about, and patterns of it: what a pattern matches, covers and overlaps.

mod actions;
mod matching;
mod path;
mod pattern;
mod resource;
mod targets;

pub use self::actions::{ActionList, ActionSet};
#[cfg(test)]
pub(crate) use self::matching::tests;
pub use self::matching::{
    Effort, covers, matches, overlaps, path_covers, path_matches, path_overlaps, representatives,
    segment_matches, targets_overlap,
};
pub(crate) use self::matching::{PatternTree, cover_together, environment_covers, segments_match};
pub use self::path::ResourcePath;
pub use self::pattern::{EnvironmentPattern, PathPattern};
pub use self::resource::{Pattern, Resource};
pub use self::targets::{PolicyTargets, TargetEntry};
