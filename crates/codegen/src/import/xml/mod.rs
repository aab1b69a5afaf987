//! XML as a tree with places. Knows nothing of WSDL or XSD.

mod parse;

pub use parse::{parse, undeclared};

use super::model::Place;
use super::names::quoted;
use crate::spec::Problem;
use std::sync::Arc;

/// A file that was read.
#[derive(Debug)]
pub struct Document {
    /// Its name in messages, as seen from the folder of the first file.
    pub name: Arc<str>,
    /// Its outermost element.
    pub root: Element,
    scopes: Vec<Scope>,
}

/// Line and column in characters, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// An element.
#[derive(Debug)]
pub struct Element {
    /// Its number in the file, from 0, in the order of the start tags.
    pub id: usize,
    /// Its namespace; empty for none.
    pub namespace: Arc<str>,
    /// Its name within the namespace.
    pub local: String,
    /// Its name as written, with the prefix.
    pub written: String,
    /// Where it begins.
    pub at: At,
    /// Attributes in the order of the file, without namespace declarations.
    pub attributes: Vec<Attribute>,
    /// What stands within it.
    pub children: Vec<Child>,
    scope: usize,
}

/// An attribute.
#[derive(Debug)]
pub struct Attribute {
    /// Its namespace; empty for none.
    pub namespace: Arc<str>,
    /// Its name within the namespace.
    pub local: String,
    /// Its name as written.
    pub written: String,
    /// Its value.
    pub value: String,
    /// Where it begins.
    pub at: At,
}

/// What stands within an element.
#[derive(Debug)]
pub enum Child {
    /// An element.
    Element(Element),
    /// Text, put together where entities and CDATA split it.
    Text(String),
}

/// Namespace declarations of an element that has some.
#[derive(Debug)]
struct Scope {
    outer: Option<usize>,
    /// Prefix (empty for the default) and namespace.
    bindings: Vec<(String, Arc<str>)>,
    /// How many declarations hold here, those of outer elements included.
    depth: usize,
}

/// An element and the file that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// The file.
    pub document: &'a Document,
    /// The element.
    pub element: &'a Element,
}

impl Document {
    /// The outermost element.
    pub fn node(&self) -> Node<'_> {
        Node { document: self, element: &self.root }
    }
}

impl<'a> Node<'a> {
    /// Whether this is the element `local` of `namespace`.
    pub fn is(self, namespace: &str, local: &str) -> bool {
        self.element.local == local && &*self.element.namespace == namespace
    }

    /// The elements within, in order.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        self.element.children.iter().filter_map(move |child| match child {
            Child::Element(element) => Some(Node { document: self.document, element }),
            Child::Text(_) => None,
        })
    }

    /// The elements of `namespace` within that have one of these names, in order.
    pub fn all(self, namespace: &'a str, locals: &'a [&'a str]) -> impl Iterator<Item = Node<'a>> {
        self.children().filter(move |child| {
            &*child.element.namespace == namespace && locals.contains(&child.element.local.as_str())
        })
    }

    /// The first element `local` of `namespace` within.
    pub fn child(self, namespace: &str, local: &str) -> Option<Node<'a>> {
        self.children().find(|child| child.is(namespace, local))
    }

    /// The attribute without a namespace that has this name.
    pub fn attribute(self, local: &str) -> Option<&'a Attribute> {
        self.element.attributes.iter().find(|attribute| attribute.namespace.is_empty() && attribute.local == local)
    }

    /// Its value, without the white space around it.
    pub fn value(self, local: &str) -> Option<&'a str> {
        self.attribute(local).map(|attribute| attribute.value.trim())
    }

    /// The namespace that `prefix` stands for here; an empty prefix asks for the default namespace.
    pub fn namespace(self, prefix: &str) -> Option<&'a str> {
        self.document.bound(Some(self.element.scope), prefix).map(|namespace| &**namespace)
    }

    /// Where this stands.
    pub fn place(self) -> Place {
        Place { file: Arc::clone(&self.document.name), line: self.element.at.line }
    }

    /// A problem at the element.
    pub fn problem(self, message: impl Into<String>) -> Problem {
        self.document.problem(self.element.at, message)
    }

    /// A problem at the attribute of this name, or at the element where it has none.
    pub fn problem_of(self, attribute: &str, message: impl Into<String>) -> Problem {
        let at = self.attribute(attribute).map_or(self.element.at, |attribute| attribute.at);
        self.document.problem(at, message)
    }

    /// The element's name as written, quoted as a tag.
    pub fn tag(self) -> String {
        quoted(&format!("<{}>", self.element.written))
    }

    /// All text within, elements and all.
    pub fn text(self) -> String {
        let mut text = String::new();
        collect(self.element, &mut text);
        text
    }
}

fn collect(element: &Element, text: &mut String) {
    for child in &element.children {
        match child {
            Child::Element(element) => collect(element, text),
            Child::Text(part) => text.push_str(part),
        }
    }
}

impl Document {
    fn problem(&self, at: At, message: impl Into<String>) -> Problem {
        Problem { file: self.name.to_string(), line: at.line, column: at.column, message: message.into() }
    }

    fn bound(&self, scope: Option<usize>, prefix: &str) -> Option<&Arc<str>> {
        bound(&self.scopes, scope, prefix)
    }
}

/// What `prefix` stands for at a place. The innermost declaration counts; an empty namespace takes the default away.
fn bound<'s>(scopes: &'s [Scope], mut scope: Option<usize>, prefix: &str) -> Option<&'s Arc<str>> {
    while let Some(here) = scope.and_then(|index| scopes.get(index)) {
        if let Some((_, namespace)) = here.bindings.iter().find(|(name, _)| name == prefix) {
            return Some(namespace).filter(|namespace| !namespace.is_empty());
        }
        scope = here.outer;
    }
    None
}
