//! What a request of this API carries beside its command: options that the client fills in, where it goes, who asks.

use super::cookies::Jar;
use crate::soap::Carried;
use crate::transport::{Request, Response};
use bindwire_wire::{Query, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;

/// An option: its element, what it holds, and whether that is secret.
pub(super) type Setting = (&'static str, Option<SecretString>, bool);

/// What a request carries beside its command.
pub(super) struct Extras {
    /// Where it goes.
    pub address: String,
    /// The record that holds the options.
    pub record: String,
    /// All options, in the order of the schema.
    pub options: Vec<Setting>,
    /// What the header `Authorization` says after `Basic `.
    pub basic: Option<SecretString>,
    /// The cookies, where a session is kept.
    pub jar: Option<Arc<Jar>>,
}

impl Extras {
    /// The path of the address.
    fn path(&self) -> &str {
        let rest = self.address.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or("/", |at| &rest[at..])
    }
}

impl Carried for Extras {
    fn address(&self) -> &str {
        &self.address
    }

    fn fill(&self, query: &Query) -> Query {
        let mut query = query.clone();
        let exposed = |(name, value, secret): &'_ Setting| (*name, value.clone(), *secret);
        let options: Vec<Setting> = self.options.iter().map(exposed).collect();
        let options: Vec<(&str, Option<&str>, bool)> = options
            .iter()
            .map(|(name, value, secret)| (*name, value.as_ref().map(SecretString::expose_secret), *secret))
            .collect();
        query.fill_record(&self.record, &options);
        query
    }

    fn dress(&self, request: Request) -> Request {
        let request = match &self.basic {
            Some(token) => request.header("Authorization", format!("Basic {}", token.expose_secret()), true),
            None => request,
        };
        let Some(jar) = &self.jar else { return request };
        let request = request.with_cookies();
        match jar.header(self.path()) {
            Some(cookies) => request.header("Cookie", cookies.expose_secret(), true),
            None => request,
        }
    }

    fn take(&self, response: &Response, now: Timestamp) {
        if let Some(jar) = &self.jar {
            jar.take(self.path(), response, now);
        }
    }

    /// Those beside the credentials.
    fn secrets(&self) -> Vec<(&'static str, SecretString)> {
        let cookies = self.jar.iter().flat_map(|jar| jar.secrets());
        cookies.chain(self.basic.clone()).map(|secret| ("", secret)).collect()
    }
}
