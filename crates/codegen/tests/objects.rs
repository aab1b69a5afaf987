//! Descriptions of objects and events: what each stands for, and every mistake with its place.

use bindwire_codegen::emit::emit;
use bindwire_codegen::model::{Api, Effect, Required, TypeKind};
use bindwire_codegen::spec::{Problems, load};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes files into a fresh folder.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("objects").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a description");
    }
    folder
}

fn one(name: &str, text: &str) -> Result<Api, Problems> {
    load(&folder(name, &[("cost_line.toml", text)]).join("cost_line.toml"))
}

const COST_LINE: &str = r#"
object = "Cost-Line.v2"
api = "CostLines"
doc = "A line of costs."
[attributes]
id = { wire = "LineID", type = "text", key = true, doc = "The key." }
is_open = { wire = "IsOpen", type = "flag", doc = "Whether it is open." }
[parameters]
year = { type = "int", required = true, doc = "The year." }
"#;

#[test]
fn a_description_alone_stands_for_an_api() {
    let api = one("alone", COST_LINE).unwrap();
    assert_eq!(api.name, "cost_line");
    let commands: Vec<_> = api.commands().map(|command| (command.name.as_str(), command.effect)).collect();
    let wanted = [
        ("ReadCostLineV2", Effect::Read),
        ("UpdateCostLineV2", Effect::IdempotentWrite),
        ("CreateCostLineV2", Effect::Write),
        ("CreateOrUpdateCostLineV2", Effect::IdempotentWrite),
        ("DeleteCostLineV2", Effect::IdempotentWrite),
    ];
    assert_eq!(commands, wanted);
    for command in api.commands() {
        assert_eq!(command.namespace.as_deref(), Some("http://ecosys.net/api/CostLines"));
        let wires: Vec<_> = command.params.iter().map(|param| param.wire.as_str()).collect();
        assert_eq!(wires[..2], ["Cost-Line.v2Options", "Cost-Line.v2Parameters"], "{}", command.name);
        assert_eq!(command.params[1].required, Required::Yes, "one of the parameters is");
    }
    let delete = api.commands().last().unwrap();
    assert_eq!(delete.element.as_deref(), Some("Cost-Line.v2DeleteRequestElement"));
    assert_eq!(delete.reply.xml.root, "Cost-Line.v2WriteResponseElement");
    assert_eq!(delete.params[2].wire, "Cost-Line.v2Key");
    let TypeKind::Record(fields) = &api.types["CostLineV2"].kind else { panic!("a record") };
    let fields: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.optional)).collect();
    assert_eq!(fields, [("id", false), ("is_open", true)]);
    assert_eq!(api.types["CostLineV2"].file, "objects/alone/cost_line.toml");
    assert!(!emit(&api).is_empty());
}

#[test]
fn what_an_object_lacks_nothing_is_made_of() {
    let text = "object = \"Bare\"\ndoc = \"Plain.\"\n[attributes]\nname = { type = \"text\", doc = \"A name.\" }\n";
    let api = one("plain", text).unwrap();
    assert!(api.commands().all(|command| !command.name.starts_with("Delete")), "there is no key to delete by");
    assert!(api.commands().all(|command| command.params.iter().all(|param| param.name != "parameters")));
    assert!(!api.types.contains_key("BareParameters") && !api.types.contains_key("BareKey"));
}

#[test]
fn an_event_brings_what_it_needs_alone() {
    let api = one("event", "event = \"NightlyRun\"\ndoc = \"A run.\"\n").unwrap();
    let commands: Vec<_> = api.commands().map(|command| command.name.as_str()).collect();
    let types: Vec<_> = api.types.keys().map(String::as_str).collect();
    assert_eq!((commands, types), (vec!["TriggerNightlyRun"], vec!["NightlyRunOptions"]));
}

#[test]
fn a_folder_of_descriptions_is_one_api() {
    let event = "event = \"NightlyRun\"\ndoc = \"A run.\"\n";
    let api = load(&folder("Our-Objects", &[("cost_line.toml", COST_LINE), ("run.toml", event)])).unwrap();
    assert_eq!((api.name.as_str(), api.commands().count()), ("our_objects", 6));
}

#[test]
fn every_mistake_has_its_place() {
    let cases = [
        ("doc = \"A.\"\n", "1:1: this describes nothing; name what it describes: `object = \"...\"`, or `event`"),
        (
            "object = \"9x\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", doc = \"A.\" }\n",
            "1:10: object `9x` cannot be the name of an API; begin with a letter, and use letters, digits, `-`, `_` and `.`, no two dots together",
        ),
        (
            "object = \"A..b\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", doc = \"A.\" }\n",
            "1:10: object `A..b` cannot be the name of an API; begin with a letter, and use letters, digits, `-`, `_` and `.`, no two dots together",
        ),
        (
            "event = \"A\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", doc = \"A.\" }\n",
            "3:2: an event has no attributes; it has parameters, if anything",
        ),
        ("object = \"A\"\ndoc = \"A.\"\n", "1:1: the object has no `attributes`; describe what its records have"),
        (
            "object = \"A\"\nevent = \"B\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", doc = \"A.\" }\n",
            "2:1: this is an object already; describe the event in a file of its own",
        ),
        (
            "object = \"A\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", wire = \"B\", doc = \"A.\" }\nb = { type = \"text\", wire = \"B\", doc = \"A.\" }\n",
            "5:29: two of them are called `B` on the wire; an element has one meaning",
        ),
        (
            "object = \"A\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", wire = \"B/C\", doc = \"A.\" }\n",
            "4:29: `B/C` cannot be the name of an element; begin with a letter, and use letters, digits, `-`, `_` and `.`",
        ),
        (
            "object = \"Types\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", doc = \"A.\" }\n",
            "1:1: each crate has a module `types` of its own; give another name in `rust`",
        ),
        (
            "object = \"Text\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", doc = \"A.\" }\n",
            "1:1: type `Text` would hide a type that generated code uses; call it otherwise, as `TextInfo`",
        ),
        (
            "object = \"A\"\ndoc = \"A.\"\n[attributes]\na = { typ = \"text\", doc = \"A.\" }\n",
            "4:7: unknown key `typ` in attribute `a`; did you mean `type`? allowed: type, wire, key, as, doc",
        ),
    ];
    for (text, wanted) in cases {
        let problems = one("wrong", text).unwrap_err().to_string();
        assert_eq!(problems, format!("objects/wrong/cost_line.toml:{wanted}"), "{text}");
    }
}

#[test]
fn a_name_in_rust_is_the_way_out() {
    let text =
        "object = \"Text\"\nrust = \"TextLine\"\ndoc = \"A.\"\n[attributes]\na = { type = \"text\", doc = \"A.\" }\n";
    let api = one("renamed", text).unwrap();
    let read = api.commands().next().unwrap();
    assert_eq!((read.name.as_str(), read.element.as_deref()), ("ReadTextLine", Some("TextReadRequestElement")));
}
