//! Whether a domain name can be had.

use crate::{Format, Leaf, LeafKind, LeafSpec, Plain, Unparsed};
use std::fmt;

/// Whether something can be had: yes, no, or not known.
///
/// On the wire `yes`, `y`, `true`, `1` and their opposites in any case; empty, `null` and `unknown` are [`Unknown`](Self::Unknown),
/// and so does any other text leave it: an answer that is not understood is never an affirmative one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Availability {
    /// It can be had.
    Yes,
    /// It cannot be had.
    No,
    /// The answer does not tell.
    #[default]
    Unknown,
}

impl Availability {
    /// The word for it: `yes`, `no`, `unknown`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is known that it can be had.
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }
}

impl fmt::Display for Availability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Leaf for Availability {
    fn read(&mut self, text: &str, _spec: &LeafSpec) -> Result<(), Unparsed> {
        const SPELLINGS: &[(Availability, &[&str])] = &[
            (Availability::Yes, &["yes", "y", "true", "1"]),
            (Availability::No, &["no", "n", "false", "0"]),
            (Availability::Unknown, &["", "null", "unknown"]),
        ];
        let text = text.trim_ascii();
        *self = SPELLINGS
            .iter()
            .find(|(_, words)| words.iter().any(|word| word.eq_ignore_ascii_case(text)))
            .map(|(value, _)| *value)
            .ok_or(Unparsed)?;
        Ok(())
    }

    /// Unknown is absent; the others are written as the field's flags are.
    fn write(&self, _index: usize, spec: &LeafSpec, format: Format, out: &mut String) -> bool {
        if *self != Self::Unknown {
            out.push_str(spec.flag[format.index()].spell(self.is_yes()));
        }
        *self != Self::Unknown
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.name().to_owned())
    }

    fn kind(&self) -> LeafKind {
        LeafKind::Availability
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_unparsed, read};
    use super::*;

    #[test]
    fn reads_yes_no_and_unknown() {
        for (value, texts) in [
            (Availability::Yes, ["yes", "Yes", " YES ", "true", "1"]),
            (Availability::No, ["no", "No", "NO", "false", "0"]),
            (Availability::Unknown, ["", " ", "null", "Unknown", "NULL"]),
        ] {
            for text in texts {
                assert_eq!(read(text), Ok(value), "{text:?}");
            }
            assert_round_trip(&value);
            assert_eq!(value.plain(), Plain::Text(value.to_string()));
        }
        assert_unparsed::<Availability>(&["yes?", "-", "error", "offline", "not_available", "2", "yes no"]);
    }
}
