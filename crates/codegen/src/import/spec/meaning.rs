//! What a type means for the spec language: a scalar, an enum, a record, a map, or something without a word of its own.

use super::super::model::{Array, Builtin, Complex, Content, Field, FieldKind, Type, TypeKind, TypeRef, Types};
use super::super::names::is_unseen;
use super::scalars;
use super::slots::Slot;

/// What one value is.
#[derive(Debug, Clone, Copy)]
pub enum Kind<'a> {
    /// A text, and the simple type that restricts it.
    Scalar(Builtin, Option<&'a Type>),
    /// One of the values that this simple type lists.
    Enum(&'a Type),
    /// The elements of this type.
    Record(&'a Type),
    /// An Apache map.
    Map,
    /// Anything.
    Any,
    /// An array of anything, or of arrays.
    Array,
}

/// How several values are written.
#[derive(Debug, Clone, Copy)]
pub enum Many<'a> {
    /// There is one.
    No,
    /// The element repeats.
    Repeats,
    /// An encoded array; with the name of its items, where the schema gives one.
    Array(Option<&'a str>),
}

/// What an element or attribute is.
#[derive(Debug, Clone, Copy)]
pub struct Meaning<'a> {
    /// What one value is.
    pub kind: Kind<'a>,
    /// How several are written.
    pub many: Many<'a>,
}

impl Meaning<'_> {
    /// Whether there may be several.
    pub fn is_many(&self) -> bool {
        !matches!(self.many, Many::No)
    }
}

/// What a slot is.
pub fn of<'a>(types: &'a Types, slot: &Slot<'a>) -> Meaning<'a> {
    let repeats = slot.max != Some(1);
    match array(types, slot.ty) {
        Some(_) if repeats => Meaning { kind: Kind::Array, many: Many::Repeats },
        Some(array) => Meaning { kind: kind(types, &array.item), many: Many::Array(array.item_name.as_deref()) },
        None => Meaning { kind: kind(types, slot.ty), many: if repeats { Many::Repeats } else { Many::No } },
    }
}

fn array<'a>(types: &'a Types, ty: &TypeRef) -> Option<&'a Array> {
    match &named(types, ty)?.kind {
        TypeKind::Array(array) => Some(array),
        TypeKind::Complex(_) | TypeKind::Simple(_) => None,
    }
}

fn named<'a>(types: &'a Types, ty: &TypeRef) -> Option<&'a Type> {
    match ty {
        TypeRef::Named(name) => types.get(name),
        _ => None,
    }
}

fn kind<'a>(types: &'a Types, ty: &TypeRef) -> Kind<'a> {
    match ty {
        TypeRef::Builtin(Builtin::AnyType) => Kind::Any,
        TypeRef::Builtin(builtin) => Kind::Scalar(*builtin, None),
        TypeRef::Map => Kind::Map,
        TypeRef::AnyArray => Kind::Array,
        TypeRef::Named(name) => types.get(name).map_or(Kind::Any, |ty| kind_of(types, ty)),
    }
}

fn kind_of<'a>(types: &'a Types, ty: &'a Type) -> Kind<'a> {
    match &ty.kind {
        TypeKind::Array(_) => Kind::Array,
        TypeKind::Simple(simple) => match scalars::listed(types, ty) {
            Some((lists, values)) if values.iter().any(|value| can_be_value(&value.value)) => Kind::Enum(lists),
            _ => Kind::Scalar(simple.builtin, Some(ty)),
        },
        TypeKind::Complex(complex) => match text(complex) {
            // The type of a text is a simple one: this goes no deeper.
            Some(field) => match named(types, &field.ty).map(|ty| (ty, &ty.kind)) {
                Some((ty, TypeKind::Simple(_))) => kind_of(types, ty),
                Some(_) => Kind::Any,
                None => kind(types, &field.ty),
            },
            None if complex.fields.is_empty() => Kind::Any,
            None => Kind::Record(ty),
        },
    }
}

/// The text of a type with simple content.
fn text(complex: &Complex) -> Option<&Field> {
    let is_text = complex.content == Content::Simple;
    complex.fields.iter().find(|field| is_text && field.kind == FieldKind::Text)
}

/// Whether a value can be one of an enum.
pub fn can_be_value(value: &str) -> bool {
    !value.trim().is_empty() && !value.chars().any(is_unseen)
}

/// The attributes that stand beside a text, for which there is no place.
pub fn attributes_of_text<'a>(types: &'a Types, ty: &TypeRef) -> Vec<&'a Field> {
    let ty = array(types, ty).map_or(ty, |array| &array.item);
    match named(types, ty).map(|ty| &ty.kind) {
        Some(TypeKind::Complex(complex)) if text(complex).is_some() => {
            complex.fields.iter().filter(|field| field.kind == FieldKind::Attribute).collect()
        }
        _ => Vec::new(),
    }
}

/// The types that what is read of a slot comes from, those that it restricts or extends included.
pub fn behind<'a>(types: &'a Types, ty: &TypeRef) -> Vec<&'a Type> {
    let Some(first) = named(types, ty) else { return Vec::new() };
    let mut found = vec![first];
    if let TypeKind::Array(array) = &first.kind {
        found.extend(named(types, &array.item));
    }
    let mut all = Vec::new();
    for ty in found {
        all.push(ty);
        all.extend(scalars::ancestry(types, ty).skip(1));
        if let TypeKind::Complex(complex) = &ty.kind {
            all.extend(bases(types, complex));
            if let Some(text) = text(complex).and_then(|text| named(types, &text.ty)) {
                all.push(text);
                all.extend(scalars::ancestry(types, text).skip(1));
            }
        }
    }
    all
}

/// The types that a type is derived from, whose fields it has.
pub fn bases<'a>(types: &'a Types, complex: &'a Complex) -> Vec<&'a Type> {
    let base = |complex: &'a Complex| named(types, &complex.base.as_ref()?.ty);
    let next = |ty: &&'a Type| match &ty.kind {
        TypeKind::Complex(complex) => base(complex),
        _ => None,
    };
    std::iter::successors(base(complex), next).take(super::super::limits::CHAIN).collect()
}
