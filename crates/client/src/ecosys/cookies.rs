//! The cookies of a session: secret, of one client, and sent to the server that set them alone.
//!
//! A client has one address, and no redirect is followed, so that the host is always the same; what a server says of domains is
//! not looked at. A session is open from the first request with credentials that was let in, until it ends or is closed.

use crate::Error;
use crate::transport::Response;
use bindwire_wire::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Cookies that are kept; no server of this API needs as many.
const MOST: usize = 32;

/// Bytes that a value has at least which stands for a session.
const SHORTEST_SECRET: usize = 8;

/// Bytes that a cookie may have.
const LONGEST: usize = 4096;

/// The cookies of a client.
#[derive(Default)]
pub(crate) struct Jar(Mutex<State>);

#[derive(Default)]
struct State {
    cookies: Vec<Cookie>,
    /// Whether they stand for a session that has begun.
    is_open: bool,
    /// Counts the sessions.
    session: u64,
    /// How often somebody with credentials was not let in.
    refusals: u64,
    /// The last refusal, where nobody was let in since.
    refused: Option<Error>,
}

struct Cookie {
    name: String,
    path: String,
    /// Name and value, as they are sent.
    pair: SecretString,
    value: SecretString,
}

impl Jar {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the session that is open.
    pub fn session(&self) -> Option<u64> {
        let state = self.state();
        state.is_open.then_some(state.session)
    }

    /// How often somebody with credentials was not let in.
    pub fn refusals(&self) -> u64 {
        self.state().refusals
    }

    /// Why nobody was let in since there had been so many refusals.
    pub fn refused_since(&self, refusals: u64) -> Option<Error> {
        let state = self.state();
        state.refused.clone().filter(|_| state.refusals > refusals)
    }

    /// Tells that a request with credentials was refused.
    pub fn refuse(&self, error: &Error) {
        let mut state = self.state();
        state.close();
        state.refusals += 1;
        state.refused = Some(error.clone());
    }

    /// Tells that a request with credentials was let in: what the server has set stands for a session.
    pub fn let_in(&self) {
        let mut state = self.state();
        state.refused = None;
        if !state.is_open && !state.cookies.is_empty() {
            state.is_open = true;
            state.session += 1;
        }
    }

    /// Forgets a session, if it is still this one.
    pub fn forget(&self, session: u64) {
        let mut state = self.state();
        if state.session == session {
            state.close();
        }
    }

    /// Forgets whatever session is open.
    pub fn close(&self) {
        self.state().close();
    }

    /// The header `Cookie` of a request to a path; nothing where there is no cookie for it.
    pub fn header(&self, path: &str) -> Option<SecretString> {
        let state = self.state();
        let of_path = state.cookies.iter().filter(|cookie| covers(&cookie.path, path));
        let pairs: Vec<&str> = of_path.map(|cookie| cookie.pair.expose_secret()).collect();
        (!pairs.is_empty()).then(|| pairs.join("; ").into())
    }

    /// What must be shown nowhere. A value of a few letters lets nobody in, and is found in any text.
    pub fn secrets(&self) -> Vec<SecretString> {
        let state = self.state();
        let values = state.cookies.iter().map(|cookie| &cookie.value);
        values.filter(|value| value.expose_secret().len() >= SHORTEST_SECRET).cloned().collect()
    }

    /// Takes in what an answer to a request to a path sets.
    pub fn take(&self, path: &str, response: &Response, now: Timestamp) {
        let mut state = self.state();
        for header in response.header_values("set-cookie") {
            let Some((cookie, is_over)) = parse(header, path, now) else { continue };
            state.cookies.retain(|known| (&known.name, &known.path) != (&cookie.name, &cookie.path));
            if !is_over && state.cookies.len() < MOST {
                state.cookies.push(cookie);
            }
        }
    }
}

impl State {
    fn close(&mut self) {
        self.cookies.clear();
        self.is_open = false;
    }
}

/// A cookie of a header `Set-Cookie`, and whether it is taken back; nothing where it cannot be sent as it is.
fn parse(header: &str, path: &str, now: Timestamp) -> Option<(Cookie, bool)> {
    let set = cookie::Cookie::parse(header).ok().filter(|_| header.len() <= LONGEST)?;
    let (name, value) = set.name_value();
    let is_sendable = |byte: u8| byte.is_ascii_graphic() && byte != b';' && byte != b',';
    if !name.bytes().all(|byte| is_sendable(byte) && byte != b'=') || !value.bytes().all(is_sendable) {
        return None;
    }
    let is_aged = set.max_age().is_some_and(|age| age.whole_seconds() <= 0);
    let has_passed = set.expires_datetime().is_some_and(|date| date.unix_timestamp() <= now.as_second());
    let own = set.path().filter(|own| own.starts_with('/')).unwrap_or(directory(path));
    let pair = format!("{name}={value}").into();
    let cookie = Cookie { name: name.to_owned(), path: own.to_owned(), pair, value: value.into() };
    Some((cookie, value.is_empty() || is_aged || has_passed))
}

/// The path that a cookie has which does not say one.
fn directory(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(end) => &path[..end],
    }
}

/// Whether a cookie's path stands for a request's.
fn covers(own: &str, path: &str) -> bool {
    path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || own.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jar(headers: &[&str]) -> Jar {
        let jar = Jar::default();
        let response =
            headers.iter().fold(Response::new(200, ""), |response, header| response.header("Set-Cookie", *header));
        jar.take("/ecosys/api/soap/Thing", &response, "2024-05-10T00:00:00Z".parse().unwrap());
        jar
    }

    fn sent(jar: &Jar, path: &str) -> Option<String> {
        jar.header(path).map(|header| header.expose_secret().to_owned())
    }

    #[test]
    fn a_cookie_is_sent_where_its_path_says() {
        let jar = jar(&["JSESSIONID=a1b2c3d4; Path=/ecosys; Secure; HttpOnly", "lb=2", "top=3; path=/"]);
        assert_eq!(sent(&jar, "/ecosys/api/soap/Other").as_deref(), Some("JSESSIONID=a1b2c3d4; lb=2; top=3"));
        assert_eq!(sent(&jar, "/ecosys").as_deref(), Some("JSESSIONID=a1b2c3d4; top=3"));
        assert_eq!(sent(&jar, "/ecosystem").as_deref(), Some("top=3"));
        assert_eq!(jar.secrets().len(), 1, "others are too short to be any");
    }

    #[test]
    fn a_cookie_is_replaced_and_taken_back() {
        let jar = jar(&["s=1; Path=/", "s=2; Path=/"]);
        assert_eq!(sent(&jar, "/").as_deref(), Some("s=2"));
        for gone in [
            "s=; Path=/",
            "s=x; Path=/; Max-Age=0",
            "s=x; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "s=x; path=/; expires=Thu, 01-Jan-1970 00:00:10 GMT",
        ] {
            let jar = self::jar(&["s=1; Path=/", gone]);
            assert_eq!(sent(&jar, "/"), None, "{gone}");
        }
    }

    #[test]
    fn what_could_break_a_header_is_no_cookie() {
        let long = format!("s={}", "x".repeat(LONGEST));
        for header in ["", "s", "=1", "s=a b", "s=a\r\nX: y", "s=\u{e9}", "a b=1", "s=a,b", &long] {
            assert_eq!(sent(&jar(&[header]), "/ecosys/api/soap/Thing"), None, "{header:?}");
        }
        let many: Vec<String> = (0..100).map(|index| format!("s{index}=1")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(jar(&many).state().cookies.len(), MOST);
    }

    #[test]
    fn a_session_is_open_when_somebody_was_let_in() {
        let jar = jar(&["s=1; Path=/"]);
        assert_eq!(jar.session(), None, "the server sets a cookie before it knows who asks");
        jar.let_in();
        assert_eq!(jar.session(), Some(1));
        jar.forget(7);
        assert_eq!(jar.session(), Some(1), "another session");
        jar.forget(1);
        assert_eq!((jar.session(), sent(&jar, "/")), (None, None));
        jar.let_in();
        assert_eq!(jar.session(), None, "without a cookie there is no session");
    }
}
