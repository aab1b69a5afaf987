//! SOAP 1.1: the envelope around answers, faults, and what encoded messages do otherwise than plain XML.

mod fault;

pub use fault::Fault;
