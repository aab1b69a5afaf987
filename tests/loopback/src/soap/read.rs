//! Requests: what stands in the body of an envelope, read as XML has it and nothing else.

use crate::server::Request;
use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The namespace of an envelope.
const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// The namespace that it is in; empty for none.
    pub namespace: String,
    /// Its attributes with their prefixes, but those that declare namespaces.
    pub attributes: Vec<(String, String)>,
    /// The elements in it, in order.
    pub children: Vec<Self>,
    /// The text in it, that of the elements in it left out.
    pub text: String,
}

impl Element {
    /// The first element of that name in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first element of that name in it.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoapCall {
    /// The body's child.
    pub asked: Element,
    /// The header `SOAPAction`, as it came.
    pub action: String,
}

impl SoapCall {
    /// The names of the arguments in order.
    pub fn names(&self) -> Vec<&str> {
        self.asked.children.iter().map(|child| child.name.as_str()).collect()
    }
}

/// Takes a request out of its envelope.
///
/// # Errors
/// In words, when it is no POST of XML in an envelope with one element in its body.
pub fn read(request: &Request) -> Result<SoapCall, String> {
    if request.method != "POST" {
        return Err(format!("{} in place of POST", request.method));
    }
    if request.header("content-type") != Some("text/xml; charset=utf-8") {
        return Err(format!("content type {:?}", request.header("content-type")));
    }
    let action = request.header("soapaction").ok_or("no SOAPAction")?;
    let text = std::str::from_utf8(&request.body).map_err(|error| error.to_string())?;
    let envelope = document(text)?;
    let is = |element: &Element, name: &str| element.name == name && element.namespace == ENVELOPE;
    if !is(&envelope, "Envelope") {
        return Err(format!("{} in {:?} is no envelope", envelope.name, envelope.namespace));
    }
    let body = envelope.children.into_iter().find(|child| is(child, "Body")).ok_or("no body")?;
    let [asked] = <[Element; 1]>::try_from(body.children).map_err(|all| format!("{} elements", all.len()))?;
    Ok(SoapCall { asked, action: action.to_owned() })
}

/// Reads a document.
fn document(text: &str) -> Result<Element, String> {
    let mut reader = NsReader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(tag) => open.push(started(&reader, &tag)?),
            Event::Empty(tag) => {
                let element = started(&reader, &tag)?;
                last(&mut open).children.push(element);
            }
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                last(&mut open).children.push(element);
            }
            Event::Text(text) => last(&mut open).text.push_str(&text.xml10_content()),
            Event::CData(text) => last(&mut open).text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let named = resolve_predefined_entity(&entity).map(str::to_owned);
                let numbered = || entity.resolve_char_ref().ok().flatten().map(String::from);
                last(&mut open).text.push_str(&named.or_else(numbered).ok_or("an unknown entity")?);
            }
            Event::Decl(_) | Event::Comment(_) => {}
            Event::DocType(_) | Event::PI(_) => return Err("what SOAP forbids".to_owned()),
            Event::Eof => break,
        }
    }
    let mut outside = open.pop().unwrap_or_default();
    if !open.is_empty() || outside.children.len() != 1 {
        return Err("not one whole element".to_owned());
    }
    Ok(outside.children.remove(0))
}

fn last(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the outermost one stays")
}

fn started(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<Element, String> {
    let (namespace, local) = reader.resolver().resolve_element(tag.name());
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        ResolveResult::Unbound => String::new(),
        ResolveResult::Unknown(prefix) => return Err(format!("the prefix {prefix:?} is not declared")),
    };
    let mut element = Element { name: local.as_ref().to_owned(), namespace, ..Element::default() };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name = attribute.key.as_ref().to_owned();
        if name != "xmlns" && !name.starts_with("xmlns:") {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            element.attributes.push((name, value.map_err(|error| error.to_string())?.into_owned()));
        }
    }
    Ok(element)
}
