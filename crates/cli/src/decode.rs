//! `bindwire decode`: a body in, one JSON object out.

use crate::apis;
use crate::arguments::Decode;
use crate::failure::{Failure, REFUSED, UNREADABLE};
use crate::output::print;
use crate::redaction::Secrets;
use bindwire_wire::{Entry, Note, Notes, Options, Plain, decode_into};
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
    print(&report.to_string())?;
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
fn report(entry: &Entry, body: &[u8], options: &Options) -> (Plain, ExitCode) {
    let mut record = (entry.new_reply)();
    let outcome = decode_into(entry.info.reply, body, options, &mut *record);
    let secrets = Secrets::of(&*record);
    let command = ("command", text(entry.info.name));
    let reply = match outcome {
        Ok(reply) => reply,
        Err(error) => {
            let fields = vec![
                command,
                ("format", Plain::Null),
                ("result", text("unreadable")),
                ("kind", text(error.kind().name())),
                ("code", Plain::Null),
                ("status", Plain::Null),
                ("error", Plain::Text(secrets.error_text(&error))),
                ("value", Plain::Null),
                ("notes", Plain::List(Vec::new())),
            ];
            return (Plain::Object(fields), ExitCode::from(UNREADABLE));
        }
    };
    let refusal = reply.refusal.as_ref();
    let words = |words: Option<&str>| words.map_or(Plain::Null, |words| Plain::text_or_null(&secrets.text(words)));
    let error = refusal.map(|refusal| refusal.error.as_str()).or(reply.head.error.as_deref());
    let mut fields = vec![
        command,
        ("format", text(reply.format.name())),
        ("result", text(if refusal.is_some() { "refused" } else { "ok" })),
        ("code", reply.head.code.map_or(Plain::Null, Plain::Int)),
        ("status", words(reply.head.status.as_deref())),
        ("error", words(error)),
    ];
    fields.extend(refusal.map(|refusal| ("class", text(refusal.class.name()))));
    fields.push(("value", if refusal.is_some() { Plain::Null } else { Plain::of(&*record) }));
    fields.push(("notes", notes(&reply.notes, &secrets)));
    if reply.notes.omitted() > 0 {
        fields.push(("notes_omitted", number(reply.notes.omitted())));
    }
    (Plain::Object(fields), if refusal.is_some() { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

fn notes(notes: &Notes, secrets: &Secrets) -> Plain {
    let of = |note: &Note| {
        let Note { kind, path, offset, .. } = note;
        Plain::Object(vec![
            ("kind", text(kind.name())),
            ("path", text(path)),
            ("offset", number(*offset)),
            ("text", Plain::Text(secrets.note_text(note))),
        ])
    };
    Plain::List(notes.iter().map(of).collect())
}

fn text(text: &str) -> Plain {
    Plain::Text(text.to_owned())
}

fn number(number: usize) -> Plain {
    Plain::Int(i64::try_from(number).unwrap_or(i64::MAX))
}
