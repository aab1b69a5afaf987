//! Reads families of commands.

use super::{Reader, fields, params};
use crate::model::{Api, Command, CsvLayout, Effect, Envelope, Family, Reply, Status};
use crate::spec::tree::{Entry, Node};
use crate::spec::words::{self, EFFECTS, FORMATS, STATUSES};

/// Keys of a file of commands that are not commands.
pub const FAMILY_KEYS: [&str; 3] = ["family", "doc", "each"];

/// Reads a family.
pub fn read(reader: &mut Reader<'_>, api: &mut Api) {
    let file = reader.file;
    let mut family = Family {
        name: file.root.text_or_empty("family"),
        doc: file.root.text_or_empty("doc"),
        file: file.name.clone(),
        commands: Vec::new(),
    };
    for entry in file.root.entries().iter().filter(|entry| !FAMILY_KEYS.contains(&entry.key.as_str())) {
        let other = api.families.iter().find(|family| family.commands.iter().any(|command| command.name == entry.key));
        match other {
            Some(other) => {
                let message = format!("command `{}` is described in {} too; keep one of them", entry.key, other.file);
                reader.report(entry.at, message);
            }
            None => family.commands.push(command(reader, entry)),
        }
    }
    api.families.push(family);
}

fn command(reader: &mut Reader<'_>, entry: &Entry) -> Command {
    let node = &entry.node;
    let formats = node.texts("formats").iter().filter_map(|word| words::meaning(FORMATS, word)).collect();
    Command {
        name: entry.key.clone(),
        rust: node.text("rust"),
        element: node.text("element"),
        namespace: node.text("namespace"),
        since: node.text("since"),
        session: node.flag("session"),
        doc: node.text_or_empty("doc"),
        note: node.text("note"),
        effect: node.get("effect").and_then(effect).unwrap_or(Effect::Read),
        why: node.text("why"),
        effect_when: node
            .table("effect_when")
            .iter()
            .filter_map(|entry| Some((entry.key.clone(), effect(&entry.node)?)))
            .collect(),
        formats,
        status: node.text("status").and_then(|word| words::meaning(STATUSES, &word)).unwrap_or(Status::Documented),
        deprecated: node.text("deprecated"),
        successor: node.text("successor"),
        reseller: node.flag("reseller"),
        exempt: node.text("limit").is_some(),
        price: node.text("price"),
        reconcile: node.texts("reconcile"),
        open: node.flag("open"),
        sources: reader.sources(node, "sources"),
        params: params::read(reader, node.table("params")),
        reply: reply(reader, node),
        uncovered: super::api::reasons(node),
    }
}

fn effect(node: &Node) -> Option<Effect> {
    words::meaning(EFFECTS, node.as_text()?)
}

fn reply(reader: &mut Reader<'_>, command: &Node) -> Reply {
    let Some(written) = command.get("reply") else {
        return Reply {
            xml: envelope(None),
            json: envelope(None),
            csv: None,
            root_aliases: Vec::new(),
            fields: Vec::new(),
        };
    };
    let xml = envelope(written.get("xml"));
    let json = envelope(written.get("json"));
    Reply {
        fields: fields::of_reply(reader, written, &xml, &json),
        csv: written.get("csv").map(|node| CsvLayout {
            cells: node.texts("cells"),
            lines: node.flag("lines"),
            rows: node.text_or_empty("rows"),
        }),
        root_aliases: written.texts("root_aliases"),
        xml,
        json,
    }
}

fn envelope(node: Option<&Node>) -> Envelope {
    let name = |key| node.map(|node| node.text_or_empty(key)).unwrap_or_default();
    Envelope {
        root: name("root"),
        header: name("header"),
        content: name("content"),
        code: name("code"),
        status: name("status"),
        code_is_number: name("code_as") == "number",
    }
}
