//! How fast the engine is without JavaScript: `cargo bench`. The benchmarks are in `benches/`.
