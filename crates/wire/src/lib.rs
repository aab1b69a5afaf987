//! The runtime of generated bindings: scanners that tolerate, shapes, scalars, notes, writers and requests.
//!
//! Nothing in here does I/O. Bytes come in, values and notes go out; values come in, a query or a body goes out.

mod command;
mod decode;
mod format;
mod head;
mod leaf;
mod map_entry;
mod message;
mod note;
mod param;
mod plain;
mod query;
mod record;
mod scalar;
mod scan;
mod shape;
mod soap;
mod soap_names;
mod text;
mod write;

pub use command::{
    Api, ApiInfo, Command, CommandInfo, CommonParam, Credential, Effect, Entry, OpenParams, OpenReply, RawCommand,
    SoapInfo, Spends, StatusReply, Tier, Tree, WithExtra,
};
pub use decode::error::{DecodeError, DecodeErrorKind};
pub use decode::items::{Body, Ending, Item, Items, ItemsError};
pub use decode::reply::Reply;
pub use decode::stream::ReadItems;
pub use decode::verdict::Refusal;
pub use decode::{Options, decode, decode_into};
pub use format::{AsFormat, Csv, Format, Json, Speaks, UnknownFormat, Xml};
pub use head::Head;
pub use leaf::{Leaf, LeafKind, Unparsed};
pub use map_entry::MapEntry;
pub use message::Message;
pub use note::{Note, NoteKind, Notes};
pub use param::{ParamGroup, ParamValue};
pub use plain::Plain;
pub use query::{Query, RequestError, RequestErrorKind, RequestUrl, RowField, percent_encode, request_url};
#[cfg(feature = "soap")]
pub use query::{SoapOptions, SoapRequest, soap_request};
pub use record::{Child, Record};
pub use scalar::{
    Availability, Currency, DateOrTimestamp, DomainName, LocalTime, Money, OpenEnum, Period, Price, Secret, Sign,
    UnixTime, UnknownValue,
};
pub use shape::{
    ApiShape, Class, Common, CsvLayout, Envelope, FlagStyle, JsonAs, LeafSpec, NestedReply, Node, NodeKind, Outcome,
    ReplyShape, Shape, SoapShape, SoapStyle,
};
pub use soap::Fault;
pub use soap_names::SoapNames;
pub use text::Text;
pub use write::{WriteError, WriteOptions, write_fault, write_reply, write_reply_with};

// The value types of others that generated code and its users name.
pub use jiff::{Timestamp, civil::Date};
pub use rust_decimal::Decimal;
