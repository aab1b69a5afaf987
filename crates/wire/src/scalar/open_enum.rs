//! Enums that keep values which nobody has listed yet.

use super::Scalar;
use crate::{FlagStyle, LeafKind, Plain, Text};
use std::fmt;

/// A value that the spec does not list, as it stood on the wire.
///
/// It comes from reading only: a value cannot be unknown by a slip of the pen.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Text);

impl UnknownValue {
    /// The value as it stood on the wire.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A list of values that may grow; generated enums implement it, and an `Option` of one is a [`Leaf`](crate::Leaf).
///
/// ```
/// use bindwire_wire::{OpenEnum, UnknownValue};
///
/// #[derive(Clone, Debug, PartialEq)]
/// enum RenewOption {
///     Auto,
///     DoNot,
///     Unknown(UnknownValue),
/// }
///
/// impl OpenEnum for RenewOption {
///     const VALUES: &'static [&'static str] = &["auto", "donot"];
///     const ALIASES: &'static [(&'static str, usize)] = &[("auto-renew", 0), ("do not renew", 1)];
///
///     fn from_index(index: usize) -> Option<Self> {
///         [Self::Auto, Self::DoNot].into_iter().nth(index)
///     }
///
///     fn index(&self) -> Option<usize> {
///         match self {
///             Self::Auto => Some(0),
///             Self::DoNot => Some(1),
///             Self::Unknown(_) => None,
///         }
///     }
///
///     fn from_unknown(value: UnknownValue) -> Self {
///         Self::Unknown(value)
///     }
///
///     fn unknown(&self) -> Option<&UnknownValue> {
///         if let Self::Unknown(value) = self { Some(value) } else { None }
///     }
/// }
///
/// assert_eq!(RenewOption::parse("Auto_Renew"), RenewOption::Auto);
/// assert_eq!(RenewOption::DoNot.wire_text(), "donot");
/// assert_eq!(RenewOption::parse("reset").wire_text(), "reset");
/// ```
pub trait OpenEnum: Sized + Clone {
    /// What is written for each value, in the order of [`index`](OpenEnum::index).
    const VALUES: &'static [&'static str];

    /// Other spellings that are read, each with the index of its value.
    const ALIASES: &'static [(&'static str, usize)];

    /// The value at this place of [`VALUES`](OpenEnum::VALUES).
    fn from_index(index: usize) -> Option<Self>;

    /// The place in [`VALUES`](OpenEnum::VALUES); `None` for an unknown value.
    fn index(&self) -> Option<usize>;

    /// Holds an unknown value.
    fn from_unknown(value: UnknownValue) -> Self;

    /// The value on the wire, when it is unknown.
    fn unknown(&self) -> Option<&UnknownValue>;

    /// The value that `text` spells: exactly, or else in any case and without regard to the `_`, `-` and blanks beside
    /// letters. Another text, or one that could be two values, is an unknown value.
    fn parse(text: &str) -> Self {
        find(text, Self::VALUES, Self::ALIASES)
            .and_then(Self::from_index)
            .unwrap_or_else(|| Self::from_unknown(UnknownValue(text.into())))
    }

    /// What is written for it; an unknown value as it was read.
    fn wire_text(&self) -> &str {
        match (self.index(), self.unknown()) {
            (Some(index), _) => Self::VALUES.get(index).copied().unwrap_or_default(),
            (None, Some(unknown)) => unknown.as_str(),
            (None, None) => "",
        }
    }
}

impl<E: OpenEnum> Scalar for E {
    const KIND: LeafKind = LeafKind::Enum(E::VALUES);

    fn parse(text: &str) -> Option<Self> {
        Some(<E as OpenEnum>::parse(text))
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        out.push_str(self.wire_text());
    }

    fn plain(&self) -> Plain {
        Plain::Text(self.wire_text().to_owned())
    }

    fn is_unknown(&self) -> bool {
        self.unknown().is_some()
    }
}

/// The index of the value that `text` spells.
fn find(text: &str, values: &[&str], aliases: &[(&str, usize)]) -> Option<usize> {
    let exact = values.iter().position(|value| *value == text);
    exact
        .or_else(|| aliases.iter().find(|(alias, _)| *alias == text).map(|(_, index)| *index))
        .or_else(|| find_loosely(text, values, aliases))
}

/// No spelling is as long; the bound keeps a body that is one long value from being walked once a spelling.
const SPELLING_MAX: usize = 256;

#[cold]
fn find_loosely(text: &str, values: &[&str], aliases: &[(&str, usize)]) -> Option<usize> {
    if text.len() > SPELLING_MAX {
        return None;
    }
    let spellings = values.iter().copied().zip(0..).chain(aliases.iter().copied());
    let mut matches =
        spellings.filter(|(spelling, _)| Loose::new(spelling).eq(Loose::new(text))).map(|(_, index)| index);
    let first = matches.next()?;
    matches.all(|other| other == first).then_some(first)
}

/// The bytes of a text in lower case, without the separators beside letters.
///
/// Separators beside nothing but digits stay: `-1` is not `1`.
struct Loose<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Separators up to here stay.
    kept: usize,
}

impl<'a> Loose<'a> {
    fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, kept: 0 }
    }

    fn is_letter(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
    }
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b'_' | b'-' | b' ' | b'\t' | b'\n' | b'\r')
}

impl Iterator for Loose<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        if is_separator(byte) && self.at >= self.kept {
            let run = self.bytes[self.at..].iter().take_while(|byte| is_separator(**byte)).count();
            let end = self.at + run;
            if self.is_letter(self.at.checked_sub(1)) || self.is_letter(Some(end)) {
                self.at = end;
                return self.next_after_run();
            }
            self.kept = end;
        }
        self.at += 1;
        Some(byte.to_ascii_lowercase())
    }
}

impl Loose<'_> {
    /// The byte after a run of separators, which is no separator.
    fn next_after_run(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, read, written};
    use super::*;
    use crate::{Format, Leaf, LeafSpec};
    use proptest::prelude::*;

    #[derive(Clone, Debug, PartialEq)]
    enum Privacy {
        Known(usize),
        Unknown(UnknownValue),
    }

    impl OpenEnum for Privacy {
        const VALUES: &'static [&'static str] = &["off", "partial", "no renew option", "SHA-256", "1", "10"];
        const ALIASES: &'static [(&'static str, usize)] = &[("none", 0), ("P.", 1)];

        fn from_index(index: usize) -> Option<Self> {
            (index < Self::VALUES.len()).then_some(Self::Known(index))
        }

        fn index(&self) -> Option<usize> {
            if let Self::Known(index) = self { Some(*index) } else { None }
        }

        fn from_unknown(value: UnknownValue) -> Self {
            Self::Unknown(value)
        }

        fn unknown(&self) -> Option<&UnknownValue> {
            if let Self::Unknown(value) = self { Some(value) } else { None }
        }
    }

    #[test]
    fn reads_values_and_aliases_in_any_case_and_convention() {
        for (index, texts) in [
            (0, &["off", "OFF", " Off ", "none", "None", "o-f_f"][..]),
            (2, &["no renew option", "No_Renew_Option", "noRenewOption", "NO-RENEW - OPTION"]),
            (3, &["SHA-256", "sha256", "Sha 256"]),
            (4, &["1"]),
        ] {
            for text in texts {
                assert_eq!(read(text), Ok(Some(Privacy::Known(index))), "{text:?}");
            }
        }
        assert_same_text::<Option<Privacy>>(Privacy::VALUES);
    }

    #[test]
    fn keeps_and_tells_what_it_does_not_know() {
        for text in ["full", "-1", "1-0", "1 0", "-", "_", "of", "offf", "öff", "p"] {
            let mut leaf = Some(Privacy::Known(0));
            assert_eq!(leaf.read(text, &LeafSpec::PLAIN), Ok(()));
            assert!(leaf.is_unknown_value(), "{text:?}");
            assert_eq!(leaf.as_ref().and_then(OpenEnum::unknown).map(UnknownValue::as_str), Some(text));
            assert_eq!(leaf.plain(), Plain::Text(text.to_owned()));
            assert_eq!(written(&leaf, Format::Json), text);
        }
        assert!(!read::<Option<Privacy>>("off").unwrap().is_unknown_value());
        assert!(!None::<Privacy>.is_unknown_value());
        assert_eq!(None::<Privacy>.kind(), LeafKind::Enum(Privacy::VALUES));
    }

    #[test]
    fn a_list_tells_of_its_last_value() {
        let mut list: Vec<Option<Privacy>> = Vec::new();
        list.read("other", &LeafSpec::PLAIN).unwrap();
        assert!(list.is_unknown_value());
        list.read("off", &LeafSpec::PLAIN).unwrap();
        assert!(!list.is_unknown_value());
    }

    #[test]
    fn a_text_that_could_be_two_values_is_neither() {
        assert_eq!(find("A B", &["ab", "a-b"], &[]), None);
        assert_eq!(find("ab", &["ab", "a-b"], &[]), Some(0));
        assert_eq!(find("A B", &["ab"], &[("a_b", 0)]), Some(0));
    }

    proptest! {
        #[test]
        fn any_value_round_trips(text in "\\S+|[a-z _0-9-]*[a-z]") {
            if !text.trim_ascii().is_empty() {
                assert_round_trip(&Some(<Privacy as OpenEnum>::parse(text.trim_ascii())));
            }
        }

        #[test]
        fn loose_equality_is_that_of_what_is_left(text in "[a-c1-2 _-]{0,8}") {
            let left: Vec<u8> = Loose::new(&text).collect();
            assert!(left.iter().all(|byte| text.as_bytes().contains(byte)));
            assert_eq!(Loose::new(&text.to_uppercase()).collect::<Vec<_>>(), left);
        }
    }
}
