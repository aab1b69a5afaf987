//! Collects what a client tells: spans and events of this thread, and metrics.

use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// Fields by their names; the message is `message`.
pub type Fields = BTreeMap<&'static str, String>;

/// What was collected.
#[derive(Debug, Default)]
pub struct Traces {
    /// Name and fields of each span, in the order of their beginning.
    pub spans: Vec<(&'static str, Fields)>,
    ids: Vec<Id>,
    /// Level and fields of each event, and the span that it happened in.
    pub events: Vec<(Level, Fields, Option<&'static str>)>,
}

impl Traces {
    /// The events of at least that level.
    pub fn at_least(&self, level: Level) -> Vec<&Fields> {
        self.events.iter().filter(|(known, ..)| *known <= level).map(|(_, fields, _)| fields).collect()
    }

    /// The events with that message.
    pub fn of(&self, message: &str) -> Vec<&Fields> {
        self.events.iter().filter(|(_, fields, _)| fields["message"] == message).map(|(_, fields, _)| fields).collect()
    }
}

/// Collects while it is there.
pub struct Tracing {
    traces: Arc<Mutex<Traces>>,
    _guard: DefaultGuard,
}

impl Tracing {
    /// Begins to collect what this thread tells.
    pub fn start() -> Self {
        let traces = Arc::<Mutex<Traces>>::default();
        let guard = tracing::subscriber::set_default(Registry::default().with(Collect(traces.clone())));
        Self { traces, _guard: guard }
    }

    /// What was collected, of bindwire alone.
    pub fn end(self) -> Traces {
        std::mem::take(&mut *self.traces.lock().expect("traces"))
    }
}

struct Collect(Arc<Mutex<Traces>>);

fn is_ours(target: &str) -> bool {
    target.starts_with("bindwire")
}

impl<S: Subscriber> Layer<S> for Collect {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if is_ours(attributes.metadata().target()) {
            let mut fields = Visited::default();
            attributes.record(&mut fields);
            let mut traces = self.0.lock().expect("traces");
            traces.spans.push((attributes.metadata().name(), fields.0));
            traces.ids.push(id.clone());
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut traces = self.0.lock().expect("traces");
        // Ids are used again: the last one counts.
        if let Some(at) = traces.ids.iter().rposition(|known| known == id) {
            let mut fields = Visited(std::mem::take(&mut traces.spans[at].1));
            values.record(&mut fields);
            traces.spans[at].1 = fields.0;
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if is_ours(event.metadata().target()) {
            let mut fields = Visited::default();
            event.record(&mut fields);
            let span = context.current_span().metadata().map(|metadata| metadata.name());
            self.0.lock().expect("traces").events.push((*event.metadata().level(), fields.0, span));
        }
    }
}

#[derive(Default)]
struct Visited(Fields);

impl Visit for Visited {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

/// Counts and values of metrics by name and labels, as `name{label=value}` with labels in the order of their names.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Mutex<BTreeMap<String, Vec<f64>>>>);

impl Metrics {
    /// All of them: each increment of a counter, each value of a histogram.
    pub fn seen(&self) -> BTreeMap<String, Vec<f64>> {
        self.0.lock().expect("metrics").clone()
    }
}

struct Series(Metrics, String);

impl Series {
    fn put(&self, value: f64) {
        self.0.0.lock().expect("metrics").entry(self.1.clone()).or_default().push(value);
    }
}

impl CounterFn for Series {
    fn increment(&self, value: u64) {
        self.put(value as f64);
    }

    fn absolute(&self, _: u64) {
        unreachable!("nothing is set");
    }
}

impl HistogramFn for Series {
    fn record(&self, value: f64) {
        self.put(value);
    }
}

impl Metrics {
    fn series(&self, key: &Key) -> Arc<Series> {
        let mut labels: Vec<_> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        labels.sort_unstable();
        Arc::new(Series(self.clone(), format!("{}{{{}}}", key.name(), labels.join(","))))
    }
}

impl Recorder for Metrics {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.series(key))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        unreachable!("nothing is measured so")
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.series(key))
    }
}
