//! `serde_json` and `sonic_rs` into the nesting of the JSON answer.

#![allow(missing_docs)] // The fields are the wire's.

use super::xml::Domain;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct ListDomain {
    #[serde(rename = "ListDomainInfoResponse")]
    pub response: Response,
}

/// The code is a number on the wire.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Response {
    pub response_code: i64,
    pub status: String,
    pub main_domains: Vec<Domain>,
}

/// Reads an answer to `list_domain` with `serde_json`.
///
/// # Errors
/// When it is not as documented.
pub fn serde(body: &[u8]) -> Result<ListDomain, String> {
    serde_json::from_slice(body).map_err(|error| format!("serde_json: {error}"))
}

/// Reads an answer to `list_domain` with `sonic_rs`.
///
/// # Errors
/// When it is not as documented.
pub fn sonic(body: &[u8]) -> Result<ListDomain, String> {
    sonic_rs::from_slice(body).map_err(|error| format!("sonic_rs: {error}"))
}
