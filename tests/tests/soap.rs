//! Requests and replies in SOAP envelopes.

#[path = "../soap/requests.rs"]
mod requests;
