//! What is read of WSDL files: good ones as a whole, broken and hostile ones with every message, a large real one, and those of
//! objects that customers publish.

mod broken;
mod dynect;
mod dynect_spec;
mod good;
mod hostile;
mod objects;
mod spec;

use std::fs;
use std::path::{Path, PathBuf};

/// This folder.
fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

/// A fresh empty folder of this name.
fn fresh(name: &str) -> PathBuf {
    let place: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(place);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("a folder");
    dir
}

/// What is told of the file: problems, or else remarks, a line each.
fn told(path: &Path) -> Vec<String> {
    let text = match bindwire_codegen::import::read(path) {
        Ok(imported) => imported.report.to_string(),
        Err(problems) => problems.to_string(),
    };
    text.lines().map(str::to_owned).collect()
}
