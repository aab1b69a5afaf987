//! What is told of the files: problems, for which there is no result, and remarks on what a result leaves out.

use super::limits;
use super::model::Place;
use super::names::quoted;
use super::xml::Node;
use crate::spec::Problem;
use crate::spec::problems;
use std::collections::BTreeSet;
use std::fmt;

/// Something that stands in the files and is not in the model, or less exactly so.
///
/// Not told is what says nothing about messages: comments, processing instructions, `id`, `block`, `final`, `version`,
/// the `targetNamespace` hints of `xsi:schemaLocation`, and the documentation of parts of the binding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The file, as seen from the folder of the first one: `types/common.xsd`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What stands there and what became of it.
    pub what: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// All remarks, in the order of file and line. Empty when the model says everything that the files say of messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report(BTreeSet<Remark>);

impl Report {
    /// The remarks in order.
    pub fn iter(&self) -> impl Iterator<Item = &Remark> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a remark on what stands there.
    pub(super) fn add(&mut self, at: &Place, what: String) {
        self.0.insert(Remark { file: at.file.to_string(), line: at.line, what });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, remark) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            remark.fmt(f)?;
        }
        Ok(())
    }
}

/// What was found so far.
#[derive(Debug)]
pub struct Findings {
    /// Problems, in the order in which they were found.
    pub problems: Vec<Problem>,
    /// Remarks.
    pub report: Report,
    comparisons: usize,
}

impl Default for Findings {
    fn default() -> Self {
        Self { problems: Vec::new(), report: Report::default(), comparisons: limits::COMPARISONS }
    }
}

impl Findings {
    /// Tells a problem at the element.
    pub fn problem(&mut self, node: Node<'_>, message: impl Into<String>) {
        self.problems.push(node.problem(message));
    }

    /// Tells a problem at the attribute of this name, or at the element where it has none.
    pub fn problem_of(&mut self, node: Node<'_>, attribute: &str, message: impl Into<String>) {
        self.problems.push(node.problem_of(attribute, message));
    }

    /// Tells what is left out or less exact.
    pub fn remark(&mut self, node: Node<'_>, what: impl Into<String>) {
        let Place { file, line } = node.place();
        self.report.0.insert(Remark { file: file.to_string(), line, what: what.into() });
    }

    /// "; did you mean `x`?", where one of the names is spelt much like `found`. Bounded work, so that a file full of
    /// wrong names costs no more than one with a few.
    pub fn meant<'n>(&mut self, found: &str, names: impl Iterator<Item = &'n str>) -> String {
        if found.chars().count() > limits::QUOTED {
            return String::new();
        }
        let left = &mut self.comparisons;
        let compared = names.take(*left).inspect(|_| *left -= 1);
        let short = compared.filter(|name| name.len() <= limits::QUOTED);
        problems::nearest(found, short).map_or_else(String::new, |name| format!("; did you mean {}?", quoted(&name)))
    }
}
