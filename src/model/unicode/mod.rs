//! What the model asks about Unicode.

mod format;

pub(super) use format::is_format;
