//! Whole replies by learnt shapes: the forms of the last replies of each command, kept for the thread.
//!
//! Who asks for one domain after another gets replies that differ in their values alone. A form holds the bytes between the
//! values, code and status among them, and no value; only replies about which nothing was odd are kept, so that whatever has
//! a form has the head that was judged when it was learnt.

use super::Options;
use super::driver::{Outcome, learnable};
use super::fill::fill;
use super::learn::{Example, OddValues, Template};
use super::tape::Tape;
use crate::shape::ReplyShape;
use crate::{Format, Head, Notes, Record, Text};
use std::cell::RefCell;

/// Bytes that a reply may have to be kept.
const MOST_BYTES: usize = 4096;

/// Cells that a reply may have to be kept.
const MOST_CELLS: usize = 128;

/// Commands whose forms are kept at once.
const MOST_COMMANDS: usize = 32;

/// Forms of one command that are kept at once.
const MOST_FORMS: usize = 4;

/// Forms that may be learnt of a command without one being recognised.
const CREDIT: u8 = 16;

/// A reply that was read by name, as far as it is needed to learn from it.
pub(crate) struct Whole<'a> {
    pub cells: Tape<'a>,
    pub root_name: Text,
}

/// The form of a reply.
struct Form {
    template: Template,
    root_name: Text,
    head: Head,
}

/// The forms of a command's replies in one format.
struct Command {
    shape: &'static ReplyShape,
    format: Format,
    /// The one that fitted last comes first.
    forms: Vec<Form>,
    credit: u8,
}

thread_local! {
    /// The command that was asked for last comes first.
    static COMMANDS: RefCell<Vec<Command>> = const { RefCell::new(Vec::new()) };
}

/// Whether replies like this one are kept.
pub(crate) fn is_usable(text: &str, options: &Options) -> bool {
    text.len() <= MOST_BYTES && options.max_value.is_none()
}

/// The format that a form for `text` would have.
fn format_of(text: &str, options: &Options) -> Option<Format> {
    let format = match text.as_bytes().first()? {
        b'<' => Format::Xml,
        b'{' => Format::Json,
        _ => return None,
    };
    options.format.is_none_or(|asked| asked == format).then_some(format)
}

/// Runs `work` on the forms of a command. `None` when there is no access to them: a thread that ends has none.
fn with<T>(shape: &'static ReplyShape, format: Format, work: impl FnOnce(&mut Command) -> Option<T>) -> Option<T> {
    let run = |commands: &RefCell<Vec<Command>>| {
        let mut commands = commands.try_borrow_mut().ok()?;
        let found = commands.iter().position(|own| std::ptr::eq(own.shape, shape) && own.format == format);
        match found {
            Some(at) => commands[..=at].rotate_right(1),
            None => {
                commands.truncate(MOST_COMMANDS - 1);
                commands.insert(0, Command { shape, format, forms: Vec::new(), credit: CREDIT });
            }
        }
        work(&mut commands[0])
    };
    COMMANDS.try_with(run).ok()?
}

/// Reads a reply into `value`, which is fresh, when it has a form that is kept.
pub(crate) fn recall(
    shape: &'static ReplyShape,
    text: &str,
    options: &Options,
    value: &mut dyn Record,
) -> Option<Outcome> {
    let format = format_of(text, options)?;
    with(shape, format, |command| {
        let mut odd = OddValues::default();
        let slots = command.forms.iter().map(|form| form.template.len()).max()?;
        let mut tape = Tape::with_capacity(slots);
        let fits = |form: &Form| {
            tape.clear();
            odd.truncate(0);
            form.template.take(text, 0, 0, &mut tape, &mut odd) == Some(text.len()) && odd.notes.is_empty()
        };
        let at = command.forms.iter().position(fits)?;
        command.forms[..=at].rotate_right(1);
        command.credit = CREDIT;
        let Form { template, root_name, head } = &mut command.forms[0];
        let mut notes = Notes::default();
        for unfit in fill(&template.places, value, &tape, 0) {
            let mut path = String::from(&**root_name);
            let below = template.path_to(unfit.cell, format);
            path.push_str(if path.is_empty() { below.trim_start_matches('/') } else { below });
            notes.insert(0, unfit.note(&path, &tape[unfit.cell], 0));
        }
        Some(Outcome { head: head.clone(), refusal: None, pending: false, notes, format })
    })
}

/// Keeps the form of a reply that was read by name, when nothing was odd about it.
pub(crate) fn remember(shape: &'static ReplyShape, text: &str, whole: Whole<'_>, outcome: &Outcome) {
    let Whole { cells, root_name } = whole;
    let format = outcome.format;
    let odd = !outcome.notes.is_empty() || outcome.notes.omitted() > 0 || outcome.refusal.is_some() || outcome.pending;
    let asked = Options::default();
    if odd || cells.is_empty() || cells.len() > MOST_CELLS || format_of(text, &asked) != Some(format) {
        return;
    }
    if !learnable(shape, shape.shape, &cells) {
        return;
    }
    with(shape, format, |command| {
        command.credit = command.credit.checked_sub(1)?;
        let range = 0..text.len();
        // No form with notes in its values is made use of, so that it need not tell their paths.
        let documented = false;
        let example = Example {
            body: text,
            range,
            cells: &cells,
            format,
            shape: shape.shape,
            documented,
            whole: true,
            looked_ahead: false,
        };
        let template = Template::new(example).filter(|template| template.once && !template.has_other_scalars())?;
        command.forms.truncate(MOST_FORMS - 1);
        command.forms.insert(0, Form { template, root_name, head: outcome.head.clone() });
        Some(())
    });
}
