//! Measures time: bodies as in the pages beside peers, damaged bodies, hostile bodies.

use bindwire_bench::speed;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let budget = Duration::from_secs(if quick { 4 } else { 40 });
    let outcome = speed::pages(budget).and_then(|()| speed::hostile(quick));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench-speed: {message}");
            ExitCode::FAILURE
        }
    }
}
