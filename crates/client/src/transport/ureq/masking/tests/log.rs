//! Collects what is logged at trace level, and looks for a secret in it.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

/// Everything that was logged, by thread: rows of a dump stand in order within one.
static LOG: Mutex<Vec<(ThreadId, String)>> = Mutex::new(Vec::new());

thread_local! {
    static IGNORED: Cell<bool> = const { Cell::new(false) };
}

struct Collect;

impl log::Log for Collect {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        !IGNORED.get()
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            let row = (thread::current().id(), record.args().to_string());
            LOG.lock().unwrap_or_else(PoisonError::into_inner).push(row);
        }
    }

    fn flush(&self) {}
}

pub(super) fn collect_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Collect).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Leaves out what this thread logs from now on: a test of very many calls has nothing to find in it.
pub(super) fn ignore_this_thread() {
    IGNORED.set(true);
}

/// A row of a dump: 16 bytes in hex, by twos, and then as ASCII.
fn row(record: &str) -> Option<(String, &str)> {
    let (hex, ascii) = record.split_at_checked(41)?;
    let is_hex = hex.bytes().all(|byte| byte.is_ascii_hexdigit() || b" -".contains(&byte));
    (is_hex && ascii.len() == 16).then(|| {
        let hex: String = hex.chars().filter(char::is_ascii_hexdigit).collect();
        let bytes = hex.len() / 2;
        (hex, &ascii[..bytes])
    })
}

/// All that was logged so far, in a text each: the records, and of each thread the rows joined.
pub(super) fn logged() -> Vec<String> {
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
    let mut records = String::new();
    let mut dumps: HashMap<ThreadId, (String, String)> = HashMap::new();
    for (thread, record) in &*log {
        writeln!(records, "{record}").unwrap();
        if let Some((hex, ascii)) = row(record) {
            let dump = dumps.entry(*thread).or_default();
            dump.0.push_str(&hex);
            dump.1.push_str(ascii);
        }
    }
    std::iter::once(records).chain(dumps.into_values().flat_map(|(hex, ascii)| [hex, ascii])).collect()
}

pub(super) fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// Whether the log shows any eight bytes of a secret that follow one another.
pub(super) fn shows(secret: &str) -> bool {
    let encoded = percent_encoded(secret);
    let parts = [secret.to_owned(), encoded.to_ascii_lowercase(), encoded]
        .iter()
        .flat_map(|form| form.as_bytes().windows(8).map(|part| String::from_utf8(part.to_vec()).unwrap()))
        .flat_map(|part| [hex(&part), part])
        .collect::<Vec<_>>();
    let logged = logged();
    parts.iter().any(|part| logged.iter().any(|text| text.contains(part)))
}

pub(super) fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").unwrap();
        }
        encoded
    })
}
