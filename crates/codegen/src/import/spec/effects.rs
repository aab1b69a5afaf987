//! What commands do to the account, where their elements tell: those of an API that is published for an object do.

use super::operations::Kept;

/// What the namespaces of such APIs begin with.
const NAMESPACE: &str = "http://ecosys.net/api/";

/// Operations, the longer ones before those that they end with, and the effect of each: see `spec/ecosys/patterns`.
const OPERATIONS: [(&str, &str); 6] = [
    ("CreateOrUpdate", "idempotent_write"),
    ("Create", "write"),
    ("Update", "idempotent_write"),
    ("Delete", "idempotent_write"),
    ("Read", "read"),
    ("Trigger", "write"),
];

/// The effect of a command; nothing where nobody tells.
pub fn known(kept: &Kept<'_>) -> Option<&'static str> {
    let object = kept.element.local.strip_suffix("RequestElement")?;
    let is_published = kept.element.namespace.starts_with(NAMESPACE);
    let operation = OPERATIONS.iter().find(|(operation, _)| object.ends_with(operation));
    operation.filter(|_| is_published).map(|(_, effect)| *effect)
}
