//! Expected values: what the vectors of a folder decode to, as the document that is committed beside them.
//!
//! ```json
//! {
//!   "value": { "contact_id": "0" },
//!   "heads": { "fr/json": { "code": null, "status": "success" } },
//!   "notes": { "fr/json": ["key-punctuation in CreateContactResponse: \"ContactId: \""] },
//!   "refused": { "ru/xml": { "code": -1, "status": "error", "error": "invalid key", "class": "auth" } },
//!   "unreadable": { "ru/csv": { "kind": "empty", "message": "create_contact: the body is empty, ..." } },
//!   "differs": [{ "vectors": ["fr/xml"], "reason": "The XML example has another id.", "changes": { "/contact_id": "1234" } }]
//! }
//! ```
//! `value` is that of the first success, JSON before XML before CSV; `changes` are JSON pointers into it, with what the vectors have
//! instead. `heads` has the successes whose head is not code 0 and status `success`. What is empty is left out. Everything but the
//! reasons follows from the vectors.

use crate::vectors::{self, Vector};
use bindwire_wire::{Entry, Message, Note, Options, Text};
use serde_json::{Map, Value, json};

/// What a vector decodes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What happened.
    pub outcome: Outcome,
    /// The notes.
    pub notes: Vec<String>,
}

/// What a body turned out to be.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Outcome {
    Ok { value: Value, head: Value },
    Refused(Value),
    Unreadable(Value),
}

impl Outcome {
    /// As the manifest calls it.
    pub fn verdict(&self) -> &'static str {
        match self {
            Self::Ok { .. } => "ok",
            Self::Refused(_) => "refused",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

/// Decodes `vector` as a reply to the command of `entry`.
pub fn see(vector: &Vector, entry: &Entry) -> Seen {
    let (reply, value) = match vector.decode(entry, &Options::default()) {
        Ok(decoded) => decoded,
        Err(error) => {
            let outcome = json!({ "kind": error.kind().name(), "message": error.to_string() });
            return Seen { outcome: Outcome::Unreadable(outcome), notes: Vec::new() };
        }
    };
    let outcome = match &reply.refusal {
        None => Outcome::Ok {
            value: vectors::value(&*value),
            head: {
                let mut head = json!({ "code": reply.head.code, "status": reply.head.status.as_deref() });
                add(&mut head, "job", reply.head.job.as_deref().map(Value::from));
                add(&mut head, "messages", messages(&reply.head.messages));
                head
            },
        },
        Some(refusal) => Outcome::Refused({
            let mut refused = json!({
                "code": refusal.code,
                "status": refusal.status.as_str(),
                "error": refusal.error.as_str(),
                "class": refusal.class.name(),
            });
            let text = |text: &Text| (!text.is_empty()).then(|| Value::from(text.as_str()));
            add(&mut refused, "code_word", text(&refusal.code_word));
            add(&mut refused, "job", text(&refusal.job));
            add(&mut refused, "messages", messages(&refusal.messages));
            add(&mut refused, "may_have_run", refusal.may_have_run.then_some(Value::Bool(true)));
            let fault = refusal.fault.as_deref();
            add(&mut refused, "fault", fault.map(|fault| json!([fault.code.as_str(), fault.string.as_str()])));
            refused
        }),
    };
    Seen { outcome, notes: reply.notes.iter().map(line).collect() }
}

/// Adds what only some APIs have.
fn add(object: &mut Value, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object[key] = value;
    }
}

fn messages(messages: &[Message]) -> Option<Value> {
    let one = |message: &Message| {
        [&message.source, &message.level, &message.code, &message.text].map(|text| Value::from(text.as_str()))
    };
    (!messages.is_empty()).then(|| json!(messages.iter().map(one).collect::<Vec<_>>()))
}

/// A note without its offset, which depends on how a page indents.
fn line(note: &Note) -> String {
    let place = if note.path.is_empty() { String::new() } else { format!(" in {}", note.path) };
    let text = if note.text.is_empty() { String::new() } else { format!(": {:?}", note.text.as_str()) };
    format!("{}{place}{text}", note.kind)
}

/// The document for what was seen of vectors by name, with the reasons of the one that is committed.
pub fn document(seen: &[(String, Seen)], committed: &Value) -> Value {
    let mut sections = ["heads", "notes", "refused", "unreadable"].map(|section| (section, Map::new()));
    let [heads, notes, refused, unreadable] = sections.each_mut().map(|(_, entries)| entries);
    let mut values = Vec::new();
    for (name, seen) in seen {
        if !seen.notes.is_empty() {
            notes.insert(name.clone(), json!(seen.notes));
        }
        match &seen.outcome {
            Outcome::Ok { value, head } => {
                values.push((name.clone(), value));
                if *head != json!({ "code": 0, "status": "success" }) {
                    heads.insert(name.clone(), head.clone());
                }
            }
            Outcome::Refused(refusal) => drop(refused.insert(name.clone(), refusal.clone())),
            Outcome::Unreadable(error) => drop(unreadable.insert(name.clone(), error.clone())),
        }
    }
    let base = values.iter().min_by_key(|(name, _)| ["json", "xml", "csv"].map(|format| !name.contains(format)));
    let value = base.map(|(_, value)| ("value", (*value).clone()));
    let differs =
        value.iter().flat_map(|(_, base)| differences(base, &values, &committed["differs"])).collect::<Vec<_>>();
    let sections = sections.into_iter().filter(|(_, entries)| !entries.is_empty());
    let differs = (!differs.is_empty()).then(|| ("differs", json!(differs)));
    let sections =
        value.into_iter().chain(sections.map(|(section, entries)| (section, Value::Object(entries)))).chain(differs);
    Value::Object(sections.map(|(section, content)| (section.to_owned(), content)).collect())
}

/// How the values differ from `base`: one entry for all vectors with the same changes.
fn differences(base: &Value, values: &[(String, &Value)], committed: &Value) -> Vec<Value> {
    let mut groups: Vec<(Vec<&str>, Map<String, Value>)> = Vec::new();
    for (name, value) in values {
        let mut found = Map::new();
        changes(String::new(), base, value, &mut found);
        match groups.iter_mut().find(|(_, changes)| *changes == found) {
            _ if found.is_empty() => {}
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], found)),
        }
    }
    let reason = |names: &[&str]| {
        let entry = committed.as_array().into_iter().flatten().find(|entry| entry["vectors"] == json!(names));
        entry.map_or(json!(""), |entry| entry["reason"].clone())
    };
    let entry = |(names, changes): (Vec<&str>, _)| json!({ "vectors": names, "reason": reason(&names), "changes": Value::Object(changes) });
    groups.into_iter().map(entry).collect()
}

fn changes(pointer: String, base: &Value, value: &Value, found: &mut Map<String, Value>) {
    match (base, value) {
        (Value::Object(base), Value::Object(value)) if base.keys().eq(value.keys()) => {
            for (key, field) in base {
                changes(format!("{pointer}/{key}"), field, &value[key], found);
            }
        }
        (Value::Array(base), Value::Array(value)) if base.len() == value.len() => {
            for (index, (base, value)) in base.iter().zip(value).enumerate() {
                changes(format!("{pointer}/{index}"), base, value, found);
            }
        }
        _ if base == value => {}
        _ => drop(found.insert(pointer, value.clone())),
    }
}
