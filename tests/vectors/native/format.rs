//! What a file of vectors may say; any other field is refused.
#![allow(dead_code, reason = "each test reads its part")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixtures {
    #[serde(rename = "about")]
    _about: String,
    pub(crate) epoch: i64,
    pub(crate) values: Map<String, Value>,
    pub(crate) fixtures: BTreeMap<String, Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VectorFile {
    #[serde(rename = "about")]
    _about: String,
    pub(crate) vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vector {
    pub(crate) name: String,
    pub(crate) only: Option<Native>,
    /// The rules of `docs/rules.md` that make the outcome what it is.
    #[serde(default)]
    pub(crate) fires: BTreeSet<String>,
    /// The rules that make the outcome of a vector like this one what it is, but not of this one.
    #[serde(default)]
    pub(crate) spares: BTreeSet<String>,
    #[serde(default)]
    pub(crate) given: Vec<Value>,
    pub(crate) when: Value,
    #[serde(default)]
    pub(crate) then: Then,
    pub(crate) matrix: Option<BTreeMap<String, String>>,
    pub(crate) neighbour: Option<Neighbour>,
}

/// Where a vector cannot be asked through the package: it has no method for it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Native {
    Native,
}

#[derive(Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Then {
    pub(crate) refused: Option<String>,
    pub(crate) details: Option<Value>,
    pub(crate) events: Option<Value>,
    pub(crate) ticked: Option<Value>,
    pub(crate) receipt: Option<Value>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) answer: Option<Value>,
    pub(crate) notices: Option<BTreeMap<String, Vec<String>>>,
    pub(crate) commits: Option<usize>,
    #[serde(default)]
    pub(crate) asked: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Neighbour {
    #[serde(default)]
    pub(crate) omit: usize,
    #[serde(default)]
    pub(crate) add: Vec<Value>,
    #[serde(default = "unchanged")]
    pub(crate) when: Value,
    #[serde(default)]
    pub(crate) then: Then,
}

/// Also `null`, which is what some questions are answered with.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn unchanged() -> Value {
    Value::Object(Map::new())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// The names of the files of vectors, without `.json`.
pub(crate) fn files() -> BTreeSet<String> {
    let entries =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = entries.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
    names.filter(|name| name != "fixtures").collect()
}

pub(crate) fn read<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let path = folder().join(format!("{name}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
