//! Answers in answers: a job's answer holds that of the command which the job carried out.

use super::element::{Closing, Element};
use super::oddities::Oddities;
use super::tags::{Tags, prefixed_attribute};
use crate::NoteKind;
use crate::decode::error::DecodeErrorKind;
use crate::decode::names::same_name;
use crate::scan::Fail;
use crate::shape::{NestedReply, ReplyShape};
use std::ops::Range;

/// What the body's child is to the command that was asked.
pub(super) enum Nesting<'t> {
    /// Its own answer, or a stranger.
    Own,
    /// A job's answer, which stands for its own: this is the envelope that it would have.
    Flat(&'static str),
    /// A job's answer that holds none: it can say that the job is not done, or has failed, and nothing else.
    Without(&'static str),
    /// A job's answer around another one.
    Around {
        /// What that stands in.
        field: Element<'t>,
        /// The envelope that it would have.
        root: &'static str,
    },
}

/// The envelope of the command, as it is documented.
pub(super) fn own_root(reply: &ReplyShape) -> &'static str {
    if reply.xml.root.is_empty() { reply.default_root } else { reply.xml.root }
}

/// Tells a job's answer that stands for another command's.
pub(super) fn nesting<'t>(
    text: &'t str,
    child: &Element<'t>,
    reply: &'static ReplyShape,
    odd: &mut Oddities,
) -> Result<Nesting<'t>, Fail> {
    let Some(nested) = reply.api.soap.and_then(|soap| soap.nested) else { return Ok(Nesting::Own) };
    let own = own_root(reply);
    if child.tag.local() != nested.root || own.is_empty() || own == nested.root {
        return Ok(Nesting::Own);
    }
    // What comes before it in the answer has no element of this name.
    let field = Tags::of(text, child.inner.clone()).find(|tag| tag.opens() && tag.local() == nested.field);
    let Some(field) = field.filter(|tag| !is_nil(text, tag)) else { return Ok(Nesting::Without(own)) };
    let mut field = Element::of(text, field, child.inner.end, &[]);
    if field.closing == Closing::Not && child.closing != Closing::Not {
        field.closing = Closing::Around;
    }
    let place = field.tag.range.start;
    match prefixed_attribute(text, &field.tag, "type").map(|name| root_of(name, nested)) {
        Some(root) if is_own(root, reply) => Ok(Nesting::Around { field, root: own }),
        Some(root) if root == reply.api.generic_root && !root.is_empty() => {
            Ok(Nesting::Around { field, root: reply.api.generic_root })
        }
        named => {
            let roots = reply.api.roots;
            let other = named.and_then(|name| roots.binary_search_by(|(root, _)| (*root).cmp(name)).ok());
            if let Some((root, command)) = other.map(|at| roots[at]) {
                let what = format!("the job's answer is `{root}`, the reply to {command}");
                return Err(Fail::new(DecodeErrorKind::OtherCommand, what, place));
            }
            odd.note(NoteKind::RenamedEnvelope, place, named.unwrap_or(nested.field));
            if has_status(text, field.inner.clone(), reply) {
                Ok(Nesting::Around { field, root: own })
            } else {
                // Its content stands where that of the answer itself would.
                Ok(Nesting::Flat(own))
            }
        }
    }
}

fn is_nil(text: &str, tag: &super::tags::Tag<'_>) -> bool {
    prefixed_attribute(text, tag, "nil").is_some_and(|value| matches!(value.trim(), "true" | "1"))
}

/// The envelope that a type is of.
fn root_of(name: &str, nested: NestedReply) -> &str {
    let local = name.trim().rsplit(':').next().unwrap_or_default();
    local.strip_suffix(nested.suffix).unwrap_or(local)
}

fn is_own(root: &str, reply: &ReplyShape) -> bool {
    !root.is_empty() && (root == reply.xml.root || root == reply.default_root || reply.root_aliases.contains(&root))
}

/// Whether a status stands in a part of the text.
fn has_status(text: &str, part: Range<usize>, reply: &ReplyShape) -> bool {
    let is = |name: &str| {
        same_name(reply.xml.status, name) || reply.api.statuses.iter().any(|status| same_name(status, name))
    };
    Tags::of(text, part).any(|tag| tag.opens() && is(tag.local()))
}
