//! Simple types: texts, and what restricts them.

use super::super::limits;
use super::super::model::{Builtin, Facet, FacetKind, Simple, TypeRef, Value};
use super::super::names::{self, quoted};
use super::super::schemas::{Component, Kind, qname};
use super::super::xml::Node;
use super::{Maker, documentation, resolve};

impl<'a> Maker<'a, '_> {
    /// A simple type.
    pub(super) fn simple(&mut self, component: Component<'a>, path: &[String]) -> Simple {
        let node = component.node;
        let builtin = Builtin::AnySimpleType;
        let mut simple = Simple { base: TypeRef::Builtin(builtin), builtin, values: Vec::new(), facets: Vec::new() };
        let Some(inner) = node.all(names::XSD, &["restriction", "list", "union"]).next() else {
            self.findings.problem(node, format!("{} is empty; write `<xsd:restriction>` into it", node.tag()));
            return simple;
        };
        if inner.element.local != "restriction" {
            let attribute = if inner.element.local == "list" { "itemType" } else { "memberTypes" };
            self.members(component.at(inner), attribute);
            let what = format!("{} of {}: any text", inner.tag(), quoted(&path.join("/")));
            self.findings.remark(inner, what);
            simple.base = TypeRef::Builtin(Builtin::String);
            simple.builtin = Builtin::String;
            return simple;
        }
        simple.base = match (inner.attribute("base"), inner.child(names::XSD, "simpleType")) {
            (Some(_), None) => self.type_ref(component.at(inner), "base").unwrap_or(simple.base),
            (None, Some(within)) => {
                let path = [path, &["base".to_owned()]].concat();
                self.anonymous(component.at(within), &path)
            }
            _ => {
                self.findings
                    .problem(inner, format!("{} has one base: the attribute `base` or a type within", inner.tag()));
                simple.base
            }
        };
        simple.builtin = self.root(component);
        self.facets(inner, &mut simple);
        simple
    }

    /// The type of XML Schema that a simple type restricts in the end; tells when it restricts itself.
    fn root(&mut self, mut component: Component<'a>) -> Builtin {
        let first = component.node;
        let mut error = None;
        for _ in 0..limits::CHAIN {
            let Some(restriction) = component.node.child(names::XSD, "restriction") else {
                let list = component.node.all(names::XSD, &["list", "union"]).next();
                return list.map_or(Builtin::AnySimpleType, |_| Builtin::String);
            };
            if let Some(within) = restriction.child(names::XSD, "simpleType") {
                component = component.at(within);
                continue;
            }
            // What is wrong with the name is told once, by the type that it stands in.
            let mut told = super::Findings::default();
            let name = self.schemas.name(component.at(restriction), "base", &mut told);
            let found = name.and_then(|name| resolve(self.schemas, &name, restriction, &mut told));
            match found {
                Some(TypeRef::Builtin(builtin)) => return builtin,
                Some(TypeRef::Named(name)) => match self.schemas.find(Kind::Type, &name) {
                    Some(next) if next.node.element.local == "simpleType" => component = next,
                    _ => error = Some("a simple type restricts a simple type, and this is one of elements"),
                },
                Some(TypeRef::AnyArray | TypeRef::Map) => {
                    error = Some("a simple type restricts a simple type, and this is one of elements");
                }
                None => return Builtin::AnySimpleType,
            }
            if let Some(message) = error {
                self.findings.problem_of(restriction, "base", message);
                return Builtin::AnySimpleType;
            }
        }
        let message =
            format!("this type restricts itself, or is one of more than {} that restrict each other", limits::CHAIN);
        self.findings.problem(first, message);
        Builtin::AnySimpleType
    }

    /// Holds what a list or a union names against what there is.
    fn members(&mut self, component: Component<'a>, attribute: &str) {
        let node = component.node;
        for written in node.value(attribute).unwrap_or_default().split_whitespace() {
            match qname(node, written, None) {
                Err(wrong) => self.findings.problem_of(node, attribute, wrong),
                Ok(name) => {
                    if resolve(self.schemas, &name, node, self.findings).is_none() {
                        self.schemas.dangling(Kind::Type, node, attribute, &name, self.findings);
                    }
                }
            }
        }
    }

    fn facets(&mut self, restriction: Node<'a>, simple: &mut Simple) {
        for node in restriction.children().filter(|child| &*child.element.namespace == names::XSD) {
            let name = node.element.local.as_str();
            let kind = FacetKind::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind);
            if kind.is_none() && name != "enumeration" {
                continue;
            }
            if !self.step(node) {
                return;
            }
            let Some(value) = node.attribute("value").map(|attribute| attribute.value.clone()) else {
                self.findings.problem(node, format!("{} has no `value`; write one", node.tag()));
                continue;
            };
            match kind {
                Some(kind) => simple.facets.push(Facet { kind, value }),
                None => simple.values.push(Value { value, doc: documentation(node) }),
            }
        }
    }
}
