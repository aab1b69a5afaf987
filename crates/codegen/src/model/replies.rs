//! Replies, the types that commands share, and their fields.

use super::{FlagStyle, Param, Source};

/// What a command answers.
#[derive(Debug, Clone)]
pub struct Reply {
    /// In XML.
    pub xml: Envelope,
    /// In JSON.
    pub json: Envelope,
    /// In CSV.
    pub csv: Option<CsvLayout>,
    /// Other envelopes seen.
    pub root_aliases: Vec<String>,
    /// Its fields in the order of the spec. Paths are made absolute to the root: the content level is their first name.
    pub fields: Vec<Field>,
}

/// An envelope with its defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Outermost name; empty for none.
    pub root: String,
    /// Level of the head; empty: in the root.
    pub header: String,
    /// Level of the fields; empty: in the root.
    pub content: String,
    /// Name of the code; empty for none.
    pub code: String,
    /// Name of the status; empty for none.
    pub status: String,
    /// JSON writes the code as a number.
    pub code_is_number: bool,
}

/// Layout of a CSV reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvLayout {
    /// Cells before the rows.
    pub cells: Vec<String>,
    /// A line a cell.
    pub lines: bool,
    /// Field that the rows fill; empty for none.
    pub rows: String,
}

/// A declared type.
#[derive(Debug, Clone)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// One sentence.
    pub doc: String,
    /// File that it comes from, relative to the repository.
    pub file: String,
    /// Citations.
    pub sources: Vec<Source>,
    /// What it is.
    pub kind: TypeKind,
}

/// What a declared type is.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// Fields of a reply.
    Record(Vec<Field>),
    /// An open list of values.
    Enum(Vec<EnumValue>),
    /// Params with a common index.
    Group(Vec<Param>),
    /// A param that decides over others.
    Choice {
        /// Wire name of the deciding param.
        tag: String,
        /// The choices.
        variants: Vec<Variant>,
    },
}

/// A value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// Key in the spec, snake_case.
    pub name: String,
    /// What is written.
    pub wire: String,
    /// What else is read.
    pub aliases: Vec<String>,
    /// One sentence.
    pub doc: String,
}

/// A variant of a choice.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Key in the spec, snake_case.
    pub name: String,
    /// Value of the tag.
    pub value: String,
    /// One sentence.
    pub doc: String,
    /// Params that go with it.
    pub params: Vec<Param>,
}

/// A field of a reply or of a record.
#[derive(Debug, Clone)]
pub struct Field {
    /// Rust name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// A list.
    pub many: bool,
    /// Where it stands, per format; `None` where the format does not have it.
    pub xml: Option<Path>,
    /// In JSON.
    pub json: Option<Path>,
    /// In CSV: the column's name.
    pub csv: Option<String>,
    /// Other last names.
    pub aliases: Vec<String>,
    /// `Host0`, `Host1`.
    pub numbered: bool,
    /// `"[a,b]"` in JSON.
    pub in_string: bool,
    /// JSON repeats the key.
    pub json_repeat: bool,
    /// Empty items are padding.
    pub skip_empty: bool,
    /// Texts that are no items.
    pub ignore: Vec<String>,
    /// Texts that stand for absent, all formats.
    pub none: Vec<String>,
    /// What is written for absent, in XML, JSON and CSV.
    pub none_as: [String; 3],
    /// How JSON writes it.
    pub json_as: JsonAs,
    /// How a flag is spelt in XML, JSON and CSV.
    pub flag: [FlagStyle; 3],
    /// Left out when absent.
    pub optional: bool,
    /// The one part of an encoded reply, whatever it is called.
    pub part: bool,
    /// The first version of the API that is known to have it, where that is later than its record.
    pub since: Option<String>,
    /// One sentence.
    pub doc: String,
}

/// Names from the root (or the record) down to the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The names.
    pub names: Vec<String>,
    /// Which of them JSON writes as an array of objects, besides the last of a list.
    pub array: Option<usize>,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// A scalar.
    Scalar(FieldScalar),
    /// A declared enum.
    Enum(String),
    /// A declared record.
    Record(String),
}

/// Scalars of replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of spec/README.md, which explains them.
pub enum FieldScalar {
    Text,
    Domain,
    Int,
    Long,
    Decimal,
    Money,
    Price,
    EpochMs,
    Date,
    DateOrEpochMs,
    LocalTime,
    Flag,
    Availability,
    Currency,
    Ip,
    Id,
    Email,
    Url,
    Secret,
    Any,
    Map,
    Period,
    EpochS,
}

/// How JSON writes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum JsonAs {
    String,
    Number,
    Bool,
    Any,
}
