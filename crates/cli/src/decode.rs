//! `bindwire decode`: a body in, one JSON object out.

mod said;

use crate::apis;
use crate::arguments::Decode;
use crate::failure::{Failure, REFUSED, UNREADABLE};
use crate::output::print;
use crate::redaction::Secrets;
use bindwire_wire::{Entry, Note, Options, Plain, decode_into};
use said::of_plain;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, Read, stdin};
use std::path::Path;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: &Decode) -> Result<ExitCode, Failure> {
    let entry = apis::find(&arguments.api)?.command(&arguments.command)?;
    let options = Options { format: arguments.format, strict: arguments.strict, ..Options::default() };
    let body = read(arguments.file.as_deref(), options.max_body)?;
    let (report, code) = report(entry, &body, &options);
    print(&format!("{report:#}"))?;
    Ok(code)
}

/// The whole body, or a byte more than is decoded.
fn read(file: Option<&Path>, max_body: usize) -> Result<Vec<u8>, Failure> {
    let limit = u64::try_from(max_body).unwrap_or(u64::MAX).saturating_add(1);
    let mut body = Vec::new();
    match file.filter(|path| *path != Path::new("-")) {
        None => {
            let read = stdin().lock().take(limit).read_to_end(&mut body);
            read.map_err(|error| Failure::usage(format_args!("standard input cannot be read: {error}")))?;
        }
        Some(path) => {
            let read = |body: &mut Vec<u8>| -> io::Result<usize> { File::open(path)?.take(limit).read_to_end(body) };
            read(&mut body).map_err(|error| {
                let path = path.display();
                Failure::usage(format_args!(
                    "the file `{path}` cannot be read: {error}; name another, or give the body on standard input"
                ))
            })?;
        }
    }
    Ok(body)
}

/// What is made of a body, and the exit code that says so.
fn report(entry: &Entry, body: &[u8], options: &Options) -> (Value, ExitCode) {
    let mut record = (entry.new_reply)();
    let outcome = decode_into(entry.info.reply, body, options, &mut *record);
    let secrets = Secrets::of(&*record);
    let reply = match outcome {
        Ok(reply) => reply,
        Err(error) => {
            let report = json!({
                "command": entry.info.name,
                "format": null,
                "result": "unreadable",
                "kind": error.kind().name(),
                "code": null,
                "status": null,
                "error": secrets.error_text(&error),
                "value": null,
                "notes": [],
            });
            return (report, ExitCode::from(UNREADABLE));
        }
    };
    let words = |words: Option<&str>| words.filter(|words| !words.is_empty()).map(|words| secrets.text(words));
    let error = reply.refusal.as_ref().map(|refusal| refusal.error.as_str()).or(reply.head.error.as_deref());
    let mut report = json!({
        "command": entry.info.name,
        "format": reply.format.name(),
        "result": if reply.is_ok() { "ok" } else { "refused" },
        "code": reply.head.code,
        "status": words(reply.head.status.as_deref()),
        "error": words(error),
    });
    let mut add = |key: &str, value: Value| {
        if let Some(fields) = report.as_object_mut() {
            fields.insert(key.to_owned(), value);
        }
    };
    if let Some(refusal) = &reply.refusal {
        add("class", json!(refusal.class.name()));
    }
    if entry.info.api.soap.is_some() {
        said::of_soap(&reply, &secrets, &mut add);
    }
    add("value", if reply.is_ok() { of_plain(Plain::of(&*record)) } else { Value::Null });
    add("notes", reply.notes.iter().map(|note| of_note(note, &secrets)).collect());
    if reply.notes.omitted() > 0 {
        add("notes_omitted", json!(reply.notes.omitted()));
    }
    (report, if reply.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

fn of_note(note: &Note, secrets: &Secrets) -> Value {
    json!({
        "kind": note.kind.name(),
        "path": note.path.as_str(),
        "offset": note.offset,
        "text": secrets.note_text(note),
    })
}
