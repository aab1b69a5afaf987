//! Refusals: the same whether they come in a fault or, with `fault_incompat`, in an ordinary response; and with all that they say.

use super::support::{Settings, Setup, create, zones};
use bindwire_client::{Error, ErrorKind};
use bindwire_client_tests::Wire;
use bindwire_dynect::codes::{ErrorCode, MessageLevel};
use bindwire_loopback::dynect::Message;
use bindwire_loopback::soap;
use bindwire_wire::{Class, OpenEnum as _};

/// What a read and a write come to that are refused.
fn refused(wire: Wire, fault_incompat: bool, messages: &[Message]) -> [Error; 2] {
    let setup = Setup::new();
    setup.service.refuse("GetZones", messages.to_vec());
    setup.service.refuse("CreateZone", messages.to_vec());
    let client = setup.client_with(wire, Settings { fault_incompat, ..setup.settings() });
    let errors = [zones(&client).expect_err("a refusal"), client.send(create("example.com")).expect_err("a refusal")];
    for error in &errors {
        let status = if fault_incompat { 200 } else { 500 };
        assert_eq!(
            (error.kind() == ErrorKind::OutcomeUnknown, error.cause()),
            (error.may_have_run(), ErrorKind::Refused)
        );
        assert_eq!(error.http_status(), Some(status), "{wire:?}: {error}");
    }
    for request in setup.server.requests() {
        let asked = soap::read(&request).expect("a SOAP request").asked;
        let place = usize::from(asked.name != "SessionLoginRequest");
        let is_there =
            asked.children.get(place).is_some_and(|child| child.name == "fault_incompat" && child.text == "1");
        assert_eq!(is_there, fault_incompat, "{}: it follows the token", asked.name);
    }
    errors
}

/// What a refusal says: level, code and text of each message.
fn said(error: &Error) -> Vec<(&str, &str, &str)> {
    let messages = &error.refusal().expect("a refusal").messages;
    messages.iter().map(|message| (message.level.as_str(), message.code.as_str(), message.text.as_str())).collect()
}

#[test]
fn a_fault_and_a_failed_response_are_the_same_error() {
    let codes = ErrorCode::VALUES.iter().copied().chain(["", "NEW_CODE"]);
    for code in codes {
        for messages in [
            vec![Message::error(code, "zone: not so")],
            vec![Message::error(code, "")],
            vec![
                Message::info("get: looked"),
                Message::error(code, "zone: not so"),
                Message::error("MISSING_DATA", "ttl: none"),
            ],
        ] {
            let wire = Wire::ALL[messages.len() % 3];
            let [faults, failures] = [false, true].map(|incompat| refused(wire, incompat, &messages));
            for (fault, failure) in faults.iter().zip(&failures) {
                let at = format!("{code}: {fault}");
                assert_eq!(fault.to_string(), failure.to_string(), "{at}");
                assert_eq!(fault.class(), failure.class(), "{at}");
                assert_eq!(fault.may_have_run(), failure.may_have_run(), "{at}");
                assert_eq!(fault.is_retryable(), failure.is_retryable(), "{at}");
                assert_eq!(fault.api_message(), failure.api_message(), "{at}");
                assert_eq!(said(fault), said(failure), "{at}");
                assert_eq!(said(fault).len(), messages.len(), "{at}");
                let [of_fault, of_failure] = [fault, failure].map(|error| error.refusal().expect("a refusal"));
                assert_eq!(of_fault.code_word, of_failure.code_word, "{at}");
                assert_eq!(of_fault.job, of_failure.job, "{at}");
                assert_eq!(of_fault.status, of_failure.status, "{at}");
            }
        }
    }
}

#[test]
fn a_code_tells_the_class_and_whether_the_command_may_have_run() {
    for wire in Wire::ALL {
        for (code, class, may_have_run) in [
            ("TARGET_EXISTS", Class::Unavailable, false),
            ("NOT_FOUND", Class::NotFound, false),
            ("MISSING_DATA", Class::InvalidRequest, false),
            ("PERMISSION_DENIED", Class::Auth, false),
            ("DEPRECATED_REQUEST", Class::Unsupported, false),
            ("SERVICE_UNAVAILABLE", Class::Busy, false),
            ("INTERNAL_ERROR", Class::Other, true),
            ("OPERATION_FAILED", Class::Other, true),
            ("NEW_CODE", Class::Other, true),
        ] {
            let [read, write] = refused(wire, wire == Wire::Tower, &[Message::error(code, "not so")]);
            assert_eq!((read.class(), write.class()), (Some(class), Some(class)), "{wire:?}: {write}");
            assert_eq!((read.may_have_run(), write.may_have_run()), (false, may_have_run), "{wire:?}: {write}");
            assert_eq!(write.refusal().map(|refusal| refusal.code_word.as_str()), Some(code), "{wire:?}");
        }
    }
}

#[test]
fn every_message_is_kept_and_shown() {
    let messages = [
        Message::info("zone: looked at"),
        Message::error("INVALID_DATA", "ttl: not a number"),
        Message::error("MISSING_DATA", "rname: none"),
        Message { level: "FATAL".to_owned(), code: String::new(), text: "and so on".to_owned() },
    ];
    for wire in Wire::ALL {
        let [_, error] = refused(wire, false, &messages);
        assert_eq!(
            error.to_string(),
            "CreateZone refused by DynECT: code INVALID_DATA, \"ttl: not a number\", \"zone: looked at\", \
             code MISSING_DATA \"rname: none\", \"and so on\"; nothing was changed",
            "{wire:?}"
        );
        assert_eq!(error.api_message(), Some("ttl: not a number"), "{wire:?}");
        assert_eq!(
            said(&error),
            [
                ("INFO", "", "zone: looked at"),
                ("ERROR", "INVALID_DATA", "ttl: not a number"),
                ("ERROR", "MISSING_DATA", "rname: none"),
                ("FATAL", "", "and so on")
            ],
            "{wire:?}"
        );
        let levels: Vec<_> = error.refusal().expect("a refusal").messages.iter().map(MessageLevel::of).collect();
        assert_eq!(
            levels,
            [MessageLevel::Info, MessageLevel::Error, MessageLevel::Error, MessageLevel::Fatal],
            "{wire:?}"
        );
    }
}

#[test]
fn a_line_stays_one_however_much_the_service_says() {
    let texts = (0..1000)
        .map(|number| Message::error("INVALID_DATA", &format!("line {number}\nof \u{202e}many {}", "x".repeat(999))));
    let [_, error] = refused(Wire::Ureq, false, &texts.collect::<Vec<_>>());
    let line = error.to_string();
    assert!(line.chars().count() < 3_000, "{} characters", line.chars().count());
    assert!(line.contains("and 991 more") && !line.contains(['\n', '\u{202e}']), "{line}");
    assert_eq!(said(&error).len(), 1000, "the messages themselves are all there");
}
