//! Faults: how a SOAP server says that it did not do what it was asked for, and what a fault says as a refusal.

use super::namespaces::SOAP_11;
use crate::command::{OpenReply, Tree};
use crate::shape::{ApiShape, Envelope, ReplyShape, SoapShape};
use crate::{Child, Class, JsonAs, Leaf, Node, Record, Shape, SoapStyle, Text};

/// A fault, as it stands in the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// `faultcode`, with its prefix: `SOAP-ENV:Server`, or a code of the API's own.
    pub code: Text,
    /// `faultstring`: the server's words.
    pub string: Text,
    /// `faultactor`: who says it; empty for the server itself.
    pub actor: Text,
    /// What stands in `detail`, by its names.
    pub detail: Vec<(Text, Tree)>,
}

impl Fault {
    /// A fault without more than its code and its words.
    pub fn new(code: impl Into<Text>, string: impl Into<Text>) -> Self {
        Self { code: code.into(), string: string.into(), ..Self::default() }
    }

    /// Hands every text, for its taking out what must not be shown.
    pub fn for_each_text(&mut self, edit: &mut dyn FnMut(&mut Text)) {
        [&mut self.code, &mut self.string, &mut self.actor].into_iter().for_each(&mut *edit);
        each_text(&mut self.detail, edit);
    }
}

/// Hands the texts of a tree, which is no deeper than a body may be; names are no secrets.
fn each_text(fields: &mut [(Text, Tree)], edit: &mut dyn FnMut(&mut Text)) {
    for (_, tree) in fields {
        match tree {
            Tree::Text(text) => edit(text),
            Tree::Level(below) => each_text(below, edit),
        }
    }
}

/// A fault as it is read. SOAP 1.2 has a code in the code.
#[derive(Debug, Default)]
pub(super) struct FaultRecord {
    code: Text,
    subcode: Text,
    string: Text,
    actor: Text,
    detail: OpenReply,
}

static SHAPE: Shape = Shape {
    name: "Fault",
    nodes: &[
        Node::leaf(0, "code", "faultcode").optional(),
        Node::leaf(1, "string", "faultstring").optional(),
        Node::leaf(2, "actor", "faultactor").optional(),
        Node::one(0, "detail", "detail", OpenReply::SHAPE).optional(),
        // What SOAP 1.2 calls them.
        Node::group("Code", 3).optional(),
        Node::leaf(0, "code", "Value").optional(),
        Node::group("Subcode", 1).optional(),
        Node::leaf(3, "subcode", "Value").optional(),
        Node::group("Reason", 1).optional(),
        Node::leaf(1, "string", "Text").optional(),
        Node::leaf(2, "actor", "Role").aliases(&["Node"]).optional(),
    ],
};

static SOAP: SoapShape = SoapShape {
    style: SoapStyle::Rpc,
    namespace: SOAP_11,
    namespaces: &[],
    by_fault: true,
    code_in_text: false,
    nested: None,
    common: &[],
};

static API: ApiShape = ApiShape {
    name: "soap",
    codes: &[],
    statuses: &[],
    errors: &[],
    success: &[],
    generic_root: "",
    roots: &[],
    outcomes: &[],
    phrases: &[],
    unsure: &[],
    code_classes: &[],
    code_words: &[],
    soap: Some(&SOAP),
};

const ENVELOPE: Envelope = Envelope { root: "Fault", header: "", code: "", status: "", code_as: JsonAs::String };

/// A fault as a reply, to be read as one.
pub(super) static FAULT: ReplyShape = ReplyShape {
    command: "fault",
    shape: &SHAPE,
    xml: ENVELOPE,
    json: ENVELOPE,
    csv: None,
    default_root: "Fault",
    root_aliases: &[],
    api: &API,
};

impl FaultRecord {
    /// The fault, and the code in its code.
    pub fn finish(self) -> (Fault, Text) {
        let Self { code, subcode, string, actor, detail } = self;
        (Fault { code, string, actor, detail: detail.fields }, subcode)
    }
}

impl Record for FaultRecord {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        match id {
            0 => Some(&self.code),
            1 => Some(&self.string),
            2 => Some(&self.actor),
            3 => Some(&self.subcode),
            _ => None,
        }
    }

    fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf> {
        match id {
            0 => Some(&mut self.code),
            1 => Some(&mut self.string),
            2 => Some(&mut self.actor),
            3 => Some(&mut self.subcode),
            _ => None,
        }
    }

    fn child(&self, id: u16) -> Option<&dyn Child> {
        (id == 0).then_some(&self.detail as &dyn Child)
    }

    fn child_mut(&mut self, id: u16) -> Option<&mut dyn Child> {
        (id == 0).then_some(&mut self.detail as &mut dyn Child)
    }
}

/// Codes that SOAP itself has, in its versions, and the class that they tell.
const STANDARD: [(&str, Class); 7] = [
    ("Client", Class::InvalidRequest),
    ("Sender", Class::InvalidRequest),
    ("VersionMismatch", Class::InvalidRequest),
    ("MustUnderstand", Class::InvalidRequest),
    ("DataEncodingUnknown", Class::InvalidRequest),
    ("Server", Class::Other),
    ("Receiver", Class::Other),
];

/// The class of one of SOAP's own codes; what follows a dot in it says more, which is not asked for.
pub(super) fn standard_class(code: &str) -> Option<Class> {
    let code = local(code).split('.').next().unwrap_or_default();
    STANDARD.iter().find(|(name, _)| name.eq_ignore_ascii_case(code)).map(|(_, class)| *class)
}

/// A code without its prefix.
fn local(code: &str) -> &str {
    code.trim().rsplit(':').next().unwrap_or_default().trim()
}

/// The code of a fault that is the API's own; empty when it has only one of SOAP's.
pub(super) fn own_code<'f>(fault: &'f Fault, subcode: &'f str, api: &ApiShape) -> &'f str {
    for code in [subcode, fault.code.as_str()] {
        let name = local(code);
        let known = crate::decode::verdict::word_class(name, api).is_some();
        if !name.is_empty() && (known || standard_class(name).is_none()) {
            return name;
        }
    }
    match fault.string.split_once(" : ") {
        Some((code, _)) if api.soap.is_some_and(|soap| soap.code_in_text) && is_code(code.trim()) => code.trim(),
        _ => "",
    }
}

/// Whether a word can be a code.
fn is_code(word: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !word.is_empty() && word.len() <= 64 && word.bytes().all(letter) && word.bytes().any(|byte| byte.is_ascii_digit())
}
