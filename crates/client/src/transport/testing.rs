//! Collects everything that is logged and traced in this process, at the finest level, and looks for a secret in it.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::fmt::{Debug, Write as _};
use std::sync::{LazyLock, Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Everything that was logged.
static LOG: LazyLock<Mutex<Log>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Log {
    records: String,
    /// The rows of a dump stand in order within a thread: joined, in hex and as ASCII.
    dumps: HashMap<ThreadId, (String, String)>,
}

impl Log {
    fn push(&mut self, record: &str) {
        self.records.push_str(record);
        self.records.push('\n');
        if let Some((hex, ascii)) = row(record) {
            let dump = self.dumps.entry(thread::current().id()).or_default();
            dump.0.extend(hex);
            dump.1.push_str(ascii);
        }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let dumps = self.dumps.values().flat_map(|(hex, ascii)| [hex, ascii]);
        std::iter::once(&self.records).chain(dumps).map(String::as_str)
    }
}

fn lock() -> MutexGuard<'static, Log> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

thread_local! {
    static IGNORED: Cell<bool> = const { Cell::new(false) };
}

struct Collect;

impl log::Log for Collect {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        !IGNORED.get()
    }

    fn log(&self, record: &log::Record<'_>) {
        push(|| record.args().to_string());
    }

    fn flush(&self) {}
}

impl Subscriber for Collect {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        // What is off once stays off, so that no thread is asked.
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        traced(|fields| span.record(fields));
        // Nobody asks which span it is.
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        traced(|fields| values.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        traced(|fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The fields of a span or an event as text.
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

fn traced(record: impl FnOnce(&mut Fields)) {
    push(|| {
        let mut fields = Fields(String::new());
        record(&mut fields);
        fields.0
    });
}

fn push(record: impl FnOnce() -> String) {
    if !IGNORED.get() {
        let record = record();
        lock().push(&record);
    }
}

pub(in crate::transport) fn collect_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Collect).unwrap();
        log::set_logger(&Collect).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Leaves out what this thread logs from now on: a test of very many calls has nothing to find in it.
pub(in crate::transport) fn ignore_this_thread() {
    IGNORED.set(true);
}

/// A row of a dump: 16 bytes in hex, by twos, and then as ASCII.
fn row(record: &str) -> Option<(impl Iterator<Item = char>, &str)> {
    let (hex, ascii) = record.split_at_checked(41)?;
    let is_hex = hex.bytes().all(|byte| byte.is_ascii_hexdigit() || b" -".contains(&byte));
    (is_hex && ascii.len() == 16).then(|| {
        let hex = hex.chars().filter(char::is_ascii_hexdigit);
        let bytes = hex.clone().count() / 2;
        (hex, &ascii[..bytes])
    })
}

/// Whether the log has a text.
pub(in crate::transport) fn has_logged(text: &str) -> bool {
    lock().texts().any(|logged| logged.contains(text))
}

pub(in crate::transport) fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// Whether the log shows any eight bytes of a secret that follow one another.
pub(in crate::transport) fn shows(secret: &str) -> bool {
    let encoded = percent_encoded(secret);
    let parts = [secret.to_owned(), encoded.to_ascii_lowercase(), encoded]
        .iter()
        .flat_map(|form| form.as_bytes().windows(8).map(|part| String::from_utf8(part.to_vec()).unwrap()))
        .flat_map(|part| [hex(&part), part])
        .collect::<BTreeSet<_>>();
    parts.iter().any(|part| has_logged(part))
}

pub(in crate::transport) fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").unwrap();
        }
        encoded
    })
}
