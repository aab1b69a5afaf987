//! Takes a reply out of its envelope: the text that a scanner of XML reads then, and where its parts stood.

use super::element::{Closing, Element};
use super::envelope::{self, Contents, FAULT};
use super::multipart;
use super::namespaces::is_documented;
use super::nested::{Nesting, nesting, own_root};
use super::oddities::Oddities;
use super::places::Places;
use super::references::Resolver;
use super::tags::Tags;
use crate::decode::Options;
use crate::decode::driver::NOTES_FLOOR;
use crate::decode::error::DecodeErrorKind;
use crate::scan::{Fail, body};
use crate::shape::{ReplyShape, SoapShape};
use crate::{Format, NoteKind};
use std::ops::Range;

/// An element out of an envelope.
#[derive(Debug, Clone)]
pub(crate) struct Payload {
    /// Its text, where that is not as it was sent.
    own: Option<String>,
    /// Where it stands in the text.
    part: Range<usize>,
    places: Places,
}

/// What an envelope holds.
#[derive(Debug, Clone)]
pub(crate) struct Unwrapped {
    /// The text of the part of a MIME message that the envelope stands in, where it was encoded.
    decoded: Option<(String, Places)>,
    /// The answer, or the fault.
    pub payload: Payload,
    pub is_fault: bool,
    /// The answer is a job's own, where the command's would have to stand.
    pub is_without: bool,
    /// The answer around it, without it.
    pub around: Option<Payload>,
    pub odd: Oddities,
}

/// Takes what the envelope holds out of `text`.
pub(crate) fn unwrap(
    text: &str,
    reply: &'static ReplyShape,
    soap: &'static SoapShape,
    options: &Options,
) -> Result<Unwrapped, Fail> {
    let mut odd = Oddities::new((text.len() / 4).max(NOTES_FLOOR));
    let part = multipart::root(text, options, &mut odd)?;
    let (decoded, part) = match part {
        Some(part) => (part.decoded, part.range),
        None => (None, 0..text.len()),
    };
    let base = decoded.as_ref().map_or(text, |(text, _)| text);
    let mut unwrapped = take(base, part, reply, soap, options, odd).map_err(|fail| match &decoded {
        Some((_, places)) => Fail { offset: places.before(fail.offset), ..fail },
        None => fail,
    })?;
    unwrapped.decoded = decoded;
    Ok(unwrapped)
}

fn take(
    text: &str,
    part: Range<usize>,
    reply: &'static ReplyShape,
    soap: &'static SoapShape,
    options: &Options,
    mut odd: Oddities,
) -> Result<Unwrapped, Fail> {
    let own = &text[part.clone()];
    let (format, start) = body::detect(own, reply, Some(Format::Xml))
        .map_err(|fail| Fail { offset: part.start + fail.offset, ..fail })?;
    let part = part.start + start..part.end;
    if format != Format::Xml {
        let what = format!("the body is {}, not an envelope of SOAP", format.name().to_uppercase());
        return Err(Fail::new(DecodeErrorKind::NotAReply, what, part.start));
    }
    let preamble = own[..start].trim();
    if !preamble.is_empty() {
        odd.note(NoteKind::Preamble, part.start - start, preamble);
    }
    let contents = envelope::open(text, part.clone(), (reply, soap), options.names.as_ref(), &mut odd)?;
    let mut work = Work { text, part, limit: options.max_body, odd };
    let mut is_without = false;
    let (payload, around) = if contents.is_fault {
        work.note_fault(&contents, reply, soap);
        (work.element(&contents.child, None)?, None)
    } else {
        let is_named = options.names.as_ref().is_some_and(|names| names.reply == contents.child.tag.local());
        let nesting = match is_named {
            true => Nesting::Flat(own_root(reply)),
            false => nesting(text, &contents.child, reply, &mut work.odd)?,
        };
        match nesting {
            Nesting::Own => (work.element(&contents.child, None)?, None),
            Nesting::Flat(root) => (work.element(&contents.child, Some(root))?, None),
            Nesting::Without(root) => {
                is_without = true;
                (work.element(&contents.child, Some(root))?, None)
            }
            Nesting::Around { field, root } => {
                let around = work.without(&contents.child, &field, reply)?;
                (work.element(&field, Some(root))?, Some(around))
            }
        }
    };
    Ok(Unwrapped { decoded: None, payload, is_fault: contents.is_fault, is_without, around, odd: work.odd })
}

/// What is needed to take elements out of a text.
struct Work<'t> {
    text: &'t str,
    part: Range<usize>,
    /// Bytes that an element may have with all that it refers to.
    limit: usize,
    odd: Oddities,
}

impl Work<'_> {
    /// An element, under another name if need be, with the values that stand elsewhere in their places.
    fn element(&mut self, element: &Element<'_>, root: Option<&str>) -> Result<Payload, Fail> {
        let whole = element.range();
        let mut resolver = Resolver::new(self.text, self.part.clone(), self.limit);
        // A fault is one, be it whole or not.
        let ends = match element.closing {
            Closing::Own => true,
            Closing::Around => false,
            Closing::Not => element.tag.local() != FAULT,
        };
        if !ends {
            self.odd.note(NoteKind::MissingEndTag, element.end, element.tag.local());
        }
        if root.is_none() && ends && !resolver.refers(whole.clone()) {
            return Ok(Payload { own: None, places: Places::of(&whole), part: whole });
        }
        let start = element.tag.range.start;
        match root {
            Some(root) => {
                resolver.write(["<", root, ">"], start);
                resolver.copy(element.inner.clone())?;
                if element.closing != Closing::Not {
                    resolver.write(["</", root, ">"], element.inner.end);
                }
            }
            None => {
                resolver.copy(whole)?;
                if !ends {
                    resolver.write(["</", element.tag.name, ">"], element.end);
                }
            }
        }
        Ok(resolver.into())
    }

    /// An element without another one that stands in it, under the name of the command's own envelope.
    fn without(&self, element: &Element<'_>, field: &Element<'_>, reply: &ReplyShape) -> Result<Payload, Fail> {
        let root = if reply.xml.root.is_empty() { reply.default_root } else { reply.xml.root };
        let mut resolver = Resolver::new(self.text, self.part.clone(), self.limit);
        let range = field.range();
        resolver.write(["<", root, ">"], element.tag.range.start);
        resolver.copy(element.inner.start..range.start)?;
        resolver.copy(range.end.min(element.inner.end)..element.inner.end)?;
        resolver.write(["</", root, ">"], element.inner.end);
        Ok(resolver.into())
    }

    /// Notes what a fault has of another version of SOAP, and the namespace of the answer in it.
    fn note_fault(&mut self, contents: &Contents<'_>, reply: &ReplyShape, soap: &SoapShape) {
        let fault = &contents.child;
        let mut in_detail = false;
        for tag in Tags::of(self.text, fault.inner.clone()).filter(|tag| tag.opens()) {
            let local = tag.local();
            in_detail |= local.eq_ignore_ascii_case("detail");
            if !in_detail && ["Code", "Reason", "Role", "Node"].contains(&local) {
                self.odd.note(NoteKind::NameVariant, tag.range.start, local);
            }
            if local == reply.api.generic_root && !local.is_empty() {
                let mut namespaces = contents.namespaces.clone();
                for around in Tags::of(self.text, fault.inner.start..tag.range.end).filter(|tag| tag.opens()) {
                    namespaces.declare(self.text, &around);
                }
                let namespace = namespaces.of(tag.prefix());
                if !is_documented(soap.namespace, namespace) {
                    self.odd.note(NoteKind::OtherNamespace, tag.range.start, namespace);
                }
                return;
            }
        }
    }
}

impl From<Resolver<'_>> for Payload {
    fn from(resolver: Resolver<'_>) -> Self {
        let out = resolver.out;
        Self { part: 0..out.text.len(), own: Some(out.text), places: out.places }
    }
}

impl Payload {
    /// Its text; `base` is that of the envelope.
    fn text<'t>(&'t self, base: &'t str) -> &'t str {
        self.own.as_deref().unwrap_or(base).get(self.part.clone()).unwrap_or_default()
    }
}

impl Unwrapped {
    /// The text of a payload; `text` is that of the body.
    pub fn text<'t>(&'t self, payload: &'t Payload, text: &'t str) -> &'t str {
        payload.text(self.decoded.as_ref().map_or(text, |(decoded, _)| decoded))
    }

    /// Where in the body's text stands what stands at `offset` in a payload.
    pub fn place(&self, payload: &Payload, offset: usize) -> usize {
        self.before(payload.places.before(offset))
    }

    /// Where in the body's text stands what stands at `offset` in that of the envelope.
    pub fn before(&self, offset: usize) -> usize {
        self.decoded.as_ref().map_or(offset, |(_, places)| places.before(offset))
    }
}
