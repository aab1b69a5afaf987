//! Elements: a start tag and where its own end tag is, found without a look at what stands between.

use super::tags::{Tag, TagKind, Tags};
use crate::scan::xml::similar;
use std::ops::Range;

/// An element of a text.
#[derive(Debug, Clone)]
pub(super) struct Element<'t> {
    pub tag: Tag<'t>,
    /// What stands between its tags.
    pub inner: Range<usize>,
    /// Where it ends, its end tag included.
    pub end: usize,
    pub closing: Closing,
}

/// How an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// With its own end tag, or one that is nearly so.
    Own,
    /// Before the end tag of what is around it.
    Around,
    /// Not at all: the text ends.
    Not,
}

impl<'t> Element<'t> {
    /// The element that begins with `tag`, in a part of the text that ends at `end`; `around` are the local names of what may be
    /// around it.
    pub fn of(text: &'t str, tag: Tag<'t>, end: usize, around: &[&str]) -> Self {
        let start = tag.range.end;
        if tag.kind == TagKind::Empty {
            return Self { tag, inner: start..start, end: start, closing: Closing::Own };
        }
        let own = tag.local();
        // Open elements of its name, and of those of the names around that begin within it.
        let (mut open, mut others) = (0usize, 0usize);
        let mut outer = None;
        for next in Tags::of(text, start..end) {
            match next.kind {
                TagKind::Start if next.is_called(own) => open += 1,
                TagKind::Start if next.is_one_of(around) => others += 1,
                TagKind::End if next.is_called(own) => {
                    if open == 0 {
                        return Self {
                            tag,
                            inner: start..next.range.start,
                            end: next.range.end,
                            closing: Closing::Own,
                        };
                    }
                    open -= 1;
                }
                TagKind::End if outer.is_none() && next.is_one_of(around) => {
                    if others == 0 {
                        outer = Some(next.range.start);
                    } else {
                        others -= 1;
                    }
                }
                _ => {}
            }
        }
        let Some(end) = outer else { return Self { tag, inner: start..end, end, closing: Closing::Not } };
        // A misspelt end tag is the last that comes.
        match Tags::of(text, start..end).last() {
            Some(last) if last.kind == TagKind::End && similar(own, last.local()) => {
                Self { tag, inner: start..last.range.start, end: last.range.end, closing: Closing::Own }
            }
            _ => Self { tag, inner: start..end, end, closing: Closing::Around },
        }
    }

    /// Where it stands.
    pub fn range(&self) -> Range<usize> {
        self.tag.range.start..self.end
    }
}
