//! The reply vectors of `vectors/index.json`, decoded through the registry of their API.

use bindwire_wire::{DecodeError, Entry, Format, LeafKind, NodeKind, Options, Plain, Record, Reply, decode_into};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the vectors.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// Every API's commands, sorted by name.
pub const APIS: [(&str, &[Entry]); 4] = [
    ("dynadot", bindwire_dynadot::registry::COMMANDS),
    ("dynect", bindwire_dynect::registry::COMMANDS),
    ("ecosys", bindwire_ecosys::registry::COMMANDS),
    ("netim", bindwire_netim::registry::COMMANDS),
];

/// The commands of an API.
pub fn commands(api: &str) -> &'static [Entry] {
    let known = APIS.iter().find(|(name, _)| *name == api);
    known.map(|(_, commands)| *commands).unwrap_or_else(|| panic!("there is no API `{api}`"))
}

/// A recorded reply.
#[derive(Debug)]
pub struct Vector {
    /// Its id in the manifest.
    pub id: String,
    /// The API that answers.
    pub api: String,
    /// The command that was sent; `any` where the reply may come for each.
    pub command: String,
    /// The page, or what a constructed case shows.
    pub case: String,
    /// The format that was asked for.
    pub format: Format,
    /// `ok`, `refused` or `unreadable`.
    pub verdict: String,
    /// Whether it stands on no page.
    pub constructed: bool,
    /// The reply.
    pub body: Vec<u8>,
}

impl Vector {
    fn of(entry: &Value) -> Self {
        let text = |key: &str| entry[key].as_str().unwrap_or_else(|| panic!("{entry} has no text `{key}`")).to_owned();
        let id = text("id");
        let case = id.split('/').nth(2).unwrap_or_default().to_owned();
        let file = text("file");
        let path = folder().join(file.trim_start_matches("tests/vectors/"));
        Self {
            api: text("api"),
            command: text("command"),
            case,
            format: text("format").parse().unwrap_or_else(|error| panic!("{id}: {error}")),
            verdict: text("verdict"),
            constructed: entry["constructed"] == true,
            body: fs::read(path).unwrap_or_else(|error| panic!("{file}: {error}; restore it from git")),
            id,
        }
    }

    /// The commands that it may be the reply to: where that is any, those that answer in its format.
    pub fn entries(&self) -> Vec<&'static Entry> {
        let commands = commands(&self.api);
        if self.command == "any" {
            return commands.iter().filter(|entry| entry.info.formats.contains(&self.format)).collect();
        }
        let known = commands.iter().find(|entry| entry.info.name == self.command);
        vec![known.unwrap_or_else(|| panic!("{}: the registry has no such command", self.id))]
    }

    /// The reply as `entry`'s decoder reads it, and its value.
    pub fn decode(&self, entry: &Entry, options: &Options) -> Result<(Reply<'_, ()>, Box<dyn Record>), DecodeError> {
        let mut value = (entry.new_reply)();
        let reply = decode_into(entry.info.reply, &self.body, &options.clone().format(self.format), &mut *value)?;
        Ok((reply, value))
    }
}

/// Every reply of the manifest.
pub fn replies() -> Vec<Vector> {
    let index = fs::read_to_string(folder().join("index.json")).expect("index.json is there: cargo xtask vectors");
    let index: Value = serde_json::from_str(&index).expect("index.json is JSON");
    let entries = index["vectors"].as_array().expect("index.json has a list `vectors`");
    entries.iter().filter(|entry| entry["kind"] == "reply").map(Vector::of).collect()
}

/// A record as JSON: its plain form, but with the secrets that it holds.
pub fn value(record: &dyn Record) -> Value {
    let Plain::Object(fields) = Plain::of(record) else { return Value::Null };
    let mut object: Map<String, Value> =
        fields.iter().map(|(name, plain)| (name.clone().into_owned(), json(plain))).collect();
    for node in record.shape().nodes {
        let shown = match node.kind {
            NodeKind::Group { .. } => continue,
            NodeKind::Leaf { id, spec } => record.leaf(id).filter(|leaf| leaf.kind() == LeafKind::Secret).map(|leaf| {
                let mut text = String::new();
                if leaf.write(0, &spec, Format::Xml, &mut text) { Value::String(text) } else { Value::Null }
            }),
            NodeKind::Child { id, many, .. } => record.child(id).map(|child| {
                let mut items = (0..child.len()).filter_map(|index| child.get(index)).map(value);
                if many { items.collect() } else { items.next().unwrap_or(Value::Null) }
            }),
        };
        if let Some(shown) = shown {
            object.insert(node.field.to_owned(), shown);
        }
    }
    Value::Object(object)
}

fn json(plain: &Plain) -> Value {
    serde_json::from_str(&plain.to_string()).expect("a plain value prints as JSON")
}
