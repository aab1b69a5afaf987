//! Operations: what the port type says of each, and how the binding has it travel.

use super::super::limits;
use super::super::model::{Body, Element, Fault, Message, Operation, Place, Style, Usage};
use super::super::names::{self, quoted};
use super::super::report::Findings;
use super::super::schemas::{Schemas, own_name, qname_of};
use super::super::types::documentation;
use super::super::xml::Node;
use super::Offer;
use super::bodies::Bodies;
use super::definitions::{Definitions, What};
use std::collections::{BTreeMap, BTreeSet};

/// The operations of the binding, in the order of its port type.
pub fn read(
    definitions: &Definitions<'_>,
    schemas: &Schemas<'_>,
    elements: &[Element],
    offer: &Offer<'_>,
    findings: &mut Findings,
) -> Vec<Operation> {
    let style = style(offer.soap, findings).unwrap_or(Style::Document);
    let Some(name) = qname_of(offer.node, "type", None, findings) else { return Vec::new() };
    let found = definitions.refer(What::PortType, offer.node, "type", &name, findings);
    let Some(port_type) = found else { return Vec::new() };
    let abstracts = by_name(port_type, findings);
    let bound = by_name(offer.node, findings);
    for (name, node) in &bound.list {
        if !abstracts.index.contains_key(name) {
            let meant = findings.meant(name, abstracts.index.keys().copied());
            let port_type = quoted(port_type.value("name").unwrap_or_default());
            let message = format!("the port type {port_type} has no operation {}{meant}", quoted(name));
            findings.problem_of(*node, "name", message);
        }
    }
    let elements = elements.iter().map(|element| (&element.name, &element.ty)).collect();
    let mut reader = Reader { bodies: Bodies { definitions, schemas, elements, findings, counted: 0 }, style };
    let mut operations = Vec::new();
    for (name, node) in abstracts.list {
        match bound.index.get(name) {
            Some(binding) => operations.extend(reader.operation(name, node, *binding)),
            None => reader.left_out(node, name, "the binding does not have it"),
        }
    }
    operations
}

/// Operations in order and by name.
struct ByName<'a> {
    list: Vec<(&'a str, Node<'a>)>,
    index: BTreeMap<&'a str, Node<'a>>,
}

fn by_name<'a>(parent: Node<'a>, findings: &mut Findings) -> ByName<'a> {
    let mut found = ByName { list: Vec::new(), index: BTreeMap::new() };
    for node in parent.all(names::WSDL, &["operation"]) {
        let Some(name) = own_name(node, findings) else { continue };
        if let Some(first) = found.index.get(name) {
            let Place { file, line } = first.place();
            let first = format!("it stands in {file}:{line} already");
            let why = "operations of one name cannot be told apart";
            let message = format!("the operation {} stands twice; {first}, and {why}", quoted(name));
            findings.problem_of(node, "name", message);
            continue;
        }
        found.index.insert(name, node);
        found.list.push((name, node));
    }
    found
}

fn style(node: Node<'_>, findings: &mut Findings) -> Option<Style> {
    match node.value("style")? {
        "document" => Some(Style::Document),
        "rpc" => Some(Style::Rpc),
        other => {
            let message = format!("{} is no value of `style`; write `document` or `rpc`", quoted(other));
            findings.problem_of(node, "style", message);
            None
        }
    }
}

struct Reader<'a, 'r> {
    bodies: Bodies<'a, 'r>,
    style: Style,
}

impl Reader<'_, '_> {
    fn left_out(&mut self, node: Node<'_>, name: &str, why: &str) {
        self.bodies.findings.remark(node, format!("the operation {} is left out: {why}", quoted(name)));
    }

    /// An operation; nothing where the model has no place for it, or where a problem was told.
    fn operation(&mut self, name: &str, node: Node<'_>, binding: Node<'_>) -> Option<Operation> {
        let mut messages = node.all(names::WSDL, &["input", "output"]);
        let Some(input) = messages.next().filter(|first| first.element.local == "input") else {
            self.left_out(node, name, "it does not begin with a request");
            return None;
        };
        let output = messages.next();
        let soap = binding.child(names::SOAP, "operation");
        let style = soap.and_then(|soap| style(soap, self.bodies.findings)).unwrap_or(self.style);
        let action = soap.and_then(|soap| soap.value("soapAction")).unwrap_or_default().to_owned();
        let input = self.message(name, input, binding, style);
        let output = match output {
            Some(output) => Some(self.message(name, output, binding, style)?),
            None => None,
        };
        let input = input?;
        if let (Style::Rpc, Some(order)) = (style, node.value("parameterOrder")) {
            self.hold_order(node, order, &input);
        }
        let faults = self.faults(node, binding);
        let mut doc = documentation(node);
        if doc.is_empty() {
            doc = documentation(binding);
        }
        Some(Operation { name: name.to_owned(), doc, action, style, input, output, faults, at: node.place() })
    }

    fn message(&mut self, operation: &str, node: Node<'_>, binding: Node<'_>, style: Style) -> Option<Message> {
        let direction = node.element.local.as_str();
        let Some(bound) = binding.children().find(|child| child.is(names::WSDL, direction)) else {
            let message =
                format!("the binding's operation {} has no `{direction}`, as its port type has", quoted(operation));
            self.bodies.findings.problem(binding, message);
            return None;
        };
        let name = qname_of(node, "message", None, self.bodies.findings)?;
        let message = self.bodies.definitions.refer(What::Message, node, "message", &name, self.bodies.findings)?;
        let Some(soap) = bound.child(names::SOAP, "body") else {
            let why = format!("the `{direction}` of its binding has no `<soap:body>`");
            self.left_out(node, operation, &why);
            return None;
        };
        let wrapper = if direction == "output" { format!("{operation}Response") } else { operation.to_owned() };
        let usage = self.bodies.usage(soap)?;
        let doc = documentation(message);
        if !self.bodies.count(message, doc.len() / limits::STEP_BYTES) {
            return None;
        }
        match self.bodies.body(message, soap, style, usage, wrapper) {
            Ok(body) => Some(Message { name, doc, usage, body: body? }),
            Err(why) => {
                self.left_out(node, operation, &why);
                None
            }
        }
    }

    /// Parts stand in the order of the message; another order for a program's own use is told.
    fn hold_order(&mut self, node: Node<'_>, order: &str, input: &Message) {
        let Body::Wrapper { parts, .. } = &input.body else { return };
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        let known: BTreeSet<&str> = names.iter().copied().collect();
        let order: Vec<&str> = order.split_whitespace().filter(|name| known.contains(name)).collect();
        if order != names {
            let what =
                "`parameterOrder` has another order than the message, whose parts stand in the order of the message";
            self.bodies.findings.remark(node, what);
        }
    }

    fn faults(&mut self, node: Node<'_>, binding: Node<'_>) -> Vec<Fault> {
        let mut bound: BTreeMap<&str, Node<'_>> = BTreeMap::new();
        for fault in binding.all(names::WSDL, &["fault"]) {
            if let Some(name) = own_name(fault, self.bodies.findings) {
                bound.insert(name, fault);
            }
        }
        let mut faults = Vec::new();
        let mut known = BTreeSet::new();
        for fault in node.all(names::WSDL, &["fault"]) {
            let Some(name) = own_name(fault, self.bodies.findings) else { continue };
            if !known.insert(name) {
                self.bodies.findings.problem_of(fault, "name", format!("the fault {} stands twice here", quoted(name)));
                continue;
            }
            faults.extend(self.fault(name, fault, bound.remove(name)));
        }
        for (name, fault) in bound {
            let message = format!("the port type's operation has no fault {}", quoted(name));
            self.bodies.findings.problem_of(fault, "name", message);
        }
        faults
    }

    fn fault(&mut self, name: &str, node: Node<'_>, bound: Option<Node<'_>>) -> Option<Fault> {
        let message = qname_of(node, "message", None, self.bodies.findings)?;
        let found = self.bodies.definitions.refer(What::Message, node, "message", &message, self.bodies.findings)?;
        let soap = bound.and_then(|bound| bound.child(names::SOAP, "fault"));
        let usage = match soap {
            Some(soap) => self.bodies.usage(soap)?,
            None => Usage::Literal,
        };
        let parts = self.bodies.parts(found)?;
        let [part] = parts.as_slice() else {
            let what = format!(
                "the fault {} is left out: its message has {} parts, and one is read",
                quoted(name),
                parts.len()
            );
            self.bodies.findings.remark(node, what);
            return None;
        };
        let (name, doc, part) = (name.to_owned(), documentation(node), part.clone());
        Some(Fault { name, doc, message, usage, part })
    }
}
