//! Changes JSON where it means something: most changes of single bytes are no JSON any more.

use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Value, json};

/// Changes a line of the text, or one value in its JSON: what stands before the first brace or bracket of a line stays.
/// Half of the turns go to libFuzzer, which knows no JSON but the dictionary. For `fuzz_mutator!`.
pub fn mutate_json(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut chance = Chance(u64::from(seed));
    let text = data.get(..size).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let changed = text.filter(|_| chance.below(2) == 0).and_then(|text| changed(text, &mut chance));
    match changed.filter(|text| text.len() <= max_size) {
        Some(text) => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
}

fn changed(text: &str, chance: &mut Chance) -> Option<String> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let (at, other) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(10) {
        0 => lines.swap(at, other),
        1 => lines.insert(at, lines[other].clone()),
        2 if lines.len() > 1 => drop(lines.remove(at)),
        _ => {
            let start = lines[at].find(['{', '['])?;
            let (who, json) = lines[at].split_at(start);
            let mut value = serde_json::from_str(json).ok()?;
            change(&mut value, chance)?;
            lines[at] = format!("{who}{value}");
        }
    }
    Some(lines.join("\n"))
}

fn change(value: &mut Value, chance: &mut Chance) -> Option<()> {
    let mut places = Vec::new();
    collect(value, String::new(), &mut places);
    let mut any_place = || places.get(chance.below(places.len())).cloned();
    let (place, from) = (any_place()?, any_place()?);
    let found = value.pointer(&from)?.clone();
    let new = if chance.below(2) == 0 { found } else { edge(chance) };
    let target = value.pointer_mut(&place)?;
    match (target, chance.below(4)) {
        (Value::Array(list), 0) => list.insert(chance.below(list.len() + 1), new),
        (Value::Array(list), 1) if !list.is_empty() => drop(list.remove(chance.below(list.len()))),
        (Value::Object(fields), 0) => drop(fields.insert(name(&from).to_owned(), new)),
        (Value::Object(fields), 1) => {
            let name = fields.keys().nth(chance.below(fields.len()))?.clone();
            fields.remove(&name);
        }
        (target, _) => *target = new,
    }
    Some(())
}

/// The pointers (RFC 6901) to a value and all that is in it.
fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                collect(item, format!("{place}/{index}"), places);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(field, format!("{place}/{name}"), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    places.push(place);
}

/// The last part of a pointer.
fn name(place: &str) -> &str {
    place.rsplit('/').next().unwrap_or_default()
}

/// A value of the kind that is forgotten.
fn edge(chance: &mut Chance) -> Value {
    const EDGES: usize = 16;
    match chance.below(EDGES) {
        0 => json!(null),
        1 => json!(true),
        2 => json!(false),
        3 => json!(""),
        4 => json!(0),
        5 => json!(-1),
        6 => json!(1),
        7 => json!(60),
        8 => json!(9_007_199_254_740_991_i64),
        9 => json!(u64::MAX),
        10 => json!(1.5),
        11 => json!([]),
        12 => json!({}),
        13 => json!("all"),
        14 => json!("/**"),
        _ => json!("\u{0}é\u{1f600}\u{202e}"),
    }
}

/// Numbers drawn from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    /// One below the bound; 0 where there is none.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).map_or(0, |number| number % bound.max(1))
    }
}
