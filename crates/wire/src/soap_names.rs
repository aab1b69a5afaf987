//! Names of SOAP messages that only the run knows: of an object that no spec describes.

use crate::Text;

/// What the messages of one request are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoapNames {
    /// The element of the request.
    pub request: Text,
    /// The element of its reply.
    pub reply: Text,
    /// The namespace of both.
    pub namespace: Text,
}
