//! The schemas of all files and the names that they declare.

use super::files::{Files, schemas};
use super::model::Place;
use super::names::{self, QName, quoted, wrong_name};
use super::report::Findings;
use super::xml::{Node, undeclared};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a name can stand for: each of these has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Complex and simple types.
    Type,
    /// Global elements.
    Element,
    /// Global attributes.
    Attribute,
    /// Named groups.
    Group,
    /// Named groups of attributes.
    AttributeGroup,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Type, Self::Element, Self::Attribute, Self::Group, Self::AttributeGroup];

    /// What it is called in messages.
    pub fn called(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Group => "group",
            Self::AttributeGroup => "attribute group",
        }
    }

    fn tags(self) -> &'static [&'static str] {
        match self {
            Self::Type => &["complexType", "simpleType"],
            Self::Element => &["element"],
            Self::Attribute => &["attribute"],
            Self::Group => &["group"],
            Self::AttributeGroup => &["attributeGroup"],
        }
    }
}

/// A schema, as it counts for one namespace.
#[derive(Debug)]
pub struct Schema<'a> {
    /// Its element.
    pub node: Node<'a>,
    /// The namespace of what it declares.
    pub target: String,
    /// Whether local elements are qualified.
    pub elements_qualified: bool,
    /// Whether local attributes are qualified.
    pub attributes_qualified: bool,
    /// Whether it took the namespace of the schema that includes it: then a name without a prefix means that namespace.
    adopted: bool,
}

/// An element of a schema, and the schema whose rules hold there.
#[derive(Debug, Clone, Copy)]
pub struct Component<'a> {
    /// The element.
    pub node: Node<'a>,
    /// Index in [`Schemas::list`].
    pub schema: usize,
}

impl<'a> Component<'a> {
    /// An element of the same schema.
    pub fn at(self, node: Node<'a>) -> Self {
        Self { node, schema: self.schema }
    }
}

/// All schemas.
#[derive(Debug)]
pub struct Schemas<'a> {
    /// The schemas in the order in which they were found.
    pub list: Vec<Schema<'a>>,
    /// Their namespaces.
    namespaces: BTreeSet<String>,
    /// What is declared.
    declared: BTreeMap<Kind, BTreeMap<QName, Component<'a>>>,
}

impl<'a> Schemas<'a> {
    /// The schemas of `files`.
    pub fn collect(files: &'a Files, findings: &mut Findings) -> Self {
        let mut collected = Self { list: Vec::new(), namespaces: BTreeSet::new(), declared: BTreeMap::new() };
        let mut seen = BTreeSet::new();
        let mut waiting: VecDeque<(Node<'a>, Option<String>)> = VecDeque::new();
        let alone = files.list.first().map(|document| document.node());
        waiting.extend(alone.filter(|node| node.is(names::XSD, "schema")).map(|node| (node, None)));
        for document in files.list.iter().filter(|document| !document.node().is(names::XSD, "schema")) {
            waiting.extend(schemas(document.node()).into_iter().map(|node| (node, None)));
            waiting.extend(linked_by_wsdl(files, document.node(), findings).into_iter().map(|node| (node, None)));
        }
        while let Some((node, adopted)) = waiting.pop_front() {
            let own = node.value("targetNamespace").unwrap_or_default();
            let target = adopted.clone().unwrap_or_else(|| own.to_owned());
            if !seen.insert((node.document.name.clone(), node.element.id, target.clone())) {
                continue;
            }
            for include in node.all(names::XSD, &["include"]) {
                waiting.extend(included(files, include, &target, findings));
            }
            for import in node.all(names::XSD, &["import"]) {
                waiting.extend(imported(files, import, findings).map(|node| (node, None)));
            }
            let adopted = adopted.is_some() && own.is_empty();
            collected.add(node, target, adopted, findings);
        }
        collected.check_imports(findings);
        collected
    }

    fn add(&mut self, node: Node<'a>, target: String, adopted: bool, findings: &mut Findings) {
        let mut qualified = |attribute: &str| form(node, attribute, findings) == Some(true);
        let elements_qualified = qualified("elementFormDefault");
        let attributes_qualified = qualified("attributeFormDefault");
        let schema = self.list.len();
        for child in node.children() {
            let kind = Kind::ALL.into_iter().find(|kind| {
                &*child.element.namespace == names::XSD && kind.tags().contains(&child.element.local.as_str())
            });
            if let Some(kind) = kind {
                self.declare(kind, &target, Component { node: child, schema }, findings);
            }
        }
        self.namespaces.insert(target.clone());
        self.list.push(Schema { node, target, elements_qualified, attributes_qualified, adopted });
    }

    fn declare(&mut self, kind: Kind, target: &str, component: Component<'a>, findings: &mut Findings) {
        let Some(name) = own_name(component.node, findings) else { return };
        let known = self.declared.entry(kind).or_default();
        let name = QName::new(target, name);
        match known.get(&name) {
            Some(first) => {
                let Place { file, line } = first.node.place();
                let (called, name) = (kind.called(), quoted(&name.local));
                let message = format!("the {called} {name} stands twice; it stands in {file}:{line} already");
                findings.problem_of(component.node, "name", message);
            }
            None => {
                known.insert(name, component);
            }
        }
    }

    /// What is declared of a kind, in the order of the names.
    pub fn declared(&self, kind: Kind) -> impl Iterator<Item = (&QName, Component<'a>)> {
        self.declared.get(&kind).into_iter().flatten().map(|(name, component)| (name, *component))
    }

    /// What `name` stands for.
    pub fn find(&self, kind: Kind, name: &QName) -> Option<Component<'a>> {
        self.declared.get(&kind)?.get(name).copied()
    }

    /// What the name that an attribute of `node` holds stands for, with the name; tells when it stands for nothing.
    pub fn refer(
        &self,
        kind: Kind,
        from: Component<'a>,
        attribute: &str,
        findings: &mut Findings,
    ) -> Option<(QName, Component<'a>)> {
        let name = self.name(from, attribute, findings)?;
        match self.find(kind, &name) {
            Some(component) => Some((name, component)),
            None => {
                self.dangling(kind, from.node, attribute, &name, findings);
                None
            }
        }
    }

    /// The name that an attribute of a schema's element holds; tells when it is none.
    pub fn name(&self, from: Component<'a>, attribute: &str, findings: &mut Findings) -> Option<QName> {
        let adopted = self.list.get(from.schema).filter(|schema| schema.adopted).map(|schema| schema.target.as_str());
        qname_of(from.node, attribute, adopted, findings)
    }

    /// Tells that `name` stands for nothing.
    pub fn dangling(&self, kind: Kind, node: Node<'_>, attribute: &str, name: &QName, findings: &mut Findings) {
        let (called, written) = (kind.called(), quoted(&name.local));
        let message = if name.namespace == names::XSD {
            let known = super::model::Builtin::ALL.iter().map(|(_, name)| *name);
            format!("{written} is no {called} of XML Schema{}", findings.meant(&name.local, known))
        } else if self.namespaces.contains(&name.namespace) {
            let all = self.declared.get(&kind).map(|all| all.range(QName::new(name.namespace.clone(), "")..));
            let here = all.into_iter().flatten().take_while(|(known, _)| known.namespace == name.namespace);
            let meant = findings.meant(&name.local, here.map(|(known, _)| known.local.as_str()));
            format!("{written} is no {called} of {}{meant}", in_words(&name.namespace))
        } else if name.namespace.is_empty() {
            format!("{written} is of no namespace, of which no schema was read; write the prefix of its namespace")
        } else {
            let namespace = quoted(&name.namespace);
            let advice = "import it with the `schemaLocation` of a file";
            format!("{written} is of {namespace}, of which no schema was read; {advice}")
        };
        findings.problem_of(node, attribute, message);
    }

    /// An import that names no file is right where the schema is there all the same, or known.
    fn check_imports(&self, findings: &mut Findings) {
        for schema in &self.list {
            for import in schema.node.all(names::XSD, &["import"]) {
                let namespace = import.value("namespace").unwrap_or_default();
                let there = names::WELL_KNOWN.contains(&namespace)
                    || self.namespaces.contains(namespace)
                    || import.value("schemaLocation").is_some();
                if !there {
                    let message = format!(
                        "the schema of {} is not there; name its file with `schemaLocation`",
                        in_words(namespace)
                    );
                    findings.problem(import, message);
                }
            }
        }
    }
}

/// The namespace in a message.
pub fn in_words(namespace: &str) -> String {
    if namespace.is_empty() { "no namespace".to_owned() } else { quoted(namespace) }
}

/// The name that an element declares; tells when it declares none.
pub fn own_name<'a>(node: Node<'a>, findings: &mut Findings) -> Option<&'a str> {
    let Some(name) = node.value("name") else {
        findings.problem(node, format!("{} has no `name` here; write one", node.tag()));
        return None;
    };
    if let Some(wrong) = wrong_name(name) {
        findings.problem_of(node, "name", wrong);
        return None;
    }
    Some(name)
}

/// Whether `form`, or a default for it, says `qualified`; nothing where the attribute is absent.
pub fn form(node: Node<'_>, attribute: &str, findings: &mut Findings) -> Option<bool> {
    let value = node.value(attribute)?;
    if !matches!(value, "qualified" | "unqualified") {
        let message = format!("{} is no value of `{attribute}`; write `qualified` or `unqualified`", quoted(value));
        findings.problem_of(node, attribute, message);
    }
    Some(value == "qualified")
}

/// The name that an attribute holds; tells when it is none. `adopted` is meant where neither prefix nor default is.
pub fn qname_of(node: Node<'_>, attribute: &str, adopted: Option<&str>, findings: &mut Findings) -> Option<QName> {
    let Some(value) = node.value(attribute) else {
        findings.problem(node, format!("{} has no `{attribute}`; write one", node.tag()));
        return None;
    };
    match qname(node, value, adopted) {
        Ok(name) => Some(name),
        Err(wrong) => {
            findings.problem_of(node, attribute, wrong);
            None
        }
    }
}

/// The name that `value` says at `node`.
pub fn qname(node: Node<'_>, value: &str, adopted: Option<&str>) -> Result<QName, String> {
    let (prefix, local) = value.split_once(':').unwrap_or(("", value));
    if let Some(wrong) = wrong_name(local) {
        return Err(wrong);
    }
    match node.namespace(prefix) {
        Some(namespace) => Ok(QName::new(namespace, local)),
        None if prefix.is_empty() => Ok(QName::new(adopted.unwrap_or_default(), local)),
        None => Err(undeclared(prefix)),
    }
}

/// The schema that a file holds which is imported or included.
fn schema_of<'a>(files: &'a Files, node: Node<'_>, attribute: &str, findings: &mut Findings) -> Option<Node<'a>> {
    let root = files.linked(node)?.node();
    if !root.is(names::XSD, "schema") {
        let file = &root.document.name;
        let message = format!("{file} holds {}; a file that is named here holds an `<xsd:schema>`", root.tag());
        findings.problem_of(node, attribute, message);
        return None;
    }
    Some(root)
}

fn included<'a>(
    files: &'a Files,
    include: Node<'_>,
    target: &str,
    findings: &mut Findings,
) -> Option<(Node<'a>, Option<String>)> {
    if include.attribute("schemaLocation").is_none() {
        findings.problem(include, format!("{} has no `schemaLocation`; name a file beside this one", include.tag()));
    }
    let node = schema_of(files, include, "schemaLocation", findings)?;
    let own = node.value("targetNamespace").unwrap_or_default();
    if !own.is_empty() && own != target {
        let (file, own, target) = (&node.document.name, in_words(own), in_words(target));
        let message = format!("{file} is of {own}, and what includes it of {target}; import it instead");
        findings.problem_of(include, "schemaLocation", message);
        return None;
    }
    Some((node, Some(target.to_owned())))
}

fn imported<'a>(files: &'a Files, import: Node<'_>, findings: &mut Findings) -> Option<Node<'a>> {
    let node = schema_of(files, import, "schemaLocation", findings)?;
    let own = node.value("targetNamespace").unwrap_or_default();
    let asked = import.value("namespace").unwrap_or_default();
    if own != asked {
        let (file, own, asked) = (&node.document.name, in_words(own), in_words(asked));
        let message = format!("{file} is of {own}, and {asked} is imported; correct `namespace` or the file's name");
        findings.problem_of(import, "schemaLocation", message);
        return None;
    }
    Some(node)
}

/// The schemas that a WSDL imports as if they were WSDL, which some programs write.
fn linked_by_wsdl<'a>(files: &'a Files, root: Node<'a>, findings: &mut Findings) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    for import in root.all(names::WSDL, &["import"]) {
        let Some(document) = files.linked(import) else { continue };
        let (node, file) = (document.node(), &document.name);
        if node.is(names::XSD, "schema") {
            found.push(node);
        } else if !node.is(names::WSDL, "definitions") {
            let message = format!("{file} holds {}; a file that is named here holds `<wsdl:definitions>`", node.tag());
            findings.problem_of(import, "location", message);
        }
    }
    found
}
