//! Flags as leaves: yes and no in every spelling of the API.

use super::Scalar;
use crate::{FlagStyle, LeafKind, Plain};

/// Every spelling that is read, with its meaning, in any case.
const SPELLINGS: &[(&str, bool)] = &[
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("1", true),
    ("0", false),
    ("on", true),
    ("off", false),
    ("y", true),
    ("n", false),
    ("enable", true),
    ("disable", false),
    ("enabled", true),
    ("disabled", false),
    ("locked", true),
    ("unlocked", false),
];

/// Written in the style that the spec gives for the field and format.
impl Scalar for bool {
    const KIND: LeafKind = LeafKind::Flag;

    fn parse(text: &str) -> Option<Self> {
        // What nearly every flag says.
        match text.as_bytes() {
            b"no" => return Some(false),
            b"yes" => return Some(true),
            _ => {}
        }
        SPELLINGS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, value)| *value)
    }

    fn print(&self, flag: FlagStyle, out: &mut String) {
        out.push_str(flag.spell(*self));
    }

    fn plain(&self) -> Plain {
        Plain::Bool(*self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_unparsed, read};
    use super::*;
    use crate::{Format, Leaf, LeafSpec};

    #[test]
    fn reads_every_spelling_in_any_case() {
        for (word, value) in SPELLINGS {
            let mut capital = (*word).to_owned();
            capital[..1].make_ascii_uppercase();
            for text in [word.to_string(), word.to_uppercase(), capital, format!(" {word}\n")] {
                assert_eq!(read::<Option<bool>>(&text), Ok(Some(*value)), "{text:?}");
            }
        }
        assert_unparsed::<Option<bool>>(&[
            "-", "-1", "2", "01", "none", "unknown", "yes no", "yess", "ye", "null", "partial",
        ]);
    }

    #[test]
    fn writes_each_style_and_reads_it_back() {
        use FlagStyle::*;
        for style in [YesNo, YesNoCapital, TrueFalse, OnOff, EnableDisable, LockedUnlocked, OneZero] {
            let spec = LeafSpec { flag: [FlagStyle::YesNo, style, FlagStyle::YesNo], ..LeafSpec::PLAIN };
            for value in [Some(true), Some(false)] {
                let mut out = String::new();
                assert!(value.write(0, &spec, Format::Json, &mut out));
                assert_eq!(out, style.spell(value.unwrap()));
                assert_eq!(read(&out), Ok(value));
            }
        }
    }
}
