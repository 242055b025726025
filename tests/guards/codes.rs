//! Every error code fires somewhere, and every command is both accepted and refused by a vector.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::lists::{assert_same, names, read};
use access_engine::commands::Command;
use access_engine::events::AccessEvent;
use access_engine::refusal::Refusal;

/// What no vector is refused with, codes of the host, of races, of the binding, and of the policies that an import
/// reports: each with a test that fires it, and where.
const ELSEWHERE: [(&str, &str, &str); 19] = [
    ("aborted", "an_aborted_command_writes_nothing", "tests/service/turns.rs"),
    ("ambiguous_subject", "an address that two active people have names nobody", "tests/vectors/import.json"),
    ("conflict", "whoever_loses_every_race_is_told_so", "tests/service/turns.rs"),
    ("corrupt_record", "what_is_no_commit_is_a_corrupt_record", "tests/wasm_binding.rs"),
    ("engine_closed", "an engine that was freed refuses everything", "pkg/tests/lifecycle.test.mjs"),
    ("engine_poisoned", "a trap in a call poisons its engine", "pkg/tests/poison.test.mjs"),
    (
        "erase_unsupported",
        "what_a_store_could_not_erase_is_erased_when_it_is_asked_again_or_opened",
        "tests/service/erasure.rs",
    ),
    ("external_approval", "a policy that an outside system decides is refused", "tests/vectors/import.json"),
    ("host_failed", "a callback's error is the cause of its refusal", "pkg/tests/host.test.mjs"),
    ("host_timeout", "a callback that never settles is `host_timeout`", "pkg/tests/host.test.mjs"),
    ("newer_record", "what_only_a_newer_edition_can_have_written_is_not_read", "tests/service/record.rs"),
    (
        "invalid_snapshot",
        "what is no snapshot, was changed, or is of another edition is refused",
        "pkg/tests/scoped.test.mjs",
    ),
    (
        "no_distinct_approver",
        "steps that one person would have to fill alone are refused",
        "tests/vectors/import.json",
    ),
    ("not_in_snapshot", "what it does not carry is left to the server", "pkg/tests/scoped.test.mjs"),
    ("read_only", "it changes nothing and reads no record", "pkg/tests/scoped.test.mjs"),
    (
        "record_replaced",
        "an_engine_whose_record_was_replaced_is_closed_until_it_is_opened_anew",
        "tests/service/record.rs",
    ),
    (
        "snapshot_out_of_date",
        "its lists are the server's, until something that is due changes them",
        "pkg/tests/scoped.test.mjs",
    ),
    (
        "version_not_read",
        "a question may ask for a version that the engine has read",
        "pkg/tests/following.test.mjs",
    ),
    ("wasm_not_loaded", "a copy that finds neither names `init`", "pkg/tests/loading.test.mjs"),
];

/// The files of vectors with their vectors.
fn vectors() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let texts = files.map(|path| serde_json::from_str::<Value>(&fs::read_to_string(path).unwrap()).unwrap());
    texts.flat_map(|file| file["vectors"].as_array().cloned().unwrap_or_default()).collect()
}

/// Every code that a vector is refused with, or one of several items.
fn fired() -> BTreeSet<String> {
    let of_matrix = |vector: &Value| {
        let cells = vector["matrix"].as_object().cloned().unwrap_or_default();
        cells.into_iter().filter_map(|(_, cell)| Some(cell.as_str()?.to_owned())).collect::<Vec<_>>()
    };
    let of_vector = |vector: &Value| {
        let then = &vector["then"];
        let codes = [&then["refused"], &then["details"]["because"]["code"]];
        codes.into_iter().filter_map(|code| Some(code.as_str()?.to_owned())).collect::<Vec<_>>()
    };
    let vectors = vectors();
    let all = vectors.iter().flat_map(|vector| of_vector(vector).into_iter().chain(of_matrix(vector)));
    all.filter(|code| code != "accepted").collect()
}

#[test]
fn every_code_is_fired_by_a_vector_or_a_named_test() {
    let fired = fired();
    let elsewhere: BTreeSet<String> = ELSEWHERE.iter().map(|(code, ..)| (*code).to_owned()).collect();
    let covered: BTreeSet<String> = fired.union(&elsewhere).cloned().collect();
    assert_same(("fired by a vector or a named test", &covered), ("the enum `Refusal`", &names::<Refusal>()));
    let twice: Vec<_> = fired.intersection(&elsewhere).collect();
    assert!(twice.is_empty(), "fired by a vector, so no other test is needed: {twice:?}");
}

#[test]
fn every_named_test_is_there_and_is_about_its_code() {
    for (code, test, path) in ELSEWHERE {
        let source = read(path);
        assert!(source.contains(test), "{path} has no test `{test}` for `{code}`");
        let variant: String =
            code.split('_').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
        assert!(source.contains(code) || source.contains(&variant), "{path} never names `{code}`");
    }
}

#[test]
fn every_command_is_accepted_and_refused_by_a_vector() {
    let mut seen: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
    for vector in vectors() {
        let Some(command) = vector["when"]["command"].as_object().and_then(|command| command.keys().next())
        else {
            continue;
        };
        let mut outcomes = BTreeSet::from([vector["then"]["refused"].is_null()]);
        if let Some(cells) = vector["matrix"].as_object() {
            outcomes = cells.values().map(|cell| cell == "accepted").collect();
        }
        seen.entry(command.clone()).or_default().extend(outcomes);
    }
    for command in names::<Command>() {
        let outcomes = seen.get(&command).cloned().unwrap_or_default();
        assert_eq!(outcomes, BTreeSet::from([false, true]), "`{command}` is not both accepted and refused");
    }
}

#[test]
fn every_kind_of_event_is_expected_by_a_vector() {
    let mut seen = BTreeSet::new();
    let mut open: Vec<Value> = vectors();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                seen.extend(fields.get("type").and_then(Value::as_str).map(str::to_owned));
                open.extend(fields.into_iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    let missing: Vec<String> =
        names::<AccessEvent>().into_iter().filter(|kind| !seen.contains(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
