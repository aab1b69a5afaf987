//! Broken specs: each case changes the good spec in `tests/good` and says every message that must come of it.
//!
//! The cases are `tests/broken/*.toml`. A case has a `name`, changes (`edit`: a text that stands in a file once, and what
//! takes its place; `add`: text at the end of a file, which may be new; `remove`: files) and `problems`, whole lines.

use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

#[test]
fn every_problem_is_told() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in sorted(&tests.join("broken")) {
        let cases: Table = fs::read_to_string(&file).expect("a file of cases").parse().expect("TOML");
        for case in cases["case"].as_array().expect("a list of cases") {
            count += 1;
            let name = format!("{}: {}", stem(&file), text(case, "name"));
            let found = problems(&tests.join("good/spec/demo"), case, &name);
            let wanted: Vec<&str> = list(case, "problems").iter().filter_map(Value::as_str).collect();
            if found != wanted {
                wrong.push(format!("{name}\nfound:\n{}\nwanted:\n{}\n", found.join("\n"), wanted.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 40, "only {count} cases were found");
}

/// What loading says of the good spec with the changes of `case`.
fn problems(good: &Path, case: &Value, name: &str) -> Vec<String> {
    let dir = copy(good, name);
    for edit in list(case, "edit") {
        let path = dir.join(text(edit, "file"));
        let before = fs::read_to_string(&path).expect("a file of the good spec");
        let find = text(edit, "find");
        assert_eq!(before.matches(find).count(), 1, "{name}: `{find}` must stand once in {}", path.display());
        fs::write(&path, before.replace(find, text(edit, "put"))).expect("a changed file");
    }
    for add in list(case, "add") {
        let path = dir.join(text(add, "file"));
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, before + text(add, "text")).expect("a changed file");
    }
    for file in list(case, "remove") {
        fs::remove_file(dir.join(file.as_str().expect("a file name"))).expect("a file of the good spec");
    }
    match bindwire_codegen::spec::load(&dir) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.to_string().lines().map(str::to_owned).collect(),
    }
}

/// A fresh copy of the good spec, in a folder of the same name.
fn copy(good: &Path, name: &str) -> PathBuf {
    let place: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken").join(place).join("spec/demo");
    let _ = fs::remove_dir_all(&dir);
    for folder in ["", "commands", "types"] {
        fs::create_dir_all(dir.join(folder)).expect("a folder");
        for file in sorted(&good.join(folder)).into_iter().filter(|path| path.is_file()) {
            let to = dir.join(folder).join(file.file_name().expect("a file name"));
            fs::copy(&file, to).expect("a copied file");
        }
    }
    dir
}

fn sorted(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("`{key}` is wanted in {value}"))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
