//! A semaphore that serves strictly in the order of arrival and loses no place when somebody stops waiting.

use futures_channel::oneshot;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Places, and who waits for one.
#[derive(Debug)]
pub struct Queue {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: u32,
    /// Nobody waits while a place is free.
    waiting: VecDeque<oneshot::Sender<Place>>,
}

/// A place; dropping it gives it to the next in line.
#[derive(Debug)]
pub struct Place(Option<Arc<Queue>>);

impl Queue {
    /// With so many places, at least one.
    pub fn new(places: u32) -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(State { free: places.max(1), waiting: VecDeque::new() }) })
    }

    /// Waits for a place. Who drops the future leaves the line, and a place that was just handed over goes on to the next.
    pub async fn enter(self: &Arc<Self>) -> Place {
        let waiting = {
            let mut state = self.lock();
            if state.free > 0 {
                state.free -= 1;
                return Place(Some(self.clone()));
            }
            let (sender, receiver) = oneshot::channel();
            state.waiting.push_back(sender);
            receiver
        };
        match waiting.await {
            Ok(place) => place,
            // A sender is dropped only after it has sent, or together with the queue, which `self` keeps.
            Err(oneshot::Canceled) => unreachable!("a queue forgets nobody"),
        }
    }

    fn leave(self: Arc<Self>) {
        loop {
            let next = {
                let mut state = self.lock();
                let next = state.waiting.pop_front();
                if next.is_none() {
                    state.free += 1;
                }
                next
            };
            let Some(next) = next else { return };
            match next.send(Place(Some(self.clone()))) {
                Ok(()) => return,
                // This one waits no longer. The place that came back must not be given away by its drop as well.
                Err(mut place) => place.0 = None,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No panic can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(queue) = self.0.take() {
            queue.leave();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[test]
    fn places_are_given_in_the_order_of_arrival() {
        let queue = Queue::new(2);
        let first = queue.enter().now_or_never().expect("a free place");
        let _second = queue.enter().now_or_never().expect("a free place");
        let mut third = Box::pin(queue.enter());
        let mut fourth = Box::pin(queue.enter());
        assert!((&mut fourth).now_or_never().is_none() && (&mut third).now_or_never().is_none());
        drop(first);
        // The fourth asked first, so that it stands before the third.
        assert!((&mut third).now_or_never().is_none());
        let place = fourth.now_or_never().expect("its turn");
        assert!(queue.enter().now_or_never().is_none(), "nobody passes those who wait");
        drop(place);
        assert!(third.now_or_never().is_some());
    }

    #[test]
    fn who_leaves_loses_no_place() {
        let queue = Queue::new(1);
        let place = queue.enter().now_or_never().expect("a free place");
        let mut gone: Vec<_> = (0..3).map(|_| Box::pin(queue.enter())).collect();
        let mut stays = Box::pin(queue.enter());
        gone.iter_mut().for_each(|waits| assert!(waits.now_or_never().is_none()));
        assert!((&mut stays).now_or_never().is_none());
        let first = gone.remove(0);
        drop(gone);
        drop(place);
        // The first was given the place, and goes without having looked.
        drop(first);
        assert!(stays.now_or_never().is_some());
    }
}
