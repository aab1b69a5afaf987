//! The fields of a type as they come together.

use super::super::limits;
use super::super::model::{Alternative, Choice, Complex, Field, FieldKind};
use super::super::names::quoted;
use std::collections::BTreeMap;

/// How often something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurs {
    /// At least.
    pub min: u32,
    /// At most; nothing for any number.
    pub max: Option<u32>,
}

impl Occurs {
    /// Exactly once.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };

    /// So often in each of `outer`.
    pub fn times(self, outer: Self) -> Self {
        let max = match (self.max, outer.max) {
            (Some(0), _) | (_, Some(0)) => Some(0),
            (Some(own), Some(outer)) => Some(own.saturating_mul(outer)),
            _ => None,
        };
        Self { min: self.min.saturating_mul(outer.min), max }
    }

    /// Whether it can stand more than once.
    pub fn repeats(self) -> bool {
        self.max.is_none_or(|max| max > 1)
    }
}

/// A type whose fields come together.
#[derive(Debug, Default)]
pub struct Shape {
    /// The type so far.
    pub complex: Complex,
    index: BTreeMap<(FieldKind, String, String), usize>,
}

/// What adding a field has to tell.
#[derive(Debug)]
pub enum Added {
    /// Nothing.
    Well,
    /// It is a problem.
    Wrong(String),
    /// It is less exact than the schema.
    Vague(String),
}

impl Shape {
    /// A shape that begins with what is there.
    pub fn new(complex: Complex) -> Self {
        let index = complex.fields.iter().enumerate().map(|(index, field)| (key(field), index)).collect();
        Self { complex, index }
    }

    /// Adds a field; one that is there already becomes one that stands more often.
    pub fn add(&mut self, field: Field) -> Added {
        let key = key(&field);
        let Some(known) = self.index.get(&key).and_then(|index| self.complex.fields.get_mut(*index)) else {
            self.index.insert(key, self.complex.fields.len());
            self.complex.fields.push(field);
            return Added::Well;
        };
        let name = quoted(&field.name);
        if field.kind == FieldKind::Attribute {
            return Added::Wrong(format!("the attribute {name} stands twice in this type; take one out"));
        }
        if known.ty != field.ty {
            let lines = known.at.line;
            return Added::Wrong(format!(
                "the element {name} stands twice in this type (line {lines}), with different types; it may have one"
            ));
        }
        let exclusive = match (known.choice, field.choice) {
            (Some(one), Some(other)) => one.choice == other.choice && one.number != other.number,
            _ => false,
        };
        known.max = match (known.max, field.max) {
            (Some(one), Some(other)) if exclusive => Some(one.max(other)),
            (Some(one), Some(other)) => Some(one.saturating_add(other)),
            _ => None,
        };
        known.min = known.min.saturating_add(field.min);
        known.nillable |= field.nillable;
        known.choice = None;
        Added::Vague(format!("the element {name} stands at two places of its type; it is kept once, without its place"))
    }

    /// A new choice; gives its index.
    pub fn choose(&mut self, occurs: Occurs, alternatives: usize, within: Option<Alternative>) -> usize {
        self.complex.choices.push(Choice { min: occurs.min, max: occurs.max, alternatives, within });
        self.complex.choices.len() - 1
    }
}

/// What a field counts: one, and more for long texts.
pub fn weight(field: &Field) -> usize {
    let texts = [Some(&field.doc), field.default.as_ref(), field.fixed.as_ref()];
    let bytes: usize = texts.into_iter().flatten().map(String::len).sum();
    1 + bytes / limits::STEP_BYTES
}

fn key(field: &Field) -> (FieldKind, String, String) {
    (field.kind, field.namespace.clone(), field.name.clone())
}
