//! TLS: a certificate that the system trusts carries a call, any other one ends it before a byte of the request has left.

use bindwire_client::dynadot::Dynadot;
use bindwire_client::{Builder, ErrorKind, Limits, RetryPolicy};
use bindwire_client_tests::{Leap, Set, Via, Wire};
use bindwire_dynadot::domain::Register;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// The transports that bring TLS along.
const WIRES: [Wire; 2] = [Wire::Reqwest, Wire::Ureq];

/// A server whose certificate nobody trusts who was not told to.
struct Secure {
    origin: String,
    /// The certificate in PEM.
    certificate: String,
    /// Bytes that came through TLS.
    read: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Secure {
    /// Answers every request with a success; its thread ends with the process.
    fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let certificate = made.cert.pem();
        let chain = vec![CertificateDer::from(made.cert)];
        let key = PrivateKeyDer::from_pem_slice(made.signing_key.serialize_pem().as_bytes()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a usable key");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("https://localhost:{}", listener.local_addr().expect("an address").port());
        let (read, requests) = (Arc::default(), Arc::default());
        let server = Self { origin, certificate, read: Arc::clone(&read), requests: Arc::clone(&requests) };
        let config = Arc::new(config);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, read, requests) = (config.clone(), read.clone(), requests.clone());
                thread::spawn(move || serve(stream, config, &read, &requests));
            }
        });
        server
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, read: &AtomicUsize, requests: &Mutex<Vec<String>>) {
    let connection = ServerConnection::new(config).expect("a connection");
    let mut stream = StreamOwned::new(connection, stream);
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.ends_with(b"\r\n\r\n") {
        // A handshake that fails ends here too.
        let Ok(count @ 1..) = stream.read(&mut buffer) else { return };
        read.fetch_add(count, Ordering::SeqCst);
        head.extend_from_slice(&buffer[..count]);
    }
    requests.lock().expect("requests").push(String::from_utf8_lossy(&head).into_owned());
    let body = r#"{"Response":{"ResponseCode":"0","Status":"success"}}"#;
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    // The client looks after itself; nobody else reads what became of it.
    let _ = stream.write_all(answer.as_bytes()).and_then(|()| stream.flush());
}

struct Settings(String);

impl Set for Settings {
    fn set<F>(self, builder: Builder<Dynadot<F>, F>) -> Builder<Dynadot<F>, F> {
        builder.origin(self.0).limits(Limits::new(1, 0)).retry(RetryPolicy::never())
    }
}

fn client(wire: Wire, origin: &str) -> Via {
    let timer = Leap::new("2026-03-01T12:00:00Z".parse().expect("a time"));
    Via::new(wire, "key", timer, Settings(origin.to_owned()))
}

#[test]
fn an_untrusted_certificate_ends_the_call_before_anything_leaves() {
    for wire in WIRES {
        let server = Secure::start();
        let error = client(wire, &server.origin).send(Register::new("example.com", 1)).unwrap_err();
        assert_eq!((error.kind(), error.may_have_run()), (ErrorKind::Connect, false), "{wire:?}: {error}");
        assert!(error.to_string().contains("nothing was bought"), "{wire:?}: {error}");
        assert!(
            error.to_string().contains("no connection came about: invalid peer certificate: "),
            "{wire:?}: {error}"
        );
        assert_eq!(server.read.load(Ordering::SeqCst), 0, "{wire:?}: no byte of the request");
    }
}

#[test]
fn what_is_no_tls_ends_the_call_before_anything_leaves() {
    for wire in WIRES {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("https://localhost:{}", listener.local_addr().expect("an address").port());
        let peer = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            let mut all = Vec::new();
            let _ = stream.read_to_end(&mut all);
            all
        });
        let error = client(wire, &origin).send(Register::new("example.com", 1)).unwrap_err();
        assert_eq!((error.kind(), error.may_have_run()), (ErrorKind::Connect, false), "{wire:?}: {error}");
        let sent = peer.join().expect("what was sent");
        assert!(!sent.windows(8).any(|window| window == b"register"), "{wire:?}");
    }
}

/// Which certificates are trusted is read once a process, so that another one is told to trust the server's.
#[test]
fn a_trusted_certificate_carries_a_call() {
    let server = Secure::start();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("tls");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(format!("certificate-{}.pem", std::process::id()));
    std::fs::write(&file, &server.certificate).expect("a file");
    let asked = Command::new(env!("CARGO_BIN_EXE_ask-over-tls"))
        .arg(&server.origin)
        .env("SSL_CERT_FILE", &file)
        .output()
        .expect("a program");
    std::fs::remove_file(&file).expect("a file of this process");
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    let requests = server.requests.lock().expect("requests").clone();
    assert_eq!(requests.len(), WIRES.len());
    for request in requests {
        assert!(request.starts_with("GET /api3.json?key=key&command=is_processing HTTP/1.1\r\n"), "{request}");
    }
}
