//! The params of a request, in order, with the checks that can be made before anything is sent.
//!
//! Generated code puts every param with one call and states what must hold with another; the checks read what was put, so
//! that they say the same of every type.

mod checks;
mod encode;
mod error;
mod paths;
mod records;
mod rows;
#[cfg(feature = "soap")]
mod soap;
mod url;

pub use encode::percent_encode;
pub use error::{RequestError, RequestErrorKind};
pub use rows::RowField;
#[cfg(feature = "soap")]
pub use soap::{SoapOptions, SoapRequest, soap_request};
pub use url::{RequestUrl, request_url};

pub(crate) use error::alternatives;

use crate::command::ApiInfo;
use crate::{Command, FlagStyle, ParamGroup, ParamValue, SoapNames, SoapStyle};
use encode::{REDACTED, encode, encode_into, encode_path};
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::RangeInclusive;

/// As many digits as an index mostly has.
const INDEX: usize = 3;

/// One name with its value, or a level of names.
#[derive(Clone, PartialEq, Eq)]
struct Pair {
    /// As sent, with the index where there is one. What stands in a record has the names above it before its own, with `/`
    /// between them; an item of a repeated one has its number after its name, as `masters[0]`.
    name: String,
    /// Bytes of the name without the index.
    base: usize,
    value: String,
    /// What parts the values; empty for a single one.
    separator: String,
    secret: bool,
    sort: Sort,
}

/// What a pair stands for.
#[derive(Clone, PartialEq, Eq)]
enum Sort {
    /// A value, and the type of XML Schema that it has.
    Value(&'static str),
    /// A record of this type; what stands in it follows.
    Record(Cow<'static, str>),
    /// A list of so many items of this type, which follow.
    List(usize, Cow<'static, str>),
    /// Nothing, where arguments can go by their position.
    Absent,
}

impl Pair {
    /// A record, or a list of what follows.
    fn level(name: String, base: usize, sort: Sort) -> Self {
        Self { name, base, value: String::new(), separator: String::new(), secret: false, sort }
    }

    fn value(name: String, base: usize, value: String, secret: bool, xsd: &'static str) -> Self {
        Self { name, base, value, separator: String::new(), secret, sort: Sort::Value(xsd) }
    }

    fn base(&self) -> &str {
        &self.name[..self.base]
    }

    fn is_value(&self) -> bool {
        matches!(self.sort, Sort::Value(_))
    }

    fn is_list(&self) -> bool {
        matches!(self.sort, Sort::List(..))
    }

    fn is_record(&self) -> bool {
        matches!(self.sort, Sort::Record(_))
    }

    /// The values of a list in one value, or the only value.
    fn values(&self) -> Vec<&str> {
        if self.separator.is_empty() { vec![&self.value] } else { self.value.split(&*self.separator).collect() }
    }

    /// The value for eyes: a secret one is not shown.
    fn shown(&self) -> &str {
        if self.secret { REDACTED } else { &self.value }
    }
}

/// The params of a request, in the order in which they are sent.
///
/// Debug and Display show the query as it is sent, but for secret values.
#[derive(Clone, PartialEq, Eq)]
pub struct Query {
    command: String,
    pairs: Vec<Pair>,
    /// Of the item that is being written, in a group.
    index: Option<u32>,
    /// Whether what is left out keeps its place.
    places: bool,
    /// What its messages are called, where only the run knows it.
    names: Option<Box<SoapNames>>,
}

impl Query {
    /// An empty query; errors will name `command`.
    pub fn new(command: &str) -> Self {
        Self { command: command.to_owned(), pairs: Vec::new(), index: None, places: false, names: None }
    }

    /// The query of the command called `name`, without its own params: for those who put them by their names.
    ///
    /// What is left out with [`Self::opt`] keeps its place where the API's arguments can go by their position.
    pub fn begin(api: &ApiInfo, name: &str) -> Self {
        let mut query = Self::new(name);
        query.places = api.soap.is_some_and(|soap| soap.style == SoapStyle::Rpc);
        if !api.command_param.is_empty() {
            query.put(api.command_param, name);
        }
        query
    }

    /// The query of `command`: the param that names it, then its own params.
    ///
    /// # Errors
    /// What [`Command::write`] finds wrong, and a param that has the name of a credential.
    pub fn of<C: Command>(command: &C) -> Result<Self, RequestError> {
        Self::fill(C::INFO.api, command.name(), &mut |query| command.write(query))
    }

    /// The part of [`Self::of`] that is the same for every command, and compiled once.
    fn fill(
        api: &ApiInfo,
        name: &str,
        write: &mut dyn FnMut(&mut Self) -> Result<(), RequestError>,
    ) -> Result<Self, RequestError> {
        let mut query = Self::begin(api, name);
        write(&mut query)?;
        let is_credential = |pair: &&Pair| api.is_reserved(&pair.name);
        match query.pairs.iter().find(is_credential) {
            Some(pair) => Err(query.error(
                RequestErrorKind::Reserved,
                &pair.name,
                format_args!(
                    "param `{}` carries a credential of the account and cannot be given with a command",
                    pair.name
                ),
            )),
            None => Ok(query),
        }
    }

    /// The command that the query is for.
    pub fn command(&self) -> &str {
        &self.command
    }

    /// Puts a value that may be empty.
    pub fn put(&mut self, name: &str, value: &(impl ParamValue + ?Sized)) {
        let mut text = String::new();
        value.write(&mut text);
        self.push(name, self.index, text, value.is_secret(), value.xsd());
    }

    /// Puts a value that must not be empty.
    ///
    /// # Errors
    /// When it is.
    pub fn required(&mut self, name: &str, value: &(impl ParamValue + ?Sized)) -> Result<(), RequestError> {
        self.put(name, value);
        match self.pairs.last() {
            Some(pair) if pair.value.is_empty() => Err(self.error(
                RequestErrorKind::Missing,
                name,
                format_args!("param `{}` is required, but an empty value was given", pair.name),
            )),
            _ => Ok(()),
        }
    }

    /// Puts a value if there is one.
    pub fn opt(&mut self, name: &str, value: &Option<impl ParamValue>) {
        match value {
            Some(value) => self.put(name, value),
            None => self.absent(name),
        }
    }

    /// Keeps the place of a param that is left out, where arguments can go by their position.
    fn absent(&mut self, name: &str) {
        if self.places {
            self.push(name, None, String::new(), false, "");
            if let Some(pair) = self.pairs.last_mut() {
                pair.sort = Sort::Absent;
            }
        }
    }

    /// Puts a flag in its spelling.
    pub fn flag(&mut self, name: &str, value: bool, style: FlagStyle) {
        self.put(name, style.spell(value));
        if let Some(pair) = self.pairs.last_mut() {
            pair.sort = Sort::Value(xsd_of_flag(style));
        }
    }

    /// Puts a flag in its spelling if there is one.
    pub fn opt_flag(&mut self, name: &str, value: Option<bool>, style: FlagStyle) {
        match value {
            Some(value) => self.flag(name, value, style),
            None => self.absent(name),
        }
    }

    /// Puts `1` if `value` is true, and nothing if it is not.
    pub fn one(&mut self, name: &str, value: bool) {
        if value {
            self.put(name, "1");
        }
    }

    /// Puts a date, written by `pattern` in strftime notation.
    pub fn date(&mut self, name: &str, value: Date, pattern: &str) {
        self.put(name, value.strftime(pattern).to_string().as_str());
    }

    /// Puts a date if there is one, written as [`Self::date`] does.
    pub fn opt_date(&mut self, name: &str, value: Option<Date>, pattern: &str) {
        match value {
            Some(value) => self.date(name, value, pattern),
            None => self.absent(name),
        }
    }

    /// Puts each value under `name` and an index from `range`. An empty value takes its index and is not sent.
    ///
    /// # Errors
    /// When there are more values than indices.
    pub fn indexed(
        &mut self,
        name: &str,
        range: RangeInclusive<u32>,
        values: &[impl ParamValue],
    ) -> Result<(), RequestError> {
        self.check_count(name, &range, values.len())?;
        for (index, value) in range.zip(values) {
            let mut text = String::new();
            value.write(&mut text);
            if !text.is_empty() {
                self.push(name, Some(index), text, value.is_secret(), value.xsd());
            }
        }
        Ok(())
    }

    /// Puts all values as one, with `separator` between them; nothing if there are none.
    ///
    /// # Errors
    /// When there are more than `max`, or one is empty or contains the separator.
    pub fn separated(
        &mut self,
        name: &str,
        separator: &str,
        max: Option<u32>,
        values: &[impl ParamValue],
    ) -> Result<(), RequestError> {
        if let Some(max) = max.filter(|&max| values.len() > max as usize) {
            return Err(self.error(
                RequestErrorKind::TooMany,
                name,
                format_args!(
                    "param `{name}` takes at most {max} values, but {} were given; no more fit in one request",
                    values.len()
                ),
            ));
        }
        let mut text = String::new();
        let mut secret = false;
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                text.push_str(separator);
            }
            let start = text.len();
            value.write(&mut text);
            secret |= value.is_secret();
            let item = &text[start..];
            if item.is_empty() || item.contains(separator) {
                let shown = if secret { REDACTED } else { item };
                return Err(self.error(
                    RequestErrorKind::NotAllowed,
                    name,
                    format_args!(
                        "param `{name}` is a list with `{separator}` between its values, so `{shown}` cannot be one of them"
                    ),
                ));
            }
        }
        if !values.is_empty() {
            self.push(name, self.index, text, secret, "string");
            if let Some(pair) = self.pairs.last_mut() {
                separator.clone_into(&mut pair.separator);
            }
        }
        Ok(())
    }

    /// Puts each item of a group with an index from `range`; `name` is a param that every item has.
    ///
    /// # Errors
    /// When there are more items than indices, and what the items find wrong.
    pub fn group(
        &mut self,
        name: &str,
        range: RangeInclusive<u32>,
        items: &[impl ParamGroup],
    ) -> Result<(), RequestError> {
        self.check_count(name, &range, items.len())?;
        let outer = self.index;
        for (index, item) in range.zip(items) {
            self.index = Some(index);
            item.write(self)?;
        }
        self.index = outer;
        Ok(())
    }

    /// Puts a param that the spec does not have.
    ///
    /// # Errors
    /// When the query has one of that name already.
    pub(crate) fn extra(&mut self, name: &str, value: &str, secret: bool) -> Result<(), RequestError> {
        if self.pairs.iter().any(|pair| pair.name == name && pair.sort != Sort::Absent) {
            return Err(self.error(
                RequestErrorKind::Repeated,
                name,
                format_args!("param `{name}` is there already and would be sent twice; leave one out"),
            ));
        }
        self.push(name, None, value.to_owned(), secret, "string");
        Ok(())
    }

    /// Names, with their index, and values, secret ones too, in the order of sending.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values().map(|pair| (pair.name.as_str(), pair.value.as_str()))
    }

    /// The pairs that are no levels.
    fn values(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.is_value())
    }

    /// The pairs that may be shown: those whose value is not secret.
    pub fn public_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values().filter(|pair| !pair.secret).map(|pair| (pair.name.as_str(), pair.value.as_str()))
    }

    /// The values that must be shown nowhere.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(|pair| pair.secret).map(|pair| pair.value.as_str())
    }

    /// The query as it is sent: percent-encoded, with its secret values.
    pub fn to_query_string(&self) -> String {
        let mut out = String::new();
        for pair in self.values() {
            if !out.is_empty() {
                out.push('&');
            }
            encode_into(&pair.name, &mut out);
            out.push('=');
            encode_into(&pair.value, &mut out);
        }
        out
    }

    /// An error about this query's command.
    fn error(&self, kind: RequestErrorKind, param: &str, message: fmt::Arguments<'_>) -> RequestError {
        RequestError::new(kind, &self.command, param, message)
    }

    fn push(&mut self, name: &str, index: Option<u32>, value: String, secret: bool, xsd: &'static str) {
        let base = name.len();
        let mut full = String::with_capacity(base + if index.is_some() { INDEX } else { 0 });
        full.push_str(name);
        if let Some(index) = index {
            // Writing into a String cannot fail.
            let _ = write!(full, "{index}");
        }
        self.pairs.push(Pair { name: full, base, value, separator: String::new(), secret, sort: Sort::Value(xsd) });
    }
}

/// The type of XML Schema that a flag's spelling has.
fn xsd_of_flag(style: FlagStyle) -> &'static str {
    match style {
        FlagStyle::OneZero => "int",
        FlagStyle::TrueFalse => "boolean",
        _ => "string",
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.values().enumerate() {
            let and = if index == 0 { "" } else { "&" };
            write!(f, "{and}{}=", encode_path(&pair.name))?;
            if pair.secret { f.write_str(REDACTED) } else { f.write_str(&encode(&pair.value)) }?;
        }
        Ok(())
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({self})")
    }
}

#[cfg(test)]
mod tests;
