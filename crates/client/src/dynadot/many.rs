//! Long lists of names: split at the API's bounds, asked as the account may, given one by one.

use super::Dynadot;
use crate::engine::{CallOptions, Engine};
use crate::error::{Cause, Failure, Subject};
use crate::face::{Async, Blocking, block_on};
use crate::{Error, Future, Result};
use bindwire_dynadot::domain::{DomainInfo, Search};
use bindwire_dynadot::types::{Domain, SearchResult};
use bindwire_wire::{Class, Command as _, DomainName, Effect};
use futures_core::Stream;
use futures_util::stream::{FuturesOrdered, StreamExt as _};
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Names that a `search` looks up at most.
const SEARCH_MAX: usize = 100;

/// What came of one name.
#[derive(Debug)]
#[non_exhaustive]
pub struct NameResult<T> {
    /// The name, as it was given.
    pub name: DomainName,
    /// What was found, or why nothing was. The others go on all the same.
    pub result: Result<T>,
}

/// How far a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Names whose result was given.
    pub done: usize,
    /// Those of them whose result is an error.
    pub failed: usize,
    /// All names.
    pub total: usize,
}

/// The results of a list of names, in its order. The awaited face is a `Stream`, the blocking one an `Iterator`.
///
/// Requests are made as results are taken, as many at a time as the account may have; to drop it ends the work. None is under way
/// or in line while a result is looked at, however long that takes, so that what is done with it can be sent by the same client.
#[must_use = "nothing is sent before the results are taken"]
pub struct Many<'c, T, F> {
    names: VecDeque<DomainName>,
    batch: usize,
    at_once: usize,
    ask: Ask<'c, T>,
    running: FuturesOrdered<Future<'c, Batch<T>>>,
    /// Halves of a batch that was refused as a whole.
    halves: VecDeque<Vec<DomainName>>,
    ready: VecDeque<NameResult<T>>,
    progress: Progress,
    on_progress: Option<Box<dyn FnMut(Progress) + Send + 'c>>,
    face: PhantomData<fn() -> F>,
}

/// Makes the request of a batch.
type Ask<'c, T> = Box<dyn Fn(Vec<DomainName>) -> Future<'c, Batch<T>> + Send + 'c>;

/// What came of a batch.
enum Batch<T> {
    Done(Vec<NameResult<T>>),
    /// It was refused as a whole, and one name can be to blame.
    Refused(Vec<DomainName>),
}

impl<T, F> fmt::Debug for Many<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Many").field("progress", &self.progress).field("batch", &self.batch).finish_non_exhaustive()
    }
}

impl<'c, T, F> Many<'c, T, F> {
    fn new(
        names: impl IntoIterator<Item = impl Into<DomainName>>,
        batch: usize,
        at_once: usize,
        ask: Ask<'c, T>,
    ) -> Self {
        let names: VecDeque<_> = names.into_iter().map(Into::into).collect();
        let progress = Progress { done: 0, failed: 0, total: names.len() };
        Self {
            names,
            batch,
            at_once,
            ask,
            running: FuturesOrdered::new(),
            halves: VecDeque::new(),
            ready: VecDeque::new(),
            progress,
            on_progress: None,
            face: PhantomData,
        }
    }

    /// Calls `on_progress` after each name.
    pub fn on_progress(mut self, on_progress: impl FnMut(Progress) + Send + 'c) -> Self {
        self.on_progress = Some(Box::new(on_progress));
        self
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<NameResult<T>>> {
        loop {
            // What is begun and not looked at any more would keep its place at the gate, or the turn of all who wait there.
            let is_idle = self.running.is_empty() && self.halves.is_empty();
            if let Some(result) = self.ready.pop_front_if(|_| is_idle) {
                self.progress.done += 1;
                self.progress.failed += usize::from(result.result.is_err());
                if let Some(on_progress) = &mut self.on_progress {
                    on_progress(self.progress);
                }
                return Poll::Ready(Some(result));
            }
            // The halves of a batch come before what was begun after it, so that the order is kept.
            while let Some(half) = self.halves.pop_back() {
                self.running.push_front((self.ask)(half));
            }
            while self.ready.is_empty() && self.running.len() < self.at_once && !self.names.is_empty() {
                let batch = self.names.drain(..self.batch.min(self.names.len())).collect();
                self.running.push_back((self.ask)(batch));
            }
            match self.running.poll_next_unpin(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Batch::Done(results))) => self.ready.extend(results),
                Poll::Ready(Some(Batch::Refused(names))) => {
                    let (first, second) = names.split_at(names.len() / 2);
                    self.halves.extend([first.to_vec(), second.to_vec()]);
                }
            }
        }
    }
}

impl<T> Many<'_, T, Async> {
    /// The next result; `None` when there are no more.
    pub async fn next(&mut self) -> Option<NameResult<T>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }
}

impl<T> Stream for Many<'_, T, Async> {
    type Item = NameResult<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> Iterator for Many<'_, T, Blocking> {
    type Item = NameResult<T>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(std::future::poll_fn(|context| self.poll(context)))
    }
}

// No field is pinned in place: the futures are boxed.
impl<T, F> Unpin for Many<'_, T, F> {}

/// How many requests a face makes at a time: one that blocks can do nothing beside the one it waits for.
pub trait AtOnce {
    #[doc(hidden)]
    fn at_once(allowed: u32) -> usize;
}

impl AtOnce for Async {
    fn at_once(allowed: u32) -> usize {
        allowed as usize
    }
}

impl AtOnce for Blocking {
    fn at_once(_: u32) -> usize {
        1
    }
}

impl<F: AtOnce> Dynadot<F> {
    /// Looks many names up with `search`, as many a request as the account may: one for a regular account, 100 for others.
    ///
    /// `set` sets what each request asks for besides the names, such as `|search| search.show_price(true)`. Where the API refuses
    /// a request for a name in it, the others are asked for again without it.
    pub fn search_many<'c>(
        &'c self,
        names: impl IntoIterator<Item = impl Into<DomainName>>,
        set: impl Fn(Search) -> Search + Send + Sync + 'c,
    ) -> Many<'c, SearchResult, F> {
        let engine: &Engine = &self.engine;
        let batch = if engine.limits.concurrent > 1 { SEARCH_MAX } else { 1 };
        let ask = move |names: Vec<DomainName>| -> Future<'c, Batch<SearchResult>> {
            let search = set(Search::new(names.iter().cloned()));
            Box::pin(async move {
                let found = crate::call::value(engine, &search, CallOptions::default()).await;
                match found {
                    Ok(reply) => Batch::Done(by_name(names, reply.results)),
                    Err(error) if names.len() > 1 && is_about_a_name(&error) => Batch::Refused(names),
                    Err(error) => Batch::Done(all_failed(names, &error)),
                }
            })
        };
        Many::new(names, batch, F::at_once(engine.limits.concurrent), Box::new(ask))
    }

    /// Asks `domain_info` of many names, one a request.
    pub fn domain_info_many<'c>(
        &'c self,
        names: impl IntoIterator<Item = impl Into<DomainName>>,
    ) -> Many<'c, Domain, F> {
        let engine: &Engine = &self.engine;
        let ask = move |names: Vec<DomainName>| -> Future<'c, Batch<Domain>> {
            Box::pin(async move {
                let mut results = Vec::with_capacity(names.len());
                for name in names {
                    let info = DomainInfo::new(name.clone());
                    let found = crate::call::value(engine, &info, CallOptions::default()).await;
                    let result = found.and_then(|reply| reply.domain.ok_or_else(|| silent("domain_info", &name)));
                    results.push(NameResult { name, result });
                }
                Batch::Done(results)
            })
        };
        Many::new(names, 1, F::at_once(engine.limits.concurrent), Box::new(ask))
    }
}

/// Whether a refusal can be for one name among others.
fn is_about_a_name(error: &Error) -> bool {
    matches!(error.class(), Some(Class::InvalidRequest | Class::Unsupported | Class::Other | Class::Unavailable))
}

fn all_failed<T>(names: Vec<DomainName>, error: &Error) -> Vec<NameResult<T>> {
    names.into_iter().map(|name| NameResult { name, result: Err(error.clone()) }).collect()
}

/// The results in the order of the names; the answer may have another one, or leave some out.
fn by_name(names: Vec<DomainName>, mut results: Vec<SearchResult>) -> Vec<NameResult<SearchResult>> {
    let of = |name: DomainName| {
        let at = results.iter().position(|result| result.domain.is(name.as_given()));
        let result = at.map(|at| results.remove(at)).ok_or_else(|| silent("search", &name));
        NameResult { name, result }
    };
    names.into_iter().map(of).collect()
}

/// An answer that says nothing of a name.
fn silent(command: &str, name: &DomainName) -> Error {
    let subject = Subject::new(Search::INFO, command, Effect::Read);
    Error::new(subject, Failure::new(Cause::Unreadable, format!("the answer says nothing of {name}")), 1, None)
}
