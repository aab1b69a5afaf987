//! Open levels, and what a name can mean at the place where it stands.

use crate::Text;
use crate::decode::verdict::HeadField;
use crate::shape::Shape;

/// Stands for the text of a secret in notes.
pub(crate) const REDACTED: &str = "<redacted>";

/// Levels that may be open at once.
pub(crate) const MAX_DEPTH: usize = 96;

/// What an open level is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind {
    /// Around everything.
    Outer,
    /// The envelope.
    Root,
    /// The envelope's level of code, status and error.
    Header,
    /// A known level without a value of its own.
    Level,
    /// An unknown level of the envelope, looked through.
    Through,
    /// A record.
    Record,
    /// A record that no spec describes, or a level in one.
    Open,
    /// A single text.
    Leaf,
    /// Code, status or error.
    Head(HeadField),
    /// A name that the shape does not have.
    Unknown,
}

impl FrameKind {
    /// Whether documented names stand inside, in their order.
    pub fn has_names_inside(self) -> bool {
        matches!(self, Self::Record | Self::Level | Self::Root | Self::Header)
    }
}

/// An open level.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Its name in the body.
    pub name: Text,
    pub kind: FrameKind,
    /// The shape whose nodes are looked through inside.
    pub shape: &'static Shape,
    /// Those nodes.
    pub scope: (u16, u16),
    /// The node of this level in the shape around it.
    pub node: u16,
    /// Where to look first for the next name.
    pub hint: u16,
    /// Index among the items of a list.
    pub index: Option<u32>,
    /// Where the counts of the lists in this record begin.
    pub counts: u32,
    /// Where the level begins in the body.
    pub offset: usize,
    /// Where its cells begin on the tape.
    pub tape: usize,
    /// Whether the body has no level of its own for it.
    pub implied: bool,
    /// Whether a name or a text was seen inside.
    pub has_names: bool,
    pub has_text: bool,
    /// Whether the body says that it is absent.
    pub nil: bool,
}

impl Frame {
    /// Whether it is a record, be it described or not.
    pub fn is_record(&self) -> bool {
        self.kind == FrameKind::Record || self.kind == FrameKind::Open && self.node != u16::MAX
    }
}

/// What a name means at the place where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A node of the innermost frame's scope, or of another scope of the same record.
    Node {
        shape: &'static ShapeRef,
        node: u16,
        /// Whether it stands where it is documented, under its documented name.
        exact: bool,
    },
    Root,
    Header,
    Head(HeadField),
    Through,
    /// A name in a record that no spec describes.
    Open,
    Unknown,
}

/// How many levels must close so that a name stands where it is known, and what it means there when that is a node of the level.
pub(crate) type FurtherOut = Option<(usize, Option<Meaning>)>;

/// How a field was found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way<'n> {
    /// Where it is documented, under its documented name.
    Documented,
    /// Under this name, or at another place; the name begins at this byte.
    Deviating(&'n str, usize),
}

impl<'n> Way<'n> {
    pub fn of(exact: bool, name: &'n str, offset: usize) -> Self {
        if exact { Self::Documented } else { Self::Deviating(name, offset) }
    }
}

/// A shape compared by address.
pub(crate) type ShapeRef = Shape;

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Shape {}

/// What was read of code, status and error.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeadTexts {
    pub code: Option<Text>,
    pub status: Option<Text>,
    pub error: Option<Text>,
    /// Codes inside the items of a list: how many mean success, and how many do not.
    pub item_codes: (u32, u32),
    /// Code, status and error of the first failed item.
    pub failed_item: Option<(Text, Text, Text)>,
    pub conflict: bool,
    /// Where the level begins in which each of them stood first.
    pub places: [Option<usize>; 3],
}

/// Where a walker stands between two items.
#[derive(Debug)]
pub(crate) struct Place {
    pub frames: Vec<Frame>,
    pub counts: Vec<(u16, u32)>,
    pub notes: usize,
    pub head: HeadTexts,
    pub fields: (usize, usize),
}
