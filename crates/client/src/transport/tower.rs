//! Any tower service as a transport.

use super::error::{system_words, too_large};
use super::{Request, Response, Transport, TransportError, TransportErrorKind};
use crate::{Future, Timer};
use bytes::{Buf as _, BufMut as _};
use futures_util::future::{Either, select};
use http::HeaderValue;
use http_body::Body;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;
use tower_service::Service;

/// What services fail with.
type Cause = Box<dyn Error + Send + Sync>;

/// Sends with a `tower::Service<http::Request<B>>`, such as hyper-util's client or a stack of layers of one's own.
///
/// What the service does by itself is out of reach from here: layers that repeat requests or follow redirects must not be in it,
/// nor such that log addresses or bodies, which hold secrets; headers that do are marked as sensitive. Each call is made with a
/// clone of the service, and ends after the call's timeout, which `timer` measures.
pub struct Tower<S, B> {
    service: S,
    timer: Arc<dyn Timer>,
    body: PhantomData<fn(B)>,
}

impl<S, B> Tower<S, B> {
    /// Sends with `service`, and waits by `timer`. `B` is the type of the bodies that the service takes; it is made from bytes, of
    /// which a GET has none, as `http_body_util::Full<Bytes>` is.
    pub fn new(service: S, timer: impl Timer + 'static) -> Self {
        Self { service, timer: Arc::new(timer), body: PhantomData }
    }
}

impl<S, B> fmt::Debug for Tower<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tower")
    }
}

impl<S, B, A> Transport for Tower<S, B>
where
    S: Service<http::Request<B>, Response = http::Response<A>> + Clone + Send + Sync,
    S::Error: Into<Cause>,
    S::Future: Send,
    B: From<Vec<u8>> + Send,
    A: Body + Send,
    A::Data: Send,
    A::Error: Into<Cause>,
{
    fn send<'a>(&'a self, request: &'a Request) -> Future<'a, Result<Response, TransportError>> {
        Box::pin(async {
            let exchange = pin!(exchange(self.service.clone(), request));
            match select(exchange, self.timer.sleep(request.timeout())).await {
                Either::Left((answer, _)) => answer,
                Either::Right(_) => {
                    Err(TransportError::after_sending(TransportErrorKind::Timeout, "no answer came in time"))
                }
            }
        })
    }
}

async fn exchange<S, B, A>(mut service: S, request: &Request) -> Result<Response, TransportError>
where
    S: Service<http::Request<B>, Response = http::Response<A>>,
    S::Error: Into<Cause>,
    B: From<Vec<u8>>,
    A: Body,
    A::Error: Into<Cause>,
{
    let unsendable = TransportErrorKind::Protocol;
    let filled =
        put(request).map_err(|_| TransportError::before_sending(unsendable, "the request cannot be put into HTTP"))?;
    poll_fn(|context| service.poll_ready(context)).await.map_err(|error| {
        let what = format!("the service is not ready{}", words(error.into().as_ref()));
        TransportError::before_sending(TransportErrorKind::Connect, what)
    })?;
    let answer = service.call(filled).await.map_err(|error| {
        let error: Cause = error.into();
        let words = words(error.as_ref());
        // A refused connection is refused before anything is sent. Nothing else can be told apart from here.
        if is_refused(error.as_ref()) {
            return TransportError::before_sending(
                TransportErrorKind::Connect,
                format!("no connection came about{words}"),
            );
        }
        let what = format!("the connection broke before an answer came{words}");
        TransportError::after_sending(TransportErrorKind::CutOff, what)
    })?;
    let (head, body) = answer.into_parts();
    let body = read(body, request.max_body()).await?;
    let values_of = |name| {
        let values = head.headers.get_all(name).iter();
        values.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
    };
    Ok(Response::new(head.status.as_u16(), body).headers_of(request, values_of))
}

/// Method, headers and body as services take them.
fn put<B: From<Vec<u8>>>(request: &Request) -> http::Result<http::Request<B>> {
    let mut builder = http::Request::builder()
        .method(request.method().name())
        .uri(request.url().expose())
        .header(http::header::USER_AGENT, crate::USER_AGENT);
    for header in request.headers() {
        let mut value = HeaderValue::from_str(header.expose())?;
        value.set_sensitive(header.is_secret());
        builder = builder.header(header.name(), value);
    }
    let Some(body) = request.body() else { return builder.body(B::from(Vec::new())) };
    let body = body.expose().as_bytes();
    // A service whose bodies do not tell their length would send chunks.
    builder.header(http::header::CONTENT_LENGTH, body.len()).body(B::from(body.to_vec()))
}

async fn read<A: Body>(body: A, max: usize) -> Result<Vec<u8>, TransportError>
where
    A::Error: Into<Cause>,
{
    let mut body = pin!(body);
    let mut read = Vec::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(|error| {
            let what = format!("the answer was cut off{}", words(error.into().as_ref()));
            TransportError::after_sending(TransportErrorKind::CutOff, what)
        })?;
        let Ok(data) = frame.into_data() else { continue };
        if read.len() + data.remaining() > max {
            return Err(too_large(max));
        }
        read.put(data);
    }
    Ok(read)
}

fn words(error: &(dyn Error + 'static)) -> String {
    system_words(error).map_or(String::new(), |words| format!(": {words}"))
}

fn is_refused(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused) {
            return true;
        }
        next = error.source();
    }
    false
}
