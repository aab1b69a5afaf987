//! Counters and histograms through the `metrics` facade, when the feature of that name is on.
//!
//! `bindwire_calls_total` (api, command, outcome), `bindwire_call_seconds` (api, command), `bindwire_attempts_total` and
//! `bindwire_retries_total` (api, command). The outcome is `ok`, `pending`, `abandoned` or the name of an error's kind.

#![cfg_attr(not(feature = "metrics"), expect(unused_variables, reason = "nothing is counted without the feature"))]

use crate::Timer;
use std::time::Duration;

/// Measures a call, where that is counted: what reads the clock for nobody takes time all the same.
pub(super) struct Clock {
    #[cfg(feature = "metrics")]
    started: std::time::Instant,
}

impl Clock {
    pub fn start(timer: &dyn Timer) -> Self {
        Self {
            #[cfg(feature = "metrics")]
            started: timer.now(),
        }
    }

    pub fn elapsed(&self, timer: &dyn Timer) -> Duration {
        #[cfg(feature = "metrics")]
        return timer.now().saturating_duration_since(self.started);
        #[cfg(not(feature = "metrics"))]
        Duration::ZERO
    }
}

pub(super) fn attempt(api: &'static str, command: &str) {
    #[cfg(feature = "metrics")]
    metrics::counter!("bindwire_attempts_total", "api" => api, "command" => command.to_owned()).increment(1);
}

pub(super) fn retry(api: &'static str, command: &str) {
    #[cfg(feature = "metrics")]
    metrics::counter!("bindwire_retries_total", "api" => api, "command" => command.to_owned()).increment(1);
}

pub(super) fn call(api: &'static str, command: &str, outcome: &'static str, elapsed: Duration) {
    #[cfg(feature = "metrics")]
    {
        let command = command.to_owned();
        metrics::counter!("bindwire_calls_total", "api" => api, "command" => command.clone(), "outcome" => outcome)
            .increment(1);
        metrics::histogram!("bindwire_call_seconds", "api" => api, "command" => command).record(elapsed.as_secs_f64());
    }
}
