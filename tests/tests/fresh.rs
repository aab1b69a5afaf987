//! Generated files are what the specs give.

use bindwire_codegen::emit::Outputs;
use std::path::Path;

/// Fails with the differences between the crates in `generated` and what the specs in `specs` give.
fn assert_fresh(specs: &str, generated: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let all = Outputs::all(&root.join(specs), &root.join(generated)).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(!all.is_empty(), "{specs} holds no spec");
    for outputs in all {
        let differences = outputs.differences().expect("the folder can be read");
        let shown: String = differences.iter().map(ToString::to_string).collect();
        assert!(differences.is_empty(), "run `cargo xtask codegen` and commit what it writes:\n{shown}");
    }
}

#[test]
fn generated_is_what_the_specs_give() {
    assert_fresh("spec", "generated");
}

#[test]
fn the_zoo_is_what_its_spec_gives() {
    assert_fresh("tests/golden/spec", "tests/golden");
}

#[test]
fn a_file_that_is_wrong_missing_or_stray_is_found_and_put_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::temp_dir().join(format!("bindwire-fresh-{}", std::process::id()));
    let outputs = Outputs::of(&root.join("golden/spec/zoo"), &folder).expect("the zoo's spec is right");
    let (first, last) = (outputs.files.keys().next().unwrap(), outputs.files.keys().last().unwrap());

    assert_eq!(outputs.write().unwrap().len(), outputs.files.len());
    assert_eq!(outputs.differences().unwrap(), []);

    std::fs::write(folder.join(first), "<!-- mine -->\n").unwrap();
    std::fs::remove_file(folder.join(last)).unwrap();
    std::fs::write(folder.join("src/stray.rs"), "").unwrap();
    let found = outputs.differences().unwrap();
    let shown: Vec<String> =
        found.iter().map(|difference| difference.to_string().lines().next().unwrap().to_owned()).collect();
    assert_eq!(
        shown,
        [
            "--- COMMANDS.md (is)",
            "src/stray.rs: stray, nothing in the spec gives this file",
            "src/types/mod.rs: missing"
        ]
    );
    assert_eq!(outputs.write().unwrap(), found);
    assert_eq!(outputs.write().unwrap(), []);
    std::fs::remove_dir_all(folder).unwrap();
}
