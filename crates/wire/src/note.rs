//! Notes: what was odd in a body and was tolerated, with its place and text.

use crate::Text;
use std::fmt;

macro_rules! note_kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $wire:literal,)+) => {
        /// What was odd.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum NoteKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl NoteKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The kind's name in reports, in kebab-case.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $wire,)+ }
            }

            /// One line that says what the kind means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+),)+ }
            }
        }
    };
}

note_kinds! {
    // Markup of XML.
    /// An end tag names another element than the one that is open.
    MismatchedEndTag = "mismatched-end-tag",
    /// An element was not closed before its parent was, or before the next field began.
    MissingEndTag = "missing-end-tag",
    /// An end tag is misspelt.
    MisspeltEndTag = "misspelt-end-tag",
    /// An end tag stands where nothing is open that it could close.
    StrayEndTag = "stray-end-tag",
    /// Text stands between elements.
    StrayText = "stray-text",
    /// An ampersand does not begin an entity.
    BareAmpersand = "bare-ampersand",
    /// An entity is not one of XML's five.
    UnknownEntity = "unknown-entity",
    /// A character was written by its number.
    NumericEntity = "numeric-entity",
    /// Text stands in a CDATA section.
    Cdata = "cdata",
    /// A field stands in an attribute.
    AttributeField = "attribute-field",
    /// An attribute that no field is known for.
    UnknownAttribute = "unknown-attribute",
    /// A document type declaration was skipped.
    Doctype = "doctype",
    /// A comment was skipped.
    Comment = "comment",
    /// A processing instruction inside the reply was skipped.
    ProcessingInstruction = "processing-instruction",
    /// A tag is malformed.
    MalformedTag = "malformed-tag",
    // Notation of JSON.
    /// A comma is missing.
    MissingComma = "missing-comma",
    /// A comma stands before the end of a list or an object, or twice.
    ExtraComma = "extra-comma",
    /// A colon is missing.
    MissingColon = "missing-colon",
    /// A string stands in single quotes.
    SingleQuotes = "single-quotes",
    /// A key stands without quotes.
    UnquotedKey = "unquoted-key",
    /// A value that is no number, `true`, `false` or `null` stands without quotes.
    UnquotedValue = "unquoted-value",
    /// An ellipsis stands where items were left out.
    Ellipsis = "ellipsis",
    /// A control character stands in a string unescaped.
    RawControl = "raw-control",
    /// A backslash does not begin an escape.
    WrongEscape = "wrong-escape",
    /// A bracket or brace closes another one than the one that is open.
    MismatchedBracket = "mismatched-bracket",
    /// Something that is no token stands between values.
    StrayToken = "stray-token",
    /// A key carries punctuation or blanks.
    KeyPunctuation = "key-punctuation",
    /// A string has no closing quote.
    UnclosedString = "unclosed-string",
    // Cells of CSV.
    /// The CSV stands on one line where lines are documented, or the reverse.
    CsvLines = "csv-lines",
    /// The columns of the header row come in another order.
    ReorderedColumns = "reordered-columns",
    /// The header row has a column that is not known.
    ExtraColumn = "extra-column",
    /// The header row lacks a known column.
    MissingColumn = "missing-column",
    /// The header row is missing.
    MissingHeaderRow = "missing-header-row",
    /// A row has fewer or more cells than the header row.
    RaggedRow = "ragged-row",
    /// A cell stands in quotes.
    QuotedCell = "quoted-cell",
    /// A cell is padded with blanks.
    PaddedCell = "padded-cell",
    // The body.
    /// The body begins with a byte order mark.
    ByteOrderMark = "byte-order-mark",
    /// Lines end in CR LF.
    CarriageReturn = "carriage-return",
    /// Something stands before the reply.
    Preamble = "preamble",
    /// Something stands after the reply.
    Trailer = "trailer",
    /// The body is not UTF-8.
    Encoding = "encoding",
    /// The body is in another format than was asked for.
    OtherFormat = "other-format",
    /// The body is a MIME message of several parts; one of them is the reply.
    Multipart = "multipart",
    // Names and structure.
    /// The envelope has another name than documented.
    RenamedEnvelope = "renamed-envelope",
    /// The envelope, or what stands in it, is of another namespace than documented.
    OtherNamespace = "other-namespace",
    /// The envelope is missing.
    MissingEnvelope = "missing-envelope",
    /// The envelope stands twice, one in the other.
    DoubledEnvelope = "doubled-envelope",
    /// A header or content level has another name than documented.
    RenamedLevel = "renamed-level",
    /// A header or content level is missing.
    MissingLevel = "missing-level",
    /// A header or content level stands twice.
    DoubledLevel = "doubled-level",
    /// A header field stands in the content, or a content field in the header or beside it.
    MisplacedField = "misplaced-field",
    /// A field's name is written in another case or convention.
    NameVariant = "name-variant",
    /// A name that the shape does not have.
    UnknownField = "unknown-field",
    /// A single value stands twice; the first counts.
    DuplicateField = "duplicate-field",
    /// One item stands where a list was meant.
    ItemForList = "item-for-list",
    /// A list stands where one item was meant.
    ListForItem = "list-for-item",
    /// Elements stand where a text was meant.
    ElementsForText = "elements-for-text",
    /// A text stands where elements were meant.
    TextForElements = "text-for-elements",
    // Values.
    /// JSON writes a number, string or boolean for one another.
    ScalarType = "scalar-type",
    /// JSON writes null.
    Null = "null",
    /// The text does not fit the field's type.
    Unparsed = "unparsed",
    /// A value that the spec does not list.
    UnknownValue = "unknown-value",
    /// The codes of the reply contradict each other, or the status.
    ConflictingCode = "conflicting-code",
    /// The status is missing.
    MissingStatus = "missing-status",
    /// The code is missing.
    MissingCode = "missing-code",
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One deviation that was tolerated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// What was odd.
    pub kind: NoteKind,
    /// Where in the value: names on the wire, `/` between levels, `[n]` for the item of a list.
    pub path: Text,
    /// Where in the body, in bytes from its start.
    pub offset: usize,
    /// The odd text itself; that of a [`NoteKind::ScalarType`] or [`NoteKind::UnquotedValue`] up to 4 KiB, since the value has
    /// it whole.
    pub text: Text,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.offset)?;
        if !self.path.is_empty() {
            write!(f, " in {}", self.path)?;
        }
        if !self.text.is_empty() {
            write!(f, ": {:?}", self.text)?;
        }
        Ok(())
    }
}

/// Takes notes where they arise.
pub(crate) trait NoteTaker {
    fn note(&mut self, kind: NoteKind, offset: usize, text: &str);
}

/// The notes of a reply, in the order of the body.
///
/// Notes never take more room than the body that they describe: beyond that they are only counted, and the body itself is
/// kept by the reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    list: Vec<Note>,
    size: usize,
    omitted: usize,
}

impl Notes {
    /// Adds a note unless the notes take more than `budget` bytes already.
    pub(crate) fn push(&mut self, budget: usize, note: impl FnOnce() -> Note) {
        if self.is_full(budget) {
            self.omit();
            return;
        }
        let note = note();
        if self.list.len() == self.list.capacity() {
            self.list.reserve_exact(self.more(budget));
        }
        self.size += size_of::<Note>() + note.path.heap_size() + note.text.heap_size();
        self.list.push(note);
    }

    /// Adds a note among those from number `first` on, in the order of the body when these are.
    pub(crate) fn insert(&mut self, first: usize, note: Note) {
        self.size += size_of::<Note>() + note.path.heap_size() + note.text.heap_size();
        let first = first.min(self.list.len());
        let before = self.list[first..].iter().rposition(|other| other.offset <= note.offset);
        self.list.insert(before.map_or(first, |at| first + at + 1), note);
    }

    /// How many notes to make room for: as many as there are, until so many came that the others are likely to come too. To
    /// double a long list takes half as much more than it.
    fn more(&self, budget: usize) -> usize {
        let count = self.list.len();
        let rest = (budget - self.size) / size_of::<Note>() + 1;
        if self.size < budget / 16 {
            return count.max(4).min(rest);
        }
        let likely = (budget - self.size) / (self.size / count.max(1)).max(1);
        (likely + likely / 8 + 1).min(rest)
    }

    /// Adds a note, without a path; [`Self::sort`] puts it in its place.
    pub(crate) fn add(&mut self, kind: NoteKind, offset: usize, text: &str) {
        let text = Text::new(text);
        self.size += size_of::<Note>() + text.heap_size();
        self.list.push(Note { kind, path: Text::empty(), offset, text });
    }

    /// Takes the notes of another part of the body in; [`Self::sort`] puts them in their order.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.list.extend(other.list);
        self.size += other.size;
        self.omitted += other.omitted;
    }

    /// Keeps the notes that are to be kept.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&Note) -> bool) {
        let size = &mut self.size;
        self.list.retain(|note| {
            let stays = keep(note);
            if !stays {
                *size -= size_of::<Note>() + note.path.heap_size() + note.text.heap_size();
            }
            stays
        });
    }

    /// Puts the notes in the order of the body.
    pub(crate) fn sort(&mut self) {
        if !self.list.is_sorted_by_key(|note| note.offset) {
            self.list.sort_by_key(|note| note.offset);
        }
    }

    /// Turns offsets in a part of the text into offsets in the text.
    pub(crate) fn move_by(&mut self, place: impl Fn(usize) -> usize) {
        for note in &mut self.list {
            note.offset = place(note.offset);
        }
    }

    /// Turns offsets in the text into offsets in the bytes; notes of the bytes themselves have those already.
    pub(crate) fn move_to_bytes(&mut self, mut places: impl FnMut(usize) -> usize) {
        for note in &mut self.list {
            if !matches!(note.kind, NoteKind::ByteOrderMark | NoteKind::Encoding) {
                note.offset = places(note.offset);
            }
        }
        self.sort();
    }

    /// Whether a further note would only be counted.
    pub(crate) fn is_full(&self, budget: usize) -> bool {
        self.size > budget
    }

    /// Counts a note that is not kept.
    pub(crate) fn omit(&mut self) {
        self.omitted += 1;
    }

    /// Counts notes that are not kept.
    pub(crate) fn omit_many(&mut self, count: usize) {
        self.omitted += count;
    }

    /// Takes back every note but the first `len`.
    pub(crate) fn truncate(&mut self, len: usize) {
        for note in self.list.drain(len.min(self.list.len())..) {
            self.size -= size_of::<Note>() + note.path.heap_size() + note.text.heap_size();
        }
    }

    /// Hands the texts and paths of all notes.
    pub(crate) fn for_each_text(&mut self, edit: &mut dyn FnMut(&mut Text)) {
        for note in &mut self.list {
            edit(&mut note.path);
            edit(&mut note.text);
        }
    }

    /// How many notes were only counted.
    pub fn omitted(&self) -> usize {
        self.omitted
    }
}

impl std::ops::Deref for Notes {
    type Target = [Note];

    fn deref(&self) -> &[Note] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut names: Vec<_> = NoteKind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NoteKind::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
    }

    #[test]
    fn notes_beyond_the_budget_are_counted() {
        let note = || Note { kind: NoteKind::Null, path: Text::empty(), offset: 0, text: Text::empty() };
        let mut notes = Notes::default();
        for _ in 0..10 {
            notes.push(4 * size_of::<Note>(), note);
        }
        assert_eq!((notes.len(), notes.omitted()), (5, 5));
    }
}
