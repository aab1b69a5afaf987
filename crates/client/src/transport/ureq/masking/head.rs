//! Masks the head of a reply line by line, and tells how its body is delimited.
//!
//! What is needed to read the reply stays; every other value becomes underscores, of the same length.

/// A head, of which some lines have come.
#[derive(Default)]
pub(super) struct Head {
    status: Option<Status>,
    length: Length,
    chunked: bool,
    /// The values of `Set-Cookie` so far, where somebody wants them.
    cookies: Option<Vec<String>>,
}

struct Status {
    http10: bool,
    code: u16,
}

#[derive(Default)]
enum Length {
    #[default]
    Unsaid,
    Is(u64),
    /// Not a number, or several that differ.
    Bad,
}

/// What a line was.
pub(super) enum Line {
    /// There are more to come.
    Header,
    /// The empty one: the body follows.
    End(Framing),
    /// ureq takes no reply with this line.
    Malformed,
}

/// What follows a head.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// Another head.
    Interim,
    /// Another protocol.
    Switched,
    /// Nothing.
    None,
    Sized(u64),
    Chunked,
    UntilClose,
    /// ureq takes no reply with this head.
    Malformed,
}

/// What a reply cannot be read without, or what tells nothing of the request.
const KEPT: [&str; 8] = [
    "connection",
    "content-encoding",
    "content-type",
    "date",
    "keep-alive",
    "retry-after",
    "server",
    "transfer-encoding",
];

/// Masks a text that is not to be read, but for control characters: lines end where they did, and a value that ureq
/// would not take is still none.
pub(super) fn blank(text: &mut [u8]) {
    for byte in text {
        if !byte.is_ascii_control() {
            *byte = b'_';
        }
    }
}

impl Head {
    pub(super) fn new(wants_cookies: bool) -> Self {
        Self { cookies: wants_cookies.then(Vec::new), ..Self::default() }
    }

    /// The values of `Set-Cookie`, as they were before they were masked.
    pub(super) fn take_cookies(&mut self) -> Vec<String> {
        self.cookies.take().unwrap_or_default()
    }

    /// Whether the start of a line, without its end, can become a line of a head; ureq does not wait for the rest of one
    /// that cannot, and a peer that speaks something else may never end it.
    pub(super) fn may_begin(&self, start: &[u8]) -> bool {
        const VERSION: &[u8] = b"HTTP/1.";
        let known = start.len().min(VERSION.len());
        match start.iter().position(|byte| *byte == b'\r') {
            Some(cr) if cr + 1 < start.len() => false,
            Some(0) => true,
            _ => self.status.is_some() || start[..known] == VERSION[..known],
        }
    }

    /// Masks a line in place, its end included.
    pub(super) fn line(&mut self, line: &mut [u8]) -> Line {
        let line = line.strip_suffix_mut(b"\n");
        let line = line.strip_suffix_mut(b"\r");
        match (&self.status, line.is_empty()) {
            // ureq skips empty lines before a head.
            (None, true) => Line::Header,
            (None, false) => self.status_line(line),
            (Some(_), true) => Line::End(self.framing()),
            (Some(_), false) => self.header(line),
        }
    }

    fn status_line(&mut self, line: &mut [u8]) -> Line {
        self.status = Status::read(line);
        // The reason is free text, and no one reads it.
        let said = if self.status.is_some() { line.len().min(Status::LENGTH + 1) } else { 0 };
        blank(&mut line[said..]);
        if self.status.is_some() { Line::Header } else { Line::Malformed }
    }

    fn header(&mut self, line: &mut [u8]) -> Line {
        let Some(colon) = line.iter().position(|byte| *byte == b':').filter(|at| is_name(&line[..*at])) else {
            blank(line);
            return Line::Malformed;
        };
        let (name, value) = line.split_at_mut(colon);
        let value = trim_mut(&mut value[1..]);
        let is = |other: &str| name.eq_ignore_ascii_case(other.as_bytes());
        if is("content-length") {
            blank_all_but(value, |byte| byte.is_ascii_digit() || b", \t".contains(&byte));
            self.length.add(value);
        } else if is("location") {
            reduce_location(value);
        } else if !KEPT.into_iter().any(is) {
            if let Some(cookies) = &mut self.cookies
                && is("set-cookie")
            {
                cookies.extend(visible(value).map(str::to_owned));
            }
            blank(value);
        } else if is("transfer-encoding") {
            self.chunked |= lists(value, "chunked");
        }
        Line::Header
    }

    fn framing(&self) -> Framing {
        let Some(status) = &self.status else { return Framing::Malformed };
        match (status.code, &self.length) {
            (101, _) => Framing::Switched,
            (100..=199, _) => Framing::Interim,
            (_, Length::Bad) => Framing::Malformed,
            (204 | 304, _) => Framing::None,
            _ if self.chunked && !status.http10 => Framing::Chunked,
            (_, Length::Is(length)) => Framing::Sized(*length),
            (_, Length::Unsaid) => Framing::UntilClose,
        }
    }
}

impl Status {
    /// Bytes of `HTTP/1.1 200`.
    const LENGTH: usize = 12;

    fn read(line: &[u8]) -> Option<Self> {
        let (said, reason) = line.split_at_checked(Self::LENGTH)?;
        let http10 = match &said[..9] {
            b"HTTP/1.0 " => true,
            b"HTTP/1.1 " => false,
            _ => return None,
        };
        let digits = std::str::from_utf8(&said[9..]).ok()?;
        let code =
            digits.parse().ok().filter(|code| digits.bytes().all(|byte| byte.is_ascii_digit()) && *code >= 100)?;
        (reason.is_empty() || reason[0] == b' ').then_some(Self { http10, code })
    }
}

impl Length {
    /// Takes in one more `Content-Length`, which may be a list of the same number.
    fn add(&mut self, value: &[u8]) {
        for element in value.split(|byte| *byte == b',') {
            let digits = trim(element);
            let length = std::str::from_utf8(digits)
                .ok()
                .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|digits| digits.parse().ok());
            *self = match (&self, length) {
                (Self::Unsaid, Some(length)) => Self::Is(length),
                (Self::Is(before), Some(length)) if *before == length => Self::Is(length),
                _ => Self::Bad,
            };
        }
    }
}

/// Leaves the scheme, the host and the port of a `Location`, and the byte that parts them from the rest.
fn reduce_location(value: &mut [u8]) {
    let scheme = match value.windows(3).position(|window| window == b"://") {
        Some(end) if is_scheme(&value[..end]) => end + 3,
        _ if value.starts_with(b"//") => 2,
        _ => return reduce_path(value),
    };
    let after_scheme = &mut value[scheme..];
    let end = after_scheme.iter().position(|byte| b"/?#\\".contains(byte)).unwrap_or(after_scheme.len());
    let (authority, path) = after_scheme.split_at_mut(end);
    reduce_path(path);
    // The last one, as a user's name may hold one too.
    let at = authority.iter().rposition(|byte| *byte == b'@');
    let (user, host) = authority.split_at_mut(at.unwrap_or(0));
    blank(user);
    let start = usize::from(at.is_some());
    let end = start + host_and_port(&host[start..]);
    blank(&mut host[end..]);
}

/// How many of the bytes are a host and a port. What follows them is no part of a URL's authority, though it may be of
/// what some server takes for one.
fn host_and_port(text: &[u8]) -> usize {
    let run = |from: usize, is_part: fn(&u8) -> bool| {
        text[from..].iter().position(|byte| !is_part(byte)).map_or(text.len(), |at| from + at)
    };
    let host = if text.starts_with(b"[") {
        let end = run(1, |byte| byte.is_ascii_hexdigit() || b":.".contains(byte));
        if text.get(end) == Some(&b']') { end + 1 } else { 0 }
    } else {
        run(0, |byte| byte.is_ascii_alphanumeric() || b".-".contains(byte))
    };
    if text.get(host) == Some(&b':') { run(host + 1, u8::is_ascii_digit) } else { host }
}

/// Blanks a path, a query and a fragment, but for the byte that begins them.
fn reduce_path(path: &mut [u8]) {
    let kept = usize::from(path.first().is_some_and(|byte| b"/?#".contains(byte)));
    blank(&mut path[kept..]);
}

fn is_scheme(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic)
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
}

/// Whether a text can be the name of a header.
pub(super) fn is_name(text: &[u8]) -> bool {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !text.is_empty() && text.iter().all(is_token)
}

/// Whether a header lists a word, as ureq looks for it.
fn lists(value: &[u8], word: &str) -> bool {
    visible(value).is_some_and(|value| value.split(',').any(|element| element.trim().eq_ignore_ascii_case(word)))
}

/// A value as text, where it holds nothing but visible ASCII and blanks: others are as good as none to HTTP libraries.
pub(super) fn visible(value: &[u8]) -> Option<&str> {
    let is_visible = |byte: u8| byte == b'\t' || (b' '..=b'~').contains(&byte);
    std::str::from_utf8(value).ok().filter(|value| value.bytes().all(is_visible))
}

fn blank_all_but(text: &mut [u8], keep: impl Fn(u8) -> bool) {
    for byte in text {
        if !keep(*byte) {
            blank(std::slice::from_mut(byte));
        }
    }
}

fn is_space(byte: &u8) -> bool {
    b" \t".contains(byte)
}

fn trim(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !is_space(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !is_space(byte)).map_or(start, |last| last + 1);
    &text[start..end]
}

fn trim_mut(text: &mut [u8]) -> &mut [u8] {
    let start = text.iter().position(|byte| !is_space(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !is_space(byte)).map_or(start, |last| last + 1);
    &mut text[start..end]
}

/// `strip_suffix` for a slice that is to be written to.
trait StripSuffixMut {
    fn strip_suffix_mut(&mut self, suffix: &[u8]) -> &mut [u8];
}

impl StripSuffixMut for [u8] {
    fn strip_suffix_mut(&mut self, suffix: &[u8]) -> &mut [u8] {
        let end = self.len() - if self.ends_with(suffix) { suffix.len() } else { 0 };
        &mut self[..end]
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, Head, Line, reduce_location};

    #[test]
    fn a_location_keeps_scheme_host_and_port() {
        for (location, reduced) in [
            ("https://a.example/api3.json?key=Secret#x", "https://a.example/______________________"),
            ("https://a.example:8443?key=Secret", "https://a.example:8443?__________"),
            ("http://a-b.example#Secret", "http://a-b.example#______"),
            ("https://user:Secret@a.example/", "https://___________@a.example/"),
            ("https://us@er:Secret@a.example", "https://____________@a.example"),
            ("https://[2001:db8::1]:81/Secret", "https://[2001:db8::1]:81/______"),
            ("https://[Secret]/x", "https://________/_"),
            ("https://a.example&key=Secret", "https://a.example___________"),
            ("https://a.example:Secret/x", "https://a.example:______/_"),
            ("https://a.example\\Secret", "https://a.example_______"),
            ("//a.example/Secret", "//a.example/______"),
            ("/api3.json?to=https://Secret", "/___________________________"),
            ("?key=Secret", "?__________"),
            ("Secret/x", "________"),
            ("key=Secret://x", "______________"),
            ("", ""),
        ] {
            let mut value = location.as_bytes().to_vec();
            reduce_location(&mut value);
            assert_eq!(String::from_utf8(value).unwrap(), reduced);
        }
    }

    #[test]
    fn a_head_keeps_what_it_is_read_by() {
        let head = "HTTP/1.1 200 Your Secret\r\n\
                    content-type: text/html; charset=utf-8\r\n\
                    CONTENT-LENGTH:\t12Secret \r\n\
                    X-Empty:\r\n\
                    X-Two: a Secret\x01\u{e4}\r\n\
                    Transfer-Encoding: gzip, Chunked\r\n\r\n";
        let masked = "HTTP/1.1 200 ___________\r\n\
                      content-type: text/html; charset=utf-8\r\n\
                      CONTENT-LENGTH:\t12______ \r\n\
                      X-Empty:\r\n\
                      X-Two: ________\x01__\r\n\
                      Transfer-Encoding: gzip, Chunked\r\n\r\n";
        let (shown, last) = mask(head);
        assert_eq!(shown, masked.as_bytes());
        assert_eq!(last, Some(Framing::Malformed));
    }

    #[test]
    fn a_head_tells_what_follows() {
        for (head, framing) in [
            ("HTTP/1.1 200 OK\r\n\r\n", Framing::UntilClose),
            ("\r\n\nHTTP/1.1 200\n\n", Framing::UntilClose),
            ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", Framing::Sized(7)),
            ("HTTP/1.1 200 OK\r\nContent-Length: 7, 07\r\ncontent-length: 7\r\n\r\n", Framing::Sized(7)),
            ("HTTP/1.1 200 OK\r\nContent-Length: 7, 8\r\n\r\n", Framing::Malformed),
            ("HTTP/1.1 200 OK\r\nContent-Length: +7\r\n\r\n", Framing::Malformed),
            ("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", Framing::Malformed),
            ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n", Framing::Chunked),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunkedx\r\n\r\n", Framing::UntilClose),
            ("HTTP/1.0 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n", Framing::Sized(7)),
            ("HTTP/1.1 204 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Framing::None),
            ("HTTP/1.1 304 OK\r\nContent-Length: 7\r\n\r\n", Framing::None),
            ("HTTP/1.1 103 OK\r\nLink: x\r\n\r\n", Framing::Interim),
            ("HTTP/1.1 101 OK\r\n\r\n", Framing::Switched),
        ] {
            assert_eq!(mask(head).1, Some(framing), "{head:?}");
        }
        for head in ["HTTP/2.0 200 OK\r\n", "HTTP/1.1 99 OK\r\n", "HTTP/1.1 +99 OK\r\n", "HTTP/1.1 2000\r\n", "x\r\n"] {
            assert!(matches!(Head::default().line(&mut head.as_bytes().to_vec()), Line::Malformed), "{head:?}");
        }
    }

    fn mask(head: &str) -> (Vec<u8>, Option<Framing>) {
        let mut head = head.bytes().collect::<Vec<_>>();
        let mut state = Head::default();
        let mut end = None;
        for line in head.split_inclusive_mut(|byte| *byte == b'\n') {
            match state.line(line) {
                Line::Header => {}
                Line::End(framing) => end = Some(framing),
                Line::Malformed => panic!("{:?}", String::from_utf8_lossy(line)),
            }
        }
        (head, end)
    }
}
