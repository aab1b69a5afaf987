//! Params of requests.

use super::Source;

/// A param of a command, of a group or of a choice's variant.
#[derive(Debug, Clone)]
pub struct Param {
    /// Rust name.
    pub name: String,
    /// Name on the wire, without an index; empty for a group or a choice.
    pub wire: String,
    /// What it holds.
    pub kind: ParamKind,
    /// Whether it must be given.
    pub required: Required,
    /// How several are sent; `None` for a single value.
    pub list: Option<ListStyle>,
    /// Allowed values.
    pub values: Vec<String>,
    /// Whether others may come.
    pub open: bool,
    /// Bounds of a number.
    pub range: Option<(i64, i64)>,
    /// How a date is written, in strftime notation (`%Y-%m-%d`), and as in the spec (`yyyy-MM-dd`).
    pub date: Option<(String, String)>,
    /// How a flag is written.
    pub flag: FlagStyle,
    /// Never printed.
    pub secret: bool,
    /// Not on the pages.
    pub newer: bool,
    /// The first version of the API that is known to have it, where that is later than its command.
    pub since: Option<String>,
    /// A value for the doc example.
    pub example: Option<String>,
    /// One sentence.
    pub doc: String,
    /// Citations of its own.
    pub sources: Vec<Source>,
}

/// What a param holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamKind {
    /// A scalar.
    Scalar(ParamScalar),
    /// A declared enum.
    Enum(String),
    /// A declared record.
    Record(String),
    /// A declared group.
    Group(String),
    /// A declared choice.
    Choice(String),
}

/// Scalars of params.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of spec/README.md, which explains them.
pub enum ParamScalar {
    Text,
    Domain,
    Ip,
    Int,
    Long,
    Decimal,
    Currency,
    Date,
    Flag,
    One,
    Url,
    Email,
    Id,
    Secret,
    Map,
}

/// Whether a param must be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Required {
    /// Always.
    Yes,
    /// Never.
    No,
    /// When another param of the same request (or group item) has one of these values, or is sent or not; `param` is empty
    /// where the condition can only be said in words.
    When {
        /// Rust name of the other param.
        param: String,
        /// The values; none where it matters whether the other param is sent.
        is: Vec<String>,
        /// Whether the other param must be sent, or must not be.
        sent: Option<bool>,
        /// The condition in words.
        text: String,
    },
}

/// How several values of a param are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStyle {
    /// `ns0`, `ns1`, ...
    Indexed {
        /// First index.
        from: u32,
        /// Last index.
        to: u32,
    },
    /// Repeated elements, or an encoded array.
    Repeated,
    /// In one value.
    Separated {
        /// Between items.
        separator: String,
        /// Most items.
        max: Option<u32>,
    },
}

/// How a flag is spelt; the names are those of the spec: `YesNo` is "yes/no", `YesNoCapital` is "Yes/No",
/// `YesNoLetter` is "Y/N".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FlagStyle {
    YesNo,
    YesNoCapital,
    TrueFalse,
    OnOff,
    EnableDisable,
    LockedUnlocked,
    OneZero,
    YesNoLetter,
}
