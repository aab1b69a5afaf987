//! Rounds: every contender runs once in each, so that what disturbs the machine disturbs all of them alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds at least, however long they take.
const LEAST: usize = 7;

/// One of those that are compared on the same body.
pub struct Contender<'a> {
    /// What it is called in the table.
    pub name: &'static str,
    run: Box<dyn FnMut() -> Duration + 'a>,
    /// Seconds of each round.
    pub seconds: Vec<f64>,
}

impl<'a> Contender<'a> {
    /// Measures `work` once a round. What it makes is dropped outside the time.
    pub fn new<T>(name: &'static str, mut work: impl FnMut() -> T + 'a) -> Self {
        let run = move || {
            let start = Instant::now();
            let made = black_box(work());
            let taken = start.elapsed();
            drop(made);
            taken
        };
        Self { name, run: Box::new(run), seconds: Vec::new() }
    }

    /// Measures `work`, which is too short for a clock, `times` times a round. What it makes is dropped within the time.
    pub fn repeated<T>(name: &'static str, times: u32, mut work: impl FnMut() -> T + 'a) -> Self {
        let run = move || {
            let start = Instant::now();
            for _ in 0..times {
                black_box(work());
            }
            start.elapsed() / times
        };
        Self { name, run: Box::new(run), seconds: Vec::new() }
    }

    /// The median time, in seconds.
    pub fn median(&self) -> f64 {
        quantile(&self.seconds, 0.5)
    }

    /// How far the middle four fifths of the rounds lie apart, as a part of the median.
    pub fn spread(&self) -> f64 {
        (quantile(&self.seconds, 0.9) - quantile(&self.seconds, 0.1)) / self.median()
    }

    /// How many times longer `other` takes: the median of the rounds.
    pub fn times_faster_than(&self, other: &Contender<'_>) -> f64 {
        let ratios: Vec<f64> = self.seconds.iter().zip(&other.seconds).map(|(own, other)| other / own).collect();
        quantile(&ratios, 0.5)
    }
}

/// Runs rounds for about `budget`, after one that does not count.
pub fn rounds(contenders: &mut [Contender<'_>], budget: Duration) {
    for contender in contenders.iter_mut() {
        (contender.run)();
    }
    let start = Instant::now();
    let mut done = 0;
    while done < LEAST || start.elapsed() < budget {
        for contender in contenders.iter_mut() {
            let taken = (contender.run)();
            contender.seconds.push(taken.as_secs_f64());
        }
        done += 1;
    }
}

/// The value that `part` of the others are below.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * part).round() as usize).copied().unwrap_or(f64::NAN)
}
