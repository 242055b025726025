//! In which form that is committed to which can be erased, and what is shown of it afterwards.

use serde_json::Value;

use super::client::Client;
use crate::json::{parse_json, read_part};
use crate::values::{Email, Name, Properties, Text, TicketUrl};

/// What can be personal.
pub trait Written: Sized {
    /// The text that is committed to.
    fn written(&self) -> String;

    /// What that text says.
    fn read(text: &str) -> Option<Self>;

    /// What is shown in place of what was erased.
    fn erased() -> Self;
}

const ERASED: &str = "[erased]";

macro_rules! as_it_is {
    ($($name:ident),+) => {$(
        impl Written for $name {
            fn written(&self) -> String {
                self.as_str().to_owned()
            }

            fn read(text: &str) -> Option<Self> {
                Self::try_from(text.to_owned()).ok()
            }

            fn erased() -> Self {
                Self::of_engine(ERASED)
            }
        }
    )+};
}

as_it_is!(Name, Email, Text, TicketUrl);

impl Written for Properties {
    fn written(&self) -> String {
        in_json(self)
    }

    fn read(text: &str) -> Option<Self> {
        read_part(&parse_json(text).ok()?).ok()
    }

    fn erased() -> Self {
        Self::default()
    }
}

impl Written for Client {
    fn written(&self) -> String {
        in_json(self)
    }

    fn read(text: &str) -> Option<Self> {
        read_part(&parse_json(text).ok()?).ok()
    }

    fn erased() -> Self {
        Self::of_engine(Value::from(ERASED))
    }
}

/// What is ours always has a form in JSON.
fn in_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
