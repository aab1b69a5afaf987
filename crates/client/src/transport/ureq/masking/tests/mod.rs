//! What a program's log shows of calls over the masking transport, and what caller and peer get.

mod canned;
mod peer;
mod post;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use ::ureq::config::{Config, ConfigBuilder};
use ::ureq::typestate::AgentScope;
use ::ureq::unversioned::resolver::DefaultResolver;
use ::ureq::{Agent, Error, Proxy, Timeout, http};

use self::peer::{Connection, Peer, request_target};
use super::{Call, Calls, Ticket, connector};
use crate::transport::testing::{collect_log, has_logged, hex, percent_encoded, shows};

struct Client {
    calls: Arc<Calls>,
    agent: Agent,
}

impl Client {
    fn new() -> Self {
        Self::with(|config| config)
    }

    fn with(change: impl FnOnce(ConfigBuilder<AgentScope>) -> ConfigBuilder<AgentScope>) -> Self {
        collect_log();
        let calls = Calls::new();
        let config = Config::builder().proxy(None).max_redirects(0).http_status_as_error(false);
        let agent =
            Agent::with_parts(change(config).build(), connector(Arc::clone(&calls)), DefaultResolver::default());
        Self { calls, agent }
    }

    fn get(&self, port: u16, target: &str) -> (Ticket, Result<http::Response<Vec<u8>>, Error>) {
        self.call("GET", port, target)
    }

    /// Gives the reply with its body unmasked.
    fn call(&self, method: &str, port: u16, target: &str) -> (Ticket, Result<http::Response<Vec<u8>>, Error>) {
        let ticket = self.calls.enter(Call::to(target));
        let uri = format!("http://127.0.0.1:{port}{}", ticket.path());
        let request = http::Request::builder().method(method).uri(uri).body(()).unwrap();
        let reply = self.agent.run(request).and_then(|reply| {
            let (head, mut body) = reply.into_parts();
            let mut bytes = body.read_to_vec()?;
            ticket.unmask(&mut bytes);
            Ok(http::Response::from_parts(head, bytes))
        });
        (ticket, reply)
    }
}

#[derive(Clone, Copy, Debug)]
enum Delimited {
    Length,
    Chunks,
    Close,
}

/// A reply in pieces, each of a few bytes.
fn reply(delimited: Delimited, head: &str, body: &[u8]) -> Vec<Vec<u8>> {
    let mut bytes = head.as_bytes().to_vec();
    match delimited {
        Delimited::Length => {
            bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
            bytes.extend(body);
        }
        Delimited::Chunks => {
            bytes.extend(b"Transfer-Encoding: chunked\r\n\r\n");
            let mut rest = body;
            for size in [1, 1, 7, 2, 1, 300, 16, 1, 3].into_iter().cycle() {
                let (now, later) = rest.split_at(rest.len().min(size));
                if now.is_empty() {
                    break;
                }
                bytes.extend(format!("{:X}\r\n", now.len()).bytes());
                bytes.extend(now);
                bytes.extend(b"\r\n");
                rest = later;
            }
            bytes.extend(b"0\r\n\r\n");
        }
        Delimited::Close => {
            bytes.extend(b"\r\n");
            bytes.extend(body);
        }
    }
    bytes.chunks(61).map(<[u8]>::to_vec).collect()
}

#[test]
fn no_reply_brings_a_secret_into_the_log() {
    let client = Client::new();
    for delimited in [Delimited::Length, Delimited::Chunks, Delimited::Close] {
        for status in [200, 302, 502] {
            let secret = format!("s3cr3t+/{status}={delimited:?}&Zq9");
            let target = format!("/api3.json?key={}&command=search&domain0=a.com", percent_encoded(&secret));
            let body = format!("<p>GET {target} HTTP/1.1</p>\n<p>{secret}</p>\0\u{ff}").repeat(9).into_bytes();
            let head = format!(
                "HTTP/1.1 {status} As you said {secret}\r\nServer: x\r\n\
                 Location: https://u:{}@other.example:8443{target}\r\nSet-Cookie: key={secret}\r\n\
                 X-Echo:{target} \r\nContent-Type: text/html\r\nRetry-After: 7\r\n",
                percent_encoded(&secret)
            );
            let peer = Peer::answer(reply(delimited, &head, &body));
            let (ticket, answer) = client.get(peer.port, &target);
            let answer = answer.unwrap();

            assert_eq!(answer.status(), status);
            assert_eq!(*answer.body(), body, "{delimited:?} {status}");
            let location = answer.headers()["location"].to_str().unwrap();
            let host = location.split_once('@').unwrap().1;
            assert_eq!(host.trim_end_matches('_'), "other.example:8443/");
            assert_eq!(host.len(), "other.example:8443".len() + target.len());
            assert_eq!(answer.headers()["content-type"], "text/html");
            assert_eq!(answer.headers()["retry-after"], "7");
            assert_eq!(answer.headers()["x-echo"], "_".repeat(target.len()));

            let heads = peer.heads();
            assert!(heads[0].starts_with(&format!("GET {target} HTTP/1.1\r\n")), "{}", heads[0]);
            assert!(!heads[0].to_ascii_lowercase().contains("accept-encoding"));
            // The log is there, and says what ureq was asked for.
            assert!(has_logged(&hex(&format!("GET {} HTTP/1.1", ticket.path()))));
            assert!(!shows(&secret), "{delimited:?} {status}");
        }
    }
    assert!(client.calls.lock().by_number.is_empty());
}

/// Without the transport the same check finds the secret: it can fail.
#[test]
fn ureq_by_itself_logs_the_target_and_the_body() {
    collect_log();
    for (in_target, in_body) in [("Plain1nTheTargetOnly", "x"), ("x", "Plain1nTheBodyOnly--")] {
        let body = format!("<p>{in_body}</p>").into_bytes();
        let peer = Peer::answer(reply(Delimited::Length, "HTTP/1.1 200 OK\r\n", &body));
        let agent: Agent = Config::builder().proxy(None).build().into();
        let mut answer = agent.get(format!("http://127.0.0.1:{}/?key={in_target}", peer.port)).call().unwrap();
        answer.body_mut().read_to_vec().unwrap();
        peer.heads();
        assert!([in_target, in_body].into_iter().any(|text| text.len() > 1 && shows(text)));
    }
}

#[test]
fn a_target_larger_than_every_buffer_goes_out_whole() {
    for size in [512, 128 * 1024] {
        let client = Client::with(|config| config.output_buffer_size(size));
        let secret = format!("LargeTargetSecret{size}");
        let target = format!("/api3.json?key={secret}&domains={}", "abcdefg.com,".repeat(25_000));
        assert!(target.len() >= 300_000);
        let peer = Peer::answer(reply(Delimited::Length, "HTTP/1.1 200 OK\r\n", b"done"));
        let (_, answer) = client.get(peer.port, &target);
        assert_eq!(answer.unwrap().body(), b"done");
        let heads = peer.heads();
        let (line, headers) = heads[0].split_once("\r\n").unwrap();
        assert_eq!(line, format!("GET {target} HTTP/1.1"));
        assert!(headers.contains("host: 127.0.0.1:"), "{headers}");
        assert!(!shows(&secret));
    }
}

#[test]
fn small_input_buffers_change_nothing() {
    let client = Client::with(|config| config.input_buffer_size(300));
    let body = b"0123456789abcdef".repeat(400);
    for delimited in [Delimited::Length, Delimited::Chunks, Delimited::Close] {
        let peer = Peer::answer(reply(delimited, "HTTP/1.1 200 OK\r\nX-Long: 0123456789\r\n", &body));
        let (_, answer) = client.get(peer.port, "/?key=x");
        assert_eq!(*answer.unwrap().body(), body);
        peer.heads();
    }
}

#[test]
fn a_kept_connection_serves_one_request_after_the_other() {
    let client = Client::new();
    let answers: [(&str, &str, &[u8]); 8] = [
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst", b"first"),
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n", b""),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nchunk\r\n0\r\nX-T: v\r\n\r\n", b"chunk"),
        ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", b""),
        (
            "GET",
            "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            b"hi",
        ),
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b""),
        ("GET", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", b""),
        ("GET", "\r\nHTTP/1.1 200\r\nContent-Length: 3, 3\r\nContent-Length: 03\r\n\r\nend", b"end"),
    ];
    let peer = Peer::start(vec![
        answers.iter().map(|(_, answer, _)| vec![answer.as_bytes().to_vec()]).collect::<Connection>(),
    ]);
    for (index, (method, _, body)) in answers.iter().enumerate() {
        let (_, answer) = client.call(method, peer.port, &format!("/{index}?key=KeptOpenSecret"));
        assert_eq!(answer.unwrap().body(), body, "{index}");
    }
    let heads = peer.heads();
    let targets: Vec<_> = heads.iter().map(|head| request_target(head).to_owned()).collect();
    assert_eq!(targets, (0..answers.len()).map(|index| format!("/{index}?key=KeptOpenSecret")).collect::<Vec<_>>());
    assert!(!shows("KeptOpenSecret"));
}

#[test]
fn bytes_beyond_a_reply_are_not_read_as_the_next_one() {
    let client = Client::new();
    let beyond = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\noneHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nBAD";
    let next = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo";
    let peer = Peer::start([beyond, next].map(|answer| vec![vec![answer.as_bytes().to_vec()]]).to_vec());
    for body in [b"one", b"two"] {
        let (_, answer) = client.get(peer.port, "/");
        assert_eq!(answer.unwrap().body(), body);
    }
    assert_eq!(peer.heads().len(), 2);
}

#[test]
fn what_is_cut_off_or_malformed_is_an_error() {
    let client = Client::new();
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nCutS",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nCut",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nCut\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nCutMalformedSecret\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nMalformedSecret\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: MalformedSecret\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
        "HTTP/1.1 200 OK\r\nNo colon MalformedSecret\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded MalformedSecret\r\n\r\n",
        "HTTP/1.1 20x MalformedSecret\r\n\r\n",
        "HTTP/3.0 200 OK\r\n\r\n",
        "SSH-2.0-MalformedSecret\r\n",
    ] {
        let peer = Peer::answer(vec![answer.as_bytes().to_vec()]);
        let (ticket, reply) = client.get(peer.port, "/?key=x");
        assert!(matches!(reply, Err(Error::Io(_) | Error::Protocol(_))), "{answer:?}: {reply:?}");
        assert!(ticket.begun());
        assert!(!format!("{reply:?}").contains("MalformedSecret"));
        peer.heads();
    }
    assert!(!shows("CutMalformedSecret"));
}

/// The peer stays silent after what is no HTTP: the call must not wait for a line end that never comes.
#[test]
fn another_protocol_is_told_from_its_first_bytes() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let peer = thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        stream.write_all(b"220 ready").unwrap();
        // Until the client hangs up.
        stream.read_to_end(&mut Vec::new()).unwrap();
    });
    let (_, reply) = Client::new().get(port, "/");
    assert!(matches!(reply, Err(Error::Protocol(_))), "{reply:?}");
    peer.join().unwrap();
}

/// The peer stays silent in the middle of a line: what was held back is no answer, and the timeout ends the wait.
#[test]
fn a_head_that_stops_runs_into_the_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let peer = thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Le").unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
    });
    let client = Client::with(|config| config.timeout_global(Some(Duration::from_millis(100))));
    let (ticket, reply) = client.get(port, "/");
    assert!(matches!(reply, Err(Error::Timeout(Timeout::Global))), "{reply:?}");
    assert!(ticket.begun());
    peer.join().unwrap();
}

#[test]
fn a_call_that_never_connects_has_not_begun() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let client = Client::new();
    let (ticket, reply) = client.get(port, "/?key=x");
    assert!(matches!(reply, Err(Error::Io(_))), "{reply:?}");
    assert!(!ticket.begun());
    drop(ticket);
    assert!(client.calls.lock().by_number.is_empty());
}

#[test]
fn a_target_that_could_end_the_request_line_is_not_sent() {
    for target in ["/ HTTP/1.1\r\nX: y", "/\u{e4}", "/a b", "api3.json", ""] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = Client::new();
        let (ticket, reply) = client.get(listener.local_addr().unwrap().port(), target);
        assert!(matches!(reply, Err(Error::Other(_))), "{reply:?}");
        assert!(!ticket.begun());
        let mut sent = Vec::new();
        listener.accept().unwrap().0.read_to_end(&mut sent).unwrap();
        assert!(sent.is_empty());
    }
}

/// ureq runs the connector for the way to the proxy too; only what goes through the tunnel is masked.
#[test]
fn a_tunnel_through_a_proxy_is_masked_once() {
    let body = b"TunnelSecret in the body";
    let peer = Peer::start(vec![vec![
        vec![b"HTTP/1.1 200 Connected\r\n\r\n".to_vec()],
        reply(Delimited::Chunks, "HTTP/1.1 200 OK\r\n", body),
        reply(Delimited::Length, "HTTP/1.1 200 OK\r\n", body),
    ]]);
    let proxy = Proxy::new(&format!("http://127.0.0.1:{}", peer.port)).unwrap();
    let client = Client::with(|config| config.proxy(Some(proxy)));
    for _ in 0..2 {
        let (_, answer) = client.get(9, "/?key=TunnelSecret");
        assert_eq!(answer.unwrap().body(), body);
    }
    let heads = peer.heads();
    assert!(heads[0].starts_with("CONNECT 127.0.0.1:9 HTTP/1.1\r\n"), "{}", heads[0]);
    assert_eq!([&heads[1], &heads[2]].map(|head| request_target(head)), ["/?key=TunnelSecret"; 2]);
    assert!(!shows("TunnelSecret"));
}

#[test]
fn no_two_tickets_share_a_mask_and_no_byte_shows() {
    let calls = Calls::new();
    let tickets = [calls.enter(Call::to("/")), calls.enter(Call::to("/"))];
    let masked = tickets.each_ref().map(|ticket| {
        let mut body = vec![b'x'; 4096];
        ticket.unmask(&mut body);
        assert!(!body.contains(&b'x'));
        body
    });
    assert_ne!(masked[0], masked[1]);
    assert!(!format!("{calls:?} {:?}", tickets[0]).contains("target:"));
}
