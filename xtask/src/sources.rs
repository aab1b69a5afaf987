//! `cargo xtask sources`: holds every citation of the spec against the documents themselves.

use bindwire_codegen::spec;
use std::path::PathBuf;

/// Where the documents are when no folder is given, from the repository's root.
const SHARED: &str = "../shared";

/// Runs the subcommand with the arguments that follow its name.
pub fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let root = crate::root();
    let given = arguments.next();
    let folder = given.as_ref().map_or_else(|| root.join(SHARED), PathBuf::from);
    if !folder.is_dir() {
        let message = format!("sources: there is no folder {}: NO CITATION WAS CHECKED", folder.display());
        if given.is_some() {
            return Err(message);
        }
        eprintln!("{message}");
        return Ok(());
    }
    let folders = [folder.join("docs"), folder];
    let folders: Vec<_> = folders.iter().map(PathBuf::as_path).collect();
    for api in crate::folders(&root.join("spec"))? {
        let missing =
            spec::check_sources(&root.join("spec").join(&api), &folders).map_err(|problems| problems.to_string())?;
        match missing.as_slice() {
            [] => println!("sources: every citation of {api} stands in its document"),
            missing => eprintln!("sources: NOT CHECKED, since the documents are absent: {}", missing.join(", ")),
        }
    }
    Ok(())
}
