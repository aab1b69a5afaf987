//! `bindwire import`: makes a spec of what describes a service.

use crate::arguments::{Import, ImportFrom, ImportWsdl, ImportXsd};
use crate::failure::Failure;
use bindwire_codegen::import::{Options, to_folder};
use std::path::Path;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: &Import) -> Result<ExitCode, Failure> {
    let (ImportFrom::Wsdl(import) | ImportFrom::Xsd(ImportXsd { import })) = &arguments.from;
    let ImportWsdl { file, name, out, force } = import;
    let options = Options { name: name.as_deref(), out: out.as_deref(), specs: Path::new("spec"), force: *force };
    let written = to_folder(file, options).map_err(Failure::lines)?;
    crate::output::print(&written.to_string())?;
    Ok(ExitCode::SUCCESS)
}
