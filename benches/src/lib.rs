//! What the benchmarks share: bodies, hostile bodies, peers, rounds and rows.
//!
//! The binaries measure and print rows as JSON, one a line; `cargo xtask bench` runs them and makes the table.

pub mod bodies;
pub mod client;
pub mod compile;
pub mod heap;
pub mod hostile;
pub mod measure;
pub mod ours;
pub mod peers;
pub mod program;
pub mod row;
pub mod speed;
