//! What must hold of the params that were put, checked on what will be sent.

use super::encode::REDACTED;
use super::error::alternatives;
use super::{Pair, Query, RequestError, RequestErrorKind};
use rust_decimal::Decimal;
use std::ops::RangeInclusive;

impl Query {
    /// Demands that a list param has at least one value.
    ///
    /// # Errors
    /// When it has none.
    pub fn require(&self, name: &str) -> Result<(), RequestError> {
        if self.pairs.iter().any(|pair| pair.base() == name && (!pair.value.is_empty() || pair.is_record())) {
            return Ok(());
        }
        Err(self.error(
            RequestErrorKind::Missing,
            name,
            format_args!("param `{name}` is required, but no value was given"),
        ))
    }

    /// Demands the param `name` if the param `other` has one of `values`.
    ///
    /// # Errors
    /// When `other` has such a value and `name` is not there.
    pub fn require_when(&self, name: &str, other: &str, values: &[&str]) -> Result<(), RequestError> {
        let Some(cause) = self.find(other).filter(|pair| values.contains(&pair.value.as_str())) else {
            return Ok(());
        };
        if self.is_there(name) {
            return Ok(());
        }
        Err(self.missing(name, format_args!("when `{}` is `{}`", cause.name, cause.shown())))
    }

    /// Demands the param `name` if the param `other` is there.
    ///
    /// # Errors
    /// When `other` is there and `name` is not.
    pub fn require_with(&self, name: &str, other: &str) -> Result<(), RequestError> {
        if !self.is_there(other) || self.is_there(name) {
            return Ok(());
        }
        Err(self.missing(name, format_args!("when `{other}` is sent")))
    }

    /// Demands the param `name` if the param `other` is not there.
    ///
    /// # Errors
    /// When neither of them is there.
    pub fn require_without(&self, name: &str, other: &str) -> Result<(), RequestError> {
        if self.is_there(other) || self.is_there(name) {
            return Ok(());
        }
        Err(self.missing(name, format_args!("when no `{other}` is sent")))
    }

    /// Whether the param `name` has a value; in a group, in the item that is being written.
    fn is_there(&self, name: &str) -> bool {
        self.find(name).is_some_and(|pair| !pair.value.is_empty() || pair.is_record())
    }

    fn missing(&self, name: &str, when: std::fmt::Arguments<'_>) -> RequestError {
        let index = self.index.map_or(String::new(), |index| index.to_string());
        let what = format_args!("param `{name}{index}` is required {when}, but no value was given");
        self.error(RequestErrorKind::Missing, name, what)
    }

    /// Demands that each value of the param `name` is a number from `min` to `max`.
    ///
    /// # Errors
    /// When one is not.
    pub fn within(&self, name: &str, min: i64, max: i64) -> Result<(), RequestError> {
        let fits = |pair: &&Pair| {
            let number = pair.value.parse::<Decimal>();
            number.is_ok_and(|number| Decimal::from(min) <= number && number <= Decimal::from(max))
        };
        match self.values().find(|pair| pair.base() == name && !fits(pair)) {
            None => Ok(()),
            Some(pair) => Err(self.error(
                RequestErrorKind::OutOfRange,
                name,
                format_args!("param `{}` takes {min} to {max}, but {} was given", pair.name, pair.shown()),
            )),
        }
    }

    /// Demands that each value of the param `name` is one of `values`, in any case, and writes it as it stands there.
    ///
    /// # Errors
    /// When one is not.
    pub fn one_of(&mut self, name: &str, values: &[&str]) -> Result<(), RequestError> {
        self.spell(name, values);
        let wrong = self.values().filter(|pair| pair.base() == name).find_map(|pair| {
            let wrong = pair.values().into_iter().find(|value| !values.contains(value))?;
            Some((&pair.name, if pair.secret { REDACTED } else { wrong }))
        });
        match wrong {
            None => Ok(()),
            Some((full, wrong)) => Err(self.error(
                RequestErrorKind::NotAllowed,
                name,
                format_args!("param `{full}` takes {}, but `{wrong}` was given", alternatives(values, "or")),
            )),
        }
    }

    /// Writes each value of the param `name` that is one of `values`, but for its case, as it stands there.
    pub fn spell(&mut self, name: &str, values: &[&str]) {
        for pair in self.pairs.iter_mut().filter(|pair| pair.is_value() && pair.base() == name) {
            let spelt: Vec<&str> = pair
                .values()
                .into_iter()
                .map(|value| values.iter().find(|known| known.eq_ignore_ascii_case(value)).copied().unwrap_or(value))
                .collect();
            pair.value = spelt.join(&pair.separator);
        }
    }

    /// Demands that there are not more values than indices.
    pub(super) fn check_count(
        &self,
        name: &str,
        range: &RangeInclusive<u32>,
        given: usize,
    ) -> Result<(), RequestError> {
        if given <= count(range) {
            return Ok(());
        }
        let (from, to, max) = (range.start(), range.end(), count(range));
        Err(self.error(
            RequestErrorKind::TooMany,
            name,
            format_args!(
                "param `{name}` takes at most {max} values ({name}{from} to {name}{to}), but {given} were given; no more fit in one request"
            ),
        ))
    }

    /// The first pair of the param `name`; in a group, of the item that is being written.
    fn find(&self, name: &str) -> Option<&Pair> {
        let index = self.index.map_or(String::new(), |index| index.to_string());
        let is_here = |pair: &&Pair| index.is_empty() || pair.name[pair.base..] == index;
        self.pairs.iter().find(|pair| pair.base() == name && !pair.is_list() && is_here(pair))
    }
}

/// How many indices a range has.
fn count(range: &RangeInclusive<u32>) -> usize {
    range.end().saturating_sub(*range.start()) as usize + 1
}
