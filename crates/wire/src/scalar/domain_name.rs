//! Names of domains and hosts, kept as given, with their ASCII and Unicode forms.

use super::{Scalar, punycode};
use crate::{FlagStyle, Format, Leaf, LeafKind, LeafSpec, Plain, Text, Unparsed};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// The name of a domain or host, as it was given.
///
/// Any text is taken, because what a registry allows is the server's to say; reading trims blanks. The empty name is
/// absent. Equality is that of the texts; [`is`](Self::is) compares names.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainName(Text);

/// What an encoded label begins with.
const PREFIX: &str = "xn--";

/// Labels of more characters than DNS has room for are neither encoded nor decoded, which bounds the time.
const LABEL_MAX: usize = 63;

impl DomainName {
    /// The name as it was given.
    pub fn as_given(&self) -> &str {
        &self.0
    }

    // These two would be `str`'s, but where `Leaf` is in scope its methods of the same name hide those.

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Length in bytes, as given.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The name in lower case, every label with other than ASCII characters in Punycode (RFC 3492): `xn--bcher-kva.example`.
    ///
    /// Lower case is all the normalisation there is: no composition of accents, no mapping of wide or look-alike characters.
    /// A label of more than 63 characters stays in Unicode.
    pub fn ascii(&self) -> Cow<'_, str> {
        if self.0.is_ascii() { self.lower() } else { self.labels(encode_label) }
    }

    /// The name in lower case, every label in Punycode decoded: `bücher.example`.
    ///
    /// A label that is not the [`ascii`](Self::ascii) form of what it decodes to stays as it is. Whether the characters
    /// look like others is not judged.
    pub fn unicode(&self) -> Cow<'_, str> {
        if self.0.is_ascii() && !self.0.split('.').any(|label| strip_prefix(label).is_some()) {
            self.lower()
        } else {
            self.labels(decode_label)
        }
    }

    /// Whether both are the same name: in any case, in ASCII or Unicode form, with or without the dot of the root.
    pub fn is(&self, other: &str) -> bool {
        let (one, two) = (without_root(self), without_root(other));
        if one.is_ascii() && two.is_ascii() {
            one.eq_ignore_ascii_case(two)
        } else {
            Self::from(one).ascii() == Self::from(two).ascii()
        }
    }

    /// The name in lower case, when it is ASCII.
    fn lower(&self) -> Cow<'_, str> {
        if self.0.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.0.to_ascii_lowercase().into()
        } else {
            self.as_given().into()
        }
    }

    /// The name with `change` made to every label in lower case.
    fn labels(&self, change: fn(&str) -> Option<String>) -> Cow<'_, str> {
        let mut out = String::with_capacity(self.0.len());
        for (index, label) in self.0.split('.').enumerate() {
            if index > 0 {
                out.push('.');
            }
            // By characters: the lower case of a final sigma must not depend on where the label ends.
            let label: String = label.chars().flat_map(char::to_lowercase).collect();
            out.push_str(&change(&label).unwrap_or(label));
        }
        out.into()
    }
}

fn without_root(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

/// What follows the prefix of an encoded label.
fn strip_prefix(label: &str) -> Option<&str> {
    let (prefix, rest) = label.split_at_checked(PREFIX.len())?;
    prefix.eq_ignore_ascii_case(PREFIX).then_some(rest)
}

/// The ASCII form of a label in lower case; `None` when it has none or is it already.
fn encode_label(label: &str) -> Option<String> {
    if label.is_ascii() || label.chars().nth(LABEL_MAX).is_some() {
        return None;
    }
    punycode::encode(label).map(|encoded| format!("{PREFIX}{encoded}"))
}

/// What an encoded label in lower case stands for; `None` when it is none, or not the ASCII form of it.
fn decode_label(label: &str) -> Option<String> {
    let encoded = strip_prefix(label).filter(|_| label.len() <= LABEL_MAX)?;
    let decoded = punycode::decode(encoded)?;
    let lower: String = decoded.chars().flat_map(char::to_lowercase).collect();
    (lower == decoded && encode_label(&decoded)? == label).then_some(decoded)
}

impl Deref for DomainName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for DomainName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Prints the name as it was given.
impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl From<&str> for DomainName {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl From<&String> for DomainName {
    fn from(name: &String) -> Self {
        Self(name.into())
    }
}

impl From<String> for DomainName {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl From<Text> for DomainName {
    fn from(name: Text) -> Self {
        Self(name)
    }
}

impl From<&DomainName> for DomainName {
    fn from(name: &DomainName) -> Self {
        name.clone()
    }
}

impl From<DomainName> for Text {
    fn from(name: DomainName) -> Self {
        name.0
    }
}

impl From<DomainName> for String {
    fn from(name: DomainName) -> Self {
        name.0.into()
    }
}

impl PartialEq<str> for DomainName {
    fn eq(&self, other: &str) -> bool {
        self.as_given() == other
    }
}

impl PartialEq<&str> for DomainName {
    fn eq(&self, other: &&str) -> bool {
        self.as_given() == *other
    }
}

/// The empty name is absent.
impl Leaf for DomainName {
    fn read(&mut self, text: &str, _spec: &LeafSpec) -> Result<(), Unparsed> {
        *self = text.trim_ascii().into();
        Ok(())
    }

    fn write(&self, _index: usize, _spec: &LeafSpec, _format: Format, out: &mut String) -> bool {
        out.push_str(self);
        !self.is_empty()
    }

    fn plain(&self) -> Plain {
        Plain::text_or_null(self)
    }

    fn kind(&self) -> LeafKind {
        LeafKind::Domain
    }
}

impl Scalar for DomainName {
    const KIND: LeafKind = LeafKind::Domain;

    fn parse(text: &str) -> Option<Self> {
        Some(text.into())
    }

    fn print(&self, _flag: FlagStyle, out: &mut String) {
        out.push_str(self);
    }

    fn plain(&self) -> Plain {
        Plain::text_or_null(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_round_trip, assert_same_text, read};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn offers_both_forms() {
        for (given, ascii, unicode) in [
            ("Example.COM", "example.com", "example.com"),
            ("bücher.example", "xn--bcher-kva.example", "bücher.example"),
            ("BÜCHER.Example.", "xn--bcher-kva.example.", "bücher.example."),
            ("XN--BCHER-KVA.example", "xn--bcher-kva.example", "bücher.example"),
            ("xn--wkccg.com", "xn--wkccg.com", "ஆஇஉ.com"),
            ("почта.рф", "xn--80a1acny.xn--p1ai", "почта.рф"),
            ("ΑΣ.gr", "xn--mxa0b.gr", "ασ.gr"),
            ("\u{212a}.com", "k.com", "k.com"),
            ("", "", ""),
            ("..", "..", ".."),
            // Labels that are no encoding of anything stay.
            ("xn--.com", "xn--.com", "xn--.com"),
            ("xn--abc-.com", "xn--abc-.com", "xn--abc-.com"),
            ("xn--99999999.com", "xn--99999999.com", "xn--99999999.com"),
            // This one decodes to a capital letter.
            ("xn--bcher-2pa.com", "xn--bcher-2pa.com", "xn--bcher-2pa.com"),
        ] {
            let name = DomainName::from(given);
            assert_eq!((&*name.ascii(), &*name.unicode()), (ascii, unicode), "{given}");
            assert_eq!(name.as_given(), given);
        }
    }

    #[test]
    fn compares_names() {
        let name = DomainName::from("Bücher.example");
        for same in
            ["bücher.example", "BÜCHER.EXAMPLE", "xn--bcher-kva.example", "XN--BCHER-KVA.EXAMPLE.", "bücher.example."]
        {
            assert!(name.is(same), "{same}");
        }
        assert!(!name.is("bucher.example"));
        assert!(DomainName::from("a.com").is("A.COM."));
        assert!(!DomainName::from("a.com").is("a.com.."));
        assert_eq!(name, "Bücher.example");
        assert_eq!(name.to_string(), "Bücher.example");
    }

    #[test]
    fn a_long_label_stays_in_unicode() {
        let name = DomainName::from("Ü".repeat(64));
        assert_eq!(name.ascii(), "ü".repeat(64));
        assert_eq!(name.unicode(), "ü".repeat(64));
    }

    #[test]
    fn reads_any_name_trimmed() {
        assert_same_text::<DomainName>(&["", "example.com", "EXAMPLE.com", "domain must be in ascii"]);
        assert_eq!(read::<DomainName>(" a.com\n").unwrap(), "a.com");
        assert_eq!(read::<Option<DomainName>>(" "), Ok(None));
    }

    proptest! {
        #[test]
        fn round_trips(name in "\\S{1,40}") {
            let name = DomainName::from(name.trim_ascii());
            assert_round_trip(&name);
            assert_round_trip(&Some(name).filter(|name| !name.is_empty()));
        }

        #[test]
        fn forms_are_stable_and_name_the_same(name in "(\\PC|[a-zA-ZüÜя.-]|xn--[a-z0-9-]{1,8}){0,12}") {
            let name = DomainName::from(name);
            let (ascii, unicode) = (DomainName::from(&*name.ascii()), DomainName::from(&*name.unicode()));
            assert!(ascii.is_ascii() || ascii.split('.').any(|label| label.chars().count() > LABEL_MAX));
            assert_eq!(ascii.ascii(), ascii.as_given());
            assert_eq!(unicode.unicode(), unicode.as_given());
            assert_eq!(unicode.ascii(), ascii.as_given());
            assert!(name.is(&ascii) && name.is(&unicode) && ascii.is(&unicode));
        }
    }
}
