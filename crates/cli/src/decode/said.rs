//! What an answer in SOAP says beside its value, and values as JSON.

use crate::redaction::Secrets;
use bindwire_wire::{Fault, Message, Plain, Reply};
use serde_json::{Map, Value, json};

/// Adds what only answers in SOAP have, as far as they have it: a code that is a word, whether the command is still to be
/// carried out, the job, the messages, the fault.
pub fn of_soap(reply: &Reply<'_, ()>, secrets: &Secrets, add: &mut dyn FnMut(&str, Value)) {
    let refusal = reply.refusal.as_ref();
    if let Some(word) = refusal.map(|refusal| &refusal.code_word).filter(|word| !word.is_empty()) {
        add("code", json!(secrets.text(word)));
    } else if let Some(code) = refusal.and_then(|refusal| refusal.code) {
        add("code", json!(code));
    }
    if reply.pending {
        add("pending", json!(true));
    }
    if refusal.is_some_and(|refusal| refusal.may_have_run) {
        add("may_have_run", json!(true));
    }
    if let Some(job) = reply.head.job.as_deref().filter(|job| !job.is_empty()) {
        add("job", json!(secrets.text(job)));
    }
    let messages = refusal.map_or(&reply.head.messages, |refusal| &refusal.messages);
    if !messages.is_empty() {
        add("messages", messages.iter().map(|message| of_message(message, secrets)).collect());
    }
    if let Some(fault) = refusal.and_then(|refusal| refusal.fault.as_deref()) {
        add("fault", of_fault(fault, secrets));
    }
}

/// A message, with null for what it does not say.
fn of_message(message: &Message, secrets: &Secrets) -> Value {
    let or_null = |text: &str| (!text.is_empty()).then(|| secrets.text(text));
    json!({
        "source": or_null(&message.source),
        "level": or_null(&message.level),
        "code": or_null(&message.code),
        "text": or_null(&message.text),
    })
}

/// A fault, with what stands in its detail by its names.
fn of_fault(fault: &Fault, secrets: &Secrets) -> Value {
    let mut out = Map::new();
    for (name, text) in [("code", &fault.code), ("string", &fault.string), ("actor", &fault.actor)] {
        if !text.is_empty() {
            out.insert(name.to_owned(), json!(secrets.text(text)));
        }
    }
    if !fault.detail.is_empty() {
        let mut detail = of_plain(Plain::of_tree(&fault.detail));
        redact(&mut detail, secrets);
        out.insert("detail".to_owned(), detail);
    }
    Value::Object(out)
}

/// Takes the secrets out of every text.
fn redact(value: &mut Value, secrets: &Secrets) {
    match value {
        Value::String(text) => *text = secrets.text(text),
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, secrets)),
        Value::Object(fields) => fields.values_mut().for_each(|field| redact(field, secrets)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A plain value as JSON.
pub fn of_plain(plain: Plain) -> Value {
    match plain {
        Plain::Null => Value::Null,
        Plain::Bool(value) => Value::Bool(value),
        Plain::Int(value) => value.into(),
        Plain::Text(text) => Value::String(text),
        Plain::List(items) => items.into_iter().map(of_plain).collect(),
        Plain::Object(fields) => fields.into_iter().map(|(name, value)| (name.into_owned(), of_plain(value))).collect(),
    }
}
