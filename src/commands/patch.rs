use serde::{Deserialize, Deserializer};

/// What is there, be it `null`.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    #[derive(Deserialize)]
    struct Present<T>(Option<T>);

    Present::deserialize(deserializer).map(|Present(value)| Some(value))
}
