//! Types: what may stand in an element or an attribute.

use super::super::names::QName;
use super::{Builtin, Place};
use std::collections::BTreeMap;

/// A reference to a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// A type of XML Schema itself.
    Builtin(Builtin),
    /// A type in [`Types`].
    Named(QName),
    /// An array of the SOAP encoding whose items may be anything.
    AnyArray,
    /// A map of `http://xml.apache.org/xml-soap`: items of a key and a value.
    Map,
}

/// All types, in the order of the files; an anonymous one stands behind the type that it is part of.
#[derive(Debug, Clone, Default)]
pub struct Types {
    list: Vec<Type>,
    index: BTreeMap<QName, usize>,
}

impl Types {
    /// The types in this order; names are distinct.
    pub(in crate::import) fn new(list: Vec<Type>) -> Self {
        let index = list.iter().enumerate().map(|(index, ty)| (ty.name.clone(), index)).collect();
        Self { list, index }
    }

    /// The type called `name`.
    pub fn get(&self, name: &QName) -> Option<&Type> {
        self.index.get(name).and_then(|index| self.list.get(*index))
    }

    /// The types in order.
    pub fn iter(&self) -> impl Iterator<Item = &Type> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A type.
#[derive(Debug, Clone)]
pub struct Type {
    /// Its name. That of an anonymous type is made from `path`, and is not on the wire in `xsi:type`.
    pub name: QName,
    /// The way to an anonymous type from what has a name: `Order/item`.
    pub path: Option<String>,
    /// Documentation.
    pub doc: String,
    /// What it is.
    pub kind: TypeKind,
    /// Where it stands.
    pub at: Place,
}

/// What a type is.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// Elements and attributes.
    Complex(Complex),
    /// A text.
    Simple(Simple),
    /// An array of the SOAP encoding.
    Array(Array),
}

/// A type of elements and attributes.
#[derive(Debug, Clone, Default)]
pub struct Complex {
    /// In which order the elements stand.
    pub content: Content,
    /// What it is derived from; the fields of the base are in `fields`.
    pub base: Option<Base>,
    /// Whether only types derived from it may stand in a message.
    pub is_abstract: bool,
    /// Elements in the order of the schema, those of the base first; then the text of simple content, then attributes.
    pub fields: Vec<Field>,
    /// The choices that fields belong to.
    pub choices: Vec<Choice>,
    /// Whether elements may stand in it that it does not name.
    pub open: bool,
    /// Whether attributes may stand on it that it does not name.
    pub open_attributes: bool,
    /// Whether text may stand between the elements.
    pub mixed: bool,
}

/// In which order the elements of a type stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Content {
    /// There are none.
    #[default]
    Empty,
    /// In the order of the fields.
    Sequence,
    /// In any order.
    All,
    /// The type is one choice: [`Complex::choices`] has it first.
    Choice,
    /// There is text instead: the field of kind [`FieldKind::Text`].
    Simple,
}

/// What a type is derived from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The base.
    pub ty: TypeRef,
    /// How.
    pub by: Derivation,
}

/// How a type is derived from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    /// It adds to it.
    Extension,
    /// It allows less.
    Restriction,
}

/// An element, attribute or text of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name on the wire; empty for the text.
    pub name: String,
    /// The namespace that its name is qualified with; empty when it is unqualified.
    pub namespace: String,
    /// What it is.
    pub kind: FieldKind,
    /// Its type.
    pub ty: TypeRef,
    /// How often it stands there at least. A member of a choice: 0.
    pub min: u32,
    /// How often at most; nothing for any number.
    pub max: Option<u32>,
    /// Whether `xsi:nil` may stand for its content.
    pub nillable: bool,
    /// What an absent attribute or an empty element stands for.
    pub default: Option<String>,
    /// The only value that it may have.
    pub fixed: Option<String>,
    /// The alternative that it belongs to.
    pub choice: Option<Alternative>,
    /// Documentation.
    pub doc: String,
    /// Where it stands.
    pub at: Place,
}

/// What a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKind {
    /// An element.
    Element,
    /// The text of a type with simple content.
    Text,
    /// An attribute.
    Attribute,
}

/// A choice between alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// How often an alternative is chosen at least.
    pub min: u32,
    /// How often at most; nothing for any number.
    pub max: Option<u32>,
    /// How many alternatives there are.
    pub alternatives: usize,
    /// The alternative of another choice that this one stands in.
    pub within: Option<Alternative>,
}

/// A place in a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternative {
    /// Index in [`Complex::choices`].
    pub choice: usize,
    /// Which of its alternatives, from 0.
    pub number: usize,
    /// Whether it must be there when this alternative is chosen.
    pub required: bool,
}

/// A type of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simple {
    /// What it restricts.
    pub base: TypeRef,
    /// The type of XML Schema at the end of the chain of bases.
    pub builtin: Builtin,
    /// The values that it allows, where it lists them. Those that its base lists hold too.
    pub values: Vec<Value>,
    /// Its other restrictions, in order. Those of its base hold too.
    pub facets: Vec<Facet>,
}

/// A value that a type allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The value.
    pub value: String,
    /// Documentation.
    pub doc: String,
}

/// A restriction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Of what.
    pub kind: FacetKind,
    /// Its value, as written.
    pub value: String,
}

/// What a restriction restricts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of XML Schema")]
pub enum FacetKind {
    Pattern,
    Length,
    MinLength,
    MaxLength,
    MinInclusive,
    MaxInclusive,
    MinExclusive,
    MaxExclusive,
    TotalDigits,
    FractionDigits,
    WhiteSpace,
}

impl FacetKind {
    /// Every kind and its name in XML Schema.
    pub const ALL: [(Self, &'static str); 11] = [
        (Self::Pattern, "pattern"),
        (Self::Length, "length"),
        (Self::MinLength, "minLength"),
        (Self::MaxLength, "maxLength"),
        (Self::MinInclusive, "minInclusive"),
        (Self::MaxInclusive, "maxInclusive"),
        (Self::MinExclusive, "minExclusive"),
        (Self::MaxExclusive, "maxExclusive"),
        (Self::TotalDigits, "totalDigits"),
        (Self::FractionDigits, "fractionDigits"),
        (Self::WhiteSpace, "whiteSpace"),
    ];
}

/// An array of the SOAP encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Array {
    /// Type of the items.
    pub item: TypeRef,
    /// Name of the items' elements, where the schema gives one; any name will do on the wire.
    pub item_name: Option<String>,
}
