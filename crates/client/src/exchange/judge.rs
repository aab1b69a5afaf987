//! What an answer means: the API's answer, or which failure, whether the command may have run, and whether asking again helps.

use crate::Timer;
use crate::error::{ErrorKind, Failure};
use crate::transport::{Response, TransportError, TransportErrorKind};
use bindwire_wire::{Class, DecodeError, DecodeErrorKind, Effect, Refusal, Timestamp};
use std::time::Duration;

/// What decoding a body came to; the value is where the decoding function has put it.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub refusal: Option<Refusal>,
    pub pending: bool,
    pub notes: usize,
}

/// Decodes a body.
pub(crate) type Decode<'a> = dyn FnMut(Vec<u8>) -> Result<Answer, Box<(DecodeError, Vec<u8>)>> + Send + 'a;

/// An answer of the API that is no refusal.
#[derive(Debug)]
pub(crate) struct Judged {
    pub status: u16,
    pub pending: bool,
    pub notes: usize,
}

/// Judges what came of an attempt; `timer` tells how long a date in `Retry-After` is away.
pub(crate) fn judge(
    effect: Effect,
    outcome: Result<Response, TransportError>,
    decode: &mut Decode<'_>,
    timer: &dyn Timer,
) -> Result<Judged, Failure> {
    let judged = match outcome {
        Err(error) => Err(unanswered(&error)),
        Ok(response) => match response.status() {
            200..=299 => answered(response, decode),
            300..=399 => Err(redirected(&response)),
            _ => Err(unsuccessful(response, decode, timer)),
        },
    };
    judged.map_err(|failure| Failure { may_have_run: failure.may_have_run && effect != Effect::Read, ..failure })
}

fn unanswered(error: &TransportError) -> Failure {
    let cause = match error.kind() {
        TransportErrorKind::Connect => ErrorKind::Connect,
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        TransportErrorKind::CutOff => ErrorKind::CutOff,
        TransportErrorKind::TooLarge => ErrorKind::Unreadable,
        TransportErrorKind::Protocol => ErrorKind::InvalidRequest,
    };
    Failure {
        may_have_run: error.may_have_left(),
        // The same answer would be too large again, and the same request no better.
        is_transient: matches!(cause, ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::CutOff),
        ..Failure::new(cause, error.what())
    }
}

fn answered(response: Response, decode: &mut Decode<'_>) -> Result<Judged, Failure> {
    let status = response.status();
    let answer = decode(response.into_body()).map_err(|unreadable| {
        let (error, body) = *unreadable;
        Failure {
            may_have_run: true,
            // A page of a proxy, or an answer that ends too soon, may be whole the next time; a deviation stays one.
            is_transient: matches!(
                error.kind(),
                DecodeErrorKind::Empty
                    | DecodeErrorKind::NotAReply
                    | DecodeErrorKind::CutOff
                    | DecodeErrorKind::NoVerdict
                    | DecodeErrorKind::Io
            ),
            status: Some(status),
            body: Some(body),
            ..Failure::new(ErrorKind::Unreadable, what_is_unreadable(&error))
        }
    })?;
    match answer.refusal {
        Some(refusal) => Err(refused(refusal, status)),
        None => Ok(Judged { status, pending: answer.pending, notes: answer.notes }),
    }
}

/// What was found and where; what to do is said by the error as a whole.
fn what_is_unreadable(error: &DecodeError) -> String {
    let place = if error.path().is_empty() { String::new() } else { format!(" in {}", error.path()) };
    format!("{}, at byte {}{place}", error.what(), error.offset())
}

fn refused(refusal: Refusal, status: u16) -> Failure {
    Failure {
        may_have_run: refusal.may_have_run,
        is_transient: refusal.class == Class::Busy,
        status: Some(status),
        refusal: Some(Box::new(refusal)),
        ..Failure::new(ErrorKind::Refused, "")
    }
}

fn redirected(response: &Response) -> Failure {
    let to = response.header_value("location").and_then(host);
    let to = to.map_or("no readable address".to_owned(), |host| format!("host {host}"));
    Failure {
        may_have_run: true,
        status: Some(response.status()),
        ..Failure::new(
            ErrorKind::Redirect,
            format!("HTTP {} redirects to {to}; nothing is sent there", response.status()),
        )
    }
}

/// The host of an absolute address, without user, path and query: those may hold the key.
fn host(location: &str) -> Option<String> {
    let (_, rest) = location.split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    (!host.is_empty() && host.len() <= 255 && host.bytes().all(is_name)).then(|| host.to_owned())
}

fn unsuccessful(response: Response, decode: &mut Decode<'_>, timer: &dyn Timer) -> Failure {
    let status = response.status();
    let retry_after = response.header_value("retry-after").and_then(|value| wait_of(value, timer.timestamp()));
    let body = response.body().to_vec();
    // An answer of the API says more than the status does.
    if let Ok(Answer { refusal: Some(refusal), .. }) = decode(response.into_body()) {
        let failure = refused(refusal, status);
        return Failure { is_transient: failure.is_transient || status == 429, retry_after, ..failure };
    }
    let words = reason(status).map_or(String::new(), |words| format!(" ({words})"));
    Failure {
        // 4xx: the server says that it did not take the request; 408 and 425 are about one that got lost on the way.
        may_have_run: !(400..=499).contains(&status) || matches!(status, 408 | 425),
        is_transient: matches!(status, 408 | 425 | 429 | 500..=599),
        retry_after,
        status: Some(status),
        body: Some(body),
        ..Failure::new(ErrorKind::Http, format!("HTTP {status}{words}"))
    }
}

fn reason(status: u16) -> Option<&'static str> {
    Some(match status {
        400 => "bad request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not found",
        408 => "request timeout",
        414 => "URI too long",
        429 => "too many requests",
        500 => "internal server error",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        _ => return None,
    })
}

/// How long `Retry-After` asks to wait: seconds, or a date.
fn wait_of(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_of_a_location_is_named() {
        for (location, named) in [
            ("https://other.example/api3.json?key=k", Some("other.example")),
            ("//other.example:8443?key=k", Some("other.example:8443")),
            ("https://key@other.example#k", Some("other.example")),
            ("https://[::1]:80/", Some("[::1]:80")),
            ("/api3.json?key=k", None),
            ("https:///k", None),
            ("https://a b/", None),
        ] {
            assert_eq!(host(location).as_deref(), named, "{location}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "1994-11-06T08:49:07Z".parse().unwrap();
        for (value, seconds) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:48:37 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ] {
            assert_eq!(wait_of(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }
}
