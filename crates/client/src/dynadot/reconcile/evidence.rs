//! What was found out, and what it comes to.

use bindwire_wire::{DomainName, Timestamp};

/// What became of a command, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// It was carried out: it must not be sent again.
    CarriedOut,
    /// It was not carried out, and cannot be any more: it may be sent again.
    NotCarriedOut,
    /// Nothing shows it so far, and it may still come, or not everything that could show it has answered:
    /// [`Reconciliation::ask_again_at`] says when to ask again.
    NotSeenYet,
    /// Carried out for some names and not for others: [`Reconciliation::names`] tells which.
    Partly,
    /// What was found could be another order: somebody has to look.
    Unclear,
}

/// What became of one name of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameOutcome {
    /// The name.
    pub name: DomainName,
    /// What became of it; never [`Verdict::Partly`].
    pub verdict: Verdict,
}

/// What became of a command whose answer was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reconciliation {
    /// Of the command as a whole.
    pub verdict: Verdict,
    /// Of each name that it was about.
    pub names: Vec<NameOutcome>,
    /// What was asked and found, a sentence each.
    pub evidence: Vec<String>,
    /// When to ask again, where it was not seen yet: from then on nothing more can come of it.
    pub ask_again_at: Option<Timestamp>,
}

/// What an answer says of a name; the greater one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// Nothing.
    Silent,
    /// It was not carried out until now.
    Absent,
    /// It may have been carried out.
    Unclear,
    /// It was carried out.
    Done,
}

/// What was found so far.
pub(super) struct Case {
    names: Vec<(DomainName, Sign)>,
    evidence: Vec<String>,
}

impl Case {
    pub fn new(names: Vec<DomainName>) -> Self {
        Self { names: names.into_iter().map(|name| (name, Sign::Silent)).collect(), evidence: Vec::new() }
    }

    /// The names that are still to be asked after.
    pub fn open(&self) -> Vec<DomainName> {
        self.names.iter().filter(|(_, sign)| *sign != Sign::Done).map(|(name, _)| name.clone()).collect()
    }

    /// Takes a sign in.
    pub fn put(&mut self, name: &DomainName, sign: Sign) {
        for (_, known) in self.names.iter_mut().filter(|(known, _)| known == name) {
            *known = (*known).max(sign);
        }
    }

    pub fn note(&mut self, evidence: String) {
        self.evidence.push(evidence);
    }

    pub fn is_settled(&self) -> bool {
        self.open().is_empty()
    }

    pub fn has_no_sign(&self) -> bool {
        self.names.iter().all(|(_, sign)| *sign == Sign::Silent)
    }

    /// What it comes to; as long as it is not settled, what is absent can still come, until `settled_at`.
    pub fn close(self, is_settled: bool, settled_at: Timestamp) -> Reconciliation {
        let verdict = |sign| match sign {
            Sign::Done => Verdict::CarriedOut,
            Sign::Absent if is_settled => Verdict::NotCarriedOut,
            Sign::Absent => Verdict::NotSeenYet,
            Sign::Unclear | Sign::Silent => Verdict::Unclear,
        };
        let names: Vec<_> =
            self.names.into_iter().map(|(name, sign)| NameOutcome { name, verdict: verdict(sign) }).collect();
        let has = |verdict| names.iter().any(|outcome| outcome.verdict == verdict);
        let verdict = if names.is_empty() || has(Verdict::Unclear) {
            Verdict::Unclear
        } else if has(Verdict::CarriedOut) {
            if names.iter().all(|outcome| outcome.verdict == Verdict::CarriedOut) {
                Verdict::CarriedOut
            } else {
                Verdict::Partly
            }
        } else if has(Verdict::NotSeenYet) {
            Verdict::NotSeenYet
        } else {
            Verdict::NotCarriedOut
        };
        let ask_again_at = has(Verdict::NotSeenYet).then_some(settled_at);
        Reconciliation { verdict, names, evidence: self.evidence, ask_again_at }
    }
}
