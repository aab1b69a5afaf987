//! The nearest spelling of a name that is not known.

/// The name of `names` that `found` was probably meant to be.
pub fn nearest<'a>(found: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(found);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &plain(name)), name))
        .filter(|(distance, name)| *distance <= (name.len().max(found.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `; did you mean x?`, or what `otherwise` says.
pub fn hint<'a>(found: &str, names: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    match nearest(found, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => otherwise.to_owned(),
    }
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', '-', ' '], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let names = ["search", "set_ns", "get_ns", "domain_info"];
        assert_eq!(nearest("serach", names), Some("search"));
        assert_eq!(nearest("DomainInfo", names), Some("domain_info"));
        assert_eq!(nearest("restart", names), None);
        assert_eq!(hint("restart", names, "see the list"), "see the list");
    }
}
