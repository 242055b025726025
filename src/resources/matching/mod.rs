//! Patterns compared: which resources a pattern matches, and whether it covers or overlaps another. All three relations
//! are exact and polynomial.
//!
//! # Words that stand for all
//! A pattern is a set of paths over an alphabet without bounds, so a path can always use a *fresh* character, one
//! that neither pattern spells out. Replace every `*` of a pattern `b` by a fresh character and every `**` by some
//! number of fresh segments, and the result is a path of `b`, a *generic word*. A pattern `a` that takes this word
//! can take the fresh characters only with its own `*` and `**`, and these take anything else in their place as
//! well: what `b` puts there in a segment of its own is never empty, which is all that a `*` alone asks for. Hence
//! **`a` covers `b` if and only if `a` takes every generic word of `b`**, and patterns cover `b` together if and only
//! if each generic word is taken by one of them.
//!
//! No pattern spells out a `*`, so the text of `b` may serve as its own generic word with `*` as the fresh character;
//! only `**` is left, as none, one, two, … segments `*`. `walk` follows all of them at once.
//!
//! Two patterns that both have a wildcard overlap as soon as what is before the first wildcard and what is behind the
//! last agree: between them, the one's middle and then the other's, with fresh characters in between, suit both. That
//! holds for `*` within a segment and for `**` within a path; `path` and `segment` use it.
//!
//! A fresh character can be one that composes with nothing, so Unicode NFC changes none of this. The length limits of
//! a path are left out of account: patterns may overlap in paths that would be too long to exist, and one may fail to
//! cover another for the sake of such paths. Either way less access is opened, not more.

mod path;
mod relation;
mod representatives;
mod segment;
#[cfg(test)]
pub(crate) mod tests;
mod tree;
mod walk;

pub(crate) use self::path::segments_match;
pub use self::path::{path_covers, path_matches, path_overlaps};
pub(crate) use self::relation::environment_covers;
pub use self::relation::{covers, matches, overlaps, targets_overlap};
pub use self::representatives::{Effort, representatives};
pub use self::segment::segment_matches;
pub(crate) use self::tree::PatternTree;
pub(crate) use self::walk::cover_together;
