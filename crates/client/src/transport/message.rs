//! A request as a transport sees it, and what it brings back.

use super::{Body, Header};
use bindwire_wire::{Effect, RequestUrl};
use std::fmt;
use std::time::Duration;

/// What to do with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Without a body.
    Get,
    /// With a body.
    Post,
}

impl Method {
    /// As it stands in HTTP.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A request to be sent. Debug shows address, headers and body without what is secret in them.
#[derive(Debug, Clone)]
pub struct Request {
    url: RequestUrl,
    headers: Vec<Header>,
    body: Option<Body>,
    effect: Effect,
    timeout: Duration,
    max_body: usize,
    wants_cookies: bool,
}

impl Request {
    /// A GET.
    pub(crate) fn new(url: RequestUrl, effect: Effect, timeout: Duration, max_body: usize) -> Self {
        Self { url, headers: Vec::new(), body: None, effect, timeout, max_body, wants_cookies: false }
    }

    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Where to; [`RequestUrl::expose`] gives it with the key, for sending alone.
    pub fn url(&self) -> &RequestUrl {
        &self.url
    }

    /// POST when there is a body, else GET.
    pub fn method(&self) -> Method {
        if self.body.is_some() { Method::Post } else { Method::Get }
    }

    /// The headers that must be added to those of HTTP itself.
    pub fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// What a POST carries; [`Body::expose`] gives it with its secrets, for sending alone.
    pub fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// What the command does to the account.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Whether it does no harm to send it twice: a connection that may turn out closed can be used for it.
    pub fn may_be_resent(&self) -> bool {
        self.effect == Effect::Read
    }

    /// How long the whole exchange may take, connecting included.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// How many bytes the body of the answer may have.
    pub fn max_body(&self) -> usize {
        self.max_body
    }

    /// Whether the client looks at the `Set-Cookie` headers of the answer, whatever its status.
    pub fn wants_cookies(&self) -> bool {
        self.wants_cookies
    }
}

#[allow(dead_code, reason = "of the APIs, each of which is a feature, only some POST")]
impl Request {
    /// Makes it a POST.
    pub(crate) fn post(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    /// Adds a header; whether its value is secret decides where it may be shown.
    pub(crate) fn header(mut self, name: impl Into<String>, value: impl Into<String>, is_secret: bool) -> Self {
        self.headers.push(Header::new(name.into(), value.into(), is_secret));
        self
    }

    /// Asks for the `Set-Cookie` headers of the answer.
    pub(crate) fn with_cookies(mut self) -> Self {
        self.wants_cookies = true;
        self
    }
}

/// An answer. Debug shows neither header values nor the body, which can hold secrets.
#[derive(Clone)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Response {
    /// With a status and a body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// Adds a header; one that came several times is added as often. The client looks at `Retry-After` and `Location`, and at
    /// `Set-Cookie` where [`Request::wants_cookies`]; others need not be given.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds the headers that the client looks at; `values_of` gives those of a name in order.
    #[cfg(any(feature = "reqwest", feature = "tower", feature = "ureq"))]
    pub(super) fn headers_of(self, request: &Request, values_of: impl Fn(&'static str) -> Vec<String>) -> Self {
        let add = |response: Self, name| {
            values_of(name).into_iter().fold(response, |response, value| response.header(name, value))
        };
        let response = if request.wants_cookies() { add(self, "set-cookie") } else { self };
        if (200..300).contains(&response.status) {
            // Nobody looks at the others.
            return response;
        }
        ["retry-after", "location"].into_iter().fold(response, add)
    }

    /// Puts the body in, which is read after the head.
    #[cfg(feature = "reqwest")]
    pub(super) fn with_body(self, body: Vec<u8>) -> Self {
        Self { body, ..self }
    }

    /// How long HTTP 429 asks to wait where the server does not say.
    #[cfg(feature = "soap")]
    pub(crate) fn blocked_for(self, wait: Option<std::time::Duration>) -> Self {
        match wait {
            Some(wait) if self.status == 429 && self.header_value("retry-after").is_none() => {
                self.header("retry-after", wait.as_secs().to_string())
            }
            _ => self,
        }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first value of a header, whose name is in any case.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.header_values(name).next()
    }

    /// All values of a header, in the order in which they came.
    pub fn header_values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn into_body(self) -> Vec<u8> {
        self.body
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &names)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bindwire_wire::{Query, Secret, request_url};

    fn request() -> Request {
        let url = request_url("https://api.example/soap", "", &[("key", &Secret::from("k3y"))], &Query::new("x"));
        Request::new(url, Effect::Read, Duration::from_secs(1), 1 << 20)
    }

    #[test]
    fn a_request_shows_nothing_secret() {
        let token = 7..13;
        let body = Body::new("<token>s3cr3t</token>".to_owned(), vec![token]);
        let request = request()
            .post(body)
            .header("Content-Type", "text/xml; charset=utf-8", false)
            .header("Cookie", "session=s3cr3t", true)
            .with_cookies();
        let shown = format!("{request:?} {request:#?}");
        assert!(!shown.contains("s3cr3t") && !shown.contains("k3y"), "{shown}");
        for part in ["<token><redacted></token>", "Content-Type: text/xml; charset=utf-8", "Cookie: <redacted>"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert_eq!((request.method().name(), request.wants_cookies()), ("POST", true));
        let [kind, cookie] = request.headers() else { panic!("{shown}") };
        assert_eq!((kind.name(), kind.expose(), kind.is_secret()), ("Content-Type", "text/xml; charset=utf-8", false));
        assert_eq!((cookie.name(), cookie.expose(), cookie.is_secret()), ("Cookie", "session=s3cr3t", true));
    }

    #[test]
    fn a_request_without_a_body_is_a_get() {
        let request = request();
        assert_eq!((request.method(), request.method().name()), (Method::Get, "GET"));
        assert!(request.body().is_none() && request.headers().is_empty() && !request.wants_cookies());
    }

    #[test]
    fn a_header_of_an_answer_may_come_several_times() {
        let response = Response::new(200, "").header("Set-Cookie", "a=1").header("X", "y").header("set-cookie", "b=2");
        assert_eq!(response.header_values("SET-COOKIE").collect::<Vec<_>>(), ["a=1", "b=2"]);
        assert_eq!((response.header_value("set-cookie"), response.header_value("z")), (Some("a=1"), None));
        assert!(!format!("{response:?}").contains("a=1"));
    }

    #[test]
    #[cfg(any(feature = "reqwest", feature = "tower", feature = "ureq"))]
    fn only_the_headers_that_somebody_looks_at_are_taken() {
        for (status, wants_cookies, taken) in [
            (200, false, vec![]),
            (200, true, vec!["set-cookie", "set-cookie"]),
            (500, false, vec!["retry-after", "location"]),
            (302, true, vec!["set-cookie", "set-cookie", "retry-after", "location"]),
        ] {
            let request = if wants_cookies { request().with_cookies() } else { request() };
            let response = Response::new(status, "").headers_of(&request, |name| match name {
                "set-cookie" => vec!["a=1".to_owned(), "b=2".to_owned()],
                _ => vec!["7".to_owned()],
            });
            let names: Vec<_> = response.headers.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, taken, "{status} {wants_cookies}");
        }
    }
}
