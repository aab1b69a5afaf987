//! Declared types and what stands in them, and what requests in SOAP have in common.

use super::{Catalog, Param, Required};
use serde::Deserialize;

/// A declared type; one without fields is no record.
#[derive(Debug, Deserialize)]
pub struct Type {
    /// The fields of a record.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// The values of an enum, which takes others too.
    #[serde(default)]
    pub values: Vec<EnumValue>,
}

/// A value of an enum.
#[derive(Debug, Deserialize)]
pub struct EnumValue {
    /// As it is sent.
    pub wire: String,
}

/// A field of a reply or of a record.
#[derive(Debug, Deserialize)]
pub struct Field {
    /// Name in Rust, and in what `bindwire decode` prints.
    pub name: String,
    /// A scalar of the spec, or the name of a type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether there can be several.
    #[serde(default)]
    pub many: bool,
    /// Where it stands in XML.
    pub xml: Option<String>,
    /// Whether it is always there, and a request must have it; only told of APIs that speak SOAP.
    #[serde(default)]
    pub required: bool,
    /// The two words of a flag in a request.
    #[serde(rename = "as")]
    pub words: Option<String>,
    /// The first version of the API that is known to have it.
    pub since: Option<String>,
    /// One sentence.
    #[serde(default)]
    pub doc: String,
}

/// What requests in SOAP have in common.
#[derive(Debug, Deserialize)]
pub struct Soap {
    /// The namespace, with `{version}` where the version of the API goes.
    pub namespace: String,
    /// `document` or `rpc`.
    pub style: String,
    /// The params that every command takes.
    #[serde(default)]
    pub common: Vec<CommonParam>,
}

/// A param that every command takes.
#[derive(Debug, Deserialize)]
pub struct CommonParam {
    /// Name in Rust.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Its type in XML Schema.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it stands for the session, which the client opens.
    #[serde(default)]
    pub session: bool,
    /// One sentence.
    #[serde(default)]
    pub doc: String,
}

impl Soap {
    /// Whether arguments are encoded, as those of functions.
    pub fn is_rpc(&self) -> bool {
        self.style == "rpc"
    }

    /// Whether requests say which version of the API they are for.
    pub fn has_versions(&self) -> bool {
        self.namespace.contains("{version}")
    }
}

impl Catalog {
    /// The fields of the record called `kind`; nothing for anything else.
    pub fn record(&self, kind: &str) -> Option<&[Field]> {
        self.types.get(kind).map(|declared| declared.fields.as_slice()).filter(|fields| !fields.is_empty())
    }

    /// The fields of a record as a request has them; none for anything else.
    pub fn params_of(&self, kind: &str) -> Vec<Param> {
        self.record(kind).unwrap_or_default().iter().filter_map(|field| self.param_of(field)).collect()
    }

    /// A field as a request has it; nothing for one that XML does not have.
    fn param_of(&self, field: &Field) -> Option<Param> {
        // The items of an encoded list stand on a level of their own, which no name on the command line needs.
        let wire = field.xml.as_deref()?;
        let wire = if field.many { wire.strip_suffix("/item").unwrap_or(wire) } else { wire };
        let values: Vec<String> = match self.types.get(&field.kind) {
            Some(declared) => declared.values.iter().map(|value| value.wire.clone()).collect(),
            None => Vec::new(),
        };
        Some(Param {
            wire: wire.to_owned(),
            name: field.name.clone(),
            // Numbers in records may be greater than those of params, and negative.
            kind: if field.kind == "int" { "long".to_owned() } else { field.kind.clone() },
            required: Required::Always(field.required),
            many: field.many,
            since: field.since.clone(),
            indexed: None,
            separator: None,
            max: None,
            open: !values.is_empty(),
            values,
            range: None,
            date: None,
            strftime: None,
            words: field.words.clone(),
            secret: field.kind == "secret",
            newer: false,
            example: None,
            group: None,
            when: None,
            required_when: None,
            doc: field.doc.clone(),
        })
    }
}
