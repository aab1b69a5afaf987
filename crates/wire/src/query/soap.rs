//! A request in a SOAP 1.1 envelope. It carries the session and secret params, and so is never printed whole.

use super::encode::redacted;
use super::records::ITEM;
use super::{Pair, Query, Sort};
use crate::{ApiInfo, CommonParam, MapEntry, SoapInfo, SoapStyle};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// What an argument is called that goes by its position.
const POSITIONAL: &str = "Item";
const MAP: &str = "http://xml.apache.org/xml-soap";

/// What a SOAP request has beside the params of its command.
#[derive(Debug, Clone, Default)]
pub struct SoapOptions<'a> {
    /// The version of the API, which goes into the namespace; empty for the one that the spec describes.
    pub version: &'a str,
    /// The params that every command takes, by their names on the wire, in any order.
    ///
    /// Debug shows them: those that are secret are given as [`crate::Secret`]s are exposed, right before sending.
    pub common: &'a [(&'a str, &'a str)],
    /// Encoded arguments go without their names, one `<Item>` each in the declared order: the servers of some APIs take them
    /// by position then. One that is left out keeps its place with a nil.
    pub positional: bool,
}

/// A request in an envelope.
///
/// Debug and Display show it with `<redacted>` in place of each secret value.
#[derive(Clone, PartialEq, Eq)]
pub struct SoapRequest {
    whole: String,
    secrets: Vec<Range<usize>>,
    action: String,
}

impl SoapRequest {
    /// The body with everything that is secret in it: for sending, never for a log.
    pub fn expose(&self) -> &str {
        &self.whole
    }

    /// The header `SOAPAction`, without its quotes.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The body with everything that is secret in it, and where the secret values stand.
    pub fn into_parts(self) -> (String, Vec<Range<usize>>) {
        (self.whole, self.secrets)
    }
}

impl fmt::Display for SoapRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(&self.whole, &self.secrets))
    }
}

impl fmt::Debug for SoapRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SoapRequest({self})")
    }
}

/// Puts a request into its envelope; `None` for an API that does not speak SOAP.
///
/// The command's params stand in the order in which they were put, which is the schema's for those of the spec.
pub fn soap_request(api: &ApiInfo, query: &Query, options: &SoapOptions<'_>) -> Option<SoapRequest> {
    let soap = api.soap?;
    let rpc = soap.style == SoapStyle::Rpc;
    let mut envelope = Envelope {
        out: Writer::new(Vec::with_capacity(1024)),
        secrets: Vec::new(),
        rpc,
        prefix: if soap.qualified { "m:" } else { "" },
        positional: rpc && options.positional,
        open: Vec::new(),
    };
    envelope.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let mut root = BytesStart::new("SOAP-ENV:Envelope");
    root.push_attribute(("xmlns:SOAP-ENV", ENVELOPE));
    if rpc {
        root.push_attribute(("xmlns:SOAP-ENC", ENCODING));
        root.push_attribute(("xmlns:xsi", INSTANCE));
        root.push_attribute(("xmlns:xsd", SCHEMA));
        if has_map(query) {
            root.push_attribute(("xmlns:map", MAP));
        }
        root.push_attribute(("SOAP-ENV:encodingStyle", ENCODING));
    }
    envelope.start(root);
    envelope.start(BytesStart::new("SOAP-ENV:Body"));
    let (element, namespace) = match query.names() {
        Some(names) => (names.request.to_string(), names.namespace.to_string()),
        None => (soap.element(query.command()), soap.namespace(query.command(), options.version)),
    };
    let element = format!("m:{element}");
    let mut request = BytesStart::new(element.as_str());
    request.push_attribute(("xmlns:m", &*namespace));
    envelope.start(request);
    envelope.common(api, soap, query, options, false);
    for pair in &query.pairs {
        envelope.pair(pair);
    }
    envelope.leave(0);
    envelope.common(api, soap, query, options, true);
    for name in [element.as_str(), "SOAP-ENV:Body", "SOAP-ENV:Envelope"] {
        envelope.event(Event::End(BytesEnd::new(name)));
    }
    let whole = String::from_utf8(envelope.out.into_inner()).unwrap_or_default();
    let action = soap.action.replace("{command}", query.command());
    Some(SoapRequest { whole, secrets: envelope.secrets, action })
}

fn has_map(query: &Query) -> bool {
    query.pairs.iter().any(|pair| matches!(&pair.sort, Sort::List(_, kind) if kind == MapEntry::SHAPE.name))
}

/// An element that is open, by the path of the pairs that stand in it.
struct Open {
    path: String,
    element: String,
}

struct Envelope {
    out: Writer<Vec<u8>>,
    secrets: Vec<Range<usize>>,
    rpc: bool,
    /// Of the names in a request.
    prefix: &'static str,
    positional: bool,
    open: Vec<Open>,
}

impl Envelope {
    /// Writing into memory cannot fail.
    fn event(&mut self, event: Event<'_>) {
        let _ = self.out.write_event(event);
    }

    fn start(&mut self, element: BytesStart<'_>) {
        self.event(Event::Start(element));
    }

    /// The params that every command takes: those before its own, or those after them.
    fn common(&mut self, api: &ApiInfo, soap: &SoapInfo, query: &Query, options: &SoapOptions<'_>, last: bool) {
        let sessionless = soap.sessionless.contains(&query.command());
        let is_here = |common: &&CommonParam| common.last == last && !(common.session && sessionless);
        for common in api.common.iter().filter(is_here) {
            if let Some((_, value)) = options.common.iter().find(|(wire, _)| *wire == common.wire) {
                // One known name is enough for the others to be taken by theirs.
                let name = if self.positional { POSITIONAL } else { common.wire };
                let name = self.named(name);
                self.value(&name, value, common.secret, common.xsd);
            }
        }
    }

    fn pair(&mut self, pair: &Pair) {
        let level = pair.name.rfind('/').map_or("", |end| &pair.name[..end]);
        let name = &pair.name[if level.is_empty() { 0 } else { level.len() + 1 }..];
        let (name, is_item) = match name.find('[') {
            Some(end) => (&name[..end], true),
            None => (name, false),
        };
        let list = if is_item { &pair.name[..pair.base.max(level.len())] } else { "" };
        self.leave_for(level, list);
        let element = match (is_item && self.rpc, self.positional && level.is_empty()) {
            (true, _) => ITEM,
            (false, true) => POSITIONAL,
            (false, false) => name,
        };
        let element = self.named(element);
        match &pair.sort {
            Sort::Value(xsd) => self.value(&element, &pair.value, pair.secret, xsd),
            Sort::Record(kind) => {
                let mut start = BytesStart::new(&*element);
                if self.rpc && !kind.is_empty() && kind != MapEntry::SHAPE.name {
                    start.push_attribute(("xsi:type", &*format!("m:{kind}")));
                }
                self.start(start);
                self.open.push(Open { path: pair.name.clone(), element: element.into_owned() });
            }
            Sort::Absent if self.positional && level.is_empty() => {
                let mut empty = BytesStart::new(&*element);
                empty.push_attribute(("xsi:nil", "true"));
                self.event(Event::Empty(empty));
            }
            Sort::Absent => {}
            // In literal style the items stand by themselves.
            Sort::List(..) if !self.rpc => {}
            Sort::List(count, kind) => {
                let mut start = BytesStart::new(&*element);
                if kind == MapEntry::SHAPE.name {
                    start.push_attribute(("xsi:type", "map:Map"));
                } else {
                    start.push_attribute(("SOAP-ENC:arrayType", &*format!("{}[{count}]", item_type(kind))));
                    start.push_attribute(("xsi:type", "SOAP-ENC:Array"));
                }
                self.start(start);
                self.open.push(Open { path: pair.name.clone(), element: element.into_owned() });
            }
        }
    }

    /// A name as it stands in a request.
    fn named<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.prefix.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{}{name}", self.prefix)) }
    }

    fn value(&mut self, name: &str, value: &str, secret: bool, xsd: &str) {
        let mut start = BytesStart::new(name);
        if self.rpc {
            start.push_attribute(("xsi:type", &*format!("xsd:{xsd}")));
        }
        self.start(start);
        let from = self.out.get_ref().len();
        self.event(Event::Text(BytesText::new(value)));
        if secret {
            self.secrets.push(from..self.out.get_ref().len());
        }
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Closes what is open and is neither the level that the next pair stands on, nor above it, nor the list that it is in.
    fn leave_for(&mut self, level: &str, list: &str) {
        let holds = |open: &Open| {
            open.path == list
                || level
                    .strip_prefix(open.path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '[']))
        };
        let stays = self.open.iter().take_while(|open| holds(open)).count();
        self.leave(stays);
    }

    /// Closes all but the outermost `stays`.
    fn leave(&mut self, stays: usize) {
        while self.open.len() > stays {
            if let Some(open) = self.open.pop() {
                self.event(Event::End(BytesEnd::new(open.element)));
            }
        }
    }
}

/// The type of an array's items, with its prefix.
fn item_type(kind: &str) -> String {
    match kind {
        "" => "xsd:anyType".to_owned(),
        kind if kind.starts_with(|first: char| first.is_ascii_lowercase()) => format!("xsd:{kind}"),
        kind => format!("m:{kind}"),
    }
}
