//! The scanners of the three formats behind one type.

use crate::Format;
use crate::scan::csv::CsvScanner;
use crate::scan::json::JsonScanner;
use crate::scan::xml::XmlScanner;

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
    pub(super) fn after_item(&mut self, pos: usize) {
        match self {
            Self::Xml(scanner) => scanner.after_item(pos),
            Self::Json(scanner) => scanner.after_item(pos),
            Self::Csv(scanner) => scanner.pos = pos,
        }
    }

    /// Whether no bracket is open.
    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::Json(scanner) => scanner.is_closed(),
            Self::Xml(_) | Self::Csv(_) => true,
        }
    }

    /// Lets go of the text, before its beginning is dropped.
    pub fn settle(&mut self, text: &str) {
        if let Self::Xml(scanner) = self {
            scanner.settle(text);
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
