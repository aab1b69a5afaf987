//! The formats a reply can come in, as values and as types.

use std::fmt;
use std::str::FromStr;

/// What a reply is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// XML elements.
    Xml,
    /// JSON objects.
    Json,
    /// Comma-separated cells.
    Csv,
}

impl Format {
    /// Every format, in the order of [`crate::Node::names`].
    pub const ALL: [Self; 3] = [Self::Xml, Self::Json, Self::Csv];

    /// The lower-case name: `xml`, `json`, `csv`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// Position in [`crate::Node::names`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no format; use xml, json or csv", self.0)
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// A format as a type, so that asking a command for one that it does not have does not compile.
pub trait AsFormat {
    /// The format as a value.
    const FORMAT: Format;
}

/// XML as a type.
#[derive(Clone, Copy, Debug)]
pub struct Xml;
/// JSON as a type.
#[derive(Clone, Copy, Debug)]
pub struct Json;
/// CSV as a type.
#[derive(Clone, Copy, Debug)]
pub struct Csv;

impl AsFormat for Xml {
    const FORMAT: Format = Format::Xml;
}
impl AsFormat for Json {
    const FORMAT: Format = Format::Json;
}
impl AsFormat for Csv {
    const FORMAT: Format = Format::Csv;
}

/// Says that a command answers in the format `F`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer in `{F}`",
    note = "the formats of a command are listed in its documentation and in COMMANDS.md"
)]
pub trait Speaks<F: AsFormat> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for format in Format::ALL {
            assert_eq!(format.name().to_uppercase().parse(), Ok(format));
        }
        let error = "yaml".parse::<Format>().unwrap_err();
        assert_eq!(error.to_string(), "`yaml` is no format; use xml, json or csv");
    }
}
