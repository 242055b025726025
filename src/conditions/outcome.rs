//! Whether a condition holds, in a logic of three values (Kleene's): what is missing or cannot be read makes a comparison
//! neither so nor not so, and what is neither so does not hold, nor does its negation.

use std::collections::BTreeSet;

use super::condition::Condition;
use super::facts::{Facts, Found};
use super::glob::Glob;
use super::test::{Operand, Operator, Test};
use crate::values::Scalar;

/// Whether a condition holds.
pub fn holds(condition: &Condition, facts: &Facts<'_>) -> bool {
    outcome(condition.test(), facts) == Some(true)
}

/// Whether it is so; none where that cannot be told.
type Outcome = Option<bool>;

fn outcome(test: &Test, facts: &Facts<'_>) -> Outcome {
    match test {
        Test::All(tests) => all(tests.iter().map(|test| outcome(test, facts))),
        Test::Any(tests) => not(all(tests.iter().map(|test| not(outcome(test, facts))))),
        Test::Not(test) => not(outcome(test, facts)),
        Test::Exists(attribute) => Some(facts.read(attribute).is_some()),
        Test::Compare(attribute, operator, operand) => {
            let operand = match operand {
                Operand::Given(value) => Found::from(value),
                Operand::Attribute(other) => facts.read(other)?,
            };
            compared(facts.read(attribute)?, *operator, operand)
        }
        Test::Fits(attribute, Operand::Given(glob)) => fits(facts.read(attribute)?, glob),
        Test::Fits(attribute, Operand::Attribute(other)) => {
            let [Scalar::Text(glob)] = scalars(facts.read(other)?)?[..] else { return None };
            fits(facts.read(attribute)?, &Glob::try_from(glob).ok()?)
        }
    }
}

/// Not so where one is not so, whatever the others are.
fn all(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    let mut together = Some(true);
    for outcome in outcomes {
        match outcome {
            Some(false) => return outcome,
            Some(true) => {}
            None => together = None,
        }
    }
    together
}

fn not(outcome: Outcome) -> Outcome {
    outcome.map(|is_so| !is_so)
}

fn compared(found: Found<'_>, operator: Operator, operand: Found<'_>) -> Outcome {
    let is_list = matches!(operand, Found::List(_));
    let (values, operands) = (scalars(found)?, scalars(operand)?);
    let by_order = |is_so: fn(i64, i64) -> bool| {
        let [Scalar::Number(bound)] = operands[..] else { return None };
        one(&values, |value| match value {
            Scalar::Number(number) => Some(is_so(number.get(), bound.get())),
            Scalar::Flag(_) | Scalar::Text(_) => None,
        })
    };
    let there = || values.iter().collect::<BTreeSet<_>>();
    match operator {
        Operator::Equal if is_list => Some(values == operands),
        Operator::Equal => Some(operands.iter().any(|operand| values.contains(operand))),
        Operator::OneOf => {
            let there = there();
            Some(operands.iter().any(|operand| there.contains(operand)))
        }
        // Empty never means everyone.
        Operator::AllOf if operands.is_empty() => None,
        Operator::AllOf => {
            let there = there();
            Some(operands.iter().all(|operand| there.contains(operand)))
        }
        Operator::Greater => by_order(|value, bound| value > bound),
        Operator::AtLeast => by_order(|value, bound| value >= bound),
        Operator::Less => by_order(|value, bound| value < bound),
        Operator::AtMost => by_order(|value, bound| value <= bound),
    }
}

fn fits(found: Found<'_>, glob: &Glob) -> Outcome {
    one(&scalars(found)?, |value| match value {
        Scalar::Text(text) => Some(glob.fits(text)),
        Scalar::Flag(_) | Scalar::Number(_) => None,
    })
}

/// A single value is a list of one.
fn scalars(found: Found<'_>) -> Option<Vec<Scalar<&str>>> {
    match found {
        Found::Unreadable => None,
        Found::One(scalar) => Some(vec![scalar]),
        Found::List(list) => Some(list),
    }
}

/// Whether it is so of one of the values. A list is read whole or not at all, and there is nothing to read in an empty one.
fn one<'a>(values: &[Scalar<&'a str>], is_so: impl Fn(Scalar<&'a str>) -> Outcome) -> Outcome {
    let outcomes: Vec<bool> = values.iter().map(|value| is_so(*value)).collect::<Option<_>>()?;
    outcomes.into_iter().reduce(|one, other| one || other)
}
