//! `cargo xtask vectors`: every example of the documentation pages as a file, and the manifest of all vectors.
//! The parts: `page` finds the examples, `constructed` reads the cases that stand on no page, `verdicts` the
//! exceptions, `manifest` is index.json, `check` says what differs.

mod check;
mod constructed;
mod files;
mod manifest;
mod page;
mod table;
mod verdicts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use manifest::{Manifest, Vector};
use page::Kind;
use verdicts::{Exceptions, Verdict};

/// Where the vectors are, from the repository's root.
const FOLDER: &str = "tests/vectors";
/// The manifest, from the repository's root.
const INDEX: &str = "tests/vectors/index.json";
/// The documentation pages: API, case, document, and what finds its examples.
const PAGES: [(&str, &str, &str, Extraction); 3] = [
    ("dynadot", "fr", "dynadot-api3-fr.txt", page::examples),
    ("dynadot", "ru", "dynadot-api3-ru.txt", page::examples),
    ("ecosys", "page", "ecosys-soap-object-api.txt", table::examples),
];
/// Where the pages are when no folder is given, from the repository's root.
const DEFAULT_DOCS: &str = "../shared/docs";

/// Finds the examples of a page, given its name and bytes.
type Extraction = for<'a> fn(&str, &'a [u8]) -> Result<Vec<page::Example<'a>>, String>;

/// All that a run writes, by path from the repository's root.
struct Outputs {
    manifest: Manifest,
    files: BTreeMap<String, Vec<u8>>,
}

/// Runs the subcommand with the arguments that follow its name.
pub fn run(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let started = Instant::now();
    let root = crate::root();
    let (check, folder) = options(arguments)?;
    let given = folder.is_some();
    let docs = folder.unwrap_or_else(|| root.join(DEFAULT_DOCS));
    let outputs = if docs.is_dir() { Some(build(&root, &docs)?) } else { None };
    let absent = format!("vectors: there is no folder {}", docs.display());
    let what = match (check, outputs) {
        (false, Some(outputs)) => write(&root, &outputs)?,
        (true, outputs) if outputs.is_some() || !given => {
            let findings = check::findings(&root, outputs.as_ref())?;
            if outputs.is_none() {
                eprintln!("{absent}: ONLY THE DIGESTS WERE CHECKED, not that the files say what the pages say");
            }
            if !findings.is_empty() {
                return Err(check::report(&findings));
            }
            format!("{FOLDER} holds what it should")
        }
        _ => {
            return Err(format!(
                "{absent}, and the documentation pages are needed; name theirs: cargo xtask vectors FOLDER"
            ));
        }
    };
    println!("vectors: {what} ({} ms)", started.elapsed().as_millis());
    Ok(())
}

/// Whether to check only, and the folder of the pages if one is given.
fn options(arguments: impl Iterator<Item = String>) -> Result<(bool, Option<PathBuf>), String> {
    let mut check = false;
    let mut folder = None;
    for argument in arguments {
        match argument.as_str() {
            "--check" => check = true,
            flag if flag.starts_with('-') => {
                return Err(format!("vectors: unknown option `{flag}`; there is only --check"));
            }
            path if folder.is_none() => folder = Some(PathBuf::from(path)),
            more => {
                return Err(format!("vectors: `{more}` is a second folder; one was expected"));
            }
        }
    }
    Ok((check, folder))
}

/// Writes what differs; a file that no page, case or rule accounts for is an error.
fn write(root: &Path, outputs: &Outputs) -> Result<String, String> {
    let mut written = 0;
    for (path, bytes) in &outputs.files {
        written += usize::from(files::write_if_different(&root.join(path), bytes)?);
    }
    let strays = check::strays(root, &outputs.manifest)?;
    if !strays.is_empty() {
        return Err(check::report(&strays));
    }
    let vectors = outputs.manifest.vectors.len();
    Ok(format!("{vectors} vectors, {written} files written, the others were right"))
}

/// Everything that the pages and the constructed cases give, without touching a file.
fn build(root: &Path, docs: &Path) -> Result<Outputs, String> {
    let exceptions = Exceptions::load(root)?;
    let mut vectors = Vec::new();
    let mut files = BTreeMap::new();
    for (api, case, document, extraction) in PAGES {
        let page = files::read(&docs.join(document))?;
        for example in extraction(document, &page)? {
            let vector = from_page(api, case, document, &example, &exceptions)?;
            files.insert(vector.file.clone(), example.bytes.to_vec());
            vectors.push(vector);
        }
    }
    exceptions.all_used(&vectors)?;
    for case in constructed::cases(root)? {
        let line = case.fact_line(docs)?;
        vectors.extend(case.vectors(root, Some(line))?);
    }
    let manifest = Manifest::new(vectors)?;
    files.insert(INDEX.into(), manifest.to_bytes()?);
    Ok(Outputs { manifest, files })
}

/// The manifest's entry of an example. What is not of its format's form must be excepted as unreadable, and
/// what is excepted so must not be of it: then the exception or the extraction is wrong.
fn from_page(
    api: &str,
    case: &str,
    document: &str,
    example: &page::Example<'_>,
    exceptions: &Exceptions,
) -> Result<Vector, String> {
    let (format, kind) = (example.format.name(), example.kind.name());
    let command = &example.command;
    let id = format!("{api}/{command}/{case}/{kind}/{format}");
    let verdict = exceptions.verdict(&id, example.kind);
    let at = format!("{document}:{}", example.line);
    if example.kind == Kind::Reply && example.in_form != (verdict != Verdict::Unreadable) {
        return Err(if example.in_form {
            format!("{at}: {id} is {format}, and {} calls it unreadable: take the entry out", verdicts::FILE)
        } else {
            format!(
                "{at}: {id} does not begin and end as {format} does; if the page is to be taken so, \
                 enter it in {} as unreadable, with a reason",
                verdicts::FILE
            )
        });
    }
    Ok(Vector {
        id,
        api: api.into(),
        command: command.clone(),
        format: example.format,
        kind: example.kind,
        document: document.into(),
        line: Some(example.line),
        file: manifest::file(api, command, case, example.kind, example.format),
        sha256: files::sha256(&example.bytes),
        verdict,
        constructed: false,
    })
}
