//! Two conditions and what a question brings, as lines of JSON: what holds agrees with the laws of a logic in which what is
//! missing is neither so nor not so (docs/conditions.md).
#![no_main]

use std::cell::OnceCell;

use access_engine::access::AccessQuery;
use access_engine::conditions::{Attribute, Condition, Facts, Operand, RequesterCondition, Test, holds};
use access_engine::json::{read_input, read_json};
use access_engine::values::SubjectId;
use access_engine_fuzz::{Story, mutate_json};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde_json::{Value, json};

thread_local! {
    static COMPANY: OnceCell<Story> = const { OnceCell::new() };
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate_json(data, size, max_size, seed)
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.split('\n');
    let mut condition = || read_input::<Condition>(lines.next()?).ok();
    let Some(a) = condition() else { return };
    let b = condition().unwrap_or_else(|| a.clone());
    reads_back(&a);
    let query = query(lines.next().unwrap_or_default());
    COMPANY.with(|company| {
        let story = company.get_or_init(Story::of_the_company);
        let directory = story.engine.state().directory();
        for id in ["dev", "sid", "bot"] {
            let subject = directory.subject(&SubjectId::try_from(id).expect("an id")).expect("a subject");
            let member = directory.member(&subject.id);
            for deed in [None, Some(query.deed())] {
                let facts = Facts::new(subject, &member, u64::MAX, deed);
                laws(&a, &b, &facts);
                if deed.is_none() && needs_the_deed(a.test()) {
                    let not_a = combined(json!({"$not": a}));
                    assert!(!holds(&a, &facts), "nothing is there, and yet it holds: {a:?}");
                    assert!(
                        !not_a.is_some_and(|it| holds(&it, &facts)),
                        "nothing is there, and yet not: {a:?}"
                    );
                }
            }
        }
    });
});

/// A question that brings this as its context and as properties.
fn query(brought: &str) -> AccessQuery {
    let brought = serde_json::from_str(brought).unwrap_or(Value::Null);
    let query = |brought: Value| {
        let resource =
            json!({"environment": "production", "path": "/payments/stripe", "properties": brought});
        let action = json!({"name": "read", "properties": brought});
        json!({"subject": {"subject": "dev"}, "action": action, "resource": resource, "context": brought})
            .to_string()
    };
    read_json(&query(brought)).or_else(|_| read_json(&query(json!({})))).expect("a query")
}

fn reads_back(a: &Condition) {
    let written = serde_json::to_string(a).expect("a condition has a JSON form");
    let again: Condition = read_json(&written).expect("a condition is read as it was written");
    assert_eq!((&again, again.test()), (a, a.test()));
    if let Ok(of_requester) = read_json::<RequesterCondition>(&written) {
        assert_eq!(of_requester.get().test(), a.test());
    }
}

/// Some of these are too large to be conditions; then nothing is said about them.
fn laws(a: &Condition, b: &Condition, facts: &Facts<'_>) {
    let so = |condition: Value| combined(condition).map(|condition| holds(&condition, facts));
    let (a_holds, b_holds) = (holds(a, facts), holds(b, facts));
    let is = |condition: Value, expected: bool| {
        assert_eq!(so(condition.clone()).unwrap_or(expected), expected, "{condition}");
    };
    is(json!({"$and": [a, b]}), a_holds && b_holds);
    is(json!({"$or": [a, b]}), a_holds || b_holds);
    is(json!({"$not": {"$not": a}}), a_holds);
    let (Some(not_a), Some(not_b)) = (so(json!({"$not": a})), so(json!({"$not": b}))) else { return };
    assert!(!(a_holds && not_a), "it holds, and so does its negation: {a:?}");
    is(json!({"$not": {"$and": [a, b]}}), not_a || not_b);
    is(json!({"$not": {"$or": [a, b]}}), not_a && not_b);
    is(json!({"$and": [a, {"$not": a}]}), false);
}

fn combined(condition: Value) -> Option<Condition> {
    serde_json::from_value(condition).ok()
}

/// Whether no comparison in it can be told without a deed.
fn needs_the_deed(test: &Test) -> bool {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().all(needs_the_deed),
        Test::Not(test) => needs_the_deed(test),
        Test::Exists(_) => false,
        Test::Compare(attribute, _, operand) => is_of_the_deed(attribute) || refers_to_the_deed(operand),
        Test::Fits(attribute, operand) => is_of_the_deed(attribute) || refers_to_the_deed(operand),
    }
}

fn refers_to_the_deed<T>(operand: &Operand<T>) -> bool {
    matches!(operand, Operand::Attribute(attribute) if is_of_the_deed(attribute))
}

fn is_of_the_deed(attribute: &Attribute) -> bool {
    use Attribute::*;
    match attribute {
        SubjectId | SubjectType | SubjectName | SubjectEmail | SubjectGroups | SubjectProperty(_) => false,
        ResourceType | ResourceEnvironment | ResourcePath | ResourceProperty(_) => true,
        ActionName | ActionProperty(_) | Context(_) => true,
    }
}
