//! Compile time: what `bench-compile` does.

mod cold;

use crate::program::program;
use crate::row::Row;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const GROUP: &str = "Compile";

/// Cargo in a folder, with a target folder of its own.
struct Cargo {
    folder: PathBuf,
    target: PathBuf,
    runs: usize,
}

/// Measures the check and the release build of the generated crate and the program, the best of some runs, and cold builds of a
/// program that sends a command.
///
/// # Errors
/// When cargo fails.
pub fn all(root: &Path, runs: usize) -> Result<(), String> {
    let base = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let target = base.join("bench-compile");
    let cargo = Cargo { folder: root.to_owned(), target: target.clone(), runs };
    cargo.measure("bindwire-dynadot", "check", &[], 3.0)?.print()?;
    cargo.measure("bindwire-dynadot", "build", &["--release"], 6.0)?.print()?;
    cargo.measure("bindwire-dynect", "check", &[], 8.0)?.print()?;
    cargo.measure("bindwire-netim", "check", &[], 3.0)?.print()?;
    let folder = base.join("every-command");
    let made = program(root)?;
    write(&folder.join("Cargo.toml"), &made.manifest)?;
    write(&folder.join("src/main.rs"), &made.main)?;
    // The same versions as in the workspace.
    let lock = root.join("Cargo.lock");
    std::fs::copy(&lock, folder.join("Cargo.lock")).map_err(|error| format!("{}: {error}", lock.display()))?;
    let cargo = Cargo { folder, target: target.clone(), runs };
    cargo.measure("every-command", "build", &["--release"], 6.0)?.print()?;
    size(&target.join("release/every-command"), made.commands)?.print()?;
    cold::all(root, &base, runs.div_ceil(2))
}

impl Cargo {
    fn run(&self, arguments: &[&str]) -> Result<f64, String> {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", &self.target);
        // What this process was built with is of no concern to what it builds.
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG") || name == "CARGO_MANIFEST_DIR") {
                command.env_remove(name);
            }
        }
        let start = Instant::now();
        let output = command.stdin(Stdio::null()).output().map_err(|error| format!("cargo {arguments:?}: {error}"))?;
        let taken = start.elapsed().as_secs_f64();
        if output.status.success() {
            return Ok(taken);
        }
        Err(format!("cargo {arguments:?} failed:\n{}", String::from_utf8_lossy(&output.stderr)))
    }

    fn measure(&self, package: &str, subcommand: &str, profile: &[&str], limit: f64) -> Result<Row, String> {
        let mut clean = vec!["clean", "-p", package];
        let mut build = vec![subcommand, "-j2", "-p", package];
        clean.extend(profile);
        build.extend(profile);
        self.run(&build)?;
        let mut best = f64::INFINITY;
        let mut worst: f64 = 0.0;
        for _ in 0..self.runs {
            self.run(&clean)?;
            let taken = self.run(&build)?;
            (best, worst) = (best.min(taken), worst.max(taken));
        }
        let figure = format!("{best:6.2} s, the best of {}; the worst {worst:.2} s", self.runs);
        let name = format!("cargo {}", build.join(" "));
        Ok(Row::new(GROUP, &name, figure)
            .number("seconds", best)
            .number("worst", worst)
            .at_most("seconds", limit, " s"))
    }
}

/// The size of the program; it must also run.
fn size(program: &Path, commands: usize) -> Result<Row, String> {
    let output = Command::new(program).output().map_err(|error| format!("{}: {error}", program.display()))?;
    let lines = String::from_utf8_lossy(&output.stdout).lines().count();
    if !output.status.success() || lines < commands {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "{}: {lines} lines of {commands} commands, {}: {errors}",
            program.display(),
            output.status
        ));
    }
    let length = std::fs::metadata(program).map_err(|error| format!("{}: {error}", program.display()))?.len();
    let megabytes = length as f64 / 1e6;
    let name = format!("every-command, stripped, {commands} commands");
    Ok(Row::new(GROUP, &name, format!("{megabytes:6.2} MB")).number("mb", megabytes).at_most("mb", 2.5, " MB"))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
