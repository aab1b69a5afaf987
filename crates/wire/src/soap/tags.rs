//! The tags of a text, one after the other, without a look at what they mean: what finding an envelope's parts needs.
//!
//! Reads tags as the scanner of XML does, so that both see the same elements.

use crate::NoteKind;
use crate::scan::body::{find_near, skip_blank};
use crate::scan::xml::tags::{begins_tag, local_name, name_end, tag_end};
use crate::scan::xml::{declaration_end, find_mark};
use std::ops::Range;

/// What a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    /// A start tag.
    Start,
    /// The tag of an empty element.
    Empty,
    /// An end tag.
    End,
    /// Text without tags in it.
    Cdata,
    /// A comment, a processing instruction or a declaration, with the kind of its note.
    Other(NoteKind),
}

/// A tag.
#[derive(Debug, Clone)]
pub(super) struct Tag<'t> {
    pub kind: TagKind,
    /// With its prefix; empty where it has none.
    pub name: &'t str,
    /// Where it stands.
    pub range: Range<usize>,
    /// Where its attributes stand.
    pub inside: Range<usize>,
}

impl<'t> Tag<'t> {
    /// The name without its prefix.
    pub fn local(&self) -> &'t str {
        local_name(self.name)
    }

    /// Whether the name without its prefix is `local`.
    pub fn is_called(&self, local: &str) -> bool {
        self.name.strip_suffix(local).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with(':'))
    }

    /// Whether the name without its prefix is one of these.
    pub fn is_one_of(&self, locals: &[&str]) -> bool {
        locals.iter().any(|local| self.is_called(local))
    }

    /// The prefix of the name; empty for none.
    pub fn prefix(&self) -> &'t str {
        self.name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// Whether an element begins.
    pub fn opens(&self) -> bool {
        matches!(self.kind, TagKind::Start | TagKind::Empty)
    }
}

/// Reads one tag after the other.
#[derive(Debug, Clone)]
pub(super) struct Tags<'t> {
    text: &'t str,
    pos: usize,
    end: usize,
    /// Where a tag begins that does not end.
    pub cut: Option<usize>,
}

impl<'t> Tags<'t> {
    /// The tags that begin in a part of `text`; offsets count from the text's beginning.
    pub fn of(text: &'t str, part: Range<usize>) -> Self {
        let end = part.end.min(text.len());
        Self { text, pos: part.start, end, cut: None }
    }

    /// Goes on at another place.
    pub fn go_to(&mut self, pos: usize) {
        self.pos = pos;
    }

    /// What begins with `<!` or `<?` at `tag`.
    fn other(&self, tag: usize) -> Option<(TagKind, usize)> {
        let rest = &self.text.as_bytes()[tag..self.end];
        let find = |mark: &[u8]| find_mark(rest, mark).map(|at| tag + at + mark.len());
        if rest.starts_with(b"<![CDATA[") {
            return Some((TagKind::Cdata, find(b"]]>")?));
        }
        if rest.starts_with(b"<!--") {
            return Some((TagKind::Other(NoteKind::Comment), find(b"-->")?));
        }
        if rest.starts_with(b"<?") {
            return Some((TagKind::Other(NoteKind::ProcessingInstruction), find(b"?>")?));
        }
        Some((TagKind::Other(NoteKind::Doctype), tag + declaration_end(rest)?))
    }

    /// The tag at `tag`; `None` when it does not end.
    fn read(&mut self, tag: usize) -> Option<Tag<'t>> {
        let (text, bytes) = (self.text, &self.text.as_bytes()[..self.end]);
        let slash = match bytes[tag + 1] {
            b'!' | b'?' => {
                let (kind, end) = self.other(tag)?;
                return Some(Tag { kind, name: "", range: tag..end, inside: tag..tag });
            }
            b'/' => Some(tag + 1),
            byte if byte.is_ascii_whitespace() => Some(skip_blank(bytes, tag + 1)),
            _ => None,
        };
        let start = slash.map_or(tag + 1, |slash| skip_blank(bytes, slash + 1));
        let stop = name_end(bytes, start);
        let end = tag_end(bytes, stop)?;
        let whole = bytes[end] == b'>';
        let empty = slash.is_none() && whole && end > stop && bytes[end - 1] == b'/';
        let kind = match slash {
            Some(_) => TagKind::End,
            None if empty => TagKind::Empty,
            None => TagKind::Start,
        };
        let inside = stop..(end - usize::from(empty)).max(stop);
        // A tag without an end ends where the next one begins.
        Some(Tag { kind, name: &text[start..stop], range: tag..end + usize::from(whole), inside })
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        let bytes = &self.text.as_bytes()[..self.end];
        loop {
            let tag = find_near(bytes, self.pos, b'<')?;
            match begins_tag(bytes, tag) {
                Some(true) => {
                    let found = self.read(tag);
                    match &found {
                        Some(found) => self.pos = found.range.end,
                        None => {
                            self.cut = Some(tag);
                            self.pos = self.end;
                        }
                    }
                    return found;
                }
                Some(false) => self.pos = tag + 1,
                None => {
                    self.cut = Some(tag);
                    self.pos = self.end;
                    return None;
                }
            }
        }
    }
}

/// An attribute: its name, and where its value stands, quotes excluded.
pub(super) type Attribute<'t> = (&'t str, Range<usize>);

/// The attributes that stand in a part of `text` and have a value.
pub(super) fn attributes(text: &str, inside: Range<usize>) -> impl Iterator<Item = Attribute<'_>> {
    let bytes = text.as_bytes();
    let mut pos = inside.start;
    let end = inside.end.min(bytes.len());
    std::iter::from_fn(move || {
        loop {
            let start = skip_blank(&bytes[..end], pos);
            if start >= end {
                return None;
            }
            let stop = name_end(&bytes[..end], start);
            let equals = skip_blank(&bytes[..end], stop);
            if bytes.get(equals).filter(|_| equals < end) != Some(&b'=') {
                pos = stop.max(start + 1);
                continue;
            }
            let value = skip_blank(&bytes[..end], equals + 1);
            let range = match bytes.get(value).filter(|_| value < end) {
                Some(quote @ (b'"' | b'\'')) => {
                    let close = find_near(&bytes[..end], value + 1, *quote).unwrap_or(end);
                    pos = (close + 1).min(end);
                    value + 1..close
                }
                Some(_) => {
                    let close = bytes[value..end].iter().position(u8::is_ascii_whitespace).map_or(end, |at| value + at);
                    pos = close;
                    value..close
                }
                None => {
                    pos = end;
                    value..end.max(value)
                }
            };
            return Some((&text[start..stop], range));
        }
    })
}

/// The value of the attribute called `name`, and where it stands.
pub(super) fn attribute(text: &str, tag: &Tag<'_>, name: &str) -> Option<Range<usize>> {
    attributes(text, tag.inside.clone()).find(|(own, _)| *own == name).map(|(_, value)| value)
}

/// The value of the attribute with this local name that has a prefix.
pub(super) fn prefixed_attribute<'t>(text: &'t str, tag: &Tag<'_>, local: &str) -> Option<&'t str> {
    let is = |name: &str| name.split_once(':').is_some_and(|(_, own)| own == local);
    attributes(text, tag.inside.clone()).find(|(name, _)| is(name)).map(|(_, value)| &text[value])
}
