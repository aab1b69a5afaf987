//! What a binding must make of a vector. Replies on the pages are successes unless `verdicts.toml` says otherwise.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::files;
use super::manifest::Vector;
use super::page::Kind;

/// The data file of exceptions, from the repository's root.
pub const FILE: &str = "tests/vectors/verdicts.toml";

/// What a vector is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A request: nothing to decode.
    Request,
    /// A reply that tells of success.
    Ok,
    /// A reply in which the API refuses.
    Refused,
    /// No whole reply to this command.
    Unreadable,
}

/// The entries of `verdicts.toml`, by vector id.
pub struct Exceptions(BTreeMap<String, Exception>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    verdict: Verdict,
    reason: String,
}

impl Exceptions {
    /// Reads the data file of the repository.
    pub fn load(root: &Path) -> Result<Self, String> {
        Self::parse(&files::read_text(&root.join(FILE))?)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let entries: BTreeMap<String, Exception> = toml::from_str(text).map_err(|error| format!("{FILE}: {error}"))?;
        for (id, entry) in &entries {
            if !matches!(entry.verdict, Verdict::Refused | Verdict::Unreadable) {
                return Err(format!(
                    "{FILE}: {id}: an exception is `refused` or `unreadable`; the rest needs no entry"
                ));
            }
            if entry.reason.trim().is_empty() {
                return Err(format!("{FILE}: {id}: the reason is empty; say what on the page makes it so"));
            }
        }
        Ok(Self(entries))
    }

    /// The verdict of an example on a page.
    pub fn verdict(&self, id: &str, kind: Kind) -> Verdict {
        match (self.0.get(id), kind) {
            (Some(entry), _) => entry.verdict,
            (None, Kind::Request) => Verdict::Request,
            (None, Kind::Reply) => Verdict::Ok,
        }
    }

    /// Fails where an entry stands for no reply of the pages.
    pub fn all_used(&self, vectors: &[Vector]) -> Result<(), String> {
        for id in self.0.keys() {
            if !vectors.iter().any(|vector| vector.id == *id && vector.kind == Kind::Reply && !vector.constructed) {
                return Err(format!("{FILE}: {id} is no reply of the pages; write an id as index.json has it"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_needs_a_reason_and_must_be_one() {
        let mistake = |text: &str| Exceptions::parse(text).err().unwrap_or_default();
        assert!(mistake("[\"a/b/fr/reply/xml\"]\nverdict = \"ok\"\nreason = \"It is.\"").contains("needs no entry"));
        assert!(
            mistake("[\"a/b/fr/reply/xml\"]\nverdict = \"refused\"\nreason = \" \"").contains("the reason is empty")
        );
        assert!(mistake("[\"a/b/fr/reply/xml\"]\nverdict = \"odd\"\nreason = \"It is.\"").contains("odd"));
    }

    #[test]
    fn an_exception_for_nothing_is_an_error() {
        let text = "[\"a/b/fr/reply/xml\"]\nverdict = \"refused\"\nreason = \"It says so.\"";
        let unused = Exceptions::parse(text).and_then(|exceptions| exceptions.all_used(&[]));
        assert!(unused.err().unwrap_or_default().contains("a/b/fr/reply/xml is no reply of the pages"));
    }
}
