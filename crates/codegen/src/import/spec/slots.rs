//! What stands in a request, a reply or a type, be it a field of the schema or a part of a message.

use super::super::model::{Complex, Field, FieldKind, Part, Place, TypeRef};
use std::collections::BTreeSet;

/// A field or a part.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// The namespace that its name is qualified with; empty when it is unqualified.
    pub namespace: &'a str,
    /// Whether it is an attribute.
    pub attribute: bool,
    /// Its type.
    pub ty: &'a TypeRef,
    /// How often it stands there at least.
    pub min: u32,
    /// How often at most; nothing for any number.
    pub max: Option<u32>,
    /// Whether `xsi:nil` may stand for its content.
    pub nillable: bool,
    /// What it stands for where it is absent.
    pub default: Option<&'a str>,
    /// The only value that it may have.
    pub fixed: Option<&'a str>,
    /// Documentation.
    pub doc: &'a str,
    /// Where it stands.
    pub at: &'a Place,
}

impl<'a> Slot<'a> {
    fn of(field: &'a Field) -> Self {
        Self {
            name: &field.name,
            namespace: &field.namespace,
            attribute: field.kind == FieldKind::Attribute,
            ty: &field.ty,
            min: field.min,
            max: field.max,
            nillable: field.nillable,
            default: field.default.as_deref(),
            fixed: field.fixed.as_deref(),
            doc: &field.doc,
            at: &field.at,
        }
    }

    /// A part of a message of an operation that stands at `at`.
    pub fn of_part(part: &'a Part, at: &'a Place) -> Self {
        let (name, doc, ty) = (&part.name, &part.doc, &part.ty);
        let (namespace, attribute, min, max) = ("", false, 1, Some(1));
        let (nillable, default, fixed) = (false, None, None);
        Self { name, namespace, attribute, ty, min, max, nillable, default, fixed, doc, at }
    }

    /// Whether it may be left out of a request.
    pub fn is_optional(&self) -> bool {
        self.min == 0
    }
}

/// The elements and attributes of a type, in order; and those that have a name which another one has in another namespace.
pub fn of_type(complex: &Complex) -> (Vec<Slot<'_>>, Vec<Slot<'_>>) {
    let mut names = BTreeSet::new();
    let all = complex.fields.iter().filter(|field| field.kind != FieldKind::Text).map(Slot::of);
    all.partition(|slot| names.insert((slot.attribute, slot.name)))
}
