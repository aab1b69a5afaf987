//! `bindwire generate`: makes a crate of bindings from a spec.

use crate::arguments::Generate;
use crate::failure::Failure;
use bindwire_codegen::{Form, Options, Wire, generate};
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: &Generate) -> Result<ExitCode, Failure> {
    let wire = arguments.wire.as_deref().map_or_else(Wire::default, Wire::of);
    let options = Options { form: Form::Crate { wire } };
    let made = generate(&arguments.spec, &arguments.out, &options).map_err(Failure::lines)?;
    crate::output::print(&made.to_string())?;
    Ok(ExitCode::SUCCESS)
}
