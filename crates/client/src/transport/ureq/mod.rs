//! ureq as a transport, for programs that block.

mod masking;

use super::error::{NO_HOST, system_words, too_large};
use super::{BlockingTransport, Header, Request, Response, TransportError, TransportErrorKind};
use crate::error::Problem;
use ::ureq::config::{AutoHeaderValue, Config};
use ::ureq::unversioned::resolver::DefaultResolver;
use ::ureq::{Agent, AsSendBody, Body, Error, http};
use masking::{Call, Calls, Ticket, connector};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Sends with ureq, over HTTP/1.1.
///
/// What only reads goes over connections that are kept. Everything else gets a connection of its own: one that was kept can turn
/// out closed when the request is on its way, and nobody could tell then whether it arrived. Redirects are off, and ureq never
/// sends a request a second time. Proxies of the environment are used, but not for loopback. ureq is shown no secret, since it logs
/// all that it sends and reads.
#[derive(Clone)]
pub struct Ureq {
    kept: Agent,
    fresh: Agent,
    calls: Arc<Calls>,
}

/// How long connecting may take, the TLS handshake included.
const CONNECT: Duration = Duration::from_secs(10);

impl Ureq {
    /// With connections of its own; `direct` without proxies.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub(crate) fn new(direct: bool) -> Result<Self, Problem> {
        let calls = Calls::new();
        let agent = |idle: usize| -> Result<Agent, Problem> {
            let config = Config::builder()
                .max_redirects(0)
                .http_status_as_error(false)
                .max_idle_connections(idle)
                .max_idle_connections_per_host(idle)
                .timeout_connect(Some(CONNECT))
                .user_agent(crate::USER_AGENT)
                // A body that is not as it was sent could not be unmasked.
                .accept_encoding(AutoHeaderValue::None);
            let config = if direct { config.proxy(None) } else { config };
            #[cfg(feature = "tls")]
            let config = config.tls_config(tls()?);
            Ok(Agent::with_parts(config.build(), connector(calls.clone()), DefaultResolver::default()))
        };
        Ok(Self { kept: agent(KEPT)?, fresh: agent(0)?, calls })
    }
}

/// Connections that are kept.
const KEPT: usize = 32;

#[cfg(feature = "tls")]
fn tls() -> Result<::ureq::tls::TlsConfig, Problem> {
    use ::ureq::tls::{RootCerts, TlsConfig, TlsProvider};

    Ok(TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(super::tls::provider()?)
        .build())
}

impl fmt::Debug for Ureq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ureq")
    }
}

impl BlockingTransport for Ureq {
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        let url = request.url().expose();
        let path_at = path_at(url).ok_or_else(|| {
            TransportError::before_sending(TransportErrorKind::Protocol, "the request cannot be put into HTTP")
        })?;
        let (secret, shown): (Vec<_>, Vec<_>) = request.headers().iter().partition(|header| header.is_secret());
        let pair = |header: &Header| (header.name().to_owned(), header.expose().to_owned());
        let ticket = self.calls.enter(Call {
            target: url[path_at..].to_owned(),
            headers: secret.into_iter().map(pair).collect(),
            body: request.body().cloned(),
            wants_cookies: request.wants_cookies(),
        });
        let agent = if request.may_be_resent() { &self.kept } else { &self.fresh };
        let address = format!("{}{}", &url[..path_at], ticket.path());
        let mut builder = http::Request::builder().method(request.method().name()).uri(address);
        for header in shown {
            builder = builder.header(header.name(), header.expose());
        }
        let sent = match ticket.filler() {
            None => run(agent, builder, (), request.timeout()),
            Some(filler) => run(agent, builder, filler, request.timeout()),
        };
        let answer = sent.map_err(|error| failure(&error, &ticket, false))?;
        let (head, body) = answer.into_parts();
        let limit = request.max_body() as u64;
        let read = body.into_with_config().limit(limit).read_to_vec();
        let mut body = read.map_err(|error| match error {
            Error::BodyExceedsLimit(_) => too_large(request.max_body()),
            error => failure(&error, &ticket, true),
        })?;
        ticket.unmask(&mut body);
        let values_of = |name| {
            if name == "set-cookie" {
                return ticket.cookies();
            }
            let values = head.headers.get_all(name).iter();
            values.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
        };
        Ok(Response::new(head.status.as_u16(), body).headers_of(request, values_of))
    }
}

/// Has ureq send what it is shown of a request.
fn run(
    agent: &Agent,
    builder: http::request::Builder,
    body: impl AsSendBody,
    timeout: Duration,
) -> Result<http::Response<Body>, Error> {
    let request = agent.configure_request(builder.body(body)?).timeout_global(Some(timeout)).build();
    agent.run(request)
}

/// Where the path of a URL begins.
fn path_at(url: &str) -> Option<usize> {
    let authority = url.find("://")? + 3;
    Some(url[authority..].find('/')? + authority)
}

/// Says what ureq's error means. Whether something has left is known for certain: the connection has seen it or not.
fn failure(error: &Error, ticket: &Ticket, is_answered: bool) -> TransportError {
    // ureq names no source.
    let system = if let Error::Io(error) = error { system_words(error) } else { None };
    let words = system.map_or(String::new(), |words| format!(": {words}"));
    let is_late = matches!(error, Error::Timeout(_))
        || matches!(error, Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut);
    if !ticket.begun() {
        return match error {
            _ if is_late => {
                TransportError::before_sending(TransportErrorKind::Timeout, "no connection came about in time")
            }
            Error::BadUri(_) | Error::Http(_) | Error::Other(_) => {
                TransportError::before_sending(TransportErrorKind::Protocol, "the request cannot be put into HTTP")
            }
            Error::TlsRequired => TransportError::before_sending(
                TransportErrorKind::Connect,
                "no connection came about: HTTPS needs a TLS provider, turn on the feature `ring` or `aws-lc`",
            ),
            // A name that leads nowhere is an error of the system without a kind.
            Error::HostNotFound => TransportError::before_sending(TransportErrorKind::Connect, NO_HOST),
            Error::Io(_) if words.is_empty() => TransportError::before_sending(TransportErrorKind::Connect, NO_HOST),
            _ => {
                let what = format!("no connection came about{words}");
                TransportError::before_sending(TransportErrorKind::Connect, what)
            }
        };
    }
    if is_late {
        return TransportError::after_sending(TransportErrorKind::Timeout, "no answer came in time");
    }
    let what = if is_answered { "the answer was cut off" } else { "the connection broke before an answer came" };
    TransportError::after_sending(TransportErrorKind::CutOff, format!("{what}{words}"))
}
