//! The service: which binding is taken, where it is, and its operations.

mod bodies;
mod definitions;
mod operations;
pub mod schema;

use super::files::Files;
use super::model::{Address, Element, Service, Types};
use super::names::{self, QName, quoted};
use super::report::Findings;
use super::schemas::{Schemas, own_name, qname, qname_of};
use super::types::documentation;
use super::xml::Node;
use crate::spec::Problem;
use definitions::{Definitions, What};
use std::collections::BTreeSet;

/// Reads the service that the first SOAP 1.1 port offers, or the first SOAP 1.1 binding where no port is.
///
/// # Errors
/// The one problem that leaves no service: there is no such binding.
pub fn read(
    files: &Files,
    schemas: &Schemas<'_>,
    types: Types,
    elements: Vec<Element>,
    findings: &mut Findings,
) -> Result<Service, Problem> {
    let definitions = Definitions::collect(files, findings)?;
    let ports = ports(&definitions, findings);
    let Some(offer) = choose(&definitions, &ports, findings) else {
        return Err(nothing_to_take(&definitions, &ports));
    };
    let mut addresses = Vec::new();
    for port in &ports {
        let same = port.binding == offer.binding && offer.service.is_some_and(|taken| same(taken, port.service));
        if same {
            addresses.extend(address(port, findings));
        } else {
            let (name, service) = (quoted(port.name), quoted(port.service.value("name").unwrap_or_default()));
            let what = format!("the port {name} of the service {service} is left out: {}", other(&definitions, port));
            findings.remark(port.node, what);
        }
    }
    unused(&definitions, &ports, &offer, findings);
    let named = offer.service.and_then(|service| service.value("name")).or(definitions.root.value("name"));
    let doc = offer.service.map(documentation).filter(|doc| !doc.is_empty());
    let operations = operations::read(&definitions, schemas, &elements, &offer, findings);
    Ok(Service {
        name: named.unwrap_or(&offer.binding.local).to_owned(),
        doc: doc.unwrap_or_else(|| documentation(definitions.root)),
        namespace: definitions.root.value("targetNamespace").unwrap_or_default().to_owned(),
        binding: offer.binding,
        addresses,
        operations,
        elements,
        types,
        files: files.list.iter().map(|document| document.name.clone()).collect(),
    })
}

/// Tells of bindings and port types that nothing refers to which is read.
fn unused(definitions: &Definitions<'_>, ports: &[Port<'_>], offer: &Offer<'_>, findings: &mut Findings) {
    let offered: BTreeSet<&QName> = ports.iter().map(|port| &port.binding).chain([&offer.binding]).collect();
    for (name, node) in definitions.all(What::Binding).filter(|(name, _)| !offered.contains(name)) {
        findings.remark(node, format!("the binding {} is left out: no port offers it", quoted(&name.local)));
    }
    let mut bound = BTreeSet::new();
    for (_, node) in definitions.all(What::Binding) {
        bound.extend(qname(node, node.value("type").unwrap_or_default(), None).ok());
    }
    for (name, node) in definitions.all(What::PortType).filter(|(name, _)| !bound.contains(name)) {
        findings.remark(node, format!("the port type {} is left out: no binding is of it", quoted(&name.local)));
    }
}

/// A port of a service.
struct Port<'a> {
    node: Node<'a>,
    service: Node<'a>,
    name: &'a str,
    binding: QName,
}

/// The binding that is taken.
struct Offer<'a> {
    binding: QName,
    node: Node<'a>,
    /// The element of SOAP in it.
    soap: Node<'a>,
    service: Option<Node<'a>>,
}

fn same(one: Node<'_>, other: Node<'_>) -> bool {
    std::ptr::eq(one.element, other.element)
}

fn ports<'a>(definitions: &Definitions<'a>, findings: &mut Findings) -> Vec<Port<'a>> {
    let mut found = Vec::new();
    for service in &definitions.services {
        own_name(*service, findings);
        for node in service.all(names::WSDL, &["port"]) {
            let Some(name) = own_name(node, findings) else { continue };
            let Some(binding) = qname_of(node, "binding", None, findings) else { continue };
            if definitions.refer(What::Binding, node, "binding", &binding, findings).is_some() {
                found.push(Port { node, service: *service, name, binding });
            }
        }
    }
    found
}

/// The first port with a binding of SOAP 1.1 over HTTP, or the first such binding where no service has a port.
fn choose<'a>(definitions: &Definitions<'a>, ports: &[Port<'a>], findings: &mut Findings) -> Option<Offer<'a>> {
    for port in ports {
        let node = definitions.find(What::Binding, &port.binding);
        if let Some((node, soap)) = node.and_then(|node| Some((node, soap(node)?))) {
            return Some(Offer { binding: port.binding.clone(), node, soap, service: Some(port.service) });
        }
    }
    if !ports.is_empty() {
        return None;
    }
    let mut bindings = definitions.all(What::Binding);
    let (binding, node, soap) = bindings.find_map(|(name, node)| Some((name.clone(), node, soap(node)?)))?;
    findings.remark(node, format!("no port offers the binding {}; its address is not known", quoted(&binding.local)));
    Some(Offer { binding, node, soap, service: None })
}

/// The SOAP 1.1 element of a binding over HTTP.
fn soap(binding: Node<'_>) -> Option<Node<'_>> {
    binding.child(names::SOAP, "binding").filter(|soap| soap.value("transport") == Some(names::SOAP_HTTP))
}

/// What a binding is that is not taken.
fn other(definitions: &Definitions<'_>, port: &Port<'_>) -> String {
    let Some(binding) = definitions.find(What::Binding, &port.binding) else { return "it has no binding".to_owned() };
    if soap(binding).is_some() {
        return "one service with one SOAP 1.1 binding is read, the first".to_owned();
    }
    protocol(binding)
}

fn protocol(binding: Node<'_>) -> String {
    if let Some(soap) = binding.child(names::SOAP, "binding") {
        return match soap.value("transport") {
            Some(transport) => format!("its transport is {}, not HTTP", quoted(transport)),
            None => "its `soap:binding` has no `transport`".to_owned(),
        };
    }
    let namespaces = binding.children().map(|child| &*child.element.namespace);
    let mut others = namespaces.filter(|namespace| *namespace != names::WSDL);
    match others.next() {
        Some(names::SOAP_12) => "it is of SOAP 1.2".to_owned(),
        Some(names::HTTP) => "it is of HTTP without SOAP".to_owned(),
        Some(other) => format!("it is of {}", quoted(other)),
        None => "it says no protocol".to_owned(),
    }
}

fn nothing_to_take(definitions: &Definitions<'_>, ports: &[Port<'_>]) -> Problem {
    let wanted = "a `wsdl:binding` with `<soap:binding transport=\"http://schemas.xmlsoap.org/soap/http\">` is wanted";
    let all: Vec<String> = if ports.is_empty() {
        let bindings = definitions.all(What::Binding);
        bindings.map(|(name, node)| format!("{}: {}", quoted(&name.local), protocol(node))).collect()
    } else {
        ports.iter().map(|port| format!("{}: {}", quoted(port.name), other(definitions, port))).collect()
    };
    let mut told: Vec<String> = all.iter().take(TOLD).cloned().collect();
    if all.len() > TOLD {
        told.push(format!("and {} more", all.len() - TOLD));
    }
    let there = if told.is_empty() { "none is there".to_owned() } else { told.join("; ") };
    definitions.root.problem(format!("nothing here is SOAP 1.1 over HTTP: {wanted} ({there})"))
}

/// How many bindings a message names.
const TOLD: usize = 8;

fn address(port: &Port<'_>, findings: &mut Findings) -> Option<Address> {
    let location = port.node.child(names::SOAP, "address").and_then(|address| address.value("location"));
    match location {
        Some(location) => Some(Address { port: port.name.to_owned(), location: location.to_owned() }),
        None => {
            findings.remark(port.node, format!("the port {} has no `soap:address`", quoted(port.name)));
            None
        }
    }
}
