//! Why an exchange brought no answer.

use std::error::Error;
use std::fmt;

/// What kept the answer from coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about.
    Connect,
    /// It took longer than it may.
    Timeout,
    /// The connection broke before the answer was whole.
    CutOff,
    /// The body of the answer is larger than it may be.
    TooLarge,
    /// What came is no HTTP, or the request cannot be put into it.
    Protocol,
}

/// An exchange that brought no answer.
///
/// It holds no URL, and no error of another library: those print URLs, and a URL holds the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError {
    kind: TransportErrorKind,
    may_have_left: bool,
    what: String,
}

impl TransportError {
    /// Nothing of the request has left, for certain.
    pub fn before_sending(kind: TransportErrorKind, what: impl Into<String>) -> Self {
        Self { kind, may_have_left: false, what: what.into() }
    }

    /// A byte of the request may have left.
    pub fn after_sending(kind: TransportErrorKind, what: impl Into<String>) -> Self {
        Self { kind, may_have_left: true, what: what.into() }
    }

    /// What kept the answer from coming.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a byte of the request may have left.
    pub fn may_have_left(&self) -> bool {
        self.may_have_left
    }

    /// What happened, in words.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for TransportError {}

/// What an error of the operating system, or of TLS, that stands in the chain of `error` says; these words hold no address.
#[cfg(any(feature = "reqwest", feature = "tower", feature = "ureq"))]
pub(super) fn system_words(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        #[cfg(feature = "tls")]
        if let Some(words) = tls_words(error) {
            return Some(words);
        }
        if let Some(error) = error.downcast_ref::<std::io::Error>()
            // An error that a library has made of another one has no kind of its own.
            && !matches!(error.kind().to_string().as_str(), "other error" | "uncategorized error")
        {
            // The kind's own words: an error made by a library can say anything.
            return Some(error.kind().to_string());
        }
        next = error.source();
    }
    None
}

/// What an error of TLS says: it names what is wrong with a certificate, and neither an address nor what was sent.
#[cfg(feature = "tls")]
fn tls_words(error: &(dyn Error + 'static)) -> Option<String> {
    let mut error = error;
    // It stands within an error of I/O, or within one that is within another.
    while let Some(io) = error.downcast_ref::<std::io::Error>() {
        error = io.get_ref()?;
    }
    error.downcast_ref::<rustls::Error>().map(ToString::to_string)
}

/// What is said of a host whose name leads nowhere.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
pub(super) const NO_HOST: &str = "no connection came about: the name of the host cannot be resolved";

#[cfg(any(feature = "reqwest", feature = "tower", feature = "ureq"))]
pub(super) fn too_large(max: usize) -> TransportError {
    TransportError::after_sending(TransportErrorKind::TooLarge, format!("the answer is larger than {max} bytes"))
}
