//! `cargo xtask bench`: runs the benchmarks one after another, prints a table and writes `bench.json`.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The binaries of `benches/`, in the order in which they run.
const PARTS: [&str; 4] = ["speed", "heap", "client", "compile"];

/// Runs the subcommand with the arguments that follow its name.
pub fn run(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let mut quick = false;
    let mut parts = Vec::new();
    for argument in arguments {
        match &*argument {
            "--quick" => quick = true,
            part if PARTS.contains(&part) => parts.push(argument),
            other => {
                return Err(format!(
                    "bench: unknown argument `{other}`; it takes --quick, and which parts to run: {}",
                    PARTS.join(", ")
                ));
            }
        }
    }
    if parts.is_empty() {
        parts.extend(PARTS.map(str::to_owned));
    }
    let mut rows = Vec::new();
    for part in &parts {
        measure(part, quick, &mut rows)?;
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from);
    let path = target.join("bench.json");
    let text = serde_json::to_string_pretty(&rows).map_err(|error| format!("bench: {error}"))?;
    std::fs::write(&path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))?;
    summary(&rows);
    println!("written to {}", path.display());
    Ok(())
}

/// Builds and runs a part; prints each row as it comes.
fn measure(part: &str, quick: bool, rows: &mut Vec<Value>) -> Result<(), String> {
    let mut command = Command::new("cargo");
    command.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "bindwire-bench",
        "--bin",
        &format!("bench-{part}"),
        "--",
    ]);
    command.args(quick.then_some("--quick")).current_dir(crate::root()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("cargo run: {error}"))?;
    let output = child.stdout.take().ok_or("cargo run: no output")?;
    let mut group = String::new();
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| format!("bench-{part}: {error}"))?;
        let row: Value =
            serde_json::from_str(&line).map_err(|error| format!("bench-{part} printed `{line}`: {error}"))?;
        if text(&row, "group") != group {
            group = text(&row, "group").to_owned();
            println!("\n{group}");
        }
        println!("{}", line_of(&row));
        rows.push(row);
    }
    let status = child.wait().map_err(|error| format!("bench-{part}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("bench-{part} failed: {status}")) }
}

fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn is_met(row: &Value) -> Option<bool> {
    row.get("met").and_then(Value::as_bool)
}

fn line_of(row: &Value) -> String {
    let verdict = match is_met(row) {
        Some(true) => format!("  met ({})", text(row, "target")),
        Some(false) => format!("  NOT MET ({})", text(row, "target")),
        None => String::new(),
    };
    format!("  {:42} {}{verdict}", text(row, "name"), text(row, "figure"))
}

/// Says what was not met, all in one place.
fn summary(rows: &[Value]) {
    let missed: Vec<&Value> = rows.iter().filter(|row| is_met(row) == Some(false)).collect();
    let aimed = rows.iter().filter(|row| is_met(row).is_some()).count();
    println!("\n{} of {aimed} targets met", aimed - missed.len());
    for row in missed {
        println!("  {}: {}", text(row, "group"), line_of(row).trim());
    }
}
