//! What no spec describes is sent and read as what one does.

use super::*;
use bindwire_ecosys::sample_object::{DeleteSampleObject, UpdateSampleObject};
use bindwire_ecosys::types::{SampleObject, SampleObjectKey};
use bindwire_wire::{Options, SoapOptions, decode, soap_request};

fn sent<C: Command>(command: &C) -> String {
    let query = Query::of(command).unwrap();
    soap_request(&API_INFO, &query, &SoapOptions::default()).unwrap().expose().to_owned()
}

#[test]
fn a_request_is_that_of_the_bindings() {
    let object = DynamicObject::new("SampleObject");
    let update = object.update([
        [("CostObjectID", "A & B"), ("CostObjectName", "N")],
        [("CostObjectID", "C"), ("CostObjectName", "M")],
    ]);
    let record = |id: &str, name: &str| SampleObject { cost_object_id: id.into(), cost_object_name: name.into() };
    assert_eq!(sent(&update), sent(&UpdateSampleObject::new([record("A & B", "N"), record("C", "M")])));
    assert_eq!((update.name(), update.effect()), ("UpdateSampleObject", Effect::IdempotentWrite));
    let delete = object.delete([[("CostObjectID", "A")]]);
    assert_eq!(sent(&delete), sent(&DeleteSampleObject::new([SampleObjectKey { cost_object_id: "A".into() }])));
    assert_eq!(object.create([[("a", "b")]]).effect(), Effect::Write);
}

#[test]
fn names_are_those_of_the_object() {
    let object = DynamicObject::new("Cost-Line.v2").api("CostLines");
    let read = sent(&object.read().parameter("year", "2024"));
    let body = "<m:Cost-Line.v2ReadRequestElement xmlns:m=\"http://ecosys.net/api/CostLines\">\
        <Cost-Line.v2Parameters><year>2024</year></Cost-Line.v2Parameters></m:Cost-Line.v2ReadRequestElement>";
    assert!(read.contains(body), "{read}");
    assert!(sent(&object.trigger()).contains("<m:Cost-Line.v2TriggerRequestElement"));
    let empty = sent(&object.create_or_update([DynamicRecord::new().set("Name", "")]));
    assert!(empty.contains("<Cost-Line.v2><Name></Name></Cost-Line.v2>"), "{empty}");
}

#[test]
fn what_cannot_be_sent_is_told() {
    let wrong = |command: &dyn Fn(&mut Query) -> Result<(), RequestError>| command(&mut Query::new("x")).unwrap_err();
    let none: [DynamicRecord; 0] = [];
    let object = DynamicObject::new("Thing");
    let update = object.update(none);
    assert_eq!(wrong(&|query| Command::write(&update, query)).param(), "Thing");
    let create = object.create([[("a b", "c")]]);
    assert_eq!(wrong(&|query| Command::write(&create, query)).param(), "a b");
    let read = DynamicObject::new("Thing><x").read();
    assert_eq!(wrong(&|query| Command::write(&read, query)).param(), "Thing><xReadRequestElement");
}

#[test]
fn a_secret_is_not_shown() {
    let command = DynamicObject::new("Thing").create([DynamicRecord::new().set("Name", "n").set_secret("Pin", "1234")]);
    let query = Query::of(&command).unwrap();
    let shown = format!("{command:?} {query:?}");
    assert!(!shown.contains("1234") && shown.contains("<redacted>"), "{shown}");
    assert!(sent(&command).contains("<Pin>1234</Pin>"));
}

#[test]
fn records_of_a_read_are_trees() {
    let object = DynamicObject::new("Thing");
    let body = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
        <n:ThingReadResponseElement xmlns:n=\"http://ecosys.net/api/Thing\"><Meta><ObjectCount>2</ObjectCount></Meta>\
        <Thing><Id>1</Id><Name>One</Name></Thing><Thing><Id>2</Id></Thing></n:ThingReadResponseElement></e:Body></e:Envelope>";
    let query = Query::of(&object.read()).unwrap();
    let options = Options { names: query.names().cloned(), ..Options::default() }.strict();
    let reply = decode::<OpenReply>(DynamicRead::INFO.reply, body.as_bytes(), &options).unwrap();
    let value = reply.value.unwrap();
    assert_eq!(value.text("Meta/ObjectCount"), Some("2"));
    let records: Vec<_> = object.records(&value).map(|fields| fields.len()).collect();
    assert_eq!(records, [2, 1]);
}
