//! Bytes to a tree, strictly: what is not well-formed is refused, and so is what makes a small file cost much.
//!
//! A document type declaration is refused as such, so that there is no entity to expand but the five of XML itself.

use super::super::limits;
use super::super::names::{self, one_line, quoted, wrong_name};
use super::{At, Attribute, Child, Document, Element, Scope, bound};
use crate::spec::Problem;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::{EscapeError, resolve_predefined_entity};
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use std::sync::Arc;

/// What is wrong and at which byte.
type Wrong = (usize, String);

/// Reads `bytes` as the file `name`; `left` is how many more elements and attributes there may be.
pub fn parse(name: Arc<str>, bytes: &[u8], left: &mut usize) -> Result<Document, Problem> {
    let at_byte = |text: &str, (byte, message): Wrong| {
        let at = Cursor { text, byte: 0, at: At { line: 1, column: 1 } }.go(byte);
        Problem { file: name.to_string(), line: at.line, column: at.column, message }
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let message = "this is not UTF-8; save the file as UTF-8";
            return Err(at_byte(&readable, (readable.len(), message.to_owned())));
        }
    };
    if let Some((byte, letter)) = text.char_indices().find(|(_, letter)| !allowed(*letter)) {
        return Err(at_byte(text, (byte, format!("the character U+{:04X} may not stand in XML", u32::from(letter)))));
    }
    let mut builder = Builder::new(text, left);
    match builder.run() {
        Ok(root) => Ok(Document { name: Arc::clone(&name), root, scopes: builder.scopes }),
        Err(wrong) => Err(at_byte(text, wrong)),
    }
}

/// Whether XML 1.0 allows the character.
fn allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r') || (letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
}

/// A place that only moves forward, so that all places of a file cost one walk over it.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    byte: usize,
    at: At,
}

impl Cursor<'_> {
    fn go(&mut self, byte: usize) -> At {
        for letter in self.text.get(self.byte..byte).unwrap_or_default().chars() {
            if letter == '\n' {
                self.at = At { line: self.at.line + 1, column: 1 };
            } else {
                self.at.column += 1;
            }
        }
        self.byte = self.byte.max(byte);
        self.at
    }
}

struct Builder<'t, 'n> {
    text: &'t str,
    cursor: Cursor<'t>,
    left: &'n mut usize,
    scopes: Vec<Scope>,
    /// Elements that are not closed yet, each with the byte where it begins.
    open: Vec<(Element, usize)>,
    root: Option<Element>,
    count: usize,
}

impl<'t, 'n> Builder<'t, 'n> {
    fn new(text: &'t str, left: &'n mut usize) -> Self {
        let xml = vec![("xml".to_owned(), Arc::from(names::XML))];
        Self {
            text,
            cursor: Cursor { text, byte: 0, at: At { line: 1, column: 1 } },
            left,
            scopes: vec![Scope { outer: None, bindings: xml, depth: 1 }],
            open: Vec::new(),
            root: None,
            count: 0,
        }
    }

    fn run(&mut self) -> Result<Element, Wrong> {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().check_comments = true;
        loop {
            let before = position(reader.buffer_position());
            let event = reader.read_event().map_err(|error| (position(reader.error_position()), ill_formed(&error)))?;
            let after = position(reader.buffer_position());
            match event {
                Event::Start(tag) => self.start(&tag, after - tag.len() - "<>".len())?,
                Event::Empty(tag) => {
                    self.start(&tag, after - tag.len() - "</>".len())?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.push(&text.xml10_content(), before)?,
                Event::CData(text) if self.open.is_empty() => self.push(&format!("<![CDATA[{}", &*text), before)?,
                Event::CData(text) => self.push(&text.xml10_content(), before)?,
                Event::GeneralRef(entity) => self.push(&referred(&entity).map_err(|what| (before, what))?, before)?,
                Event::Decl(declaration) => declared(&declaration, before)?,
                Event::DocType(_) => {
                    let advice = "take it out, and write what its entities stand for where they are used";
                    return Err((before, format!("a document type declaration stands here; {advice}")));
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => return self.finish(),
            }
        }
    }

    fn finish(&mut self) -> Result<Element, Wrong> {
        if let Some((element, byte)) = self.open.last() {
            return Err((
                *byte,
                format!("{} is not closed: the file is cut off", quoted(&format!("<{}>", element.written))),
            ));
        }
        self.root.take().ok_or_else(|| (0, "this is not XML: there is no element".to_owned()))
    }

    fn start(&mut self, tag: &BytesStart<'_>, byte: usize) -> Result<(), Wrong> {
        if self.root.is_some() && self.open.is_empty() {
            return Err((byte, "a second outermost element stands here; XML has one".to_owned()));
        }
        if self.open.len() == limits::DEPTH {
            return Err((byte, format!("elements stand more than {} deep within each other", limits::DEPTH)));
        }
        let at = self.cursor.go(byte);
        let outer = self.open.last().map_or(0, |(element, _)| element.scope);
        let mut bindings = Vec::new();
        let mut attributes: Vec<(Attribute, usize)> = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| wrong_attribute(&error, byte))?;
            let key = attribute.key.as_ref();
            // The key is a part of the tag, which stands in the file behind its `<`.
            let place = byte + "<".len() + (key.as_ptr() as usize).saturating_sub(tag.as_ptr() as usize);
            if attribute.value.contains('<') {
                return Err((place, format!("the attribute {} holds a `<`; write `&lt;`", quoted(key))));
            }
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| (place, ill_formed(&error)))?;
            if let Some(letter) = value.chars().find(|letter| !allowed(*letter)) {
                return Err((place, format!("the character U+{:04X} may not stand in XML", u32::from(letter))));
            }
            if bindings.len() + attributes.len() == limits::ATTRIBUTES {
                return Err((place, format!("this element has more than {} attributes", limits::ATTRIBUTES)));
            }
            // Every name in a namespace holds a copy of it.
            let names = key.starts_with("xmlns") || key == "targetNamespace";
            if names && value.chars().count() > limits::NAME {
                let most = limits::NAME;
                return Err((place, format!("this namespace has more than {most} characters; it has at most that")));
            }
            if key == "xmlns" || key.starts_with("xmlns:") {
                bindings.push(declaration(key, &value).map_err(|what| (place, what))?);
                continue;
            }
            let at = self.cursor.go(place);
            let namespace = Arc::from("");
            let (local, written) = (String::new(), key.to_owned());
            attributes.push((Attribute { namespace, local, written, value: value.into_owned(), at }, place));
        }
        *self.left = self
            .left
            .checked_sub(1 + attributes.len() + bindings.len())
            .ok_or_else(|| (byte, format!("there are more than {} elements and attributes", limits::NODES)))?;
        let scope = self.scope(outer, bindings).map_err(|what| (byte, what))?;
        for (attribute, place) in &mut attributes {
            let (namespace, local) = self.named(&attribute.written, scope, None).map_err(|what| (*place, what))?;
            (attribute.namespace, attribute.local) = (namespace, local);
        }
        let attributes = distinct(attributes)?;
        let written = tag.name().as_ref().to_owned();
        let default = bound(&self.scopes, Some(scope), "").cloned();
        let (namespace, local) = self.named(&written, scope, default).map_err(|what| (byte, what))?;
        let element =
            Element { id: self.count, namespace, local, written, at, attributes, children: Vec::new(), scope };
        self.count += 1;
        self.open.push((element, byte));
        Ok(())
    }

    /// The scope within an element with these declarations.
    fn scope(&mut self, outer: usize, bindings: Vec<(String, Arc<str>)>) -> Result<usize, String> {
        if bindings.is_empty() {
            return Ok(outer);
        }
        let depth = self.scopes[outer].depth + bindings.len();
        if depth > limits::BINDINGS {
            return Err(format!("more than {} namespace declarations hold here", limits::BINDINGS));
        }
        self.scopes.push(Scope { outer: Some(outer), bindings, depth });
        Ok(self.scopes.len() - 1)
    }

    /// Namespace and local part of a name; `default` is the namespace of one without a prefix.
    fn named(&self, written: &str, scope: usize, default: Option<Arc<str>>) -> Result<(Arc<str>, String), String> {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        if let Some(wrong) = wrong_name(local) {
            return Err(wrong);
        }
        if prefix.is_empty() {
            return Ok((default.unwrap_or_else(|| Arc::from("")), local.to_owned()));
        }
        let namespace = bound(&self.scopes, Some(scope), prefix).ok_or_else(|| undeclared(prefix))?;
        Ok((Arc::clone(namespace), local.to_owned()))
    }

    fn end(&mut self) {
        let Some((element, _)) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some((parent, _)) => parent.children.push(Child::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn push(&mut self, text: &str, byte: usize) -> Result<(), Wrong> {
        let Some((element, _)) = self.open.last_mut() else {
            return match text.trim() {
                "" => Ok(()),
                _ => Err((byte, "text stands outside of the outermost element".to_owned())),
            };
        };
        match element.children.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ => element.children.push(Child::Text(text.to_owned())),
        }
        Ok(())
    }
}

/// What is told of a prefix that nothing declares.
pub fn undeclared(prefix: &str) -> String {
    let declaration = format!("xmlns:{prefix}=\"...\"");
    format!("the prefix {} is not declared; declare it with {}", quoted(prefix), quoted(&declaration))
}

/// Prefix and namespace of an attribute that declares one.
fn declaration(key: &str, value: &str) -> Result<(String, Arc<str>), String> {
    let prefix = key.strip_prefix("xmlns:").unwrap_or_default();
    let reserved = prefix == "xmlns" || value == names::XMLNS || (prefix == "xml") != (value == names::XML);
    if reserved {
        return Err(format!("{} cannot be declared so: XML reserves the prefix or the namespace", quoted(key)));
    }
    if key != "xmlns" {
        if let Some(wrong) = wrong_name(prefix) {
            return Err(wrong);
        }
        if value.is_empty() {
            return Err(format!("{} declares no namespace", quoted(key)));
        }
    }
    Ok((prefix.to_owned(), Arc::from(value)))
}

/// The attributes, when no two have the same name.
fn distinct(attributes: Vec<(Attribute, usize)>) -> Result<Vec<Attribute>, Wrong> {
    for (index, (attribute, place)) in attributes.iter().enumerate() {
        let same =
            |(other, _): &(Attribute, usize)| other.local == attribute.local && other.namespace == attribute.namespace;
        if attributes[..index].iter().any(same) {
            return Err((*place, format!("the attribute {} stands twice", quoted(&attribute.written))));
        }
    }
    Ok(attributes.into_iter().map(|(attribute, _)| attribute).collect())
}

/// What `&...;` stands for.
fn referred(entity: &BytesRef<'_>) -> Result<String, String> {
    match entity.resolve_char_ref() {
        Ok(Some(letter)) if allowed(letter) => Ok(letter.to_string()),
        Ok(Some(letter)) => Err(format!("the character U+{:04X} may not stand in XML", u32::from(letter))),
        Ok(None) => resolve_predefined_entity(entity).map(str::to_owned).ok_or_else(|| unknown_entity(entity)),
        Err(error) => Err(ill_formed(&error)),
    }
}

fn unknown_entity(name: &str) -> String {
    let name = quoted(&format!("&{name};"));
    format!(
        "{name} is no entity of XML itself; no other is expanded: write what it stands for, or `&amp;` for a bare `&`"
    )
}

/// The XML declaration says at most which encoding the file has.
fn declared(declaration: &BytesDecl<'_>, byte: usize) -> Result<(), Wrong> {
    if byte != 0 {
        return Err((byte, "the XML declaration may only stand at the very beginning".to_owned()));
    }
    let version = declaration.version().map_err(|error| (byte, ill_formed(&error)))?;
    if version != "1.0" {
        return Err((byte, format!("this is XML {}; XML 1.0 is read", quoted(&version))));
    }
    match declaration.encoding() {
        Some(Ok(encoding)) if !["utf-8", "us-ascii"].contains(&encoding.to_lowercase().as_str()) => {
            Err((byte, format!("the encoding is {}; save the file as UTF-8 and say so here", quoted(&encoding))))
        }
        Some(Err(error)) => Err((byte, format!("the XML declaration is not well-formed: {error}"))),
        _ => Ok(()),
    }
}

/// What is wrong with an attribute of the tag that begins at `byte`. The reader counts from behind the `<`.
fn wrong_attribute(error: &AttrError, byte: usize) -> Wrong {
    let (place, what) = match error {
        AttrError::ExpectedEq(place) => (*place, "an attribute has no value; write `=\"...\"` behind its name"),
        AttrError::ExpectedValue(place) => (*place, "an attribute has no value; write `\"...\"` behind the `=`"),
        AttrError::UnquotedValue(place) => (*place, "the value of an attribute has no quotes; write them around it"),
        AttrError::ExpectedQuote(place, _) => {
            (*place, "the value of an attribute is not closed; write a quote behind it")
        }
        AttrError::Duplicated(place, _) => (*place, "an attribute stands twice"),
    };
    (byte + "<".len() + place, what.to_owned())
}

/// What the reader found, without long quotes from the file.
fn ill_formed(error: &Error) -> String {
    match error {
        Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => unknown_entity(name),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            let tag = |name: &str| quoted(&format!("</{name}>"));
            format!("this is not well-formed XML: {} stands where {} was expected", tag(found), tag(expected))
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            format!("this is not well-formed XML: {} closes nothing", quoted(&format!("</{name}>")))
        }
        other => {
            let told = other.to_string();
            format!("this is not well-formed XML: {}", one_line(&told, limits::QUOTED * 2))
        }
    }
}

fn position(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}
