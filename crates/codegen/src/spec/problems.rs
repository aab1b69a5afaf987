//! What is wrong with a spec: every problem with its place, in the order of the files.

use std::error::Error;
use std::fmt;

/// A mistake at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as the spec's folder is called from the repository: `spec/dynadot/commands/domain.toml`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What was found, what is allowed and what to do.
    pub message: String,
}

/// All mistakes of a spec, in the order of file, line and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problem {
    /// A problem with a file as a whole.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: 1, column: 1, message: message.into() }
    }
}

impl Problems {
    /// Nothing when there is none, else all of them in order.
    pub fn none_or(mut problems: Vec<Problem>) -> Result<(), Self> {
        problems.sort();
        problems.dedup();
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }

    /// The problems in order; there is at least one.
    pub fn list(&self) -> &[Problem] {
        &self.0
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for Problems {}

/// `names` quoted, with commas and a last `or`: "`a`, `b` or `c`".
pub fn any_of<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// What may stand where `found` stands: "; did you mean `x`? allowed: a, b, x", without the question when nothing is near.
pub fn instead<T: AsRef<str>>(found: &str, names: impl IntoIterator<Item = T>, allowed: &str) -> String {
    match nearest(found, names) {
        Some(name) => format!("; did you mean `{name}`? {allowed}"),
        None => format!("; {allowed}"),
    }
}

/// The same, where the names themselves are what is allowed.
pub fn allowed<T: AsRef<str>>(found: &str, names: impl IntoIterator<Item = T> + Clone) -> String {
    let list: Vec<String> = names.clone().into_iter().map(|name| name.as_ref().to_owned()).collect();
    instead(found, names, &format!("allowed: {}", list.join(", ")))
}

/// The name that is spelt most like `found`, when one is near enough to be meant: a few letters off, or begun alike.
pub fn nearest<T: AsRef<str>>(found: &str, names: impl IntoIterator<Item = T>) -> Option<String> {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let wanted = plain(found);
    let distance = |name: &str| {
        let name = plain(name);
        let far = strsim::damerau_levenshtein(&wanted, &name);
        let begun = wanted.len() >= 3 && name.len() >= 3 && (name.starts_with(&wanted) || wanted.starts_with(&name));
        let near = far <= (name.len().max(wanted.len()) / 3).max(1);
        (near || begun).then_some(far)
    };
    let as_written = |name: &str| strsim::damerau_levenshtein(found, name);
    names
        .into_iter()
        .filter_map(|name| Some((distance(name.as_ref())?, as_written(name.as_ref()), name)))
        .min_by_key(|(distance, as_written, _)| (*distance, *as_written))
        .map(|(_, _, name)| name.as_ref().to_owned())
}
