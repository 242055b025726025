//! `wasm-bindgen-test-runner` as a crate of this workspace, so that nobody has to install it and its version
//! is the one of the lock file. `.cargo/config.toml` names it as the runner of the WASM target.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
