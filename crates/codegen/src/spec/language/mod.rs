//! The spec language as one table: which keys a table has, what they hold, what stands where nothing is written.
//!
//! The checks of `check`, the defaults of `fill` and `schema` are made from it, so that what one
//! of them knows the others know too. What takes more than one value to see is `validate`'s business.

mod api;
mod commands;
mod errata;
mod objects;
mod types;

pub use api::{API, SOURCES};
pub use commands::COMMANDS;
pub use errata::ERRATA;
pub use objects::OBJECT;
pub use types::TYPES;

use super::files::Kind;
use super::names::Rule;

/// A table with keys of the language, or with keys that the spec's author chooses, or both.
#[derive(Debug)]
pub struct Table {
    /// Its name in schema.json.
    pub name: &'static str,
    /// How messages call it: `command` before a name of its own, or `the reply`.
    pub what: &'static str,
    /// What it holds, in one sentence.
    pub doc: &'static str,
    /// The keys of the language.
    pub keys: &'static [Key],
    /// What the other keys are; none are allowed without it.
    pub others: Option<&'static Others>,
    /// The key whose value tells one table of a list from another.
    pub named_by: &'static str,
}

/// A key of the language.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What it holds.
    pub ty: Ty,
    /// Whether it must be written.
    pub required: bool,
    /// What holds where it is not written.
    pub default: Default,
    /// What it means, in one sentence.
    pub doc: &'static str,
}

/// Keys that the spec's author chooses, each with a value of the same kind.
#[derive(Debug)]
pub struct Others {
    /// How messages call one: `command`.
    pub what: &'static str,
    /// What the keys look like.
    pub rule: Rule,
    /// What they hold.
    pub ty: Ty,
    /// How many there are at least.
    pub least: usize,
}

/// What holds where a key is not written.
#[derive(Debug, Clone, Copy)]
pub enum Default {
    /// Nothing.
    None,
    /// This text.
    Text(&'static str),
    /// `false`.
    False,
    /// A table in which every default holds.
    Table,
    /// The name of the table that the key stands in: a param's own key.
    Name,
    /// The same in PascalCase; in SOAP as it is.
    PascalName,
    /// What another key of the table holds.
    Same(&'static str),
    /// The last name of the path that another key of the table holds.
    LastOf(&'static str),
    /// The reply's element: the command's name in PascalCase with `Response`, or what the SOAP binding says.
    Root,
    /// A level of the reply: the command's name in PascalCase, before this; SOAP has none.
    Level(&'static str),
    /// A name in a reply's head; in SOAP what the envelope's rules say.
    Head(&'static str),
    /// The one format of SOAP; nothing for a query.
    SoapFormats,
    /// `true`.
    True,
}

/// What a key holds.
#[derive(Debug)]
pub enum Ty {
    /// A text that is not empty.
    Text,
    /// A text that may be empty.
    AnyText,
    /// English prose that ends in a full stop.
    Sentence,
    /// `true` or `false`.
    Bool,
    /// `false`, which says "not there".
    False,
    /// A whole number within bounds.
    Int(i64, i64),
    /// Two whole numbers within bounds.
    Pair(i64, i64),
    /// One of these words.
    Words(Words),
    /// One of these words, or the name of a declared type.
    Type(Words),
    /// Names with `/` between them.
    Path,
    /// `document:place`.
    Citation,
    /// A list of at least so many items.
    List(&'static Ty, usize),
    /// A table.
    Table(&'static Table),
    /// A table with keys of the author's.
    Map(&'static Others),
    /// A declared type: which table it is says the word under `kind`, the first being the default.
    Kinds(&'static [(&'static str, &'static Table)]),
    /// Any of these.
    Either(&'static [Ty]),
}

/// A closed set of words.
pub type Words = fn() -> Vec<&'static str>;

impl Key {
    const fn new(name: &'static str, ty: Ty, doc: &'static str) -> Self {
        Self { name, ty, required: false, default: Default::None, doc }
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn or(mut self, default: Default) -> Self {
        self.default = default;
        self
    }
}

impl Table {
    /// The key of the language called `name`.
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// The table that a file of this kind is.
pub fn of_file(kind: Kind) -> &'static Table {
    match kind {
        Kind::Api => &API,
        Kind::Sources => &SOURCES,
        Kind::Types => &TYPES,
        Kind::Commands => &COMMANDS,
        Kind::Errata => &ERRATA,
        Kind::Objects => &OBJECT,
    }
}

/// Rows that each entry of a file stands once for.
const EACH: Key = Key::new(
    "each",
    Ty::List(&ROWS, 1),
    "Rows of placeholders: every entry of the file stands once for each, with `{T}` replaced by what the row has for T.",
);

static ROWS: Ty = Ty::Map(&ROW);

static ROW: Others = Others { what: "placeholder", rule: Rule::Any, ty: Ty::Text, least: 1 };

/// The rows of a pattern that an entry stands for.
const ONLY: Key = Key::new(
    "only",
    Ty::List(&Ty::Text, 1),
    "In a file with `each`: the rows that the entry stands for, by their first placeholder.",
);

/// The placeholder that a row must have for an entry to stand.
const WHEN: Key = Key::new(
    "when",
    Ty::Text,
    "In a file with `each`: a placeholder, as `{since}`; the entry stands for the rows that have it.",
);

/// The version that an entry came with.
const SINCE: Key = Key::new("since", Ty::Text, "The first version of the API that is known to have it.");

/// Citations of something that is published.
const SOURCES_KEY: Key =
    Key::new("sources", Ty::List(&Ty::Citation, 1), "Where it is described, as document and line or heading.")
        .required();

/// Citations where those of the table around it may do.
const OWN_SOURCES_KEY: Key = Key::new(
    "sources",
    Ty::List(&Ty::Citation, 1),
    "Where it is described, when that is not in the sources around it.",
);
