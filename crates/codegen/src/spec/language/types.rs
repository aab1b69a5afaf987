//! `types/*.toml`: records, enums, groups and choices.

use super::commands::{FIELDS, PARAM, PARAMS};
use super::{Default, EACH, Key, ONLY, Others, SINCE, SOURCES_KEY, Table, Ty, WHEN};
use crate::spec::names::Rule;
use crate::spec::words::{self, KINDS};

/// A file of types.
pub static TYPES: Table = Table {
    name: "types",
    what: "",
    doc: "Records, enums, groups and choices that commands share.",
    keys: &[EACH],
    others: Some(&Others { what: "type", rule: Rule::Type, ty: Ty::Kinds(DECLARED), least: 1 }),
    named_by: "",
};

static DECLARED: &[(&str, &Table)] = &[("record", &RECORD), ("enum", &ENUM), ("group", &GROUP), ("choice", &CHOICE)];

const KIND: Key = Key::new("kind", Ty::Words(|| words::names(KINDS)), "What it is.").or(Default::Text("record"));
const DOC: Key = Key::new("doc", Ty::Sentence, "What it stands for, in one sentence.").required();

static RECORD: Table = Table {
    name: "record",
    what: "record",
    doc: "Fields of a reply, or of a structure in a request.",
    keys: &[
        KIND,
        DOC,
        SINCE,
        ONLY,
        WHEN,
        SOURCES_KEY,
        Key::new("fields", Ty::Map(&FIELDS), "Its fields, in the order of the documentation.").required(),
    ],
    others: None,
    named_by: "",
};

static ENUM: Table = Table {
    name: "enum",
    what: "enum",
    doc: "A set of values; always open: a value that is not listed is kept.",
    keys: &[
        KIND.required(),
        DOC,
        SOURCES_KEY,
        Key::new("values", Ty::Map(&VALUES), "Its values; the key is the Rust name in snake_case.").required(),
    ],
    others: None,
    named_by: "",
};

static VALUES: Others = Others { what: "value", rule: Rule::Value, ty: Ty::Table(&VALUE), least: 1 };

static VALUE: Table = Table {
    name: "value",
    what: "value",
    doc: "A value of an enum.",
    keys: &[
        Key::new("wire", Ty::Text, "What is written.").or(Default::Name),
        Key::new("aliases", Ty::List(&Ty::Text, 1), "What else is read."),
        Key::new("doc", Ty::Sentence, "What it means.").required(),
    ],
    others: None,
    named_by: "",
};

static GROUP: Table = Table {
    name: "group",
    what: "group",
    doc: "Params with a common index.",
    keys: &[
        KIND.required(),
        DOC,
        SOURCES_KEY,
        Key::new("fields", Ty::Map(&GROUP_FIELDS), "Its params, without index.").required(),
    ],
    others: None,
    named_by: "",
};

static GROUP_FIELDS: Others = Others { what: "param", rule: Rule::Param, ty: Ty::Table(&PARAM), least: 1 };

static CHOICE: Table = Table {
    name: "choice",
    what: "choice",
    doc: "One param that decides which others are sent.",
    keys: &[
        KIND.required(),
        DOC,
        SOURCES_KEY,
        Key::new("tag", Ty::Text, "The wire name of the param that decides.").required(),
        Key::new("variants", Ty::Map(&VARIANTS), "The choices; the key is the Rust name in snake_case.").required(),
    ],
    others: None,
    named_by: "",
};

static VARIANTS: Others = Others { what: "variant", rule: Rule::Value, ty: Ty::Table(&VARIANT), least: 1 };

static VARIANT: Table = Table {
    name: "variant",
    what: "variant",
    doc: "A choice.",
    keys: &[
        Key::new("value", Ty::Text, "The value of the tag.").required(),
        Key::new("doc", Ty::Sentence, "What it means.").required(),
        Key::new("params", Ty::Map(&PARAMS), "The params that go with it."),
    ],
    others: None,
    named_by: "",
};
