//! The specs of DynECT and Netim, held row by row against the tables of their schemas, which are no part of the repository: the tests
//! say so when they are not there.

use bindwire_codegen::model::{
    Api, Command, Field, FieldKind, FieldScalar, ListStyle, Param, ParamKind, ParamScalar, Required, TypeKind,
};
use bindwire_codegen::spec;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn load(api: &str) -> Api {
    spec::load(&root().join("spec").join(api)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The rows of a table of facts, by what stands in the column `key`.
fn table(file: &str, key: &str) -> Option<BTreeMap<String, Vec<Row>>> {
    let path = root().join("../shared/facts").join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        // Straight to the terminal: what a test that passes prints is not shown.
        let absent = format!("THE TABLE {file} IS ABSENT: NOTHING WAS COMPARED. It belongs under ../shared/facts");
        let _ = writeln!(std::io::stderr(), "\n*** {absent} ***\n");
        return None;
    };
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let cells = columns.iter().zip(line.split('\t').chain(std::iter::repeat("")));
        let row: Row = cells.map(|(column, cell)| ((*column).to_owned(), cell.to_owned())).collect();
        rows.entry(row[key].clone()).or_default().push(row);
    }
    Some(rows)
}

/// Record types of 2.3.1, whose marks the pattern takes for those that came later.
const RECORD_TYPES: [&str; 13] =
    ["A", "AAAA", "CNAME", "DNSKEY", "DS", "KEY", "LOC", "MX", "NS", "PTR", "RP", "SRV", "TXT"];

/// What the schema calls a param's type.
fn type_of_param(api: &Api, param: &Param) -> BTreeSet<String> {
    use ParamScalar as S;
    let names: &[&str] = match &param.kind {
        ParamKind::Scalar(S::Int) => &["xsd:int"],
        ParamKind::Scalar(S::Long) => &["xsd:long", "xsd:int"],
        ParamKind::Scalar(S::Flag) => &["xsd:string", "xsd:int"],
        ParamKind::Scalar(_) => &["xsd:string"],
        ParamKind::Record(name) => return BTreeSet::from([format!("tns:{name}")]),
        ParamKind::Enum(_) => &["xsd:string", "xsd:int"],
        ParamKind::Group(_) | ParamKind::Choice(_) => &[],
    };
    assert!(!names.is_empty(), "{}: `{}` has no place in a schema", api.name, param.name);
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn type_of_field(field: &Field) -> BTreeSet<String> {
    use FieldScalar as S;
    let names: &[&str] = match &field.kind {
        FieldKind::Scalar(S::Int) => &["xsd:int"],
        FieldKind::Scalar(S::Long) => &["xsd:long", "xsd:int"],
        FieldKind::Scalar(S::Any) => &["xsd:anyType"],
        FieldKind::Scalar(S::Flag) | FieldKind::Enum(_) => &["xsd:string", "xsd:int"],
        FieldKind::Scalar(_) => &["xsd:string"],
        FieldKind::Record(name) => return BTreeSet::from([format!("tns:{name}")]),
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Holds one name of the spec against its row.
fn compare(
    place: &str,
    row: &Row,
    is_list: bool,
    is_required: bool,
    types: &BTreeSet<String>,
    wrong: &mut Vec<String>,
) {
    let kind = row.get("field_type").or(row.get("type")).map_or("", String::as_str);
    if !types.contains(kind) {
        wrong.push(format!("{place} is {types:?}, the table says {kind}"));
    }
    if is_list != (row["list"] == "list") {
        wrong.push(format!("{place}: the table says `{}` of its being a list", row["list"]));
    }
    let is_right = match row["required"].as_str() {
        "yes" => is_required,
        "no" => !is_required,
        // A table that does not know leaves it to the pattern of the record types.
        _ => !is_required || place.contains("Record"),
    };
    if !is_right {
        wrong.push(format!("{place}: required is {is_required}, the table says {}", row["required"]));
    }
}

/// The params that come before a command's own.
fn common(api: &Api, command: &Command) -> Vec<String> {
    let here = api.common.iter().filter(|common| !common.last && (command.session || !common.session));
    here.map(|common| common.wire.clone()).collect()
}

#[test]
fn dynect_has_every_command_and_param() {
    let Some(rows) = table("dynect/dynect-commands-3.7.16.tsv", "command") else { return };
    let api = load("dynect");
    let mut wrong = Vec::new();
    let known: BTreeSet<&str> = api.commands().map(|command| command.name.as_str()).collect();
    assert_eq!(known, rows.keys().map(String::as_str).collect());
    assert_eq!(known.len(), 514);
    for command in api.commands() {
        let rows = &rows[&command.name];
        let common = common(&api, command);
        let own = command.params.iter().map(|param| param.wire.clone());
        let names: Vec<String> = common.iter().cloned().chain(own).collect();
        let wanted: Vec<&String> = rows.iter().map(|row| &row["param"]).collect();
        if names.iter().ne(wanted.iter().copied()) {
            wrong.push(format!("{} has {names:?}, the table {wanted:?}", command.name));
            continue;
        }
        for (param, row) in command.params.iter().zip(&rows[common.len()..]) {
            let place = format!("{}.{}", command.name, param.wire);
            let is_list = param.list == Some(ListStyle::Repeated);
            compare(&place, row, is_list, param.required == Required::Yes, &type_of_param(&api, param), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn dynect_says_since_when_a_command_is_there() {
    let Some(rows) = table("dynect/dynect-command-presence.tsv", "command") else { return };
    let api = load("dynect");
    for command in api.commands() {
        let row = &rows[&command.name][0];
        let first = ["2.3.1", "3.7.11", "3.7.16"].into_iter().find(|version| row[*version] == "x");
        assert_eq!(command.since.as_deref().or(Some("2.3.1")), first, "{}", command.name);
    }
}

#[test]
fn dynect_has_every_type_and_field() {
    let Some(rows) = table("dynect/dynect-types-3.7.16.tsv", "type") else { return };
    let api = load("dynect");
    let mut wrong = Vec::new();
    // What is the envelope's, and what nothing uses.
    let aside = ["messages", "ErrorResponseType", "Notifier"];
    let is_own =
        |name: &str| !name.ends_with("RequestType") && !name.ends_with("ResponseType") && !aside.contains(&name);
    let wanted: BTreeSet<&str> = rows.keys().map(String::as_str).filter(|name| is_own(name)).collect();
    let records = api.types.values().filter_map(|declared| match &declared.kind {
        TypeKind::Record(fields) => Some((declared.name.as_str(), fields)),
        _ => None,
    });
    let records: BTreeMap<&str, &Vec<Field>> = records.collect();
    assert_eq!(records.keys().copied().collect::<BTreeSet<_>>(), wanted);
    for (name, fields) in records {
        let rows = &rows[name];
        let names: Vec<String> = fields.iter().map(|field| field.xml.as_ref().unwrap().names.join("/")).collect();
        if names.iter().ne(rows.iter().map(|row| &row["field"])) {
            wrong.push(format!("{name} has {names:?}"));
            continue;
        }
        for (field, row) in fields.iter().zip(rows) {
            let place = format!("{name}.{}", row["field"]);
            compare(&place, row, field.many, !field.optional, &type_of_field(field), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn dynect_answers_what_the_schema_says() {
    let Some(rows) = table("dynect/dynect-responses-3.7.16.tsv", "command") else { return };
    let api = load("dynect");
    for command in api.commands() {
        let row = &rows[&command.name][0];
        let [data] = &*command.reply.fields else { panic!("{} answers one thing, its data", command.name) };
        assert_eq!(data.xml.as_ref().unwrap().names, ["data"], "{}", command.name);
        assert!(type_of_field(data).contains(&row["data_type"]), "{}: {}", command.name, row["data_type"]);
        assert_eq!(data.many, row["data_list"] == "list", "{}", command.name);
    }
}

#[test]
fn the_seven_operations_of_thirty_record_types_are_one_pattern() {
    let api = load("dynect");
    let of_pattern: Vec<_> =
        api.families.iter().filter(|family| family.file.ends_with("commands/record.toml")).collect();
    assert_eq!(of_pattern.len(), 30);
    assert!(of_pattern.iter().all(|family| family.commands.len() == 7));
    assert!(RECORD_TYPES.iter().all(|name| api.types.contains_key(&format!("{name}RecordData"))));
}

#[test]
fn netim_has_every_function_with_its_params_in_order() {
    let Some(rows) = table("netim/netim-soap-2.0-functions.tsv", "function") else { return };
    let api = load("netim");
    let mut wrong = Vec::new();
    let known: BTreeSet<&str> = api.commands().map(|command| command.name.as_str()).collect();
    assert_eq!(known, rows.keys().map(String::as_str).collect());
    assert_eq!(known.len(), 102);
    for command in api.commands() {
        // The wire's name where one was seen, else that of the vendor's client.
        let wire = |row: &Row| match row["wire_name_attested"].split([' ', '(']).next().unwrap_or_default() {
            "" => row["param"].clone(),
            attested => attested.to_owned(),
        };
        let is_session = |row: &&Row| row["param"] != "IDSession";
        let wanted: Vec<String> = rows[&command.name].iter().filter(is_session).map(wire).collect();
        let names: Vec<&String> = command.params.iter().map(|param| &param.wire).collect();
        if names.iter().copied().ne(wanted.iter()) {
            wrong.push(format!("{} has {names:?}, the table {wanted:?}", command.name));
        }
        let has_session = rows[&command.name].iter().any(|row| row["param"] == "IDSession");
        if has_session != command.session {
            wrong.push(format!("{}: session is {}", command.name, command.session));
        }
    }
    assert!(wrong.is_empty(), "{} functions differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn netim_has_every_struct_with_its_fields_in_order() {
    let Some(rows) = table("netim/netim-structs.tsv", "struct") else { return };
    let api = load("netim");
    let mut wrong = Vec::new();
    for (name, rows) in &rows {
        let Some(TypeKind::Record(fields)) = api.types.get(name).map(|declared| &declared.kind) else {
            wrong.push(format!("{name} is missing"));
            continue;
        };
        let names: Vec<&str> = fields.iter().map(|field| field.xml.as_ref().unwrap().names[0].as_str()).collect();
        let wanted: Vec<&str> = rows.iter().map(|row| row["wire_name"].as_str()).collect();
        // An answer that was seen can have more at its end.
        if !names.starts_with(&wanted) {
            wrong.push(format!("{name} has {names:?}, the table {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} structs differ:\n{}", wrong.len(), wrong.join("\n"));
}
