//! Reads the spec of one API from its folder of TOML files into [`crate::model`], with every mistake at its place.
//!
//! `files` finds the files and `tree` keeps where each value stands; `check` holds the trees against the table of the
//! language in `language`, `fill` puts its defaults in, `read` makes the model, `validate` holds it against itself.
//! `schema` is the same table for editors; `quotes` looks citations up in the documents.

mod check;
mod files;
mod fill;
mod language;
pub(crate) mod names;
mod objects;
mod patterns;
pub(crate) mod problems;
mod quotes;
mod read;
mod schema;
mod tree;
mod validate;
pub(crate) mod words;

pub use problems::{Problem, Problems};
pub use quotes::check_sources;
pub use schema::schema;

use crate::model::Api;
use files::Files;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Reads the spec in `dir` (`spec/dynadot`): api.toml, sources.toml, types/*.toml, commands/*.toml, objects/*.toml with patterns/,
/// and errata*.toml. A file that describes an EcoSys object or event, or a folder of them, is a spec too.
///
/// # Errors
/// All mistakes of all files, each with file, line, what was found and what to write instead. Of a file that is not TOML
/// only that is reported; what can be read of it is still there for the others to refer to.
pub fn load(dir: &Path) -> Result<Api, Problems> {
    loaded(Files::read(dir))
}

/// The same of the files of a spec that stands on no disk: by their paths, of the API called `name`, which was made of `origin`.
pub(crate) fn load_texts(origin: &Path, name: &str, texts: &[(PathBuf, String)]) -> Result<Api, Problems> {
    loaded(Files::of_texts(origin, name, texts))
}

fn loaded(mut files: Files) -> Result<Api, Problems> {
    let mut problems = Vec::new();
    let soap = files.speaks_soap();
    for file in files.list.iter().filter(|file| file.kind != files::Kind::Objects) {
        check::file(file, soap, &mut problems);
    }
    fill::fill(&mut files);
    let mut api = read::read(&files, &mut problems);
    if files.are_completed() {
        validate::keep_used(&mut api);
    }
    validate::validate(&files, &api, &mut problems);
    problems.retain(|problem| !files.is_broken(&problem.file));
    // A pattern says the same of each of its rows.
    let mut seen = BTreeSet::new();
    problems
        .retain(|problem| seen.insert((problem.file.clone(), problem.line, problem.column, problem.message.clone())));
    problems.append(&mut files.problems);
    Problems::none_or(problems)?;
    Ok(api)
}
