//! The envelope: what stands in its body, whatever is wrong around that.

use super::element::{Closing, Element};
use super::namespaces::{Namespaces, SOAP_11, is_documented};
use super::oddities::Oddities;
use super::tags::{Tag, TagKind, Tags, attribute};
use crate::decode::error::DecodeErrorKind;
use crate::scan::Fail;
use crate::scan::xml::tags::name_end;
use crate::shape::{ReplyShape, SoapShape};
use crate::{NoteKind, SoapNames};
use memchr::memmem;
use std::ops::Range;

/// The elements that can stand around the body's child.
pub(super) const AROUND: [&str; 2] = ["Body", "Envelope"];

/// The element of a fault.
pub(super) const FAULT: &str = "Fault";

/// What an envelope holds.
pub(super) struct Contents<'t> {
    /// The answer or the fault.
    pub child: Element<'t>,
    pub is_fault: bool,
    /// What is declared around it and by it.
    pub namespaces: Namespaces<'t>,
}

/// Where the search stands.
struct Search<'t, 'n> {
    text: &'t str,
    reply: &'static ReplyShape,
    soap: &'static SoapShape,
    /// What the reply is called, where only the run knows it.
    names: Option<&'n SoapNames>,
    odd: &'n mut Oddities,
    namespaces: Namespaces<'t>,
    /// The first element of the text.
    first: Option<Tag<'t>>,
    envelope: Level<'t>,
    body: Level<'t>,
    in_header: bool,
    child: Option<Element<'t>>,
    /// The first element that others may refer to: the child, if nothing else stands in the body.
    referred: Option<Tag<'t>>,
    fault: Option<Element<'t>>,
    /// Whether something stands beside the child that is not passed over whole: what is in it is not noted.
    loose: bool,
}

/// A level of the envelope.
#[derive(Default)]
struct Level<'t> {
    tag: Option<Tag<'t>>,
    closed: bool,
}

/// Finds the body's child in a part of `text`, which begins with the first tag.
pub(super) fn open<'t>(
    text: &'t str,
    part: Range<usize>,
    (reply, soap): (&'static ReplyShape, &'static SoapShape),
    names: Option<&SoapNames>,
    odd: &mut Oddities,
) -> Result<Contents<'t>, Fail> {
    let mut search = Search {
        text,
        reply,
        soap,
        names,
        odd,
        namespaces: Namespaces::default(),
        first: None,
        envelope: Level::default(),
        body: Level::default(),
        in_header: false,
        child: None,
        referred: None,
        fault: None,
        loose: false,
    };
    let mut tags = Tags::of(text, part.clone());
    let mut last = part.start;
    while let Some(tag) = tags.next() {
        search.stray(last..tag.range.start);
        last = tag.range.end;
        match tag.kind {
            TagKind::Start | TagKind::Empty => {
                if let Some(end) = search.start(tag, part.end) {
                    tags.go_to(end);
                    last = end;
                }
            }
            TagKind::End => search.end(&tag),
            TagKind::Cdata => search.stray(tag.range),
            TagKind::Other(kind) => search.other(kind, &tag, part.start),
        }
    }
    let cut = tags.cut;
    search.stray(last..cut.unwrap_or(part.end));
    search.finish(part, cut)
}

impl<'t> Search<'t, '_> {
    /// A start tag; returns where to go on when the whole element was read.
    fn start(&mut self, tag: Tag<'t>, end: usize) -> Option<usize> {
        let local = tag.local();
        self.first.get_or_insert_with(|| tag.clone());
        if self.child.is_some() || self.fault.is_some() {
            return self.beside(tag, end);
        }
        if self.in_header {
            // Only the body can end a header that has no end tag.
            if local != "Body" || !self.is_of_envelope(&tag) {
                return None;
            }
            self.odd.note(NoteKind::MissingEndTag, tag.range.start, "Header");
            self.in_header = false;
        }
        match local {
            "Envelope" if self.envelope.tag.is_none() && self.body.tag.is_none() => {
                self.namespaces.declare(self.text, &tag);
                self.check_soap(&tag);
                self.envelope = Level { closed: tag.kind == TagKind::Empty, tag: Some(tag) };
            }
            "Header" if self.body.tag.is_none() && self.envelope.tag.is_some() => {
                self.in_header = tag.kind != TagKind::Empty;
            }
            "Body" if self.body.tag.is_none() => {
                self.namespaces.declare(self.text, &tag);
                if !self.is_of_envelope(&tag) {
                    self.check_soap(&tag);
                }
                self.body = Level { closed: tag.kind == TagKind::Empty, tag: Some(tag) };
            }
            "Envelope" | "Body" => self.odd.note(NoteKind::DoubledEnvelope, tag.range.start, local),
            _ if self.is_known(local) || self.is_in_body() => return self.child(tag, end),
            _ => {}
        }
        None
    }

    /// An element that is the body's child, or may be.
    fn child(&mut self, tag: Tag<'t>, end: usize) -> Option<usize> {
        let is_fault = tag.local() == FAULT;
        if !is_fault && !self.is_known(tag.local()) && attribute(self.text, &tag, "id").is_some() {
            self.referred.get_or_insert_with(|| tag.clone());
            return self.pass(tag, end);
        }
        self.namespaces.declare(self.text, &tag);
        let element = Element::of(self.text, tag, end, &AROUND);
        let end = element.end;
        if is_fault {
            if !self.is_of_envelope(&element.tag) {
                self.check_soap(&element.tag);
            }
            self.fault = Some(element);
        } else {
            self.check_namespace(&element.tag);
            self.child = Some(element);
        }
        Some(end)
    }

    /// An element after the child.
    fn beside(&mut self, tag: Tag<'t>, end: usize) -> Option<usize> {
        if self.fault.is_none() && (self.is_of_envelope(&tag) && tag.local() == FAULT || self.is_fault(tag.name)) {
            let element = Element::of(self.text, tag, end, &AROUND);
            let end = element.end;
            self.fault = Some(element);
            return Some(end);
        }
        if attribute(self.text, &tag, "id").is_some() {
            return self.pass(tag, end);
        }
        if !self.loose {
            self.odd.note(NoteKind::Trailer, tag.range.start, tag.local());
            self.loose = true;
        }
        None
    }

    /// Passes over an element that others may refer to.
    fn pass(&mut self, tag: Tag<'t>, end: usize) -> Option<usize> {
        if self.loose {
            return None;
        }
        let element = Element::of(self.text, tag, end, &AROUND);
        // One that does not end holds all that comes, and no other one is looked for in that.
        self.loose = element.closing != Closing::Own;
        (!self.loose).then_some(element.end)
    }

    fn end(&mut self, tag: &Tag<'t>) {
        match tag.local() {
            "Header" if self.in_header => self.in_header = false,
            _ if self.in_header => {}
            "Body" if self.body.tag.is_some() && !self.body.closed => self.body.closed = true,
            "Envelope" if self.envelope.tag.is_some() && !self.envelope.closed => {
                self.envelope.closed = true;
                if self.is_in_body() {
                    self.body.closed = true;
                    self.odd.note(NoteKind::MissingEndTag, tag.range.start, "Body");
                }
            }
            // What ends there was begun there.
            _ if self.loose => {}
            local => self.odd.note(NoteKind::StrayEndTag, tag.range.start, local),
        }
    }

    /// Text between tags.
    fn stray(&mut self, part: Range<usize>) {
        let text = &self.text[part.clone()];
        let found = text.trim();
        if found.is_empty() || self.in_header || self.loose && !self.envelope.closed {
            return;
        }
        let kind = if self.envelope.closed { NoteKind::Trailer } else { NoteKind::StrayText };
        self.odd.note(kind, part.start + (text.len() - text.trim_start().len()), found);
    }

    /// A comment, a declaration or the like.
    fn other(&mut self, kind: NoteKind, tag: &Tag<'t>, start: usize) {
        let declares = kind == NoteKind::ProcessingInstruction
            && tag.range.start == start
            && self.text[tag.range.clone()]
                .strip_prefix("<?xml")
                .is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r']));
        if !declares {
            self.odd.note(kind, tag.range.start, "");
        }
    }

    fn is_in_body(&self) -> bool {
        self.body.tag.is_some() && !self.body.closed
    }

    /// Whether a tag has the prefix of the envelope.
    fn is_of_envelope(&self, tag: &Tag<'_>) -> bool {
        [&self.envelope, &self.body]
            .into_iter()
            .flat_map(|level| &level.tag)
            .any(|level| level.prefix() == tag.prefix())
    }

    /// Whether an element anywhere is a fault, whatever became of the envelope's prefix and namespace. One without a prefix, or
    /// of the API's namespace, can be the API's own.
    fn is_fault(&self, name: &str) -> bool {
        let Some((prefix, FAULT)) = name.rsplit_once(':') else { return false };
        let namespace = self.namespaces.of(prefix);
        let is_own = ![namespace, self.soap.namespace].contains(&"")
            && is_documented(self.soap.namespace, namespace)
            && namespace != SOAP_11;
        !is_own
    }

    fn is_soap(&self, tag: &Tag<'_>) -> bool {
        self.namespaces.of(tag.prefix()) == SOAP_11
    }

    /// Notes an element of the envelope that is not one of SOAP 1.1.
    fn check_soap(&mut self, tag: &Tag<'_>) {
        if !self.is_soap(tag) {
            self.odd.note(NoteKind::OtherNamespace, tag.range.start, self.namespaces.of(tag.prefix()));
        }
    }

    /// Notes an answer that is not of the API's namespace.
    fn check_namespace(&mut self, tag: &Tag<'_>) {
        let namespace = self.namespaces.of(tag.prefix());
        let own = self.names.map_or(self.soap.namespace_of(self.reply.command), |names| &names.namespace);
        if !is_documented(own, namespace) {
            self.odd.note(NoteKind::OtherNamespace, tag.range.start, namespace);
        }
    }

    /// Whether an element is an answer of the API, or a fault.
    fn is_known(&self, local: &str) -> bool {
        let (reply, api) = (self.reply, self.reply.api);
        let own = [reply.xml.root, reply.default_root, api.generic_root, FAULT];
        let nested = self.soap.nested.map_or("", |nested| nested.root);
        own.contains(&local)
            || local == nested
            || self.names.is_some_and(|names| names.reply == local)
            || reply.root_aliases.contains(&local)
            || api.roots.binary_search_by(|(root, _)| (*root).cmp(local)).is_ok()
    }

    /// A fault that does not stand in its place is one all the same: in an answer without an end tag, behind the envelope, or in
    /// quotes that something else lacks. No text of an answer looks like its tags.
    fn find_fault(&mut self, part: Range<usize>) -> Result<(), Fail> {
        if self.fault.is_some() || memmem::find(&self.text.as_bytes()[part.clone()], FAULT.as_bytes()).is_none() {
            return Ok(());
        }
        let bytes = self.text.as_bytes();
        let mut end_tag = None;
        for outer in Tags::of(self.text, part.clone()).filter(|tag| !tag.name.is_empty()) {
            // A bracket in a tag begins another one.
            for at in memchr::memchr_iter(b'<', &bytes[outer.range.clone()]).map(|at| outer.range.start + at) {
                let closes = bytes.get(at + 1) == Some(&b'/');
                let start = at + 1 + usize::from(closes);
                let stop = name_end(&bytes[..part.end], start);
                if !self.is_fault(&self.text[start..stop]) {
                    continue;
                }
                match Tags::of(self.text, at..part.end).next().filter(|_| !closes) {
                    Some(tag) => {
                        self.fault = Some(Element::of(self.text, tag, part.end, &AROUND));
                        return Ok(());
                    }
                    None => end_tag = Some(at),
                }
            }
        }
        match end_tag {
            Some(at) => Err(Fail::new(DecodeErrorKind::NotAReply, "a fault ends in the body that does not begin", at)),
            None => Ok(()),
        }
    }

    /// What was found, and what of the envelope was not.
    fn finish(mut self, part: Range<usize>, cut: Option<usize>) -> Result<Contents<'t>, Fail> {
        self.find_fault(part.clone())?;
        let is_fault = self.fault.is_some();
        let begun = self.envelope.tag.is_some() || self.body.tag.is_some();
        let found = self.fault.take().or_else(|| self.child.take());
        let referred = self.referred.take().map(|tag| Element::of(self.text, tag, part.end, &AROUND));
        let child = match found.or(referred) {
            Some(child) => child,
            None if begun && cut.is_none() && (self.envelope.closed || self.body.closed) => {
                return Err(Fail::new(DecodeErrorKind::NotAReply, "the body of the envelope holds no reply", part.end));
            }
            None if begun || cut.is_some() => {
                return Err(Fail::new(DecodeErrorKind::CutOff, "the envelope ends before its body does", part.end));
            }
            None => {
                let Some(first) = self.first.take() else {
                    return Err(Fail::new(DecodeErrorKind::NotAReply, "the body is no envelope", part.start));
                };
                self.namespaces.declare(self.text, &first);
                Element::of(self.text, first, part.end, &AROUND)
            }
        };
        let start = child.tag.range.start;
        for (level, name) in [(&self.envelope, "Envelope"), (&self.body, "Body")] {
            match &level.tag {
                None => self.odd.note(NoteKind::MissingEnvelope, start, name),
                Some(_) if !level.closed && child.closing != Closing::Not => {
                    self.odd.note(NoteKind::MissingEndTag, part.end, name);
                }
                Some(_) => {}
            }
        }
        if let Some(cut) = cut.filter(|_| !is_fault && child.closing != Closing::Not) {
            return Err(Fail::new(DecodeErrorKind::CutOff, "the body ends before the envelope does", cut));
        }
        Ok(Contents { child, is_fault, namespaces: self.namespaces })
    }
}
