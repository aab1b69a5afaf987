//! The vectors are what `vectors/index.json` says that they are. Needs no pages: what the files hold is compared with
//! those by `cargo xtask vectors --check`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The documentation pages, each with the same examples.
const PAGES: [&str; 2] = ["dynadot-api3-fr.txt", "dynadot-api3-ru.txt"];

/// The page whose messages are tables.
const ECOSYS: &str = "ecosys-soap-object-api.txt";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

fn index_text() -> String {
    fs::read_to_string(folder().join("index.json")).expect("vectors/index.json is there: cargo xtask vectors writes it")
}

fn vectors() -> Vec<Value> {
    let index: Value = serde_json::from_str(&index_text()).expect("index.json is JSON");
    index["vectors"].as_array().expect("index.json has a list `vectors`").clone()
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_else(|| panic!("{} has no text `{key}`", vector["id"]))
}

/// A vector's bytes.
fn body(vector: &Value) -> Vec<u8> {
    let file = text(vector, "file");
    let inside = file.strip_prefix("tests/vectors/").unwrap_or_else(|| panic!("{file} is not under tests/vectors"));
    fs::read(folder().join(inside)).unwrap_or_else(|error| panic!("{file}: {error}; restore it from git"))
}

fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.insert(path);
        }
    }
}

#[test]
fn files_have_their_digests() {
    for vector in vectors() {
        let digest: String = Sha256::digest(body(&vector)).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, text(&vector, "sha256"), "{} has other bytes than index.json says", text(&vector, "file"));
    }
}

#[test]
fn no_file_is_stray() {
    let mut found = BTreeSet::new();
    walk(&folder(), &mut found);
    let mut cases = BTreeSet::new();
    for vector in vectors() {
        let path = folder().join(text(&vector, "file").trim_start_matches("tests/vectors/"));
        assert!(found.remove(&path), "{} is missing, or two vectors share it", path.display());
        cases.extend(path.parent().map(Path::to_owned));
    }
    for name in ["README.md", "index.json", "verdicts.toml", "write_exceptions.toml"] {
        assert!(found.remove(&folder().join(name)), "vectors/{name} is missing");
    }
    found.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside_a_vector = path.parent().is_some_and(|case| cases.contains(case));
        let beside_a_case =
            path.parent().is_some_and(|command| cases.iter().any(|case| case.parent() == Some(command)));
        !(beside_a_vector && (name == "vector.toml" || name.starts_with("expected"))
            || beside_a_case && name == "expected.json")
    });
    assert!(found.is_empty(), "files that no vector accounts for (cargo xtask vectors --check): {found:#?}");
}

#[test]
fn each_page_gives_all_its_examples() {
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut commands: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for vector in vectors().iter().filter(|vector| vector["constructed"] != true) {
        let document = text(vector, "document").to_owned();
        let key = (document.clone(), text(vector, "kind").to_owned(), text(vector, "format").to_owned());
        *counts.entry(key).or_default() += 1;
        commands.entry(document).or_default().insert(text(vector, "command").to_owned());
    }
    let mut expected = BTreeMap::new();
    for page in PAGES {
        for kind in ["request", "reply"] {
            for (format, count) in [("xml", 98), ("json", 97), ("csv", 10)] {
                expected.insert((page.to_owned(), kind.to_owned(), format.to_owned()), count);
            }
        }
        assert_eq!(commands[page].len(), 98, "commands of {page}");
    }
    // Its one answer is that of each of the four operations that write.
    for (kind, count) in [("request", 2), ("reply", 4)] {
        expected.insert((ECOSYS.to_owned(), kind.to_owned(), "xml".to_owned()), count);
    }
    assert_eq!(counts, expected);
}

#[test]
fn the_pages_give_the_same_exchanges() {
    let ids = |case: &str| -> BTreeSet<String> {
        let part = format!("/{case}/");
        vectors()
            .iter()
            .map(|vector| text(vector, "id").to_owned())
            .filter(|id| id.contains(&part))
            .map(|id| id.replace(&part, "/"))
            .collect()
    };
    assert_eq!(ids("fr"), ids("ru"));
}

/// The pages were saved by different tools, so that an example that ends too early or too late on one of them shows.
#[test]
fn the_pages_say_the_same_but_for_blanks() {
    let blank_free = |vector: &Value| -> String { String::from_utf8_lossy(&body(vector)).split_whitespace().collect() };
    let vectors = vectors();
    let replies = |case: &str| -> BTreeMap<String, String> {
        let part = format!("/{case}/reply/");
        vectors
            .iter()
            .filter(|vector| text(vector, "id").contains(&part))
            .map(|vector| (text(vector, "id").replace(&part, "/"), blank_free(vector)))
            .collect()
    };
    let (french, russian) = (replies("fr"), replies("ru"));
    let different: Vec<&str> =
        french.iter().filter(|(id, body)| russian.get(*id) != Some(body)).map(|(id, _)| id.as_str()).collect();
    // A bare `&` for `&amp;`; another SubmittedDate.
    assert_eq!(different, ["dynadot/get_order_status/xml", "dynadot/order_list/xml"]);
}

#[test]
fn replies_begin_and_end_as_their_format_does() {
    for vector in vectors() {
        let id = text(&vector, "id");
        let body = body(&vector);
        let body = String::from_utf8_lossy(&body);
        if vector["constructed"] == true || text(&vector, "verdict") == "unreadable" {
            continue;
        }
        assert!(!body.is_empty() && body.trim() == body, "{id} has blanks around it");
        if text(&vector, "document") == ECOSYS {
            assert!(body.starts_with('<') && body.ends_with(":Envelope>"), "{id} is no envelope: {body}");
            continue;
        }
        match (text(&vector, "kind"), text(&vector, "format")) {
            ("request", _) => assert!(body.starts_with("http") && !body.contains('\n'), "{id} is no URL: {body}"),
            (_, "xml") => {
                let root = body.lines().find(|line| !line.starts_with("<?")).unwrap_or_default();
                assert!(
                    root.starts_with('<') && body.ends_with(&root.replacen('<', "</", 1)),
                    "{id} is no XML: {body}"
                );
            }
            (_, "json") => assert!(body.starts_with('{') && body.ends_with('}'), "{id} is no JSON: {body}"),
            _ => assert!(body.starts_with("ok,"), "{id} is no CSV: {body}"),
        }
    }
}

#[test]
fn the_manifest_is_sorted_and_counts_right() {
    let vectors = vectors();
    let ids: Vec<&str> = vectors.iter().map(|vector| text(vector, "id")).collect();
    assert!(ids.is_sorted_by(|one, other| one < other), "ids are sorted, and each is there once");
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for vector in &vectors {
        for (count, key) in [("kinds", "kind"), ("formats", "format"), ("verdicts", "verdict")] {
            *counts.entry(count).or_default().entry(text(vector, key)).or_default() += 1;
        }
    }
    let index: Value = serde_json::from_str(&index_text()).expect("index.json is JSON");
    assert_eq!(index["counts"]["total"], vectors.len());
    for (count, by_key) in counts {
        assert_eq!(index["counts"][count], json!(by_key), "counts of {count}");
    }
    let again = serde_json::to_string_pretty(&index).expect("JSON can be written") + "\n";
    assert!(again == index_text(), "index.json is not laid out as the command writes it: cargo xtask vectors");
}
