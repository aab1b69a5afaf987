//! End tags that are missing, misspelt, mismatched or stray.

use super::{MOST_ASKED, XmlScanner, top_kind};
use crate::decode::known::Wanted;
use crate::decode::tape::Tape;
use crate::decode::walker::{FrameKind, FurtherOut, Meaning, Walker};
use crate::scan::{Fail, Step};
use crate::{NoteKind, Text};

impl XmlScanner {
    /// What a name means, after what is open and has no end tag was closed: when it is known further out and not here.
    pub(super) fn meaning<'a>(
        &mut self,
        body: &str,
        (wanted, further_out): (Wanted<'_>, Option<FurtherOut>),
        offset: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Meaning {
        let meaning = walker.resolve_wanted(wanted);
        let top = walker.top();
        let unclosed = match top.kind {
            FrameKind::Leaf | FrameKind::Head(_) => true,
            FrameKind::Unknown => top.has_text && !top.has_names,
            FrameKind::Record | FrameKind::Level => meaning == Meaning::Unknown,
            FrameKind::Header => matches!(meaning, Meaning::Node { .. } | Meaning::Through),
            _ => false,
        };
        if !unclosed {
            return meaning;
        }
        match further_out.unwrap_or_else(|| walker.wanted_further_out(wanted)) {
            Some((levels, there)) if !self.closes_later(body, offset, walker) => {
                for _ in 0..levels {
                    walker.note_name(NoteKind::MissingEndTag, offset);
                    walker.close(offset, tape);
                }
                walker.meaning_there(there, wanted)
            }
            _ => {
                if matches!(top_kind(walker), FrameKind::Leaf | FrameKind::Head(_)) {
                    walker.note(NoteKind::ElementsForText, offset, wanted.name);
                }
                meaning
            }
        }
    }

    /// Whether the end tag of the innermost element comes, before that of the element around it.
    fn closes_later(&mut self, body: &str, from: usize, walker: &Walker) -> bool {
        let own = walker.top().name.as_str();
        let around = walker.frames.iter().rev().nth(1).map_or("", |frame| frame.name.as_str());
        if self.asked.len() < MOST_ASKED {
            self.asked.push((from, Text::new(own), Text::new(around)));
        }
        self.ahead.closes(body, walker.base, from, own, around)
    }

    /// An end tag that is not that of the innermost element.
    pub(super) fn wrong_end_tag<'a>(
        &mut self,
        body: &'a str,
        name: &str,
        tag: usize,
        walker: &mut Walker,
        tape: &mut Tape<'a>,
    ) -> Result<Step, Fail> {
        if walker.depth() == 1 {
            walker.note(NoteKind::StrayEndTag, tag, name);
            return Ok(Step::More);
        }
        let above = walker.frames.iter().rev().skip(1).position(|frame| frame.name == name);
        if above.is_none() && similar(&walker.top().name, name) {
            walker.note(NoteKind::MisspeltEndTag, tag, name);
            return Ok(self.close(tag, walker, tape));
        }
        if let Some(levels) = above {
            let mut step = Step::More;
            for _ in 0..levels + 2 {
                if walker.top().name != name {
                    walker.note_name(NoteKind::MissingEndTag, tag);
                }
                step = self.close(tag, walker, tape);
            }
            return Ok(step);
        }
        // Nothing open is called so. When the element's own end tag follows, this one is stray.
        if matches!(top_kind(walker), FrameKind::Leaf | FrameKind::Head(_)) && !self.own_follows(body, walker) {
            walker.note(NoteKind::MismatchedEndTag, tag, name);
            return Ok(self.close(tag, walker, tape));
        }
        walker.note(NoteKind::StrayEndTag, tag, name);
        Ok(Step::More)
    }

    fn own_follows(&self, body: &str, walker: &Walker) -> bool {
        let rest = body[self.pos..].trim_start();
        rest.strip_prefix("</").is_some_and(|rest| rest.starts_with(walker.top().name.as_str()))
    }
}

/// Whether one name is a misspelling of the other: they share most of their beginning and end.
pub(crate) fn similar(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    if short.is_empty() || short.len() * 10 < long.len() * 7 {
        return false;
    }
    let same = |a: &u8, b: &u8| a.eq_ignore_ascii_case(b);
    let prefix = short.iter().zip(long).take_while(|(a, b)| same(a, b)).count();
    let suffix = short[prefix..].iter().rev().zip(long.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    (prefix + suffix) * 10 >= long.len() * 7
}
