//! The types of XML Schema in the words of the spec language.

use super::super::limits;
use super::super::model::{Builtin, FacetKind, Simple, Type, TypeKind, TypeRef, Types, Value};

/// A param's scalar and the bounds of its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scalar {
    /// The word.
    pub word: &'static str,
    /// The bounds that the word does not have by itself.
    pub bounds: Option<(i64, i64)>,
}

/// What a param is. Where values are encoded, `xsi:type` says of a `long` that it is one, so that an `int` is an `int` there,
/// although this has no negative numbers.
pub fn of_param(builtin: Builtin, encoded: bool) -> Scalar {
    use Builtin as B;
    let signed = |min: i64, max: i64| match encoded {
        true => Scalar { word: "int", bounds: Some((0, max)) },
        false => Scalar { word: "long", bounds: Some((min, max)) },
    };
    let plain = |word| Scalar { word, bounds: None };
    let bounded = |word, min, max| Scalar { word, bounds: Some((min, max)) };
    match builtin {
        B::Int => signed(i32::MIN.into(), i32::MAX.into()),
        B::Short => signed(i16::MIN.into(), i16::MAX.into()),
        B::Byte => signed(i8::MIN.into(), i8::MAX.into()),
        B::UnsignedInt => plain("int"),
        B::UnsignedShort => bounded("int", 0, u16::MAX.into()),
        B::UnsignedByte => bounded("int", 0, u8::MAX.into()),
        B::Long | B::Integer => plain("long"),
        B::UnsignedLong | B::NonNegativeInteger => bounded("long", 0, i64::MAX),
        B::PositiveInteger => bounded("long", 1, i64::MAX),
        B::NonPositiveInteger => bounded("long", i64::MIN, 0),
        B::NegativeInteger => bounded("long", i64::MIN, -1),
        other => plain(of_field(other)),
    }
}

/// What a field is.
pub fn of_field(builtin: Builtin) -> &'static str {
    use Builtin as B;
    match builtin {
        B::Int | B::Short | B::Byte | B::UnsignedInt | B::UnsignedShort | B::UnsignedByte => "int",
        B::Long
        | B::Integer
        | B::UnsignedLong
        | B::NonNegativeInteger
        | B::PositiveInteger
        | B::NonPositiveInteger
        | B::NegativeInteger => "long",
        B::Decimal | B::Float | B::Double => "decimal",
        B::Boolean => "flag",
        B::Date => "date",
        B::AnyUri => "url",
        _ => "text",
    }
}

/// Whether a whole number may have more digits than 64 bits hold.
pub fn is_unbounded(builtin: Builtin) -> bool {
    use Builtin as B;
    matches!(
        builtin,
        B::Integer
            | B::UnsignedLong
            | B::NonNegativeInteger
            | B::PositiveInteger
            | B::NonPositiveInteger
            | B::NegativeInteger
    )
}

/// What `xsi:type` says of an encoded value of this type.
pub fn encoded_as(builtin: Builtin, in_record: bool) -> &'static str {
    match of_param(builtin, true).word {
        "int" => "int",
        "long" if in_record => "int",
        "long" => "long",
        "decimal" => "double",
        "flag" => "boolean",
        _ => "string",
    }
}

/// What restricts a text, besides lists of values.
#[derive(Debug, Default)]
pub struct Restrictions<'a> {
    /// The least and the greatest whole number.
    pub bounds: (Option<i64>, Option<i64>),
    /// What the spec language has no word for.
    pub others: Vec<&'a str>,
}

/// The types that a simple type restricts, itself first.
fn chain<'a>(types: &'a Types, simple: &'a Type) -> impl Iterator<Item = (&'a Type, &'a Simple)> {
    let first = of(simple).map(|inner| (simple, inner));
    std::iter::successors(first, move |(_, inner)| match &inner.base {
        TypeRef::Named(name) => {
            let base = types.get(name)?;
            of(base).map(|inner| (base, inner))
        }
        _ => None,
    })
    .take(limits::CHAIN)
}

fn of(ty: &Type) -> Option<&Simple> {
    match &ty.kind {
        TypeKind::Simple(simple) => Some(simple),
        TypeKind::Complex(_) | TypeKind::Array(_) => None,
    }
}

/// The type that lists the values, and these: the type itself or the nearest that it restricts.
pub fn listed<'a>(types: &'a Types, simple: &'a Type) -> Option<(&'a Type, &'a [Value])> {
    chain(types, simple).find(|(_, inner)| !inner.values.is_empty()).map(|(ty, inner)| (ty, inner.values.as_slice()))
}

/// Itself and the types that it restricts.
pub fn ancestry<'a>(types: &'a Types, simple: &'a Type) -> impl Iterator<Item = &'a Type> {
    chain(types, simple).map(|(ty, _)| ty)
}

/// What restricts the texts of a simple type.
pub fn restrictions<'a>(types: &'a Types, simple: &'a Type) -> Restrictions<'a> {
    let mut found = Restrictions::default();
    for facet in chain(types, simple).flat_map(|(_, inner)| &inner.facets) {
        let number = facet.value.trim().parse::<i64>().ok();
        let (min, max) = &mut found.bounds;
        match (facet.kind, number) {
            (FacetKind::MinInclusive, Some(number)) => *min = Some(min.map_or(number, |known| known.max(number))),
            (FacetKind::MaxInclusive, Some(number)) => *max = Some(max.map_or(number, |known| known.min(number))),
            (FacetKind::WhiteSpace, _) => {}
            (kind, _) => {
                let name = FacetKind::ALL.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name);
                if !found.others.contains(&name) {
                    found.others.push(name);
                }
            }
        }
    }
    found
}

/// Both bounds, the narrower of each; nothing where neither binds, or where no number is left.
pub fn narrowed(bounds: Option<(i64, i64)>, (min, max): (Option<i64>, Option<i64>)) -> Option<(i64, i64)> {
    if bounds.is_none() && min.is_none() && max.is_none() {
        return None;
    }
    let (from, to) = bounds.unwrap_or((i64::MIN, i64::MAX));
    let (from, to) = (min.map_or(from, |min| min.max(from)), max.map_or(to, |max| max.min(to)));
    if from <= to { Some((from, to)) } else { bounds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_bounds_of_their_type() {
        let scalar = |word, bounds| Scalar { word, bounds };
        assert_eq!(of_param(Builtin::Short, false), scalar("long", Some((-32_768, 32_767))));
        assert_eq!(of_param(Builtin::Short, true), scalar("int", Some((0, 32_767))));
        assert_eq!(of_param(Builtin::Long, true), scalar("long", None));
        assert_eq!(of_param(Builtin::UnsignedByte, false), scalar("int", Some((0, 255))));
        assert_eq!(of_param(Builtin::DateTime, false), scalar("text", None));
        assert_eq!(of_field(Builtin::UnsignedLong), "long");
        assert_eq!(narrowed(Some((0, 9)), (Some(-1), Some(5))), Some((0, 5)));
        assert_eq!(narrowed(None, (Some(3), None)), Some((3, i64::MAX)));
        assert_eq!(narrowed(None, (None, None)), None);
        assert_eq!(narrowed(None, (Some(3), Some(1))), None);
    }
}
