use serde_json::Value;

use super::attribute::{Attribute, Scope};
use super::glob::Glob;
use super::test::{Operand, Operator, Test};
use crate::limits;
use crate::values::{Invalid, InvalidKind, PropertyValue, SafeInteger, Scalar, shown};

/// Compiles what was written; what is not known in it is refused with its place.
pub(super) fn compiled(source: &Value, scope: Scope) -> Result<Test, Invalid> {
    Compiler { scope, comparisons: 0 }.condition(source, 1)
}

struct Compiler {
    scope: Scope,
    comparisons: usize,
}

impl Compiler {
    fn condition(&mut self, value: &Value, level: usize) -> Result<Test, Invalid> {
        check_limit(level, limits::CONDITION_LEVELS, "levels")?;
        let Some(fields) = value.as_object().filter(|fields| !fields.is_empty()) else {
            return Err(instead_of("an object with at least one attribute, `$and`, `$or` or `$not`", value));
        };
        let below = level.saturating_add(1);
        let tests = fields.iter().map(|(name, value)| {
            let test = match name.as_str() {
                "$and" => self.conditions(value, below).map(Test::All),
                "$or" => self.conditions(value, below).map(Test::Any),
                "$not" => self.condition(value, below).map(|test| Test::Not(Box::new(test))),
                _ if name.starts_with('$') => Err(invalid(format!(
                    "`{}` combines no conditions: use `$and`, `$or` or `$not`",
                    shown(name)
                ))),
                _ => Attribute::named(name, self.scope)
                    .and_then(|attribute| self.comparisons(&attribute, value)),
            };
            test.map_err(|fault| fault.inside(&shown(name)))
        });
        tests.collect::<Result<_, _>>().map(Test::All)
    }

    fn conditions(&mut self, value: &Value, level: usize) -> Result<Vec<Test>, Invalid> {
        let Some(list) = value.as_array().filter(|list| !list.is_empty()) else {
            return Err(instead_of("a list of at least one condition", value));
        };
        let tests = list.iter().enumerate().map(|(index, value)| {
            self.condition(value, level).map_err(|fault| fault.inside(&format!("[{index}]")))
        });
        tests.collect()
    }

    fn comparisons(&mut self, attribute: &Attribute, value: &Value) -> Result<Test, Invalid> {
        let operators = value.as_object().filter(|fields| !fields.contains_key(REF));
        let Some(operators) = operators else { return self.comparison(attribute, "$eq", value) };
        if operators.is_empty() {
            return Err(invalid("an attribute is compared with `{}`: give at least one operator"));
        }
        let tests = operators.iter().map(|(name, operand)| {
            self.comparison(attribute, name, operand).map_err(|fault| fault.inside(&shown(name)))
        });
        tests.collect::<Result<_, _>>().map(Test::All)
    }

    fn comparison(&mut self, attribute: &Attribute, name: &str, operand: &Value) -> Result<Test, Invalid> {
        self.comparisons = self.comparisons.saturating_add(1);
        check_limit(self.comparisons, limits::COMPARISONS, "comparisons")?;
        let attribute = attribute.clone();
        let compared = |operator, literal: fn(&Value) -> Result<PropertyValue, Invalid>| {
            let operand = self.operand(operand, literal)?;
            Ok(Test::Compare(attribute.clone(), operator, operand))
        };
        match name {
            "$eq" => compared(Operator::Equal, value),
            "$ne" => compared(Operator::Equal, value).map(not),
            "$in" => compared(Operator::OneOf, values),
            "$nin" => compared(Operator::OneOf, values).map(not),
            "$all" => compared(Operator::AllOf, values),
            "$gt" => compared(Operator::Greater, number),
            "$gte" => compared(Operator::AtLeast, number),
            "$lt" => compared(Operator::Less, number),
            "$lte" => compared(Operator::AtMost, number),
            "$glob" => Ok(Test::Fits(attribute, self.operand(operand, glob)?)),
            "$exists" => {
                let is_there = operand.as_bool().ok_or_else(|| instead_of("true or false", operand))?;
                let exists = Test::Exists(attribute);
                Ok(if is_there { exists } else { not(exists) })
            }
            _ => {
                let problem = format!(
                    "`{}` is not an operator: use `$eq`, `$ne`, `$in`, `$nin`, `$all`, `$gt`, `$gte`, `$lt`, `$lte`, \
                     `$exists` or `$glob`",
                    shown(name)
                );
                Err(invalid(problem))
            }
        }
    }

    /// What an operator compares with: what is given, or another attribute.
    fn operand<T>(
        &self,
        operand: &Value,
        literal: impl FnOnce(&Value) -> Result<T, Invalid>,
    ) -> Result<Operand<T>, Invalid> {
        let fields = operand.as_object().filter(|fields| fields.contains_key(REF));
        let Some(fields) = fields else { return literal(operand).map(Operand::Given) };
        if let Some(stranger) = fields.keys().find(|name| *name != REF) {
            return Err(invalid(format!("`{REF}` stands alone: take out `{}`", shown(stranger))));
        }
        let attribute = match fields.get(REF) {
            Some(Value::String(name)) => Attribute::named(name, self.scope),
            other => Err(instead_of("the name of an attribute", other.unwrap_or(&Value::Null))),
        };
        attribute.map(Operand::Attribute).map_err(|fault| fault.inside(REF))
    }
}

/// An operand that stands for another attribute: `{"$ref": "subject.id"}`.
const REF: &str = "$ref";

fn not(test: Test) -> Test {
    Test::Not(Box::new(test))
}

fn value(operand: &Value) -> Result<PropertyValue, Invalid> {
    check_limit(operand.as_array().map_or(0, Vec::len), limits::OPERANDS, "values in a list")?;
    PropertyValue::try_from(operand.clone()).map_err(of_condition)
}

fn values(operand: &Value) -> Result<PropertyValue, Invalid> {
    match operand.as_array() {
        Some(list) if !list.is_empty() => value(operand),
        _ => Err(instead_of("a list of at least one value", operand)),
    }
}

fn number(operand: &Value) -> Result<PropertyValue, Invalid> {
    let number = operand.as_i64().and_then(|number| SafeInteger::try_from(number).ok());
    let number = number.ok_or_else(|| instead_of("a whole number within ±(2⁵³−1)", operand))?;
    Ok(PropertyValue::One(Scalar::Number(number)))
}

fn glob(operand: &Value) -> Result<Glob, Invalid> {
    match value(operand)? {
        PropertyValue::One(Scalar::Text(text)) => Glob::try_from(text.as_str()),
        _ => Err(instead_of("a text", operand)),
    }
}

pub(super) fn invalid(problem: impl Into<String>) -> Invalid {
    Invalid::new(InvalidKind::InvalidCondition, problem)
}

fn instead_of(expected: &str, given: &Value) -> Invalid {
    of_condition(Invalid::instead_of(expected, given))
}

/// A fault of a value, as one of the condition that it stands in.
pub(super) fn of_condition(mut fault: Invalid) -> Invalid {
    if fault.kind != InvalidKind::LimitExceeded {
        fault.kind = InvalidKind::InvalidCondition;
    }
    fault
}

fn check_limit(count: usize, most: usize, what: &str) -> Result<(), Invalid> {
    if count <= most {
        return Ok(());
    }
    let problem = format!("a condition has more than {most} {what}: make it smaller");
    Err(Invalid::new(InvalidKind::LimitExceeded, problem))
}
