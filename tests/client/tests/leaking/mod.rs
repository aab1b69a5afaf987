//! Secrets that must not be seen, and servers that repeat them in whatever they answer.

use bindwire_client::{AuditEntry, AuditLog, Error};
use bindwire_loopback::{Answer, Reply, soap};
use std::error::Error as _;
use std::io;
use std::sync::{Arc, Mutex};

/// A password, with characters that XML and URLs write in another way.
pub const PASSWORD: &str = "kanarie Schl&ssel<47>";

/// What tokens and ids of sessions begin with.
pub const TOKEN: &str = "kanarie T0k3n=&<+";

/// The value of a secret param.
pub const SECRET: &str = "kanarie \"Kode\" <11>";

/// Parts of each that no writing changes, and their beginning in hexadecimal and in base 64.
const PARTS: [&str; 7] = ["kanarie", "Schl", "ssel", "T0k3n", "Kode", "6b616e61726965", "a2FuYXJp"];

/// Holds what is shown against the secrets.
#[track_caller]
pub fn assert_clean(what: &str, shown: &str) {
    for part in PARTS {
        assert!(!shown.contains(part), "{what} shows {part:?}: {shown}");
    }
}

/// Holds everything that an error shows against the secrets.
#[track_caller]
pub fn assert_error(at: &str, error: &Error) {
    assert_clean(at, &format!("{error} {error:?} {error:#?}"));
    assert!(error.source().is_none(), "{at}: nothing stands behind it");
    if let Some(refusal) = error.refusal() {
        assert_clean(at, &format!("{refusal} {refusal:?}"));
    }
    if let Some(lost) = error.lost() {
        assert_clean(at, &format!("{lost:?}"));
    }
    assert_clean(at, error.api_message().unwrap_or_default());
    assert_clean(at, error.job().unwrap_or_default());
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Nothing,
    Refused,
    Redirect,
    Fault,
    Status500,
    Page502,
    Page200,
    CutOff,
    Garbled,
    Timeout,
}

/// All of them.
pub const TROUBLES: [Trouble; 10] = [
    Trouble::Nothing,
    Trouble::Refused,
    Trouble::Redirect,
    Trouble::Fault,
    Trouble::Status500,
    Trouble::Page502,
    Trouble::Page200,
    Trouble::CutOff,
    Trouble::Garbled,
    Trouble::Timeout,
];

/// Answers as servers do that mean no harm: they repeat what they were asked. `good` is what is said where nothing goes wrong, and
/// `detail` makes what stands in the detail of a fault of the secrets that a request holds.
pub fn answer(
    trouble: Trouble,
    second: &str,
    asked: &str,
    good: impl FnOnce() -> Reply,
    detail: fn(&str) -> String,
) -> Answer {
    let tokens: Vec<_> = (0..16).map(|number| format!("{TOKEN}{number:x}")).collect();
    let token = tokens.iter().find(|token| asked.contains(&*soap::escaped(token))).map_or("", String::as_str);
    let held = [("T0k3n", token), ("Kode", SECRET)].into_iter().filter(|(part, _)| asked.contains(part));
    let secrets: Vec<_> = std::iter::once(PASSWORD).chain(held.map(|(_, secret)| secret)).collect();
    let (secrets, last) = (secrets.join(" "), *secrets.last().expect("the password"));
    let echo = format!("{asked} {secrets}");
    let page =
        |status| Answer::Reply(Reply::status(status, format!("<html><body><h1>Odd</h1><p>{echo}</p></body></html>")));
    match trouble {
        Trouble::Nothing => Answer::Reply(good()),
        // Nobody listens there.
        Trouble::Refused => unreachable!("no server answers"),
        Trouble::Redirect => {
            let location = format!("{second}/?password=kanarie%20Schl%26ssel%3C47%3E");
            Answer::Reply(Reply::status(302, echo.clone()).header("Location", &location).header("X-Request", "kanarie"))
        }
        Trouble::Fault => {
            let body = soap::fault(&format!("SOAP-ENV:Server.{last}"), &format!("not so: {echo}"), &detail(&secrets));
            Answer::Reply(soap::reply(500, &soap::envelope("urn:kanarie", &body)))
        }
        Trouble::Status500 => Answer::Reply(Reply::status(500, format!("error in {echo}"))),
        Trouble::Page502 => page(502),
        Trouble::Page200 => page(200),
        Trouble::CutOff => {
            let body = [echo.as_bytes(), &good().body].concat();
            Answer::CutOff { sent: body.len() * 2 / 3, reply: soap::reply(200, &String::from_utf8_lossy(&body)) }
        }
        Trouble::Garbled => {
            let body = format!("<a><{last}><b c='{last}'>{echo}</d></");
            Answer::Reply(soap::reply(200, &body))
        }
        Trouble::Timeout => Answer::Stall,
    }
}

/// An audit log that keeps what it is given, as it would be printed.
#[derive(Debug, Clone, Default)]
pub struct Lines(Arc<Mutex<String>>);

impl Lines {
    /// All of it.
    pub fn text(&self) -> String {
        self.0.lock().expect("a log").clone()
    }
}

impl AuditLog for Lines {
    fn record(&self, entry: &AuditEntry<'_>) -> io::Result<()> {
        self.0.lock().expect("a log").push_str(&format!("{entry:?}\n"));
        Ok(())
    }
}
