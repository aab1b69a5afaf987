//! The head of a reply: what the server says of the request itself.

use crate::{Message, Text};

/// Code, status and error text of a reply, as they stand on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The code; [`crate::ApiShape::success`] lists those that mean success.
    pub code: Option<i64>,
    /// The status: `success`, `error` or another word.
    pub status: Option<Text>,
    /// The error text.
    pub error: Option<Text>,
    /// The number of the job that answers, where the API has jobs.
    pub job: Option<Text>,
    /// What the server says of the request, where the API has messages.
    pub messages: Vec<Message>,
}
