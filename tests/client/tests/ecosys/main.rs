//! The client of EcoSys over each transport, against a stand-in: results of records, sessions, options, and no record made twice.

mod canary;
#[path = "../leaking/mod.rs"]
mod leaking;
mod lost;
mod objects;
mod options;
mod records;
#[path = "../repeating/mod.rs"]
mod repeating;
mod repeats;
mod session;
mod support;
#[path = "../troubles/mod.rs"]
mod troubles;
#[path = "../watching/mod.rs"]
mod watching;
