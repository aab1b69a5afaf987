//! `commands/*.toml`: families, commands, params, replies, fields.

use super::{Default, EACH, Key, ONLY, OWN_SOURCES_KEY, Others, SINCE, SOURCES_KEY, Table, Ty, WHEN};
use crate::spec::names::Rule;
use crate::spec::words::{
    self, EFFECTS, FIELD_FLAGS, FIELD_SCALARS, FORMATS, JSON_AS, PARAM_FLAGS, PARAM_SCALARS, STATUSES,
};

/// A file of commands.
pub static COMMANDS: Table = Table {
    name: "commands",
    what: "",
    doc: "A family of commands, a table each, keyed by the name on the wire.",
    keys: &[
        Key::new("family", Ty::Text, "The family's name, which is the file's too.").required(),
        Key::new("doc", Ty::Sentence, "What the family is about.").required(),
        EACH,
    ],
    others: Some(&Others { what: "command", rule: Rule::Command, ty: Ty::Table(&COMMAND), least: 1 }),
    named_by: "",
};

static COMMAND: Table = Table {
    name: "command",
    what: "command",
    doc: "A command.",
    keys: &[
        Key::new("doc", Ty::Sentence, "What it does, in one sentence.").required(),
        Key::new("effect", Ty::Words(|| words::names(EFFECTS)), "What it does to the account.").required(),
        Key::new("why", Ty::Sentence, "Why the effect is what it is, where that is not obvious."),
        Key::new("effect_when", Ty::Map(&EFFECT_WHEN), "Params that change the effect, and to what."),
        Key::new("formats", Ty::List(&Ty::Words(|| words::names(FORMATS)), 1), "What it answers in; SOAP is XML.")
            .or(Default::SoapFormats),
        Key::new("rust", Ty::Text, "The Rust name in snake_case, where the wire's own words would come out wrong."),
        Key::new("element", Ty::Text, "The element of its SOAP request, where the API's pattern does not give it."),
        Key::new("namespace", Ty::Text, "The namespace of its SOAP request and reply, where it is not the API's."),
        SINCE,
        ONLY,
        WHEN,
        Key::new("session", Ty::Bool, "Whether it takes what stands for the session.").or(Default::True),
        Key::new("status", Ty::Words(|| words::names(STATUSES)), "How well it is known.")
            .or(Default::Text("documented")),
        Key::new("deprecated", Ty::Sentence, "Why not to use it any more."),
        Key::new("successor", Ty::Text, "The command that takes its place."),
        Key::new("limit", Ty::Words(|| vec!["exempt"]), "It stands outside the account's rate limit."),
        Key::new("price", Ty::Text, "The command that tells beforehand what it costs."),
        Key::new(
            "reconcile",
            Ty::List(&Ty::Text, 1),
            "The commands that tell, when its answer was lost, whether it was carried out; the surest first.",
        ),
        Key::new("open", Ty::Bool, "No source tells its params and its reply.").or(Default::False),
        Key::new("reseller", Ty::Bool, "For reseller accounts only.").or(Default::False),
        Key::new("note", Ty::Sentence, "A caution: what callers must know."),
        SOURCES_KEY,
        Key::new("params", Ty::Map(&PARAMS), "Its params, in the order of the documentation."),
        Key::new("reply", Ty::Table(&REPLY), "What it answers.").or(Default::Table),
        Key::new("uncovered", Ty::Table(&UNCOVERED), "Why a cell of the coverage matrix cannot be filled."),
    ],
    others: None,
    named_by: "",
};

static EFFECT_WHEN: Others =
    Others { what: "param", rule: Rule::Any, ty: Ty::Words(|| words::names(EFFECTS)), least: 1 };

pub static UNCOVERED: Table = Table {
    name: "uncovered",
    what: "the uncovered cells",
    doc: "Cells of the coverage matrix that cannot be filled, and why.",
    keys: &[
        Key::new("builder", Ty::Sentence, "Why there is no request vector."),
        Key::new("xml", Ty::Sentence, "Why there is no XML example."),
        Key::new("json", Ty::Sentence, "Why there is no JSON example."),
        Key::new("csv", Ty::Sentence, "Why there is no CSV example."),
        Key::new("error", Ty::Sentence, "Why there is no error."),
        Key::new("notes", Ty::Sentence, "Why there is no tolerated deviation."),
    ],
    others: None,
    named_by: "",
};

/// Params of a command or of a variant, fields of a group.
pub static PARAMS: Others = Others { what: "param", rule: Rule::Param, ty: Ty::Table(&PARAM), least: 0 };

/// A param.
pub static PARAM: Table = Table {
    name: "param",
    what: "param",
    doc: "A param; its key is the Rust name.",
    keys: &[
        Key::new("type", Ty::Type(|| words::names(PARAM_SCALARS)), "A scalar, an enum, a record, a group or a choice.")
            .required(),
        Key::new("wire", Ty::Text, "Its name on the wire, without an index.").or(Default::Name),
        Key::new("required", Ty::Either(&[Ty::Bool, Ty::Table(&CONDITION)]), "Whether it must be given, or when.")
            .or(Default::False),
        Key::new("indexed", Ty::Pair(0, 9999), "First and last index: sent as `ns0` to `ns12`."),
        Key::new("separator", Ty::Text, "What stands between the items of a list in one value."),
        Key::new("max", Ty::Int(1, u32::MAX as i64), "How many items such a list has at most."),
        Key::new("values", Ty::List(&Ty::Text, 1), "The allowed values."),
        Key::new("open", Ty::Bool, "Other values may come.").or(Default::False),
        Key::new("range", Ty::Pair(i64::MIN, i64::MAX), "Bounds of a number."),
        Key::new("date", Ty::Text, "How a date is written, as `yyyy-MM-dd`."),
        Key::new("as", Ty::Words(|| words::names(PARAM_FLAGS)), "How a flag is written."),
        Key::new("secret", Ty::Bool, "Never printed.").or(Default::False),
        Key::new("newer", Ty::Bool, "Not on the pages.").or(Default::False),
        Key::new("many", Ty::Bool, "A list of repeated elements, or an encoded array.").or(Default::False),
        SINCE,
        ONLY,
        WHEN,
        Key::new("example", Ty::Text, "A value for the generated doc example."),
        OWN_SOURCES_KEY,
        Key::new("doc", Ty::Sentence, "What it means, with units and bounds.").required(),
    ],
    others: None,
    named_by: "",
};

static CONDITION: Table = Table {
    name: "condition",
    what: "the condition",
    doc: "When a param must be given.",
    keys: &[
        Key::new("param", Ty::Text, "The Rust name of the param that decides."),
        Key::new("is", Ty::List(&Ty::Text, 1), "The values of it that make this one required."),
        Key::new(
            "sent",
            Ty::Bool,
            "Whether it is that the other param is sent, or that it is not, which makes this one required.",
        ),
        Key::new("text", Ty::Text, "The condition in words.").required(),
    ],
    others: None,
    named_by: "",
};

static REPLY: Table = Table {
    name: "reply",
    what: "the reply",
    doc: "What a command answers.",
    keys: &[
        Key::new("xml", Ty::Table(&XML_ENVELOPE), "The envelope in XML.").or(Default::Table),
        Key::new("json", Ty::Table(&JSON_ENVELOPE), "The envelope in JSON.").or(Default::Table),
        Key::new("csv", Ty::Table(&CSV_LAYOUT), "The layout in CSV."),
        Key::new("root_aliases", Ty::List(&Ty::Text, 1), "Other envelopes seen for the command."),
        Key::new("fields", Ty::Map(&FIELDS), "Its fields."),
    ],
    others: None,
    named_by: "",
};

static XML_ENVELOPE: Table = Table {
    name: "xml_envelope",
    what: "the XML envelope",
    doc: "Where a reply's parts stand in XML.",
    keys: &[
        Key::new("root", Ty::AnyText, "The outermost element; empty for none.").or(Default::Root),
        Key::new("header", Ty::AnyText, "Where code, status and error stand; empty: in the root.")
            .or(Default::Level("Header")),
        Key::new("content", Ty::AnyText, "Where the fields stand; empty: in the root.").or(Default::Level("Content")),
        Key::new("code", Ty::Either(&[Ty::Text, Ty::False]), "Name of the code.").or(Default::Head("SuccessCode")),
        Key::new("status", Ty::Either(&[Ty::Text, Ty::False]), "Name of the status.").or(Default::Head("Status")),
    ],
    others: None,
    named_by: "",
};

static JSON_ENVELOPE: Table = Table {
    name: "json_envelope",
    what: "the JSON envelope",
    doc: "Where a reply's parts stand in JSON.",
    keys: &[
        Key::new("root", Ty::AnyText, "The outermost key; empty for none.").or(Default::Root),
        Key::new("header", Ty::AnyText, "Where code, status and error stand; empty: in the root.")
            .or(Default::Text("")),
        Key::new("content", Ty::AnyText, "Where the fields stand; empty: in the root.").or(Default::Text("")),
        Key::new("code", Ty::Either(&[Ty::Text, Ty::False]), "Name of the code.").or(Default::Head("ResponseCode")),
        Key::new("status", Ty::Either(&[Ty::Text, Ty::False]), "Name of the status.").or(Default::Head("Status")),
        Key::new("code_as", Ty::Words(|| vec!["string", "number"]), "How the code is written.")
            .or(Default::Text("string")),
    ],
    others: None,
    named_by: "",
};

static CSV_LAYOUT: Table = Table {
    name: "csv_layout",
    what: "the CSV layout",
    doc: "How a CSV reply is laid out.",
    keys: &[
        Key::new("cells", Ty::List(&Ty::AnyText, 0), "The cells before the rows: `code`, `status`, a field, or empty.")
            .required(),
        Key::new("lines", Ty::Bool, "Each cell stands on a line of its own.").or(Default::False),
        Key::new("rows", Ty::Text, "The list field that the rows fill."),
    ],
    others: None,
    named_by: "",
};

/// Fields of a reply or of a record.
pub static FIELDS: Others = Others { what: "field", rule: Rule::Field, ty: Ty::Table(&FIELD), least: 1 };

static FIELD: Table = Table {
    name: "field",
    what: "field",
    doc: "A field; its key is the Rust name.",
    keys: &[
        Key::new("type", Ty::Type(|| words::names(FIELD_SCALARS)), "A scalar, an enum or a record.").required(),
        Key::new("wire", Ty::Path, "Where it stands, in every format.").or(Default::PascalName),
        Key::new("xml", Ty::Either(&[Ty::Path, Ty::False]), "Where it stands in XML.").or(Default::Same("wire")),
        Key::new("json", Ty::Either(&[Ty::Path, Ty::False]), "Where it stands in JSON.").or(Default::Same("wire")),
        Key::new("csv", Ty::Either(&[Ty::Text, Ty::False]), "Its column in CSV.").or(Default::LastOf("wire")),
        Key::new("aliases", Ty::List(&Ty::Text, 1), "Other last names seen for it."),
        Key::new("many", Ty::Bool, "A list.").or(Default::False),
        Key::new("json_repeat", Ty::Bool, "JSON repeats the key instead of writing an array.").or(Default::False),
        Key::new("numbered", Ty::Bool, "Keys with a number after the name are items too.").or(Default::False),
        Key::new("in_string", Ty::Bool, "JSON writes the list inside one string.").or(Default::False),
        Key::new("skip_empty", Ty::Bool, "Items without any text are padding.").or(Default::False),
        Key::new("ignore", Ty::List(&Ty::Text, 1), "Texts that stand where an item would but are none."),
        Key::new("none", Ty::Either(&[Ty::List(&Ty::Text, 1), Ty::Table(&NONE)]), "Texts that stand for absent."),
        Key::new("json_as", Ty::Words(|| words::names(JSON_AS)), "How JSON writes it.").or(Default::Text("string")),
        Key::new("as", Ty::Either(&[FLAG, Ty::Table(&FLAGS)]), "How a flag is written."),
        Key::new("optional", Ty::Bool, "Left out when absent, instead of written empty.").or(Default::False),
        Key::new("part", Ty::Bool, "The one part of an encoded reply, whatever it is called.").or(Default::False),
        SINCE,
        ONLY,
        WHEN,
        Key::new("doc", Ty::Sentence, "What it means, with units and bounds.").required(),
    ],
    others: None,
    named_by: "",
};

const FLAG: Ty = Ty::Words(|| words::names(FIELD_FLAGS));

static NONE: Table = Table {
    name: "none",
    what: "`none`",
    doc: "Texts that stand for absent, by format.",
    keys: &[
        Key::new("xml", Ty::List(&Ty::Text, 1), "In XML; the first is what is written."),
        Key::new("json", Ty::List(&Ty::Text, 1), "In JSON; the first is what is written."),
        Key::new("csv", Ty::List(&Ty::Text, 1), "In CSV; the first is what is written."),
    ],
    others: None,
    named_by: "",
};

static FLAGS: Table = Table {
    name: "flags",
    what: "`as`",
    doc: "How a flag is written, by format.",
    keys: &[Key::new("xml", FLAG, "In XML."), Key::new("json", FLAG, "In JSON."), Key::new("csv", FLAG, "In CSV.")],
    others: None,
    named_by: "",
};
