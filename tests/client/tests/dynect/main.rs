//! The client of DynECT over each transport, against a stand-in: sessions, jobs, one request at a time, and no write twice.

mod jobs;
mod session;
mod support;
