//! The page shows its visitor no more than the engine tells that visitor.

use std::fs;

use super::architecture::{every_file, root};

/// What draws; the story and the projects that the page makes know the host.
const DRAWN: [&str; 4] = ["pages", "components", "state", "shell"];

#[test]
fn nothing_that_is_drawn_is_asked_as_the_host() {
    let drawn: Vec<_> =
        DRAWN.iter().flat_map(|folder| every_file(&root().join("www/src").join(folder))).collect();
    assert!(drawn.len() > 100, "only {} files", drawn.len());
    for file in drawn {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains(r#"("host""#), "{} asks as the host", file.display());
    }
}
