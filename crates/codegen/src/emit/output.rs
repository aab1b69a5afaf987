//! The files on disk against what they should be: what differs, and putting it right.

use crate::spec::{self, Problems};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Generated files of a folder.
#[derive(Debug, Clone)]
pub struct Outputs {
    /// The folder.
    pub folder: PathBuf,
    /// What its files should hold, by path from it.
    pub files: BTreeMap<PathBuf, String>,
    /// Whether these are all files of the folder, so that any other is a stray.
    pub whole: bool,
}

/// What is wrong with a file on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file, from the folder.
    pub path: PathBuf,
    /// What it holds; `None` when there is no such file.
    pub found: Option<String>,
    /// What it should hold; `None` when there should be no such file.
    pub expected: Option<String>,
}

impl Outputs {
    /// The crates of every spec in the folder `specs`, each in a folder of its own in `generated`.
    ///
    /// # Errors
    /// All mistakes of the first spec that has any.
    pub fn all(specs: &Path, generated: &Path) -> Result<Vec<Self>, Problems> {
        let entries = fs::read_dir(specs).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut folders: Vec<PathBuf> = entries.filter(|folder| folder.join("api.toml").is_file()).collect();
        folders.sort();
        folders.iter().map(|folder| Self::of(folder, &generated.join(folder.file_name().unwrap_or_default()))).collect()
    }

    /// The crate of the spec in `spec`, to be put into `folder`.
    ///
    /// # Errors
    /// All mistakes of the spec.
    pub fn of(spec: &Path, folder: &Path) -> Result<Self, Problems> {
        let files = super::emit(&spec::load(spec)?);
        Ok(Self { folder: folder.to_path_buf(), files: files.into_iter().collect(), whole: true })
    }

    /// The JSON Schema of the spec's files, in the folder `specs`.
    pub fn schema(specs: &Path) -> Self {
        let text = format!("{:#}\n", spec::schema());
        let files = BTreeMap::from([(PathBuf::from("schema.json"), text)]);
        Self { folder: specs.to_path_buf(), files, whole: false }
    }

    /// How many lines the files have.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// What differs on disk, in the order of the paths.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn differences(&self) -> io::Result<Vec<Difference>> {
        let mut found = BTreeMap::new();
        read(&self.folder, &self.folder, &mut found)?;
        found.retain(|path, _| self.whole || self.files.contains_key(path));
        let mut out = Vec::new();
        for (path, expected) in &self.files {
            let found = found.remove(path);
            if found.as_ref() != Some(expected) {
                out.push(Difference { path: path.clone(), found, expected: Some(expected.clone()) });
            }
        }
        out.extend(found.into_iter().map(|(path, text)| Difference { path, found: Some(text), expected: None }));
        out.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(out)
    }

    /// Writes what differs and deletes what is stray; gives what was put right.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn write(&self) -> io::Result<Vec<Difference>> {
        let differences = self.differences()?;
        for Difference { path, expected, .. } in &differences {
            let path = self.folder.join(path);
            match expected {
                None => fs::remove_file(path)?,
                Some(text) => {
                    if let Some(folder) = path.parent() {
                        fs::create_dir_all(folder)?;
                    }
                    fs::write(path, text)?;
                }
            }
        }
        Ok(differences)
    }
}

/// A unified diff from what is there to what should be.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match (&self.found, &self.expected) {
            (_, None) => writeln!(f, "{path}: stray, nothing in the spec gives this file"),
            (None, Some(_)) => writeln!(f, "{path}: missing"),
            (Some(found), Some(expected)) => {
                let diff = TextDiff::from_lines(found, expected);
                write!(f, "{}", diff.unified_diff().header(&format!("{path} (is)"), &format!("{path} (should be)")))
            }
        }
    }
}

/// Reads every file below `folder`; one that is no text as if it were empty.
fn read(folder: &Path, top: &Path, out: &mut BTreeMap<PathBuf, String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, top, out)?;
        } else {
            let text = String::from_utf8(fs::read(&path)?).unwrap_or_default();
            out.insert(path.strip_prefix(top).unwrap_or(&path).to_path_buf(), text);
        }
    }
    Ok(())
}
