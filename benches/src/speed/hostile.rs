//! Hostile bodies: whether time grows as their size does, and what a body of 20 MB takes.

use crate::hostile::{Kind, READERS, kinds, read};
use crate::row::Row;
use std::hint::black_box;
use std::time::Instant;

const MIB: usize = 1 << 20;
/// What a body of any kind is held to.
const LARGE: usize = 20_000_000;
/// Four times the size may take so many times the time: the machine is not quiet.
const LINEAR: f64 = 5.5;
/// Below so many seconds for 4 MiB nothing is asked.
const QUICK: f64 = 1e-3;
/// A large body that would take longer, going by the smaller ones, is not read.
const PATIENCE: f64 = 3.0;

/// Measures every kind with every reader; when it is to be quick, with the first.
///
/// # Errors
/// When a row cannot be printed.
pub fn hostile(quick: bool) -> Result<(), String> {
    let (rounds, readers) = if quick { (2, &READERS[..1]) } else { (5, &READERS[..]) };
    for reader in readers {
        for kind in kinds() {
            one(&kind, reader, rounds).print()?;
        }
    }
    Ok(())
}

fn one(kind: &Kind, reader: &str, rounds: usize) -> Row {
    let bodies = [MIB, 2 * MIB, 4 * MIB].map(|size| kind.body(size));
    let mut best = [f64::INFINITY; 3];
    let mut decoded = false;
    for _ in 0..rounds {
        for (best, body) in best.iter_mut().zip(&bodies) {
            let (seconds, is_ok) = timed(kind, reader, body);
            *best = best.min(seconds);
            decoded = is_ok;
        }
    }
    let growth = best[2] / best[0];
    let mut row = Row::new(&format!("Hostile {}, {reader}", kind.format), kind.name, String::new())
        .number("seconds_1_mib", best[0])
        .number("seconds_2_mib", best[1])
        .number("seconds_4_mib", best[2])
        .number("growth", growth)
        .aim(format!("4 MiB: at most {LINEAR} times 1 MiB"), growth <= LINEAR || best[2] < QUICK);
    let outcome = if decoded { "decoded" } else { "failed" };
    row.figure = format!("{outcome:7} 1 MiB {:7.2} ms, 4 MiB {growth:5.2} times", best[0] * 1e3);
    // An iterator gives millions of items where owned values come to their limit: of it no more is asked than proportion.
    let is_owned = reader == READERS[0];
    if best[2] * growth * LARGE as f64 / (4 * MIB) as f64 > PATIENCE * 4.0 {
        row.figure.push_str(", 20 MB not tried");
        return if is_owned { row.aim("20 MB: at most 100 ms".to_owned(), false) } else { row };
    }
    let large = kind.body(LARGE);
    let seconds = (0..rounds / 2).map(|_| timed(kind, reader, &large).0).fold(f64::INFINITY, f64::min);
    row.figure.push_str(&format!(", 20 MB {:6.1} ms", seconds * 1e3));
    let row = row.number("seconds_20_mb", seconds);
    if is_owned { row.aim("20 MB: at most 100 ms".to_owned(), seconds <= 0.1) } else { row }
}

fn timed(kind: &Kind, reader: &str, body: &[u8]) -> (f64, bool) {
    let start = Instant::now();
    let is_ok = black_box(read(kind, reader, body));
    (start.elapsed().as_secs_f64(), is_ok)
}
