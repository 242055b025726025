//! The laws that conditions obey, whatever a question brings.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Condition, Facts, holds};
use crate::access::AccessQuery;
use crate::people::{Directory, Subject};

/// Values that operators read.
fn readable() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        prop::sample::select(&["a", "b", "ab", "a*", "/a", "/a/**", ""][..]).prop_map(|text| json!(text)),
        (0_i64..4).prop_map(|number| json!(number)),
        any::<bool>().prop_map(|flag| json!(flag)),
    ];
    prop_oneof![scalar.clone(), prop::collection::vec(scalar, 0..4).prop_map(Value::from)]
}

fn unreadable() -> impl Strategy<Value = Value> {
    let odd =
        prop::sample::select(vec![json!(null), json!(0.5), json!({"a": "a"}), json!(1e300), json!(["a"])]);
    prop_oneof![
        odd.clone().prop_filter("a list is read", |value| !value.is_array()),
        (prop::collection::vec(readable_scalar(), 0..3), odd).prop_map(|(mut list, odd)| {
            list.push(odd);
            json!(list)
        }),
    ]
}

fn readable_scalar() -> impl Strategy<Value = Value> {
    readable().prop_filter("a scalar", |value| !value.is_array())
}

fn brought() -> impl Strategy<Value = Value> {
    let value = prop_oneof![3 => readable(), 1 => unreadable()];
    prop::collection::btree_map(prop::sample::select(&["x", "y", "z"][..]), value, 0..=3)
        .prop_map(|values| json!(values))
}

const OPERATORS: [&str; 10] = ["$eq", "$ne", "$in", "$nin", "$all", "$gt", "$gte", "$lt", "$lte", "$glob"];

fn operator() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&OPERATORS[..])
}

fn comparison() -> impl Strategy<Value = Value> {
    let attribute =
        || prop::sample::select(&["context.x", "resource.properties.y", "action.properties.z"][..]);
    let operand = prop_oneof![readable(), attribute().prop_map(|name| json!({"$ref": name}))];
    prop_oneof![
        4 => (attribute(), operator(), operand).prop_map(|(name, operator, operand)| json!({name: {operator: operand}})),
        1 => (attribute(), any::<bool>()).prop_map(|(name, is_there)| json!({name: {"$exists": is_there}})),
    ]
    .prop_filter("a literal that is refused", |condition| compiled(condition).is_some())
}

fn condition() -> impl Strategy<Value = Value> {
    comparison().prop_recursive(2, 8, 2, |inner| {
        let both = (inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|it| json!({"$not": it})),
            both.clone().prop_map(|(one, other)| json!({"$and": [one, other]})),
            both.prop_map(|(one, other)| json!({"$or": [one, other]})),
        ]
    })
}

fn compiled(condition: &Value) -> Option<Condition> {
    Condition::try_from(condition.clone()).ok()
}

/// Whether a condition holds of a question that brings this in all places.
fn is_so(condition: &Value, brought: &Value) -> bool {
    let subject: Subject =
        serde_json::from_value(json!({"type": "user", "id": "dev", "name": "Dev"})).unwrap();
    let query: AccessQuery = serde_json::from_value(json!({
        "subject": {"subject": "dev"}, "context": brought, "action": {"name": "read", "properties": brought},
        "resource": {"path": "/a", "properties": brought},
    }))
    .unwrap();
    let (directory, subject) = (Directory::default(), subject.into());
    let member = directory.member(&query.subject);
    let facts = Facts::new(&subject, &member, 1, Some(query.deed()));
    holds(&compiled(condition).unwrap(), &facts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn a_condition_and_its_negation_never_both_hold_and_two_negations_are_none(
        a in condition(), brought in brought(),
    ) {
        let negated = json!({"$not": a});
        prop_assert!(!(is_so(&a, &brought) && is_so(&negated, &brought)));
        prop_assert_eq!(is_so(&json!({"$not": negated}), &brought), is_so(&a, &brought));
    }

    #[test]
    fn a_negation_goes_inwards(a in condition(), b in condition(), brought in brought()) {
        let not = |condition: &Value| json!({"$not": condition});
        let (not_a, not_b) = (not(&a), not(&b));
        let is = |condition: Value| is_so(&condition, &brought);
        prop_assert_eq!(is(not(&json!({"$and": [a, b]}))), is(json!({"$or": [not_a, not_b]})));
        prop_assert_eq!(is(not(&json!({"$or": [a, b]}))), is(json!({"$and": [not_a, not_b]})));
    }

    #[test]
    fn what_is_missing_or_cannot_be_read_compares_with_nothing(
        operator in operator(), operand in readable(), value in unreadable(), other in readable(),
    ) {
        let literal = json!({"context.x": {operator: operand}});
        for condition in [literal, json!({"context.x": {operator: {"$ref": "context.y"}}})] {
            if compiled(&condition).is_none() {
                continue;
            }
            for brought in [json!({"y": other}), json!({"x": value, "y": other})] {
                prop_assert!(!is_so(&condition, &brought), "{} {}", condition, brought);
                prop_assert!(!is_so(&json!({"$not": condition}), &brought), "{} {}", condition, brought);
            }
        }
    }

    #[test]
    fn a_reference_is_what_stands_there_and_to_what_cannot_stand_there_nothing(
        operator in operator(), value in readable(), operand in prop_oneof![readable(), unreadable()],
    ) {
        let brought = json!({"x": value, "y": operand});
        let referring = json!({"context.x": {operator: {"$ref": "context.y"}}});
        let literal = json!({"context.x": {operator: operand}});
        let negated = |condition: &Value| json!({"$not": condition});
        if compiled(&literal).is_some() {
            prop_assert_eq!(is_so(&referring, &brought), is_so(&literal, &brought));
            prop_assert_eq!(is_so(&negated(&referring), &brought), is_so(&negated(&literal), &brought));
        } else if unreadable_by(operator, &operand) {
            prop_assert!(!is_so(&referring, &brought));
            prop_assert!(!is_so(&negated(&referring), &brought));
        }
    }
}

/// Beside what is no literal only for its form: a list of one for a single value, a single value for a list, and for
/// `$in` a list of none.
fn unreadable_by(operator: &str, operand: &Value) -> bool {
    let is_list = operand.is_array();
    match operator {
        "$in" | "$nin" => is_list && operand.as_array().is_some_and(|list| !list.is_empty()),
        "$all" => is_list,
        _ => operand.as_array().is_none_or(|list| list.len() != 1),
    }
}
