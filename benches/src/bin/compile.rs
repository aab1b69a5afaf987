//! Measures compile time: the generated crate, a program that calls every command, and one that sends a command from nothing.

use bindwire_bench::compile;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    let quick = std::env::args().any(|argument| argument == "--quick");
    match compile::all(&root, if quick { 2 } else { 5 }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench-compile: {message}");
            ExitCode::FAILURE
        }
    }
}
