//! A match over an open enum or an error kind must have an arm for what comes later.

use bindwire_dynadot::types::PrivacyOption;
use bindwire_wire::RequestErrorKind;

fn privacy(option: PrivacyOption) -> &'static str {
    match option {
        PrivacyOption::Full => "full",
        PrivacyOption::Partial => "partial",
        PrivacyOption::Off => "off",
        PrivacyOption::Unknown(_) => "unknown",
    }
}

fn kind(kind: RequestErrorKind) -> bool {
    match kind {
        RequestErrorKind::Missing => true,
        RequestErrorKind::TooMany | RequestErrorKind::OutOfRange | RequestErrorKind::NotAllowed => false,
        RequestErrorKind::Repeated | RequestErrorKind::Reserved | RequestErrorKind::Format => false,
    }
}

fn main() {
    privacy(PrivacyOption::Off);
    kind(RequestErrorKind::Missing);
}
