//! Bodies: what the parts of a message make of the SOAP body.

use super::super::limits;
use super::super::model::{Body, Part, Style, TypeRef, Usage};
use super::super::names::{self, QName, quoted};
use super::super::report::Findings;
use super::super::schemas::{Kind, Schemas, own_name, qname_of};
use super::super::types::{documentation, resolve};
use super::super::xml::Node;
use super::definitions::Definitions;
use std::collections::{BTreeMap, BTreeSet};

/// Reads bodies.
pub struct Bodies<'a, 'r> {
    /// What the WSDL declares.
    pub definitions: &'r Definitions<'a>,
    /// What the schemas declare.
    pub schemas: &'r Schemas<'r>,
    /// The types of global elements.
    pub elements: BTreeMap<&'r QName, &'r TypeRef>,
    /// What was found.
    pub findings: &'r mut Findings,
    /// How many parts were read, counted for each operation that has them.
    pub counted: usize,
}

impl Bodies<'_, '_> {
    /// How values are written, by the `use` of `soap:body` or `soap:fault`; literal where it is not said.
    pub fn usage(&mut self, soap: Node<'_>) -> Option<Usage> {
        match soap.value("use") {
            None | Some("literal") => Some(Usage::Literal),
            Some("encoded") => {
                let style = soap.value("encodingStyle").unwrap_or(names::SOAP_ENC);
                if !style.split_whitespace().any(|style| style == names::SOAP_ENC) {
                    let what = format!("the encoding {} is not known; that of SOAP 1.1 is taken", quoted(style));
                    self.findings.remark(soap, what);
                }
                Some(Usage::Encoded)
            }
            Some(other) => {
                let message = format!("{} is no value of `use`; write `literal` or `encoded`", quoted(other));
                self.findings.problem_of(soap, "use", message);
                None
            }
        }
    }

    /// What stands in the body; nothing where a problem was told.
    ///
    /// # Errors
    /// Why the model has no place for it.
    pub fn body(
        &mut self,
        message: Node<'_>,
        soap: Node<'_>,
        style: Style,
        usage: Usage,
        wrapper: String,
    ) -> Result<Option<Body>, String> {
        let Some(mut parts) = self.parts(message) else { return Ok(None) };
        if let Some(listed) = soap.value("parts") {
            let listed: BTreeSet<&str> = listed.split_whitespace().collect();
            let known: BTreeSet<&str> = parts.iter().map(|part| part.name.as_str()).collect();
            for name in listed.difference(&known) {
                let message = quoted(message.value("name").unwrap_or_default());
                let problem = format!("the message {message} has no part {}", quoted(name));
                self.findings.problem_of(soap, "parts", problem);
            }
            parts.retain(|part| listed.contains(part.name.as_str()));
        }
        match style {
            Style::Rpc => {
                if let Some(part) = parts.iter().find(|part| part.element.is_some()) {
                    let name = quoted(&part.name);
                    return Err(format!("its part {name} names an element, and parts of rpc style have a type"));
                }
                if soap.attribute("namespace").is_none() {
                    let what = format!("no `namespace` is given for the element {}; it has none", quoted(&wrapper));
                    self.findings.remark(soap, what);
                }
                let name = QName::new(soap.value("namespace").unwrap_or_default(), wrapper);
                Ok(Some(Body::Wrapper { name, parts }))
            }
            Style::Document => {
                if usage == Usage::Encoded {
                    return Err("it is of document style and encoded, and only rpc style is read encoded".to_owned());
                }
                if parts.len() > 1 {
                    return Err(format!("its body has {} parts, and in document style it has one", parts.len()));
                }
                match parts.pop() {
                    None => Ok(Some(Body::Empty)),
                    Some(part) if part.element.is_some() => Ok(Some(Body::Element(part))),
                    Some(part) => {
                        let name = quoted(&part.name);
                        Err(format!("its part {name} names a type, and the part of document style an element"))
                    }
                }
            }
        }
    }

    /// The parts of a message; nothing where a problem was told.
    pub fn parts(&mut self, message: Node<'_>) -> Option<Vec<Part>> {
        let mut parts: Vec<Part> = Vec::new();
        let mut known = BTreeSet::new();
        let mut well = true;
        for node in message.all(names::WSDL, &["part"]) {
            let Some(part) = self.part(node) else {
                well = false;
                continue;
            };
            if !self.count(node, 1 + part.doc.len() / limits::STEP_BYTES) {
                return None;
            }
            if !known.insert(part.name.clone()) {
                self.findings.problem_of(node, "name", format!("the part {} stands twice", quoted(&part.name)));
                well = false;
            }
            parts.push(part);
        }
        well.then_some(parts)
    }

    /// Counts so many parts; false, which is told once, where there are too many.
    pub fn count(&mut self, node: Node<'_>, parts: usize) -> bool {
        let before = self.counted;
        self.counted = before.saturating_add(parts);
        if before < limits::PARTS && self.counted >= limits::PARTS {
            let most = limits::PARTS;
            let message = format!("operations have more than {most} parts in all, each counted wherever it is used");
            self.findings.problem(node, message);
        }
        self.counted < limits::PARTS
    }

    fn part(&mut self, node: Node<'_>) -> Option<Part> {
        let name = own_name(node, self.findings)?.to_owned();
        let doc = documentation(node);
        match (node.attribute("element"), node.attribute("type")) {
            (Some(_), None) => {
                let element = qname_of(node, "element", None, self.findings)?;
                let Some(ty) = self.elements.get(&element).map(|ty| (*ty).clone()) else {
                    self.schemas.dangling(Kind::Element, node, "element", &element, self.findings);
                    return None;
                };
                Some(Part { name, doc, element: Some(element), ty })
            }
            (None, Some(_)) => {
                let ty = qname_of(node, "type", None, self.findings)?;
                let found = resolve(self.schemas, &ty, node, self.findings);
                if found.is_none() {
                    self.schemas.dangling(Kind::Type, node, "type", &ty, self.findings);
                }
                Some(Part { name, doc, element: None, ty: found? })
            }
            _ => {
                let message = format!("the part {} has one of `element` and `type`; write one", quoted(&name));
                self.findings.problem(node, message);
                None
            }
        }
    }
}
