//! Replies and faults in the envelope of SOAP 1.1.

use super::level::Level;
use super::notation::Place;
use super::walk::{Extent, Mode, Walk};
use super::xml::Xml;
use super::{WriteError, WriteOptions, refused};
use crate::command::OpenReply;
use crate::shape::SoapShape;
use crate::soap::SOAP_11;
use crate::{
    Child, Common, Fault, Format, Head, JsonAs, Leaf, Message, Node, NodeKind, Outcome, Record, ReplyShape, Shape,
    SoapStyle, Text,
};

/// How the values of rpc messages are encoded.
const ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";

/// What stands for a namespace's `{version}`.
const VERSION: &str = "current";

/// Writes a reply in its envelope.
pub(super) fn write(
    reply: &ReplyShape,
    soap: &SoapShape,
    head: &Head,
    record: &dyn Record,
    options: WriteOptions,
) -> Result<String, WriteError> {
    if soap.by_fault && refused(reply.api, head) {
        return write_fault(reply, &fault_of(soap, head), &Head::default(), options);
    }
    let shown = Shown::new(reply, record, head);
    let is = |wanted: Outcome| {
        let status = head.status.as_deref().unwrap_or_default();
        reply.api.outcomes.iter().any(|(known, outcome)| *outcome == wanted && known.eq_ignore_ascii_case(status))
    };
    // What was not carried out, or not yet, has only what has a value.
    let sparse = refused(reply.api, head) || is(Outcome::Failed) || is(Outcome::Pending);
    let mut envelope = Envelope::open(reply, Some(soap), options);
    let mark = envelope.walk.out.mark();
    let extent = envelope.reply(reply, head, &shown, sparse)?;
    if !sparse && extent == Extent::Blank {
        envelope.walk.out.take_back(mark);
        envelope.reply(reply, head, &shown, true)?;
    }
    Ok(envelope.close())
}

/// Writes a fault in its envelope, with the API's own answer in its detail when `head` says something.
pub(super) fn write_fault(
    reply: &ReplyShape,
    fault: &Fault,
    head: &Head,
    options: WriteOptions,
) -> Result<String, WriteError> {
    let mut envelope = Envelope::open(reply, reply.api.soap, options);
    let root = Some(reply.api.generic_root).filter(|root| !root.is_empty() && *head != Head::default());
    envelope.open_level("SOAP-ENV:Fault");
    for (name, text) in [("faultcode", &fault.code), ("faultstring", &fault.string), ("faultactor", &fault.actor)] {
        if !text.is_empty() {
            envelope.walk.notation.scalar(&mut envelope.walk.out, name, Place::Member, text, JsonAs::String);
        }
    }
    if root.is_some() || !fault.detail.is_empty() {
        envelope.open_level("detail");
        envelope.walk.tree(&fault.detail)?;
        if let (Some(root), Some(soap)) = (root, reply.api.soap) {
            let name = envelope.qualified(root);
            envelope.open_level(&name);
            let empty = OpenReply::default();
            envelope.head(reply, head, &Shown::new(reply, &empty, head), soap.common)?;
            envelope.close_level(&name);
        }
        envelope.close_level("detail");
    }
    envelope.close_level("SOAP-ENV:Fault");
    Ok(envelope.close())
}

/// The fault that says what a head does.
fn fault_of(soap: &SoapShape, head: &Head) -> Fault {
    let error = head.error.as_deref().unwrap_or_default();
    let of_message = head.messages.iter().map(|message| message.code.as_str()).find(|code| !code.is_empty());
    let number = head.code.map(|code| code.to_string());
    let in_text = error.split_once(" : ").map(|(code, _)| code).filter(|_| soap.code_in_text);
    let code = in_text.or(of_message).or(number.as_deref());
    let string = match code {
        Some(code) if soap.code_in_text && in_text.is_none() => Text::from(format!("{code} : {error}")),
        _ => Text::new(error),
    };
    Fault::new(code.unwrap_or("SOAP-ENV:Server"), string)
}

/// An open envelope.
struct Envelope {
    walk: Walk<'static>,
    /// Whether the API has a namespace.
    qualifies: bool,
}

impl Envelope {
    fn open(reply: &ReplyShape, soap: Option<&SoapShape>, options: WriteOptions) -> Self {
        let namespace =
            soap.map_or(String::new(), |soap| soap.namespace_of(reply.command).replace("{version}", VERSION));
        let mut envelope =
            Self { walk: Walk::new(reply.command, Format::Xml, &Xml, options), qualifies: !namespace.is_empty() };
        envelope.walk.out.push(["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]);
        envelope.open_level("SOAP-ENV:Envelope");
        envelope.attribute("@xmlns:SOAP-ENV", SOAP_11);
        if envelope.qualifies {
            envelope.attribute("@xmlns:ns1", &namespace);
        }
        if soap.is_some_and(|soap| soap.style == SoapStyle::Rpc) {
            envelope.attribute("@SOAP-ENV:encodingStyle", ENCODING);
        }
        envelope.open_level("SOAP-ENV:Body");
        envelope
    }

    fn close(mut self) -> String {
        self.close_level("SOAP-ENV:Body");
        self.close_level("SOAP-ENV:Envelope");
        self.walk.out.text
    }

    fn open_level(&mut self, name: &str) {
        self.walk.notation.open(&mut self.walk.out, name, Place::Member);
    }

    fn close_level(&mut self, name: &str) {
        self.walk.notation.close(&mut self.walk.out, name);
    }

    fn attribute(&mut self, name: &str, text: &str) {
        self.walk.notation.scalar(&mut self.walk.out, name, Place::Member, text, JsonAs::String);
    }

    /// The name of an element of the API's namespace.
    fn qualified(&self, name: &str) -> String {
        if self.qualifies { format!("ns1:{name}") } else { name.to_owned() }
    }

    fn reply(
        &mut self,
        reply: &ReplyShape,
        head: &Head,
        shown: &Shown<'_>,
        sparse: bool,
    ) -> Result<Extent, WriteError> {
        let root = if reply.xml.root.is_empty() { reply.default_root } else { reply.xml.root };
        let root = if root.is_empty() { format!("{}Response", reply.command) } else { root.to_owned() };
        let root = self.qualified(&root);
        let nodes = reply.shape.nodes;
        let (own, common) = nodes.split_at(nodes.iter().position(is_common).unwrap_or(nodes.len()));
        self.open_level(&root);
        self.head(reply, head, shown, common)?;
        let mode = Mode { sparse, item: None };
        let mut extent = self.walk.level(Level::of(&[own]), shown, mode)?;
        if OpenReply::is_shape(reply.shape)
            && let Some(fields) = shown.fields()
        {
            extent = extent.max(self.walk.tree(fields)?);
        }
        self.close_level(&root);
        Ok(extent)
    }

    /// Writes the head and what all replies have: the job, the status, the messages.
    fn head(
        &mut self,
        reply: &ReplyShape,
        head: &Head,
        shown: &Shown<'_>,
        common: &'static [Node],
    ) -> Result<(), WriteError> {
        let mode = Mode { sparse: true, item: None };
        let (leaves, lists): (Vec<&'static Node>, Vec<_>) = common.iter().partition(|node| node.is_leaf());
        for node in leaves {
            self.walk.level(Level::of(&[std::slice::from_ref(node)]), shown, mode)?;
        }
        // An error text for which the API has no name is a message.
        let error = head.error.clone().filter(|_| !reply.api.errors.is_empty());
        // A raw command's reply does not say how the status is called, but the API does.
        let status = if reply.default_root.is_empty() && reply.xml.status.is_empty() {
            reply.api.statuses.first().copied().unwrap_or_default()
        } else {
            reply.xml.status
        };
        let envelope = crate::Envelope { status, ..reply.xml };
        self.walk.head(reply, &envelope, &Head { error, ..head.clone() });
        for node in lists {
            self.walk.level(Level::of(&[std::slice::from_ref(node)]), shown, mode)?;
        }
        Ok(())
    }
}

fn is_common(node: &Node) -> bool {
    match node.kind {
        NodeKind::Leaf { id, .. } | NodeKind::Child { id, .. } => matches!(id, Common::JOB | Common::MESSAGES),
        NodeKind::Group { .. } => false,
    }
}

/// A record as it is written: with the job and the messages of the head.
struct Shown<'s> {
    record: &'s dyn Record,
    job: Text,
    messages: Vec<Message>,
}

impl<'s> Shown<'s> {
    fn new(reply: &ReplyShape, record: &'s dyn Record, head: &Head) -> Self {
        let mut messages = head.messages.clone();
        if let Some(error) = &head.error
            && reply.api.errors.is_empty()
            && !messages.iter().any(Message::is_error)
        {
            messages.push(Message::new("", "ERROR", "", error));
        }
        Self { record, job: head.job.clone().unwrap_or_default(), messages }
    }
}

impl Record for Shown<'_> {
    fn shape(&self) -> &'static Shape {
        self.record.shape()
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        match id {
            Common::JOB => Some(&self.job),
            _ => self.record.leaf(id),
        }
    }

    fn leaf_mut(&mut self, _: u16) -> Option<&mut dyn Leaf> {
        None
    }

    fn child(&self, id: u16) -> Option<&dyn Child> {
        match id {
            Common::MESSAGES => Some(&self.messages),
            _ => self.record.child(id),
        }
    }

    fn fields(&self) -> Option<&[(Text, crate::Tree)]> {
        self.record.fields()
    }
}
