//! The driver: runs a scanner over a body, puts each finished part into the value, and judges the reply at its end.

use super::Options;
use super::error::{DecodeError, DecodeErrorKind};
use super::learn::{Learnt, LearntNote, Taken};
use super::tape::{self, ApplyNotes, Cell, Mark, Tape};
use super::verdict::{self, Refusal, Verdict};
use super::names::same_name;
use super::walker::{REDACTED, Walker};
use crate::scan::csv::CsvScanner;
use crate::scan::json::JsonScanner;
use crate::scan::xml::{XmlScanner, similar};
use crate::scan::{Fail, Step, body};
use crate::shape::{NodeKind, ReplyShape, Shape};
use crate::{Format, Head, Note, NoteKind, Notes, Record, Text};

/// Value bytes that are always allowed: a page of small rows fills records that are larger than they are.
const VALUE_FLOOR: usize = 32 << 20;

/// The scanner of the body's format.
#[derive(Debug, Clone)]
pub(crate) enum Scanner {
    Xml(XmlScanner),
    Json(JsonScanner),
    Csv(CsvScanner),
}

impl Scanner {
    pub fn new(format: Format, pos: usize) -> Self {
        match format {
            Format::Xml => Self::Xml(XmlScanner::at(pos)),
            Format::Json => Self::Json(JsonScanner::at(pos)),
            Format::Csv => Self::Csv(CsvScanner::at(pos)),
        }
    }

    pub fn pos(&self) -> usize {
        match self {
            Self::Xml(scanner) => scanner.pos,
            Self::Json(scanner) => scanner.pos,
            Self::Csv(scanner) => scanner.pos,
        }
    }

    /// Goes on behind a record that a learnt shape took in.
    fn after_item(&mut self, pos: usize) {
        match self {
            Self::Xml(scanner) => scanner.pos = pos,
            Self::Json(scanner) => scanner.after_item(pos),
            Self::Csv(scanner) => scanner.pos = pos,
        }
    }

    /// Whether no bracket is open.
    fn is_closed(&self) -> bool {
        match self {
            Self::Json(scanner) => scanner.is_closed(),
            Self::Xml(_) | Self::Csv(_) => true,
        }
    }

    /// Moves `by` bytes back: the text before was dropped.
    pub fn rebase(&mut self, by: usize) {
        match self {
            Self::Xml(scanner) => scanner.pos -= by,
            Self::Json(scanner) => scanner.rebase(by),
            Self::Csv(scanner) => scanner.pos -= by,
        }
    }
}

/// What a reply is beside its value.
pub(crate) struct Outcome {
    pub head: Head,
    pub refusal: Option<Refusal>,
    pub pending: bool,
    pub notes: Notes,
    pub format: Format,
}

/// Where the last item of a list ended.
#[derive(Debug, Clone, Copy)]
struct LastItem {
    node: u16,
    end: usize,
}

/// A record whose beginning a learnt shape took in, and whose end it may.
#[derive(Debug, Clone, Copy)]
struct Rejoining {
    list: u16,
    /// Its index in the list.
    index: u32,
    /// Open levels around the record.
    depth: usize,
    /// How often to try yet: what a hostile record can cost is bounded by it.
    tries: u8,
    /// Cells at the last try.
    cells: usize,
}

/// Runs a scanner over a body.
pub(crate) struct Driver<'a> {
    pub body: &'a str,
    pub walker: Walker,
    pub scanner: Scanner,
    pub tape: Tape<'a>,
    /// Whether no more text comes after `body`.
    pub last: bool,
    learnt: Learnt,
    learnable: bool,
    /// The list that `learnt` is of.
    list: Option<u16>,
    last_item: Option<LastItem>,
    rejoining: Option<Rejoining>,
    notes_before: usize,
    seen: u128,
    max_cells: usize,
    max_value: usize,
    value_size: usize,
    reserved: bool,
    root_checked: bool,
    ended: bool,
    /// Whether no spec describes the reply.
    open: bool,
}

/// The body as text, checked against the limits.
pub(crate) fn text_of<'a>(
    shape: &'static ReplyShape,
    body: &'a [u8],
    options: &Options,
) -> Result<body::Decoded<'a>, DecodeError> {
    if body.len() > options.max_body.min(u32::MAX as usize) {
        let what = format!("the body has {} bytes, more than {}", body.len(), options.max_body);
        return Err(error(shape, body, "", Fail::new(DecodeErrorKind::Limit, what, 0)));
    }
    Ok(body::decode(body))
}

/// A failure with its surroundings.
pub(crate) fn error(shape: &ReplyShape, body: &[u8], path: impl Into<Text>, fail: Fail) -> DecodeError {
    DecodeError::new(fail.kind, shape.command, fail.what, path, fail.offset, body)
}

impl<'a> Driver<'a> {
    pub fn new(shape: &'static ReplyShape, text: &'a str, options: &Options) -> Result<Self, Fail> {
        let (format, start) = body::detect(text, shape, options.format)?;
        let mut walker = Walker::new(shape, format, text.len() / 4 + 4096);
        if options.format.is_some_and(|asked| asked != format) {
            walker.note(NoteKind::OtherFormat, start, format.name());
        }
        let preamble = text[..start].trim();
        if !preamble.is_empty() {
            walker.note(NoteKind::Preamble, 0, preamble);
        }
        if format == Format::Csv && !text.contains('\n') && text.contains('\r') {
            walker.line_end = b'\r';
            walker.note(NoteKind::CarriageReturn, text.find('\r').unwrap_or(0), "CR");
        }
        if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) {
            walker.note(NoteKind::CarriageReturn, text.find('\r').unwrap_or(0), "");
        }
        Ok(Self::resume(text, walker, Scanner::new(format, start), options))
    }

    /// A driver in the midst of a body.
    pub fn resume(text: &'a str, walker: Walker, scanner: Scanner, options: &Options) -> Self {
        let max_value = options.max_value.unwrap_or_else(|| (text.len() * 2).max(VALUE_FLOOR));
        let notes_before = walker.notes.len();
        let learnable = walker.format != Format::Csv;
        let open = walker.open_tree.is_some();
        Self {
            body: text,
            walker,
            scanner,
            tape: Vec::new(),
            last: true,
            learnt: Learnt::default(),
            learnable,
            list: None,
            last_item: None,
            rejoining: None,
            notes_before,
            seen: 0,
            max_cells: (text.len() / size_of::<Cell<'_>>()).max(1 << 16),
            max_value,
            value_size: 0,
            reserved: false,
            root_checked: false,
            ended: false,
            open,
        }
    }

    /// Notes of the bytes themselves.
    pub fn note_bytes(&mut self, notes: &[(NoteKind, usize, &'static str)]) {
        for (kind, offset, text) in notes {
            self.walker.note(*kind, *offset, text);
            if *kind == NoteKind::ByteOrderMark && *text == "UTF-8" {
                self.walker.base = 3;
            }
        }
        self.notes_before = self.walker.notes.len();
    }

    /// Decodes the whole body into `value`.
    pub fn run(&mut self, value: &mut dyn Record) -> Result<(), Fail> {
        while let Some(node) = self.advance()? {
            self.flush(value, node)?;
        }
        // What stands directly in the reply and was not completed by an item.
        self.flush(value, u16::MAX)?;
        if let Some(tree) = self.walker.open_tree.take()
            && let Some(fields) = value.open_fields()
        {
            *fields = tree.finish();
        }
        Ok(())
    }

    /// Reads on until a field or item of the reply is complete; `None` at the reply's end.
    pub fn advance(&mut self) -> Result<Option<u16>, Fail> {
        loop {
            if self.ended {
                return Ok(None);
            }
            if let Some(node) = self.advance_learnt() {
                return Ok(Some(node));
            }
            let step = match &mut self.scanner {
                Scanner::Xml(scanner) => scanner.step(self.body, &mut self.walker, &mut self.tape)?,
                Scanner::Json(scanner) => scanner.step(self.body, &mut self.walker, &mut self.tape)?,
                Scanner::Csv(scanner) => scanner.step(self.body, self.last, &mut self.walker, &mut self.tape)?,
            };
            if !self.root_checked {
                self.check_root()?;
            }
            if self.tape.len() > self.max_cells {
                let what = "one part of the reply has more texts than its size allows".to_owned();
                return Err(Fail::new(DecodeErrorKind::Limit, what, self.scanner.pos()));
            }
            match step {
                Step::More => {
                    if self.rejoining.is_some()
                        && let Some(node) = self.take_up()
                    {
                        return Ok(Some(node));
                    }
                }
                Step::Done(node) => {
                    self.stop_rejoining();
                    self.learn(node);
                    return Ok(Some(node));
                }
                Step::End => self.ended = true,
                Step::Short => self.short()?,
            }
        }
    }

    fn short(&mut self) -> Result<(), Fail> {
        let offset = self.body.len();
        let rest = self.body[self.scanner.pos().min(offset)..].trim();
        let closed = self.walker.depth() == 1 && self.scanner.is_closed();
        if self.last && closed && self.walker.known_or_head() && rest.is_empty() {
            self.ended = true;
            return Ok(());
        }
        let what = if self.walker.depth() == 1 && !self.walker.known_or_head() {
            "the body holds no reply".to_owned()
        } else {
            "the body ends before the reply does".to_owned()
        };
        let kind = if self.walker.depth() == 1 && !self.walker.known_or_head() && rest.is_empty() && self.last {
            DecodeErrorKind::NotAReply
        } else {
            DecodeErrorKind::CutOff
        };
        Err(Fail::new(kind, what, offset))
    }

    /// Takes in the next item by a learnt shape.
    fn advance_learnt(&mut self) -> Option<u16> {
        let LastItem { node, end } = self.last_item?;
        if self.list != Some(node) || !self.learnt.is_ready() || end != self.scanner.pos() || !self.tape.is_empty() {
            return None;
        }
        match self.learnt.take(self.body, end, &mut self.tape) {
            Taken::Whole(end) => {
                let index = self.walker.count_item(node);
                self.repeat_notes(node, index, 0..usize::MAX);
                Some(self.end_item(node, end))
            }
            Taken::Part => {
                self.resume_by_name(node);
                None
            }
            Taken::No => {
                self.tape.clear();
                None
            }
        }
    }

    /// An item is complete that the scanner did not read to its end.
    fn end_item(&mut self, node: u16, end: usize) -> u16 {
        self.scanner.after_item(end);
        self.walker.known_fields += 1;
        self.last_item = Some(LastItem { node, end });
        node
    }

    /// The learnt form fits only so far: reading by name goes on inside the last value that it cut out.
    fn resume_by_name(&mut self, list: u16) {
        if !matches!(self.scanner, Scanner::Xml(_)) {
            self.tape.clear();
            return;
        }
        while self.tape.last().is_some_and(|cell| cell.mark != Mark::Text || cell.text.is_empty()) {
            self.tape.pop();
        }
        let Some(value) = self.tape.pop() else { return };
        let depth = self.walker.depth();
        let index = self.walker.reopen(list, &self.tape, &value);
        self.repeat_notes(list, index, 0..self.tape.len());
        let mut scanner = XmlScanner::at(value.offset as usize);
        scanner.single = true;
        self.scanner = Scanner::Xml(scanner);
        self.rejoining = Some(Rejoining { list, index, depth, tries: 3, cells: self.tape.len() + 1 });
    }

    /// After a repair: takes the learnt form up again where the record goes on as it should.
    fn take_up(&mut self) -> Option<u16> {
        let Rejoining { list, index, depth, tries, cells } = self.rejoining.as_mut()?;
        if self.tape.len() <= *cells || self.walker.depth() <= *depth {
            return None;
        }
        *cells = self.tape.len();
        let (list, index, depth, cells) = (*list, *index, *depth, *cells);
        let end = self.learnt.rejoin(self.body, cells, &mut self.tape);
        *tries -= 1;
        if end.is_some() || *tries == 0 {
            self.stop_rejoining();
        }
        let end = end?;
        self.walker.abandon(depth);
        self.repeat_notes(list, index, cells..usize::MAX);
        Some(self.end_item(list, end))
    }

    /// Gives the notes of the learnt form again that stand between these cells.
    fn repeat_notes(&mut self, list: u16, index: u32, cells: std::ops::Range<usize>) {
        for note in self.learnt.notes(cells.start).filter(|note| note.cells < cells.end) {
            let before = note.cells.checked_sub(1).and_then(|last| self.tape.get(last));
            let place = before.map_or(0, |cell| cell.offset as usize + cell.text.len());
            self.walker.note_in_item(list, index, note, place + note.distance);
        }
    }

    /// The notes since the last item, as a learnt form gives them again; `None` when one of them is about a value.
    fn learnt_notes(&self, first: usize, path: &str) -> Option<Vec<LearntNote>> {
        let notes = self.walker.notes.get(first..)?;
        let learn = |note: &Note| {
            let offset = note.offset.checked_sub(self.walker.base)?;
            let cells = self.tape.partition_point(|cell| cell.offset as usize <= offset);
            let before = cells.checked_sub(1).and_then(|last| self.tape.get(last))?;
            let end = before.offset as usize + before.text.len();
            let path = note.path.strip_prefix(path)?;
            let distance = offset.checked_sub(end)?;
            Some(LearntNote { kind: note.kind, path: path.into(), distance, cells, text: note.text.clone() })
        };
        notes.iter().map(learn).collect()
    }

    fn stop_rejoining(&mut self) {
        self.rejoining = None;
        if let Scanner::Xml(scanner) = &mut self.scanner {
            scanner.single = false;
        }
    }

    /// Learns from an item that was read by name.
    fn learn(&mut self, node: u16) {
        let notes = std::mem::replace(&mut self.notes_before, self.walker.notes.len());
        if !self.learnable {
            return;
        }
        let Some(first) = self.tape.first().filter(|cell| cell.mark == Mark::Enter && cell.node == node) else {
            return;
        };
        let (start, end) = (first.offset as usize, self.scanner.pos());
        let previous = self.last_item.replace(LastItem { node, end });
        if self.list != Some(node) {
            self.list = Some(node);
            self.learnt = Learnt::default();
        } else if let Some(previous) = previous.filter(|previous| previous.node == node && previous.end <= start) {
            self.learnt.separate(&self.body[previous.end..start]);
        }
        let whole = tape::leave(&self.tape[1..]) + 2 == self.tape.len();
        let kept = self.walker.notes.omitted() == 0;
        if whole && kept && learnable(self.walker.reply, self.walker.reply.shape, &self.tape) {
            let (body, format) = (self.body, self.walker.format);
            let mut learnt = std::mem::take(&mut self.learnt);
            let learn = || {
                if notes == self.walker.notes.len() {
                    return Some(Vec::new());
                }
                self.learnt_notes(notes, &self.walker.item_path(node))
            };
            learnt.learn(body, start..end, &self.tape, learn, format);
            self.learnt = learnt;
        }
    }

    /// Puts the tape into the value.
    fn flush(&mut self, value: &mut dyn Record, node: u16) -> Result<(), Fail> {
        if self.tape.is_empty() {
            return Ok(());
        }
        let shape = self.walker.reply.shape;
        if let Some(NodeKind::Child { id, many: true, .. }) = shape.nodes.get(usize::from(node)).map(|node| node.kind)
            && let Some(child) = value.child_mut(id)
        {
            let size = child.item_size();
            self.value_size += size;
            if self.value_size > self.max_value {
                let what = format!("the value would take more than {} bytes", self.max_value);
                return Err(Fail::new(DecodeErrorKind::Limit, what, self.scanner.pos()));
            }
            if !self.reserved && child.len() == 1 {
                self.reserved = true;
                self.reserve(child, size);
            }
        }
        self.value_size += self.tape.len() * size_of::<Text>();
        let walker = &mut self.walker;
        let (budget, base, format) = (walker.budget, walker.base, walker.format);
        let mut sink = NoteSink { notes: &mut walker.notes, budget, base, format, root: &walker.root_name };
        tape::apply(value, shape, &self.tape, &mut self.seen, &mut Vec::new(), &mut sink);
        self.tape.clear();
        self.notes_before = self.walker.notes.len();
        Ok(())
    }

    /// Makes room for as many more records as the rest of the body can hold, going by the last one.
    fn reserve(&self, child: &mut dyn crate::Child, size: usize) {
        let Some(first) = self.tape.first() else { return };
        let len = self.scanner.pos().saturating_sub(first.offset as usize).max(1);
        let rest = self.body.len().saturating_sub(self.scanner.pos());
        let fit = self.max_value.saturating_sub(self.value_size) / size.max(1);
        // A sixteenth more, since records differ in length.
        child.reserve((rest / len + rest / len / 16 + 1).min(fit).min(rest / 2 / size.max(1) + rest / len / 64 + 8));
    }

    /// Tells a renamed envelope from another command's.
    fn check_root(&mut self) -> Result<(), Fail> {
        let Some((name, offset)) = self.walker.foreign_root.clone() else {
            self.root_checked = self.walker.root_seen;
            return Ok(());
        };
        self.root_checked = true;
        let reply = self.walker.reply;
        if self.walker.open_tree.is_some() && reply.default_root.is_empty() {
            // A raw command: whatever comes is its envelope.
            self.walker.foreign_root = None;
            return Ok(());
        }
        let roots = reply.api.roots;
        if self.documented_root().is_empty() && self.walker.format == Format::Json && self.walker.known_or_head() {
            // Without an envelope an unknown name is a new field.
            self.walker.foreign_root = None;
            return Ok(());
        }
        if *name == *reply.api.generic_root {
            return Ok(());
        }
        let first = roots.partition_point(|(root, _)| *root < name.as_str());
        if let Some((root, command)) = roots.get(first).filter(|(root, _)| name == **root) {
            let what = format!("the body is `{root}`, the reply to {command}");
            return Err(Fail::new(DecodeErrorKind::OtherCommand, what, offset));
        }
        let own = [reply.xml.root, reply.json.root, reply.default_root];
        if own.iter().any(|root| same_name(root, &name) || similar(root, &name)) {
            self.walker.foreign_root = None;
            self.walker.note(NoteKind::RenamedEnvelope, offset, &name);
        }
        Ok(())
    }

    fn documented_root(&self) -> &'static str {
        match self.walker.format {
            Format::Json => self.walker.reply.json.root,
            _ => self.walker.reply.xml.root,
        }
    }

    /// Puts the item on the tape into `record`.
    pub fn apply_item(&mut self, record: &mut dyn Record, shape: &'static Shape) {
        let walker = &mut self.walker;
        let (budget, base, format) = (walker.budget, walker.base, walker.format);
        let mut sink = NoteSink { notes: &mut walker.notes, budget, base, format, root: &walker.root_name };
        tape::apply(record, shape, super::items::inner(&self.tape), &mut 0, &mut Vec::new(), &mut sink);
        self.notes_before = self.walker.notes.len();
    }

    /// Where the driver stands, to come back to.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { scanner: self.scanner.clone(), place: self.walker.place() }
    }

    /// Moves a checkpoint here.
    pub fn move_checkpoint(&self, checkpoint: &mut Checkpoint) {
        checkpoint.scanner.clone_from(&self.scanner);
        self.walker.move_place(&mut checkpoint.place);
    }

    /// Ends the driver at `checkpoint`; another one can go on from there with more text.
    pub fn part(mut self, checkpoint: Checkpoint) -> Parts {
        self.walker.return_to(checkpoint.place);
        let end = checkpoint.scanner.pos();
        let last_item = self.last_item.filter(|item| item.end == end);
        Parts {
            walker: self.walker,
            scanner: checkpoint.scanner,
            learnt: self.learnt,
            list: self.list,
            last_item,
            root_checked: self.root_checked,
        }
    }

    /// Goes on where another driver stopped.
    pub fn rejoin(text: &'a str, parts: Parts, options: &Options) -> Self {
        let mut driver = Self::resume(text, parts.walker, parts.scanner, options);
        driver.learnt = parts.learnt;
        driver.list = parts.list;
        driver.last_item = parts.last_item;
        driver.root_checked = parts.root_checked;
        driver
    }

    /// Judges the reply at its end.
    pub fn finish(mut self, options: &Options) -> Result<Outcome, (Text, Fail)> {
        let end = self.scanner.pos().min(self.body.len());
        let rest = &self.body[end..];
        let trailer = rest.trim();
        if !trailer.is_empty() && self.walker.format != Format::Csv {
            let offset = end + (rest.len() - rest.trim_start().len());
            self.walker.note(NoteKind::Trailer, offset, trailer);
        }
        let reply = self.walker.reply;
        let envelope = if self.walker.format == Format::Json { &reply.json } else { &reply.xml };
        let csv = self.walker.format == Format::Csv;
        let judgement = verdict::judge(
            &self.walker.head,
            reply.api,
            !envelope.code.is_empty() && !csv,
            if csv {
                reply.csv.is_some_and(|layout| layout.cells.contains(&"status")) && self.walker.head.error.is_none()
            } else {
                !envelope.status.is_empty() && !self.walker.is_generic()
            },
        );
        for (kind, text) in &judgement.notes {
            self.walker.note(*kind, end, text);
        }
        let refusal = match judgement.verdict {
            Verdict::Ok => None,
            Verdict::Refused(refusal) => Some(refusal),
            Verdict::None(why) => {
                let kind =
                    if self.walker.foreign_root.is_some() { DecodeErrorKind::NotAReply } else { verdict::NO_VERDICT };
                return Err((Text::empty(), Fail::new(kind, why, end)));
            }
        };
        if let Some((name, offset)) = self.walker.foreign_root.take() {
            self.foreign(&name, offset, refusal.is_none()).map_err(|fail| (Text::empty(), fail))?;
        }
        if csv && refusal.is_none() && self.walker.notes.iter().any(|note| note.kind == NoteKind::Unparsed) {
            let only_field =
                reply.csv.is_some_and(|layout| !layout.cells.contains(&"status") && layout.rows.is_empty());
            if only_field {
                let what = "the only cell beside `ok` does not hold what the command answers";
                return Err((Text::empty(), Fail::new(DecodeErrorKind::OtherCommand, what, end)));
            }
        }
        if refusal.is_none() && !self.walker.own_root && !csv && !self.open {
            let (known, unknown) = (self.walker.known_fields, self.walker.unknown_fields);
            let nothing = known == 0 && !self.walker.content_seen && expects_content(reply.shape);
            if unknown > known && (nothing || !self.documented_root().is_empty()) {
                let what = format!(
                    "without an envelope of this command, {unknown} of its {} names are not known",
                    known + unknown
                );
                return Err((Text::empty(), Fail::new(DecodeErrorKind::OtherCommand, what, end)));
            }
        }
        if refusal.is_none()
            && self.walker.known_fields == 0
            && !self.walker.content_seen
            && expects_content(reply.shape)
            && !csv
        {
            let format = self.walker.format;
            let mut levels = reply.shape.nodes.iter().map(|node| node.name(format));
            let level = levels.find(|name| !name.is_empty() && *name != envelope.header).unwrap_or_default();
            self.walker.note(NoteKind::MissingLevel, end, level);
        }
        let mut notes = std::mem::take(&mut self.walker.notes);
        notes.sort();
        if options.strict
            && let Some(note) = notes.first()
        {
            let what = format!("deviates from the documented reply: {} {:?}", note.kind, note.text.as_str());
            return Err((note.path.clone(), Fail::new(DecodeErrorKind::Strict, what, note.offset)));
        }
        let pending = refusal.is_none() && verdict::is_pending(judgement.head.status.as_deref(), reply.api);
        Ok(Outcome { head: judgement.head, refusal, pending, notes, format: self.walker.format })
    }

    /// An envelope that is not this command's: a refusal is one whatever it stands in, a success needs something known.
    fn foreign(&mut self, name: &str, offset: usize, success: bool) -> Result<(), Fail> {
        let generic = name == self.walker.reply.api.generic_root;
        if success {
            let known = self.walker.known_fields > 0;
            let plain = generic && self.walker.unknown_fields == 0 && !expects_content(self.walker.reply.shape);
            if !known && !plain {
                let what = format!("`{name}` is no envelope of this command, and nothing known stands in it");
                return Err(Fail::new(
                    if generic { DecodeErrorKind::OtherCommand } else { DecodeErrorKind::NotAReply },
                    what,
                    offset,
                ));
            }
        }
        if !generic || success {
            self.walker.note(NoteKind::RenamedEnvelope, offset, name);
        }
        Ok(())
    }
}

/// A place in a body between two items.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    scanner: Scanner,
    place: super::walker::Place,
}

/// A driver without its text.
#[derive(Debug)]
pub(crate) struct Parts {
    walker: Walker,
    scanner: Scanner,
    learnt: Learnt,
    list: Option<u16>,
    last_item: Option<LastItem>,
    root_checked: bool,
}

impl Parts {
    /// Where it goes on.
    pub fn pos(&self) -> usize {
        self.scanner.pos()
    }

    /// Bytes of the body before the window.
    pub fn base(&self) -> usize {
        self.walker.base
    }

    /// The first `by` bytes of the window were dropped.
    pub fn rebase(&mut self, by: usize) {
        self.scanner.rebase(by);
        self.walker.base += by;
        if let Some(item) = &mut self.last_item {
            item.end -= by;
        }
    }
}

/// Whether a success has something to say beside that it is one.
fn expects_content(shape: &Shape) -> bool {
    shape.nodes.iter().any(|node| !matches!(node.kind, NodeKind::Group { .. }) && !node.optional)
}

/// Whether an item with these cells can be learnt: nothing in it is decided by what a text says.
fn learnable(reply: &ReplyShape, shape: &'static Shape, cells: &[Cell<'_>]) -> bool {
    let headless = reply.xml.code.is_empty() || reply.json.code.is_empty();
    let mut shapes = vec![shape];
    cells.iter().all(|cell| {
        if cell.mark == Mark::Leave {
            shapes.pop();
            return true;
        }
        let Some(node) = shapes.last().and_then(|shape| shape.nodes.get(usize::from(cell.node))) else { return false };
        if let NodeKind::Child { shape, .. } = node.kind {
            shapes.push(shape);
        }
        let is_code = || reply.api.codes.iter().any(|code| node.names.iter().any(|name| same_name(code, name)));
        let by_text = !node.ignore.is_empty() || node.skip_empty || node.in_string;
        !by_text && !(headless && is_code())
    })
}

/// Takes the notes of values.
struct NoteSink<'n> {
    notes: &'n mut Notes,
    budget: usize,
    base: usize,
    format: Format,
    /// The envelope's name.
    root: &'n str,
}

impl ApplyNotes for NoteSink<'_> {
    fn note(&mut self, kind: NoteKind, path: &[tape::Step], cell: &Cell<'_>) {
        let (format, base) = (self.format, self.base);
        self.notes.push(self.budget, || {
            let mut text = String::from(self.root);
            tape::push_path(&mut text, path, format);
            let secret = path.last().is_some_and(|step| step.node().is_secret());
            let shown = if secret { REDACTED } else { &cell.text };
            Note { kind, path: text.into(), offset: base + cell.offset as usize, text: Text::new(shown) }
        });
    }
}
