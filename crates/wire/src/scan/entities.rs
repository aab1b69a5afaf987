//! Named entities that HTML has and XML has not: pages and servers mix them up.

/// The names of U+00A0 to U+00FF, in this order.
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// Names beyond Latin-1 that stand in prose.
const PROSE: [(&str, char); 16] = [
    ("euro", '€'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("trade", '™'),
    ("dagger", '†'),
    ("permil", '‰'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
];

/// The character that HTML means by `name`.
pub(crate) fn html_entity(name: &str) -> Option<char> {
    let latin = LATIN_1.iter().position(|known| *known == name);
    let latin = latin.and_then(|at| char::from_u32(0xA0 + at as u32));
    latin.or_else(|| PROSE.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_at_their_place() {
        for (name, letter) in
            [("nbsp", '\u{a0}'), ("reg", '®'), ("Auml", 'Ä'), ("szlig", 'ß'), ("yuml", 'ÿ'), ("euro", '€')]
        {
            assert_eq!(html_entity(name), Some(letter), "{name}");
        }
        assert_eq!(html_entity("bogus"), None);
    }
}
