//! Patterns: what all names have in common, with `{command}` where the operation's own name goes.

use std::collections::BTreeMap;

/// The place of a command's name.
const PLACE: &str = "{command}";

/// The pattern that gives most of the texts; each comes with the operation's name. Nothing where no text has the name in it.
pub fn of_names<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    most(all.filter_map(|(name, text)| with_place(name, text)))
}

/// The same, where one text for all may do too. Empty where there is no text.
pub fn of_texts<'a>(all: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let plain = all.clone().map(|(_, text)| text.to_owned());
    let places = all.filter_map(|(name, text)| with_place(name, text));
    most(plain.chain(places)).unwrap_or_default()
}

/// What a pattern gives for an operation.
pub fn filled(pattern: &str, name: &str) -> String {
    pattern.replace(PLACE, name)
}

fn with_place(name: &str, text: &str) -> Option<String> {
    let at = text.rfind(name).filter(|_| !name.is_empty())?;
    Some(format!("{}{PLACE}{}", &text[..at], &text[at + name.len()..]))
}

/// The text that comes most often; of several the first.
fn most(all: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (index, text) in all.enumerate() {
        counts.entry(text).or_insert((0, index)).0 += 1;
    }
    let best = counts.into_iter().max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(*first)));
    best.map(|(text, _)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_names_make_the_pattern() {
        let all = [("Get", "GetRequest"), ("Put", "PutRequest"), ("Ping", "Ping"), ("Odd", "Other")];
        assert_eq!(of_names(all.into_iter()).as_deref(), Some("{command}Request"));
        assert_eq!(of_names([("Get", "Other")].into_iter()), None);
    }

    #[test]
    fn one_text_for_all_is_a_pattern_too() {
        assert_eq!(of_texts([("a", "urn:x"), ("b", "urn:x"), ("c", "urn:c")].into_iter()), "urn:x");
        assert_eq!(of_texts([("a", "urn:a"), ("b", "urn:b")].into_iter()), "urn:{command}");
        assert_eq!(of_texts([("urn", "urn:urn")].into_iter()), "urn:urn", "of one, itself");
        assert_eq!(filled("urn:{command}#{command}", "a"), "urn:a#a");
        assert_eq!(of_texts([].into_iter()), "");
    }
}
