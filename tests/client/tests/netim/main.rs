//! The client of Netim over each transport, against a stand-in: sessions, operations, arguments, faults, and no money spent twice.

mod arguments;
#[path = "../breaking/mod.rs"]
mod breaking;
mod canary;
mod faults;
#[path = "../leaking/mod.rs"]
mod leaking;
mod once;
mod operations;
mod reconcile;
#[path = "../repeating/mod.rs"]
mod repeating;
mod repeats;
mod session;
mod spending;
mod support;
#[path = "../troubles/mod.rs"]
mod troubles;
#[path = "../watching/mod.rs"]
mod watching;
