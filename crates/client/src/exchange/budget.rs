//! A budget for repetitions, so that a server in trouble is not asked four times as often as one that is well.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens of a client: each repetition takes some, each answer gives one back.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    max: u32,
}

/// What a repetition takes: as many answers as must come before it is made up for.
const PRICE: u32 = 5;

impl Budget {
    /// For so many repetitions in a row while no answer comes.
    pub fn new(repetitions: u32) -> Self {
        let max = repetitions.saturating_mul(PRICE);
        Self { tokens: AtomicU32::new(max), max }
    }

    /// Takes a repetition out; `false` when the budget is used up.
    pub fn take(&self) -> bool {
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| tokens.checked_sub(PRICE)).is_ok()
    }

    /// Puts back what an answer gives.
    pub fn refill(&self) {
        let more = |tokens| (tokens < self.max).then_some(tokens + 1);
        // A full budget stays as it is.
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_end_and_answers_bring_them_back() {
        let budget = Budget::new(2);
        assert!(budget.take() && budget.take() && !budget.take());
        (0..PRICE).for_each(|_| budget.refill());
        assert!(budget.take() && !budget.take());
        (0..100).for_each(|_| budget.refill());
        assert!(budget.take() && budget.take() && !budget.take(), "never more than at first");
        assert!(!Budget::new(0).take());
    }
}
