//! Specs that are made of descriptions: the good ones as a whole, and that they load and become crates that compile.
//!
//! To write what is found in place of what is expected, set `BINDWIRE_BLESS=1`, and read the difference.

use super::{fresh, here};
use bindwire_codegen::import::{self, ImportError, Options, Spec, to_folder};
use bindwire_codegen::model::Api;
use bindwire_codegen::{Form, Wire, generate, spec};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The good descriptions of which a spec can be made.
const GOOD: [(&str, &str); 7] = [
    // Document/literal, with types of several namespaces and files.
    ("orders", "orders.wsdl"),
    // An API that is published for one kind of object: elements that are not called after their operation.
    ("object", "sample.wsdl"),
    // The same of a schema alone, for an event.
    ("event", "event.xsd"),
    // Rpc/encoded: arrays, maps, one part in a reply.
    ("encoded", "registrar.wsdl"),
    // Rpc/encoded: what structures and arrays can hold, several parts in a reply.
    ("structs", "structs.wsdl"),
    // Document/literal, with the elements of requests qualified, as most programs write it.
    ("qualified", "qualified.wsdl"),
    // Document/literal: names that are none in Rust, every scalar, circles, and what a spec cannot say.
    ("odd", "odd.wsdl"),
];

fn made(folder: &str, file: &str) -> Spec {
    let path = here().join("good").join(folder).join(file);
    let imported = import::read(&path).unwrap_or_else(|problems| panic!("{problems}"));
    import::spec(&imported, Some(folder)).unwrap_or_else(|problem| panic!("{problem}"))
}

/// A spec as one text.
fn shown(spec: &Spec) -> String {
    let files = spec.files.iter().map(|(path, text)| format!("=== {}\n{text}\n", path.display()));
    format!("{}=== report\n{}\n", files.collect::<String>(), spec.report)
}

/// Writes a spec as it is.
fn put(spec: &Spec, folder: &Path) {
    for (path, text) in &spec.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }
}

#[test]
fn good_descriptions_become_specs() {
    for (folder, file) in GOOD {
        let found = shown(&made(folder, file));
        let path = here().join("good").join(folder).join("spec.txt");
        if std::env::var_os("BINDWIRE_BLESS").is_some_and(|value| value == "1") {
            fs::write(&path, &found).expect("a written file");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let differs = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
        assert!(found == expected, "{folder}/spec.txt, line {:?} on:\n{found}", differs.map(|line| line + 1));
        assert_eq!(shown(&made(folder, file)), found, "a second time");
    }
}

#[test]
fn they_load_and_compile() {
    let dir = fresh("compiled");
    let wire = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wire");
    for (folder, file) in GOOD {
        let place = dir.join("spec").join(folder);
        put(&made(folder, file), &place);
        let form = Form::Crate { wire: Wire::Path(wire.clone()) };
        let made = generate(&place, &dir.join(folder), &bindwire_codegen::Options { form });
        made.unwrap_or_else(|error| panic!("{folder}: {error}"));
    }
    include(&dir, &wire);
    let mut members: Vec<&str> = GOOD.iter().map(|(folder, _)| *folder).collect();
    members.push("included");
    fs::write(dir.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))
        .expect("a file");
    check(&dir);
}

/// A crate that includes its root, as one does whose build script generates it.
fn include(dir: &Path, wire: &Path) {
    let (own, out) = (dir.join("included"), dir.join("out"));
    generate(&dir.join("spec/orders"), &out, &bindwire_codegen::Options { form: Form::Sources })
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(!out.join("Cargo.toml").exists() && !out.join("COMMANDS.md").exists());
    fs::create_dir_all(own.join("src")).expect("a folder");
    let root = format!("//! Included.\n\ninclude!({:?});\n", out.join("src/lib.rs"));
    fs::write(own.join("src/lib.rs"), root).expect("a file");
    let manifest = format!(
        "[package]\nname = \"included\"\nedition = \"2024\"\n[dependencies]\nbindwire-wire = {{ path = {wire:?}, features = [\"soap\"] }}\n"
    );
    fs::write(own.join("Cargo.toml"), manifest).expect("a file");
}

/// Runs `cargo check` on a workspace, which must have nothing to say.
pub fn check(dir: &Path) {
    cargo(dir, &["check", "--quiet", "--offline", "--workspace"]);
}

/// Runs cargo on a workspace, which must have nothing to say.
pub fn cargo(dir: &Path, arguments: &[&str]) {
    let begun = Instant::now();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // The versions of this repository, so that nothing is fetched.
    fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock")).expect("a copied file");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder of all that is built");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).current_dir(dir);
    cargo.env("CARGO_TARGET_DIR", target);
    let output = cargo.output().expect("cargo");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "cargo {arguments:?} in {}:\n{told}", dir.display());
    println!("{arguments:?} took {} ms", begun.elapsed().as_millis());
}

fn wsdl(folder: &str, file: &str) -> PathBuf {
    here().join("good").join(folder).join(file)
}

/// Imports into the folder of all specs, or into one that is named.
fn import(specs: &Path, name: Option<&str>, out: Option<&Path>, force: bool) -> Result<String, String> {
    let options = Options { name, out, specs, force };
    match to_folder(&wsdl("encoded", "registrar.wsdl"), options) {
        Ok(written) => Ok(written.to_string().replace(&specs.display().to_string(), "SPECS")),
        Err(error) => Err(error.to_string().replace(&specs.display().to_string(), "SPECS")),
    }
}

#[test]
fn a_folder_is_not_overwritten_unasked() {
    let specs = fresh("folders");
    let written = import(&specs, None, None, false).expect("a spec");
    let begins = "wrote SPECS/registrar/api.toml\nwrote SPECS/registrar/commands/registrar.toml\n";
    assert!(written.starts_with(begins), "{written}");
    assert!(written.contains("\nregistrar: 3 commands and 1 type in 4 files; 6 remarks on "), "{written}");
    let api = fs::read_to_string(specs.join("registrar/api.toml")).expect("a file");

    let refused = import(&specs, None, None, false).expect_err("it is there");
    assert_eq!(refused, "SPECS/registrar holds a spec already; give --force to overwrite it, or another folder");

    // What the import would not make is left, but for what an earlier one left.
    for (file, text) in
        [("api.toml", "broken"), ("errata.toml", "# mine\n"), ("types/old.toml", ""), ("types/a.txt", "")]
    {
        fs::write(specs.join("registrar").join(file), text).expect("a written file");
    }
    import(&specs, None, None, true).expect("a spec");
    assert_eq!(fs::read_to_string(specs.join("registrar/api.toml")).expect("a file"), api);
    assert_eq!(fs::read_to_string(specs.join("registrar/errata.toml")).expect("a file"), "# mine\n");
    assert!(!specs.join("registrar/types/old.toml").exists() && specs.join("registrar/types/a.txt").exists());

    let other = specs.join("other");
    fs::create_dir_all(&other).expect("a folder");
    import(&specs, None, Some(&other), false).expect("an empty folder is as good as none");
    assert!(fs::read_to_string(other.join("api.toml")).expect("a file").contains("name = \"other\""));
    let mine = specs.join("mine");
    fs::create_dir_all(&mine).expect("a folder");
    fs::write(mine.join("notes.txt"), "").expect("a written file");
    let refused = import(&specs, None, Some(&mine), true).expect_err("it is no spec");
    assert_eq!(refused, "SPECS/mine is there and holds no spec; give another folder");
    let file = mine.join("notes.txt");
    let refused = import(&specs, None, Some(&file), true).expect_err("it is a file");
    assert!(refused.starts_with("the API's name `notes.txt` is not snake_case"), "{refused}");
    let left: Vec<_> = fs::read_dir(&specs).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 3, "nothing else is left behind: {left:?}");
}

#[test]
fn names_that_cannot_be() {
    let specs = fresh("names");
    let refused = |name, out| import(&specs, Some(name), out, false).expect_err("no name");
    assert_eq!(refused("Shop", None), "the API's name `Shop` is not snake_case; write `shop`");
    assert_eq!(
        refused("option", None),
        "the API's name `option` is one that generated code uses; call it `option_service`"
    );
    let elsewhere = specs.join("elsewhere");
    let told = "the API is called `shop`, but its folder `elsewhere`; give both one name";
    assert_eq!(refused("shop", Some(&elsewhere)), told);
    assert!(!elsewhere.exists());
}

/// What is told of a description of which no spec can be made.
fn refused(path: &Path) -> String {
    let specs = fresh("refused");
    let options = Options { name: None, out: None, specs: &specs, force: false };
    let error = to_folder(path, options).expect_err("no spec");
    assert!(matches!(error, ImportError::Description(_)), "{error:?}");
    assert_eq!(fs::read_dir(&specs).expect("a folder").count(), 0, "nothing is written");
    error.to_string()
}

#[test]
fn nothing_that_a_spec_can_say() {
    let told = refused(&wsdl("leftovers", "leftovers.wsdl"));
    let begins = "leftovers.wsdl:1:1: no operation of `Left` can become a command: \
                  the operation `Good` is left out: it is not answered, and a command is; ";
    assert!(told.starts_with(begins), "{told}");
    assert_eq!(told.lines().count(), 1);
}

#[test]
fn types_that_nest_without_end() {
    let types = |depth: usize| -> String {
        let nested = (0..depth).map(|number| {
            let next = number + 1;
            format!(r#"<x:complexType name="T{number}"><x:sequence><x:element name="a" type="t:T{next}"/></x:sequence></x:complexType>"#)
        });
        nested.collect::<Vec<_>>().join("\n")
    };
    let whole = |depth: usize| {
        format!(
            r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
                xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
            <types><x:schema targetNamespace="urn:t">
            {}
            <x:complexType name="T{depth}"><x:sequence><x:element name="a" type="x:int"/></x:sequence></x:complexType>
            <x:element name="Ask"><x:complexType><x:sequence><x:element name="a" type="t:T0"/></x:sequence></x:complexType></x:element>
            </x:schema></types>
            <message name="M"><part name="p" element="t:Ask"/></message>
            <portType name="P"><operation name="Ask"><input message="t:M"/><output message="t:M"/></operation></portType>
            <binding name="B" type="t:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/>
            <operation name="Ask"><input><s:body/></input><output><s:body/></output></operation></binding>
            <service name="Deep"><port name="S" binding="t:B"><s:address location="https://t.example/"/></port></service></definitions>"#,
            types(depth)
        )
    };
    let path = fresh("deep").join("t.wsdl");
    fs::write(&path, whole(60)).expect("a written file");
    let specs = fresh("deep specs");
    let options = Options { name: None, out: None, specs: &specs, force: false };
    let written = to_folder(&path, options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((written.spec.commands, written.spec.types), (1, 61));
    let api = spec::load(&written.folder).expect("a spec");
    assert!(!bindwire_codegen::emit::emit(&api).is_empty());
    fs::write(&path, whole(20_000)).expect("a written file");
    let told = refused(&path);
    assert!(told.ends_with("types stand in each other more than 64 deep in `T19935`; a spec has an end"), "{told}");
}

#[test]
fn generated_crates_stand_alone() {
    let dir = fresh("alone");
    let (place, out) = (dir.join("spec/orders"), dir.join("crate"));
    put(&made("orders", "orders.wsdl"), &place);
    let options = bindwire_codegen::Options::default();
    let first = generate(&place, &out, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((first.api.as_str(), first.written.len(), first.deleted.len()), ("orders", first.files, 0));
    let manifest = fs::read_to_string(out.join("Cargo.toml")).expect("a manifest");
    assert!(!manifest.contains("workspace"), "{manifest}");
    let version = env!("CARGO_PKG_VERSION");
    let wire = format!("bindwire-wire = {{ version = \"{version}\", features = [\"soap\"] }}");
    assert!(manifest.contains(&wire), "{manifest}");
    let second = generate(&place, &out, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((second.written.len(), second.deleted.len()), (0, 0), "nothing differs");

    // Sources of an earlier spec go, those of others stay.
    let stray = out.join("src/order_service/old.rs");
    fs::copy(out.join("src/registry.rs"), &stray).expect("a copied file");
    fs::write(out.join("src/mine.rs"), "//! Mine.\n").expect("a written file");
    let third = generate(&place, &out, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(third.deleted, [PathBuf::from("src/order_service/old.rs")]);
    assert!(!stray.exists() && out.join("src/mine.rs").exists());

    let told = |out: &Path, form| {
        let told = generate(&place, out, &bindwire_codegen::Options { form }).expect_err("a refusal").to_string();
        told.replace(&dir.display().to_string(), "DIR")
    };
    let other = dir.join("other");
    fs::create_dir_all(&other).expect("a folder");
    fs::write(other.join("Cargo.toml"), "[package]\n").expect("a written file");
    let wanted =
        "DIR/other/Cargo.toml was not generated by `bindwire generate`, and is not overwritten; give another folder";
    assert_eq!(told(&other, Form::default()), wanted);
    let wire = Form::Crate { wire: Wire::of("nowhere/wire") };
    let wanted =
        "nowhere/wire is not the folder of bindwire-wire: it has no Cargo.toml; give its folder, or a version as 0.1";
    assert_eq!(told(&dir.join("new"), wire), wanted);
    assert!(!dir.join("new").exists());
}

/// What becomes of a description: nothing where it is told to be wrong, else a spec that loads.
fn survives(dir: &Path, text: &str, what: &str) -> Option<Api> {
    let path = dir.join("t.wsdl");
    fs::write(&path, text).expect("a written file");
    let imported = import::read(&path).ok()?;
    let spec = import::spec(&imported, Some("odd")).ok()?;
    let place = dir.join("odd");
    let _ = fs::remove_dir_all(&place);
    put(&spec, &place);
    Some(spec::load(&place).unwrap_or_else(|problems| panic!("{what}:\n{problems}")))
}

#[test]
fn whatever_is_read_becomes_a_spec_that_loads() {
    let dir = fresh("survivors");
    let text = ["odd/odd.wsdl", "structs/structs.wsdl"].map(|file| fs::read_to_string(here().join("good").join(file)));
    let mut survivors = 0;
    for text in text.map(|text| text.expect("a description")) {
        // Without one of its lines.
        let lines: Vec<&str> = text.lines().collect();
        for left_out in (0..lines.len()).step_by(5) {
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, line)| *line);
            let what = format!("without `{}`", lines[left_out]);
            let kept = kept.collect::<Vec<_>>().join("\n");
            survivors += usize::from(survives(&dir, &kept, &what).is_some());
        }
        // With another name for one of its things, wherever it is named.
        let mut names: Vec<&str> = text.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        names.sort_unstable();
        names.dedup();
        let others = ["self", "Vec", "type", "_", "1.é-ß_", "types", "IntoIterator", "Unknown", "item", "new_value"];
        for (index, name) in names.iter().enumerate() {
            let other = others[index % others.len()];
            let changed = text.replace(&format!("\"{name}\""), &format!("\"{other}\""));
            let changed = changed.replace(&format!(":{name}\""), &format!(":{other}\""));
            if let Some(api) = survives(&dir, &changed, &format!("`{name}` as `{other}`")) {
                // To emit every third says enough of how names are taken, and takes a third of the time.
                assert!(index % 3 != 0 || !bindwire_codegen::emit::emit(&api).is_empty());
                survivors += 1;
            }
        }
    }
    assert!(survivors > 80, "only {survivors} descriptions were read");
}

#[test]
fn encoded_params_are_of_no_namespace() {
    let place = fresh("encoded and qualified").join("spec/encoded");
    put(&made("encoded", "registrar.wsdl"), &place);
    let api = place.join("api.toml");
    let text = fs::read_to_string(&api).expect("a file");
    fs::write(&api, text.replace("style = \"rpc\"\n", "style = \"rpc\"\nqualified = true\n")).expect("a written file");
    let problems = spec::load(&place).expect_err("a problem").to_string();
    let wanted = "spec/encoded/api.toml:17:1: `qualified` makes no sense here: parts of style `rpc` are of no namespace; \
                  leave it out";
    assert_eq!(problems, wanted);
}
