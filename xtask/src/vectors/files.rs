//! Reading, walking, digesting and writing files, with errors that name the path.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

/// A file's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// A file's text.
pub fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file and the folders above it, unless it holds these bytes already; says whether it wrote.
pub fn write_if_different(path: &Path, bytes: &[u8]) -> Result<bool, String> {
    if fs::read(path).is_ok_and(|found| found == bytes) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    fs::write(path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(true)
}

/// Every file below a folder of the repository, as sorted paths from its root with `/` between; none where there
/// is no such folder.
pub fn walk(root: &Path, folder: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let path = root.join(&folder);
        if !path.exists() {
            continue;
        }
        let cannot = |error| format!("cannot list {}: {error}", path.display());
        for entry in fs::read_dir(&path).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let inside = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().map_err(cannot)?.is_dir() {
                folders.push(inside);
            } else {
                found.push(inside);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The SHA-256 digest in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
