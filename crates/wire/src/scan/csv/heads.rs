//! Code and status of CSV.

use crate::Text;
use crate::decode::walker::Walker;

/// `ok` and `error` as the code that they stand for.
pub(super) fn code_of(text: &str, walker: &Walker) -> Text {
    if text.eq_ignore_ascii_case("ok") {
        let code = walker.reply.api.success.first().copied().unwrap_or(0);
        return Text::from(code.to_string());
    }
    Text::from("-1")
}

pub(super) fn is_known_status(text: &str, walker: &Walker) -> bool {
    let known = walker.reply.api.outcomes.iter().map(|(known, _)| *known);
    known.chain(["success"]).any(|known| known.eq_ignore_ascii_case(text))
}

/// Whether a status is the beginning of a known one.
pub(super) fn is_cut_status(text: &str, walker: &Walker) -> bool {
    let known = || walker.reply.api.outcomes.iter().map(|(known, _)| *known).chain(["success"]);
    !known().any(|known| known == text) && known().any(|known| known.starts_with(text))
}

/// A status is a word or two, not prose.
pub(super) fn plausible_status(text: &str) -> bool {
    text.split_whitespace().count() <= 2
        && text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b' '))
}
