//! Measures heap: owned values, an iterator over a million domains, hostile bodies. A binary of its own, since counting takes
//! time.

use bindwire_bench::heap::{self, Meter};
use peak_alloc::PeakAlloc;
use std::process::ExitCode;

/// Counts the live bytes; a block that grows counts twice while it is moved.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let meter =
        Meter { current: || HEAP.current_usage(), peak: || HEAP.peak_usage(), reset: || HEAP.reset_peak_usage() };
    let outcome = heap::values(&meter).and_then(|()| heap::reader(&meter)).and_then(|()| heap::hostile(&meter, quick));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench-heap: {message}");
            ExitCode::FAILURE
        }
    }
}
