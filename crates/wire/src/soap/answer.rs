//! An answer in an envelope, decoded: what stands in it is read as XML is, and faults and messages become the verdict.

use super::common::{CommonFields, WithCommon};
use super::element::Element;
use super::fault::{FAULT, FaultRecord, own_code, standard_class};
use super::tags::Tags;
use super::unwrap::{Payload, Unwrapped, unwrap};
use crate::command::OpenReply;
use crate::decode::Options;
use crate::decode::driver::{self, Driver, Outcome};
use crate::decode::error::{DecodeError, DecodeErrorKind};
use crate::decode::reply::Reply;
use crate::decode::verdict::{self, Refusal};
use crate::scan::Fail;
use crate::shape::{ApiShape, ReplyShape, SoapShape};
use crate::{Class, Format, Head, NoteKind, Notes, Record, Text};
use std::collections::HashSet;

/// A failure with its path.
pub(crate) type Failure = (Text, Fail);

/// Decodes a whole body into `value`, a fresh record of the shape's type.
pub(crate) fn decode_into<'a>(
    shape: &'static ReplyShape,
    soap: &'static SoapShape,
    body: &'a [u8],
    options: &Options,
    value: &mut dyn Record,
) -> Result<Reply<'a, ()>, DecodeError> {
    let decoded = driver::text_of(shape, body, options)?;
    let text = &*decoded.text;
    let outcome = unwrap(text, shape, soap, options)
        .map_err(|fail| (Text::empty(), fail))
        .and_then(|unwrapped| read(shape, soap, text, &unwrapped, options, value));
    let mut outcome = outcome.map_err(|(path, fail)| {
        let offset = decoded.places()(fail.offset);
        driver::error(shape, body, path, Fail { offset, ..fail })
    })?;
    if !decoded.is_as_sent() {
        outcome.notes.move_to_bytes(decoded.places());
    }
    for (kind, offset, text) in &decoded.notes {
        outcome.notes.add(*kind, *offset, text);
    }
    outcome.notes.sort();
    driver::check_strict(&outcome.notes, options).map_err(|(path, fail)| driver::error(shape, body, path, fail))?;
    Ok(Reply::new(outcome, body.into()))
}

/// Reads what was taken out of its envelope.
fn read(
    shape: &'static ReplyShape,
    soap: &'static SoapShape,
    text: &str,
    unwrapped: &Unwrapped,
    options: &Options,
    value: &mut dyn Record,
) -> Result<Outcome, Failure> {
    let options = &within(options);
    if unwrapped.is_fault {
        return Ok(refuse(shape, text, unwrapped, options));
    }
    let payload = unwrapped.text(&unwrapped.payload, text);
    let place = |(path, fail): Failure| (path, moved(unwrapped, &unwrapped.payload, fail));
    let mut common = CommonFields::default();
    let mut driver = Driver::of_xml(shape, payload, options);
    driver
        .run(&mut WithCommon { value: Some(&mut *value), common: &mut common })
        .map_err(|fail| place((driver.walker.path(), fail)))?;
    if OpenReply::is_shape(shape.shape)
        && let Some(fields) = value.fields()
    {
        common.take_tree(soap, fields);
    }
    let outcome = driver.finish(options).map_err(place)?;
    finish(shape, soap, text, unwrapped, outcome, common, options)
}

/// Options for what stands in an envelope: whether its oddities are errors is asked when all of them are known.
pub(crate) fn within(options: &Options) -> Options {
    Options { format: None, strict: false, ..options.clone() }
}

/// A failure with its place in the body's text.
pub(crate) fn moved(unwrapped: &Unwrapped, payload: &Payload, fail: Fail) -> Fail {
    Fail { offset: unwrapped.place(payload, fail.offset), ..fail }
}

/// What comes of a reply that was read, with all that stands around it.
pub(crate) fn finish(
    shape: &'static ReplyShape,
    soap: &'static SoapShape,
    text: &str,
    unwrapped: &Unwrapped,
    mut outcome: Outcome,
    mut common: CommonFields,
    options: &Options,
) -> Result<Outcome, Failure> {
    outcome.notes.move_by(|offset| unwrapped.place(&unwrapped.payload, offset));
    let api = shape.api;
    common.give(&mut outcome.head);
    tell(&mut outcome, api);
    if let Some(refusal) = &mut outcome.refusal {
        // As of a fault: a server that lost its way may have done its work before.
        refusal.may_have_run |= refusal.class == Class::Other;
    }
    if let Some(around) = &unwrapped.around {
        let own = Around::read(shape, soap, unwrapped.text(around, text), options);
        let own = own.map_err(|(path, fail)| (path, moved(unwrapped, around, fail)))?;
        own.join(&mut outcome, |offset| unwrapped.place(around, offset));
    }
    if unwrapped.is_without && outcome.refusal.is_none() && !outcome.pending {
        let what = "the job's answer holds none to the command";
        let end = unwrapped.place(&unwrapped.payload, 0);
        return Err((Text::empty(), Fail::new(DecodeErrorKind::NoVerdict, what, end)));
    }
    let mut notes = unwrapped.odd.notes.clone();
    notes.move_by(|offset| unwrapped.before(offset));
    outcome.notes.absorb(notes);
    outcome.notes.sort();
    Ok(outcome)
}

/// Lets the messages of a reply speak for it.
fn tell(outcome: &mut Outcome, api: &ApiShape) {
    let messages = &outcome.head.messages;
    let Some(refusal) = &mut outcome.refusal else {
        if let Some(message) = messages.iter().find(|message| message.is_error()) {
            // The status decides; that a message says otherwise is odd.
            outcome.notes.add(NoteKind::ConflictingCode, 0, &message.code);
        }
        return;
    };
    refusal.messages.clone_from(messages);
    refusal.job = outcome.head.job.clone().unwrap_or_default();
    let errors = || messages.iter().filter(|message| message.is_error());
    if refusal.error.is_empty()
        && let Some(first) = errors().next()
    {
        refusal.error = first.text.clone();
    }
    if refusal.code.is_none()
        && refusal.code_word.is_empty()
        && let Some(first) = errors().find(|message| !message.code.is_empty())
    {
        set_code(refusal, &first.code);
    }
    refusal.class = class_of(refusal, api);
    refusal.may_have_run |=
        messages.iter().any(|message| [&message.code, &message.text].iter().any(|text| verdict::is_unsure(text, api)));
}

/// Gives a refusal its code, be it a word or a number.
fn set_code(refusal: &mut Refusal, code: &str) {
    match code.trim().parse() {
        Ok(number) => refusal.code = Some(number),
        Err(_) => refusal.code_word = Text::new(code.trim()),
    }
}

/// The class of a refusal: its code tells before its texts, and those before what is known of it already.
fn class_of(refusal: &Refusal, api: &ApiShape) -> Class {
    let tells = |class: &Class| *class != Class::Other;
    let phrase = |text: &Text| verdict::phrase_class(&text.to_ascii_lowercase(), api).filter(tells);
    let messages = &refusal.messages;
    let number = || api.code_classes.iter().find(|(known, _)| Some(*known) == refusal.code).map(|(_, class)| *class);
    verdict::word_class(&refusal.code_word, api)
        .filter(tells)
        .or_else(|| phrase(&refusal.error))
        .or_else(|| messages.iter().find_map(|message| verdict::word_class(&message.code, api).filter(tells)))
        .or_else(|| messages.iter().find_map(|message| phrase(&message.text)))
        .or_else(number)
        .unwrap_or(refusal.class)
}

/// What an answer says that holds another one.
struct Around {
    head: Head,
    refusal: Option<Refusal>,
    pending: bool,
    notes: Notes,
}

impl Around {
    fn read(
        shape: &'static ReplyShape,
        soap: &'static SoapShape,
        text: &str,
        options: &Options,
    ) -> Result<Self, Failure> {
        let mut common = CommonFields::default();
        let mut driver = Driver::of_xml(shape, text, options);
        driver
            .run(&mut WithCommon { value: None, common: &mut common })
            .map_err(|fail| (driver.walker.path(), fail))?;
        let judgement = verdict::judge(&driver.walker.head, shape.api, false, false);
        let refusal = match judgement.verdict {
            verdict::Verdict::Refused(refusal) if !soap.by_fault => Some(refusal),
            _ => None,
        };
        let pending = refusal.is_none() && verdict::is_pending(judgement.head.status.as_deref(), shape.api);
        let mut notes = std::mem::take(&mut driver.walker.notes);
        // They are those of what stands in it.
        notes.retain(|note| note.kind != NoteKind::CarriageReturn);
        let head = judgement.head;
        let mut outcome = Outcome { head, refusal, pending, notes, format: Format::Xml };
        common.give(&mut outcome.head);
        if outcome.refusal.is_some() {
            tell(&mut outcome, shape.api);
        }
        let Outcome { head, refusal, pending, notes, .. } = outcome;
        Ok(Self { head, refusal, pending, notes })
    }

    /// Adds it to what stands in it. What it refuses is refused, and what is still to be done with it is still to be done.
    fn join(mut self, outcome: &mut Outcome, place: impl Fn(usize) -> usize) {
        self.notes.move_by(place);
        outcome.notes.absorb(self.notes);
        outcome.head.job = outcome.head.job.take().or(self.head.job);
        outcome.head.messages.extend(self.head.messages.iter().cloned());
        match (&mut outcome.refusal, self.refusal) {
            (Some(refusal), _) => refusal.messages.extend(self.head.messages),
            (None, Some(mut refusal)) => {
                outcome.notes.add(NoteKind::ConflictingCode, 0, &refusal.status);
                refusal.may_have_run = true;
                outcome.refusal = Some(refusal);
                outcome.pending = false;
            }
            (None, None) => outcome.pending |= self.pending,
        }
    }
}

/// What comes of a fault: a refusal, whatever is wrong with it.
pub(crate) fn refuse(shape: &'static ReplyShape, text: &str, unwrapped: &Unwrapped, options: &Options) -> Outcome {
    let options = &within(options);
    let payload = unwrapped.text(&unwrapped.payload, text);
    let mut record = FaultRecord::default();
    let mut driver = Driver::of_xml(&FAULT, payload, options);
    if let Err(fail) = driver.run(&mut record) {
        driver.walker.note(NoteKind::UnknownField, fail.offset, &fail.what);
    }
    let mut notes = std::mem::take(&mut driver.walker.notes);
    let (fault, subcode) = record.finish();
    let api = shape.api;
    let mut outcome = generic(shape, payload, options).unwrap_or_else(|| Outcome {
        head: Head::default(),
        refusal: None,
        pending: false,
        notes: Notes::default(),
        format: Format::Xml,
    });
    // What is odd about its notation was noted when the fault was read.
    let known: HashSet<_> = notes.iter().map(|note| (note.kind, note.offset)).collect();
    outcome.notes.retain(|note| !known.contains(&(note.kind, note.offset)));
    notes.absorb(std::mem::take(&mut outcome.notes));
    outcome.notes = notes;
    outcome.pending = false;
    let refusal = outcome.refusal.get_or_insert_with(|| Refusal::of(Class::Other));
    refusal.status = outcome.head.status.clone().unwrap_or_default();
    if outcome.head.error.is_none() {
        outcome.head.error = Some(fault.string.clone()).filter(|text| !text.is_empty());
    }
    // The messages tell more than the fault, and the fault more than nothing.
    tell(&mut outcome, api);
    if let Some(refusal) = &mut outcome.refusal {
        if refusal.error.is_empty() {
            refusal.error = fault.string.clone();
        }
        if refusal.code.is_none() && refusal.code_word.is_empty() {
            set_code(refusal, own_code(&fault, &subcode, api));
        }
        refusal.class = class_of(refusal, api);
        let detail = || verdict::phrase_class(&fault.string.to_ascii_lowercase(), api);
        if refusal.class == Class::Other {
            let own = detail().filter(|class| *class != Class::Other);
            refusal.class = own.or_else(|| standard_class(&fault.code)).unwrap_or(Class::Other);
        }
        // A server that lost its way may have done its work before.
        let unsure =
            refusal.may_have_run || verdict::is_unsure(&refusal.error, api) || verdict::is_unsure(&fault.string, api);
        refusal.may_have_run = unsure || refusal.class == Class::Other;
        refusal.fault = Some(Box::new(fault));
    }
    outcome.notes.move_by(|offset| unwrapped.place(&unwrapped.payload, offset));
    let mut odd = unwrapped.odd.notes.clone();
    odd.move_by(|offset| unwrapped.before(offset));
    outcome.notes.absorb(odd);
    outcome.notes.sort();
    outcome
}

/// The API's answer in the detail of a fault.
fn generic(shape: &'static ReplyShape, fault: &str, options: &Options) -> Option<Outcome> {
    let root = shape.api.generic_root;
    let tag = Tags::of(fault, 0..fault.len()).find(|tag| tag.opens() && tag.local() == root && !root.is_empty())?;
    let element = Element::of(fault, tag, fault.len(), &["detail", "Fault"]);
    let start = element.tag.range.start;
    let mut common = CommonFields::default();
    let text = &fault[element.range()];
    let mut driver = Driver::of_xml(shape, text, options);
    // Of a reply that no spec describes these stand among all else.
    let mut open = OpenReply::default();
    let is_open = OpenReply::is_shape(shape.shape);
    let value = is_open.then_some(&mut open as &mut dyn Record);
    let read = driver.run(&mut WithCommon { value, common: &mut common });
    if is_open && let Some(soap) = shape.api.soap {
        common.take_tree(soap, &open.fields);
    }
    let judgement = verdict::judge(&driver.walker.head, shape.api, false, false);
    let mut notes = std::mem::take(&mut driver.walker.notes);
    if read.is_err() {
        notes = Notes::default();
    }
    notes.move_by(|offset| start + offset);
    notes.retain(|note| note.kind != NoteKind::CarriageReturn);
    let refusal = match judgement.verdict {
        verdict::Verdict::Refused(refusal) => Some(refusal),
        verdict::Verdict::Ok | verdict::Verdict::None(_) => None,
    };
    let mut outcome = Outcome { head: judgement.head, refusal, pending: false, notes, format: Format::Xml };
    common.give(&mut outcome.head);
    Some(outcome)
}
