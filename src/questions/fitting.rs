use crate::resources::EnvironmentPattern;
use crate::values::{Environment, Text};

/// Whether a pattern has an environment, by name or by `*`; no environment is had by every one.
pub(super) fn is_in(pattern: Option<&EnvironmentPattern>, environment: Option<&Environment>) -> bool {
    let Some(environment) = environment else { return true };
    match pattern {
        None => false,
        Some(EnvironmentPattern::Any) => true,
        Some(EnvironmentPattern::Named(named)) => named == environment,
    }
}

/// Whether a text is found in one of these, in any case; no text is found everywhere.
pub(super) fn finds<'a>(text: Option<&Text>, places: impl IntoIterator<Item = &'a str>) -> bool {
    let Some(text) = text else { return true };
    let sought = in_small_letters(text.as_str());
    places.into_iter().any(|place| in_small_letters(place).contains(&sought))
}

/// Letter by letter: where a letter stands in a word does not matter.
fn in_small_letters(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
