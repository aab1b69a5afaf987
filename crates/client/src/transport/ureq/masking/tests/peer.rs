//! A peer on loopback that says what it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// What the peer does on one connection: a list of requests, each answered with pieces that are written one by one.
pub(super) type Connection = Vec<Vec<Vec<u8>>>;

/// A peer that takes connections one after the other; it closes each after its last answer, and gives the requests.
pub(super) struct Peer {
    pub(super) port: u16,
    /// Head and body of each request.
    thread: JoinHandle<Vec<(String, Vec<u8>)>>,
}

impl Peer {
    pub(super) fn start(connections: Vec<Connection>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = thread::spawn(move || {
            let mut requests = Vec::new();
            for answers in connections {
                let (stream, _) = listener.accept().unwrap();
                stream.set_nodelay(true).unwrap();
                let mut reader = BufReader::new(stream);
                for answer in answers {
                    requests.push(read_request(&mut reader));
                    for piece in answer {
                        // The client may have hung up on what it takes for a fault.
                        if reader.get_mut().write_all(&piece).is_err() {
                            break;
                        }
                    }
                }
            }
            requests
        });
        Self { port, thread }
    }

    /// One connection with one request.
    pub(super) fn answer(pieces: Vec<Vec<u8>>) -> Self {
        Self::start(vec![vec![pieces]])
    }

    pub(super) fn heads(self) -> Vec<String> {
        self.requests().into_iter().map(|(head, _)| head).collect()
    }

    pub(super) fn requests(self) -> Vec<(String, Vec<u8>)> {
        self.thread.join().unwrap()
    }
}

fn read_head(reader: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "the head was cut off: {head:.100}");
    }
    head
}

/// A head, and as many bytes as it tells.
fn read_request(reader: &mut BufReader<TcpStream>) -> (String, Vec<u8>) {
    let head = read_head(reader);
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    (head, body)
}

pub(super) fn request_target(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}
