//! What only APIs that speak SOAP have.

/// How an API wraps requests and replies in SOAP 1.1.
#[derive(Debug, Clone)]
pub struct Soap {
    /// How arguments are written.
    pub style: SoapStyle,
    /// The namespace of requests and replies, with `{version}` where the version goes.
    pub namespace: String,
    /// Whether what stands in requests is of that namespace too, and not of none.
    pub qualified: bool,
    /// The header `SOAPAction`, with `{command}` where the command's name goes.
    pub action: String,
    /// The address of the description, with `{version}`; empty where none is known.
    pub wsdl: String,
    /// The element of a request, with `{command}`.
    pub request: String,
    /// The element of a reply, with `{command}`.
    pub response: String,
    /// The reply that can hold another command's reply.
    pub nested: Option<NestedReply>,
    /// The text of a fault begins with its code and ` : `.
    pub code_in_text: bool,
}

/// How arguments are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoapStyle {
    /// Elements of the schema, as they are.
    Document,
    /// Encoded, each with its type.
    Rpc,
}

/// A reply that can hold another command's reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NestedReply {
    /// The command that it belongs to.
    pub command: String,
    /// The element that holds the other.
    pub field: String,
    /// What its type has beyond the other's element.
    pub suffix: String,
}

/// A param that every command takes, and that the client gives.
#[derive(Debug, Clone)]
pub struct CommonParam {
    /// Rust name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// The type of XML Schema.
    pub xsd: String,
    /// Never printed.
    pub secret: bool,
    /// It stands for the session.
    pub session: bool,
    /// It stands after the command's own params.
    pub last: bool,
    /// One sentence.
    pub doc: String,
}

/// What the messages of an answer are called, and what stands in one; of each, the first name is the wire's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageNames {
    /// The element that each message is.
    pub name: String,
    /// Where in the provider's system it comes from.
    pub source: Vec<String>,
    /// How severe it is.
    pub level: Vec<String>,
    /// Its code.
    pub code: Vec<String>,
    /// The message itself.
    pub text: Vec<String>,
}

/// A level that messages are known to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLevel {
    /// The level.
    pub level: String,
    /// What it means, in one sentence.
    pub means: String,
}
