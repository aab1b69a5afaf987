//! Requests: what the builders send, what they refuse to send, and what they never show.

#[path = "../requests/built.rs"]
mod built;
#[path = "../requests/conditions.rs"]
mod conditions;
#[path = "../requests/documented.rs"]
mod documented;
#[path = "../requests/encoding.rs"]
mod encoding;
#[path = "../requests/limits.rs"]
mod limits;
#[path = "../requests/page.rs"]
mod page;
#[path = "../requests/redaction.rs"]
mod redaction;
#[path = "../requests/vectors.rs"]
mod vectors;
