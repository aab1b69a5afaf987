//! What is hidden of a POST: its body and its secret headers, in the log and on the wire.

use super::*;
use crate::transport::Body;

impl Client {
    /// Gives the reply with its body unmasked.
    fn post(&self, port: u16, call: Call) -> (Ticket, Result<http::Response<Vec<u8>>, Error>) {
        let ticket = self.calls.enter(call);
        let filler = ticket.filler().unwrap();
        let reply = self.post_as(port, &ticket, filler);
        (ticket, reply)
    }

    /// With what ureq is to take for the body.
    fn post_as(
        &self,
        port: u16,
        ticket: &Ticket,
        body: impl ureq::AsSendBody,
    ) -> Result<http::Response<Vec<u8>>, Error> {
        let uri = format!("http://127.0.0.1:{port}{}", ticket.path());
        let request = http::Request::post(uri).header("SOAPAction", "\"an#action\"").body(body).unwrap();
        let (head, mut body) = self.agent.run(request)?.into_parts();
        let mut bytes = body.read_to_vec()?;
        ticket.unmask(&mut bytes);
        Ok(http::Response::from_parts(head, bytes))
    }
}

fn call(target: &str, cookie: &str, body: &str) -> Call {
    Call {
        target: target.to_owned(),
        headers: vec![("Cookie".to_owned(), cookie.to_owned())],
        body: Some(Body::new(body.to_owned(), Vec::new())),
        wants_cookies: false,
    }
}

#[test]
fn no_post_brings_a_secret_into_the_log() {
    let client = Client::new();
    for delimited in [Delimited::Length, Delimited::Chunks, Delimited::Close] {
        for status in [200, 302, 307, 500] {
            let secret = format!("p0st3d+/{status}={delimited:?}&Zq9");
            let target = format!("/soap?key={}", percent_encoded(&secret));
            let cookie = format!("session={secret}");
            let sent = format!("<Envelope>\r\n\r\n<token>{secret}</token>\u{fc}\0</Envelope>").repeat(9);
            let answered = format!("<Fault>{cookie} {sent}</Fault>");
            let head = format!(
                "HTTP/1.1 {status} As you said {secret}\r\nLocation: https://other.example{target}\r\n\
                 Set-Cookie: {cookie}; Path=/\r\nX-Echo: {cookie}\r\nContent-Type: text/xml\r\n"
            );
            let peer = Peer::answer(reply(delimited, &head, answered.as_bytes()));
            let (ticket, answer) =
                client.post(peer.port, Call { wants_cookies: true, ..call(&target, &cookie, &sent) });
            let answer = answer.unwrap();

            assert_eq!((answer.status().as_u16(), answer.body()), (status, &answered.into_bytes()), "{delimited:?}");
            assert_eq!(ticket.cookies(), [format!("{cookie}; Path=/")]);
            let (head, body) = peer.requests().remove(0);
            let (line, headers) = head.split_once("\r\n").unwrap();
            assert_eq!(line, format!("POST {target} HTTP/1.1"));
            assert!(headers.starts_with(&format!("Cookie: {cookie}\r\n")), "{headers}");
            assert!(headers.contains("soapaction: \"an#action\"\r\n"), "{headers}");
            assert!(headers.contains(&format!("content-length: {}\r\n", sent.len())), "{headers}");
            for name in ["expect:", "referer:", "transfer-encoding:"] {
                assert!(!headers.to_ascii_lowercase().contains(name), "{headers}");
            }
            assert_eq!(body, sent.into_bytes());
            assert!(has_logged(&hex(&format!("POST {} HTTP/1.1", ticket.path()))));
            assert!(!shows(&secret), "{delimited:?} {status}");
        }
    }
    assert!(client.calls.lock().by_number.is_empty());
}

/// Without the transport the same check finds the secret: it can fail.
#[test]
fn ureq_by_itself_logs_the_cookie() {
    collect_log();
    let agent: Agent = Config::builder().proxy(None).build().into();
    let peer = Peer::answer(reply(Delimited::Length, "HTTP/1.1 200 OK\r\n", b""));
    let url = format!("http://127.0.0.1:{}/", peer.port);
    agent.post(url).header("Cookie", "Plain1nTheCookieOnly").send("").unwrap();
    peer.heads();
    assert!(shows("Plain1nTheCookieOnly"));
}

#[test]
fn a_body_larger_than_every_buffer_goes_out_whole() {
    for size in [512, 128 * 1024] {
        let client = Client::with(|config| config.output_buffer_size(size));
        let secret = format!("LargeBodySecret{size}");
        let sent: String = (0..40_000).map(|number| format!("<{number}>{secret}</{number}>")).collect();
        let peer = Peer::answer(reply(Delimited::Length, "HTTP/1.1 500 Fault\r\n", b"done"));
        let cookie = format!("{secret}{}", "x".repeat(2 * size));
        let (_, answer) = client.post(peer.port, call("/soap", &cookie, &sent));
        assert_eq!(answer.unwrap().body(), b"done");
        let (head, body) = peer.requests().remove(0);
        assert!(head.contains(&format!("\r\nCookie: {cookie}\r\n")) && body == sent.into_bytes(), "{size}");
        assert!(!shows(&secret));
    }
}

#[test]
fn a_kept_connection_carries_one_post_after_the_other() {
    let client = Client::new();
    let answer = || vec![b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec()];
    let peer = Peer::start(vec![(0..4).map(|_| answer()).collect()]);
    for sent in ["<first/>", "", "<third>x</third>"] {
        let (_, answer) = client.post(peer.port, call("/soap", sent, sent));
        assert_eq!(answer.unwrap().body(), b"ok", "{sent}");
    }
    assert_eq!(client.get(peer.port, "/get").1.unwrap().body(), b"ok");
    let requests = peer.requests();
    let bodies: Vec<_> = requests.iter().map(|(_, body)| std::str::from_utf8(body).unwrap()).collect();
    assert_eq!(bodies, ["<first/>", "", "<third>x</third>", ""]);
    assert!(requests[1].0.contains("content-length: 0\r\n"), "{}", requests[1].0);
    assert!(requests[3].0.starts_with("GET /get HTTP/1.1\r\n") && !requests[3].0.contains("content-length"));
}

/// Takes one connection and gives all that comes over it.
fn listen() -> (u16, thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let all = thread::spawn(move || {
        let mut sent = Vec::new();
        listener.accept().unwrap().0.read_to_end(&mut sent).unwrap();
        sent
    });
    (port, all)
}

#[test]
fn a_header_that_could_end_its_line_is_not_sent() {
    for (name, value) in
        [("Cookie", "a\r\nX: y"), ("Cookie", "a\nb"), ("Cookie", "\u{e4}"), ("Cookie: a\r\nX", "y"), ("", "x")]
    {
        let (port, sent) = listen();
        let headers = vec![(name.to_owned(), value.to_owned())];
        let (ticket, reply) = Client::new().post(port, Call { headers, ..call("/soap", "", "<a/>") });
        assert!(matches!(reply, Err(Error::Other(_))), "{reply:?}");
        assert!(!ticket.begun());
        assert_eq!(sent.join().unwrap(), b"");
    }
}

#[test]
fn what_is_no_filler_is_not_sent() {
    // Longer than the body, and in chunks, whose framing would count for bytes of the body.
    let chunks: &mut dyn Read = &mut &b"____"[..];
    let client = Client::new();
    for is_long in [true, false] {
        let (port, sent) = listen();
        let ticket = client.calls.enter(call("/soap", "a=b", "<a/>"));
        let reply = if is_long {
            client.post_as(port, &ticket, "NoFillerSecret")
        } else {
            client.post_as(port, &ticket, ureq::SendBody::from_reader(chunks))
        };
        assert!(matches!(reply, Err(Error::Other(_))), "{reply:?}");
        assert!(!String::from_utf8(sent.join().unwrap()).unwrap().contains("____"), "the filler stays here");
    }
}

#[test]
fn cookies_are_given_to_those_who_ask_as_they_came() {
    let client = Client::new();
    let answer = "HTTP/1.1 103 Early\r\nSet-Cookie: early=CookieSecret\r\n\r\n\
                  HTTP/1.1 500 Fault\r\nSET-COOKIE:  a=CookieSecret; Path=/; HttpOnly \r\nX: y\r\n\
                  set-cookie: b=\u{e4}\r\nSet-Cookie:c=\tCookieSecret\r\nContent-Length: 0\r\n\r\n";
    for wants_cookies in [true, false] {
        let peer = Peer::answer(answer.as_bytes().chunks(7).map(<[u8]>::to_vec).collect());
        let (ticket, reply) = client.post(peer.port, Call { wants_cookies, ..call("/soap", "", "<a/>") });
        assert_eq!(reply.unwrap().status(), 500);
        let cookies = ticket.cookies();
        if wants_cookies {
            assert_eq!(cookies, ["a=CookieSecret; Path=/; HttpOnly", "c=\tCookieSecret"]);
        } else {
            assert_eq!(cookies, [""; 0]);
        }
        peer.heads();
    }
    assert!(!shows("CookieSecret"));
}

#[test]
fn a_post_through_a_tunnel_is_masked_once() {
    let peer = Peer::start(vec![vec![
        vec![b"HTTP/1.1 200 Connected\r\n\r\n".to_vec()],
        reply(Delimited::Chunks, "HTTP/1.1 200 OK\r\n", b"PostTunnelSecret"),
    ]]);
    let proxy = Proxy::new(&format!("http://127.0.0.1:{}", peer.port)).unwrap();
    let client = Client::with(|config| config.proxy(Some(proxy)));
    let (_, answer) = client.post(9, call("/soap", "a=PostTunnelSecret", "<a>PostTunnelSecret</a>"));
    assert_eq!(answer.unwrap().body(), b"PostTunnelSecret");
    let requests = peer.requests();
    assert!(requests[0].0.starts_with("CONNECT ") && !requests[0].0.contains("Secret"), "{}", requests[0].0);
    assert!(requests[1].0.contains("\r\nCookie: a=PostTunnelSecret\r\n"), "{}", requests[1].0);
    assert_eq!(requests[1].1, b"<a>PostTunnelSecret</a>");
    assert!(!shows("PostTunnelSecret"));
}
