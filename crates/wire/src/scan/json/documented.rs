//! Members of JSON's objects that come as they are documented: no look at any other name is needed.

use super::members::fits;
use super::{Comma, JsonScanner};
use crate::decode::tape::Tape;
use crate::decode::walker::{Meaning, Walker, Way};
use crate::scan::body::skip_blank;
use crate::scan::json_text::TokenKind;
use crate::scan::{Fail, Step, swar};
use crate::shape::{LeafSpec, NodeKind};
use std::borrow::Cow;

impl JsonScanner {
    /// Reads the key at `at` and those after it as long as each is the one that is documented next. `None` when the first is
    /// not: nothing was read then.
    pub(super) fn documented<'a>(
        &mut self,
        body: &'a str,
        mut at: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Option<Step>, Fail> {
        let bytes = body.as_bytes();
        let mut read = None;
        loop {
            if self.comma != Comma::Unexpected || !walker.top().kind.has_names_inside() {
                return Ok(read);
            }
            let Some((shape, node, name)) = walker.next_documented() else { return Ok(read) };
            let Some(value) = value_of(bytes, at, name) else { return Ok(read) };
            self.comma_at = None;
            let NodeKind::Leaf { spec, .. } = shape.nodes[usize::from(node)].kind else {
                let meaning = Meaning::Node { shape, node, exact: true };
                return self.value(body, value, (name, meaning, at), walker, tape).map(Some);
            };
            let Some((end, following)) = plain_string(bytes, value).filter(|_| is_text(&spec)) else {
                let meaning = Meaning::Node { shape, node, exact: true };
                return self.value(body, value, (name, meaning, at), walker, tape).map(Some);
            };
            walker.content_seen = true;
            walker.field(shape, node, Way::Documented, Cow::Borrowed(&body[value + 1..end]), value + 1, tape);
            self.pos = end + 1;
            self.comma = Comma::Expected;
            if walker.in_envelope() {
                return Ok(Some(Step::Done(node)));
            }
            read = Some(Step::More);
            let Some((comma, key)) = following else { return Ok(read) };
            self.comma = Comma::Unexpected;
            self.comma_at = Some(comma);
            self.pos = comma + 1;
            at = key;
        }
    }
}

/// Whether a string fits the leaf, and is all of it.
fn is_text(spec: &LeafSpec) -> bool {
    !spec.many && fits(TokenKind::String, spec.json_as)
}

/// Where the value begins whose key at `at` is `name`, in quotes and with a colon.
fn value_of(bytes: &[u8], at: usize, name: &str) -> Option<usize> {
    let rest = bytes.get(at..)?.strip_prefix(b"\"")?.strip_prefix(name.as_bytes())?;
    // A name with other characters around it would be read without them.
    let is_bare = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    if rest.first() != Some(&b'"') || !is_bare(name.as_bytes().first()) || !is_bare(name.as_bytes().last()) {
        return None;
    }
    let colon = skip_blank(bytes, at + name.len() + 2);
    let value = skip_blank(bytes, colon + 1);
    (bytes.get(colon) == Some(&b':') && bytes.get(value).is_some_and(|byte| !byte.is_ascii_whitespace()))
        .then_some(value)
}

/// The string at `open`, when it is plain and what follows leaves no doubt that it ends there: where its quote is, and the
/// comma and the key behind it when there are such.
pub(super) fn plain_string(bytes: &[u8], open: usize) -> Option<(usize, Option<(usize, usize)>)> {
    if bytes.get(open) != Some(&b'"') {
        return None;
    }
    let mask = |word| swar::first(word, b'"') | swar::first(word, b'\\') | swar::first_below(word, 0x20);
    let end = swar::find(bytes, open + 1, mask, |byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
    // Behind a comma the quote may open a key.
    if bytes[end] != b'"' || end > open + 1 && matches!(bytes[end - 1], b',' | b' ') {
        return None;
    }
    let next = skip_blank(bytes, end + 1);
    match bytes.get(next)? {
        b'}' | b']' => Some((end, None)),
        b',' => {
            let key = skip_blank(bytes, next + 1);
            (bytes.get(key) == Some(&b'"')).then_some((end, Some((next, key))))
        }
        _ => None,
    }
}
