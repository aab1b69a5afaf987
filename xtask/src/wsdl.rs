//! `cargo xtask wsdl`: shows what a service description offers.

use bindwire_codegen::import;
use std::io::Write as _;
use std::path::Path;

/// Runs the subcommand with the arguments that follow its name.
pub fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let (Some(file), None) = (arguments.next(), arguments.next()) else {
        return Err("wsdl: give one file, the WSDL of a service".to_owned());
    };
    let imported = import::read(Path::new(&file)).map_err(|problems| problems.to_string())?;
    let shown = import::show(&imported);
    // A reader that has seen enough is no failure.
    let _ = std::io::stdout().write_all(shown.as_bytes());
    let (service, report) = (&imported.service, &imported.report);
    eprintln!(
        "wsdl: {} operations, {} types; {} remarks on what has no place in the model",
        service.operations.len(),
        service.types.len(),
        report.len()
    );
    Ok(())
}
