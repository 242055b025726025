use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::targets::check_list;
use crate::limits;
use crate::values::{Action, Invalid, InvalidKind};

/// Which actions: those of a list, or all there are; written `["read", "write"]` or `"all"`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Value")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "wasm", tsify(type = "\"all\" | Action[]"))]
pub enum ActionSet {
    /// Every action, also one that is invented later.
    All,
    /// These.
    Listed(ActionList),
}

impl ActionSet {
    /// Whether the action is one of them.
    pub fn contains(&self, action: &Action) -> bool {
        match self {
            Self::All => true,
            Self::Listed(list) => list.contains(action),
        }
    }

    /// Whether every action of the other set is one of them.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::Listed(_), Self::All) => false,
            (Self::Listed(these), Self::Listed(those)) => those.as_slice().iter().all(|a| these.contains(a)),
        }
    }

    /// Whether some action is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => true,
            (Self::Listed(these), Self::Listed(those)) => those.as_slice().iter().any(|a| these.contains(a)),
        }
    }

    /// Whether it is all actions there are.
    pub fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    /// The list, sorted; absent for all.
    pub fn listed(&self) -> Option<&[Action]> {
        match self {
            Self::All => None,
            Self::Listed(list) => Some(list.as_slice()),
        }
    }

    /// Whether both are all, or both list one same action; a list and `all` rank differently and do not collide.
    pub fn shares_listed_or_both_all(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, Self::All) => true,
            (Self::Listed(these), Self::Listed(those)) => those.as_slice().iter().any(|a| these.contains(a)),
            (Self::All, Self::Listed(_)) | (Self::Listed(_), Self::All) => false,
        }
    }
}

impl Serialize for ActionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str(ALL),
            Self::Listed(list) => list.serialize(serializer),
        }
    }
}

impl TryFrom<Value> for ActionSet {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        match value {
            Value::String(word) if word == ALL => Ok(Self::All),
            Value::Array(names) => {
                let actions = names.iter().enumerate().map(|(index, name)| {
                    action(name).map_err(|invalid| invalid.inside(&format!("[{index}]")))
                });
                ActionList::try_from(actions.collect::<Result<Vec<_>, _>>()?).map(Self::Listed)
            }
            other => Err(Invalid::instead_of("a list of names such as `[\"read\"]`, or `all`", &other)),
        }
    }
}

fn action(name: &Value) -> Result<Action, Invalid> {
    name.as_str().map_or_else(|| Err(Invalid::instead_of("a name", name)), Action::try_from)
}

/// 1 to 64 actions, each named once; the order in which they come is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "Vec<Action>")]
pub struct ActionList(#[cfg_attr(feature = "wasm", tsify(type = "Action[]"))] Arc<[Action]>);

impl ActionList {
    /// The actions, sorted byte by byte; never empty.
    pub fn as_slice(&self) -> &[Action] {
        &self.0
    }

    /// Whether the action is in the list.
    pub fn contains(&self, action: &Action) -> bool {
        self.0.binary_search(action).is_ok()
    }
}

impl TryFrom<Vec<Action>> for ActionList {
    type Error = Invalid;

    fn try_from(mut actions: Vec<Action>) -> Result<Self, Invalid> {
        if actions.is_empty() {
            return Err(Invalid::new(
                InvalidKind::InvalidInput,
                "a list of actions is empty: name at least one",
            ));
        }
        check_list("action", &actions, limits::ACTIONS, Action::as_str)?;
        actions.sort();
        Ok(Self(actions.into()))
    }
}

const ALL: &str = "all";

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn fault(input: &Value) -> Option<InvalidKind> {
        serde_json::from_value::<ActionSet>(input.clone()).err().map(|error| {
            Invalid::from_serde(&error.to_string()).map_or(InvalidKind::InvalidInput, |it| it.kind)
        })
    }

    fn numbered(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("a{number}")).collect()
    }

    fn actions(input: Value) -> ActionSet {
        serde_json::from_value(input).unwrap()
    }

    #[test]
    fn actions_are_written_as_they_are_read() {
        for input in [json!("all"), json!(["read", "write"])] {
            assert_eq!(serde_json::to_value(actions(input.clone())).unwrap(), input);
        }
    }

    #[test]
    fn every_fault_of_actions_is_refused_and_its_neighbour_accepted() {
        use InvalidKind::{InvalidInput, InvalidName, LimitExceeded};
        for (refused, kind, accepted) in [
            (json!("ALL"), InvalidInput, json!("all")),
            (json!("read"), InvalidInput, json!(["read"])),
            (json!([]), InvalidInput, json!(["all"])),
            (json!(["read", "read"]), InvalidInput, json!(["read", "Read"])),
            (json!(["*"]), InvalidName, json!(["x"])),
            (json!([1]), InvalidInput, json!(["1"])),
            (json!(null), InvalidInput, json!("all")),
            (json!(numbered(65)), LimitExceeded, json!(numbered(64))),
        ] {
            assert_eq!(fault(&refused), Some(kind), "{refused}");
            assert_eq!(fault(&accepted), None, "{accepted}");
        }
    }

    #[test]
    fn the_order_in_which_actions_come_is_forgotten() {
        assert_eq!(actions(json!(["write", "read"])), actions(json!(["read", "write"])));
    }

    #[test]
    fn sets_of_actions_cover_and_share_what_they_name() {
        let (all, read, both) =
            (actions(json!("all")), actions(json!(["read"])), actions(json!(["read", "x"])));
        let write = actions(json!(["write"]));
        let named = |name: &str| Action::try_from(name).unwrap();

        assert!(all.contains(&named("anything")) && read.contains(&named("read")));
        assert!(!read.contains(&named("write")));

        assert!(all.covers(&all) && all.covers(&read) && both.covers(&read));
        assert!(!read.covers(&all) && !read.covers(&both));

        assert!(all.shares_listed_or_both_all(&all) && both.shares_listed_or_both_all(&read));
        assert!(!all.shares_listed_or_both_all(&read) && !read.shares_listed_or_both_all(&write));

        assert_eq!(read.listed().map(<[Action]>::len), Some(1));
        assert!(all.is_all() && all.listed().is_none());
    }
}
