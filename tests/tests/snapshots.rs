//! No snapshot is left behind: each is of a file that is there, and of a test or name that the file still has.

use std::path::{Path, PathBuf};

fn snapshots(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with(".git") {
            snapshots(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "snap") {
            found.push(path);
        }
    }
}

#[test]
fn every_snapshot_is_referred_to() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    snapshots(&root, &mut found);
    assert!(found.len() >= 10, "the snapshots are looked for in the right place: {found:?}");
    for path in found {
        let text = std::fs::read_to_string(&path).expect("a snapshot");
        let source = text.lines().find_map(|line| line.strip_prefix("source: ")).expect("a snapshot names its source");
        let code = std::fs::read_to_string(root.join(source))
            .unwrap_or_else(|error| panic!("{}: its source {source} cannot be read: {error}", path.display()));
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let name = stem.rsplit("__").next().unwrap_or_default();
        assert!(code.contains(name), "{}: {source} does not have `{name}`; delete the snapshot", path.display());
    }
}
