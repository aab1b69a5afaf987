//! A list from a reader: whole items are cut out of a window of the body, so that memory does not grow with it.

use super::Options;
use super::driver::{self, Driver, Parts};
use super::error::{DecodeError, DecodeErrorKind};
use super::items::{Body, Ending, ItemsError, list_of, take_item};
use crate::Record;
use crate::scan::Fail;
use crate::shape::ReplyShape;
use std::collections::VecDeque;
use std::io::Read;

/// Bytes read at once; the window is at least as large, and grows while an item does not fit.
const CHUNK: usize = 64 << 10;

/// Items that are cut out at once: a window may hold thousands of small ones.
const BATCH: usize = 64;

/// Bytes that items may take which cannot be given yet, since they stand in one another; [`Options::max_value`] says another
/// limit.
const MOST_PENDING: usize = 8 << 20;

/// The items of a list, each read from `R` when it is asked for.
///
/// Holds a window of the body, not the body: 64 KiB, or twice the largest item. The body must be UTF-8; offsets in notes and
/// errors count from its start. An answer in SOAP is read whole, since its end can say that it is none: [`Options::max_body`]
/// bounds it.
#[derive(Debug)]
pub struct ReadItems<R, T> {
    reader: R,
    shape: &'static crate::ReplyShape,
    options: Options,
    list: u16,
    window: String,
    /// Bytes of a character that is not whole yet.
    partial: Vec<u8>,
    /// Where the driver goes on in the window; none before the first read and after the end.
    parts: Option<Parts>,
    at_end: bool,
    /// Whether the window was not read to its end.
    unread: bool,
    ready: VecDeque<T>,
    /// Comes after what is ready.
    failed: Option<ItemsError>,
    ended: bool,
    ending: Option<Ending>,
}

impl<R: Read, T: Record + Default> ReadItems<R, T> {
    /// Reads the list called `field` (its Rust name) of the reply that `shape` describes.
    ///
    /// # Errors
    /// When the reply has no such list.
    pub fn new(reader: R, shape: &'static ReplyShape, field: &str, options: &Options) -> Result<Self, ItemsError> {
        let list = list_of(shape, field).map_err(|fail| ItemsError::Unreadable(driver::error(shape, &[], "", fail)))?;
        Ok(Self {
            reader,
            shape,
            options: options.clone(),
            list,
            window: String::new(),
            partial: Vec::new(),
            parts: None,
            at_end: false,
            unread: false,
            ready: VecDeque::new(),
            failed: None,
            ended: false,
            ending: None,
        })
    }

    /// Head and notes of the reply, after the last item.
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    fn error(&self, fail: Fail) -> ItemsError {
        let base = self.parts.as_ref().map_or(0, Parts::base);
        let offset = fail.offset;
        let whole = Fail { offset: offset + base, ..fail };
        let from = offset.min(self.window.len());
        ItemsError::Unreadable(DecodeError::at(self.shape.command, whole, self.window.as_bytes(), from))
    }

    /// Reads one more chunk into the window: as much as it holds already, when nothing of that was whole.
    fn fill(&mut self) -> Result<(), ItemsError> {
        if let Some(parts) = &mut self.parts {
            let done = parts.pos();
            self.window.drain(..done);
            parts.rebase(done);
        }
        let more = CHUNK.max(self.window.len()) as u64;
        let mut chunk = std::mem::take(&mut self.partial);
        let before = chunk.len();
        let read = (&mut self.reader).take(more).read_to_end(&mut chunk);
        if let Err(error) = read {
            return Err(self.error(Fail::new(
                DecodeErrorKind::Io,
                format!("the reader failed: {error}"),
                self.window.len(),
            )));
        }
        self.at_end = chunk.len() == before;
        match std::str::from_utf8(&chunk) {
            Ok(text) => self.window.push_str(text),
            Err(error) if error.error_len().is_none() && !self.at_end => {
                let whole = error.valid_up_to();
                self.partial = chunk.split_off(whole);
                self.window.push_str(&String::from_utf8_lossy(&chunk));
            }
            Err(error) => {
                let offset = self.window.len() + error.valid_up_to();
                let what = "the body is not UTF-8, which a body that is read in pieces must be";
                return Err(self.error(Fail::new(DecodeErrorKind::NotAReply, what, offset)));
            }
        }
        if self.window.len() > self.options.max_body {
            let what = format!("one item has more than {} bytes", self.options.max_body);
            return Err(self.error(Fail::new(DecodeErrorKind::Limit, what, 0)));
        }
        Ok(())
    }

    /// Reads the whole body, and every item in it.
    fn read_whole(&mut self) -> Result<(), ItemsError> {
        let (mut bytes, most) = (Vec::new(), self.options.max_body);
        let read = (&mut self.reader).take((most as u64).saturating_add(1)).read_to_end(&mut bytes);
        let failed = match read {
            Err(error) => Some((DecodeErrorKind::Io, format!("the reader failed: {error}"))),
            Ok(_) if bytes.len() > most => {
                Some((DecodeErrorKind::Limit, format!("the body has more than {most} bytes")))
            }
            Ok(_) => None,
        };
        if let Some((kind, what)) = failed {
            let fail = Fail::new(kind, what, bytes.len());
            return Err(ItemsError::Unreadable(driver::error(self.shape, &bytes, "", fail)));
        }
        self.ended = true;
        let body = Body::new(&bytes);
        let field = self.shape.shape.nodes.get(usize::from(self.list)).map_or("", |node| node.field);
        let mut items = body.items(self.shape, field, &self.options)?;
        while let Some(item) = items.next_noted()? {
            self.ready.push_back(item);
        }
        self.ending = items.take_ending();
        Ok(())
    }

    /// Reads the items that stand whole in the window; keeps where the last one ended.
    fn cut(&mut self) -> Result<(), ItemsError> {
        let mut driver = match self.parts.take() {
            Some(parts) => Driver::rejoin(&self.window, parts, &self.options),
            None => match Driver::new(self.shape, &self.window, &self.options) {
                Ok(driver) => driver,
                // The beginning may not be whole yet.
                Err(_) if !self.at_end && self.window.len() < CHUNK => return Ok(()),
                Err(fail) => return Err(self.error(fail)),
            },
        };
        driver.last = self.at_end;
        let mut checkpoint = driver.checkpoint();
        // Items since the checkpoint: going back to it would read them again.
        let mut pending = Vec::new();
        loop {
            while let Some((node, end)) = driver.first() {
                if node == self.list
                    && let Some(item) = take_item(&mut driver, node)
                {
                    pending.push(item);
                }
                driver.drop_cells(end);
            }
            let most = self.options.max_value.unwrap_or(MOST_PENDING);
            if pending.len() * size_of::<T>() > most {
                let what = format!("{} items stand in one another, which take more than {most} bytes", pending.len());
                let fail = Fail::new(DecodeErrorKind::Limit, what, driver.scanner.pos());
                self.parts = Some(driver.part(checkpoint));
                return Err(self.error(fail));
            }
            if driver.walker.in_envelope() && !pending.is_empty() {
                driver.move_checkpoint(&mut checkpoint);
                self.ready.extend(pending.drain(..));
                if self.ready.len() >= BATCH {
                    self.parts = Some(driver.part(checkpoint));
                    self.unread = true;
                    return Ok(());
                }
            }
            match driver.advance() {
                Ok(Some(_)) => {}
                Ok(None) if driver.first().is_some() => {}
                Ok(None) => {
                    self.ready.extend(pending);
                    let shape = self.shape;
                    let window = self.window.as_bytes();
                    let outcome = driver
                        .finish(&self.options)
                        .map_err(|(path, fail)| ItemsError::Unreadable(driver::error(shape, window, path, fail)))?;
                    self.ended = true;
                    self.ending = Some(Ending::of(outcome)?);
                    return Ok(());
                }
                Err(fail) if fail.kind == DecodeErrorKind::CutOff && !self.at_end => {
                    self.parts = Some(driver.part(checkpoint));
                    return Ok(());
                }
                Err(fail) => {
                    self.ready.extend(pending);
                    let parts = driver.part(checkpoint);
                    let base = parts.base();
                    let whole = Fail { offset: fail.offset + base, ..fail };
                    let from = whole.offset - base;
                    return Err(ItemsError::Unreadable(DecodeError::at(
                        self.shape.command,
                        whole,
                        self.window.as_bytes(),
                        from,
                    )));
                }
            }
        }
    }
}

impl<R: Read, T: Record + Default> Iterator for ReadItems<R, T> {
    type Item = Result<T, ItemsError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            let cut = if self.shape.api.envelope().is_some() {
                self.read_whole()
            } else {
                let filled = if std::mem::take(&mut self.unread) { Ok(()) } else { self.fill() };
                filled.and_then(|()| self.cut())
            };
            if let Err(error) = cut {
                self.failed = Some(error);
                self.ended = true;
            }
        }
        self.ready.pop_front().map(Ok).or_else(|| self.failed.take().map(Err))
    }
}
