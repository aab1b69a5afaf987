//! The runtime of generated bindings: scanners that tolerate, shapes, scalars, notes, writers and requests.
//!
//! Nothing in here does I/O. Bytes come in, values and notes go out; values come in, a query or a body goes out.

mod format;
mod leaf;
mod note;
mod plain;
mod record;
mod shape;
mod text;

pub use format::{AsFormat, Csv, Format, Json, Speaks, UnknownFormat, Xml};
pub use leaf::{Leaf, LeafKind, Unparsed};
pub use note::{Note, NoteKind, Notes};
pub use plain::Plain;
pub use record::{Child, Record};
pub use shape::{ApiShape, Class, CsvLayout, Envelope, FlagStyle, JsonAs, LeafSpec, Node, NodeKind, ReplyShape, Shape};
pub use text::Text;
