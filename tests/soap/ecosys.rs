//! Requests of EcoSys: the documented ones, element by element, and those of the facts.

use bindwire_ecosys::registry::API_INFO;
use bindwire_ecosys::sample_event::TriggerSampleEvent;
use bindwire_ecosys::sample_object::{DeleteSampleObject, ReadSampleObject, UpdateSampleObject};
use bindwire_ecosys::types::{
    LogLevel, SampleEventOptions, SampleEventParameters, SampleObject, SampleObjectKey, SampleObjectOptions,
    SampleObjectParameters,
};
use bindwire_wire::{Command, Query, SoapOptions, soap_request};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::path::Path;

/// What stands in place of items that a page leaves out.
const ELISION: &str = ". . .";

/// An element or a text of a message.
#[derive(Debug, PartialEq)]
enum Part {
    /// The start of an element, with the namespace that it declares for itself.
    Start(String, Option<String>),
    Text(String),
    End(String),
}

fn start(tag: &BytesStart<'_>) -> Part {
    let name = tag.name().as_ref().to_owned();
    let declared = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == "xmlns:m");
    Part::Start(name, declared.map(|attribute| attribute.value.into_owned()))
}

/// The elements and texts of a message, without blanks and elisions.
fn parts(message: &str) -> Vec<Part> {
    let mut reader = Reader::from_str(message);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {message}")) {
            Event::Start(tag) => found.push(start(&tag)),
            Event::Empty(tag) => {
                found.push(start(&tag));
                found.push(Part::End(tag.name().as_ref().to_owned()));
            }
            Event::End(tag) => found.push(Part::End(tag.name().as_ref().to_owned())),
            Event::Text(text) => {
                let text = text.trim().to_owned();
                if !text.is_empty() && text != ELISION {
                    found.push(Part::Text(text));
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn vector(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/ecosys").join(name).join("request.xml.txt");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn assert_documented<C: Command>(command: &C, name: &str) {
    let query = Query::of(command).unwrap();
    let request = soap_request(&API_INFO, &query, &SoapOptions::default()).expect("an API that speaks SOAP");
    assert_eq!(parts(request.expose()), parts(&vector(name)), "{name}");
    let shown = format!("{request} {request:?} {query:?} {query}");
    assert!(!shown.contains("secret<") && !shown.contains("admin"), "{shown}");
}

fn options() -> SampleObjectOptions {
    SampleObjectOptions {
        username: Some("admin".into()),
        password: Some("secret".into()),
        logout_session: Some(true),
        ..SampleObjectOptions::default()
    }
}

fn parameters() -> SampleObjectParameters {
    SampleObjectParameters { filter: "ABC".into() }
}

#[test]
fn an_update_is_the_documented_one() {
    let record = |id: &str, name: &str| SampleObject { cost_object_id: id.into(), cost_object_name: name.into() };
    let command = UpdateSampleObject::new([
        record("Project ABC", "Project ABC New Name"),
        record("Project DEF", "Project DEF New Name"),
    ])
    .options(SampleObjectOptions { log_level: Some(LogLevel::Detail), ..options() })
    .parameters(parameters());
    assert_documented(&command, "UpdateSampleObject/page");
}

#[test]
fn a_deletion_is_the_documented_one() {
    let key = |id: &str| SampleObjectKey { cost_object_id: id.into() };
    let command =
        DeleteSampleObject::new([key("Project ABC"), key("Project DEF")]).options(options()).parameters(parameters());
    assert_documented(&command, "DeleteSampleObject/page");
}

#[test]
fn reading_and_triggering_are_as_the_facts_have_them() {
    let options = SampleObjectOptions { include_meta_data: Some(true), ..options() };
    let read = ReadSampleObject::new().options(options).parameters(parameters());
    assert_documented(&read, "ReadSampleObject/meta-and-records");
    let options = SampleEventOptions {
        username: Some("admin".into()),
        password: Some("secret".into()),
        logout_session: Some(true),
        ..SampleEventOptions::default()
    };
    let parameters = SampleEventParameters { filter: "ABC".into() };
    let trigger = TriggerSampleEvent::new().options(options).parameters(parameters);
    assert_documented(&trigger, "TriggerSampleEvent/triggered");
}

#[test]
fn what_is_left_out_or_empty_is_not_sent_and_the_key_must_be_there() {
    let body = |record: SampleObject| {
        let query = Query::of(&UpdateSampleObject::new([record]))?;
        Ok(soap_request(&API_INFO, &query, &SoapOptions::default()).expect("SOAP").expose().to_owned())
    };
    let record = SampleObject { cost_object_id: "A".into(), ..SampleObject::default() };
    let sent: Result<String, bindwire_wire::RequestError> = body(record);
    assert!(sent.unwrap().contains("<SampleObject><CostObjectID>A</CostObjectID></SampleObject>"));
    let error = body(SampleObject { cost_object_name: "N".into(), ..SampleObject::default() }).unwrap_err();
    assert_eq!(error.param(), "SampleObject[0]/CostObjectID");
}
