//! The closed sets of words of the spec language and what they mean in the model. Reader, checks and schema use these
//! lists, so that a word is allowed in all of them or in none.

use crate::model::{Effect, FieldScalar, FlagStyle, Format, JsonAs, Outcome, ParamScalar, Protocol, SoapStyle, Status};

/// A word and its meaning.
pub type Words<T> = [(&'static str, T)];

/// What a declared type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeWord {
    /// Fields of a reply.
    Record,
    /// Values.
    Enum,
    /// Params with a common index.
    Group,
    /// A param that decides over others.
    Choice,
}

/// Kinds of declared types.
pub const KINDS: &Words<TypeWord> =
    &[("record", TypeWord::Record), ("enum", TypeWord::Enum), ("group", TypeWord::Group), ("choice", TypeWord::Choice)];

/// How requests travel.
pub const PROTOCOLS: &Words<Protocol> = &[("query", Protocol::Query), ("soap", Protocol::Soap)];

/// How SOAP arguments are written.
pub const SOAP_STYLES: &Words<SoapStyle> = &[("document", SoapStyle::Document), ("rpc", SoapStyle::Rpc)];

/// Formats of replies.
pub const FORMATS: &Words<Format> = &[("xml", Format::Xml), ("json", Format::Json), ("csv", Format::Csv)];

/// Effects of commands.
pub const EFFECTS: &Words<Effect> = &[
    ("read", Effect::Read),
    ("write", Effect::Write),
    ("idempotent_write", Effect::IdempotentWrite),
    ("spend", Effect::Spend),
];

/// How well commands are known.
pub const STATUSES: &Words<Status> = &[
    ("documented", Status::Documented),
    ("newer", Status::Newer),
    ("listed_only", Status::ListedOnly),
    ("unverified", Status::Unverified),
];

/// Scalars of params.
pub const PARAM_SCALARS: &Words<ParamScalar> = &[
    ("text", ParamScalar::Text),
    ("domain", ParamScalar::Domain),
    ("ip", ParamScalar::Ip),
    ("int", ParamScalar::Int),
    ("long", ParamScalar::Long),
    ("decimal", ParamScalar::Decimal),
    ("currency", ParamScalar::Currency),
    ("date", ParamScalar::Date),
    ("flag", ParamScalar::Flag),
    ("one", ParamScalar::One),
    ("url", ParamScalar::Url),
    ("email", ParamScalar::Email),
    ("id", ParamScalar::Id),
    ("secret", ParamScalar::Secret),
    ("map", ParamScalar::Map),
];

/// Scalars of replies.
pub const FIELD_SCALARS: &Words<FieldScalar> = &[
    ("text", FieldScalar::Text),
    ("domain", FieldScalar::Domain),
    ("int", FieldScalar::Int),
    ("long", FieldScalar::Long),
    ("decimal", FieldScalar::Decimal),
    ("money", FieldScalar::Money),
    ("price", FieldScalar::Price),
    ("epoch_ms", FieldScalar::EpochMs),
    ("date", FieldScalar::Date),
    ("date_or_epoch_ms", FieldScalar::DateOrEpochMs),
    ("local_time", FieldScalar::LocalTime),
    ("flag", FieldScalar::Flag),
    ("availability", FieldScalar::Availability),
    ("currency", FieldScalar::Currency),
    ("ip", FieldScalar::Ip),
    ("id", FieldScalar::Id),
    ("email", FieldScalar::Email),
    ("url", FieldScalar::Url),
    ("secret", FieldScalar::Secret),
    ("any", FieldScalar::Any),
    ("map", FieldScalar::Map),
    ("period", FieldScalar::Period),
    ("epoch_s", FieldScalar::EpochS),
];

/// How params write flags.
pub const PARAM_FLAGS: &Words<FlagStyle> = &[
    ("yes/no", FlagStyle::YesNo),
    ("1/0", FlagStyle::OneZero),
    ("true/false", FlagStyle::TrueFalse),
    ("Y/N", FlagStyle::YesNoLetter),
];

/// How replies write flags.
pub const FIELD_FLAGS: &Words<FlagStyle> = &[
    ("yes/no", FlagStyle::YesNo),
    ("Yes/No", FlagStyle::YesNoCapital),
    ("true/false", FlagStyle::TrueFalse),
    ("on/off", FlagStyle::OnOff),
    ("enable/disable", FlagStyle::EnableDisable),
    ("locked/unlocked", FlagStyle::LockedUnlocked),
    ("1/0", FlagStyle::OneZero),
    ("Y/N", FlagStyle::YesNoLetter),
];

/// What a status says of the command.
pub const OUTCOMES: &Words<Outcome> =
    &[("done", Outcome::Done), ("pending", Outcome::Pending), ("failed", Outcome::Failed)];

/// Classes of refusals.
pub const CLASSES: &Words<()> = &[
    ("auth", ()),
    ("busy", ()),
    ("not_found", ()),
    ("balance", ()),
    ("unavailable", ()),
    ("invalid_request", ()),
    ("unsupported", ()),
    ("other", ()),
];

/// How JSON writes values.
pub const JSON_AS: &Words<JsonAs> =
    &[("string", JsonAs::String), ("number", JsonAs::Number), ("bool", JsonAs::Bool), ("any", JsonAs::Any)];

/// The meaning of `word`.
pub fn meaning<T: Copy>(words: &Words<T>, word: &str) -> Option<T> {
    words.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning)
}

/// The words alone.
pub fn names<T>(words: &'static Words<T>) -> Vec<&'static str> {
    words.iter().map(|(name, _)| *name).collect()
}

/// The word that means this.
pub fn word<T: PartialEq>(words: &'static Words<T>, meaning: &T) -> &'static str {
    words.iter().find(|(_, known)| known == meaning).map_or("", |(name, _)| *name)
}

/// Parts of a date pattern and what strftime calls them.
const DATE_PARTS: &[(&str, &str)] =
    &[("yyyy", "%Y"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"), ("mm", "%M"), ("ss", "%S")];

/// A date pattern in strftime notation; nothing when it holds letters that mean nothing, or no part at all.
pub fn strftime(pattern: &str) -> Option<String> {
    let mut rest = pattern;
    let mut out = String::new();
    while let Some(first) = rest.chars().next() {
        if let Some((part, directive)) = DATE_PARTS.iter().find(|(part, _)| rest.starts_with(part)) {
            out.push_str(directive);
            rest = &rest[part.len()..];
        } else if first.is_alphanumeric() || first == '%' {
            return None;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out.contains('%').then_some(out)
}
