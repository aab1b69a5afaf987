//! The spec that is made of the description of DynECT, held row by row against the tables that were made by other means.

use super::dynect::{facts, unquoted};
use super::fresh;
use bindwire_codegen::import::{Options, Spec, to_folder};
use bindwire_codegen::model::{
    Api, Command, Field, FieldKind, FieldScalar, ListStyle, Param, ParamKind, ParamScalar, Required, TypeKind,
};
use bindwire_codegen::{Form, Wire, generate, spec};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// All that is told of the description. What no spec can say of it is nothing but the shape of faults.
const REPORT: [&str; 5] = [
    "Dynect-2.3.1.wsdl:1: documentation that is no single sentence is not taken, or not whole; times that it was so: 55",
    "Dynect-2.3.1.wsdl:1: no description tells what an operation changes: every command has the effect `write`, and is sent \
     once; correct those that only read",
    "Dynect-2.3.1.wsdl:1: what is called `password`, `token` is taken for secret, and never printed",
    "Dynect-2.3.1.wsdl:1483: the type `ErrorResponseType` is left out: no command has it",
    "Dynect-2.3.1.wsdl:8907: 217 faults hold `ErrorResponse`, which is read as in any fault, as a tree",
];

/// What a row of a table says of a param or field: its name, its type, whether it is a list, whether it is required.
type Row = (String, String, bool, bool);

#[test]
fn everything_stands_in_the_spec() {
    let Some((folder, wsdl)) = facts() else { return };
    let begun = Instant::now();
    let specs = fresh("dynect spec");
    let options = Options { name: None, out: None, specs: &specs, force: false };
    let written = to_folder(&wsdl, options).unwrap_or_else(|error| panic!("{error}"));
    println!("imported, written and loaded in {} ms", begun.elapsed().as_millis());
    let report: Vec<String> = written.spec.report.iter().map(ToString::to_string).collect();
    assert_eq!(report, REPORT);
    let api = spec::load(&written.folder).unwrap_or_else(|problems| panic!("{problems}"));
    binding(&api);
    assert_eq!((api.commands().count(), written.spec.commands), (217, 217));
    assert_eq!((api.types.len(), written.spec.types), (64, 64));
    assert!(api.families.iter().all(|family| family.commands.len() <= 100));
    commands(&api, &rows(&folder, "commands"));
    types(&api, &written.spec, &rows(&folder, "types"));
    responses(&api, &folder);
    let begun = Instant::now();
    let wire = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wire");
    let form = Form::Crate { wire: Wire::Path(wire) };
    let made = generate(&written.folder, &specs.join("crate"), &bindwire_codegen::Options { form });
    let made = made.unwrap_or_else(|error| panic!("{error}"));
    println!("{made}: {} ms", begun.elapsed().as_millis());
    fs::write(specs.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"crate\"]\n").expect("a file");
    super::spec::check(&specs);
    let again = fresh("dynect spec again");
    let options = Options { name: None, out: None, specs: &again, force: false };
    let second = to_folder(&wsdl, options).unwrap_or_else(|error| panic!("{error}"));
    assert!(second.spec.files == written.spec.files, "a second import gives other bytes");
}

fn binding(api: &Api) {
    let soap = api.soap.as_ref().expect("a binding");
    assert_eq!((api.name.as_str(), api.version.as_str()), ("dynect", "2.3.1"));
    assert_eq!(
        api.endpoints.iter().collect::<Vec<_>>(),
        [(&"live".to_owned(), &"https://api2.dynect.net/SOAP/".to_owned())]
    );
    assert_eq!(soap.namespace, "https://api2.dynect.net/wsdl/{version}/Dynect/");
    assert_eq!((soap.action.as_str(), soap.request.as_str()), ("https://api2.dynect.net/SOAP/", "{command}Request"));
    for command in api.commands() {
        assert_eq!((command.element.as_deref(), command.rust.as_deref()), (None, None), "{}", command.name);
        assert_eq!(command.reply.xml.root, format!("{}Response", command.name));
    }
}

/// The rows of a table by their first column, in order.
fn rows(folder: &Path, table: &str) -> BTreeMap<String, Vec<Row>> {
    let text = fs::read_to_string(folder.join(format!("dynect-{table}-2.3.1.tsv"))).expect("a table of the facts");
    let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for line in unquoted(&text).lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [first, position, name, ty, list, required, ..] = cells[..] else { panic!("{line}") };
        let known = rows.entry(first.to_owned()).or_default();
        assert_eq!(position.parse(), Ok(known.len()), "{line}");
        known.push((name.to_owned(), ty.to_owned(), list == "list", required == "yes"));
    }
    rows
}

fn command<'a>(api: &'a Api, name: &str) -> &'a Command {
    api.commands().find(|command| command.name == name).unwrap_or_else(|| panic!("no command {name}"))
}

/// The spec has a record of this name for the type that the table calls so.
fn record(name: &str) -> String {
    format!("tns:{}", if name == "Messages" { "messages" } else { name })
}

fn of_param(param: &Param) -> Row {
    let ty = match (&param.kind, param.range) {
        (ParamKind::Scalar(ParamScalar::Text), None) => "xsd:string".to_owned(),
        (ParamKind::Scalar(ParamScalar::Long), Some((-2_147_483_648, 2_147_483_647))) => "xsd:int".to_owned(),
        (ParamKind::Scalar(ParamScalar::Long), None) => "xsd:long".to_owned(),
        (ParamKind::Record(name), None) => record(name),
        other => panic!("{}: {other:?}", param.name),
    };
    let list = match param.list {
        None => false,
        Some(ListStyle::Repeated) => true,
        Some(_) => panic!("{}: {:?}", param.name, param.list),
    };
    (param.wire.clone(), ty, list, param.required == Required::Yes)
}

fn of_field(field: &Field) -> Row {
    let ty = match &field.kind {
        FieldKind::Scalar(FieldScalar::Text | FieldScalar::Secret) => "xsd:string".to_owned(),
        FieldKind::Scalar(FieldScalar::Int) => "xsd:int".to_owned(),
        FieldKind::Scalar(FieldScalar::Long) => "xsd:long".to_owned(),
        FieldKind::Scalar(FieldScalar::Any) => "xsd:anyType".to_owned(),
        FieldKind::Record(name) => record(name),
        other => panic!("{}: {other:?}", field.name),
    };
    let path = field.xml.as_ref().expect("a path").names.join("/");
    (path, ty, field.many, !field.optional)
}

fn commands(api: &Api, table: &BTreeMap<String, Vec<Row>>) {
    assert_eq!((table.len(), table.values().map(Vec::len).sum::<usize>()), (217, 1186));
    for (name, rows) in table {
        let found: Vec<Row> = command(api, name).params.iter().map(of_param).collect();
        assert_eq!(&found, rows, "{name}");
    }
}

/// Each type is a command's params, a command's reply, a record, or in the report.
fn types(api: &Api, spec: &Spec, table: &BTreeMap<String, Vec<Row>>) {
    assert_eq!(table.len(), 499);
    let mut counts = [0; 4];
    for (name, rows) in table {
        let plain = if name == "messages" { "Messages" } else { name };
        let request = name.strip_suffix("RequestType").and_then(|name| api.commands().find(|it| it.name == name));
        let response = name.strip_suffix("ResponseType").and_then(|name| api.commands().find(|it| it.name == name));
        let (kind, found): (usize, Vec<Row>) = match (api.types.get(plain), request, response) {
            (Some(ty), None, None) => match &ty.kind {
                TypeKind::Record(fields) => (0, fields.iter().map(of_field).collect()),
                other => panic!("{name}: {other:?}"),
            },
            (None, Some(command), None) => (1, command.params.iter().map(of_param).collect()),
            (None, None, Some(command)) => (2, command.reply.fields.iter().map(of_field).collect()),
            (None, None, None) => {
                let what = format!("the type `{name}` is left out: no command has it");
                assert!(spec.report.iter().any(|remark| remark.what == what), "{name} is in neither spec nor report");
                counts[3] += 1;
                continue;
            }
            _ => panic!("{name} is in the spec twice"),
        };
        counts[kind] += 1;
        assert_eq!(&found, rows, "{name}");
    }
    assert_eq!(counts, [64, 217, 217, 1], "records, params, replies, in the report");
}

fn responses(api: &Api, folder: &Path) {
    let text = fs::read_to_string(folder.join("dynect-responses-2.3.1.tsv")).expect("a table of the facts");
    let mut count = 0;
    for line in unquoted(&text).lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, _, _, _, names, data, list, ..] = cells[..] else { panic!("{line}") };
        let fields: Vec<Row> = command(api, name).reply.fields.iter().map(of_field).collect();
        let found: Vec<String> =
            fields.iter().map(|(name, _, many, _)| format!("{name}{}", if *many { "[]" } else { "" })).collect();
        assert_eq!(found.join(","), names, "{name}");
        let (_, ty, many, _) = fields.iter().find(|(name, ..)| name == "data").expect("data");
        assert_eq!((ty.as_str(), *many), (data, list == "list"), "{name}");
        count += 1;
    }
    assert_eq!(count, 217);
}
