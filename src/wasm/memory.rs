//! How much memory all engines take together: what is freed is taken again, but never given back to the page or process.

#[cfg(target_arch = "wasm32")]
use std::alloc::System;

use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static COUNTED: cap::Cap<System> = cap::Cap::new(System, usize::MAX);

/// What is allocated now, in bytes.
#[wasm_bindgen(js_name = allocatedBytes)]
pub fn allocated_bytes() -> usize {
    #[cfg(target_arch = "wasm32")]
    return COUNTED.allocated();
    #[cfg(not(target_arch = "wasm32"))]
    0
}
