//! Writes the seeds of `commits`, the company's record and beginnings of it: `cargo run --example seeds` in `fuzz/`.

use std::fs::{create_dir_all, write};
use std::path::Path;

use access_engine_fuzz::{Story, ask_everything, replayed};

fn main() -> std::io::Result<()> {
    let story = Story::of_the_company();
    replayed(&story.engine);
    ask_everything(&story.engine, story.now);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/commits");
    create_dir_all(&folder)?;
    let commits: Vec<String> = story.engine.stored().collect();
    for count in [2, 6, 14, 24, commits.len()] {
        write(folder.join(format!("{count:02}")), commits[..count].join("\n"))?;
    }
    Ok(())
}
