//! Namespaces: which one a prefix stands for, and whether it is the documented one.

use super::tags::{Tag, attributes};

/// The namespace of SOAP 1.1's envelope.
pub(crate) const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// Declarations that are kept: no message has so many.
const MOST: usize = 256;

/// What is declared around a place; the last declaration of a prefix counts.
#[derive(Debug, Default, Clone)]
pub(super) struct Namespaces<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Namespaces<'t> {
    /// Takes in what a start tag declares.
    pub fn declare(&mut self, text: &'t str, tag: &Tag<'_>) {
        for (name, value) in attributes(text, tag.inside.clone()) {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(prefix) if prefix.starts_with(':') => &prefix[1..],
                _ => continue,
            };
            if self.0.len() < MOST {
                self.0.push((prefix, text[value].trim()));
            }
        }
    }

    /// The namespace that a prefix stands for; empty for none.
    pub fn of(&self, prefix: &str) -> &'t str {
        self.0.iter().rfind(|(own, _)| *own == prefix).map_or("", |(_, name)| name)
    }
}

/// Whether `name` is the documented namespace, in which a word in braces, as `{version}`, stands for anything without a slash.
pub(super) fn is_documented(documented: &str, name: &str) -> bool {
    let parts = documented.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    match parts {
        None => documented.is_empty() || documented == name,
        Some((before, after)) => name
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|version| !version.is_empty() && !version.contains('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_anything_without_a_slash() {
        let documented = "https://api2.dynect.net/wsdl/{version}/Dynect/";
        assert!(is_documented(documented, "https://api2.dynect.net/wsdl/3.7.16/Dynect/"));
        for other in
            ["https://api2.dynect.net/wsdl//Dynect/", "https://api2.dynect.net/wsdl/1/2/Dynect/", "urn:DRS", ""]
        {
            assert!(!is_documented(documented, other), "{other}");
        }
        assert!(is_documented("", "urn:DRS") && is_documented("urn:DRS", "urn:DRS"));
        assert!(!is_documented("urn:DRS", "urn:Services"));
    }
}
