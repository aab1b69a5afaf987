//! From the declarations of the schemas to the types of the model.
//!
//! Types are made one by one. A type that is derived from another has that made first, since its fields begin with the
//! other's; a type without a name gets one where it is met and waits for its turn, so that nothing nests but groups and
//! derivation, and for these there is a limit.

mod attributes;
mod content;
mod derived;
mod shape;
mod simple;

use super::limits;
use super::model::{Builtin, Element, Type, TypeKind, TypeRef, Types};
use super::names::{self, QName, Taken, quoted};
use super::report::Findings;
use super::schemas::{Component, Kind, Schemas, own_name};
use super::xml::Node;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Makes the types of the schemas.
pub struct Maker<'a, 'f> {
    schemas: &'a Schemas<'a>,
    /// What was found.
    pub findings: &'f mut Findings,
    /// The types made so far, in the order of the files.
    made: BTreeMap<Order, Type>,
    /// Where a type is in `made`.
    places: BTreeMap<QName, Order>,
    taken: Taken,
    /// Names given to anonymous types, by the file, the element and the schema.
    given: BTreeMap<(Arc<str>, usize, usize), QName>,
    waiting: VecDeque<Waiting<'a>>,
    /// Types that are being made, each derived from the next.
    chain: Vec<QName>,
    /// Groups that are being written out, each within the one before it.
    groups: Vec<QName>,
    /// How deep groups are nested here.
    nesting: usize,
    /// How many members were met.
    steps: usize,
}

/// Schema and element: the order of the files.
type Order = (usize, usize);

/// An anonymous type that has a name and is not made yet.
struct Waiting<'a> {
    component: Component<'a>,
    name: QName,
    path: Vec<String>,
}

impl<'a, 'f> Maker<'a, 'f> {
    /// A maker that has made nothing.
    pub fn new(schemas: &'a Schemas<'a>, findings: &'f mut Findings) -> Self {
        let mut taken = Taken::default();
        for (name, _) in schemas.declared(Kind::Type) {
            taken.take(name.clone());
        }
        Self {
            schemas,
            findings,
            made: BTreeMap::new(),
            places: BTreeMap::new(),
            taken,
            given: BTreeMap::new(),
            waiting: VecDeque::new(),
            chain: Vec::new(),
            groups: Vec::new(),
            nesting: 0,
            steps: 0,
        }
    }

    /// Makes all types and gives them with the global elements.
    pub fn make(mut self) -> (Types, Vec<Element>) {
        for (name, component) in self.declared(Kind::Type) {
            self.ensure(name, component);
        }
        let elements = self.declared(Kind::Element);
        let elements = elements.into_iter().map(|(name, component)| self.element(name, component)).collect();
        // What is wrong with the rest is told whether something refers to it or not.
        for (name, component) in self.declared(Kind::Group) {
            self.unused_group(name, component);
        }
        for (name, component) in self.declared(Kind::AttributeGroup) {
            self.attributes(component, std::slice::from_ref(&name.local), &mut shape::Shape::default());
        }
        for (name, component) in self.declared(Kind::Attribute) {
            self.type_of(component, std::slice::from_ref(&name.local));
        }
        while let Some(Waiting { component, name, path }) = self.waiting.pop_front() {
            let kind = self.kind(component, &path);
            self.add(component, name, Some(path.join("/")), kind);
        }
        (Types::new(self.made.into_values().collect()), elements)
    }

    /// What the schemas declare of a kind, in the order of the files.
    fn declared(&self, kind: Kind) -> Vec<(&'a QName, Component<'a>)> {
        let mut declared: Vec<_> = self.schemas.declared(kind).collect();
        declared.sort_by_key(|(_, component)| order(*component));
        declared
    }

    /// Makes the named type when it is not made yet. False where that is not possible: it is derived from itself.
    fn ensure(&mut self, name: &QName, component: Component<'a>) -> bool {
        if self.places.contains_key(name) {
            return true;
        }
        if self.chain.contains(name) || self.chain.len() == limits::CHAIN {
            return false;
        }
        self.chain.push(name.clone());
        let kind = self.kind(component, std::slice::from_ref(&name.local));
        self.chain.pop();
        self.add(component, name.clone(), None, kind);
        true
    }

    fn kind(&mut self, component: Component<'a>, path: &[String]) -> TypeKind {
        if component.node.element.local == "simpleType" {
            TypeKind::Simple(self.simple(component, path))
        } else {
            self.complex(component, path)
        }
    }

    fn add(&mut self, component: Component<'a>, name: QName, path: Option<String>, kind: TypeKind) {
        let (doc, at) = (documentation(component.node), component.node.place());
        self.places.insert(name.clone(), order(component));
        self.made.insert(order(component), Type { name, path, doc, kind, at });
    }

    /// The type that was made under this name.
    fn get(&self, name: &QName) -> Option<&TypeKind> {
        self.places.get(name).and_then(|order| self.made.get(order)).map(|ty| &ty.kind)
    }

    fn element(&mut self, name: &QName, component: Component<'a>) -> Element {
        let node = component.node;
        if self.flag(node, "abstract") {
            self.findings.remark(
                node,
                format!("the element {} is abstract; what may stand for it is not known", quoted(&name.local)),
            );
        }
        if node.attribute("substitutionGroup").is_some() {
            let name = quoted(&name.local);
            self.findings
                .remark(node, format!("the element {name} may stand for others (`substitutionGroup`); it does not"));
        }
        let path = [name.local.clone()];
        Element {
            name: name.clone(),
            doc: documentation(node),
            ty: self.type_of(component, &path),
            nillable: self.flag(node, "nillable"),
            at: node.place(),
        }
    }

    /// The type of an element or attribute: the one that it names, the one that stands in it, or any.
    fn type_of(&mut self, component: Component<'a>, path: &[String]) -> TypeRef {
        let node = component.node;
        let mut inner = node.all(names::XSD, &["complexType", "simpleType"]);
        let (first, second) = (inner.next(), inner.next());
        if first.is_some() && (second.is_some() || node.attribute("type").is_some()) {
            self.findings
                .problem(node, format!("{} has two types; one of them counts: take out the other", node.tag()));
        }
        let any = if node.element.local == "attribute" { TypeRef::Builtin(Builtin::AnySimpleType) } else { ANY };
        match first {
            Some(inner) => self.anonymous(component.at(inner), path),
            None if node.attribute("type").is_some() => self.type_ref(component, "type").unwrap_or(any),
            None => any,
        }
    }

    /// A name for a type without one; the type is made later.
    fn anonymous(&mut self, component: Component<'a>, path: &[String]) -> TypeRef {
        let node = component.node;
        let key = (Arc::clone(&node.document.name), node.element.id, component.schema);
        if let Some(name) = self.given.get(&key) {
            return TypeRef::Named(name.clone());
        }
        let target = self.schemas.list.get(component.schema).map_or("", |schema| schema.target.as_str());
        if path.iter().map(|step| step.chars().count()).sum::<usize>() > limits::PATH {
            let most = limits::PATH;
            let message = format!("the names on the way to this type have more than {most} characters; give it a name");
            self.findings.problem(node, message);
            return ANY;
        }
        let name = self.taken.give(target, path);
        self.given.insert(key, name.clone());
        self.waiting.push_back(Waiting { component, name: name.clone(), path: path.to_vec() });
        TypeRef::Named(name)
    }

    /// The type that an attribute names; tells when there is none.
    fn type_ref(&mut self, from: Component<'a>, attribute: &str) -> Option<TypeRef> {
        let name = self.schemas.name(from, attribute, self.findings)?;
        let found = resolve(self.schemas, &name, from.node, self.findings);
        if found.is_none() {
            self.schemas.dangling(Kind::Type, from.node, attribute, &name, self.findings);
        }
        found
    }

    /// Whether a reference is to a group of the SOAP encoding's own schema, which need not be there.
    fn of_encoding(&self, from: Component<'a>, kind: Kind) -> bool {
        // What is wrong with the name is told where it is looked up.
        let name = self.schemas.name(from, "ref", &mut Findings::default());
        name.is_some_and(|name| name.namespace == names::SOAP_ENC && self.schemas.find(kind, &name).is_none())
    }

    /// Whether an attribute says true.
    fn flag(&mut self, node: Node<'_>, attribute: &str) -> bool {
        match node.value(attribute) {
            Some("true" | "1") => true,
            None | Some("false" | "0") => false,
            Some(other) => {
                let message = format!("{} is no value of `{attribute}`; write `true` or `false`", quoted(other));
                self.findings.problem_of(node, attribute, message);
                false
            }
        }
    }

    /// Counts a member; false where there are too many.
    fn step(&mut self, node: Node<'_>) -> bool {
        self.spend(node, 1)
    }

    /// Counts so many members; false, which is told once, where there are too many.
    fn spend(&mut self, node: Node<'_>, steps: usize) -> bool {
        let before = self.steps;
        self.steps = before.saturating_add(steps);
        if before < limits::STEPS && self.steps >= limits::STEPS {
            let most = limits::STEPS;
            let message = format!("types have more than {most} members in all, those of groups and bases written out");
            self.findings.problem(node, message);
        }
        self.steps < limits::STEPS
    }
}

/// Any element content.
pub const ANY: TypeRef = TypeRef::Builtin(Builtin::AnyType);

fn order(component: Component<'_>) -> Order {
    (component.schema, component.node.element.id)
}

/// What a name stands for as a type; nothing where there is no such type.
pub fn resolve(schemas: &Schemas<'_>, name: &QName, node: Node<'_>, findings: &mut Findings) -> Option<TypeRef> {
    match name.namespace.as_str() {
        names::XSD => Builtin::named(&name.local).map(TypeRef::Builtin),
        // Types of the encoding's own add `id` and `href` to those of XML Schema, which every encoded value may have.
        names::SOAP_ENC => match name.local.as_str() {
            "Array" => Some(TypeRef::AnyArray),
            "Struct" => Some(ANY),
            "base64" => Some(TypeRef::Builtin(Builtin::Base64Binary)),
            other => Builtin::named(other).map(TypeRef::Builtin),
        },
        names::APACHE if name.local == "Map" => Some(TypeRef::Map),
        names::APACHE if schemas.find(Kind::Type, name).is_none() => {
            findings
                .remark(node, format!("the type {} of {} may be anything", quoted(&name.local), quoted(names::APACHE)));
            Some(ANY)
        }
        _ => schemas.find(Kind::Type, name).map(|_| TypeRef::Named(name.clone())),
    }
}

/// What `xsd:annotation` and `wsdl:documentation` say of the element they stand in: a line for each paragraph.
pub fn documentation(node: Node<'_>) -> String {
    let annotations = node.all(names::XSD, &["annotation"]);
    let of_schema = annotations.flat_map(|annotation| annotation.all(names::XSD, &["documentation"]));
    let of_wsdl = node.all(names::WSDL, &["documentation"]);
    let paragraphs: Vec<String> = of_schema.chain(of_wsdl).flat_map(|found| paragraphs(&found.text())).collect();
    paragraphs.join("\n")
}

/// The paragraphs of a text, which empty lines separate, each on one line.
fn paragraphs(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match found.last_mut() {
            Some(last) if !words.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(&words);
            }
            _ => found.push(String::new()),
        }
    }
    found.retain(|paragraph| !paragraph.is_empty());
    found
}

/// The name that a local element or attribute declares; tells when there is none, or both a name and a reference.
fn local_name<'a>(node: Node<'a>, findings: &mut Findings) -> Option<&'a str> {
    if node.attribute("ref").is_some() {
        findings.problem_of(node, "name", format!("{} has both `name` and `ref`; write one of them", node.tag()));
        return None;
    }
    own_name(node, findings)
}
