//! The description of DynECT, held row by row against the tables that were made of it by other means.
//!
//! It may not be copied into the repository: it is read from where the documents are, and the test says so when it is not
//! there.

use bindwire_codegen::import::model::{Complex, Content, Field, Service, Style, TypeKind, TypeRef, Usage};
use bindwire_codegen::import::reference;
use bindwire_codegen::import::{self, QName};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

const NAMESPACE: &str = "https://api2.dynect.net/wsdl/2.3.1/Dynect/";
const ADDRESS: &str = "https://api2.dynect.net/SOAP/";

#[test]
fn everything_is_as_the_tables_say() {
    let Some((folder, wsdl)) = facts() else { return };
    let begun = Instant::now();
    let imported = import::read(&wsdl).unwrap_or_else(|problems| panic!("{problems}"));
    println!("read in {} ms", begun.elapsed().as_millis());
    assert_eq!(imported.report.to_string(), "");
    let service = imported.service;
    wire(&service);
    assert_eq!(service.operations.len(), 217);
    assert_eq!(service.types.len(), 499);
    compare(&folder, "commands", &commands(&service));
    compare(&folder, "types", &types(&service));
    compare(&folder, "responses", &responses(&service));
}

/// The folder of the facts, and the description in it.
pub fn facts() -> Option<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/facts/dynect");
    let wsdl = folder.join("Dynect-2.3.1.wsdl");
    if !wsdl.is_file() {
        // Straight to the terminal: what a test that passes prints is not shown.
        let absent = "THE DESCRIPTION OF DYNECT IS ABSENT: NOTHING WAS COMPARED. It belongs at ../shared/facts/dynect";
        let _ = writeln!(std::io::stderr(), "\n*** {absent} ***\n");
        return None;
    }
    Some((folder, wsdl))
}

/// What the facts say of the wire.
fn wire(service: &Service) {
    assert_eq!((service.name.as_str(), service.namespace.as_str()), ("Dynect", NAMESPACE));
    assert_eq!(service.binding, QName::new(NAMESPACE, "DynectSOAP"));
    let addresses: Vec<_> = service.addresses.iter().map(|it| (it.port.as_str(), it.location.as_str())).collect();
    assert_eq!(addresses, [("DynectSOAP", ADDRESS)]);
    for operation in &service.operations {
        let name = &operation.name;
        let tns = |end: &str| QName::new(NAMESPACE, format!("{name}{end}"));
        let output = operation.output.as_ref().expect("a reply");
        assert_eq!((operation.style, operation.action.as_str()), (Style::Document, ADDRESS), "{name}");
        assert_eq!((operation.input.usage, output.usage), (Usage::Literal, Usage::Literal), "{name}");
        assert_eq!((&operation.input.name, &output.name), (&tns("Request"), &tns("Response")));
        assert_eq!(operation.input.body.root(), Some(&tns("Request")));
        assert_eq!(output.body.root(), Some(&tns("Response")));
        assert_eq!(operation.input_type(), Some(&TypeRef::Named(tns("RequestType"))));
        assert_eq!(operation.output_type(), Some(&TypeRef::Named(tns("ResponseType"))));
        let [fault] = operation.faults.as_slice() else { panic!("{name} has {} faults", operation.faults.len()) };
        let error = QName::new(NAMESPACE, "ErrorResponse");
        assert_eq!((fault.name.as_str(), fault.part.element.as_ref()), ("fault", Some(&error)), "{name}");
    }
    for ty in service.types.iter() {
        let complex = complex(service, &ty.name);
        let plain = complex.content == Content::Sequence && complex.choices.is_empty() && complex.base.is_none();
        assert!(plain && ty.path.is_none(), "{}", ty.name);
        assert!(complex.fields.iter().all(|field| field.namespace.is_empty()), "{}", ty.name);
    }
}

fn complex<'s>(service: &'s Service, name: &QName) -> &'s Complex {
    match &service.types.get(name).expect("a type").kind {
        TypeKind::Complex(complex) => complex,
        other => panic!("{name} is {other:?}"),
    }
}

fn of(ty: Option<&TypeRef>) -> &QName {
    match ty {
        Some(TypeRef::Named(name)) => name,
        other => panic!("{other:?} is no named type"),
    }
}

/// `position`, name, type, list, required and documentation, as both tables of fields have them.
fn row(first: &str, position: usize, field: &Field) -> String {
    let list = if field.max == Some(1) { "" } else { "list" };
    let required = if field.min > 0 { "yes" } else { "no" };
    format!("{first}\t{position}\t{}\t{}\t{list}\t{required}\twsdl\t{}", field.name, short(&field.ty), field.doc)
}

fn short(ty: &TypeRef) -> String {
    reference(ty).replace("Dynect:", "tns:")
}

fn commands(service: &Service) -> String {
    let mut text = "command\tpos\tparam\ttype\tlist\trequired\trequired_basis\tdoc\n".to_owned();
    for operation in &service.operations {
        for (position, field) in complex(service, of(operation.input_type())).fields.iter().enumerate() {
            let _ = writeln!(text, "{}", row(&operation.name, position, field));
        }
    }
    text
}

fn types(service: &Service) -> String {
    let mut text = "type\tpos\tfield\tfield_type\tlist\trequired\trequired_basis\tdoc\n".to_owned();
    for ty in service.types.iter() {
        for (position, field) in complex(service, &ty.name).fields.iter().enumerate() {
            let _ = writeln!(text, "{}", row(&ty.name.local, position, field));
        }
    }
    text
}

fn responses(service: &Service) -> String {
    let header = "command\tcommand_doc\trequest_type\tresponse_type\tresponse_fields\tdata_type\tdata_list\n";
    let mut text = header.to_owned();
    for operation in &service.operations {
        let reply = complex(service, of(operation.output_type()));
        let suffix = |field: &Field| if field.max == Some(1) { "" } else { "[]" };
        let fields: Vec<String> = reply.fields.iter().map(|it| it.name.clone() + suffix(it)).collect();
        let data = reply.fields.iter().find(|field| field.name == "data").expect("data");
        let list = if data.max == Some(1) { "" } else { "list" };
        let (request, response) = (&of(operation.input_type()).local, &of(operation.output_type()).local);
        let (name, doc) = (&operation.name, &operation.doc);
        let (fields, data) = (fields.join(","), short(&data.ty));
        let _ = writeln!(text, "{name}\t{doc}\t{request}\t{response}\t{fields}\t{data}\t{list}");
    }
    text
}

/// The table with its cells as they are: one that holds a quote is quoted, and the quote doubled.
pub fn unquoted(table: &str) -> String {
    let cell = |cell: &str| match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell.to_owned(),
    };
    table.lines().map(|row| row.split('\t').map(cell).collect::<Vec<_>>().join("\t") + "\n").collect()
}

fn compare(folder: &Path, table: &str, found: &str) {
    let path: PathBuf = folder.join(format!("dynect-{table}-2.3.1.tsv"));
    let expected = unquoted(&fs::read_to_string(&path).expect("a table of the facts"));
    let rows = |text: &str| -> BTreeMap<String, usize> {
        let mut rows = BTreeMap::new();
        for row in text.lines() {
            *rows.entry(row.to_owned()).or_default() += 1;
        }
        rows
    };
    let (left, right) = (rows(found), rows(&expected));
    let only = |one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>| -> Vec<String> {
        one.iter().filter(|(row, count)| other.get(*row) != Some(count)).map(|(row, _)| row.clone()).collect()
    };
    let (read, tabled) = (only(&left, &right), only(&right, &left));
    let lists = format!("read only:\n{}\nin the table only:\n{}", read.join("\n"), tabled.join("\n"));
    assert!(read.is_empty() && tabled.is_empty(), "{table}: {lists}");
    assert_eq!(found, expected, "the order of {table}");
}
