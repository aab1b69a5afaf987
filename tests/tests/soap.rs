//! Requests and replies in SOAP envelopes.

#[path = "../soap/ecosys.rs"]
mod ecosys;
#[path = "../soap/requests.rs"]
mod requests;
