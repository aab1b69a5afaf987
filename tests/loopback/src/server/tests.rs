//! The server, asked over plain sockets.

use super::*;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

fn connect(server: &Server) -> BufReader<TcpStream> {
    BufReader::new(TcpStream::connect(server.origin().strip_prefix("http://").unwrap()).unwrap())
}

fn ask(connection: &mut BufReader<TcpStream>, target: &str) -> io::Result<()> {
    connection.get_mut().write_all(format!("GET {target} HTTP/1.1\r\nhost: loopback\r\n\r\n").as_bytes())
}

/// Status line and headers, and as much of the body as the head tells.
fn reply(connection: &mut BufReader<TcpStream>) -> (Vec<String>, String) {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        assert!(connection.read_line(&mut line).unwrap() > 0, "the head ends after {head:?}");
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    let mut body = vec![0; length];
    connection.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

/// Everything up to the end of the connection.
fn rest(connection: &mut BufReader<TcpStream>) -> String {
    let mut text = String::new();
    connection.read_to_string(&mut text).unwrap();
    text
}

fn echo(request: &Request) -> Answer {
    Reply::ok("text/plain", request.target.clone()).into()
}

#[test]
fn a_connection_serves_several_requests() {
    let server = Server::start(echo);
    let mut connection = connect(&server);
    for target in ["/a", "/b?c=d"] {
        ask(&mut connection, target).unwrap();
        let (head, body) = reply(&mut connection);
        assert_eq!(head[0], "HTTP/1.1 200 OK");
        assert!(head.contains(&"content-type: text/plain".to_owned()), "{head:?}");
        assert!(head.contains(&"connection: keep-alive".to_owned()), "{head:?}");
        assert_eq!(body, target);
    }
    assert_eq!(server.connections(), 1);
    let requests = server.requests();
    assert_eq!(requests.iter().map(|request| request.path.as_str()).collect::<Vec<_>>(), ["/a", "/b"]);
    assert_eq!((requests[1].param("c"), requests[1].header("host")), (Some("d"), Some("loopback")));
}

#[test]
fn requests_may_come_at_once_and_with_a_body() {
    let server = Server::start(echo);
    let mut connection = connect(&server);
    let both = "POST /a HTTP/1.1\r\ncontent-length: 4\r\n\r\nbodyGET /b HTTP/1.1\r\n\r\n";
    connection.get_mut().write_all(both.as_bytes()).unwrap();
    assert_eq!((reply(&mut connection).1.as_str(), reply(&mut connection).1.as_str()), ("/a", "/b"));
}

/// Sends bytes over a connection of their own and gives what comes back up to its end.
fn answered(server: &Server, bytes: &[u8]) -> String {
    let mut connection = connect(server);
    connection.get_mut().write_all(bytes).unwrap();
    connection.get_mut().shutdown(Shutdown::Write).unwrap();
    rest(&mut connection)
}

#[test]
fn a_body_of_a_request_is_read_with_a_length_and_in_chunks() {
    let server = Server::start(|request| {
        let seen = format!("{} {} {} {}", request.method, request.path, request.headers.len(), request.text());
        Reply::ok("text/plain", seen).into()
    });
    for (framing, sent) in [
        ("Content-Length: 10", "<a>b\r\n\r\n/>"),
        ("Transfer-Encoding: chunked", "4\r\n<a>b\r\n00005;x=y\r\n\r\n\r\n/\r\n1\r\n>\r\n0\r\n\r\n"),
        ("Transfer-Encoding: Chunked", "A\r\n<a>b\r\n\r\n/>\r\n0\r\nTrailer: x\r\n\r\n"),
    ] {
        let text = answered(&server, format!("POST /soap HTTP/1.1\r\n{framing}\r\n\r\n{sent}").as_bytes());
        assert!(text.ends_with("\r\n\r\nPOST /soap 1 <a>b\r\n\r\n/>"), "{framing}: {text}");
    }
    assert!(server.requests().iter().all(|request| request.body == b"<a>b\r\n\r\n/>"));
}

#[test]
fn a_body_that_cannot_be_read_is_refused_or_waited_for() {
    let server = Server::start(echo);
    for (framing, sent, status) in [
        ("Content-Length: ten", "0123456789", "400 Bad Request"),
        ("Content-Length: 99999999999", "", "413 Content Too Large"),
        ("Transfer-Encoding: chunked", "x\r\n", "400 Bad Request"),
        ("Transfer-Encoding: chunked", "2\r\nabc\r\n", "400 Bad Request"),
        ("Transfer-Encoding: chunked", "fffffff\r\n", "413 Content Too Large"),
    ] {
        let text = answered(&server, format!("POST / HTTP/1.1\r\n{framing}\r\n\r\n{sent}").as_bytes());
        assert!(text.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{framing} {sent:?}: {text}");
    }
    for (framing, sent) in [
        ("Content-Length: 5", "0123"),
        ("Transfer-Encoding: chunked", "5\r\n0123"),
        ("Transfer-Encoding: chunked", "1\r\n0\r\n0\r\n"),
    ] {
        let text = answered(&server, format!("POST / HTTP/1.1\r\n{framing}\r\n\r\n{sent}").as_bytes());
        assert_eq!(text, "", "{framing} {sent:?}");
    }
    assert_eq!(server.requests(), [], "nothing of it was taken for a request");
}

#[test]
fn a_header_may_be_sent_several_times() {
    let server = Server::start(|_| {
        Reply::ok("text/xml", "").header("Set-Cookie", "a=1; Path=/").header("Set-Cookie", "b=2").into()
    });
    let text = answered(&server, b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    assert!(text.contains("\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n"), "{text}");
}

#[test]
fn either_side_may_ask_to_close() {
    let server = Server::start(|request| match request.path.as_str() {
        "/close" => Reply::status(503, "later").header("retry-after", "7").close().into(),
        _ => echo(request),
    });
    let mut connection = connect(&server);
    ask(&mut connection, "/close").unwrap();
    assert_eq!(
        rest(&mut connection),
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 7\r\ncontent-length: 5\r\nconnection: close\r\n\r\nlater"
    );
    let mut connection = connect(&server);
    connection.get_mut().write_all(b"GET /a HTTP/1.1\r\nconnection: close\r\n\r\n").unwrap();
    assert!(rest(&mut connection).ends_with("connection: close\r\n\r\n/a"));
}

#[test]
fn a_body_may_come_in_chunks() {
    let server =
        Server::start(|request| Reply::ok("text/plain", request.path[1..].to_owned()).chunked().close().into());
    for (path, body) in
        [("/abcdefg", "3\r\nabc\r\n3\r\ndef\r\n1\r\ng\r\n0\r\n\r\n"), ("/a", "1\r\na\r\n0\r\n\r\n"), ("/", "0\r\n\r\n")]
    {
        let mut connection = connect(&server);
        ask(&mut connection, path).unwrap();
        let text = rest(&mut connection);
        let (head, sent) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("transfer-encoding: chunked") && !head.contains("content-length"), "{head}");
        assert_eq!(sent, body);
    }
}

#[test]
fn a_body_may_be_cut_off() {
    let server = Server::start(|request| {
        let reply = Reply::ok("text/plain", "0123456789");
        let reply = if request.path == "/chunked" { reply.chunked() } else { reply };
        Answer::CutOff { reply, sent: 4 }
    });
    for (path, head, body) in
        [("/", "content-length: 10", "0123"), ("/chunked", "transfer-encoding: chunked", "2\r\n01\r\n2\r\n23\r\n")]
    {
        let mut connection = connect(&server);
        ask(&mut connection, path).unwrap();
        let text = rest(&mut connection);
        assert!(text.contains(head), "{text}");
        assert_eq!(text.split_once("\r\n\r\n").unwrap().1, body);
    }
}

#[test]
fn an_answer_may_stop_in_the_middle_and_ends_when_the_client_goes() {
    let server = Server::start(|_| Answer::StallAfter { reply: Reply::ok("text/plain", "0123456789"), sent: 4 });
    let mut connection = connect(&server);
    connection.get_mut().write_all(b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx").unwrap();
    let mut some = [0; 256];
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n0123") {
        let read = connection.read(&mut some).unwrap();
        assert_ne!(read, 0, "the connection stays open: {text}");
        text.push_str(std::str::from_utf8(&some[..read]).unwrap());
    }
    assert!(text.contains("content-length: 10"), "{text}");
    connection.get_mut().shutdown(Shutdown::Write).unwrap();
    assert_eq!(rest(&mut connection), "");
}

#[test]
fn a_hangup_answers_nothing() {
    let server = Server::start(|_| Answer::Hangup);
    let mut connection = connect(&server);
    ask(&mut connection, "/").unwrap();
    assert_eq!(rest(&mut connection), "");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_stall_ends_when_the_server_stops() {
    let server = Server::start(|_| Answer::Stall);
    let mut connections = [connect(&server), connect(&server)];
    for connection in &mut connections {
        ask(connection, "/").unwrap();
    }
    drop(server);
    for connection in &mut connections {
        assert!(matches!(connection.read(&mut [0]), Ok(0) | Err(_)));
    }
}

#[test]
fn a_stall_ends_when_the_client_goes() {
    let server = Server::start(|_| Answer::Stall);
    let mut connection = connect(&server);
    ask(&mut connection, "/").unwrap();
    connection.get_mut().shutdown(Shutdown::Write).unwrap();
    assert_eq!(rest(&mut connection), "");
}

#[test]
fn a_connection_may_be_dropped_unread() {
    let server = Server::start_with(|number| if number == 0 { Accept::Drop } else { Accept::Serve }, echo);
    let mut dropped = connect(&server);
    // The close may come before the request is written or after.
    let _ = ask(&mut dropped, "/0");
    assert!(matches!(dropped.read(&mut [0]), Ok(0) | Err(_)));
    let mut connection = connect(&server);
    ask(&mut connection, "/1").unwrap();
    assert_eq!(reply(&mut connection).1, "/1");
    assert_eq!((server.connections(), server.requests().len()), (2, 1));
}

#[test]
fn a_connection_may_be_dropped_before_the_body_is_read() {
    let server = Server::start_with(|_| Accept::DropAtBody, echo);
    let mut connection = connect(&server);
    connection.get_mut().write_all(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n").unwrap();
    assert_eq!(rest(&mut connection), "");
    assert_eq!((server.connections(), server.requests().len()), (1, 0));
}

#[test]
fn a_url_may_be_long_but_not_endless() {
    let server = Server::start(|request| Reply::ok("text/plain", request.target.len().to_string()).into());
    let mut connection = connect(&server);
    ask(&mut connection, &format!("/{}", "a".repeat(1_000_000))).unwrap();
    assert_eq!(reply(&mut connection).1, "1000001");
    ask(&mut connection, &format!("/{}", "a".repeat(1 << 20))).unwrap();
    assert_eq!(reply(&mut connection).0[0], "HTTP/1.1 431 Request Header Fields Too Large");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_is_not_http_is_refused() {
    let server = Server::start(echo);
    let mut connection = connect(&server);
    connection.get_mut().write_all(b"EHLO\r\n\r\n").unwrap();
    assert_eq!(reply(&mut connection).0[0], "HTTP/1.1 400 Bad Request");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_panic_of_the_answer_comes_out_of_the_drop() {
    let server = Server::start(|_| panic!("an assertion of the test"));
    let mut connection = connect(&server);
    ask(&mut connection, "/").unwrap();
    assert_eq!(rest(&mut connection), "");
    let panic = catch_unwind(AssertUnwindSafe(|| drop(server))).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"an assertion of the test"));
}

#[test]
fn hundreds_of_servers_start_and_stop() {
    for _ in 0..500 {
        let server = Server::start(echo);
        let mut connection = connect(&server);
        ask(&mut connection, "/").unwrap();
        assert_eq!(reply(&mut connection).1, "/");
    }
}
