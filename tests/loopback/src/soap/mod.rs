//! SOAP 1.1 as a server sees it: requests taken out of their envelopes by a strict reader, answers and faults put into theirs.

mod read;
mod write;

pub use read::{Element, SoapCall, read};
pub use write::{element, envelope, escaped, fault, reply};
