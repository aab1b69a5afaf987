//! Values of params and of fields: whether the spec allows them, and how they are sent.

use crate::catalog::Param;
use crate::nearest::nearest;
use crate::text::alternatives;
use bindwire_wire::{Currency, Date, Decimal, DomainName};
use std::net::IpAddr;

/// What stands in place of a secret in a message.
const REDACTED: &str = "<redacted>";

/// A value that can be sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// As it is sent.
    pub text: String,
    /// What is unusual about it.
    pub warnings: Vec<String>,
}

/// The value of the param called `name`, or what is wrong with it.
pub fn check(param: &Param, name: &str, text: &str) -> Result<Value, Vec<String>> {
    let Some(separator) = param.separator.as_deref() else {
        return one(param, name, text).map_err(|problem| vec![problem]);
    };
    let items: Vec<&str> = text.split(separator).map(str::trim).collect();
    let mut problems = Vec::new();
    if let Some(max) = param.max.filter(|max| u32::try_from(items.len()).is_ok_and(|count| count > *max)) {
        let count = items.len();
        problems.push(format!(
            "param `{name}` takes at most {max} values, but {count} were given; no more fit in one request"
        ));
    }
    let mut value = Value::default();
    for (at, item) in items.iter().enumerate() {
        if item.is_empty() && items.len() > 1 {
            problems.push(format!(
                "param `{name}` is a list with `{separator}` between its values, and value {} is empty; leave it out",
                at + 1
            ));
            continue;
        }
        match one(param, name, item) {
            Ok(checked) => {
                if at > 0 {
                    value.text.push_str(separator);
                }
                value.text.push_str(&checked.text);
                value.warnings.extend(checked.warnings);
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(value) } else { Err(problems) }
}

/// A single value.
fn one(param: &Param, name: &str, text: &str) -> Result<Value, String> {
    if text.is_empty() && param.kind != "text" {
        // That a required one is missing is told elsewhere.
        return match param.required {
            crate::catalog::Required::Always(false) => {
                Err(format!("param `{name}` is empty; give a value or leave it out"))
            }
            _ => Ok(Value::default()),
        };
    }
    let shown = if param.is_secret() { REDACTED } else { text };
    let wrong = |takes: &str| Err(format!("param `{name}` takes {takes}, but `{shown}` was given"));
    let sent = match param.kind.as_str() {
        "domain" => DomainName::from(text).ascii().into_owned(),
        "ip" if text.parse::<IpAddr>().is_err() => return wrong("an IP address"),
        "int" | "decimal" => {
            let is_int = param.kind == "int";
            let bounds = param.range.map_or(String::new(), |(min, max)| format!(" from {min} to {max}"));
            let fits = |number: &Decimal| {
                param.range.is_none_or(|(min, max)| (Decimal::from(min)..=Decimal::from(max)).contains(number))
            };
            let is_plain = !is_int || text.parse::<u32>().is_ok() && !text.starts_with('+');
            if !is_plain || text.parse::<Decimal>().ok().filter(fits).is_none() {
                return wrong(&format!("{}{bounds}", if is_int { "a whole number" } else { "a number" }));
            }
            text.to_owned()
        }
        "long" if text.parse::<i64>().is_err() || text.starts_with('+') => {
            return wrong("a whole number, which may be negative");
        }
        "date" => {
            let pattern = param.strftime.as_deref().unwrap_or("%Y-%m-%d");
            match Date::strptime(pattern, text) {
                Ok(date) => date.strftime(pattern).to_string(),
                Err(_) => return wrong(&format!("a date as `{}`", param.date.as_deref().unwrap_or("yyyy-MM-dd"))),
            }
        }
        "flag" => {
            let words: Vec<String> = param.words.as_deref().unwrap_or("yes/no").split('/').map(str::to_owned).collect();
            match listed(&words, text) {
                Some(word) => word.to_owned(),
                None => return wrong(&alternatives(&words, "or")),
            }
        }
        "one" if text != "1" => {
            return Err(format!("param `{name}` takes `1`, but `{shown}` was given; leave it out for no"));
        }
        "currency" => match Currency::new(text) {
            Some(currency) => currency.code().to_owned(),
            None => return wrong("a currency code of three letters"),
        },
        _ => text.to_owned(),
    };
    among(param, name, shown, sent)
}

/// A value in the spelling of the list that it should be in.
fn among(param: &Param, name: &str, shown: &str, sent: String) -> Result<Value, String> {
    if param.values.is_empty() {
        return Ok(Value { text: sent, warnings: Vec::new() });
    }
    if let Some(known) = listed(&param.values, &sent) {
        return Ok(Value { text: known.to_owned(), warnings: Vec::new() });
    }
    let hint = nearest(&sent, param.values.iter().map(String::as_str))
        .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    let takes = alternatives(&param.values, if param.open { "and" } else { "or" });
    if param.open {
        let warning = format!("param `{name}` is known to take {takes}; `{shown}` is sent all the same{hint}");
        return Ok(Value { text: sent, warnings: vec![warning] });
    }
    Err(format!("param `{name}` takes {takes}, but `{shown}` was given{hint}"))
}

/// The value of the list that is the same but for its case.
fn listed<'a>(values: &'a [String], text: &str) -> Option<&'a str> {
    values.iter().find(|known| known.eq_ignore_ascii_case(text)).map(String::as_str)
}
