//! Repository chores, each a subcommand; see `cargo xtask help`.

mod bench;
mod codegen;
mod coverage;
mod vectors;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask bench [--quick] [PART..]      measures speed, heap and compile time beside other decoders
cargo xtask codegen [--check]             writes generated/ and tests/golden/ from their specs, and spec/schema.json
cargo xtask coverage                      prints and checks which vectors hold which command
cargo xtask vectors [--check] [FOLDER]   writes tests/vectors from the documentation pages in FOLDER (default ../shared/docs)";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let outcome = match arguments.next().as_deref() {
        Some("bench") => bench::run(arguments),
        Some("codegen") => codegen::run(arguments),
        Some("coverage") => coverage::run(arguments),
        Some("vectors") => vectors::run(arguments),
        None | Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(format!(
            "there is no subcommand `{other}`; these are:\n{USAGE}"
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root: the folder above this package.
fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
