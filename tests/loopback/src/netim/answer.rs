//! What the service says, encoded: values with their types, structures, and faults.

use super::Refusal;
use crate::server::Reply;
use crate::soap::{envelope, escaped, fault, reply};

fn response(function: &str, content: &str) -> Reply {
    let style = "SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"";
    let body = format!("<tns:{function}Response {style}>{content}</tns:{function}Response>");
    reply(200, &envelope("urn:DRS", &body))
}

/// An answer without a value.
pub(super) fn empty(function: &str) -> Reply {
    response(function, "")
}

/// A text as the part of that name.
pub(super) fn returned(function: &str, part: &str, text: &str) -> Reply {
    response(function, &format!("<{part} xsi:type=\"xsd:string\">{}</{part}>", escaped(text)))
}

/// A number.
pub(super) fn number(function: &str, number: u64) -> Reply {
    response(function, &format!("<return xsi:type=\"xsd:int\">{number}</return>"))
}

/// A structure of that type, with its fields.
pub(super) fn structure(function: &str, kind: &str, fields: &str) -> Reply {
    response(function, &format!("<return xsi:type=\"tns:{kind}\">{fields}</return>"))
}

/// A fault.
pub(super) fn faulted(refusal: &Refusal) -> Reply {
    reply(500, &envelope("urn:DRS", &fault(&refusal.code, &refusal.text, "")))
}
