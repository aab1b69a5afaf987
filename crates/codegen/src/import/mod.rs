//! Reads what a WSDL 1.1 file says of a service, with the schemas that it holds and imports; or what a schema alone says.
//!
//! The file comes from outside and is read as such: `files` reads nothing but files beneath the folder of the first
//! one, `xml` refuses what is not well-formed and document type declarations, `limits` bounds what all of it may cost.
//! `grammar` then holds every element against the table of the languages, so that nothing is passed over in silence;
//! `schemas` collects what is declared, `types` makes types of it, `service` reads the operations. What is wrong is
//! told as [`Problems`], each at its place; what is right and has no place in the [`model`] is in the [`Report`].
//! [`spec()`] makes the files of a spec of it, and [`to_folder`] puts them on disk.

mod files;
mod folder;
mod grammar;
mod limits;
pub mod model;
mod names;
mod published;
mod report;
mod schemas;
mod service;
mod show;
mod spec;
mod types;
mod xml;

pub use folder::{ImportError, Options, Written, to_folder, to_model};
pub use names::QName;
pub use report::{Remark, Report};
pub use show::{reference, show};
pub use spec::{Spec, spec};

use crate::spec::{Problem, Problems};
use model::Service;
use report::Findings;
use std::path::Path;

/// What was read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The service.
    pub service: Service,
    /// What its files say beyond that.
    pub report: Report,
}

/// Reads the WSDL file `path` and the files that it imports, which stand beneath its folder. A schema alone will do, where its
/// elements tell requests and replies by their names: `SampleObjectReadRequestElement`, `SampleObjectReadResponseElement`.
///
/// # Errors
/// All mistakes of all files, each with file, line, what was found and what to do. Files are named as seen from the
/// folder of `path`. When a file cannot be read, what the types and operations lack is not told: it may stand there.
pub fn read(path: &Path) -> Result<Imported, Problems> {
    // A file may be called so.
    let name = path.to_string_lossy();
    if name.contains("://") && !path.exists() {
        let what = "this is an address, and nothing is fetched; save the description beside the schemas that it imports, and \
                    name the file";
        Problems::none_or(vec![Problem::of_file(name, what)])?;
    }
    let mut findings = Findings::default();
    let files = files::Files::read(path, &mut findings);
    let whole = findings.problems.is_empty();
    for document in &files.list {
        grammar::check(document, &mut findings);
    }
    if !whole {
        Problems::none_or(std::mem::take(&mut findings.problems))?;
    }
    let schemas = schemas::Schemas::collect(&files, &mut findings);
    let (types, elements) = types::Maker::new(&schemas, &mut findings).make();
    let service = if service::schema::is_one(&files) {
        service::schema::read(&files, types, elements, &mut findings)
    } else {
        service::read(&files, &schemas, types, elements, &mut findings)
    };
    match service {
        Ok(service) => {
            Problems::none_or(findings.problems)?;
            Ok(Imported { service, report: findings.report })
        }
        Err(problem) => {
            findings.problems.push(problem.clone());
            Problems::none_or(findings.problems)?;
            Err(problem.into())
        }
    }
}
