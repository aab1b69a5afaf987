//! Crates of an object that a customer publishes: of its WSDL, of its schema alone, and of a description that the user writes. All of
//! them read the documented answer.

use super::spec::cargo;
use super::{fresh, here};
use bindwire_codegen::import::{Options, to_folder};
use bindwire_codegen::{Form, Wire, generate};
use std::fs;
use std::path::{Path, PathBuf};

/// A description, as users write one.
const DESCRIPTION: &str = r#"
object = "SampleObject"
doc = "A cost object."
[attributes]
cost_object_id = { wire = "CostObjectID", type = "text", key = true, doc = "The key." }
cost_object_name = { wire = "CostObjectName", type = "text", doc = "The name." }
is_open = { wire = "IsOpen", type = "flag", doc = "Whether it is open." }
amount = { wire = "Amount", type = "decimal", doc = "What it costs." }
due = { wire = "Due", type = "date", doc = "When it is due." }
[parameters]
filter = { type = "text", doc = "What the records are filtered by." }
"#;

/// A test of a generated crate that reads the documented answer to an update; `results` is the field that has them.
fn reading(krate: &str, results: &str, flag: &str, answer: &Path) -> String {
    format!(
        r#"use {krate}::sample_object::UpdateSampleObject;
use {krate}::wire::{{Command, Options, decode}};

#[test]
fn the_documented_answer() {{
    let answer = include_bytes!({answer:?});
    let reply = decode::<<UpdateSampleObject as Command>::Reply>(UpdateSampleObject::INFO.reply, answer, &Options::default()).unwrap();
    let value = reply.value.unwrap();
    let flags: Vec<_> = value.{results}.iter().map(|result| (result.index, result.{flag})).collect();
    assert_eq!(flags, [(Some(0), Some(true)), (Some(1), Some(false))]);
    assert!(format!("{{:?}}", value.{results}[1]).contains("not found by key"));
}}
"#
    )
}

#[test]
fn they_read_the_documented_answer() {
    let dir = fresh("objects");
    let wire = Wire::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../wire"));
    let answer = here().join("../../../../tests/vectors/ecosys/UpdateSampleObject/page/reply.xml");
    let answer = answer.canonicalize().expect("the documented answer");
    let generated = |spec: &Path, name: &str, results: &str, flag: &str| {
        let out = dir.join(name);
        let options = bindwire_codegen::Options { form: Form::Crate { wire: wire.clone() } };
        generate(spec, &out, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        fs::create_dir_all(out.join("tests")).expect("a folder");
        let test = reading(&format!("bindwire_{name}"), results, flag, &answer);
        fs::write(out.join("tests/reads.rs"), test).expect("a file");
    };
    for (name, file) in [("of_wsdl", "object/sample.wsdl"), ("of_schema", "object/sample.xsd")] {
        let spec: PathBuf = dir.join("spec").join(name);
        let options = Options { name: Some(name), out: Some(&spec), specs: &dir, force: false };
        to_folder(&here().join("good").join(file), options).unwrap_or_else(|error| panic!("{name}: {error}"));
        generated(&spec, name, "object_result", "success_flag");
    }
    fs::write(dir.join("described.toml"), DESCRIPTION).expect("a file");
    generated(&dir.join("described.toml"), "described", "results", "success");
    let members = ["of_wsdl", "of_schema", "described"];
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(dir.join("Cargo.toml"), manifest).expect("a file");
    cargo(&dir, &["test", "--quiet", "--offline", "--workspace", "--tests"]);
}
