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

/// The names packed into numbers, which rise, and what they mean.
static PACKED: [(u64, char); LATIN_1.len() + PROSE.len()] = {
    let mut packed = [(0, ' '); LATIN_1.len() + PROSE.len()];
    let mut at = 0;
    while at < packed.len() {
        let (name, letter) = if at < LATIN_1.len() {
            (LATIN_1[at], char::from_u32(0xA0 + at as u32).unwrap())
        } else {
            PROSE[at - LATIN_1.len()]
        };
        // Into its place among those before.
        let new = (pack(name.as_bytes()), letter);
        let mut place = at;
        while place > 0 && packed[place - 1].0 > new.0 {
            packed[place] = packed[place - 1];
            place -= 1;
        }
        packed[place] = new;
        at += 1;
    }
    packed
};

/// A short name as a number.
const fn pack(name: &[u8]) -> u64 {
    let (mut packed, mut at) = (0, 0);
    while at < name.len() {
        packed = packed << 8 | name[at] as u64;
        at += 1;
    }
    packed
}

/// The character that HTML means by `name`.
pub(crate) fn html_entity(name: &str) -> Option<char> {
    if name.len() > size_of::<u64>() {
        return None;
    }
    let name = pack(name.as_bytes());
    PACKED.binary_search_by_key(&name, |(known, _)| *known).ok().map(|at| PACKED[at].1)
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
        for name in ["bogus", "", "NBSP", "nbspnbsp", "a name of no entity"] {
            assert_eq!(html_entity(name), None);
        }
    }
}
