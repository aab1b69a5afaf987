//! The address of a request, which carries the account's credentials and so is never printed whole.

use super::Query;
use super::encode::{REDACTED, encode_into};
use crate::Secret;
use std::fmt;

/// The address of a request.
///
/// Debug and Display show it with `<redacted>` in place of each secret value.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestUrl {
    whole: String,
    shown: String,
}

impl RequestUrl {
    /// The address with everything that is secret in it: for sending, never for a log.
    pub fn expose(&self) -> &str {
        &self.whole
    }
}

impl fmt::Display for RequestUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
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
    let base = endpoint.replace("{format}", suffix);
    let mut start = if base.contains('?') { '&' } else { '?' };
    let (mut whole, mut shown) = (base.clone(), base);
    let mut add = |name: &str, value: &str, secret: bool| {
        for (out, redact) in [(&mut whole, false), (&mut shown, secret)] {
            out.push(start);
            encode_into(name, out);
            out.push('=');
            if redact { out.push_str(REDACTED) } else { encode_into(value, out) }
        }
        start = '&';
    };
    for (name, value) in credentials {
        add(name, value.expose(), true);
    }
    for pair in &query.pairs {
        add(&pair.name, &pair.value, pair.secret);
    }
    RequestUrl { whole, shown }
}
