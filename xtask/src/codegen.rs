//! `cargo xtask codegen`: the crates in generated/ from the specs in spec/, the golden one in tests/, and the schema of specs.

use bindwire_codegen::emit::{Difference, Outputs};
use std::path::Path;
use std::time::Instant;

/// Folders of specs, and where their crates go, from the repository's root.
const FOLDERS: [(&str, &str); 2] = [("spec", "generated"), ("tests/golden/spec", "tests/golden")];

/// Lines of a diff that are printed.
const MOST_LINES: usize = 200;

/// Runs the subcommand with the arguments that follow its name.
pub fn run(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let started = Instant::now();
    let mut check = false;
    for argument in arguments {
        match argument.as_str() {
            "--check" => check = true,
            other => return Err(format!("codegen: unknown argument `{other}`; there is only --check")),
        }
    }
    let root = crate::root();
    let mut outputs = Vec::new();
    for (specs, generated) in FOLDERS {
        let all = Outputs::all(&root.join(specs), &root.join(generated)).map_err(|problems| problems.to_string())?;
        outputs.extend(all);
    }
    outputs.push(Outputs::schema(&root.join("spec")));
    let mut changed = Vec::new();
    for output in &outputs {
        let differences = if check { output.differences() } else { output.write() };
        let folder = output.folder.strip_prefix(&root).unwrap_or(&output.folder);
        let differences = differences.map_err(|error| format!("codegen: {}: {error}", folder.display()))?;
        report(folder, &differences, check);
        changed.extend(differences);
    }
    let (files, lines) =
        outputs.iter().fold((0, 0), |sum, output| (sum.0 + output.files.len(), sum.1 + output.lines()));
    let took = started.elapsed().as_millis();
    if check && !changed.is_empty() {
        return Err(format!(
            "codegen: {} of {files} files are not what the spec gives; run `cargo xtask codegen` and commit what it writes",
            changed.len()
        ));
    }
    println!("codegen: {files} files, {lines} lines, {} changed ({took} ms)", changed.len());
    Ok(())
}

/// Prints what differs, or what was put right.
fn report(folder: &Path, differences: &[Difference], check: bool) {
    if check && !differences.is_empty() {
        println!("In {}:", folder.display());
    }
    for difference in differences {
        let path = folder.join(&difference.path);
        match (check, &difference.expected) {
            (true, _) => {
                let text = difference.to_string();
                let lines: Vec<&str> = text.lines().collect();
                println!("{}", lines[..lines.len().min(MOST_LINES)].join("\n"));
                if lines.len() > MOST_LINES {
                    println!("... and {} lines more", lines.len() - MOST_LINES);
                }
            }
            (false, None) => println!("codegen: deleted {}, which nothing in the spec gives", path.display()),
            (false, Some(_)) => println!("codegen: wrote {}", path.display()),
        }
    }
}
