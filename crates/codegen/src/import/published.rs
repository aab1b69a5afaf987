//! The objects and events that a customer of EcoSys publishes, as far as the elements of an API tell what each request does.
//!
//! `SampleObjectUpdateRequestElement` is answered by `SampleObjectWriteResponseElement`; see `spec/ecosys/patterns` too.

/// What the elements of requests and of replies end with.
pub const REQUEST: &str = "RequestElement";
pub const REPLY: &str = "ResponseElement";

/// What the namespaces of such APIs begin with.
const NAMESPACE: &str = "http://ecosys.net/api/";

/// What can be done to an object, or to an event.
pub struct Operation {
    /// What it is called in the element of a request.
    pub name: &'static str,
    /// What stands for it in the element of the reply.
    pub reply: &'static str,
    /// What it does to the account, as a spec says it.
    pub effect: &'static str,
}

/// All of them, the longer ones before those that they end with.
const OPERATIONS: [Operation; 6] = [
    Operation { name: "CreateOrUpdate", reply: "Write", effect: "idempotent_write" },
    Operation { name: "Create", reply: "Write", effect: "write" },
    Operation { name: "Update", reply: "Write", effect: "idempotent_write" },
    Operation { name: "Delete", reply: "Write", effect: "idempotent_write" },
    Operation { name: "Read", reply: "Read", effect: "read" },
    Operation { name: "Trigger", reply: "Trigger", effect: "write" },
];

/// The object of a request, and what is done to it, by what the element is called without its end.
pub fn operation(stem: &str) -> Option<(&str, &'static Operation)> {
    OPERATIONS.iter().find_map(|operation| {
        let object = stem.strip_suffix(operation.name).filter(|object| !object.is_empty())?;
        Some((object, operation))
    })
}

/// What a request does to the account, by its element; nothing where that is none of a published API.
pub fn effect(namespace: &str, element: &str) -> Option<&'static str> {
    let stem = element.strip_suffix(REQUEST).filter(|_| namespace.starts_with(NAMESPACE))?;
    operation(stem).map(|(_, operation)| operation.effect)
}
