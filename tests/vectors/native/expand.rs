//! What the shorthands of a vector stand for: named values, times, captured ids, repetitions.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Fixtures, named values and the ids captured so far.
#[derive(Clone)]
pub(crate) struct Names<'a> {
    pub(crate) epoch: i64,
    pub(crate) values: &'a Map<String, Value>,
    pub(crate) captured: BTreeMap<String, Value>,
}

impl Names<'_> {
    /// The value with every shorthand replaced.
    pub(crate) fn expand(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.word(text),
            Value::Array(items) => items.iter().map(|item| self.expand(item)).collect(),
            Value::Object(fields) => self.object(fields),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    /// The milliseconds of `T+1h` or of a number.
    pub(crate) fn millis(&self, value: &Value) -> i64 {
        let value = self.expand(value);
        value.as_i64().unwrap_or_else(|| panic!("`{value}` is no time: write `T+1h` or milliseconds"))
    }

    fn word(&self, text: &str) -> Value {
        if let Some(millis) = time(text, self.epoch) {
            return millis.into();
        }
        match text.strip_prefix('$') {
            Some(_) => {
                let captured = self.captured.get(text);
                captured.cloned().unwrap_or_else(|| panic!("`{text}` is not known here"))
            }
            None => text.into(),
        }
    }

    fn object(&self, fields: &Map<String, Value>) -> Value {
        let two = |value: &Value| (value[0].clone(), value[1].as_u64().expect("a count"));
        if let Some(repeated) = fields.get("$repeat") {
            let (item, count) = two(repeated);
            let text = item.as_str().expect("`$repeat` repeats a text");
            return (1..=count).map(|number| numbered(text, number)).collect::<String>().into();
        }
        if let Some(repeated) = fields.get("$each") {
            let (item, count) = two(repeated);
            return (1..=count).map(|number| self.expand(&number_all(&item, number))).collect();
        }
        if let Some(repeated) = fields.get("$record") {
            let (item, count) = two(repeated);
            let key = item.as_str().expect("`$record` repeats a key");
            return (1..=count).map(|number| (numbered(key, number), Value::Bool(true))).collect();
        }
        if let Some(Value::Array(parts)) = fields.get("$join") {
            let texts = parts.iter().map(|part| self.expand(part));
            return texts
                .map(|text| text.as_str().expect("`$join` joins texts").to_owned())
                .collect::<String>()
                .into();
        }
        let mut whole = match fields.get("$use").and_then(Value::as_str) {
            Some(name) => {
                self.expand(self.values.get(name).unwrap_or_else(|| panic!("no value is called `{name}`")))
            }
            None => Value::Object(Map::new()),
        };
        let is_use = fields.contains_key("$use");
        for (key, value) in fields.iter().filter(|(key, _)| *key != "$use") {
            let value = self.expand(value);
            if is_use {
                merge(&mut whole, key, value);
            } else {
                whole[key] = value;
            }
        }
        whole
    }
}

/// RFC 7396: a merge patch of one key.
fn merge(target: &mut Value, key: &str, patch: Value) {
    match patch {
        Value::Null => drop(target.as_object_mut().and_then(|target| target.remove(key))),
        Value::Object(fields) if target[key].is_object() => {
            fields.into_iter().for_each(|(inner, value)| merge(&mut target[key], &inner, value));
        }
        patch => target[key] = patch,
    }
}

/// RFC 7396: a whole merge patch.
pub(crate) fn patched(target: &Value, patch: &Value) -> Value {
    let mut target = target.clone();
    for (key, value) in patch.as_object().expect("a patch is an object") {
        merge(&mut target, key, value.clone());
    }
    target
}

/// The value with `$n` in every text replaced by a number.
pub(crate) fn number_all(value: &Value, number: u64) -> Value {
    match value {
        Value::String(text) => numbered(text, number).into(),
        Value::Array(items) => items.iter().map(|item| number_all(item, number)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), number_all(value, number))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn numbered(text: &str, number: u64) -> String {
    text.replace("$n", &number.to_string())
}

/// `T`, `T+3h45m`, `T+7d-1ms`; nothing else is a time.
fn time(text: &str, epoch: i64) -> Option<i64> {
    let mut rest = text.strip_prefix('T')?;
    let mut sign = None;
    let mut millis = epoch;
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix(['+', '-']) {
            sign = Some(if rest.starts_with('-') { -1 } else { 1 });
            rest = tail;
        }
        let (count, tail) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let (unit, tail) = tail.split_at(tail.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(tail.len()));
        let size = match unit {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        millis += sign? * size * count.parse::<i64>().ok()?;
        rest = tail;
    }
    Some(millis)
}
