//! Shapes: the static tables that tell the engine which names a reply has, in every format, and where their texts go.
//!
//! A shape is a flat list of nodes in preorder. One list serves all formats: a node has a name per format, and an empty
//! name means that the format lacks this level (a group: its children stand in the parent) or this value (a leaf).
//! Generated code builds shapes with the `const` functions below, so that the tables read like the documentation.

use crate::Format;

/// The names of one record type and what stands under them.
#[derive(Debug)]
pub struct Shape {
    /// The record's type name, as in the generated code.
    pub name: &'static str,
    /// The nodes in preorder; a group is followed by its `len` descendants.
    pub nodes: &'static [Node],
}

/// What a node stands for.
#[derive(Debug, Clone, Copy)]
pub enum NodeKind {
    /// A level of names without a value of its own; `len` nodes below it follow in the list.
    Group {
        /// How many of the following nodes belong to it.
        len: u16,
    },
    /// A text, given to the record's leaf `id`.
    Leaf {
        /// Number of the leaf in its record.
        id: u16,
        /// How it is read and written.
        spec: LeafSpec,
    },
    /// A record, given to the record's child `id`.
    Child {
        /// Number of the child in its record.
        id: u16,
        /// What stands in it.
        shape: &'static Shape,
        /// Whether there can be several.
        many: bool,
    },
}

/// One name of a shape.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// What it stands for.
    pub kind: NodeKind,
    /// The field's Rust name; empty for a group.
    pub field: &'static str,
    /// Name per format, in the order of [`Format::ALL`]; empty where the format does not have it. A name in XML that begins
    /// with `@` is that of an attribute.
    pub names: [&'static str; 3],
    /// Other names that are taken in any format.
    pub aliases: &'static [&'static str],
    /// Whether the writer leaves it out when it is absent, instead of writing it empty.
    pub optional: bool,
    /// JSON writes this level as an array of objects.
    pub json_array: bool,
    /// Keys with a number after the name (`Host0`, `Host1`) are items too.
    pub numbered: bool,
    /// JSON writes the list inside one string: `"[a.com,b.com]"`.
    pub in_string: bool,
    /// JSON repeats the key instead of writing an array.
    pub json_repeat: bool,
    /// Items without any text are padding.
    pub skip_empty: bool,
    /// Texts that stand where an item would, but are none.
    pub ignore: &'static [&'static str],
    /// It is what stands in its place, whatever that is called: the part of an rpc answer.
    pub any_name: bool,
}

/// How a leaf is read and written.
#[derive(Debug, Clone, Copy)]
pub struct LeafSpec {
    /// Texts that stand for absent, in any format.
    pub none: &'static [&'static str],
    /// What is written for absent, per format.
    pub none_as: [&'static str; 3],
    /// How JSON writes a value.
    pub json_as: JsonAs,
    /// How a flag is written, per format.
    pub flag: [FlagStyle; 3],
    /// Whether there can be several.
    pub many: bool,
    /// Whether its text is never printed.
    pub secret: bool,
}

/// How JSON writes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonAs {
    /// In quotes.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Either; never noted.
    Any,
}

/// How a flag is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagStyle {
    /// `yes`, `no`.
    YesNo,
    /// `Yes`, `No`.
    YesNoCapital,
    /// `true`, `false`.
    TrueFalse,
    /// `on`, `off`.
    OnOff,
    /// `enable`, `disable`.
    EnableDisable,
    /// `locked`, `unlocked`.
    LockedUnlocked,
    /// `1`, `0`.
    OneZero,
    /// `Y`, `N`.
    YesNoLetter,
}

impl FlagStyle {
    /// The spelling of `value`.
    pub const fn spell(self, value: bool) -> &'static str {
        let (yes, no) = match self {
            Self::YesNo => ("yes", "no"),
            Self::YesNoCapital => ("Yes", "No"),
            Self::TrueFalse => ("true", "false"),
            Self::OnOff => ("on", "off"),
            Self::EnableDisable => ("enable", "disable"),
            Self::LockedUnlocked => ("locked", "unlocked"),
            Self::OneZero => ("1", "0"),
            Self::YesNoLetter => ("Y", "N"),
        };
        if value { yes } else { no }
    }
}

impl LeafSpec {
    /// A text that is written in quotes, has no word for absent and stands once.
    pub const PLAIN: Self = Self {
        none: &[],
        none_as: [""; 3],
        json_as: JsonAs::String,
        flag: [FlagStyle::YesNo; 3],
        many: false,
        secret: false,
    };
}

impl Node {
    const fn new(kind: NodeKind, field: &'static str, wire: &'static str) -> Self {
        Self {
            kind,
            field,
            names: [wire; 3],
            aliases: &[],
            optional: false,
            json_array: false,
            numbered: false,
            in_string: false,
            json_repeat: false,
            skip_empty: false,
            ignore: &[],
            any_name: false,
        }
    }

    /// A leaf called `wire` in every format.
    pub const fn leaf(id: u16, field: &'static str, wire: &'static str) -> Self {
        Self::new(NodeKind::Leaf { id, spec: LeafSpec::PLAIN }, field, wire)
    }

    /// A level called `wire` in every format, around the `len` nodes that follow. CSV has no levels.
    pub const fn group(wire: &'static str, len: u16) -> Self {
        let mut node = Self::new(NodeKind::Group { len }, "", wire);
        node.names[Format::Csv as usize] = "";
        node
    }

    /// The number of the job that answers, called `wire`: one of the nodes that every reply of an API has.
    pub const fn job(wire: &'static str, aliases: &'static [&'static str]) -> Self {
        Self::leaf(Common::JOB, "", wire).csv("").aliases(aliases).optional()
    }

    /// The messages of a reply, each called `wire`: one of the nodes that every reply of an API has. The shape holds the names
    /// of the leaves of [`crate::Message`].
    pub const fn messages(wire: &'static str, shape: &'static Shape) -> Self {
        Self::list(Common::MESSAGES, "", wire, shape).csv("").optional()
    }

    /// A single record called `wire` in every format.
    pub const fn one(id: u16, field: &'static str, wire: &'static str, shape: &'static Shape) -> Self {
        Self::new(NodeKind::Child { id, shape, many: false }, field, wire)
    }

    /// A list of records, each called `wire` in every format.
    pub const fn list(id: u16, field: &'static str, wire: &'static str, shape: &'static Shape) -> Self {
        Self::new(NodeKind::Child { id, shape, many: true }, field, wire)
    }

    /// Another name in XML; empty: XML does not have it.
    pub const fn xml(mut self, name: &'static str) -> Self {
        self.names[Format::Xml as usize] = name;
        self
    }

    /// Another name in JSON; empty: JSON does not have it.
    pub const fn json(mut self, name: &'static str) -> Self {
        self.names[Format::Json as usize] = name;
        self
    }

    /// Another name in CSV; empty: CSV does not have it.
    pub const fn csv(mut self, name: &'static str) -> Self {
        self.names[Format::Csv as usize] = name;
        self
    }

    /// Other names that are taken in any format.
    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.aliases = names;
        self
    }

    /// The writer leaves it out when it is absent.
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// JSON writes this level as an array.
    pub const fn json_array(mut self) -> Self {
        self.json_array = true;
        self
    }

    /// Keys with a number after the name are items too.
    pub const fn numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// JSON writes the list inside one string.
    pub const fn in_string(mut self) -> Self {
        self.in_string = true;
        self
    }

    /// JSON repeats the key instead of writing an array.
    pub const fn json_repeat(mut self) -> Self {
        self.json_repeat = true;
        self
    }

    /// Items without any text are padding.
    pub const fn skip_empty(mut self) -> Self {
        self.skip_empty = true;
        self
    }

    /// Texts that stand where an item would, but are none.
    pub const fn ignore(mut self, texts: &'static [&'static str]) -> Self {
        self.ignore = texts;
        self
    }

    /// It is what stands in its place, whatever that is called, unless one of its siblings is called so.
    pub const fn any_name(mut self) -> Self {
        self.any_name = true;
        self
    }

    const fn with_spec(mut self, change: LeafSpec) -> Self {
        if let NodeKind::Leaf { id, .. } = self.kind {
            self.kind = NodeKind::Leaf { id, spec: change };
        }
        self
    }

    const fn spec(&self) -> LeafSpec {
        match self.kind {
            NodeKind::Leaf { spec, .. } => spec,
            _ => LeafSpec::PLAIN,
        }
    }

    /// A leaf that can stand several times.
    pub const fn many(self) -> Self {
        let spec = LeafSpec { many: true, ..self.spec() };
        self.with_spec(spec)
    }

    /// A leaf whose text is never printed.
    pub const fn secret(self) -> Self {
        let spec = LeafSpec { secret: true, ..self.spec() };
        self.with_spec(spec)
    }

    /// Whether its text is never printed.
    pub const fn is_secret(&self) -> bool {
        matches!(self.kind, NodeKind::Leaf { spec: LeafSpec { secret: true, .. }, .. })
    }

    /// Texts that stand for absent, and what is written for it in XML, JSON and CSV.
    pub const fn none(self, texts: &'static [&'static str], written: [&'static str; 3]) -> Self {
        let spec = LeafSpec { none: texts, none_as: written, ..self.spec() };
        self.with_spec(spec)
    }

    /// How JSON writes the value.
    pub const fn json_as(self, json_as: JsonAs) -> Self {
        let spec = LeafSpec { json_as, ..self.spec() };
        self.with_spec(spec)
    }

    /// How a flag is spelt in XML, JSON and CSV.
    pub const fn flag(self, flag: [FlagStyle; 3]) -> Self {
        let spec = LeafSpec { flag, ..self.spec() };
        self.with_spec(spec)
    }

    /// Whether it stands for a list of records.
    pub const fn is_list(&self) -> bool {
        matches!(self.kind, NodeKind::Child { many: true, .. })
    }

    /// Whether it stands for a text.
    pub const fn is_leaf(&self) -> bool {
        matches!(self.kind, NodeKind::Leaf { .. })
    }

    /// The name in `format`; empty where the format does not have it.
    pub const fn name(&self, format: Format) -> &'static str {
        self.names[format.index()]
    }
}

/// Where a reply stands in one format, and what its head is called.
#[derive(Debug, Clone, Copy)]
pub struct Envelope {
    /// The outermost name; empty for none.
    pub root: &'static str,
    /// The level that holds code, status and error; empty: directly in the root.
    pub header: &'static str,
    /// The code's name; empty: the documented answer has none.
    pub code: &'static str,
    /// The status's name; empty: the documented answer has none.
    pub status: &'static str,
    /// How JSON writes the code.
    pub code_as: JsonAs,
}

/// How a CSV reply is laid out.
#[derive(Debug, Clone, Copy)]
pub struct CsvLayout {
    /// The cells before the rows: `code`, `status`, the Rust name of a field, or empty for a cell that is always empty.
    pub cells: &'static [&'static str],
    /// Whether each cell stands on a line of its own, ended by a comma.
    pub lines: bool,
    /// The child list that the rows fill; empty for none.
    pub rows: &'static str,
}

/// Everything the engine needs to know of a command's reply.
#[derive(Debug)]
pub struct ReplyShape {
    /// The command's name on the wire.
    pub command: &'static str,
    /// The reply's record. Its nodes stand directly in the root: the content level is a group among them.
    pub shape: &'static Shape,
    /// The envelope in XML.
    pub xml: Envelope,
    /// The envelope in JSON.
    pub json: Envelope,
    /// The layout in CSV, where the command has one.
    pub csv: Option<CsvLayout>,
    /// The envelope that would follow from the command's name.
    pub default_root: &'static str,
    /// Other envelopes seen for this command.
    pub root_aliases: &'static [&'static str],
    /// What the API's replies have in common.
    pub api: &'static ApiShape,
}

impl ReplyShape {
    /// Of a reply in a SOAP envelope: the element `root`, with the status directly in it where the API has one.
    pub const fn soap(
        command: &'static str,
        root: &'static str,
        status: &'static str,
        shape: &'static Shape,
        api: &'static ApiShape,
    ) -> Self {
        let envelope = Envelope { root, header: "", code: "", status, code_as: JsonAs::Any };
        Self { command, shape, xml: envelope, json: envelope, csv: None, default_root: root, root_aliases: &[], api }
    }
}

/// What all replies of an API have in common.
#[derive(Debug)]
pub struct ApiShape {
    /// The API's name.
    pub name: &'static str,
    /// Names of the code.
    pub codes: &'static [&'static str],
    /// Names of the status.
    pub statuses: &'static [&'static str],
    /// Names of the error text.
    pub errors: &'static [&'static str],
    /// Codes that mean success.
    pub success: &'static [i64],
    /// The envelope of generic errors.
    pub generic_root: &'static str,
    /// Every envelope of the API with the command that it belongs to, sorted by name: to tell another command's reply.
    pub roots: &'static [(&'static str, &'static str)],
    /// Known statuses and what became of the command, by them.
    pub outcomes: &'static [(&'static str, Outcome)],
    /// Phrases of status and error texts, in lower case, and the class that they tell; the first that matches counts.
    pub phrases: &'static [(&'static str, Class)],
    /// Those of the phrases after which the command may have been carried out all the same.
    pub unsure: &'static [&'static str],
    /// The classes of codes, for refusals whose texts tell none.
    pub code_classes: &'static [(i64, Class)],
    /// The classes of codes that are words. A word stands for every code that begins with it and a `-`, too: `E13` for
    /// `E13-M1305`; the longest word counts.
    pub code_words: &'static [(&'static str, Class)],
    /// The SOAP envelope around answers; none for an API that has no SOAP.
    pub soap: Option<&'static SoapShape>,
}

impl ApiShape {
    /// The SOAP envelope, where the crate is built to read and write them. Bindings of an API that has one turn the feature `soap` on;
    /// a program that speaks to none does without the code.
    pub(crate) fn envelope(&self) -> Option<&'static SoapShape> {
        self.soap.filter(|_| cfg!(any(feature = "soap", test)))
    }
}

/// How an API wraps its answers in SOAP 1.1.
#[derive(Debug)]
pub struct SoapShape {
    /// How a message is bound to XML.
    pub style: SoapStyle,
    /// Namespace of the element in the envelope's body. A word in braces, as `{version}`, stands for anything without a slash;
    /// empty: any.
    pub namespace: &'static str,
    /// The commands whose replies are of another namespace, with it; sorted by command.
    pub namespaces: &'static [(&'static str, &'static str)],
    /// An answer that is no fault is a success: there is no status.
    pub by_fault: bool,
    /// The text of a fault begins with its code and ` : `.
    pub code_in_text: bool,
    /// The command whose answer holds that of another command.
    pub nested: Option<NestedReply>,
    /// Nodes that every reply has after its own: [`Node::job`] and [`Node::messages`].
    pub common: &'static [Node],
}

impl SoapShape {
    /// The namespace of the replies of `command`.
    pub(crate) fn namespace_of(&self, command: &str) -> &'static str {
        crate::command::own_namespace(self.namespaces, command).unwrap_or(self.namespace)
    }
}

/// How a message of SOAP is bound to XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoapStyle {
    /// Document/literal: the body holds an element of the schema.
    Document,
    /// Rpc/encoded: the body holds the function's name, its parts carry their types.
    Rpc,
}

/// An answer that holds the answer to an earlier command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NestedReply {
    /// Its envelope: `GetJobResponse`.
    pub root: &'static str,
    /// What the other answer stands in: `data`.
    pub field: &'static str,
    /// What the type of that has behind the other answer's envelope: `Type` in `GetZonesResponseType`.
    pub suffix: &'static str,
}

/// Numbers of what every reply of an API has beside its own leaves and children. No record has so many.
#[derive(Debug)]
pub struct Common;

impl Common {
    /// The leaf that is the number of the job.
    pub const JOB: u16 = 0xFF00;
    /// The child that is the list of messages.
    pub const MESSAGES: u16 = 0xFF01;
}

/// What a status says became of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was carried out.
    Done,
    /// It was taken, and is still to be carried out.
    Pending,
    /// It was not carried out.
    Failed,
}

/// What kind of refusal an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The key, the account or the address is not let in.
    Auth,
    /// The account or the server is busy with another request.
    Busy,
    /// The thing that was asked for is not there.
    NotFound,
    /// There is not enough money in the account.
    Balance,
    /// What was asked for cannot be had: taken, too late, too early, over a quota.
    Unavailable,
    /// The request is wrong.
    InvalidRequest,
    /// The server does not do this.
    Unsupported,
    /// None of these, or not known.
    Other,
}

impl Class {
    /// The name in the spec: `auth`, `busy`, `not_found`, ...
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Busy => "busy",
            Self::NotFound => "not_found",
            Self::Balance => "balance",
            Self::Unavailable => "unavailable",
            Self::InvalidRequest => "invalid_request",
            Self::Unsupported => "unsupported",
            Self::Other => "other",
        }
    }
}
