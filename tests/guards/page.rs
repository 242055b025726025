//! The page shows its visitor no more than the engine tells that visitor, and says it in the words of `words/`.

use std::fs;

use super::architecture::{every_file, root};

/// Attributes that are read by people.
const SAID: [&str; 8] =
    ["label", "title", "description", "placeholder", "aria-label", "hint", "confirm", "keep"];

/// What draws; the story and the projects that the page makes know the host.
const DRAWN: [&str; 4] = ["pages", "components", "state", "shell"];

/// What else speaks.
const TOLD: [&str; 2] = ["story", "calls"];

#[test]
fn nothing_that_is_drawn_is_asked_as_the_host() {
    for (file, text) in files_of(&DRAWN) {
        assert!(!text.contains(r#"("host""#), "{file} asks as the host");
    }
}

/// What stands between tags is the linter's.
#[test]
fn no_text_stands_in_what_draws() {
    for (file, text) in files_of(&[&DRAWN[..], &TOLD].concat()) {
        for attribute in SAID {
            for said in text.split(&format!(r#" {attribute}=""#)).skip(1) {
                let said = said.split('"').next().unwrap();
                assert!(!is_english(said), "{file} says “{said}” as {attribute}");
            }
        }
    }
}

/// More than a value, such as `https://`: several words, or one that begins a sentence.
fn is_english(said: &str) -> bool {
    let mut letters = said.chars();
    said.contains(' ')
        || (letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase))
}

fn files_of(folders: &[&str]) -> Vec<(String, String)> {
    let files: Vec<_> =
        folders.iter().flat_map(|folder| every_file(&root().join("www/src").join(folder))).collect();
    assert!(files.len() > 100, "only {} files", files.len());
    files.iter().map(|file| (file.display().to_string(), fs::read_to_string(file).unwrap())).collect()
}
