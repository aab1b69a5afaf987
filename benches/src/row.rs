//! Rows: what was measured, in words and numbers, and whether it is what was aimed at.

use serde::Serialize;
use std::collections::BTreeMap;

/// A measured thing.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What it belongs to, as `XML indented`.
    pub group: String,
    /// What was measured.
    pub name: String,
    /// What came out, for eyes.
    pub figure: String,
    /// What was aimed at, for eyes; empty for a row that only informs.
    pub target: String,
    /// Whether it was reached.
    pub met: Option<bool>,
    /// The figures by name.
    pub numbers: BTreeMap<&'static str, f64>,
}

impl Row {
    /// A row that only informs.
    pub fn new(group: &str, name: &str, figure: impl Into<String>) -> Self {
        Self {
            group: group.to_owned(),
            name: name.to_owned(),
            figure: figure.into(),
            target: String::new(),
            met: None,
            numbers: BTreeMap::new(),
        }
    }

    /// Adds a figure.
    pub fn number(mut self, name: &'static str, value: f64) -> Self {
        self.numbers.insert(name, value);
        self
    }

    /// What is aimed at: the figure called `name` is at most `limit`.
    pub fn at_most(self, name: &'static str, limit: f64, unit: &str) -> Self {
        let met = self.numbers.get(name).is_some_and(|value| *value <= limit);
        self.aim(format!("at most {limit}{unit}"), met)
    }

    /// What is aimed at: the figure called `name` is at least `limit`.
    pub fn at_least(self, name: &'static str, limit: f64, unit: &str) -> Self {
        let met = self.numbers.get(name).is_some_and(|value| *value >= limit);
        self.aim(format!("at least {limit}{unit}"), met)
    }

    /// Adds to what is aimed at.
    pub fn aim(mut self, target: String, met: bool) -> Self {
        if !self.target.is_empty() {
            self.target.push_str("; ");
        }
        self.target.push_str(&target);
        self.met = Some(met && self.met.unwrap_or(true));
        self
    }

    /// Writes the row to standard output.
    ///
    /// # Errors
    /// When the row cannot be said in JSON.
    pub fn print(&self) -> Result<(), String> {
        let line = serde_json::to_string(self).map_err(|error| format!("row {}: {error}", self.name))?;
        println!("{line}");
        Ok(())
    }
}
