//! Where texts go: to the tape, to the head, into a note, or into an open reply.

use super::{FrameKind, Meaning, Walker, Way};
use crate::decode::names::{same_name, siblings};
use crate::decode::tape::{Cell, Mark, Tape};
use crate::decode::verdict::HeadField;
use crate::shape::Shape;
use crate::{NoteKind, SoapStyle, Text};
use std::borrow::Cow;

/// Attributes of other namespaces that say how a message of SOAP is encoded, by their local names.
const ENCODING: [&str; 12] = [
    "type",
    "nil",
    "arrayType",
    "encodingStyle",
    "offset",
    "position",
    "root",
    "id",
    "itemType",
    "arraySize",
    "schemaLocation",
    "noNamespaceSchemaLocation",
];

impl Walker {
    /// Gives the innermost level a text. `true` when the text was of use.
    pub fn text<'a>(&mut self, text: Cow<'a, str>, offset: usize, tape: &mut Tape<'a>) -> bool {
        let top = self.frames.len() - 1;
        self.frames[top].has_text |= !text.is_empty();
        let (kind, at, shape) = (self.frames[top].kind, self.frames[top].node, self.frames[top].shape);
        match kind {
            FrameKind::Leaf => {
                self.leaf(shape, at, text, offset, tape);
                true
            }
            FrameKind::Head(field) => {
                self.head_text(field, &text, offset);
                true
            }
            FrameKind::Open => {
                if !text.is_empty() {
                    tape.push(Cell::text(u16::MAX, text, offset));
                }
                true
            }
            FrameKind::Unknown | FrameKind::Through if self.open_tree.is_some() => {
                if let Some(tree) = &mut self.open_tree
                    && (self.frames.len() > 2)
                {
                    tree.text(&text);
                }
                true
            }
            _ if text.is_empty() => true,
            FrameKind::Unknown => {
                self.unknown_fields += 1;
                self.note(NoteKind::UnknownField, offset, &text);
                true
            }
            FrameKind::Through if !self.frames[top].has_names => {
                self.unknown_fields += 1;
                self.note(NoteKind::UnknownField, offset, &text);
                true
            }
            _ => false,
        }
    }

    /// A whole leaf in one go, as `open`, `text` and `close` would take it.
    pub fn field<'a>(
        &mut self,
        shape: &'static Shape,
        at: u16,
        way: Way<'_>,
        text: Cow<'a, str>,
        offset: usize,
        tape: &mut Tape<'a>,
    ) {
        if let Way::Deviating(name, place) = way {
            self.note_way(shape, at, name, place);
        }
        let top = self.top_mut();
        top.has_names = true;
        top.hint = at + 1;
        self.known_fields += 1;
        self.leaf(shape, at, text, offset, tape);
    }

    /// An attribute: a field of the level that it stands on, or the text of an otherwise empty leaf.
    pub fn attribute<'a>(&mut self, name: &str, text: Cow<'a, str>, start: usize, offset: usize, tape: &mut Tape<'a>) {
        let top = self.frames.len() - 1;
        match self.frames[top].kind {
            FrameKind::Leaf | FrameKind::Head(_) if same_name("value", name) && !self.frames[top].has_text => {
                self.note(NoteKind::AttributeField, start, name);
                self.text(text, offset, tape);
            }
            FrameKind::Record | FrameKind::Level | FrameKind::Root | FrameKind::Header | FrameKind::Through => {
                let wanted = self.wanted(name);
                if wanted.is_strange() {
                    return self.unknown_attribute(name, &text, start);
                }
                if let Some((node, exact)) = self.documented_attribute(name) {
                    let shape = self.frames[top].shape;
                    return self.field(shape, node, Way::of(exact, name, start), text, offset, tape);
                }
                match self.resolve_wanted(wanted) {
                    Meaning::Node { shape, node, exact } if shape.nodes[usize::from(node)].is_leaf() => {
                        self.note(NoteKind::AttributeField, start, name);
                        self.field(shape, node, Way::of(exact, name, start), text, offset, tape);
                    }
                    Meaning::Head(field) => {
                        self.note(NoteKind::AttributeField, start, name);
                        self.head_text(field, &text, offset);
                    }
                    _ => self.unknown_attribute(name, &text, start),
                }
            }
            FrameKind::Open => {
                self.frames[top].has_names = true;
                tape.push(Cell::open(&format!("@{name}"), start));
                tape.push(Cell::text(u16::MAX, text, offset));
                tape.push(Cell::mark(Mark::Leave, u16::MAX, offset));
            }
            _ => self.unknown_attribute(name, &text, start),
        }
    }

    /// The attribute `name` of the innermost level as the shape has it, and whether it is spelt so.
    fn documented_attribute(&self, name: &str) -> Option<(u16, bool)> {
        let frame = self.top();
        let attributes = || {
            siblings(frame.shape, frame.scope, self.format)
                .filter_map(|(at, node)| Some((at, node.name(self.format).strip_prefix('@')?)))
        };
        let exact = attributes().find(|(_, own)| *own == name).map(|(at, _)| (at, true));
        let is_alias = |at: u16| {
            let aliases = frame.shape.nodes[usize::from(at)].aliases;
            aliases.iter().any(|alias| alias.strip_prefix('@') == Some(name))
        };
        let alias = || attributes().find(|(at, _)| is_alias(*at)).map(|(at, _)| (at, true));
        exact.or_else(alias).or_else(|| attributes().find(|(_, own)| same_name(own, name)).map(|(at, _)| (at, false)))
    }

    /// Takes the attributes that encoded messages have beside their content: types, and what is absent. `false` for any other.
    pub fn encoding_attribute(&mut self, name: &str, text: &str) -> bool {
        let Some(soap) = self.soap else { return false };
        let Some((_, local)) = name.split_once(':') else {
            // What is referred to has a name for that.
            return soap.style == SoapStyle::Rpc && name == "id";
        };
        if local == "nil" {
            self.top_mut().nil = matches!(text.trim(), "true" | "1");
        }
        ENCODING.contains(&local)
    }

    pub fn unknown_attribute(&mut self, name: &str, text: &str, start: usize) {
        if let Some(tree) = self.open_tree.as_mut().filter(|_| self.soap.is_some() && self.frames.len() > 2) {
            tree.open(&format!("@{name}"));
            tree.text(text);
            tree.close();
            return self.top_mut().has_names = true;
        }
        if self.is_noting() {
            self.note_field(NoteKind::UnknownAttribute, &format!("@{name}"), None, start, text);
        } else {
            self.notes.omit();
        }
    }

    /// Puts a leaf's text on the tape: as it is, or the items of a list in a string.
    pub fn leaf<'a>(&mut self, shape: &'static Shape, at: u16, text: Cow<'a, str>, offset: usize, tape: &mut Tape<'a>) {
        let node = &shape.nodes[usize::from(at)];
        if self.envelope().code.is_empty() && !self.in_envelope() {
            // A reply without a head of its own: the items carry it, as fields.
            let name = node.name(self.format);
            if let Some(field) = self.head_field(self.wanted(name)) {
                self.item_head(field, &text);
            }
        }
        if node.ignore.iter().any(|ignored| *ignored == text) {
            return;
        }
        if node.in_string
            && let Some(list) = text.trim().strip_prefix('[').and_then(|list| list.strip_suffix(']'))
        {
            for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                tape.push(Cell::text(at, Cow::Owned(item.to_owned()), offset));
            }
            return;
        }
        if node.skip_empty && text.is_empty() {
            return;
        }
        tape.push(Cell::text(at, text, offset));
    }

    /// Code or status where it is documented, in one go; it is the first.
    pub fn head_leaf(&mut self, field: HeadField, text: &str, offset: usize) {
        let top = self.top_mut();
        top.has_names = true;
        let level = top.offset;
        self.head_text_in(field, text, offset, Some(level));
    }

    /// The text of a level of the head, which is the innermost.
    pub(super) fn head_text(&mut self, field: HeadField, text: &str, offset: usize) {
        let around = self.frames.len().checked_sub(2).map(|at| self.frames[at].offset);
        self.head_text_in(field, text, offset, around);
    }

    /// Code, status or error in the level that begins at `level`.
    fn head_text_in(&mut self, field: HeadField, text: &str, offset: usize, level: Option<usize>) {
        let record = self.frames.iter().rev().find(|frame| frame.kind == FrameKind::Record).map(|frame| frame.index);
        if record.is_some() {
            self.item_head(field, text);
            if !text.trim().is_empty() {
                self.unknown_fields += 1;
                self.note(NoteKind::UnknownField, offset, text);
            }
            return;
        }
        let slot = match field {
            HeadField::Code => &mut self.head.code,
            HeadField::Status => &mut self.head.status,
            HeadField::Error => &mut self.head.error,
        };
        let place = &mut self.head.places[field as usize];
        match slot {
            None => {
                *slot = Some(Text::new(text.trim()));
                *place = level;
            }
            Some(first) if first.eq_ignore_ascii_case(text.trim()) => {
                if *place == level {
                    self.note(NoteKind::DuplicateField, offset, text);
                }
            }
            Some(_) => {
                self.head.conflict |= field != HeadField::Error;
                if field == HeadField::Error && !text.trim().is_empty() {
                    // Several error texts: each counts.
                    if let Some(first) = &mut self.head.error {
                        *first = Text::from(format!("{first}; {}", text.trim()));
                    }
                } else {
                    self.note(NoteKind::ConflictingCode, offset, text);
                }
            }
        }
    }

    /// Whether a code means success.
    pub fn is_success(&self, code: &str) -> bool {
        !self.is_generic() && code.trim().parse().is_ok_and(|code: i64| self.reply.api.success.contains(&code))
    }

    /// Code, status or error inside an item of a list: it is the item's own.
    pub(super) fn item_head(&mut self, field: HeadField, text: &str) {
        let text = text.trim();
        match field {
            HeadField::Code if self.is_success(text) => self.head.item_codes.0 += 1,
            HeadField::Code => {
                self.head.item_codes.1 += 1;
                if self.head.failed_item.is_none() {
                    self.head.failed_item = Some((Text::new(text), Text::empty(), Text::empty()));
                }
            }
            HeadField::Status => {
                if let Some((_, status, _)) = &mut self.head.failed_item
                    && status.is_empty()
                {
                    *status = Text::new(text);
                }
            }
            HeadField::Error => {
                if let Some((_, _, error)) = &mut self.head.failed_item
                    && error.is_empty()
                {
                    *error = Text::new(text);
                }
            }
        }
    }
}
