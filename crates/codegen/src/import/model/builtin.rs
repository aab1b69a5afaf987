//! The types of XML Schema itself.

use std::fmt;

/// A type of XML Schema, by its name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of XML Schema")]
pub enum Builtin {
    AnyType,
    AnySimpleType,
    String,
    NormalizedString,
    Token,
    Language,
    Name,
    NCName,
    Nmtoken,
    Nmtokens,
    Id,
    IdRef,
    IdRefs,
    Entity,
    Entities,
    Boolean,
    Decimal,
    Integer,
    NonPositiveInteger,
    NegativeInteger,
    NonNegativeInteger,
    PositiveInteger,
    Long,
    Int,
    Short,
    Byte,
    UnsignedLong,
    UnsignedInt,
    UnsignedShort,
    UnsignedByte,
    Float,
    Double,
    DateTime,
    Date,
    Time,
    Duration,
    GYear,
    GYearMonth,
    GMonth,
    GMonthDay,
    GDay,
    HexBinary,
    Base64Binary,
    AnyUri,
    QName,
    Notation,
}

impl Builtin {
    /// Every type and its name.
    pub const ALL: [(Self, &'static str); 46] = [
        (Self::AnyType, "anyType"),
        (Self::AnySimpleType, "anySimpleType"),
        (Self::String, "string"),
        (Self::NormalizedString, "normalizedString"),
        (Self::Token, "token"),
        (Self::Language, "language"),
        (Self::Name, "Name"),
        (Self::NCName, "NCName"),
        (Self::Nmtoken, "NMTOKEN"),
        (Self::Nmtokens, "NMTOKENS"),
        (Self::Id, "ID"),
        (Self::IdRef, "IDREF"),
        (Self::IdRefs, "IDREFS"),
        (Self::Entity, "ENTITY"),
        (Self::Entities, "ENTITIES"),
        (Self::Boolean, "boolean"),
        (Self::Decimal, "decimal"),
        (Self::Integer, "integer"),
        (Self::NonPositiveInteger, "nonPositiveInteger"),
        (Self::NegativeInteger, "negativeInteger"),
        (Self::NonNegativeInteger, "nonNegativeInteger"),
        (Self::PositiveInteger, "positiveInteger"),
        (Self::Long, "long"),
        (Self::Int, "int"),
        (Self::Short, "short"),
        (Self::Byte, "byte"),
        (Self::UnsignedLong, "unsignedLong"),
        (Self::UnsignedInt, "unsignedInt"),
        (Self::UnsignedShort, "unsignedShort"),
        (Self::UnsignedByte, "unsignedByte"),
        (Self::Float, "float"),
        (Self::Double, "double"),
        (Self::DateTime, "dateTime"),
        (Self::Date, "date"),
        (Self::Time, "time"),
        (Self::Duration, "duration"),
        (Self::GYear, "gYear"),
        (Self::GYearMonth, "gYearMonth"),
        (Self::GMonth, "gMonth"),
        (Self::GMonthDay, "gMonthDay"),
        (Self::GDay, "gDay"),
        (Self::HexBinary, "hexBinary"),
        (Self::Base64Binary, "base64Binary"),
        (Self::AnyUri, "anyURI"),
        (Self::QName, "QName"),
        (Self::Notation, "NOTATION"),
    ];

    /// The type called `name`, without a prefix.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(builtin, _)| *builtin)
    }

    /// Its name, without a prefix.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(builtin, _)| *builtin == self).map_or("anyType", |(_, name)| name)
    }
}

impl fmt::Display for Builtin {
    /// `xsd:string`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "xsd:{}", self.name())
    }
}
