//! `quick_xml::de` into the nesting of the XML answer.

#![allow(missing_docs)] // The fields are the wire's.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct ListDomain {
    #[serde(rename = "ListDomainInfoHeader")]
    pub header: Header,
    #[serde(rename = "ListDomainInfoContent")]
    pub content: Content,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Header {
    pub response_code: String,
    pub status: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Content {
    pub domain_info_list: List,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct List {
    pub domain_info: Info,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Info {
    #[serde(default)]
    pub domain: Vec<Domain>,
}

#[derive(Debug, Deserialize)]
pub struct DomainInfo {
    #[serde(rename = "DomainInfoHeader")]
    pub header: Header,
    #[serde(rename = "DomainInfoContent")]
    pub content: One,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct One {
    pub domain: Domain,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Domain {
    pub name: String,
    pub expiration: String,
    pub registration: String,
    pub name_server_settings: NameServerSettings,
    pub whois: Whois,
    pub locked: String,
    pub disabled: String,
    pub udrp_locked: String,
    pub registrant_unverified: String,
    pub hold: String,
    pub privacy: String,
    #[serde(rename = "isForSale")]
    pub is_for_sale: String,
    pub renew_option: String,
    pub note: String,
    pub folder: Folder,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NameServerSettings {
    #[serde(rename = "Type")]
    pub kind: String,
    pub with_ads: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Whois {
    pub registrant: Holder,
    pub admin: Holder,
    pub technical: Holder,
    pub billing: Holder,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Holder {
    pub contact_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Folder {
    pub folder_id: String,
    pub folder_name: String,
}

/// Reads an answer to `list_domain`.
///
/// # Errors
/// When it is not as documented.
pub fn list_domain(body: &[u8]) -> Result<ListDomain, String> {
    let text = std::str::from_utf8(body).map_err(|error| format!("not UTF-8: {error}"))?;
    quick_xml::de::from_str(text).map_err(|error| format!("quick_xml::de: {error}"))
}

/// Reads an answer to `domain_info`.
///
/// # Errors
/// When it is not as documented.
pub fn domain_info(body: &[u8]) -> Result<DomainInfo, String> {
    let text = std::str::from_utf8(body).map_err(|error| format!("not UTF-8: {error}"))?;
    quick_xml::de::from_str(text).map_err(|error| format!("quick_xml::de: {error}"))
}
