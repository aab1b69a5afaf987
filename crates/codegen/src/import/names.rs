//! Names: qualified ones, the namespaces that the reader knows, and names for what the schema leaves without one.

use super::limits;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// XML Schema.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
/// Attributes such as `xsi:schemaLocation`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// What the prefix `xml` stands for.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// What the prefix `xmlns` stands for.
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
/// WSDL 1.1.
pub const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
/// WSDL 2.0, which is not read.
pub const WSDL_2: &str = "http://www.w3.org/ns/wsdl";
/// The SOAP 1.1 binding of WSDL.
pub const SOAP: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
/// The SOAP 1.2 binding of WSDL.
pub const SOAP_12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
/// The HTTP binding of WSDL.
pub const HTTP: &str = "http://schemas.xmlsoap.org/wsdl/http/";
/// The MIME binding of WSDL.
pub const MIME: &str = "http://schemas.xmlsoap.org/wsdl/mime/";
/// SOAP over HTTP, as `transport` names it.
pub const SOAP_HTTP: &str = "http://schemas.xmlsoap.org/soap/http";
/// The SOAP 1.1 encoding.
pub const SOAP_ENC: &str = "http://schemas.xmlsoap.org/soap/encoding/";
/// Maps of rpc/encoded services.
pub const APACHE: &str = "http://xml.apache.org/xml-soap";

/// Namespaces whose schema need not be there, since the reader knows what it uses of them.
pub const WELL_KNOWN: [&str; 6] = [XSD, XML, WSDL, SOAP, SOAP_ENC, APACHE];

/// A name in a namespace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName {
    /// The namespace; empty for none.
    pub namespace: String,
    /// The name within it.
    pub local: String,
}

impl QName {
    /// The name `local` in `namespace`.
    pub fn new(namespace: impl Into<String>, local: impl Into<String>) -> Self {
        Self { namespace: namespace.into(), local: local.into() }
    }
}

impl fmt::Display for QName {
    /// `{namespace}local`, or the local name alone where there is no namespace.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() {
            f.write_str(&self.local)
        } else {
            write!(f, "{{{}}}{}", self.namespace, self.local)
        }
    }
}

/// What is wrong with `name` as the local part of a name; nothing when it is one.
pub fn wrong_name(name: &str) -> Option<String> {
    let mut letters = name.chars();
    let begins = letters.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let goes_on = letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}'));
    if !begins || !goes_on {
        return Some(format!(
            "{} is no name; letters, digits, `_`, `-` and `.` make one, and it begins with a letter or `_`",
            quoted(name)
        ));
    }
    let length = name.chars().count();
    (length > limits::NAME)
        .then(|| format!("the name {} has {length} characters; a name has at most {}", quoted(name), limits::NAME))
}

/// `text` in backquotes, on one line and cut where it is long: what a message quotes comes from outside.
pub fn quoted(text: &str) -> String {
    let cut = if text.chars().nth(limits::QUOTED).is_some() { "..." } else { "" };
    format!("`{}{cut}`", one_line(text, limits::QUOTED))
}

/// At most so many characters of `text`, with a space for what would end or change the line.
pub fn one_line(text: &str, most: usize) -> String {
    text.chars().take(most).map(|letter| if is_unseen(letter) { ' ' } else { letter }).collect()
}

/// Whether a letter is none to see, or turns the direction of others, which the compiler refuses.
pub fn is_unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The names of types, so that a type without a name gets one that no other has.
#[derive(Debug, Default)]
pub struct Taken {
    names: BTreeSet<QName>,
    /// The number that was given last, by the name in front of it.
    numbers: BTreeMap<QName, usize>,
}

impl Taken {
    /// Keeps `name` from being given.
    pub fn take(&mut self, name: QName) {
        self.names.insert(name);
    }

    /// A name from the way to the type: `Order` and `item` give `OrderItem`, with a number where that is taken.
    pub fn give(&mut self, namespace: &str, path: &[String]) -> QName {
        let plain = QName::new(namespace, path.iter().map(|step| capitalised(step)).collect::<String>());
        if self.names.insert(plain.clone()) {
            return plain;
        }
        let number = self.numbers.entry(plain.clone()).or_insert(1);
        loop {
            *number += 1;
            let name = QName::new(namespace, format!("{}{number}", plain.local));
            if self.names.insert(name.clone()) {
                return name;
            }
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
