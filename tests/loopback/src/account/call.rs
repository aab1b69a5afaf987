//! One call as the commands see it: its params by kind, and what comes of it.

use crate::server::Request;
use bindwire_wire::{Currency, Decimal, DomainName, Record, StatusReply};

/// The params of one request.
pub(super) struct Call<'a> {
    pub(super) request: &'a Request,
}

impl<'a> Call<'a> {
    /// The value of a param, byte for byte.
    pub(super) fn param(&self, name: &str) -> Option<&'a str> {
        self.request.param(name)
    }

    /// The value of a param that has to be there.
    pub(super) fn required(&self, name: &str) -> Result<&'a str, Refused> {
        self.param(name).filter(|value| !value.is_empty()).ok_or_else(|| Refused::error(format!("missing {name}")))
    }

    /// Whether a param is 1.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.param(name) == Some("1")
    }

    /// The one domain.
    pub(super) fn domain(&self) -> Result<String, Refused> {
        self.required("domain").map(key)
    }

    /// The domains in one param, with commas between them.
    pub(super) fn domains(&self) -> Result<Vec<String>, Refused> {
        Ok(self.required("domain")?.split(',').map(key).collect())
    }

    /// The values of `name0`, `name1` and so on, by number.
    pub(super) fn indexed(&self, name: &str) -> Vec<(usize, &'a str)> {
        let mut found: Vec<_> = self
            .request
            .params
            .iter()
            .filter_map(|(param, value)| Some((param.strip_prefix(name)?.parse().ok()?, value.as_str())))
            .collect();
        found.sort_by_key(|(index, _)| *index);
        found
    }

    /// A term in years.
    pub(super) fn duration(&self) -> Result<i16, Refused> {
        let duration = self.required("duration")?;
        duration
            .parse()
            .ok()
            .filter(|years| (1..=10).contains(years))
            .ok_or_else(|| Refused::error("duration must be from 1 to 10 years"))
    }

    /// An amount of money.
    pub(super) fn amount(&self, name: &str) -> Result<Decimal, Refused> {
        self.required(name)?.parse().map_err(|_| Refused::error(format!("{name} is no amount")))
    }

    /// The currency that was asked for, as it was spelt, or US dollars; amounts are the same in every one.
    pub(super) fn currency(&self) -> Result<Currency, Refused> {
        let Some(code) = self.param("currency") else { return Ok(Currency::USD) };
        Currency::new(code).ok_or_else(|| Refused::error("unsupported currency"))
    }
}

/// The form of a name in which names are compared.
pub(super) fn key(name: &str) -> String {
    DomainName::from(name).ascii().into_owned()
}

/// A call that was answered with success.
pub(super) struct Done {
    pub(super) status: &'static str,
    pub(super) record: Box<dyn Record>,
    /// Whether something was carried out.
    pub(super) changed: bool,
}

impl Done {
    /// What was asked for is told, and nothing changed.
    pub(super) fn told(record: impl Record + 'static) -> Self {
        Self { status: "success", record: Box::new(record), changed: false }
    }

    /// Something was carried out, and `record` tells of it.
    pub(super) fn changed(record: impl Record + 'static) -> Self {
        Self { changed: true, ..Self::told(record) }
    }

    /// Something was carried out that no record tells of.
    pub(super) fn just_changed() -> Self {
        Self::changed(StatusReply::default())
    }
}

/// A call that was refused; nothing changed.
pub(super) struct Refused {
    pub(super) code: i64,
    pub(super) status: String,
    pub(super) error: String,
}

impl Refused {
    /// The usual refusal: code -1, status `error` and a text.
    pub(super) fn error(error: impl Into<String>) -> Self {
        Self { code: -1, status: "error".to_owned(), error: error.into() }
    }

    /// The account does not have the domain.
    pub(super) fn no_domain() -> Self {
        Self::error("could not find domain in your account")
    }

    /// The domain cannot be had.
    pub(super) fn not_available() -> Self {
        Self { code: 1, status: "not_available".to_owned(), error: String::new() }
    }
}

/// What comes of a call.
pub(super) type Outcome = Result<Done, Refused>;
