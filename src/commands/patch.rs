use serde::{Deserialize, Deserializer};

/// Reads a field that is present: `null` is `Some(None)`; one left out stays `None` by `serde(default)`.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    #[derive(Deserialize)]
    struct Present<T>(Option<T>);

    Present::deserialize(deserializer).map(|Present(value)| Some(value))
}
