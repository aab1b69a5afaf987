//! What a description says of a service: its operations, their messages, and the types of what stands in them.
//!
//! Everything is in the order of the files, and every published thing knows where it stands in them.

mod builtin;
mod types;

pub use builtin::Builtin;
pub use types::{
    Alternative, Array, Base, Choice, Complex, Content, Derivation, Facet, FacetKind, Field, FieldKind, Simple, Type,
    TypeKind, TypeRef, Types, Value,
};

use super::names::QName;
use std::sync::Arc;

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as seen from the folder of the first one: `types/common.xsd`.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
}

/// A service, as its SOAP 1.1 binding offers it.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its name; that of the definitions, or of the binding, where no `wsdl:service` offers the binding.
    pub name: String,
    /// Documentation of the service, or of the definitions.
    pub doc: String,
    /// Target namespace of the definitions.
    pub namespace: String,
    /// The binding that was taken.
    pub binding: QName,
    /// Where the service is, one address a port of this binding.
    pub addresses: Vec<Address>,
    /// Its operations.
    pub operations: Vec<Operation>,
    /// The global elements of all schemas.
    pub elements: Vec<Element>,
    /// The types of all schemas, those without a name included.
    pub types: Types,
    /// The files that were read, as seen from the folder of the first one.
    pub files: Vec<Arc<str>>,
}

/// Where a service is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Name of the port.
    pub port: String,
    /// The URL.
    pub location: String,
}

/// How a body is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The body holds the element that the message names.
    Document,
    /// The body holds an element named for the operation, with one element a part.
    Rpc,
}

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// As the schema says.
    Literal,
    /// By the rules of the SOAP encoding: `xsi:type` on values, arrays with `arrayType`, references.
    Encoded,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// Documentation.
    pub doc: String,
    /// What the header `SOAPAction` says; empty where the binding says nothing.
    pub action: String,
    /// How its bodies are laid out.
    pub style: Style,
    /// The request.
    pub input: Message,
    /// The reply; nothing for an operation that is not answered.
    pub output: Option<Message>,
    /// What may stand in the `detail` of a fault.
    pub faults: Vec<Fault>,
    /// Where the port type has it.
    pub at: Place,
}

/// A request or a reply.
#[derive(Debug, Clone)]
pub struct Message {
    /// Name of the `wsdl:message`.
    pub name: QName,
    /// Its documentation.
    pub doc: String,
    /// How values are written.
    pub usage: Usage,
    /// What stands in the body.
    pub body: Body,
}

/// What stands in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing: document style, and the message has no part.
    Empty,
    /// Document style: the element of the part.
    Element(Part),
    /// Rpc style: an element that holds one element a part, in this order. The names of parts are unqualified.
    Wrapper {
        /// The element's name: the operation's, or that with `Response` behind it.
        name: QName,
        /// The parts.
        parts: Vec<Part>,
    },
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name; on the wire in rpc style only.
    pub name: String,
    /// Documentation.
    pub doc: String,
    /// The global element that it is, in document style and in faults.
    pub element: Option<QName>,
    /// Its type, or that of the element.
    pub ty: TypeRef,
}

/// A fault that an operation declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its name.
    pub name: String,
    /// Documentation.
    pub doc: String,
    /// Name of the `wsdl:message`.
    pub message: QName,
    /// How values are written.
    pub usage: Usage,
    /// What stands in `detail`.
    pub part: Part,
}

/// A global element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: QName,
    /// Documentation.
    pub doc: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether `xsi:nil` may stand for its content.
    pub nillable: bool,
    /// Where it stands.
    pub at: Place,
}

impl Service {
    /// The operation called `name`.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// The global element called `name`.
    pub fn element(&self, name: &QName) -> Option<&Element> {
        self.elements.iter().find(|element| element.name == *name)
    }
}

impl Operation {
    /// Type of the request's element in document style.
    pub fn input_type(&self) -> Option<&TypeRef> {
        self.input.body.ty()
    }

    /// Type of the reply's element in document style.
    pub fn output_type(&self) -> Option<&TypeRef> {
        self.output.as_ref()?.body.ty()
    }
}

impl Body {
    /// Name of the element that the SOAP body holds.
    pub fn root(&self) -> Option<&QName> {
        match self {
            Self::Empty => None,
            Self::Element(part) => part.element.as_ref(),
            Self::Wrapper { name, .. } => Some(name),
        }
    }

    /// Type of that element, where it has one: a wrapper of rpc style has none but its parts.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Element(part) => Some(&part.ty),
            Self::Empty | Self::Wrapper { .. } => None,
        }
    }
}
