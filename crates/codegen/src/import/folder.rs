//! From a WSDL or schema file to a spec folder on disk, as `cargo xtask import` and `bindwire import` do; or to a model at once.

use super::spec::names::api_mistake;
use super::{Report, Spec, read, spec};
use crate::model::Api;
use crate::spec::{Problems, load_texts};
use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the spec goes.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Name of the API; else that of the folder, or one made of the service's name.
    pub name: Option<&'a str>,
    /// The folder, which has the API's name; else the one of that name in `specs`.
    pub out: Option<&'a Path>,
    /// The folder of all specs.
    pub specs: &'a Path,
    /// Whether a spec that is there may be overwritten.
    pub force: bool,
}

/// A spec that was written.
#[derive(Debug)]
pub struct Written {
    /// Its folder.
    pub folder: PathBuf,
    /// What it is.
    pub spec: Spec,
}

/// Why no spec was written.
#[derive(Debug)]
pub enum ImportError {
    /// The description is wrong, or nothing of it can be said.
    Description(Problems),
    /// The spec that was made does not load, which is a mistake of the importer.
    Spec(Problems),
    /// The folder cannot be had.
    Folder(String),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Description(problems) => problems.fmt(f),
            Self::Spec(problems) => {
                write!(f, "the spec that was made does not load; please report this:\n{problems}")
            }
            Self::Folder(why) => f.write_str(why),
        }
    }
}

impl Error for ImportError {}

impl fmt::Display for Written {
    /// The files that were written, the counts, the report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spec { name, files, commands, types, report } = &self.spec;
        for (path, _) in files {
            writeln!(f, "wrote {}", self.folder.join(path).display())?;
        }
        let (files, remarks) = (counted(files.len(), "file"), counted(report.len(), "remark"));
        let (commands, types) = (counted(*commands, "command"), counted(*types, "type"));
        write!(f, "{name}: {commands} and {types} in {files}; {remarks}")?;
        if !report.is_empty() {
            write!(f, " on what the spec does not say, or less exactly:\n{report}")?;
        }
        Ok(())
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Imports `wsdl`, and the files beneath its folder that it imports, into a spec folder.
///
/// What is written loads: it is held against the language before the first file is put into the folder.
///
/// # Errors
/// All mistakes of the description, or that there is a folder already. Nothing is written then.
pub fn to_folder(wsdl: &Path, options: Options<'_>) -> Result<Written, ImportError> {
    let name = name_of(options)?;
    let imported = read(wsdl).map_err(ImportError::Description)?;
    let spec = spec(&imported, name.as_deref()).map_err(|problem| ImportError::Description(problem.into()))?;
    let folder = options.out.map_or_else(|| options.specs.join(&spec.name), Path::to_path_buf);
    may_be_written(&folder, options.force).map_err(ImportError::Folder)?;
    let cannot =
        |error: io::Error| ImportError::Folder(format!("the folder {} cannot be written: {error}", folder.display()));
    load_texts(wsdl, &spec.name, &spec.files).map_err(ImportError::Spec)?;
    remove_strays(&folder, &spec).and_then(|()| write(&folder, &spec)).map_err(cannot)?;
    Ok(Written { folder, spec })
}

/// What the bindings of a description are made of, when no spec of it is kept; and what of it they leave out.
///
/// # Errors
/// All mistakes of the description.
pub fn to_model(description: &Path) -> Result<(Api, Report), ImportError> {
    let imported = read(description).map_err(ImportError::Description)?;
    let spec = spec(&imported, None).map_err(|problem| ImportError::Description(problem.into()))?;
    let api = load_texts(description, &spec.name, &spec.files).map_err(ImportError::Spec)?;
    Ok((api, spec.report))
}

/// The API's name, as far as it is given.
fn name_of(options: Options<'_>) -> Result<Option<String>, ImportError> {
    let folder = options.out.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    match (options.name, folder) {
        (Some(name), Some(folder)) if name != folder => Err(ImportError::Folder(format!(
            "the API is called `{name}`, but its folder `{folder}`; give both one name"
        ))),
        (name, folder) => {
            let given = name.map(str::to_owned).or(folder);
            match given.as_deref().and_then(api_mistake) {
                Some(mistake) => Err(ImportError::Folder(mistake)),
                None => Ok(given),
            }
        }
    }
}

/// Why nothing may be written there.
fn may_be_written(folder: &Path, force: bool) -> Result<(), String> {
    let shown = folder.display();
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("{shown} cannot be read as a folder: {error}")),
    };
    let is_empty = entries.next().is_none();
    let is_spec = folder.join("api.toml").is_file();
    match (is_empty, is_spec, force) {
        (true, ..) | (_, true, true) => Ok(()),
        (_, true, false) => {
            Err(format!("{shown} holds a spec already; give --force to overwrite it, or another folder"))
        }
        (_, false, _) => Err(format!("{shown} is there and holds no spec; give another folder")),
    }
}

fn write(folder: &Path, spec: &Spec) -> io::Result<()> {
    for (path, text) in &spec.files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// Removes what an earlier import left: files of commands and types that are no longer made.
fn remove_strays(folder: &Path, spec: &Spec) -> io::Result<()> {
    for within in ["commands", "types"] {
        let entries = match fs::read_dir(folder.join(within)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let name = entry?.file_name();
            let path = Path::new(within).join(name);
            let is_stray = spec.files.iter().all(|(known, _)| *known != path);
            if is_stray && path.extension().is_some_and(|extension| extension == "toml") {
                fs::remove_file(folder.join(path))?;
            }
        }
    }
    Ok(())
}
