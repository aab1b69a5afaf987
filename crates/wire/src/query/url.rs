//! The address of a request, which carries the account's credentials and so is never printed whole.

use super::Query;
use super::encode::{encode_into, redacted};
use crate::Secret;
use std::fmt;
use std::ops::Range;

/// The address of a request.
///
/// Debug and Display show it with `<redacted>` in place of each secret value.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestUrl {
    whole: String,
    /// Where the secret values stand, in order.
    secrets: Vec<Range<usize>>,
}

impl RequestUrl {
    /// The address with everything that is secret in it: for sending, never for a log.
    pub fn expose(&self) -> &str {
        &self.whole
    }
}

impl fmt::Display for RequestUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(&self.whole, &self.secrets))
    }
}

impl fmt::Debug for RequestUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestUrl({self})")
    }
}

/// Puts an address together: `endpoint` with `suffix` in place of its `{format}`, the credentials, then the query.
///
/// Credentials are names on the wire with their values.
pub fn request_url(endpoint: &str, suffix: &str, credentials: &[(&str, &Secret)], query: &Query) -> RequestUrl {
    const FORMAT: &str = "{format}";
    let given = credentials.iter().map(|(name, value)| name.len() + value.expose().len());
    let put = query.values().map(|pair| pair.name.len() + pair.value.len());
    // With `&` and `=`, and a little for what is longer when it is encoded.
    let length = given.chain(put).map(|length| length + 2).sum::<usize>() + 16;
    let mut whole = String::with_capacity(endpoint.len() + length);
    let at = endpoint.find('{').filter(|at| endpoint[*at..].starts_with(FORMAT));
    match at.map(|at| (&endpoint[..at], &endpoint[at + FORMAT.len()..])) {
        Some((before, after)) => [before, suffix, after].into_iter().for_each(|part| whole.push_str(part)),
        None => whole.push_str(endpoint),
    }
    let mut start = if whole.contains('?') { '&' } else { '?' };
    let mut secrets = Vec::new();
    let mut add = |name: &str, value: &str, secret: bool| {
        whole.push(start);
        encode_into(name, &mut whole);
        whole.push('=');
        let from = whole.len();
        encode_into(value, &mut whole);
        if secret {
            secrets.push(from..whole.len());
        }
        start = '&';
    };
    for (name, value) in credentials {
        add(name, value.expose(), true);
    }
    for pair in query.values() {
        add(&pair.name, &pair.value, pair.secret);
    }
    RequestUrl { whole, secrets }
}
