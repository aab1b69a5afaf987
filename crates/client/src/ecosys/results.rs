//! The results of a write, whatever crate its reply's type comes from: each crate of bindings has types of its own.

use bindwire_ecosys::types::{ObjectResult, ResultMessage};
use bindwire_wire::{Child, Format, Leaf as _, LeafSpec, NodeKind, OpenEnum, Record, Text};

/// The elements that hold results and their messages.
const RESULT: &str = "ObjectResult";
const MESSAGE: &str = "ResultMessage";

/// The results that a reply has; none of what is no reply to a write.
pub fn results_of(reply: &dyn Record) -> Vec<ObjectResult> {
    records(reply, RESULT).map(result).collect()
}

fn result(record: &dyn Record) -> ObjectResult {
    let mut result = ObjectResult::default();
    result.index = text(record, "@index").and_then(|text| text.trim().parse().ok());
    result.success = text(record, "@successFlag").and_then(|text| flag(&text));
    result.internal_id = text(record, "@internalId").unwrap_or_default().into();
    result.external_id = text(record, "@externalId").unwrap_or_default().into();
    result.messages = records(record, MESSAGE).map(message).collect();
    result
}

fn message(record: &dyn Record) -> ResultMessage {
    let mut message = ResultMessage::default();
    message.level = text(record, "@level").map(|text| OpenEnum::parse(&text));
    message.reason = text(record, "@reasonCode").map(|text| OpenEnum::parse(&text));
    message.key_name = text(record, "KeyName").unwrap_or_default().into();
    message.message = text(record, "Message").unwrap_or_default().into();
    message
}

/// A flag in any spelling.
fn flag(text: &str) -> Option<bool> {
    let mut flag: Option<bool> = None;
    flag.read(text, &LeafSpec::PLAIN).ok()?;
    flag
}

/// The records of a list, by the name of its items.
fn records<'r>(record: &'r dyn Record, name: &str) -> impl Iterator<Item = &'r dyn Record> {
    let list = record.shape().nodes.iter().find_map(|node| match node.kind {
        NodeKind::Child { id, .. } if node.name(Format::Xml) == name => record.child(id),
        _ => None,
    });
    let items = |list: &'r dyn Child| (0..list.len()).filter_map(|index| list.get(index));
    list.into_iter().flat_map(items)
}

/// What stands under a name, which may begin with another case; nothing where that is absent.
fn text(record: &dyn Record, name: &str) -> Option<String> {
    let nodes = record.shape().nodes.iter();
    let found = nodes.filter(|node| node.name(Format::Xml).eq_ignore_ascii_case(name));
    let texts = found.filter_map(|node| {
        let NodeKind::Leaf { id, spec } = node.kind else { return None };
        let mut text = String::new();
        let is_there = record.leaf(id)?.write(0, &spec, Format::Xml, &mut text);
        (is_there && !Text::from(text.as_str()).is_empty()).then_some(text)
    });
    texts.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bindwire_ecosys::sample_object::UpdateSampleObject;
    use bindwire_wire::{Command, Options, decode};

    #[test]
    fn results_come_through_as_they_are() {
        let body = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
            <n:SampleObjectWriteResponseElement xmlns:n=\"http://ecosys.net/api/SampleObject\">\
            <ObjectResult index=\"0\" successFlag=\"true\" internalId=\"53377\" externalId=\"A\"/>\
            <ObjectResult index=\"1\" successFlag=\"false\" internalId=\"\" externalId=\"B\">\
            <ResultMessage level=\"FAILURE\" reasonCode=\"ESRC_OTHER\"><KeyName>B</KeyName><Message>No.</Message></ResultMessage>\
            </ObjectResult><ObjectResult index=\"2\"/></n:SampleObjectWriteResponseElement></e:Body></e:Envelope>";
        let shape = UpdateSampleObject::INFO.reply;
        let reply =
            decode::<<UpdateSampleObject as Command>::Reply>(shape, body.as_bytes(), &Options::default()).unwrap();
        let value = reply.value.unwrap();
        assert_eq!(results_of(&value), value.results);
        assert_eq!(value.results.len(), 3);
        assert!(results_of(&bindwire_wire::StatusReply::default()).is_empty());
    }
}
