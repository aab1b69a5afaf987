//! Is it this command's reply, and what does it say? The envelope is looked at where it begins, all else at the end.

use super::{Driver, Outcome};
use crate::decode::Options;
use crate::decode::error::DecodeErrorKind;
use crate::decode::names::same_name;
use crate::decode::verdict::{self, Verdict};
use crate::scan::Fail;
use crate::scan::xml::similar;
use crate::shape::{NodeKind, Shape};
use crate::{Format, NoteKind, Notes, Text};

impl Driver<'_> {
    /// Tells a renamed envelope from another command's.
    pub(super) fn check_root(&mut self) -> Result<(), Fail> {
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

    pub(super) fn documented_root(&self) -> &'static str {
        match self.walker.format {
            Format::Json => self.walker.reply.json.root,
            _ => self.walker.reply.xml.root,
        }
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
        let judgement = if self.walker.soap.is_some_and(|soap| soap.by_fault) {
            // A name that is similar to the documented one is no foreign one any more.
            let own = self.walker.root_seen || !self.walker.root_name.is_empty() && self.walker.foreign_root.is_none();
            verdict::judge_by_fault(&self.walker.head, reply.api, own || self.walker.known_fields > 0)
        } else {
            verdict::judge(
                &self.walker.head,
                reply.api,
                !envelope.code.is_empty() && !csv,
                if csv {
                    reply.csv.is_some_and(|layout| layout.cells.contains(&"status")) && self.walker.head.error.is_none()
                } else {
                    !envelope.status.is_empty() && !self.walker.is_generic()
                },
            )
        };
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
            let nothing = known == 0 && !self.walker.content_seen;
            if unknown > known && (nothing || !self.documented_root().is_empty()) {
                let what = format!(
                    "without an envelope of this command, {unknown} of its {} names are not known",
                    known + unknown
                );
                return Err((Text::empty(), Fail::new(DecodeErrorKind::OtherCommand, what, end)));
            }
        }
        let pending = refusal.is_none() && verdict::is_pending(judgement.head.status.as_deref(), reply.api);
        if refusal.is_none()
            && self.walker.known_fields == 0
            && !self.walker.content_seen
            && expects_content(reply.shape)
            && !csv
            && !(pending && self.walker.soap.is_some())
        {
            let format = self.walker.format;
            let mut levels = reply.shape.nodes.iter().map(|node| node.name(format));
            let level = levels.find(|name| !name.is_empty() && *name != envelope.header).unwrap_or_default();
            self.walker.note(NoteKind::MissingLevel, end, level);
        }
        let mut notes = std::mem::take(&mut self.walker.notes);
        notes.sort();
        check_strict(&notes, options)?;
        Ok(Outcome { head: judgement.head, refusal, pending, notes, format: self.walker.format })
    }

    /// An envelope that is not this command's: a refusal is one whatever it stands in, a success needs something known.
    pub(super) fn foreign(&mut self, name: &str, offset: usize, success: bool) -> Result<(), Fail> {
        let generic = name == self.walker.reply.api.generic_root;
        if success {
            let known = self.walker.known_fields > 0;
            let plain = generic && self.walker.unknown_fields == 0 && self.walker.reply.shape.nodes.is_empty();
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

/// In strict mode the first note is an error.
pub(crate) fn check_strict(notes: &Notes, options: &Options) -> Result<(), (Text, Fail)> {
    match notes.first().filter(|_| options.strict) {
        None => Ok(()),
        Some(note) => {
            let what = format!("deviates from the documented reply: {} {:?}", note.kind, note.text.as_str());
            Err((note.path.clone(), Fail::new(DecodeErrorKind::Strict, what, note.offset)))
        }
    }
}

/// Whether a success has something to say beside that it is one.
fn expects_content(shape: &Shape) -> bool {
    shape.nodes.iter().any(|node| !matches!(node.kind, NodeKind::Group { .. }) && !node.optional)
}
