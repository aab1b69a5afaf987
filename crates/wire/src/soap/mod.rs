//! SOAP 1.1: the envelope around answers, faults, and what encoded messages do otherwise than plain XML.
//!
//! What stands in an envelope is read by the scanner of XML and the driver, as any other answer. This takes it out of the
//! envelope first: as it was sent where that is possible, else with the values that it refers to in their places.

mod answer;
mod common;
mod element;
mod envelope;
mod fault;
mod items;
mod multipart;
mod namespaces;
mod nested;
mod oddities;
mod places;
mod references;
mod tags;
#[cfg(test)]
mod tests;
mod unwrap;

pub(crate) use answer::decode_into;
pub use fault::Fault;
pub(crate) use items::{Held, Opened, SoapItems};
pub(crate) use namespaces::SOAP_11;
