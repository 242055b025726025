//! Commands as JSON text, sent by several actors to a company with a history: each comes out as it always must (see
//! `Story::tell`), and the record gives the same state again.
#![no_main]

use std::cell::OnceCell;

use access_engine_fuzz::{Story, ask_everything, mutate_json, replayed};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

thread_local! {
    static COMPANY: OnceCell<Story> = const { OnceCell::new() };
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate_json(data, size, max_size, seed)
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut story = COMPANY.with(|company| company.get_or_init(Story::of_the_company).clone());
    let before = story.engine.version();
    for line in text.split('\n') {
        story.tell(line);
    }
    if story.engine.version() > before {
        replayed(&story.engine);
        ask_everything(&story.engine, story.now);
    }
});
