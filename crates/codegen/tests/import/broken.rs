//! Broken descriptions: each case changes the good one in `base` and says every message that must come of it.
//!
//! The cases are `broken/*.toml`. A case has a `name`, changes (`edit`: a text that stands in a file once, and what takes
//! its place; `write`: a file and its text) and `told`, whole lines: problems, or remarks where nothing is wrong.

use super::{fresh, here, told};
use std::fs;
use std::path::Path;
use toml::{Table, Value};

#[test]
fn every_problem_is_told() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut files: Vec<_> = fs::read_dir(here().join("broken")).expect("a folder").flatten().collect();
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let cases: Table = fs::read_to_string(file.path()).expect("a file of cases").parse().expect("TOML");
        for case in cases["case"].as_array().expect("a list of cases") {
            count += 1;
            let name = format!("{}: {}", file.file_name().to_string_lossy(), text(case, "name"));
            let dir = fresh(&name);
            change(&dir, case, &name);
            let found = told(&dir.join("shop.wsdl"));
            let wanted: Vec<&str> = list(case, "told").iter().filter_map(Value::as_str).collect();
            if found != wanted {
                wrong.push(format!("{name}\nfound:\n{}\nwanted:\n{}\n", found.join("\n"), wanted.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 150, "only {count} cases were found");
}

/// Writes the files of a case.
fn change(dir: &Path, case: &Value, name: &str) {
    for file in ["shop.wsdl", "shop.xsd"] {
        fs::copy(here().join("base").join(file), dir.join(file)).expect("a copied file");
    }
    for write in list(case, "write") {
        let path = dir.join(text(write, "file"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text(write, "text")).expect("a written file");
    }
    for edit in list(case, "edit") {
        let path = dir.join(text(edit, "file"));
        let before = fs::read_to_string(&path).expect("a file");
        let find = text(edit, "find");
        assert_eq!(before.matches(find).count(), 1, "{name}: `{find}` must stand once in {}", path.display());
        fs::write(&path, before.replace(find, text(edit, "put"))).expect("a changed file");
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("`{key}` is wanted in {value}"))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
