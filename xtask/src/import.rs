//! `cargo xtask import wsdl` and `xsd`: makes a spec of what a service's description says.

use bindwire_codegen::import::{Options, to_folder};
use std::path::PathBuf;

const USAGE: &str =
    "import: give what to import, as `cargo xtask import wsdl FILE [--name NAME] [--out FOLDER] [--force]`";

/// Runs the subcommand with the arguments that follow its name.
pub fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    match arguments.next().as_deref() {
        Some("wsdl" | "xsd") => {}
        Some(other) => return Err(format!("import: `{other}` is nothing to import from; there are wsdl and xsd")),
        None => return Err(USAGE.to_owned()),
    }
    let mut file = None;
    let (mut name, mut out, mut force) = (None, None, false);
    while let Some(argument) = arguments.next() {
        let mut value =
            |option: &str| arguments.next().ok_or_else(|| format!("import: {option} lacks its value; {USAGE}"));
        match argument.as_str() {
            "--name" => name = Some(value("--name")?),
            "--out" => out = Some(PathBuf::from(value("--out")?)),
            "--force" => force = true,
            flag if flag.starts_with("--") => {
                return Err(format!("import: unknown option `{flag}`; there are --name, --out and --force"));
            }
            path if file.is_none() => file = Some(PathBuf::from(path)),
            more => {
                return Err(format!("import: `{more}` is a second file; one is imported, with those that it names"));
            }
        }
    }
    let file = file.ok_or(USAGE)?;
    let specs = crate::root().join("spec");
    let options = Options { name: name.as_deref(), out: out.as_deref(), specs: &specs, force };
    let written = to_folder(&file, options).map_err(|error| error.to_string())?;
    println!("{written}");
    Ok(())
}
