//! `errata.toml`.

use super::{Key, Table, Ty};

/// A file of errata.
pub static ERRATA: Table = Table {
    name: "errata",
    what: "",
    doc: "Where a page contradicts itself, another page or the wire.",
    keys: &[Key::new("erratum", Ty::List(&Ty::Table(&ERRATUM), 0), "The errata.").required()],
    others: None,
    named_by: "",
};

static ERRATUM: Table = Table {
    name: "erratum",
    what: "erratum",
    doc: "A place where a source is overruled.",
    keys: &[
        Key::new("id", Ty::Text, "A name of its own.").required(),
        Key::new(
            "target",
            Ty::Text,
            "The value of the spec that it is about: `commands.<name>.<keys>` or `types.<Type>.<keys>`.",
        )
        .required(),
        Key::new("says", Ty::List(&Ty::Table(&READING), 1), "The overruled readings.").required(),
        Key::new("follows", Ty::Text, "What the spec holds at the target.").required(),
        Key::new("evidence", Ty::List(&Ty::Citation, 1), "Where the followed reading stands.").required(),
        Key::new("why", Ty::Sentence, "Why it is followed.").required(),
    ],
    others: None,
    named_by: "id",
};

static READING: Table = Table {
    name: "reading",
    what: "reading",
    doc: "An overruled reading.",
    keys: &[
        Key::new("text", Ty::Text, "What the document says, letter for letter.").required(),
        Key::new("at", Ty::List(&Ty::Citation, 1), "Every place where it stands.").required(),
    ],
    others: None,
    named_by: "text",
};
