//! Holds trees against the language table: unknown keys, wrong types, missing keys, names and words.

use super::files::{File, Place};
use super::language::{self, Others, Table, Ty};
use super::names::{self, Rule};
use super::problems::{Problem, allowed, any_of, nearest};
use super::tree::{Entry, Node, Value};
use std::fmt;

/// What a value belongs to, for messages: "param `domains` of command `search`".
struct Label<'a> {
    of: Option<&'a Label<'a>>,
    what: &'static str,
    name: &'a str,
}

/// Checks a file whose notation is right.
///
/// `soap` says that the API speaks SOAP, whose names are those of a schema.
pub fn file(file: &File, soap: bool, problems: &mut Vec<Problem>) {
    let name = file.name.rsplit('/').next().unwrap_or(&file.name);
    let label = Label { of: None, what: "", name };
    Checker { file, soap, problems }.table(&file.root, 0, language::of_file(file.kind), &label);
}

struct Checker<'a> {
    file: &'a File,
    soap: bool,
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn report(&mut self, at: usize, message: impl Into<String>) {
        self.problems.push(Place { file: self.file, at }.problem(message));
    }

    /// `at` is where to report what is missing: the key that the table stands under.
    fn table(&mut self, node: &Node, at: usize, table: &Table, label: &Label<'_>) {
        for entry in node.entries() {
            match (table.key(&entry.key), table.others) {
                (Some(key), _) => self.value(&entry.node, entry, &key.ty, label),
                (None, Some(others)) => self.other(entry, others, label),
                (None, None) => {
                    let names = table.keys.iter().map(|key| key.name);
                    let hint = allowed(&entry.key, names);
                    self.report(entry.at, format!("unknown key `{}` in {label}{hint}", entry.key));
                }
            }
        }
        for key in table.keys.iter().filter(|key| key.required && node.get(key.name).is_none()) {
            let misspelt = |entry: &Entry| {
                let unknown = table.key(&entry.key).is_none() && table.others.is_none();
                unknown && nearest(&entry.key, table.keys.iter().map(|key| key.name)).as_deref() == Some(key.name)
            };
            if node.entries().iter().any(misspelt) {
                continue; // The unknown key has been reported, with this one as what is meant.
            }
            let meaning = key.doc.trim_end_matches('.').to_lowercase();
            self.report(at, format!("{label} lacks `{}`: {meaning}; {} is wanted", key.name, key.ty));
        }
        if let Some(others) = table.others {
            let there = node.entries().iter().filter(|entry| table.key(&entry.key).is_none()).count();
            self.enough(there, at, others, label);
        }
    }

    fn enough(&mut self, there: usize, at: usize, others: &Others, label: &Label<'_>) {
        if there < others.least {
            self.report(at, format!("{label} has no {}; there must be at least one", others.what));
        }
    }

    /// A key that the author chose.
    fn other(&mut self, entry: &Entry, others: &Others, label: &Label<'_>) {
        let rule = match others.rule.of_schema(self.soap) {
            Rule::Schema if others.rule == Rule::Command && entry.node.get("rust").is_some() => Rule::Renamed,
            rule => rule,
        };
        if let Some(mistake) = names::mistake(rule, others.what, &entry.key) {
            self.report(entry.at, mistake);
        }
        let of = (!label.what.is_empty()).then_some(label);
        let label = Label { of, what: others.what, name: &entry.key };
        self.value(&entry.node, entry, &others.ty, &label);
    }

    /// `entry` is the key that the value stands under, `label` what it is a key of, or the value itself if it has a
    /// name of its own.
    fn value(&mut self, node: &Node, entry: &Entry, ty: &Ty, label: &Label<'_>) {
        match (ty, &node.value) {
            (Ty::AnyText, Value::Text(_)) => {}
            (Ty::Path, Value::Text(text)) if !text.is_empty() => self.path(node, text, entry, label),
            (Ty::Text | Ty::Type(_) | Ty::Citation, Value::Text(text)) if !text.trim().is_empty() => {}
            (Ty::Sentence, Value::Text(text)) if !text.trim().is_empty() => self.sentence(node, text, entry, label),
            (Ty::Words(words), Value::Text(text)) => {
                let words = words();
                if !words.contains(&text.as_str()) {
                    let hint = allowed(text, words.iter().copied());
                    self.report(node.at, format!("`{text}` is no `{}` of {label}{hint}", entry.key));
                }
            }
            (Ty::Bool, Value::Bool(_)) | (Ty::False, Value::Bool(false)) => {}
            (Ty::Int(from, to), Value::Int(number)) if (from..=to).contains(&number) => {}
            (Ty::Pair(from, to), Value::List(items)) if is_pair(items, *from, *to) => {}
            (Ty::List(ty, least), Value::List(items)) => {
                if items.len() < *least {
                    self.report(
                        node.at,
                        format!("`{}` of {label} is empty; there must be at least one item", entry.key),
                    );
                }
                for (index, item) in items.iter().enumerate() {
                    self.item(item, index, entry, ty, label);
                }
            }
            (Ty::Table(table), Value::Table(_)) => {
                if table.what == label.what {
                    self.table(node, entry.at, table, label);
                } else {
                    let label = Label { of: Some(label), what: table.what, name: "" };
                    self.table(node, entry.at, table, &label);
                }
            }
            (Ty::Map(others), Value::Table(entries)) => {
                for entry in entries {
                    self.other(entry, others, label);
                }
                self.enough(entries.len(), entry.at, others, label);
            }
            (Ty::Kinds(kinds), Value::Table(_)) => self.kind(node, entry, kinds, label),
            (Ty::Either(types), _) => match types.iter().find(|ty| ty.takes(node)) {
                Some(ty) => self.value(node, entry, ty, label),
                None => self.wrong(node, entry, ty, label),
            },
            _ => self.wrong(node, entry, ty, label),
        }
    }

    fn wrong(&mut self, node: &Node, entry: &Entry, ty: &Ty, label: &Label<'_>) {
        let named = label.name == entry.key && matches!(ty, Ty::Table(_) | Ty::Kinds(_));
        let subject = if named { label.to_string() } else { format!("`{}` of {label}", entry.key) };
        self.report(node.at, format!("{subject} is {}; {ty} is wanted", node.value));
    }

    fn item(&mut self, item: &Node, index: usize, entry: &Entry, ty: &Ty, label: &Label<'_>) {
        let Ty::Table(table) = ty else { return self.value(item, entry, ty, label) };
        if !ty.takes(item) {
            return self.wrong(item, entry, ty, label);
        }
        let number = (index + 1).to_string();
        let name = item.get(table.named_by).and_then(Node::as_text).unwrap_or(&number);
        let of = (!label.what.is_empty()).then_some(label);
        self.table(item, item.at, table, &Label { of, what: table.what, name });
    }

    fn kind(&mut self, node: &Node, entry: &Entry, kinds: &[(&str, &Table)], label: &Label<'_>) {
        let table = match node.get("kind") {
            None => kinds.first(),
            Some(written) => kinds.iter().find(|(word, _)| written.as_text() == Some(word)),
        };
        if let Some((_, table)) = table {
            let label = Label { of: None, what: table.what, name: label.name };
            return self.table(node, entry.at, table, &label);
        }
        let written = node.get("kind").unwrap_or(node);
        let found = written.as_text().unwrap_or_default();
        let hint = allowed(found, kinds.iter().map(|(word, _)| *word));
        self.report(written.at, format!("`{found}` is no `kind` of {label}{hint}"));
    }

    fn sentence(&mut self, node: &Node, text: &str, entry: &Entry, label: &Label<'_>) {
        if !text.ends_with('.') || text.contains('\n') {
            self.report(
                node.at,
                format!("`{}` of {label} is no sentence; write it on one line and end it with a full stop", entry.key),
            );
        }
    }

    fn path(&mut self, node: &Node, text: &str, entry: &Entry, label: &Label<'_>) {
        let relative = text.strip_prefix('/').unwrap_or(text);
        if relative.split('/').any(|name| name.is_empty() || name.trim() != name || name == "[]") {
            let message = format!(
                "`{}` of {label} is `{text}`, in which a name is empty or padded; write names with one `/` between them",
                entry.key
            );
            self.report(node.at, message);
        }
    }
}

fn is_pair(items: &[Node], from: i64, to: i64) -> bool {
    items.len() == 2 && items.iter().all(|item| item.as_int().is_some_and(|number| (from..=to).contains(&number)))
}

impl Ty {
    /// Whether the value is of this sort, be it right or wrong in detail.
    pub fn takes(&self, node: &Node) -> bool {
        match (self, &node.value) {
            (
                Self::Text
                | Self::AnyText
                | Self::Sentence
                | Self::Words(_)
                | Self::Type(_)
                | Self::Path
                | Self::Citation,
                value,
            ) => {
                matches!(value, Value::Text(_))
            }
            (Self::Bool, value) => matches!(value, Value::Bool(_)),
            (Self::False, value) => matches!(value, Value::Bool(false)),
            (Self::Int(..), value) => matches!(value, Value::Int(_)),
            (Self::Pair(..) | Self::List(..), value) => matches!(value, Value::List(_)),
            (Self::Table(_) | Self::Map(_) | Self::Kinds(_), value) => matches!(value, Value::Table(_)),
            (Self::Either(types), _) => types.iter().any(|ty| ty.takes(node)),
        }
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("a text that is not empty"),
            Self::Type(_) => f.write_str("the name of a type"),
            Self::AnyText => f.write_str("a text"),
            Self::Sentence => f.write_str("a sentence"),
            Self::Bool => f.write_str("`true` or `false`"),
            Self::False => f.write_str("`false`"),
            Self::Int(from, _) if *from == i64::MIN => f.write_str("a whole number"),
            Self::Int(from, to) => write!(f, "a whole number from {from} to {to}"),
            Self::Pair(from, _) if *from == i64::MIN => f.write_str("a list of two whole numbers, as [1, 10]"),
            Self::Pair(from, to) => write!(f, "a list of two whole numbers from {from} to {to}, as [0, 12]"),
            Self::Words(words) => f.write_str(&any_of(words())),
            Self::Path => f.write_str("a path of names"),
            Self::Citation => f.write_str("a citation, as \"fr:48\""),
            Self::List(ty, _) => write!(f, "a list, each item {ty}"),
            Self::Table(_) | Self::Map(_) | Self::Kinds(_) => f.write_str("a table"),
            Self::Either(types) => {
                let names: Vec<String> = types.iter().map(Ty::to_string).collect();
                f.write_str(&names.join(", or "))
            }
        }
    }
}

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.what, self.name) {
            ("", name) => f.write_str(name)?,
            (what, "") => f.write_str(what)?,
            (what, name) => write!(f, "{what} `{name}`")?,
        }
        match self.of {
            Some(of) if !of.what.is_empty() => write!(f, " of {of}"),
            _ => Ok(()),
        }
    }
}
