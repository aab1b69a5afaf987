//! What was read, as text: a line for each thing.

use super::model::{Alternative, Body, Complex, Field, FieldKind, Part, Service, Simple, Type, TypeKind, TypeRef};
use super::{Imported, QName};
use std::fmt::Write as _;

/// All that was read, as text for eyes and for comparing: the service, its operations, its elements and types, each with where it
/// stands, and at the end the report.
pub fn show(imported: &Imported) -> String {
    let Imported { service, report } = imported;
    let mut text = String::new();
    head(service, &mut text);
    for operation in &service.operations {
        let (style, usage) = (operation.style, operation.input.usage);
        let _ = write!(text, "\noperation {} {style:?} {usage:?}", operation.name);
        let _ = writeln!(text, " action={:?} at {}:{}", operation.action, operation.at.file, operation.at.line);
        doc(&operation.doc, &mut text);
        let _ = writeln!(text, "  input {}", body(&operation.input.body));
        if let Some(output) = &operation.output {
            let _ = writeln!(text, "  output {}", body(&output.body));
        }
        for fault in &operation.faults {
            let _ = writeln!(text, "  fault {} {:?} {}", fault.name, fault.usage, part(&fault.part));
        }
    }
    text.push('\n');
    for element in &service.elements {
        let nillable = if element.nillable { " nillable" } else { "" };
        let _ = writeln!(text, "element {} = {}{nillable}", name(&element.name), reference(&element.ty));
    }
    for ty in service.types.iter() {
        declared(ty, &mut text);
    }
    if !report.is_empty() {
        let _ = write!(text, "\nreport\n{report}\n");
    }
    text
}

fn head(service: &Service, text: &mut String) {
    let _ = writeln!(text, "service {} of {}, binding {}", service.name, service.namespace, name(&service.binding));
    doc(&service.doc, text);
    for address in &service.addresses {
        let _ = writeln!(text, "  {} at {}", address.port, address.location);
    }
    let _ = writeln!(text, "  files {}", service.files.join(" "));
}

fn doc(doc: &str, text: &mut String) {
    for line in doc.lines() {
        let _ = writeln!(text, "  # {line}");
    }
}

fn body(body: &Body) -> String {
    match body {
        Body::Empty => "nothing".to_owned(),
        Body::Element(it) => part(it),
        Body::Wrapper { name: wrapper, parts } => {
            let parts: Vec<String> = parts.iter().map(part).collect();
            format!("{}({})", name(wrapper), parts.join(", "))
        }
    }
}

fn part(part: &Part) -> String {
    let element = part.element.as_ref().map(|element| format!("<{}> ", name(element))).unwrap_or_default();
    format!("{}: {element}{}", part.name, reference(&part.ty))
}

fn declared(ty: &Type, text: &mut String) {
    let path = ty.path.as_ref().map(|path| format!(" ({path})")).unwrap_or_default();
    let _ = write!(text, "\ntype {}{path} at {}:{} ", name(&ty.name), ty.at.file, ty.at.line);
    match &ty.kind {
        TypeKind::Complex(complex) => record(complex, &ty.doc, text),
        TypeKind::Simple(simple) => restricted(simple, &ty.doc, text),
        TypeKind::Array(array) => {
            let item = array.item_name.as_deref().unwrap_or("*");
            let _ = writeln!(text, "array of {} in <{item}>", reference(&array.item));
            doc(&ty.doc, text);
        }
    }
}

fn record(complex: &Complex, about: &str, text: &mut String) {
    let _ = write!(text, "{:?}", complex.content);
    if let Some(base) = &complex.base {
        let _ = write!(text, " {:?} of {}", base.by, reference(&base.ty));
    }
    let flags = [
        (complex.open, "open"),
        (complex.open_attributes, "open-attributes"),
        (complex.mixed, "mixed"),
        (complex.is_abstract, "abstract"),
    ];
    for (_, flag) in flags.iter().filter(|(is, _)| *is) {
        let _ = write!(text, " {flag}");
    }
    text.push('\n');
    doc(about, text);
    for field in &complex.fields {
        let _ = writeln!(text, "  {}", line(field));
    }
    for (index, choice) in complex.choices.iter().enumerate() {
        let (count, within) = (choice.alternatives, alternative(choice.within));
        let _ = writeln!(text, "  choice {index} of {count}, {}{within}", often(choice.min, choice.max));
    }
}

fn line(field: &Field) -> String {
    let mut text = match field.kind {
        FieldKind::Element => String::new(),
        FieldKind::Text => "text".to_owned(),
        FieldKind::Attribute => "@".to_owned(),
    };
    if !field.namespace.is_empty() {
        let _ = write!(text, "{{{}}}", field.namespace);
    }
    let _ = write!(text, "{}: {} {}", field.name, reference(&field.ty), often(field.min, field.max));
    if field.nillable {
        text.push_str(" nillable");
    }
    if let Some(default) = &field.default {
        let _ = write!(text, " default={default:?}");
    }
    if let Some(fixed) = &field.fixed {
        let _ = write!(text, " fixed={fixed:?}");
    }
    text.push_str(&alternative(field.choice));
    if !field.doc.is_empty() {
        let _ = write!(text, " # {}", field.doc);
    }
    text
}

fn alternative(place: Option<Alternative>) -> String {
    place.map_or_else(String::new, |place| {
        let required = if place.required { "" } else { ", optional there" };
        format!(" (choice {}, alternative {}{required})", place.choice, place.number)
    })
}

fn often(min: u32, max: Option<u32>) -> String {
    match (min, max) {
        (1, Some(1)) => "once".to_owned(),
        (min, Some(max)) => format!("{min}..{max}"),
        (min, None) => format!("{min}..*"),
    }
}

fn restricted(simple: &Simple, about: &str, text: &mut String) {
    let _ = writeln!(text, "text of {}, in the end {}", reference(&simple.base), simple.builtin);
    doc(about, text);
    for value in &simple.values {
        let about = if value.doc.is_empty() { String::new() } else { format!(" # {}", value.doc) };
        let _ = writeln!(text, "  = {:?}{about}", value.value);
    }
    for facet in &simple.facets {
        let _ = writeln!(text, "  {:?} {}", facet.kind, facet.value);
    }
}

/// A type in a word: `xsd:string`, or the local name of a declared one.
pub fn reference(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Builtin(builtin) => builtin.to_string(),
        TypeRef::Named(known) => name(known),
        TypeRef::AnyArray => "any array".to_owned(),
        TypeRef::Map => "map".to_owned(),
    }
}

/// `orders:Order` for `{urn:test:orders}Order`.
fn name(name: &QName) -> String {
    match name.namespace.rsplit([':', '/']).find(|part| !part.is_empty()) {
        Some(short) => format!("{short}:{}", name.local),
        None => name.local.clone(),
    }
}
