//! `objects/*.toml`: the objects and events that a customer publishes, each under a name of its own.

use super::{Default, Key, OWN_SOURCES_KEY, Others, Table, Ty};
use crate::spec::names::Rule;
use crate::spec::words::{self, FIELD_FLAGS, FIELD_SCALARS};

/// A description of an object or of an event.
pub static OBJECT: Table = Table {
    name: "object",
    what: "",
    doc: "An object or an event that a customer publishes: its name, and what it has.",
    keys: &[
        Key::new("object", Ty::Text, "The object's name, as messages have it: letters, digits, `-`, `_` and `.`."),
        Key::new("event", Ty::Text, "The event's name, in place of an object's."),
        Key::new("api", Ty::Text, "The name of the published API, which the namespace ends in, where it is another."),
        Key::new("rust", Ty::Text, "The name in Rust, in PascalCase, where the object's own would come out wrong."),
        Key::new("doc", Ty::Sentence, "What it is, in one sentence.").required(),
        OWN_SOURCES_KEY,
        Key::new("attributes", Ty::Map(&ATTRIBUTES), "What a record of the object has, in the order of its schema."),
        Key::new("parameters", Ty::Map(&PARAMETERS), "The runtime parameters of requests, in the order of the schema."),
    ],
    others: None,
    named_by: "",
};

static ATTRIBUTES: Others = Others { what: "attribute", rule: Rule::Field, ty: Ty::Table(&ATTRIBUTE), least: 1 };

static ATTRIBUTE: Table = Table {
    name: "attribute",
    what: "attribute",
    doc: "An attribute of an object; its key is the Rust name.",
    keys: &[
        TYPE.required(),
        WIRE.or(Default::Name),
        Key::new(
            "key",
            Ty::Bool,
            "It tells a record from the others: requests must have it, and deleting needs no other.",
        )
        .or(Default::False),
        AS,
        DOC.required(),
    ],
    others: None,
    named_by: "",
};

static PARAMETERS: Others = Others { what: "parameter", rule: Rule::Field, ty: Ty::Table(&PARAMETER), least: 1 };

static PARAMETER: Table = Table {
    name: "parameter",
    what: "parameter",
    doc: "A runtime parameter; its key is the Rust name.",
    keys: &[
        TYPE.required(),
        WIRE.or(Default::Name),
        Key::new("required", Ty::Bool, "Whether each request must have it.").or(Default::False),
        AS,
        DOC.required(),
    ],
    others: None,
    named_by: "",
};

const TYPE: Key = Key::new("type", Ty::Words(scalars), "What it holds: a scalar.");
const WIRE: Key = Key::new("wire", Ty::Text, "The name of its element.");
const AS: Key =
    Key::new("as", Ty::Words(|| words::names(FIELD_FLAGS)), "How a flag is written.").or(Default::Text(FLAG));
const DOC: Key = Key::new("doc", Ty::Sentence, "What it means, with units and bounds.");

/// How flags are written unless the description says otherwise: as XML Schema has them.
const FLAG: &str = "true/false";

/// The scalars of one element: a map and a tree are of several.
fn scalars() -> Vec<&'static str> {
    words::names(FIELD_SCALARS).into_iter().filter(|word| !matches!(*word, "any" | "map")).collect()
}
