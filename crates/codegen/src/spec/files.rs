//! The files of one spec folder: which there are, their trees, and the way from a path in the spec to a line.

use super::objects::{self, base};
use super::patterns;
use super::problems::{Problem, allowed};
use super::tree::{self, Node, Value};
use crate::model::Origin;
use heck::ToSnakeCase as _;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a file of the spec holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `api.toml`.
    Api,
    /// `sources.toml`.
    Sources,
    /// `types/*.toml`.
    Types,
    /// `commands/*.toml`.
    Commands,
    /// `errata*.toml`.
    Errata,
    /// `objects/*.toml`.
    Objects,
}

impl Kind {
    /// What a path into a file of this kind begins with.
    fn head(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Sources => "sources",
            Self::Types => "types",
            Self::Commands => "commands",
            Self::Errata => "errata",
            Self::Objects => "objects",
        }
    }
}

/// A file that was read.
#[derive(Debug)]
pub struct File {
    /// What it holds.
    pub kind: Kind,
    /// Its name in messages and in the model: `spec/dynadot/commands/domain.toml`.
    pub name: String,
    /// Its tree, as far as the notation is right.
    pub root: Node,
    /// Whether the notation is wrong somewhere.
    pub broken: bool,
    /// Whether this is one row of a pattern.
    pub is_row: bool,
    lines: Rc<[String]>,
}

/// The files of a spec and the problems found so far.
#[derive(Debug)]
pub struct Files {
    /// How the folder is called in messages: `spec/dynadot`.
    pub folder: String,
    /// The files, sorted by name.
    pub list: Vec<File>,
    /// Problems with the files as such.
    pub problems: Vec<Problem>,
    /// Where in the list the file is that has a command or a type.
    homes: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// What the API must be called, where that is not the folder's name.
    name: Option<String>,
    /// Patterns of what descriptions stand for, by their names.
    patterns: BTreeMap<String, Node>,
    /// Whether a description is wrong, so that what it stands for is not known.
    is_short: bool,
}

/// A place in a file.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The file.
    pub file: &'a File,
    /// Byte offset.
    pub at: usize,
}

impl File {
    /// Reads a file: one of these, or one for each row where it is a pattern.
    fn read(path: &Path, name: String, kind: Kind) -> Result<(Vec<Self>, Vec<Problem>), Problem> {
        let bytes =
            fs::read(path).map_err(|error| Problem::of_file(&name, format!("this file cannot be read: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            Problem::of_file(&name, format!("this file is not UTF-8 from byte {} on", error.utf8_error().valid_up_to()))
        })?;
        Ok(Self::of(&text, name, kind))
    }

    /// The same of a file's text.
    fn of(text: &str, name: String, kind: Kind) -> (Vec<Self>, Vec<Problem>) {
        let (root, errors) = tree::parse(text);
        let lines: Rc<[String]> = text.split('\n').map(str::to_owned).collect();
        let broken = !errors.is_empty();
        let can_have_rows = matches!(kind, Kind::Commands | Kind::Types);
        let is_row = can_have_rows && root.get("each").is_some();
        let roots = if can_have_rows { patterns::expand(root) } else { vec![root] };
        let file = |root| Self { kind, name: name.clone(), root, broken, is_row, lines: lines.clone() };
        let files: Vec<Self> = roots.into_iter().map(file).collect();
        let problem =
            |(at, message)| Some(Place { file: files.first()?, at }.problem(format!("this is not TOML: {message}")));
        let problems = errors.into_iter().filter_map(problem).collect();
        (files, problems)
    }

    /// What this description stands for, as a file of its own kind at the same place.
    fn stands_for(&self, kind: Kind, root: Node) -> Self {
        Self { kind, name: self.name.clone(), root, broken: false, is_row: true, lines: self.lines.clone() }
    }

    /// Line and column of a byte offset, from 1.
    fn position(&self, at: usize) -> (usize, usize) {
        let mut start = 0;
        for (index, line) in self.lines.iter().enumerate() {
            if at <= start + line.len() {
                let before = line.as_bytes().get(..at - start).unwrap_or_default();
                return (index + 1, String::from_utf8_lossy(before).chars().count() + 1);
            }
            start += line.len() + 1;
        }
        (self.lines.len(), 1)
    }
}

impl Place<'_> {
    /// A problem here.
    pub fn problem(&self, message: impl Into<String>) -> Problem {
        let (line, column) = self.file.position(self.at);
        Problem { file: self.file.name.clone(), line, column, message: message.into() }
    }
}

impl Files {
    /// Reads every file of the folder.
    pub fn read(dir: &Path) -> Self {
        if let Some((descriptions, name)) = described(dir) {
            return Self::complete(&descriptions, name);
        }
        let mut files = Self::empty(folder_name(dir));
        for (path, name) in files.entries(dir, "") {
            let kind = match name.as_str() {
                "api.toml" => Kind::Api,
                "sources.toml" => Kind::Sources,
                "types" => {
                    files.read_folder(&path, "types/", Kind::Types);
                    continue;
                }
                "objects" => {
                    files.read_folder(&path, "objects/", Kind::Objects);
                    continue;
                }
                "patterns" => {
                    files.read_patterns(&path);
                    continue;
                }
                "commands" => {
                    files.read_folder(&path, "commands/", Kind::Commands);
                    continue;
                }
                _ if name.starts_with("errata") && name.ends_with(".toml") => Kind::Errata,
                _ => {
                    let read = ["api.toml", "sources.toml", "errata.toml", "types", "commands", "objects", "patterns"];
                    files.stray("", &name, &read);
                    continue;
                }
            };
            files.read_file(&path, &name, kind);
        }
        files.missing(Kind::Api, "api.toml", "this file is missing; every spec has one");
        files.missing(Kind::Sources, "sources.toml", "this file is missing; every spec has one");
        files.expand();
        if files.of(Kind::Objects).next().is_none() {
            files.missing(Kind::Commands, "commands", "no file here describes a command; write commands/<family>.toml");
        }
        files.order();
        files
    }

    /// Files that stand on no disk, of an API of that name which was made of `origin`.
    pub fn of_texts(origin: &Path, name: &str, texts: &[(PathBuf, String)]) -> Self {
        let mut files = Self::empty(folder_name(origin));
        files.name = Some(name.to_owned());
        for (path, text) in texts {
            let path: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            let kind = match path[0].as_ref() {
                "api.toml" => Kind::Api,
                "sources.toml" => Kind::Sources,
                "types" => Kind::Types,
                "commands" => Kind::Commands,
                other => unreachable!("no spec is made with a {other}"),
            };
            let (read, problems) = File::of(text, files.full(&path.join("/")), kind);
            files.list.extend(read);
            files.problems.extend(problems);
        }
        files.order();
        files
    }

    fn empty(folder: String) -> Self {
        Self {
            folder,
            list: Vec::new(),
            problems: Vec::new(),
            homes: BTreeMap::new(),
            name: None,
            patterns: BTreeMap::new(),
            is_short: false,
        }
    }

    /// Descriptions without an API around them, with what all objects share; the API is called `name`.
    fn complete(descriptions: &[PathBuf], name: String) -> Self {
        let folder = descriptions.first().and_then(|path| path.parent()).map(folder_name).unwrap_or_default();
        let mut files = Self::empty(folder);
        for (kind, (file, text)) in base::FILES {
            files.list.extend(File::of(text, format!("spec/ecosys/{file}"), kind).0);
        }
        for file in files.list.iter_mut().filter(|file| file.kind == Kind::Api) {
            if let Value::Table(entries) = &mut file.root.value {
                let own = entries.iter_mut().filter(|entry| entry.key == "name");
                own.for_each(|entry| entry.node.value = Value::Text(name.clone()));
            }
        }
        files.name = Some(name);
        for path in descriptions {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.read_file(path, &file, Kind::Objects);
        }
        files.expand();
        files.order();
        files
    }

    fn order(&mut self) {
        self.list.sort_by(|a, b| a.name.cmp(&b.name));
        self.find_homes();
    }

    /// Adds what descriptions stand for; of one that is wrong that is not known.
    fn expand(&mut self) {
        let mut added = Vec::new();
        for file in self.list.iter().filter(|file| file.kind == Kind::Objects) {
            let before = self.problems.len();
            if !file.broken {
                super::check::file(file, true, &mut self.problems);
                objects::check(file, &mut self.problems);
            }
            if file.broken || self.problems.len() > before {
                self.is_short = true;
                continue;
            }
            let pattern = |name: &str| self.patterns.get(name).cloned().or_else(|| embedded(name));
            if let Some([commands, types]) = objects::expand(&file.root, pattern) {
                added.push(file.stands_for(Kind::Commands, commands));
                added.push(file.stands_for(Kind::Types, types));
            }
        }
        self.list.extend(added);
    }

    fn read_patterns(&mut self, dir: &Path) {
        for (path, name) in self.entries(dir, "patterns/") {
            let within = format!("patterns/{name}");
            let known = base::PATTERNS.iter().any(|(known, _)| *known == within);
            if !known {
                let names = base::PATTERNS.map(|(known, _)| known.trim_start_matches("patterns/"));
                self.stray("patterns/", &name, &names);
                continue;
            }
            // What it says is checked where it is put to use; its rows are the descriptions.
            match File::read(&path, self.full(&within), Kind::Objects) {
                Ok((files, problems)) => {
                    self.is_short |= !problems.is_empty();
                    self.problems.extend(problems);
                    let roots = files.into_iter().map(|file| file.root);
                    self.patterns.extend(roots.map(|root| (name.trim_end_matches(".toml").to_owned(), root)));
                }
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    /// Where the spec stands.
    pub fn origin(&self) -> Origin {
        if self.name.is_none() {
            return Origin::Folder(self.folder.clone());
        }
        let mut descriptions = self.of(Kind::Objects);
        match (descriptions.next(), descriptions.next()) {
            (Some(only), None) => Origin::Descriptions(only.name.clone()),
            _ => Origin::Descriptions(self.folder.clone()),
        }
    }

    /// What the API must be called.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.folder.rsplit('/').next().unwrap_or_default())
    }

    /// Whether these are descriptions alone, with what all objects share.
    pub fn are_completed(&self) -> bool {
        self.name.is_some()
    }

    fn find_homes(&mut self) {
        for (index, file) in self.list.iter().enumerate() {
            let homes = self.homes.entry(file.kind.head()).or_default();
            for entry in file.root.entries() {
                homes.entry(entry.key.clone()).or_insert(index);
            }
        }
    }

    fn missing(&mut self, kind: Kind, name: &str, message: &str) {
        let full = self.full(name);
        let told = |problem: &Problem| problem.file.starts_with(&full) || problem.file == self.folder;
        let mentioned = self.problems.iter().any(told);
        if self.of(kind).next().is_none() && !mentioned {
            self.problems.push(Problem::of_file(full, message));
        }
    }

    fn read_folder(&mut self, dir: &Path, within: &str, kind: Kind) {
        for (path, name) in self.entries(dir, within) {
            if name.ends_with(".toml") && path.is_file() {
                self.read_file(&path, &format!("{within}{name}"), kind);
            } else {
                self.stray(within, &name, &["*.toml"]);
            }
        }
    }

    fn read_file(&mut self, path: &Path, name: &str, kind: Kind) {
        match File::read(path, self.full(name), kind) {
            Ok((files, problems)) => {
                self.list.extend(files);
                self.problems.extend(problems);
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    fn stray(&mut self, within: &str, name: &str, read: &[&str]) {
        let hint = allowed(name, read);
        let full = self.full(&format!("{within}{name}"));
        self.problems.push(Problem::of_file(full, format!("nothing reads `{name}` here{hint}")));
    }

    /// Paths and names of a folder's entries, sorted, without hidden ones.
    fn entries(&mut self, dir: &Path, within: &str) -> Vec<(PathBuf, String)> {
        let listed = fs::read_dir(dir).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        match listed {
            Ok(entries) => {
                let mut found: Vec<(PathBuf, String)> = entries
                    .into_iter()
                    .map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned()))
                    .filter(|(_, name)| !name.starts_with('.'))
                    .collect();
                found.sort();
                found
            }
            Err(error) => {
                let name = self.full(within);
                let name = name.trim_end_matches('/');
                self.problems.push(Problem::of_file(name, format!("this folder cannot be read: {error}")));
                Vec::new()
            }
        }
    }

    fn full(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// Whether the notation of the file called `name` is wrong somewhere.
    pub fn is_broken(&self, name: &str) -> bool {
        self.list.iter().any(|file| file.broken && file.name == name)
    }

    /// Whether what the files of this kind declare may not be known: one is not TOML, or there is none
    /// where every spec has one.
    pub fn lacks(&self, kind: Kind) -> bool {
        let needed = !matches!(kind, Kind::Types | Kind::Objects) && self.of(kind).next().is_none();
        let is_short = self.is_short && matches!(kind, Kind::Commands | Kind::Types);
        is_short || needed || self.of(kind).any(|file| file.broken)
    }

    /// Whether api.toml says that requests travel in SOAP.
    pub fn speaks_soap(&self) -> bool {
        self.of(Kind::Api).any(|file| file.root.text("protocol").as_deref() == Some("soap"))
    }

    /// The files of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &File> {
        self.list.iter().filter(move |file| file.kind == kind)
    }

    /// The place of a path such as `["commands", "search", "params", "domains", "wire"]`: the key's own, or that of
    /// the last level that is there.
    pub fn place(&self, path: &[&str]) -> Option<Place<'_>> {
        let (file, rest) = self.file_of(path)?;
        let mut node = &file.root;
        let mut at = 0;
        for key in rest {
            let Some(entry) = node.entry(key) else { break };
            at = entry.at;
            node = &entry.node;
        }
        Some(Place { file, at })
    }

    /// The value of a path.
    pub fn node(&self, path: &[&str]) -> Option<&Node> {
        let (file, rest) = self.file_of(path)?;
        rest.iter().try_fold(&file.root, |node, key| node.get(key))
    }

    /// The file that a path leads into, and the path within.
    fn file_of<'a, 'b>(&self, path: &'a [&'b str]) -> Option<(&File, &'a [&'b str])> {
        let (head, rest) = path.split_first()?;
        let homes = self.homes.get(head)?;
        let home = homes.get(*rest.first()?).or_else(|| homes.values().next())?;
        Some((self.list.get(*home)?, rest))
    }
}

/// The descriptions that `path` is, or holds, where no API stands around them; and what their API is called then.
fn described(path: &Path) -> Option<(Vec<PathBuf>, String)> {
    let stem = path.file_stem()?.to_string_lossy().to_snake_case();
    if path.is_file() {
        return Some((vec![path.to_path_buf()], stem));
    }
    if path.join("api.toml").exists() {
        return None;
    }
    let entries = fs::read_dir(path).ok()?.flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|file| file.is_file() && file.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    let describes =
        |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| objects::is_description(&tree::parse(&text).0));
    let name = folder_name(path).rsplit('/').next().map(|name| name.to_snake_case())?;
    files.iter().any(describes).then_some((files, name))
}

/// A pattern of this repository's.
fn embedded(name: &str) -> Option<Node> {
    let file = format!("patterns/{name}.toml");
    base::PATTERNS.iter().find(|(known, _)| *known == file).map(|(_, text)| tree::parse(text).0)
}

/// The last two names of the folder's path, which are the same on every machine: `spec/dynadot`.
fn folder_name(dir: &Path) -> String {
    // The folder of a bare file name is the working one.
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    let names: Vec<_> = full.iter().rev().take(2).map(|name| name.to_string_lossy()).collect();
    names.into_iter().rev().collect::<Vec<_>>().join("/")
}
