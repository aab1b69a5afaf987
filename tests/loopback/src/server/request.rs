//! What a client asked: one request, its head taken apart.

use std::borrow::Cow;

/// One request as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, as `GET`.
    pub method: String,
    /// The target as in the request line, nothing decoded.
    pub target: String,
    /// The target up to the question mark.
    pub path: String,
    /// The query, percent-decoded, in the order of the wire; a name without `=` has an empty value.
    pub params: Vec<(String, String)>,
    /// The headers in the order of the wire, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as it was sent, without the framing of chunks.
    pub body: Vec<u8>,
}

impl Request {
    /// A GET of `target` without headers, for whoever wants an answer without a server.
    pub fn get(target: &str) -> Self {
        Self::new("GET", target, Vec::new())
    }

    /// A POST of a SOAP envelope, for the same.
    pub fn soap(target: &str, action: &str, body: &str) -> Self {
        let headers = [("content-type", "text/xml; charset=utf-8"), ("soapaction", action)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self { body: body.as_bytes().to_vec(), ..Self::new("POST", target, headers) }
    }

    fn new(method: &str, target: &str, headers: Vec<(String, String)>) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            path: path.to_owned(),
            params: params(query),
            headers,
            body: Vec::new(),
        }
    }

    /// Reads a head, without the empty line that ends it, and tells whether the connection stays open by it. The body is read
    /// after it.
    pub(super) fn parse(head: &[u8]) -> Option<(Self, bool)> {
        let head = String::from_utf8_lossy(head);
        let mut lines = head.split("\r\n");
        let mut line = lines.next()?.split(' ');
        let (method, target, version) = (line.next()?, line.next()?, line.next()?);
        if line.next().is_some() || !version.starts_with("HTTP/1.") {
            return None;
        }
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':')?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let request = Self::new(method, target, headers);
        let asks = |word: &str| request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case(word));
        let stays = if version == "HTTP/1.0" { asks("keep-alive") } else { !asks("close") };
        Some((request, stays))
    }

    /// The value of the first param of that name.
    pub fn param(&self, name: &str) -> Option<&str> {
        find(&self.params, name)
    }

    /// The value of the first header of that name, which is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The body as text; what is no UTF-8 in it is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.as_str())
}

fn params(query: &str) -> Vec<(String, String)> {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// Decodes as a servlet does: `+` is a blank, and a `%` that begins no pair of digits stands for itself.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', &[high, low, ref after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(digit(high) << 4 | digit(low));
                rest = after;
            }
            _ => bytes.push(first),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn digit(byte: u8) -> u8 {
    char::from(byte).to_digit(16).map_or(0, |digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_taken_apart() {
        let request = Request::get("/api3.xml?key=a%2Bb&domain0=%C3%BC.com&note=a+b&flag&odd=100%&x=%zz&=&key=2");
        assert_eq!(request.path, "/api3.xml");
        let params: Vec<_> = request.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            params,
            [
                ("key", "a+b"),
                ("domain0", "ü.com"),
                ("note", "a b"),
                ("flag", ""),
                ("odd", "100%"),
                ("x", "%zz"),
                ("", ""),
                ("key", "2")
            ]
        );
        assert_eq!((request.param("key"), request.param("no")), (Some("a+b"), None));
    }

    #[test]
    fn a_head_is_read_or_refused() {
        let read = |head: &str| Request::parse(head.as_bytes());
        let (request, stays) = read("GET /a HTTP/1.1\r\nHost: b\r\nX-Y:  z \r\nCONNECTION: Close").unwrap();
        assert_eq!((request.header("host"), request.header("x-y"), stays), (Some("b"), Some("z"), false));
        assert!(read("GET / HTTP/1.1").unwrap().1);
        assert!(!read("GET / HTTP/1.0").unwrap().1);
        assert!(read("GET / HTTP/1.0\r\nConnection: keep-alive").unwrap().1);
        for head in ["", "GET", "GET /", "GET / HTTP/2", "GET / / HTTP/1.1", "GET / HTTP/1.1\r\nno colon"] {
            assert!(read(head).is_none(), "{head:?}");
        }
    }
}
