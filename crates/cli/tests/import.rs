//! `bindwire import wsdl` and `bindwire generate`: from a description to a crate, and what is told when that cannot be.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use support::{bindwire, root};

/// A fresh empty folder of this name.
fn fresh(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-import").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A description of the importer's tests, seen from the repository's root.
fn good(name: &str) -> String {
    format!("crates/codegen/tests/import/good/{name}.wsdl")
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    found
}

#[test]
fn a_description_becomes_a_spec_and_a_crate() {
    let dir = fresh("registrar");
    let (spec, out) = (dir.join("registrar"), dir.join("crate"));
    let run = bindwire(&["import", "wsdl", &good("encoded/registrar"), "--out", text(&spec)]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let told: Vec<&str> = run.out.lines().collect();
    let wrote = |file: &str| format!("wrote {}", spec.join(file).display());
    assert_eq!(told[..2], [wrote("api.toml"), wrote("commands/registrar.toml")]);
    let counts =
        "registrar: 3 commands and 1 type in 4 files; 6 remarks on what the spec does not say, or less exactly:";
    assert_eq!(told[4], counts);
    assert_eq!(told[7], "registrar.wsdl:35: the type `Numbers` is left out: no command has it");
    assert_eq!(told.len(), 11);

    let wire = root().join("crates/wire");
    let generate = ["generate", "--spec", text(&spec), "--out", text(&out), "--wire", text(&wire)];
    let run = bindwire(&generate);
    let told = "bindwire-registrar: 11 files, 11 written, 0 deleted\n";
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), told, ""));
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("crates/wire\", features = [\"soap\"] }"), "{manifest}");

    // All of it again: the same bytes.
    let before = files(&dir);
    let run = bindwire(&["import", "wsdl", &good("encoded/registrar"), "--out", text(&spec), "--force"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(bindwire(&generate).out, "bindwire-registrar: 11 files, 0 written, 0 deleted\n");
    assert!(files(&dir) == before);
}

#[test]
fn a_spec_is_not_overwritten_unasked() {
    let spec = fresh("taken").join("shop");
    let import = |more: &[&str]| {
        let wsdl = good("object/sample");
        let mut arguments = vec!["import", "wsdl", wsdl.as_str(), "--out", text(&spec)];
        arguments.extend(more);
        bindwire(&arguments)
    };
    assert_eq!(import(&["--name", "shop"]).code, Some(0));
    let taken =
        format!("bindwire: {} holds a spec already; give --force to overwrite it, or another folder", spec.display());
    import(&[]).assert_usage(&[taken.as_str()]);
    assert_eq!(import(&["--force"]).code, Some(0));
    import(&["--name", "other"])
        .assert_usage(&["bindwire: the API is called `other`, but its folder `shop`; give both one name"]);
}

#[test]
fn what_is_wrong_with_a_description_is_told_as_it_is() {
    let dir = fresh("broken");
    let base = root().join("crates/codegen/tests/import/base");
    let out = dir.join("shop");
    let told = |edits: &[(&str, &str)]| {
        fs::copy(base.join("shop.xsd"), dir.join("shop.xsd")).unwrap();
        let mut wsdl = fs::read_to_string(base.join("shop.wsdl")).unwrap();
        for (find, put) in edits {
            assert!(wsdl.contains(find), "{find}");
            wsdl = wsdl.replace(find, put);
        }
        let path = dir.join("shop.wsdl");
        fs::write(&path, wsdl).unwrap();
        // The importer says the same to whoever calls it.
        let problems = bindwire_codegen::import::read(&path).unwrap_err().to_string();
        let lines: Vec<String> = problems.lines().map(|line| format!("bindwire: {line}")).collect();
        let run = bindwire(&["import", "wsdl", text(&path), "--out", text(&out)]);
        run.assert_usage(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(!out.exists());
        lines.join("\n")
    };
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<definitions";
    let bomb = told(&[("<definitions", bomb)]);
    assert!(bomb.contains("document type"), "{bomb}");
    let outside = told(&[("schemaLocation=\"shop.xsd\"", "schemaLocation=\"../../../../etc/passwd\"")]);
    assert!(outside.contains("leaves the folder of the first file"), "{outside}");
    let cut = told(&[("</definitions>", "")]);
    assert!(cut.starts_with("bindwire: shop.wsdl:"), "{cut}");
}

#[test]
fn what_cannot_be_imported_or_generated() {
    let dir = fresh("refused");
    let nowhere = dir.join("nowhere");
    bindwire(&["import", "wsdl", text(&nowhere)]).assert_usage(&["bindwire: nowhere:1:1: this file does not exist"]);
    bindwire(&["import", "wsdl", "https://api.example/x.wsdl"]).assert_usage(&[
        "bindwire: https://api.example/x.wsdl:1:1: this is an address, and nothing is fetched; save the description beside the \
         schemas that it imports, and name the file",
    ]);
    bindwire(&["import", "wsdl", "README.md", "--out", text(&dir.join("Bad"))])
        .assert_usage(&["bindwire: the API's name `Bad` is not snake_case; write `bad`"]);
    let run = bindwire(&["import", "wsdl", &good("leftovers/leftovers"), "--out", text(&nowhere)]);
    assert!(
        run.err.starts_with("bindwire: leftovers.wsdl:1:1: no operation of `Left` can become a command: "),
        "{run:?}"
    );
    assert_eq!((run.code, run.err.lines().count()), (Some(2), 1));

    let out = dir.join("crate");
    let generate =
        |spec: &str, out: &str, wire: &str| bindwire(&["generate", "--spec", spec, "--out", out, "--wire", wire]);
    let taken = "bindwire: crates/wire/Cargo.toml was not generated by `bindwire generate`, and is not overwritten; \
                 give another folder";
    generate("spec/dynadot", "crates/wire", "0.1").assert_usage(&[taken]);
    let no_wire =
        "bindwire: spec is not the folder of bindwire-wire: it has no Cargo.toml; give its folder, or a version as 0.1";
    generate("spec/dynadot", text(&out), "spec").assert_usage(&[no_wire]);
    let run = generate(text(&nowhere), text(&out), "0.1");
    assert!(run.err.starts_with("bindwire: refused/nowhere:1:1: this folder cannot be read: "), "{run:?}");
    fs::create_dir_all(nowhere.join("commands")).unwrap();
    fs::write(nowhere.join("commands/a.toml"), "family = \"b\"\n").unwrap();
    let run = generate(text(&nowhere), text(&out), "0.1");
    let told: Vec<&str> = run.err.lines().collect();
    assert_eq!(told[0], "bindwire: refused/nowhere/api.toml:1:1: this file is missing; every spec has one");
    assert!(told.len() > 2 && told.iter().all(|line| line.starts_with("bindwire: refused/nowhere/")), "{told:?}");
    assert!(!out.exists());

    // A spec of another protocol, with a version.
    let run = generate("spec/dynadot", text(&out), "=0.1.0");
    assert_eq!(run.code, Some(0), "{run:?}");
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.ends_with("[dependencies]\nbindwire-wire = { version = \"=0.1.0\" }\n"), "{manifest}");
}

/// A description of an object, as a user writes one.
const LINE: &str = "object = \"CostLine\"\ndoc = \"A line of costs.\"\n\
    [attributes]\nid = { wire = \"LineID\", type = \"text\", key = true, doc = \"The key.\" }\n";

#[test]
fn a_description_of_an_object_becomes_a_crate() {
    let dir = fresh("objects");
    let (file, out) = (dir.join("cost_line.toml"), dir.join("crate"));
    fs::write(&file, LINE).unwrap();
    let wire = root().join("crates/wire");
    let generate = ["generate", "--spec", text(&file), "--out", text(&out), "--wire", text(&wire)];
    let run = bindwire(&generate);
    let told = "bindwire-cost-line: 15 files, 15 written, 0 deleted\n";
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), told, ""));
    assert_eq!(bindwire(&generate).out, "bindwire-cost-line: 15 files, 0 written, 0 deleted\n");
    let commands = fs::read_to_string(out.join("COMMANDS.md")).unwrap();
    assert!(commands.contains("| `CreateOrUpdateCostLine` | cost_line | idempotent write |"), "{commands}");

    // A folder of them is one crate.
    let (folder, out) = (dir.join("mine"), dir.join("both"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cost_line.toml"), LINE).unwrap();
    fs::write(folder.join("run.toml"), "event = \"NightlyRun\"\ndoc = \"A run.\"\n").unwrap();
    let run = bindwire(&["generate", "--spec", text(&folder), "--out", text(&out), "--wire", text(&wire)]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "bindwire-mine: 18 files, 18 written, 0 deleted\n"));

    fs::write(&file, LINE.replace("text", "txt")).unwrap();
    let mistake = "bindwire: cli-import/objects/cost_line.toml:4:32: `txt` is no `type` of attribute `id`; did you mean `text`? allowed: \
        text, domain, int, long, decimal, money, price, epoch_ms, date, date_or_epoch_ms, local_time, flag, availability, currency, \
        ip, id, email, url, secret, period, epoch_s";
    bindwire(&generate).assert_usage(&[mistake]);
}

#[test]
fn a_schema_alone_becomes_a_spec_where_its_elements_tell() {
    let spec = fresh("schema").join("event");
    let file = "crates/codegen/tests/import/good/event/event.xsd";
    let run = bindwire(&["import", "xsd", file, "--out", text(&spec)]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("event: 1 command and 2 types in 4 files; 4 remarks"), "{}", run.out);
    let base = "crates/codegen/tests/import/base/shop.xsd";
    let nothing = "bindwire: shop.xsd:1:1: a schema says nothing of operations, but by pairs of elements that end in \
        `RequestElement` and `ResponseElement`, and this has none: give the WSDL that imports it";
    bindwire(&["import", "xsd", base, "--name", "shop", "--out", text(&spec.with_file_name("shop"))])
        .assert_usage(&[nothing]);
}
