//! Hostile XML for `list_domain`.

use super::Kind;
use crate::bodies::{Layout, Markup, list_head, list_tail};
use bindwire_wire::Format;

/// Where the unit stands.
enum Place {
    /// It is all of the body.
    Alone,
    /// Instead of the domains.
    List,
    /// In a domain.
    Domain,
    /// In a domain's note.
    Note,
    /// In the tag of a domain.
    Tag,
    /// Before the envelope.
    Before,
}

use Place::{Alone, Before, Domain, List, Note, Tag};

const KINDS: &[(&str, Place, &str)] = &[
    ("deep nesting", List, "<a>"),
    ("deep nesting of a known name", List, "<Domain>"),
    ("deep nesting of a leaf's name", Domain, "<Name>"),
    ("deep nesting of known levels", List, "<Domain><Whois><Registrant>"),
    ("one huge attribute", Tag, "a"),
    ("80,000 attributes and more", Tag, " a=\"1\""),
    ("a million empty tags", List, "<a/>"),
    ("a million empty tags of a record", List, "<Domain/>"),
    ("a million different empty tags", Domain, "<a#/>"),
    ("unclosed tags", Domain, "<Note>a"),
    ("unclosed tags of unknown names", Domain, "<a#>"),
    ("unclosed tags of records", List, "<Domain><Name>a"),
    ("tags that are not finished", Domain, "<"),
    ("tags without a name", Domain, "<>"),
    ("end tags only", Domain, "</a>"),
    ("end tags of levels above", Domain, "</Whois>"),
    ("mismatched ladders", Domain, "<a><b></a></b>"),
    ("mismatched ladders of known names", Domain, "<Whois><Folder></Whois></Folder>"),
    ("a million duplicate keys", Domain, "<Note>a</Note>"),
    ("duplicate records in a record", Domain, "<Folder><FolderId>1</FolderId></Folder>"),
    ("& only", Note, "&"),
    ("& only, nothing else", Alone, "&"),
    ("known entities", Note, "&amp;"),
    ("unknown entities", Note, "&a#;"),
    ("one huge text", Note, "a"),
    ("white space only", Alone, " "),
    ("unfinished comments", Domain, "<!--"),
    ("comments", Domain, "<!---->"),
    ("unfinished CDATA", Domain, "<![CDATA["),
    ("ends of CDATA", Note, "]]>"),
    ("CDATA of a byte each", Note, "<![CDATA[a]]>"),
    ("unfinished instructions", Domain, "<?"),
    ("declared entities", Before, "<!DOCTYPE a [<!ENTITY a# \"aaaa\">]>"),
    ("stray text", Domain, "a <b/>"),
    ("quotes in a tag", Tag, "\""),
    ("< in a text", Note, "< "),
    ("small good records", List, "<Domain><Name>a</Name></Domain>"),
    ("different keys a record", List, "<Domain><a#>1</a#></Domain>"),
];

/// Every kind in XML.
pub fn kinds() -> Vec<Kind> {
    let list = list_head(Markup::Xml, Layout::Compact);
    let end = list_tail(Markup::Xml, Layout::Compact);
    let kind = |(name, place, unit): &(&'static str, Place, &'static str)| {
        let (head, tail) = match place {
            Alone => (String::new(), String::new()),
            List => (list.to_owned(), end.to_owned()),
            Domain => (format!("{list}<Domain><Name>a.com</Name>"), format!("</Domain>{end}")),
            Note => (format!("{list}<Domain><Note>"), format!("</Note></Domain>{end}")),
            Tag => (format!("{list}<Domain b=\""), format!("\"><Note>a</Note></Domain>{end}")),
            Before => (String::new(), format!("{list}{end}")),
        };
        Kind::new(Format::Xml, name, head, unit, tail)
    };
    KINDS.iter().map(kind).collect()
}
