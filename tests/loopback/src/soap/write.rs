//! Answers: what stands in the body of an envelope.

use crate::server::Reply;

/// An answer under a status.
pub fn reply(status: u16, body: &str) -> Reply {
    Reply::status(status, body).header("content-type", "text/xml; charset=utf-8")
}

/// An envelope around what stands in its body; `namespace` is what the prefix `tns` stands for.
pub fn envelope(namespace: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" \
         xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:tns=\"{}\">\
         <SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n",
        escaped(namespace)
    )
}

/// A fault, to stand in the body of an envelope.
pub fn fault(code: &str, string: &str, detail: &str) -> String {
    let detail = if detail.is_empty() { String::new() } else { format!("<detail>{detail}</detail>") };
    let [code, string] = [code, string].map(escaped);
    format!("<SOAP-ENV:Fault><faultcode>{code}</faultcode><faultstring>{string}</faultstring>{detail}</SOAP-ENV:Fault>")
}

/// An element with a text.
pub fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

/// A text as it stands in an element or an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
