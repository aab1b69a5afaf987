//! One call from its first attempt to its result, without I/O: requests out, answers in, decisions out.

mod budget;
mod judge;
mod policy;

pub(crate) use budget::Budget;
pub(crate) use judge::{Answer, Decode, Judged, judge};
pub use policy::RetryPolicy;

use crate::Timer;
use crate::error::Failure;
use crate::transport::{Request, Response, TransportError};
use bindwire_wire::Effect;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A call under way.
pub(crate) struct Exchange {
    request: Request,
    /// The timeout of an attempt where no deadline comes sooner.
    timeout: Duration,
    deadline: Option<Instant>,
    policy: RetryPolicy,
    /// The delays that are left; made when one is needed.
    delays: Option<Box<dyn Iterator<Item = Duration> + Send>>,
    budget: Arc<Budget>,
    attempts: u32,
}

/// What to do after an attempt.
pub(crate) enum Next {
    /// There is an answer of the API.
    Done(Judged),
    /// Wait, then send again.
    Wait(Duration),
    /// Give up.
    Fail(Failure),
}

impl Exchange {
    pub fn new(request: Request, deadline: Option<Instant>, policy: &RetryPolicy, budget: Arc<Budget>) -> Self {
        Self { timeout: request.timeout(), request, deadline, policy: *policy, delays: None, budget, attempts: 0 }
    }

    /// The request of the next attempt, with as much time as there is.
    ///
    /// # Errors
    /// When the deadline has passed.
    pub fn request(&mut self, timer: &dyn Timer) -> Result<&Request, Failure> {
        if let Some(deadline) = self.deadline {
            let left = deadline.saturating_duration_since(timer.now());
            if left.is_zero() {
                return Err(Failure::deadline(self.attempts));
            }
            self.request.set_timeout(self.timeout.min(left));
        }
        self.attempts += 1;
        Ok(&self.request)
    }

    /// How often it was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Takes in what came of an attempt, by the client's clock and time of day.
    pub fn receive(
        &mut self,
        outcome: Result<Response, TransportError>,
        decode: &mut Decode<'_>,
        timer: &dyn Timer,
    ) -> Next {
        let effect = self.request.effect();
        let failure = match judge(effect, outcome, decode, timer) {
            Ok(judged) => {
                self.budget.refill();
                return Next::Done(judged);
            }
            Err(failure) => failure,
        };
        if failure.refusal.is_some() && !failure.is_transient {
            // The server is well, and says no.
            self.budget.refill();
        }
        if !may_resend(effect, &failure) {
            return Next::Fail(failure);
        }
        let delays = self.delays.get_or_insert_with(|| self.policy.delays());
        let Some(delay) = delays.next() else { return Next::Fail(failure) };
        if failure.retry_after.is_some_and(|asked| asked > self.policy.max_asked) {
            return Next::Fail(failure);
        }
        let delay = failure.retry_after.map_or(delay, |asked| asked.max(delay));
        // A wait that no clock can tell the end of is too long whatever the deadline.
        let too_late =
            timer.now().checked_add(delay).is_none_or(|until| self.deadline.is_some_and(|deadline| until >= deadline));
        if too_late || !self.budget.take() {
            return Next::Fail(failure);
        }
        Next::Wait(delay)
    }
}

/// Whether the client itself sends again; [`crate::Error::is_retryable`] tells what a caller may do.
fn may_resend(effect: Effect, failure: &Failure) -> bool {
    match effect {
        Effect::Read => failure.is_transient,
        // A refusal of the API is its answer, also when it is busy: only what it did not take goes again.
        Effect::IdempotentWrite => failure.is_transient && !failure.may_have_run && failure.refusal.is_none(),
        // An answer of any kind shows that something has left.
        Effect::Write => failure.is_transient && !failure.may_have_run && failure.status.is_none(),
        Effect::Spend => false,
    }
}

#[cfg(all(test, feature = "dynadot"))]
mod tests;
