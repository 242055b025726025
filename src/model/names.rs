use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Invalid, InvalidKind, check_safe_name, shown};

/// Declares an identifier: an immutable text, compared byte for byte.
macro_rules! names {
    ($parse:ident: $($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        #[serde(try_from = "String")]
        pub struct $name(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

        impl $name {
            #[allow(dead_code, reason = "not every kind of id is made by the engine")]
            pub(crate) fn made(text: String) -> Self {
                Self(text)
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

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )+};
}

names! { parse_id:
    /// Names one project: one record, one stream of commits. 1 to 255 bytes, no control characters.
    ProjectId,
    /// Names a person or a service, given by the host. 1 to 255 bytes, compared byte for byte.
    SubjectId,
    /// Names a group of subjects, given by the host. 1 to 255 bytes, compared byte for byte.
    GroupId,
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

names! { parse_slug:
    /// The kind of a resource, `secret` unless said: `[A-Za-z0-9][A-Za-z0-9._:-]{0,63}`, case-sensitive.
    ResourceType,
    /// The slug of an environment, such as `production`: `[A-Za-z0-9][A-Za-z0-9._:-]{0,63}`.
    Environment,
    /// What may be done to a resource, such as `read`: `[A-Za-z0-9][A-Za-z0-9._:-]{0,63}`.
    Action,
}

impl SubjectId {
    /// Nobody in particular: no directory has this id.
    pub(crate) fn nobody() -> Self {
        Self(String::new())
    }
}

impl Default for ResourceType {
    fn default() -> Self {
        Self("secret".to_owned())
    }
}

const MAX_ID_BYTES: usize = 255;
const MAX_SLUG_BYTES: usize = 64;

fn parse_id(text: &str) -> Result<(), Invalid> {
    let problem = if text.is_empty() {
        "an id is empty".to_owned()
    } else if text.len() > MAX_ID_BYTES {
        format!("an id has {} bytes; at most {MAX_ID_BYTES} are allowed", text.len())
    } else if text.chars().any(char::is_control) {
        "an id has a control character".to_owned()
    } else if check_safe_name(text).is_err() {
        "`__proto__` is not safe as a name in JavaScript: give another id".to_owned()
    } else {
        return Ok(());
    };
    Err(Invalid::new(InvalidKind::InvalidId, problem))
}

fn parse_slug(text: &str) -> Result<(), Invalid> {
    let is_slug = text.len() <= MAX_SLUG_BYTES
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._:-".contains(c));
    if is_slug {
        return Ok(());
    }
    let problem = format!(
        "`{}` is not a name: start with a letter or digit, then letters, digits and `._:-`, at most {MAX_SLUG_BYTES}",
        shown(text)
    );
    Err(Invalid::new(InvalidKind::InvalidName, problem))
}
