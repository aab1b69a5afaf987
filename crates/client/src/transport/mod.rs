//! What carries a request to the server and the answer back.
//!
//! A transport does one exchange and nothing else: it follows no redirect, repeats nothing and prints no part of a request. What
//! an answer means, and whether a request may be sent again, is decided above it.

mod body;
mod error;
mod header;
mod message;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(all(test, feature = "ureq"))]
mod testing;
#[cfg(all(test, feature = "reqwest", feature = "tower", feature = "ureq"))]
mod tests;
#[cfg(feature = "tls")]
mod tls;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "ureq")]
mod ureq;

pub use body::Body;
pub use error::{TransportError, TransportErrorKind};
pub use header::Header;
pub use message::{Method, Request, Response};

#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
#[cfg(feature = "tower")]
pub use self::tower::Tower;
#[cfg(feature = "ureq")]
pub use self::ureq::Ureq;

use crate::Future;

/// Carries requests, and is awaited.
pub trait Transport: Send + Sync {
    /// Sends one request to [`Request::url`] and reads the whole answer, whatever its status: an HTTP 500 with a body is an
    /// answer like others.
    ///
    /// It sends [`Request::method`], each of [`Request::headers`] as it is, and [`Request::body`] byte for byte, with its length
    /// in `Content-Length` and without asking first (`Expect`). It must give up after [`Request::timeout`] and when the body of
    /// the answer has more than [`Request::max_body`] bytes, follow no redirect, send no `Referer`, and never send the request a
    /// second time, on a connection that turned out closed neither, unless [`Request::may_be_resent`].
    ///
    /// It logs neither the address nor headers nor bodies, of the request and of the answer: all of them hold secrets. Where
    /// [`Request::wants_cookies`], the response has a `Set-Cookie` header for each that came.
    ///
    /// # Errors
    /// When no whole answer came. The error says whether a byte of the request may have left: when in doubt, it may.
    fn send<'a>(&'a self, request: &'a Request) -> Future<'a, Result<Response, TransportError>>;
}

/// Carries requests, and blocks until the answer is there; otherwise as [`Transport`].
pub trait BlockingTransport: Send + Sync {
    /// As [`Transport::send`].
    fn send(&self, request: &Request) -> Result<Response, TransportError>;
}

/// A blocking transport as one whose future is ready when it is first polled.
pub(crate) struct AtOnce<T>(pub T);

impl<T: BlockingTransport> Transport for AtOnce<T> {
    fn send<'a>(&'a self, request: &'a Request) -> Future<'a, Result<Response, TransportError>> {
        Box::pin(async { self.0.send(request) })
    }
}
