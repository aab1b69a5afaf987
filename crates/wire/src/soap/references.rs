//! Values that stand elsewhere: elements that refer to another one by `href="#id"`, and the text with all of them in their places.

use super::places::Pieced;
use super::tags::{Tag, TagKind, Tags, attribute};
use crate::decode::error::DecodeErrorKind;
use crate::decode::walker::MAX_DEPTH;
use crate::scan::Fail;
use memchr::memmem;
use std::ops::Range;

/// How much longer a text may become, and what is always allowed.
const GROWTH: usize = 8;
const LEAST: usize = 1 << 20;

/// An element with an `id`.
#[derive(Debug, Clone, Copy)]
struct Target {
    id: (u32, u32),
    /// Where it begins.
    start: u32,
    /// Where its end tag begins, or what stands for one; none while it is open.
    end: Option<u32>,
}

/// An open element with an `id`, by its number, and how many of its name are open in it.
struct Open<'t> {
    number: usize,
    name: &'t str,
    nested: usize,
}

/// The elements of a text that others can refer to and that end, in the order of their ids.
#[derive(Debug, Default)]
struct Targets(Vec<Target>);

impl Targets {
    /// Those of a part of the text.
    fn of(text: &str, part: Range<usize>) -> Self {
        let mut targets: Vec<Target> = Vec::new();
        let mut open: Vec<Open<'_>> = Vec::new();
        for tag in Tags::of(text, part) {
            let name = tag.local();
            match tag.kind {
                TagKind::Start | TagKind::Empty => {
                    let start = tag.range.start as u32;
                    if let Some(id) = attribute(text, &tag, "id") {
                        let end = (tag.kind == TagKind::Empty).then_some(tag.range.end as u32);
                        targets.push(Target { id: (id.start as u32, id.end as u32), start, end });
                        if end.is_none() && open.len() < MAX_DEPTH {
                            open.push(Open { number: targets.len() - 1, name, nested: 0 });
                        }
                    } else if tag.kind == TagKind::Start
                        && let Some(around) = open.iter_mut().rev().find(|around| around.name == name)
                    {
                        around.nested += 1;
                    }
                }
                TagKind::End => {
                    let Some(at) = open.iter().rposition(|around| around.name == name) else { continue };
                    if open[at].nested > 0 {
                        open[at].nested -= 1;
                        continue;
                    }
                    for closed in open.drain(at..) {
                        targets[closed.number].end = Some(tag.range.start as u32);
                    }
                }
                _ => {}
            }
        }
        targets.retain(|target| target.end.is_some());
        targets.sort_by(|a, b| id(text, a).cmp(id(text, b)));
        // The first one of an id counts.
        targets.dedup_by(|later, first| id(text, later) == id(text, first));
        Self(targets)
    }

    /// The number of the element called `wanted`.
    fn find(&self, text: &str, wanted: &str) -> Option<usize> {
        self.0.binary_search_by(|target| id(text, target).cmp(wanted)).ok()
    }
}

fn id<'t>(text: &'t str, target: &Target) -> &'t str {
    &text[target.id.0 as usize..target.id.1 as usize]
}

/// Puts a text together, with the values that stand elsewhere in their places.
pub(super) struct Resolver<'t> {
    text: &'t str,
    targets: Targets,
    pub out: Pieced,
    limit: usize,
}

impl<'t> Resolver<'t> {
    /// For parts of `text`; what can be referred to stands in `part`. The result has at most `limit` bytes.
    pub fn new(text: &'t str, part: Range<usize>, limit: usize) -> Self {
        let refers = memmem::find(&text.as_bytes()[part.clone()], b"href").is_some();
        let targets = if refers { Targets::of(text, part) } else { Targets::default() };
        let limit = limit.min(text.len().saturating_mul(GROWTH).max(LEAST));
        Self { text, targets, out: Pieced::default(), limit }
    }

    /// Whether anything in a part of the text refers to something.
    pub fn refers(&self, part: Range<usize>) -> bool {
        let end = part.end;
        !self.targets.0.is_empty() && Tags::of(self.text, part).any(|tag| self.reference(&tag, end).is_some())
    }

    /// Writes what does not stand in the text.
    pub fn write(&mut self, words: [&str; 3], place: usize) {
        self.out.write(words, place);
    }

    /// Copies a part of the text.
    pub fn copy(&mut self, part: Range<usize>) -> Result<(), Fail> {
        self.copy_within(part, &mut Vec::new())
    }

    fn copy_within(&mut self, part: Range<usize>, active: &mut Vec<usize>) -> Result<(), Fail> {
        let text = self.text;
        let mut from = part.start;
        if !self.targets.0.is_empty() {
            let mut tags = Tags::of(text, part.clone());
            while let Some(tag) = tags.next() {
                let Some((target, end)) = self.reference(&tag, part.end) else { continue };
                self.piece(from..tag.range.start)?;
                from = end;
                tags.go_to(end);
                self.element(&tag, target, active)?;
            }
        }
        self.piece(from..part.end)
    }

    fn piece(&mut self, part: Range<usize>) -> Result<(), Fail> {
        if self.out.text.len() + part.len() > self.limit {
            let what = format!("with the values that it refers to, the reply has more than {} bytes", self.limit);
            return Err(Fail::new(DecodeErrorKind::Limit, what, part.start));
        }
        self.out.copy(self.text, part);
        Ok(())
    }

    /// The number of the element that an empty element refers to, and where that empty element ends.
    fn reference(&self, tag: &Tag<'t>, end: usize) -> Option<(usize, usize)> {
        if !tag.opens() || tag.inside.is_empty() {
            return None;
        }
        let value = attribute(self.text, tag, "href")?;
        let target = self.targets.find(self.text, self.text[value].trim().strip_prefix('#')?)?;
        if tag.kind == TagKind::Empty {
            return Some((target, tag.range.end));
        }
        let next = Tags::of(self.text, tag.range.end..end).next()?;
        let is_empty = self.text[tag.range.end..next.range.start].trim().is_empty();
        (is_empty && next.kind == TagKind::End && next.name == tag.name).then_some((target, next.range.end))
    }

    /// Writes the element that begins with `tag` with what it refers to in it.
    fn element(&mut self, tag: &Tag<'t>, first: usize, active: &mut Vec<usize>) -> Result<(), Fail> {
        let (place, before) = (tag.range.start, active.len());
        let mut number = first;
        let (referred, end) = loop {
            if active.contains(&number) {
                return Err(Fail::new(DecodeErrorKind::Limit, "a value refers to itself", place));
            }
            if active.len() >= MAX_DEPTH {
                let what = format!("more than {MAX_DEPTH} values refer to one another");
                return Err(Fail::new(DecodeErrorKind::Limit, what, place));
            }
            active.push(number);
            let target = self.targets.0[number];
            let end = target.end.map_or(target.start, |end| end) as usize;
            let Some(referred) = Tags::of(self.text, target.start as usize..self.text.len()).next() else {
                return Ok(());
            };
            match self.reference(&referred, self.text.len()) {
                Some((next, _)) => number = next,
                None => break (referred, end),
            }
        };
        self.write(["<", tag.name, ""], place);
        self.piece(referred.inside.clone())?;
        if referred.kind == TagKind::Empty {
            self.write(["/>", "", ""], place);
        } else {
            self.write([">", "", ""], place);
            self.copy_within(referred.range.end..end.max(referred.range.end), active)?;
            self.write(["</", tag.name, ">"], place);
        }
        active.truncate(before);
        Ok(())
    }
}
