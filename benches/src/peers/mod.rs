//! Peers: what a program would write with other crates, the same record as owned structs, every field a `String`.

pub mod csv;
pub mod json;
pub mod xml;
