use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Serialize};

use super::invalid::{Invalid, InvalidKind, check_safe_name};
use crate::limits::{self, ID_BYTES};

/// Declares an identifier: an immutable text of which a copy costs nothing, equal byte for byte.
macro_rules! names {
    ($parse:ident, $text:ty: $($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        pub struct $name(#[cfg_attr(feature = "wasm", tsify(type = "string"))] $text);

        impl $name {
            #[allow(dead_code, reason = "not every kind of id is made by the engine")]
            pub(crate) fn of_engine(text: &str) -> Self {
                Self(text.into())
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                self.0.as_ref()
            }
        }

        impl TryFrom<&str> for $name {
            type Error = Invalid;

            fn try_from(text: &str) -> Result<Self, Invalid> {
                $parse(text)?;
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                Self::try_from(text.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::values::ids::ReadText(std::marker::PhantomData))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    )+};
}
pub(super) use names;

/// Reads what a text becomes, without a copy in between.
pub(super) struct ReadText<T>(pub(super) PhantomData<T>);

impl<T: for<'t> TryFrom<&'t str, Error = Invalid>> Visitor<'_> for ReadText<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::try_from(text).map_err(E::custom)
    }
}

names! { parse_id, std::sync::Arc<str>:
    /// Names one project: one record, one stream of commits. 1 to 255 bytes, no control characters.
    ProjectId,
    /// Names a person or a service, given by the host. 1 to 255 bytes, compared byte for byte.
    SubjectId,
    /// Names a group of subjects, given by the host. 1 to 255 bytes, compared byte for byte.
    GroupId,
    /// Says which human being an account belongs to; a label that refers to nobody. 1 to 255 bytes, compared byte for byte.
    PersonId,
}

names! { parse_id, Made:
    /// Names an access policy, made by the engine (`pol_7_0`).
    PolicyId,
    /// Names an access request, made by the engine (`req_42_0`).
    RequestId,
    /// Names a grant, made by the engine (`grt_43_0`).
    GrantId,
    /// Names a bundle of requests, made by the engine (`bdl_42_0`).
    BundleId,
    /// Names a delegation, made by the engine (`dlg_42_0`).
    DelegationId,
    /// Names a standing permission, made by the engine (`prm_8_0`).
    PermissionId,
    /// Names a notice, made by the engine (`ntc_43_2`); also its idempotency key.
    NoticeId,
}

macro_rules! made_in {
    ($($name:ident),+) => {$(
        impl $name {
            /// The commit that made it, where the engine did; else 0.
            #[allow(dead_code, reason = "not of every kind it is asked")]
            pub(crate) fn made_in(&self) -> u64 {
                self.0.place.map_or(0, |(_, version, _)| version)
            }
        }
    )+};
}
made_in!(PolicyId, RequestId, GrantId, BundleId, DelegationId, PermissionId, NoticeId);

impl RequestId {
    /// The first that a commit makes.
    pub(crate) fn first_of(version: u64) -> Self {
        Self::of_engine(&format!("req_{version}_0"))
    }
}

impl SubjectId {
    /// Nobody in particular: no directory has this id.
    pub(crate) fn nobody() -> Self {
        Self("".into())
    }
}

/// The text of an id as the engine makes them, in the order of the numbers in it: `pol_3_0` stands before `pol_100_0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Made {
    text: Arc<str>,
    /// Its three parts, where the engine has made it; what others give as an id may have others.
    place: Option<([u8; 3], u64, u64)>,
}

impl From<&str> for Made {
    fn from(text: &str) -> Self {
        Self { text: text.into(), place: place(text) }
    }
}

fn place(text: &str) -> Option<([u8; 3], u64, u64)> {
    let mut parts = text.split('_');
    let kind = parts.next()?.as_bytes().try_into().ok()?;
    let place = (kind, number(parts.next()?)?, number(parts.next()?)?);
    parts.next().is_none().then_some(place)
}

/// A number as it is written here: `01` and `+1` are others' texts.
fn number(text: &str) -> Option<u64> {
    let is_plain = text == "0" || !text.starts_with(['0', '+']);
    text.parse().ok().filter(|_| is_plain)
}

impl AsRef<str> for Made {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Ord for Made {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.place, &other.place) {
            (Some(one), Some(other)) => one.cmp(other),
            _ => in_order_of_making(&self.text, &other.text),
        }
    }
}

impl PartialOrd for Made {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Piece by piece, of two the shorter first: it has the smaller number.
fn in_order_of_making(one: &str, other: &str) -> Ordering {
    fn pieces(id: &str) -> impl Iterator<Item = (usize, &str)> {
        id.split('_').map(|piece| (piece.len(), piece))
    }
    pieces(one).cmp(pieces(other))
}

fn parse_id(text: &str) -> Result<(), Invalid> {
    let problem = if text.is_empty() {
        "an id is empty".to_owned()
    } else if text.len() > ID_BYTES {
        format!("an id has {} bytes; at most {ID_BYTES} are allowed", text.len())
    } else if text.chars().any(char::is_control) {
        "an id has a control character".to_owned()
    } else if check_safe_name(text).is_err() {
        "`__proto__` is not safe as a name in JavaScript: give another id".to_owned()
    } else {
        return Ok(());
    };
    Err(Invalid::new(InvalidKind::InvalidId, problem))
}

/// An idempotency key: 1 to 255 printable ASCII characters; it belongs to the project and the actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct IdempotencyKey(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl TryFrom<String> for IdempotencyKey {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let is_printable = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if (1..=limits::KEY_BYTES).contains(&text.len()) && is_printable {
            return Ok(Self(text));
        }
        let problem = "an idempotency key is not 1 to 255 printable ASCII characters";
        Err(Invalid::new(InvalidKind::InvalidText, problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_the_engine_has_made_are_in_the_order_of_all_ids() {
        let kinds = ["pol", "req", "re", "é", ""];
        let numbers = ["0", "1", "2", "10", "01", "+1", "", "18446744073709551616", "x"];
        let pairs = numbers.iter().flat_map(|one| numbers.iter().map(move |other| format!("{one}_{other}")));
        let mut ids: Vec<String> =
            pairs.flat_map(|pair| kinds.map(|kind| format!("{kind}_{pair}"))).collect();
        ids.extend(["pol", "pol_1", "pol_1_0_0"].map(String::from));
        assert_eq!(ids.iter().filter(|id| place(id).is_some()).count(), 2 * 4 * 4);
        for one in &ids {
            for other in &ids {
                let made = |id: &String| Made::from(id.as_str());
                assert_eq!(made(one).cmp(&made(other)), in_order_of_making(one, other), "{one} {other}");
                assert_eq!(made(one).cmp(&made(other)).is_eq(), one == other, "{one} {other}");
            }
        }
    }
}
