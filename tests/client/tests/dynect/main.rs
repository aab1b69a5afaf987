//! The client of DynECT over each transport, against a stand-in: sessions, jobs, one request at a time, and no write twice.

mod jobs;
mod once;
mod refusals;
mod repeats;
mod session;
mod support;
#[path = "../troubles/mod.rs"]
mod troubles;
mod turns;
mod versions;
mod writing;
