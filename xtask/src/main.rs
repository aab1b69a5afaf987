//! Repository chores, each a subcommand; see `cargo xtask help`.

mod bench;
mod codegen;
mod coverage;
mod import;
mod sources;
mod vectors;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask bench [--quick] [PART..]      measures speed, heap, the client and compile time beside peers
cargo xtask codegen [--check]             writes generated/ and tests/golden/ from their specs, and spec/schema.json
cargo xtask coverage                      prints and checks which vectors hold which command
cargo xtask import wsdl FILE [--name NAME] [--out FOLDER] [--force]
                                          makes a spec of a service's description (WSDL 1.1), and tells what it cannot say
cargo xtask sources [FOLDER]              holds the spec's citations against the documents (default ../shared)
cargo xtask vectors [--check] [FOLDER]   writes tests/vectors from the documentation pages in FOLDER (default ../shared/docs)";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let outcome = match arguments.next().as_deref() {
        Some("bench") => bench::run(arguments),
        Some("codegen") => codegen::run(arguments),
        Some("coverage") => coverage::run(arguments),
        Some("import") => import::run(arguments),
        Some("sources") => sources::run(arguments),
        Some("vectors") => vectors::run(arguments),
        None | Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(format!("there is no subcommand `{other}`; these are:\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Names of the folders in `folder`, sorted.
fn folders(folder: &std::path::Path) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// The repository's root: the folder above this package.
fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
