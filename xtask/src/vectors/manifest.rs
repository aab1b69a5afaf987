//! `tests/vectors/index.json`: all vectors with where they come from, their digests, and how many there are.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::page::{Format, Kind};
use super::verdicts::Verdict;
use super::{FOLDER, INDEX, files};

/// One vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vector {
    pub id: String,
    pub api: String,
    pub command: String,
    pub format: Format,
    pub kind: Kind,
    /// The page, or the fact file that a constructed vector is built on.
    pub document: String,
    /// Where its first line stands there, from 1.
    pub line: Option<usize>,
    /// From the repository's root.
    pub file: String,
    /// Of the file's bytes.
    pub sha256: String,
    pub verdict: Verdict,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub constructed: bool,
}

/// The whole file.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    pub vectors: Vec<Vector>,
    counts: Counts,
}

type Count = BTreeMap<String, usize>;

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Counts {
    total: usize,
    /// By document, kind and format.
    documents: BTreeMap<String, BTreeMap<String, Count>>,
    kinds: Count,
    formats: Count,
    verdicts: Count,
}

/// Where a vector's bytes are, from the repository's root.
pub fn file(api: &str, command: &str, case: &str, kind: Kind, format: Format) -> String {
    let format = format.name();
    match kind {
        Kind::Request => format!("{FOLDER}/{api}/{command}/{case}/request.{format}.txt"),
        Kind::Reply => format!("{FOLDER}/{api}/{command}/{case}/reply.{format}"),
    }
}

impl Manifest {
    /// Sorts by id and counts. Two vectors of one id are an error.
    pub fn new(mut vectors: Vec<Vector>) -> Result<Self, String> {
        vectors.sort_by(|one, other| one.id.cmp(&other.id));
        for pair in vectors.windows(2) {
            if let [one, other] = pair
                && one.id == other.id
            {
                return Err(format!(
                    "two vectors are called {}: {}:{} and {}:{}",
                    one.id,
                    one.document,
                    one.line.unwrap_or_default(),
                    other.document,
                    other.line.unwrap_or_default()
                ));
            }
        }
        let mut counts = Counts { total: vectors.len(), ..Counts::default() };
        for vector in &vectors {
            let (kind, format) = (vector.kind.name().to_owned(), vector.format.name().to_owned());
            let document = counts.documents.entry(vector.document.clone()).or_default();
            *document.entry(kind.clone()).or_default().entry(format.clone()).or_default() += 1;
            *counts.kinds.entry(kind).or_default() += 1;
            *counts.formats.entry(format).or_default() += 1;
            *counts.verdicts.entry(format!("{:?}", vector.verdict).to_lowercase()).or_default() += 1;
        }
        Ok(Self { vectors, counts })
    }

    /// The manifest that is committed.
    pub fn load(root: &Path) -> Result<Self, String> {
        files::read(&root.join(INDEX))
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| format!("{INDEX}: {error}")))
            .map_err(|error| format!("{error}; it is generated: cargo xtask vectors"))
    }

    /// The file's bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, String> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| format!("cannot write {INDEX}: {error}"))?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
