//! Names of records: how users write them, and when two are the same.

use bindwire_wire::{DomainName, Text};

/// What the name of the domain itself is in zone files.
pub(super) const APEX: &str = "@";

/// Why a name cannot be one of a record of the domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadName {
    /// It is the whole name of something that does not belong to the domain.
    Outside,
    /// It has an empty label, a blank or a control character.
    Malformed,
}

/// Whether both are the same name: in any case, in ASCII or Unicode form.
pub(super) fn same_name(one: &str, two: &str) -> bool {
    if one.is_ascii() && two.is_ascii() {
        return one.eq_ignore_ascii_case(two);
    }
    DomainName::from(one).ascii() == DomainName::from(two).ascii()
}

/// `given` without the domain, in its own spelling; empty for the domain itself.
///
/// A name that ends in a dot is whole. One that ends in the domain is too, since it would hardly be meant twice.
pub(super) fn resolve(given: &str, domain: &DomainName) -> Result<Text, BadName> {
    if given.is_empty() || given == APEX {
        return Ok(Text::empty());
    }
    let (name, is_whole) = given.strip_suffix('.').map_or((given, false), |name| (name, true));
    let is_bad = |label: &str| label.is_empty() || label.contains(|c: char| c.is_whitespace() || c.is_control());
    if name.split('.').any(is_bad) {
        return Err(BadName::Malformed);
    }
    let domain = DomainName::from(domain.strip_suffix('.').unwrap_or(domain));
    let labels = domain.split('.').count();
    let (rest, tail) = split_tail(name, labels);
    match tail {
        Some(tail) if same_name(tail, &domain) => Ok(rest.into()),
        _ if is_whole => Err(BadName::Outside),
        _ => Ok(name.into()),
    }
}

/// The last `labels` labels, where there are so many, and what stands before them.
fn split_tail(name: &str, labels: usize) -> (&str, Option<&str>) {
    let mut dots = name.rmatch_indices('.').map(|(at, _)| at);
    match dots.nth(labels.saturating_sub(1)) {
        Some(dot) => (&name[..dot], Some(&name[dot + 1..])),
        None => ("", (name.split('.').count() == labels).then_some(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_name_is_understood() {
        let domain = DomainName::from("Example.com");
        for (given, name) in [
            ("", ""),
            ("@", ""),
            ("example.com", ""),
            ("EXAMPLE.com.", ""),
            ("www", "www"),
            ("WWW.example.COM", "WWW"),
            ("_acme-challenge.example.com.", "_acme-challenge"),
            ("a.b.example.com", "a.b"),
            ("*", "*"),
            ("*.example.com", "*"),
            ("com", "com"),
            ("notexample.com", "notexample.com"),
            ("www.example.com.example.com", "www.example.com"),
        ] {
            assert_eq!(resolve(given, &domain), Ok(name.into()), "{given}");
        }
        for given in ["www.example.org.", "com.", "www.", "notexample.com."] {
            assert_eq!(resolve(given, &domain), Err(BadName::Outside), "{given}");
        }
        for given in [".", "..", ".www", "a..b", "a b", " www", "www\n", "\u{a0}"] {
            assert_eq!(resolve(given, &domain), Err(BadName::Malformed), "{given:?}");
        }
    }

    #[test]
    fn a_name_in_unicode_is_the_one_in_ascii() {
        let domain = DomainName::from("bücher.example.");
        assert_eq!(resolve("www.xn--bcher-kva.example", &domain), Ok("www".into()));
        assert_eq!(resolve("BÜCHER.example.", &domain), Ok("".into()));
        assert!(same_name("Bücher", "xn--bcher-kva"));
        assert!(!same_name("bücher", "bucher"));
    }
}
