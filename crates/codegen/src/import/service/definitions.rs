//! The definitions of all WSDL files and the names that they declare.

use super::super::files::Files;
use super::super::model::Place;
use super::super::names::{self, QName, quoted};
use super::super::report::Findings;
use super::super::schemas::{in_words, own_name};
use super::super::xml::Node;
use crate::spec::Problem;
use std::collections::BTreeMap;

/// What a name can stand for in a WSDL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A message.
    Message,
    /// A port type.
    PortType,
    /// A binding.
    Binding,
}

impl What {
    fn tag(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::PortType => "portType",
            Self::Binding => "binding",
        }
    }
}

/// The definitions.
pub struct Definitions<'a> {
    /// Those of the first file.
    pub root: Node<'a>,
    /// The services, in the order of the files.
    pub services: Vec<Node<'a>>,
    declared: BTreeMap<What, Declared<'a>>,
}

#[derive(Default)]
struct Declared<'a> {
    /// In the order of the files.
    list: Vec<(QName, Node<'a>)>,
    index: BTreeMap<QName, usize>,
}

impl<'a> Definitions<'a> {
    /// The definitions of `files`.
    ///
    /// # Errors
    /// The one problem that leaves nothing: the first file is no WSDL 1.1.
    pub fn collect(files: &'a Files, findings: &mut Findings) -> Result<Self, Problem> {
        let Some(first) = files.list.first() else { return Err(Problem::of_file("", "there is no file")) };
        let root = first.node();
        if !root.is(names::WSDL, "definitions") {
            let hint = match (&*root.element.namespace, root.element.local.as_str()) {
                (names::WSDL_2, _) => "this is WSDL 2.0",
                _ => "give the WSDL of the service",
            };
            return Err(root.problem(format!("{} is not the `<wsdl:definitions>` of WSDL 1.1; {hint}", root.tag())));
        }
        let mut definitions = Self { root, services: Vec::new(), declared: BTreeMap::new() };
        for document in files.list.iter().filter(|document| document.node().is(names::WSDL, "definitions")) {
            definitions.add(document.node(), findings);
        }
        Ok(definitions)
    }

    fn add(&mut self, root: Node<'a>, findings: &mut Findings) {
        let target = root.value("targetNamespace").unwrap_or_default();
        self.services.extend(root.all(names::WSDL, &["service"]));
        for what in [What::Message, What::PortType, What::Binding] {
            let declared = self.declared.entry(what).or_default();
            for node in root.children().filter(|child| child.is(names::WSDL, what.tag())) {
                let Some(name) = own_name(node, findings) else { continue };
                let name = QName::new(target, name);
                if let Some((_, first)) = declared.index.get(&name).and_then(|index| declared.list.get(*index)) {
                    let Place { file, line } = first.place();
                    let (tag, name) = (what.tag(), quoted(&name.local));
                    let message = format!("the {tag} {name} stands twice; it stands in {file}:{line} already");
                    findings.problem_of(node, "name", message);
                    continue;
                }
                declared.index.insert(name.clone(), declared.list.len());
                declared.list.push((name, node));
            }
        }
    }

    /// What `name` stands for.
    pub fn find(&self, what: What, name: &QName) -> Option<Node<'a>> {
        let declared = self.declared.get(&what)?;
        declared.index.get(name).and_then(|index| declared.list.get(*index)).map(|(_, node)| *node)
    }

    /// All of a kind, in the order of the files.
    pub fn all(&self, what: What) -> impl Iterator<Item = (&QName, Node<'a>)> {
        self.declared.get(&what).into_iter().flat_map(|declared| &declared.list).map(|(name, node)| (name, *node))
    }

    /// What `name`, which an attribute of `node` says, stands for; tells when it stands for nothing.
    pub fn refer(
        &self,
        what: What,
        node: Node<'_>,
        attribute: &str,
        name: &QName,
        findings: &mut Findings,
    ) -> Option<Node<'a>> {
        let found = self.find(what, name);
        if found.is_none() {
            let known = self.all(what).filter(|(known, _)| known.namespace == name.namespace);
            let meant = findings.meant(&name.local, known.map(|(known, _)| known.local.as_str()));
            let (tag, local) = (what.tag(), quoted(&name.local));
            let target = self.root.value("targetNamespace").unwrap_or_default();
            let hint = match meant.as_str() {
                "" if target != name.namespace => format!("; names of this file are of {}", in_words(target)),
                meant => meant.to_owned(),
            };
            let message = format!("{local} is no {tag} of {}{hint}", in_words(&name.namespace));
            findings.problem_of(node, attribute, message);
        }
        found
    }
}
