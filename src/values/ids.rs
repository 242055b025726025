use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::invalid::{Invalid, InvalidKind, check_safe_name};
use crate::limits::{self, ID_BYTES};

/// Declares an identifier: an immutable text, equal byte for byte, in the order that a function says.
macro_rules! names {
    ($parse:ident, $compare:path: $($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        #[serde(try_from = "String")]
        pub struct $name(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

        impl $name {
            #[allow(dead_code, reason = "not every kind of id is made by the engine")]
            pub(crate) fn of_engine(text: String) -> Self {
                Self(text)
            }

            /// The commit that made it, where the engine did; else 0.
            #[allow(dead_code, reason = "not every kind of id is made by the engine")]
            pub(crate) fn made_in(&self) -> u64 {
                self.0.split('_').nth(1).and_then(|version| version.parse().ok()).unwrap_or_default()
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                $parse(&text)?;
                Ok(Self(text))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = Invalid;

            fn try_from(text: &str) -> Result<Self, Invalid> {
                Self::try_from(text.to_owned())
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                $compare(self.0.as_str(), other.0.as_str())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )+};
}
pub(super) use names;

names! { parse_id, Ord::cmp:
    /// Names one project: one record, one stream of commits. 1 to 255 bytes, no control characters.
    ProjectId,
    /// Names a person or a service, given by the host. 1 to 255 bytes, compared byte for byte.
    SubjectId,
    /// Names a group of subjects, given by the host. 1 to 255 bytes, compared byte for byte.
    GroupId,
    /// Says which human being an account belongs to; a label that refers to nobody. 1 to 255 bytes, compared byte for byte.
    PersonId,
}

names! { parse_id, in_order_of_making:
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

impl RequestId {
    /// The first that a commit makes.
    pub(crate) fn first_of(version: u64) -> Self {
        Self(format!("req_{version}_0"))
    }
}

impl SubjectId {
    /// Nobody in particular: no directory has this id.
    pub(crate) fn nobody() -> Self {
        Self(String::new())
    }
}

/// By the numbers in them, so that `pol_3_0` stands before `pol_100_0`: of two pieces the shorter has the smaller number.
fn in_order_of_making(one: &str, other: &str) -> Ordering {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let before = one.bytes().take(same).rposition(|byte| byte == b'_').map_or(0, |at| at.saturating_add(1));
    // The first piece in which they may differ.
    let piece = |id: &str| id.bytes().skip(before).take_while(|byte| *byte != b'_').count();
    piece(one).cmp(&piece(other)).then_with(|| one.cmp(other))
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

    /// Piece by piece, each by its length and then as a text.
    fn plainly(one: &str, other: &str) -> Ordering {
        fn pieces(id: &str) -> impl Iterator<Item = (usize, &str)> {
            id.split('_').map(|piece| (piece.len(), piece))
        }
        pieces(one).cmp(pieces(other))
    }

    #[test]
    fn ids_are_in_the_order_of_the_numbers_in_them() {
        let mut ids = vec![String::new()];
        for length in 0..5 {
            let longer = |id: &String| ["1", "2", "é", "_"].map(|piece| format!("{id}{piece}"));
            let all: Vec<_> = ids.iter().filter(|id| id.chars().count() == length).flat_map(longer).collect();
            ids.extend(all);
        }
        for one in &ids {
            for other in &ids {
                assert_eq!(in_order_of_making(one, other), plainly(one, other), "{one} {other}");
            }
        }
    }
}
