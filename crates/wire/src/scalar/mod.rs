//! Values: what the texts of the wire are read into, each of them a [`Leaf`].
//!
//! A value that can be absent is an `Option`, for which there is one implementation, here; what a text looks like is said
//! by each type's [`Scalar`]. Reading takes every attested spelling and nothing that could mean something else: a text that
//! does not fit leaves the value as it was, and the engine keeps it in a note. Writing gives one spelling, and the one that
//! was read where the type says so.

mod availability;
mod currency;
mod domain_name;
mod flag;
mod ip;
mod local_time;
mod money;
mod number;
mod open_enum;
mod period;
mod price;
mod punycode;
mod secret;
mod text;
mod time;
mod unix_time;
mod zone;

#[cfg(test)]
mod testing;

pub use availability::Availability;
pub use currency::Currency;
pub use domain_name::DomainName;
pub use local_time::LocalTime;
pub use money::{Money, Sign};
pub use open_enum::{OpenEnum, UnknownValue};
pub use period::Period;
pub use price::Price;
pub use secret::Secret;
pub use time::DateOrTimestamp;
pub use unix_time::UnixTime;

use crate::{FlagStyle, Format, Leaf, LeafKind, LeafSpec, Plain, Unparsed};

/// A value that one text spells; an `Option` of it is a leaf.
///
/// Sealed: it cannot be named outside this crate. Other crates get a leaf by implementing [`OpenEnum`].
pub trait Scalar: Sized {
    /// What it holds.
    const KIND: LeafKind;

    /// Takes off the blanks that mean nothing.
    fn trim(text: &str) -> &str {
        text.trim_ascii()
    }

    /// Reads a text that is trimmed and not empty; `None` when it does not fit.
    fn parse(text: &str) -> Option<Self>;

    /// Appends the text; nothing for a value that says nothing.
    fn print(&self, flag: FlagStyle, out: &mut String);

    /// The value in a form that any format of data can show.
    fn plain(&self) -> Plain;

    /// Whether it is a value that the spec does not list.
    fn is_unknown(&self) -> bool {
        false
    }
}

impl<T: Scalar> Leaf for Option<T> {
    fn read(&mut self, text: &str, _spec: &LeafSpec) -> Result<(), Unparsed> {
        let text = T::trim(text);
        *self = if text.is_empty() { None } else { Some(T::parse(text).ok_or(Unparsed)?) };
        Ok(())
    }

    fn write(&self, _index: usize, spec: &LeafSpec, format: Format, out: &mut String) -> bool {
        let before = out.len();
        if let Some(value) = self {
            value.print(spec.flag[format.index()], out);
        }
        out.len() > before
    }

    fn plain(&self) -> Plain {
        self.as_ref().map_or(Plain::Null, Scalar::plain)
    }

    fn kind(&self) -> LeafKind {
        T::KIND
    }

    fn is_unknown_value(&self) -> bool {
        self.as_ref().is_some_and(Scalar::is_unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{read, written};
    use super::*;
    use crate::Text;
    use jiff::Timestamp;
    use jiff::civil::Date;
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use std::fmt::Debug;
    use std::net::IpAddr;

    /// Reads `text` into an empty leaf and into one that holds a value already.
    fn check<T: Leaf + Default + Clone + PartialEq + Debug>(text: &str, held: &T) {
        let mut value = T::default();
        let mut over = held.clone();
        let first = value.read(text, &LeafSpec::PLAIN);
        assert_eq!(first, over.read(text, &LeafSpec::PLAIN));
        if first.is_err() {
            assert_eq!(value, T::default(), "{text:?}");
            assert_eq!(over, *held, "{text:?}");
            return;
        }
        assert_eq!(value, over, "{text:?}");
        // What was read can be written, and is then read as the same value.
        let text = written(&value, Format::Xml);
        assert_eq!(read::<T>(&text), Ok(value.clone()), "{text:?}");
        assert_eq!(written(&read::<T>(&text).unwrap(), Format::Xml), text);
        let _ = value.plain();
    }

    fn check_all(text: &str) {
        check(text, &Text::new("held"));
        check(text, &Some(Text::new("held")));
        check(text, &DomainName::from("held.example"));
        check(text, &Secret::from("held"));
        check(text, &Availability::Yes);
        check(text, &Some(7_i64));
        check(text, &Some(7_u32));
        check(text, &Some(7_u64));
        check(text, &Some(Decimal::TEN));
        check(text, &Some(Money::new(Decimal::TEN)));
        check(text, &Some(Price::new(Money::new(Decimal::TEN))));
        check(text, &Some(Currency::EUR));
        check(text, &Some(true));
        check(text, &Some(Timestamp::UNIX_EPOCH));
        check(text, &Some(Date::ZERO));
        check(text, &Some(DateOrTimestamp::Date(Date::ZERO)));
        check(text, &Some(LocalTime::new(Date::ZERO.at(0, 0, 0, 0), "UTC")));
        check(text, &Some(IpAddr::from([127, 0, 0, 1])));
        let domain = DomainName::from(text);
        let _ = (domain.ascii(), domain.unicode(), domain.is(text));
    }

    /// The blocks that the spellings are made of, and what damages them.
    const BLOCKS: &[&str] = &[
        "1",
        "7",
        "0",
        "12",
        "2024",
        "999",
        ".",
        ",",
        "-",
        "/",
        ":",
        " ",
        "+",
        "$",
        "€",
        "USD",
        "usd",
        " in ",
        "in",
        "PST",
        " and ",
        "Registration Price: ",
        "Renewal price:",
        "Domain is ",
        "not ",
        "a Premium Domain",
        "xn--",
        "yes",
        "null",
        "e",
        "E7",
        "\u{a0}",
        "ü",
        "١",
        "\0",
    ];

    proptest! {
        #[test]
        fn any_text_is_read_once_or_left(text in any::<String>()) {
            check_all(&text);
        }

        #[test]
        fn any_sequence_of_blocks_is_read_once_or_left(blocks in prop::collection::vec(prop::sample::select(BLOCKS), 0..12)) {
            check_all(&blocks.concat());
        }
    }

    #[test]
    fn long_texts_take_linear_time() {
        for block in BLOCKS {
            check_all(&block.repeat(200_000 / block.len()));
        }
    }

    #[test]
    fn empty_and_blank_leave_an_optional_value_absent() {
        for text in ["", " ", "\t\n"] {
            assert_eq!(read::<Option<i64>>(text), Ok(None));
            assert_eq!(read::<Option<Money>>(text), Ok(None));
        }
        assert_eq!(None::<i64>.plain(), Plain::Null);
        assert_eq!(written(&None::<i64>, Format::Json), "");
    }

    #[test]
    fn lists_hold_texts_names_and_optional_values() {
        let mut names: Vec<DomainName> = Vec::new();
        names.read("a.com", &LeafSpec::PLAIN).unwrap();
        names.read("b.com", &LeafSpec::PLAIN).unwrap();
        assert_eq!(names, ["a.com", "b.com"]);
        assert_eq!(names.kind(), LeafKind::Domain);
        let mut out = String::new();
        assert!(names.write(1, &LeafSpec::PLAIN, Format::Xml, &mut out));
        assert!(!names.write(2, &LeafSpec::PLAIN, Format::Xml, &mut out));
        assert_eq!(out, "b.com");

        let mut texts: Vec<Text> = Vec::new();
        texts.read("x", &LeafSpec::PLAIN).unwrap();
        assert_eq!(texts.plain(), Plain::List(vec![Plain::Text("x".to_owned())]));

        let mut addresses: Vec<Option<IpAddr>> = Vec::new();
        assert_eq!(addresses.read("300.1.1.1", &LeafSpec::PLAIN), Err(Unparsed));
        assert!(addresses.is_empty());
    }
}
