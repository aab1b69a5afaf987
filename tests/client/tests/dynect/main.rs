//! The client of DynECT over each transport, against a stand-in: sessions, jobs, one request at a time, and no write twice.

#[path = "../breaking/mod.rs"]
mod breaking;
mod canary;
mod jobs;
#[path = "../leaking/mod.rs"]
mod leaking;
mod once;
mod refusals;
#[path = "../repeating/mod.rs"]
mod repeating;
mod repeats;
mod session;
mod support;
#[path = "../troubles/mod.rs"]
mod troubles;
mod turns;
mod versions;
#[path = "../watching/mod.rs"]
mod watching;
mod writing;
