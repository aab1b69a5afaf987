//! A service of a schema alone: its elements say what is asked and what is answered, where they are called after that.
//!
//! So are those of the objects that a customer of EcoSys publishes: `SampleObjectUpdateRequestElement` is answered by
//! `SampleObjectWriteResponseElement`. Where the service is no schema tells.

use super::super::files::Files;
use super::super::model::{Body, Element, Message, Operation, Part, Service, Style, Types, Usage};
use super::super::names::{self, QName, quoted};
use super::super::published::{self, REPLY, REQUEST};
use super::super::report::Findings;
use super::super::types::documentation;
use super::super::xml::Node;
use crate::spec::Problem;

/// Whether the first file is a schema, and no WSDL.
pub fn is_one(files: &Files) -> bool {
    files.list.first().is_some_and(|document| document.node().is(names::XSD, "schema"))
}

/// The service that the elements of the first file's namespace make.
///
/// # Errors
/// The one problem that leaves no service: no element is that of a request.
pub fn read(files: &Files, types: Types, elements: Vec<Element>, findings: &mut Findings) -> Result<Service, Problem> {
    let Some(root) = files.list.first().map(|document| document.node()) else {
        return Err(Problem::of_file("", "there is no file"));
    };
    let namespace = root.value("targetNamespace").unwrap_or_default();
    let own = || elements.iter().filter(|element| element.name.namespace == namespace);
    let operations: Vec<Operation> = own().filter_map(|request| operation(request, own, root, findings)).collect();
    if operations.is_empty() {
        return Err(root.problem(format!(
            "a schema says nothing of operations, but by pairs of elements that end in `{REQUEST}` and `{REPLY}`, and this \
             has none: give the WSDL that imports it"
        )));
    }
    let name = namespace.rsplit(['/', ':', '#']).find(|part| !part.is_empty()).unwrap_or("Service").to_owned();
    Ok(Service {
        doc: documentation(root),
        namespace: namespace.to_owned(),
        binding: QName::new(namespace, name.clone()),
        name,
        addresses: Vec::new(),
        operations,
        types,
        files: files.list.iter().map(|document| document.name.clone()).collect(),
        elements,
    })
}

/// The operation whose request an element is; nothing where it is none, or where there is no reply.
fn operation<'e, E: Iterator<Item = &'e Element>>(
    request: &Element,
    elements: impl Fn() -> E,
    root: Node<'_>,
    findings: &mut Findings,
) -> Option<Operation> {
    let stem = request.name.local.strip_suffix(REQUEST).filter(|stem| !stem.is_empty())?;
    let known = published::operation(stem).map(|(object, operation)| {
        (format!("{}{object}", operation.name), format!("{object}{}{REPLY}", operation.reply))
    });
    let (name, reply) = known.unwrap_or_else(|| (stem.to_owned(), format!("{stem}{REPLY}")));
    let Some(reply) = elements().find(|element| element.name.local == reply) else {
        let what = format!("{} is left out: no element {} answers it", quoted(&request.name.local), quoted(&reply));
        findings.remark(root, what);
        return None;
    };
    Some(Operation {
        name,
        doc: request.doc.clone(),
        action: String::new(),
        style: Style::Document,
        input: message(request),
        output: Some(message(reply)),
        faults: Vec::new(),
        at: request.at.clone(),
    })
}

fn message(element: &Element) -> Message {
    let part = Part {
        name: String::new(),
        doc: element.doc.clone(),
        element: Some(element.name.clone()),
        ty: element.ty.clone(),
    };
    Message { name: element.name.clone(), doc: String::new(), usage: Usage::Literal, body: Body::Element(part) }
}
