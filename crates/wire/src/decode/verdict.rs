//! What code, status and error text say together: carried out, refused, or neither.
//!
//! A failure never looks like success: where the parts contradict each other, the reply is a refusal.

use super::error::DecodeErrorKind;
use super::walker::HeadTexts;
use crate::shape::ApiShape;
use crate::{Class, Fault, Head, Message, NoteKind, Outcome, Text};
use std::fmt;

/// Which part of the head a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadField {
    Code,
    Status,
    Error,
}

/// The server says that it did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The code, when it is a number.
    pub code: Option<i64>,
    /// The status; empty when there is none.
    pub status: Text,
    /// The server's own words; empty when there are none.
    pub error: Text,
    /// What kind of refusal it is.
    pub class: Class,
    /// Whether the command may have been carried out all the same: the answer contradicts itself, or says that the server
    /// lost its way while it worked.
    pub may_have_run: bool,
    /// The code, when it is a word: `NOT_FOUND`, `E13-M1305`; else empty.
    pub code_word: Text,
    /// What the server says of the request, one by one.
    pub messages: Vec<Message>,
    /// The number of the job that answers; empty where the API has no jobs.
    pub job: Text,
    /// The fault that the refusal came in.
    pub fault: Option<Box<Fault>>,
}

impl Refusal {
    /// A refusal of which nothing is known but its class.
    pub(crate) fn of(class: Class) -> Self {
        Self {
            code: None,
            status: Text::empty(),
            error: Text::empty(),
            class,
            may_have_run: false,
            code_word: Text::empty(),
            messages: Vec::new(),
            job: Text::empty(),
            fault: None,
        }
    }

    /// Hands every text, for its taking out what must not be shown.
    pub fn for_each_text(&mut self, edit: &mut dyn FnMut(&mut Text)) {
        [&mut self.status, &mut self.error, &mut self.code_word, &mut self.job].into_iter().for_each(&mut *edit);
        self.messages.iter_mut().for_each(|message| message.for_each_text(edit));
        if let Some(fault) = &mut self.fault {
            fault.for_each_text(edit);
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")?;
        let mut separator = ": ";
        if let Some(code) = self.code {
            write!(f, "{separator}code {code}")?;
            separator = ", ";
        }
        if !self.code_word.is_empty() {
            write!(f, "{separator}code {}", self.code_word.escape_debug())?;
            separator = ", ";
        }
        // An error text that is a message's own is shown with that.
        let told = self.messages.iter().any(|message| message.text == self.error);
        let error = if told { "" } else { self.error.as_str() };
        for words in [self.status.as_str(), error] {
            if !words.is_empty() {
                write!(f, "{separator}{words:?}")?;
                separator = ", ";
            }
        }
        for message in &self.messages {
            for word in [&message.level, &message.code] {
                if !word.is_empty() {
                    write!(f, "{separator}{}", word.escape_debug())?;
                    separator = " ";
                }
            }
            if !message.text.is_empty() {
                write!(f, "{separator}{:?}", message.text.as_str())?;
                separator = ", ";
            }
        }
        write!(f, " ({})", self.class.name())
    }
}

impl std::error::Error for Refusal {}

/// What a head says.
pub(crate) enum Verdict {
    Ok,
    Refused(Refusal),
    /// Nothing that can be trusted.
    None(&'static str),
}

/// A head's verdict, and the notes that it gives rise to.
pub(crate) struct Judgement {
    pub head: Head,
    pub verdict: Verdict,
    pub notes: Vec<(NoteKind, Text)>,
}

/// Judges the head. `coded` and `statused` tell whether the documented reply has a code and a status.
pub(crate) fn judge(texts: &HeadTexts, api: &ApiShape, coded: bool, statused: bool) -> Judgement {
    let mut notes = Vec::new();
    let code_text = texts.code.as_deref().filter(|code| !code.is_empty());
    let mut code = code_text.and_then(|code| code.parse::<i64>().ok());
    let mut status = texts.status.clone().unwrap_or_default();
    let mut error = texts.error.clone().unwrap_or_default();
    if code_text.is_some() && code.is_none() {
        notes.push((NoteKind::Unparsed, Text::new(code_text.unwrap_or_default())));
    }
    let (good, bad) = texts.item_codes;
    if code_text.is_none() && good + bad > 0 {
        // The items carry the codes: the command failed only when each of them did.
        match &texts.failed_item {
            Some((item_code, item_status, item_error)) if good == 0 => {
                code = item_code.parse().ok();
                status = if status.is_empty() { item_status.clone() } else { status };
                error = if error.is_empty() { item_error.clone() } else { error };
            }
            _ => code = api.success.first().copied(),
        }
    }
    let head = Head {
        code,
        status: (!status.is_empty()).then(|| status.clone()),
        error: (!error.is_empty()).then(|| error.clone()),
        ..Head::default()
    };
    if code.is_none() && status.is_empty() && error.is_empty() {
        let why = if code_text.is_some() {
            "the reply's code is no number, and it has no status"
        } else {
            "the reply has neither code nor status"
        };
        return Judgement { head, verdict: Verdict::None(why), notes };
    }
    if coded && code_text.is_none() && good + bad == 0 {
        notes.push((NoteKind::MissingCode, Text::empty()));
    }
    if statused && status.is_empty() {
        notes.push((NoteKind::MissingStatus, Text::empty()));
    }
    let by_code = code.map(|code| api.success.contains(&code));
    let by_status = status_verdict(&status, api);
    let failed = by_code == Some(false) || by_status == Some(false) || !error.is_empty() || texts.conflict;
    if failed && (by_code == Some(true) || by_status == Some(true)) {
        notes.push((NoteKind::ConflictingCode, status.clone()));
    }
    let verdict = if failed {
        let contradicts = texts.conflict || by_code == Some(true) || by_status == Some(true);
        let may_have_run = contradicts || is_unsure(&status, api) || is_unsure(&error, api);
        let class = classify(code, &status, &error, api);
        Verdict::Refused(Refusal { code, status, error, may_have_run, ..Refusal::of(class) })
    } else if code_text.is_some() && code.is_none() {
        Verdict::None("the reply's code is no number")
    } else if by_code == Some(true) || by_status == Some(true) {
        Verdict::Ok
    } else {
        Verdict::None("the reply has no code, and a status that says neither success nor failure")
    };
    Judgement { head, verdict, notes }
}

/// What a status says: success, failure, or nothing certain.
fn status_verdict(status: &str, api: &ApiShape) -> Option<bool> {
    let status = status.trim();
    let known = api.outcomes.iter().find(|(known, _)| known.eq_ignore_ascii_case(status));
    match known {
        Some((_, Outcome::Done | Outcome::Pending)) => Some(true),
        Some((_, Outcome::Failed)) => Some(false),
        None if status.eq_ignore_ascii_case("success") => Some(true),
        None => phrase_class(&status.to_ascii_lowercase(), api).map(|_| false),
    }
}

/// Whether a status says that the command was taken, and is still to be carried out.
pub(crate) fn is_pending(status: Option<&str>, api: &ApiShape) -> bool {
    let status = status.unwrap_or_default().trim();
    api.outcomes.iter().any(|(known, outcome)| *outcome == Outcome::Pending && known.eq_ignore_ascii_case(status))
}

pub(crate) fn phrase_class(lower: &str, api: &ApiShape) -> Option<Class> {
    if lower.is_empty() {
        return None;
    }
    api.phrases.iter().find(|(phrase, _)| lower.contains(phrase)).map(|(_, class)| *class)
}

/// Whether a text says that nobody knows whether the command was carried out.
pub(crate) fn is_unsure(text: &str, api: &ApiShape) -> bool {
    let lower = text.to_ascii_lowercase();
    api.unsure.iter().any(|phrase| lower.contains(phrase))
}

/// The class of a code that is a word: that of the longest known word which it is, or begins with before a `-`.
pub(crate) fn word_class(code: &str, api: &ApiShape) -> Option<Class> {
    let code = code.trim();
    let is = |word: &str| {
        let begins = code.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        begins && matches!(code.as_bytes().get(word.len()), None | Some(b'-'))
    };
    let known = api.code_words.iter().filter(|(word, _)| !word.is_empty() && is(word));
    known.max_by_key(|(word, _)| word.len()).map(|(_, class)| *class)
}

/// Judges a reply of an API whose failures are faults: it is a success when it is this command's, `own`.
pub(crate) fn judge_by_fault(texts: &HeadTexts, api: &ApiShape, own: bool) -> Judgement {
    let says_something = [&texts.code, &texts.status, &texts.error].into_iter().flatten().any(|text| !text.is_empty());
    let mut judgement = judge(texts, api, false, false);
    if says_something && !matches!(judgement.verdict, Verdict::None(_)) {
        return judgement;
    }
    judgement.verdict =
        if own { Verdict::Ok } else { Verdict::None("the answer is no fault, and nothing of this command's either") };
    judgement
}

/// The class of a refusal: its error text tells before its status, and both before its code. A text that tells nothing more than
/// that it is one leaves it to the code.
fn classify(code: Option<i64>, status: &str, error: &str, api: &ApiShape) -> Class {
    let of_code = || api.code_classes.iter().find(|(known, _)| Some(*known) == code).map(|(_, class)| *class);
    let tells = |class: &Class| *class != Class::Other;
    phrase_class(&error.to_ascii_lowercase(), api)
        .filter(tells)
        .or_else(|| phrase_class(&status.to_ascii_lowercase(), api).filter(tells))
        .or_else(of_code)
        .unwrap_or(Class::Other)
}

/// The kind of failure when there is no verdict.
pub(crate) const NO_VERDICT: DecodeErrorKind = DecodeErrorKind::NoVerdict;
