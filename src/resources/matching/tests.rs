#![cfg(not(target_arch = "wasm32"))]

mod enumeration;
mod tree;

/// Every row of at most so many of the parts, the empty one included.
pub(crate) fn rows(parts: &[&str], most: usize) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let mut longest = all.clone();
    for _ in 0..most {
        let longer = |row: &Vec<String>| {
            let row = row.clone();
            parts.iter().map(move |part| [row.clone(), vec![(*part).to_owned()]].concat())
        };
        longest = longest.iter().flat_map(longer).collect();
        all.extend(longest.iter().cloned());
    }
    all
}

pub(crate) fn absolute(row: &[String]) -> String {
    format!("/{}", row.join("/"))
}
