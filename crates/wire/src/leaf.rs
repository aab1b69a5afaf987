//! Leaves: typed places for one text of the wire, or for a list of texts.

use crate::{Format, LeafSpec, Plain};

/// The text does not fit the type; the engine keeps it in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unparsed;

/// What a leaf holds, for those who build values without knowing their type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeafKind {
    /// Any text.
    Text,
    /// A domain or host name.
    Domain,
    /// An integer.
    Int,
    /// An exact decimal number.
    Decimal,
    /// An amount of money.
    Money,
    /// The price prose of a search.
    Price,
    /// Milliseconds since 1970-01-01 UTC.
    EpochMillis,
    /// Seconds since 1970-01-01 UTC.
    EpochSeconds,
    /// Spans of years.
    Period,
    /// A civil date.
    Date,
    /// A civil date or milliseconds since 1970-01-01 UTC.
    DateOrEpochMillis,
    /// A local time with the zone's abbreviation.
    LocalTime,
    /// Yes or no.
    Flag,
    /// Yes, no or unknown.
    Availability,
    /// A currency code.
    Currency,
    /// An IP address.
    Ip,
    /// A value that is never printed.
    Secret,
    /// One of a list of values; the list is open. The slice holds what is written for each.
    Enum(&'static [&'static str]),
}

/// A typed place for one text of the wire, or for a list of texts.
///
/// A text never comes here when it stands for absent ([`LeafSpec::none`]).
pub trait Leaf {
    /// Reads `text`; a list takes it as one more item. An empty text leaves an optional value absent.
    ///
    /// # Errors
    /// [`Unparsed`] when the text does not fit; the value stays as it was.
    fn read(&mut self, text: &str, spec: &LeafSpec) -> Result<(), Unparsed>;

    /// Appends the text of item `index` (0 for a single value), as `format` writes it; `false` when it is absent.
    fn write(&self, index: usize, spec: &LeafSpec, format: Format, out: &mut String) -> bool;

    /// How many texts it holds: 1 for a single value, absent or not.
    fn len(&self) -> usize {
        1
    }

    /// Whether it is a list without items.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in a form that any format of data can show.
    fn plain(&self) -> Plain;

    /// What it holds.
    fn kind(&self) -> LeafKind;

    /// Whether the text that was read last is a value that the spec does not list, which is kept and is no [`Unparsed`].
    fn is_unknown_value(&self) -> bool {
        false
    }
}

impl<T: Leaf + Default> Leaf for Vec<T> {
    fn read(&mut self, text: &str, spec: &LeafSpec) -> Result<(), Unparsed> {
        let mut item = T::default();
        item.read(text, spec)?;
        self.push(item);
        Ok(())
    }

    fn write(&self, index: usize, spec: &LeafSpec, format: Format, out: &mut String) -> bool {
        self.get(index).is_some_and(|item| item.write(0, spec, format, out))
    }

    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn plain(&self) -> Plain {
        Plain::List(self.iter().map(Leaf::plain).collect())
    }

    fn kind(&self) -> LeafKind {
        T::default().kind()
    }

    fn is_unknown_value(&self) -> bool {
        self.last().is_some_and(Leaf::is_unknown_value)
    }
}
