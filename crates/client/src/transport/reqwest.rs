//! reqwest as a transport, for programs that run on tokio.

use super::error::{NO_HOST, system_words, too_large};
use super::{Request, Response, Transport, TransportError, TransportErrorKind};
use crate::Future;
use crate::error::Problem;
use ::reqwest::header::{CONTENT_LENGTH, HeaderValue};
use ::reqwest::{RequestBuilder, Url};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Sends with reqwest, over HTTP/1.1.
///
/// What only reads goes over connections that are kept. Everything else gets a connection of its own: one that was kept can turn
/// out closed when the request is on its way, and nobody could tell then whether it arrived. reqwest's own repetitions,
/// redirects and `Referer` are off. Proxies of the environment are used, but not for loopback.
///
/// TLS comes with the provider that a feature of this crate names, and none is installed for the process. reqwest itself panics
/// when a program makes a client of its own and none of its TLS features is on but the one that this crate turns on
/// (`rustls-no-provider`): such a program turns a feature of reqwest on, or installs a provider in rustls.
#[derive(Clone)]
pub struct Reqwest {
    kept: ::reqwest::Client,
    fresh: ::reqwest::Client,
    /// The last address without its query, as text and taken apart: to read it takes longer than to put a query behind it.
    base: Arc<Mutex<Option<(String, Url)>>>,
}

const UNSENDABLE: &str = "the request cannot be put into HTTP";

/// How long connecting may take, the TLS handshake included.
const CONNECT: Duration = Duration::from_secs(10);

impl Reqwest {
    /// With connections of its own; `direct` without proxies.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub(crate) fn new(direct: bool) -> Result<Self, Problem> {
        let builder = || -> Result<::reqwest::ClientBuilder, Problem> {
            let builder = ::reqwest::Client::builder()
                .redirect(::reqwest::redirect::Policy::none())
                .referer(false)
                .retry(::reqwest::retry::never())
                .connect_timeout(CONNECT)
                .user_agent(crate::USER_AGENT)
                .http1_only();
            let builder = if direct { builder.no_proxy() } else { builder };
            #[cfg(feature = "tls")]
            let builder = builder.tls_backend_preconfigured(super::tls::config()?);
            Ok(builder)
        };
        // The error of a builder names no URL, since it has none.
        let failed = |error: ::reqwest::Error| Problem::new(format!("HTTP cannot be set up: {error}"));
        Ok(Self {
            kept: builder()?.build().map_err(failed)?,
            fresh: builder()?.pool_max_idle_per_host(0).build().map_err(failed)?,
            base: Arc::default(),
        })
    }

    /// The address as reqwest has it.
    fn url(&self, whole: &str) -> Result<Url, TransportError> {
        let unsendable = |_| TransportError::before_sending(TransportErrorKind::Protocol, UNSENDABLE);
        let Some((base, query)) = whole.split_once('?') else { return Url::parse(whole).map_err(unsendable) };
        let mut known = self.base.lock().unwrap_or_else(PoisonError::into_inner);
        let mut url = match &*known {
            Some((text, url)) if text == base => url.clone(),
            _ => {
                let url = Url::parse(base).map_err(unsendable)?;
                *known = Some((base.to_owned(), url.clone()));
                url
            }
        };
        drop(known);
        url.set_query(Some(query));
        Ok(url)
    }

    async fn exchange(&self, request: &Request) -> Result<Response, TransportError> {
        let client = if request.may_be_resent() { &self.kept } else { &self.fresh };
        let url = self.url(request.url().expose())?;
        let sent = put(request, client, url)?.timeout(request.timeout()).send().await;
        let mut answer = sent.map_err(|error| failure(&error, false))?;
        let values_of = |name| {
            let values = answer.headers().get_all(name).iter();
            values.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
        };
        let response = Response::new(answer.status().as_u16(), Vec::new()).headers_of(request, values_of);
        if answer.content_length().is_some_and(|length| length <= request.max_body() as u64) {
            let body = answer.bytes().await.map_err(|error| failure(&error, true))?;
            return Ok(response.with_body(body.into()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error, true))? {
            if body.len() + chunk.len() > request.max_body() {
                return Err(too_large(request.max_body()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(response.with_body(body))
    }
}

/// Method, headers and body as reqwest has them.
fn put(request: &Request, client: &::reqwest::Client, url: Url) -> Result<RequestBuilder, TransportError> {
    let mut builder = match request.body() {
        None => client.get(url),
        Some(body) => {
            let body = body.expose();
            // Of an empty one hyper would not tell the length.
            client.post(url).header(CONTENT_LENGTH, body.len()).body(body.to_owned())
        }
    };
    for header in request.headers() {
        let value = HeaderValue::from_str(header.expose());
        let mut value = value.map_err(|_| TransportError::before_sending(TransportErrorKind::Protocol, UNSENDABLE))?;
        value.set_sensitive(header.is_secret());
        builder = builder.header(header.name(), value);
    }
    Ok(builder)
}

impl Transport for Reqwest {
    fn send<'a>(&'a self, request: &'a Request) -> Future<'a, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl std::fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reqwest")
    }
}

/// Says what reqwest's error means, in words of our own: its own name the URL.
fn failure(error: &::reqwest::Error, is_answered: bool) -> TransportError {
    let words = system_words(error).map_or(String::new(), |words| format!(": {words}"));
    if error.is_dns() {
        return TransportError::before_sending(TransportErrorKind::Connect, NO_HOST);
    }
    if error.is_connect() {
        let kind = if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Connect };
        return TransportError::before_sending(kind, format!("no connection came about{words}"));
    }
    if error.is_builder() {
        return TransportError::before_sending(TransportErrorKind::Protocol, UNSENDABLE);
    }
    if error.is_timeout() {
        return TransportError::after_sending(TransportErrorKind::Timeout, "no answer came in time");
    }
    let what = if is_answered { "the answer was cut off" } else { "the connection broke before an answer came" };
    TransportError::after_sending(TransportErrorKind::CutOff, format!("{what}{words}"))
}
