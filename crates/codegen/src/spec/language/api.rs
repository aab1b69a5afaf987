//! `api.toml` and `sources.toml`.

use super::commands::UNCOVERED;
use super::{Default, Key, OWN_SOURCES_KEY, Others, SOURCES_KEY, Table, Ty};
use crate::spec::names::Rule;
use crate::spec::words::{self, CLASSES, OUTCOMES, PARAM_SCALARS, PROTOCOLS, SOAP_STYLES};

/// `api.toml`.
pub static API: Table = Table {
    name: "api",
    what: "",
    doc: "An API: endpoints, formats, credentials, envelope rules, limits and error phrases.",
    keys: &[
        Key::new("name", Ty::Text, "Name of the folder and of the generated crate.").required(),
        Key::new("title", Ty::Text, "How it is called in prose.").required(),
        Key::new("version", Ty::Text, "Version of the API, as it calls it.").required(),
        Key::new("doc", Ty::Sentence, "One paragraph about it.").required(),
        Key::new("protocol", Ty::Words(|| words::names(PROTOCOLS)), "How requests travel.").required(),
        Key::new("command_param", Ty::Text, "The param that names the command, where a query does."),
        Key::new("soap", Ty::Table(&SOAP), "How requests and replies are wrapped, where that is in SOAP."),
        Key::new("common", Ty::Map(&COMMON), "Params that every command takes and the client gives, in order."),
        OWN_SOURCES_KEY,
        Key::new(
            "endpoints",
            Ty::Map(&ENDPOINTS),
            "Addresses, with `{format}` where the format's suffix goes; none in SOAP where each customer has its own.",
        )
        .required(),
        Key::new("formats", Ty::Table(&FORMATS), "The formats of replies, and how each is asked for.").required(),
        Key::new("credentials", Ty::Map(&CREDENTIALS), "Params that carry the credentials; a query has one at least."),
        Key::new("envelope", Ty::Table(&ENVELOPE), "What all envelopes have in common.").required(),
        Key::new("tiers", Ty::List(&Ty::Table(&TIER), 0), "Limits by account, the strictest first."),
        Key::new("phrases", Ty::List(&Ty::Table(&PHRASE), 0), "What refusals say; the first row that matches counts."),
        Key::new("uncovered", Ty::Table(&UNCOVERED), "Why cells of the coverage matrix are empty for most commands."),
    ],
    others: None,
    named_by: "",
};

static ENDPOINTS: Others = Others { what: "endpoint", rule: Rule::Key, ty: Ty::Text, least: 0 };

static FORMATS: Table = Table {
    name: "formats",
    what: "the formats",
    doc: "The formats of replies.",
    keys: &[
        Key::new("xml", Ty::Table(&FORMAT), "XML."),
        Key::new("json", Ty::Table(&FORMAT), "JSON."),
        Key::new("csv", Ty::Table(&FORMAT), "CSV."),
    ],
    others: None,
    named_by: "",
};

static FORMAT: Table = Table {
    name: "format",
    what: "the format",
    doc: "How a format is asked for.",
    keys: &[
        Key::new("suffix", Ty::Text, "What takes the place of `{format}` in an endpoint, where a query asks for it."),
        Key::new("aliases", Ty::List(&Ty::Text, 1), "Other suffixes that ask for it."),
        OWN_SOURCES_KEY,
    ],
    others: None,
    named_by: "",
};

static CREDENTIALS: Others = Others { what: "credential", rule: Rule::Field, ty: Ty::Table(&CREDENTIAL), least: 1 };

static CREDENTIAL: Table = Table {
    name: "credential",
    what: "credential",
    doc: "A param that carries a credential.",
    keys: &[
        Key::new("wire", Ty::Text, "Its name on the wire.").or(Default::Name),
        Key::new("env", Ty::Text, "The environment variable that programs read it from.").required(),
        Key::new("secret", Ty::Bool, "Whether it is never printed.").or(Default::True),
        Key::new("doc", Ty::Sentence, "What it is and where it is found.").required(),
    ],
    others: None,
    named_by: "",
};

static ENVELOPE: Table = Table {
    name: "envelope",
    what: "the envelope",
    doc: "What all envelopes of the API have in common.",
    keys: &[
        Key::new("code_names", Ty::List(&Ty::Text, 1), "Names of the code; a query has one."),
        Key::new("status_names", Ty::List(&Ty::Text, 1), "Names of the status; a query has one."),
        Key::new("error_names", Ty::List(&Ty::Text, 1), "Names of the error text; a query has one."),
        Key::new("success_codes", Ty::List(&Ty::Int(i64::MIN, i64::MAX), 1), "Codes that mean success."),
        Key::new("generic", Ty::Text, "The envelope of errors that belong to no command."),
        Key::new("job", Ty::Text, "Name of the id of the job that a request made."),
        Key::new("messages", Ty::Table(&MESSAGES), "The messages that every answer may have."),
        Key::new("by_fault", Ty::Bool, "An answer that is no fault is a success: there is no status.")
            .or(Default::False),
        Key::new("levels", Ty::List(&Ty::Table(&LEVEL), 0), "Known levels of messages."),
        Key::new("codes", Ty::List(&Ty::Table(&CODE), 0), "Known codes."),
        Key::new("statuses", Ty::List(&Ty::Table(&STATUS), 0), "Known statuses."),
        OWN_SOURCES_KEY,
    ],
    others: None,
    named_by: "",
};

static MESSAGES: Table = Table {
    name: "messages",
    what: "the messages",
    doc: "What the messages of an answer are called, and what stands in one; of each, the first name is the wire's.",
    keys: &[
        Key::new("name", Ty::Text, "The element that each message is.").required(),
        Key::new("source", Ty::List(&Ty::Text, 1), "Where in the provider's system it comes from.").required(),
        Key::new("level", Ty::List(&Ty::Text, 1), "How severe it is.").required(),
        Key::new("code", Ty::List(&Ty::Text, 1), "Its code.").required(),
        Key::new("text", Ty::List(&Ty::Text, 1), "The message itself.").required(),
    ],
    others: None,
    named_by: "",
};

static LEVEL: Table = Table {
    name: "level",
    what: "level",
    doc: "A known level of messages.",
    keys: &[
        Key::new("level", Ty::Text, "The level.").required(),
        Key::new("means", Ty::Sentence, "What it means.").required(),
    ],
    others: None,
    named_by: "level",
};

static SOAP: Table = Table {
    name: "soap",
    what: "the SOAP binding",
    doc: "How requests and replies are wrapped in SOAP 1.1.",
    keys: &[
        Key::new("style", Ty::Words(|| words::names(SOAP_STYLES)), "How arguments are written.").required(),
        Key::new("namespace", Ty::Text, "The namespace of requests and replies, with `{version}` where it goes.")
            .required(),
        Key::new("qualified", Ty::Bool, "What stands in requests is of that namespace too, and not of none.")
            .or(Default::False),
        Key::new("action", Ty::AnyText, "The header SOAPAction, with `{command}` where it goes.").required(),
        Key::new("wsdl", Ty::Text, "The address of the description, with `{version}`."),
        Key::new("request", Ty::Text, "The element of a request, with `{command}`."),
        Key::new("response", Ty::Text, "The element of a reply, with `{command}`.")
            .or(Default::Text("{command}Response")),
        Key::new("nested", Ty::Table(&NESTED), "The reply that can hold another command's reply."),
        Key::new("code_in_text", Ty::Bool, "The text of a fault begins with its code and ` : `.").or(Default::False),
        OWN_SOURCES_KEY,
    ],
    others: None,
    named_by: "",
};

static NESTED: Table = Table {
    name: "nested",
    what: "the nested reply",
    doc: "A reply that can hold another command's reply.",
    keys: &[
        Key::new("command", Ty::Text, "The command that it belongs to.").required(),
        Key::new("field", Ty::Text, "The element that holds the other.").required(),
        Key::new("suffix", Ty::Text, "What its xsi:type has beyond the other's element.").required(),
    ],
    others: None,
    named_by: "",
};

static COMMON: Others = Others { what: "common param", rule: Rule::Field, ty: Ty::Table(&COMMON_PARAM), least: 1 };

static COMMON_PARAM: Table = Table {
    name: "common_param",
    what: "common param",
    doc: "A param that every command takes, and that the client gives.",
    keys: &[
        Key::new("type", Ty::Words(|| words::names(PARAM_SCALARS)), "What it holds.").required(),
        Key::new("wire", Ty::Text, "Its name on the wire.").or(Default::Name),
        Key::new("session", Ty::Bool, "It stands for the session, which commands with `session = false` lack.")
            .or(Default::False),
        Key::new("last", Ty::Bool, "It stands after the command's own params.").or(Default::False),
        Key::new("doc", Ty::Sentence, "What it is.").required(),
    ],
    others: None,
    named_by: "",
};

static CODE: Table = Table {
    name: "code",
    what: "code",
    doc: "A known code.",
    keys: &[
        Key::new("code", Ty::Either(&[Ty::Int(i64::MIN, i64::MAX), Ty::Text]), "The code, a number or a word.")
            .required(),
        Key::new("class", Ty::Words(|| words::names(CLASSES)), "The class of a refusal whose texts tell none."),
        Key::new("means", Ty::Sentence, "What it means.").required(),
    ],
    others: None,
    named_by: "",
};

static STATUS: Table = Table {
    name: "status",
    what: "status",
    doc: "A known status.",
    keys: &[
        Key::new("status", Ty::Text, "The text.").required(),
        Key::new("aliases", Ty::List(&Ty::Text, 1), "Other spellings."),
        Key::new("outcome", Ty::Words(|| words::names(OUTCOMES)), "What became of the command.").required(),
        Key::new("means", Ty::Sentence, "What it means.").required(),
    ],
    others: None,
    named_by: "status",
};

static TIER: Table = Table {
    name: "tier",
    what: "tier",
    doc: "Limits of an account.",
    keys: &[
        Key::new("name", Ty::Text, "The tier's name.").required(),
        Key::new("concurrent", Ty::Int(1, u32::MAX as i64), "Requests at a time.").required(),
        Key::new("per_minute", Ty::Int(1, u32::MAX as i64), "Requests a minute.").required(),
        Key::new("per_second", Ty::Int(1, u32::MAX as i64), "Requests a second, where the API counts these too."),
        SOURCES_KEY,
    ],
    others: None,
    named_by: "name",
};

static PHRASE: Table = Table {
    name: "phrase",
    what: "phrase",
    doc: "Texts that tell the class of a refusal.",
    keys: &[
        Key::new("class", Ty::Words(|| words::names(CLASSES)), "The class.").required(),
        Key::new("doc", Ty::Sentence, "What the refusal means to the caller."),
        Key::new("contains", Ty::List(&Ty::Text, 1), "Parts of the status or the error, in lower case.").required(),
        Key::new("unsure", Ty::Bool, "The command may have been carried out all the same.").or(Default::False),
        SOURCES_KEY,
    ],
    others: None,
    named_by: "class",
};

/// `sources.toml`.
pub static SOURCES: Table = Table {
    name: "sources",
    what: "",
    doc: "The documents that entries cite, by the key that they are cited with.",
    keys: &[],
    others: Some(&Others { what: "document", rule: Rule::Key, ty: Ty::Table(&DOCUMENT), least: 1 }),
    named_by: "",
};

static DOCUMENT: Table = Table {
    name: "document",
    what: "document",
    doc: "A document.",
    keys: &[
        Key::new("file", Ty::Text, "Its file, as in the folder of documents.").required(),
        Key::new("title", Ty::Text, "How it is called in prose.").required(),
        Key::new("language", Ty::Text, "The language that it is written in, as `fr`."),
    ],
    others: None,
    named_by: "",
};
