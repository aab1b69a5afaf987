//! Lists, an item at a time: borrowed from a body, owned from a body, or owned from a reader in pieces.

use super::Options;
use super::driver::{self, Driver, Outcome};
use super::error::{DecodeError, DecodeErrorKind};
use super::tape::{self, Cell, Mark};
use super::verdict::Refusal;
use crate::scan::{Fail, encoding};
use crate::shape::{NodeKind, ReplyShape, Shape};
use crate::soap::{Held, Opened, SoapItems};
use crate::{Head, NodeKind as Kind, Notes, Record};
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// Why a list could not be read to its end.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ItemsError {
    /// The server refused.
    Refused(Refusal),
    /// The body is no whole reply; the items so far were whole.
    Unreadable(DecodeError),
}

impl fmt::Display for ItemsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ItemsError {}

/// What a list's reply says beside its items.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ending {
    /// Code, status and error text.
    pub head: Head,
    /// What was odd and was tolerated.
    pub notes: Notes,
}

impl Ending {
    pub(crate) fn of(outcome: Outcome) -> Result<Self, ItemsError> {
        match outcome.refusal {
            Some(refusal) => Err(ItemsError::Refused(refusal)),
            None => Ok(Self { head: outcome.head, notes: outcome.notes }),
        }
    }
}

/// A body as text, ready to be read item by item.
#[derive(Debug, Clone)]
pub struct Body<'b> {
    bytes: &'b [u8],
    text: Cow<'b, str>,
    /// The envelope of SOAP, once it was opened.
    opened: OnceLock<Opened>,
}

impl<'b> Body<'b> {
    /// Takes the bytes as text, in whatever encoding they are.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, text: encoding::decode(bytes).text, opened: OnceLock::new() }
    }

    /// The items of the list called `field` (its Rust name) in the reply that `shape` describes. An answer in SOAP is taken out
    /// of its envelope first, for one reply: a body is the answer to one command.
    ///
    /// # Errors
    /// [`DecodeErrorKind::NotAReply`] and the like when the body does not even begin as a reply;
    /// [`ItemsError::Refused`] when it is a fault.
    pub fn items(&self, shape: &'static ReplyShape, field: &str, options: &Options) -> Result<Items<'_>, ItemsError> {
        let fail = |fail| ItemsError::Unreadable(driver::error(shape, self.bytes, "", fail));
        let list = list_of(shape, field).map_err(fail)?;
        let (soap, driver) = match shape.api.envelope() {
            None => (None, Driver::new(shape, &self.text, options).map_err(fail)?),
            Some(soap) => {
                let opened = self.opened.get_or_init(|| Opened::new(shape, soap, &self.text, options));
                if !opened.is_of(shape) {
                    let what = format!("the body was read as the reply to {} already", opened.command());
                    return Err(fail(Fail::new(DecodeErrorKind::OtherCommand, what, 0)));
                }
                match opened.hold(soap, &self.text, options) {
                    Ok(Held::Answer(soap, driver)) => (Some(soap), *driver),
                    Ok(Held::Fault(outcome)) => return Err(Ending::of(*outcome).err().unwrap_or_else(no_refusal)),
                    Err((path, fail)) => {
                        return Err(ItemsError::Unreadable(driver::error(shape, self.bytes, path, fail)));
                    }
                }
            }
        };
        let options = options.clone();
        Ok(Items { bytes: self.bytes, driver: Some(driver), soap, options, list, taken: 0, ending: None })
    }
}

/// The node of the list called `field`.
pub(crate) fn list_of(shape: &'static ReplyShape, field: &str) -> Result<u16, Fail> {
    let lists = || {
        shape.shape.nodes.iter().enumerate().filter(|(_, node)| matches!(node.kind, NodeKind::Child { many: true, .. }))
    };
    lists().find(|(_, node)| node.field == field).map(|(at, _)| at as u16).ok_or_else(|| {
        let names: Vec<_> = lists().map(|(_, node)| node.field).collect();
        Fail::new(
            DecodeErrorKind::NotAReply,
            format!("`{field}` is no list of this reply; its lists: {}", names.join(", ")),
            0,
        )
    })
}

/// The items of a list, each borrowed from the body and valid until the next one is asked for.
#[derive(Debug)]
pub struct Items<'b> {
    bytes: &'b [u8],
    driver: Option<Driver<'b>>,
    /// What is known of the envelope.
    soap: Option<SoapItems<'b>>,
    options: Options,
    list: u16,
    /// Cells of the item that was given last.
    taken: usize,
    ending: Option<Ending>,
}

/// What cannot be: a fault is always a refusal.
fn no_refusal() -> ItemsError {
    ItemsError::Refused(Refusal::of(crate::Class::Other))
}

impl fmt::Debug for Driver<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").field("format", &self.walker.format).field("pos", &self.scanner.pos()).finish()
    }
}

impl Items<'_> {
    /// The next item; `None` after the last one.
    ///
    /// # Errors
    /// [`ItemsError`], once: the server refused, or the body is no whole reply.
    #[allow(clippy::should_implement_trait)] // It lends, so that it can borrow.
    pub fn next(&mut self) -> Result<Option<Item<'_>>, ItemsError> {
        if !self.advance()? {
            return Ok(None);
        }
        let Some(driver) = &self.driver else { return Ok(None) };
        let nodes = driver.walker.reply.shape.nodes;
        let Some(Kind::Child { shape, .. }) = nodes.get(usize::from(self.list)).map(|node| node.kind) else {
            return Ok(None);
        };
        Ok(Some(Item { shape, cells: driver.item(self.taken) }))
    }

    /// As [`Self::next_owned`]; notes on values come with the ending.
    pub(crate) fn next_noted<T: Record + Default>(&mut self) -> Result<Option<T>, ItemsError> {
        if !self.advance()? {
            return Ok(None);
        }
        Ok(self.driver.as_mut().and_then(|driver| take_item(driver, self.list)))
    }

    /// Reads on until the next item is all that comes first on the driver's tape; `false` after the last one.
    fn advance(&mut self) -> Result<bool, ItemsError> {
        if let Some(driver) = &mut self.driver {
            driver.drop_cells(self.taken);
        }
        self.taken = 0;
        loop {
            let Some(driver) = &mut self.driver else { return Ok(false) };
            let reply = driver.walker.reply;
            if let Some((node, end)) = driver.first() {
                if node == self.list {
                    self.taken = end;
                    return Ok(true);
                }
                if let Some(soap) = &mut self.soap {
                    soap.take(node, &driver.tape[..end]);
                }
                driver.drop_cells(end);
                continue;
            }
            match driver.advance() {
                Err(fail) => {
                    let path = driver.walker.path();
                    let fail = self.soap.as_ref().map_or(fail.clone(), |soap| soap.moved(fail));
                    self.driver = None;
                    return Err(ItemsError::Unreadable(driver::error(reply, self.bytes, path, fail)));
                }
                Ok(Some(_)) => {}
                Ok(None) if driver.first().is_some() => {}
                Ok(None) => {
                    let Some(driver) = self.driver.take() else { return Ok(false) };
                    let outcome = match self.soap.take() {
                        None => driver.finish(&self.options),
                        Some(soap) => soap.finish(driver, &self.options),
                    };
                    let outcome = outcome
                        .map_err(|(path, fail)| ItemsError::Unreadable(driver::error(reply, self.bytes, path, fail)))?;
                    self.ending = Some(Ending::of(outcome)?);
                    return Ok(false);
                }
            }
        }
    }

    /// The next item as an owned record.
    ///
    /// # Errors
    /// As [`Items::next`].
    pub fn next_owned<T: Record + Default>(&mut self) -> Result<Option<T>, ItemsError> {
        Ok(self.next()?.map(|item| item.to_owned()))
    }

    /// As [`Self::ending`], to be kept.
    pub(crate) fn take_ending(&mut self) -> Option<Ending> {
        self.ending.take()
    }

    /// Head and notes of the reply, after the last item. Notes on values that do not fit their type come with
    /// [`Item::to_owned_with_notes`], since a borrowed item is not parsed.
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }
}

/// The item that the driver has just completed, as an owned record; notes on its values go to the driver's.
pub(crate) fn take_item<T: Record + Default>(driver: &mut Driver<'_>, node: u16) -> Option<T> {
    let Some(Kind::Child { shape, .. }) = driver.walker.reply.shape.nodes.get(usize::from(node)).map(|node| node.kind)
    else {
        return None;
    };
    let mut record = T::default();
    driver.apply_item(&mut record, node, shape);
    Some(record)
}

/// The cells between the marks of an item.
pub(crate) fn inner<'t, 'a>(tape: &'t [Cell<'a>]) -> &'t [Cell<'a>] {
    let Some(start) = tape.iter().position(|cell| cell.mark == Mark::Enter) else { return &[] };
    let cells = &tape[start + 1..];
    &cells[..tape::leave(cells)]
}

/// One item of a list, as texts borrowed from the body.
#[derive(Debug, Clone, Copy)]
pub struct Item<'i> {
    shape: &'static Shape,
    cells: &'i [Cell<'i>],
}

impl<'i> Item<'i> {
    /// The text of the field called `name` (its Rust name); `None` when the item does not have it.
    pub fn get(&self, name: &str) -> Option<&'i str> {
        let node = self.field(name)?;
        self.at(node)
    }

    /// The number of the field called `name`, to look it up once for all items.
    pub fn field(&self, name: &str) -> Option<u16> {
        self.shape.nodes.iter().position(|node| node.field == name).map(|at| at as u16)
    }

    /// The text of the field with this number.
    pub fn at(&self, field: u16) -> Option<&'i str> {
        let mut depth = 0usize;
        for cell in self.cells {
            match cell.mark {
                Mark::Enter => depth += 1,
                Mark::Leave => depth = depth.saturating_sub(1),
                Mark::Text if depth == 0 && cell.node == field => return Some(&cell.text),
                Mark::Text => {}
            }
        }
        None
    }

    /// The record called `name` in this item, and the items of the list called so, in the order of the body.
    pub fn children(&self, name: &str) -> impl Iterator<Item = Item<'i>> + use<'i> {
        let child = self.shape.nodes.iter().enumerate().find_map(|(at, node)| match node.kind {
            NodeKind::Child { shape, .. } if node.field == name => Some((at as u16, shape)),
            _ => None,
        });
        let mut cells = self.cells;
        std::iter::from_fn(move || {
            let (wanted, shape) = child?;
            loop {
                let (first, rest) = cells.split_first()?;
                if first.mark != Mark::Enter {
                    cells = rest;
                    continue;
                }
                let end = tape::leave(rest);
                cells = rest.get(end + 1..).unwrap_or_default();
                if first.node == wanted {
                    return Some(Item { shape, cells: &rest[..end] });
                }
            }
        })
    }

    /// Every text of the item, records inside it included.
    pub fn texts(&self) -> impl Iterator<Item = &'i str> + use<'i> {
        self.cells.iter().filter(|cell| cell.mark == Mark::Text).map(|cell| &*cell.text)
    }

    /// The item as an owned record.
    pub fn to_owned<T: Record + Default>(&self) -> T {
        let mut record = T::default();
        tape::apply(&mut record, self.shape, self.cells, &mut 0, None, &mut Silent);
        record
    }

    /// The item as an owned record, with the values that do not fit their type: the field's Rust name and its text.
    pub fn to_owned_with_notes<T: Record + Default>(&self) -> (T, Vec<(&'static str, String)>) {
        let mut record = T::default();
        let mut notes = Collected(Vec::new());
        tape::apply(&mut record, self.shape, self.cells, &mut 0, None, &mut notes);
        (record, notes.0)
    }
}

struct Silent;

impl tape::ApplyNotes for Silent {
    fn note(&mut self, _: crate::NoteKind, _: &[tape::Step], _: &Cell<'_>) {}
}

struct Collected(Vec<(&'static str, String)>);

impl tape::ApplyNotes for Collected {
    fn note(&mut self, _: crate::NoteKind, path: &[tape::Step], cell: &Cell<'_>) {
        let field = path.last().map_or("", |step| step.node().field);
        self.0.push((field, cell.text.clone().into_owned()));
    }
}
