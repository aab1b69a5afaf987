//! Collects every span, event and log record of this thread's work, at the finest level.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::Once;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

thread_local! {
    /// Where records of the `log` crate go: what blocks and what runs on a runtime of one thread logs on its own thread.
    static RECORDS: RefCell<Option<Arc<Mutex<String>>>> = const { RefCell::new(None) };
}

/// What was seen until it ends.
pub struct Events {
    text: Arc<Mutex<String>>,
    _guard: tracing::subscriber::DefaultGuard,
}

impl Events {
    /// Begins to collect.
    pub fn start() -> Self {
        static LOG: Once = Once::new();
        LOG.call_once(|| {
            log::set_logger(&ToThread).expect("the only logger");
            log::set_max_level(log::LevelFilter::Trace);
        });
        let text = Arc::new(Mutex::new(String::new()));
        RECORDS.set(Some(text.clone()));
        let guard = tracing::subscriber::set_default(Registry::default().with(Collect(text.clone())));
        Self { text, _guard: guard }
    }

    /// What was collected.
    pub fn end(self) -> String {
        RECORDS.set(None);
        self.text.lock().expect("a text").clone()
    }
}

struct ToThread;

impl log::Log for ToThread {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        RECORDS.with_borrow(|text| {
            if let Some(text) = text {
                let _ = writeln!(text.lock().expect("a text"), "{} {}", record.target(), record.args());
            }
        });
    }

    fn flush(&self) {}
}

struct Collect(Arc<Mutex<String>>);

impl Collect {
    fn write(&self, name: &str, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(String::new());
        record(&mut fields);
        let _ = writeln!(self.0.lock().expect("a text"), "{name}{}", fields.0);
    }
}

impl<S: Subscriber> Layer<S> for Collect {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        self.write(attributes.metadata().name(), |fields| attributes.record(fields));
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        self.write("record", |fields| values.record(fields));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        self.write(event.metadata().target(), |fields| event.record(fields));
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}
