//! Keeping secrets of a reply out of what is printed beside its value: notes and errors quote the body.

use bindwire_wire::{Child, DecodeError, DecodeErrorKind, Format, LeafKind, NodeKind, Note, NoteKind, Record};

/// What stands in place of a secret.
const REDACTED: &str = "<redacted>";

/// Notes whose text is a name of the body, not a value.
const QUOTES_A_NAME: [NoteKind; 10] = [
    NoteKind::MismatchedEndTag,
    NoteKind::MisspeltEndTag,
    NoteKind::StrayEndTag,
    NoteKind::KeyPunctuation,
    NoteKind::OtherFormat,
    NoteKind::RenamedEnvelope,
    NoteKind::RenamedLevel,
    NoteKind::MissingLevel,
    NoteKind::DoubledLevel,
    NoteKind::NameVariant,
];

/// The names and values that must not be printed.
#[derive(Debug, Default)]
pub struct Secrets {
    names: Vec<&'static str>,
    values: Vec<String>,
}

impl Secrets {
    /// The secrets of a decoded record.
    pub fn of(record: &dyn Record) -> Self {
        let mut secrets = Self::default();
        secrets.collect(record);
        secrets
    }

    fn collect(&mut self, record: &dyn Record) {
        for node in record.shape().nodes {
            match node.kind {
                NodeKind::Group { .. } => {}
                NodeKind::Leaf { id, spec } => {
                    let Some(leaf) = record.leaf(id).filter(|leaf| leaf.kind() == LeafKind::Secret) else { continue };
                    self.names.extend(node.names.iter().chain(node.aliases).filter(|name| !name.is_empty()));
                    for index in 0..leaf.len() {
                        let mut value = String::new();
                        leaf.write(index, &spec, Format::Json, &mut value);
                        if !value.is_empty() {
                            self.values.push(value);
                        }
                    }
                }
                NodeKind::Child { id, .. } => {
                    let Some(child) = record.child(id) else { continue };
                    (0..child.len()).filter_map(|index| Child::get(child, index)).for_each(|inner| self.collect(inner));
                }
            }
        }
    }

    /// The text of a note.
    ///
    /// A note does not always say which field its text is of, so where a reply has a secret only names are shown.
    pub fn note_text(&self, note: &Note) -> String {
        let is_shown = self.names.is_empty() || QUOTES_A_NAME.contains(&note.kind) && !self.is_secret(&note.path);
        if is_shown || note.text.is_empty() { self.text(&note.text) } else { REDACTED.to_owned() }
    }

    /// What an error says.
    pub fn error_text(&self, error: &DecodeError) -> String {
        if error.kind() == DecodeErrorKind::Strict && !self.names.is_empty() {
            let (command, offset) = (error.command(), error.offset());
            return format!(
                "{command}: something deviates from the documented shape at byte {offset}, and is not quoted since the reply has a secret; decode without `strict` to take it with a note"
            );
        }
        self.text(&error.to_string())
    }

    /// `text` without the secret values.
    pub fn text(&self, text: &str) -> String {
        self.values.iter().fold(text.to_owned(), |text, value| text.replace(value.as_str(), REDACTED))
    }

    /// Whether a path on the wire leads to a secret.
    fn is_secret(&self, path: &str) -> bool {
        let names = path.split('/').map(|name| name.split('[').next().unwrap_or_default());
        names.map(plain).any(|name| self.names.iter().any(|known| plain(known) == name))
    }
}

/// A name in any case or convention.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
