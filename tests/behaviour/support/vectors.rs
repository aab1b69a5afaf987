//! The documented replies, and decoding by the command's name.

use bindwire_dynadot::registry::find;
use bindwire_wire::{DecodeError, Entry, Format, Options, Plain, Reply, decode_into};
use serde_json::Value;
use std::path::Path;

/// A documented reply.
#[derive(Debug, Clone)]
pub struct Vector {
    pub id: String,
    pub command: String,
    pub format: Format,
    /// `ok`, `refused` or `unreadable`.
    pub verdict: String,
    pub body: Vec<u8>,
}

/// Every documented reply, in the order of the manifest.
pub fn replies() -> Vec<Vector> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let index = std::fs::read_to_string(tests.join("vectors/index.json")).expect("vectors/index.json is there");
    let index: Value = serde_json::from_str(&index).expect("index.json is JSON");
    let list = index["vectors"].as_array().expect("a list of vectors");
    let text = |vector: &Value, key: &str| vector[key].as_str().expect("a text").to_owned();
    list.iter()
        .filter(|vector| vector["kind"] == "reply" && vector["constructed"] != true)
        .map(|vector| {
            let file = tests.join("..").join(text(vector, "file"));
            Vector {
                id: text(vector, "id"),
                command: text(vector, "command"),
                format: text(vector, "format").parse().expect("a format"),
                verdict: text(vector, "verdict"),
                body: std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())),
            }
        })
        .collect()
}

/// The command called `name`.
pub fn command(name: &str) -> &'static Entry {
    find(name).unwrap_or_else(|| panic!("the registry has no command {name}"))
}

/// The reply of `entry` in `body`, and its value in plain form.
pub fn decode<'a>(entry: &Entry, body: &'a [u8], format: Format) -> Result<(Reply<'a, ()>, Plain), DecodeError> {
    let mut value = (entry.new_reply)();
    let reply = decode_into(entry.info.reply, body, &Options::default().format(format), &mut *value)?;
    Ok((reply, Plain::of(&*value)))
}

/// Whether the reply was taken for a success.
pub fn succeeds(entry: &Entry, body: &[u8], format: Format) -> bool {
    decode(entry, body, format).is_ok_and(|(reply, _)| reply.is_ok())
}
