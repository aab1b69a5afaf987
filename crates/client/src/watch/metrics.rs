//! Counters and histograms through the `metrics` facade, when the feature of that name is on.
//!
//! `bindwire_calls_total` (api, command, outcome), `bindwire_call_seconds` (api, command), `bindwire_attempts_total` and
//! `bindwire_retries_total` (api, command). The outcome is `ok`, `pending`, `abandoned` or the name of an error's kind.

#![cfg_attr(not(feature = "metrics"), expect(unused_variables, reason = "nothing is counted without the feature"))]

use std::time::Duration;

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
