//! The files of a description: the first one and all that it imports, each read once.

mod location;

use super::limits;
use super::names::{self, quoted};
use super::report::Findings;
use super::xml::{self, Document, Node};
use crate::spec::Problem;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files that were read.
#[derive(Debug)]
pub struct Files {
    /// The documents in the order in which they were found; the first is the one that was asked for.
    pub list: Vec<Document>,
    /// Which document an import names, by the document and the element that it stands in.
    links: BTreeMap<(Arc<str>, usize), usize>,
}

impl Files {
    /// Reads `first` and what it imports, as far as it can be read.
    pub fn read(first: &Path, findings: &mut Findings) -> Self {
        let mut loader = Loader::new(first);
        let name = first.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        match loader.load(&name) {
            Ok(_) => {}
            Err(Missing::Told(problem)) => findings.problems.push(problem),
            Err(Missing::Why(why)) => findings.problems.push(Problem::of_file(name, format!("this file {why}"))),
        }
        let mut next = 0;
        while next < loader.list.len() {
            loader.follow(next, findings);
            next += 1;
        }
        Self { list: loader.list, links: loader.links }
    }

    /// The document that the import `node` names.
    pub fn linked(&self, node: Node<'_>) -> Option<&Document> {
        let key = (Arc::clone(&node.document.name), node.element.id);
        self.links.get(&key).and_then(|index| self.list.get(*index))
    }
}

/// Why there is no document.
enum Missing {
    /// The file itself is wrong: the problem stands there.
    Told(Problem),
    /// The file cannot be had: to be told where it is asked for.
    Why(String),
}

struct Loader {
    folder: PathBuf,
    list: Vec<Document>,
    links: BTreeMap<(Arc<str>, usize), usize>,
    /// What became of each file that was asked for, by its true path; nothing for one that is wrong in itself.
    read: BTreeMap<PathBuf, Option<usize>>,
    bytes: u64,
    nodes: usize,
}

impl Loader {
    fn new(first: &Path) -> Self {
        let folder = first.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let (bytes, nodes) = (limits::ALL_BYTES, limits::NODES);
        Self { folder, list: Vec::new(), links: BTreeMap::new(), read: BTreeMap::new(), bytes, nodes }
    }

    /// The document of the file `name`, read now or before; nothing when it is known to be wrong.
    fn load(&mut self, name: &str) -> Result<Option<usize>, Missing> {
        let why = |what: &str| Missing::Why(what.to_owned());
        let path = self.folder.join(name);
        let path = path.canonicalize().map_err(|error| Missing::Why(unreadable(&error)))?;
        // A link may lead out of the folder though its name does not; the first file is where the user says.
        if !self.read.is_empty() && !path.starts_with(&self.folder) {
            return Err(why(location::LEAVES));
        }
        if let Some(known) = self.read.get(&path) {
            return Ok(*known);
        }
        let about = fs::metadata(&path).map_err(|error| Missing::Why(unreadable(&error)))?;
        if !about.is_file() {
            return Err(why("is not a file"));
        }
        if self.read.len() == limits::FILES {
            return Err(Missing::Why(format!("would be one file too many; at most {} are read", limits::FILES)));
        }
        let most = limits::FILE_BYTES.min(self.bytes);
        let mut bytes = Vec::new();
        // The limit holds for what is read: what the system says of a file's size may be old or none.
        File::open(&path)
            .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
            .map_err(|error| Missing::Why(unreadable(&error)))?;
        let size = bytes.len() as u64;
        if size > limits::FILE_BYTES {
            let most = limits::FILE_BYTES >> 20;
            return Err(Missing::Why(format!("is larger than {most} MiB, the most that is read of a file")));
        }
        self.bytes = self.bytes.checked_sub(size).ok_or_else(|| {
            let most = limits::ALL_BYTES >> 20;
            Missing::Why(format!("is too large together with the others; at most {most} MiB are read"))
        })?;
        match xml::parse(Arc::from(name), &bytes, &mut self.nodes) {
            Ok(document) => {
                self.list.push(document);
                self.read.insert(path, Some(self.list.len() - 1));
                Ok(Some(self.list.len() - 1))
            }
            Err(problem) => {
                self.read.insert(path, None);
                Err(Missing::Told(problem))
            }
        }
    }

    /// Reads what the imports of a document name.
    fn follow(&mut self, index: usize, findings: &mut Findings) {
        for Import { id, location, problem } in imports(self.list[index].node()) {
            let name = Arc::clone(&self.list[index].name);
            let from = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let loaded = location::beneath(from, &location).map_err(Missing::Why).and_then(|path| {
                self.load(&path).map_err(|missing| match missing {
                    Missing::Why(why) => Missing::Why(format!("the file {} {why}", quoted(&location))),
                    told => told,
                })
            });
            match loaded {
                Ok(Some(document)) => {
                    self.links.insert((name, id), document);
                }
                Ok(None) => {}
                Err(Missing::Told(problem)) => findings.problems.push(problem),
                Err(Missing::Why(message)) => findings.problems.push(Problem { message, ..problem }),
            }
        }
    }
}

/// An import that names a file.
struct Import {
    /// Number of its element.
    id: usize,
    /// The name.
    location: String,
    /// Where to tell what is wrong with it, without a message.
    problem: Problem,
}

/// The imports of a document that name a file.
///
/// Schemas of well-known namespaces are never read, wherever they are said to be: most descriptions of encoded services
/// point to the web for the schema of the encoding.
fn imports(root: Node<'_>) -> Vec<Import> {
    let mut found = Vec::new();
    let mut add = |node: Node<'_>, attribute: &str| {
        let known = node.value("namespace").is_some_and(|namespace| names::WELL_KNOWN.contains(&namespace));
        if let Some(location) = node.value(attribute).filter(|_| !known) {
            let problem = node.problem_of(attribute, "");
            found.push(Import { id: node.element.id, location: location.to_owned(), problem });
        }
    };
    for import in root.all(names::WSDL, &["import"]).filter(|_| root.is(names::WSDL, "definitions")) {
        add(import, "location");
    }
    for schema in schemas(root) {
        for import in schema.all(names::XSD, &["import", "include"]) {
            add(import, "schemaLocation");
        }
    }
    found
}

/// The schemas that stand in a document: the document itself, or those within a WSDL.
pub fn schemas<'a>(root: Node<'a>) -> Vec<Node<'a>> {
    if root.is(names::XSD, "schema") {
        return vec![root];
    }
    root.all(names::WSDL, &["types"]).flat_map(|types| types.all(names::XSD, &["schema"])).collect()
}

/// Why a file cannot be read, without the system's own words where ours say more.
fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
