//! Reads api.toml, sources.toml and the errata.

use super::Reader;
use crate::model::{
    Api, Code, CommonParam, Credential, Document, EnvelopeRules, Erratum, KnownCode, KnownLevel, KnownStatus,
    MessageNames, NestedReply, Origin, Outcome, ParamScalar, Phrase, Protocol, Soap, SoapStyle, Tier,
};
use crate::spec::files::{Files, Kind};
use crate::spec::tree::Node;
use crate::spec::words::{self, FORMATS, OUTCOMES, PARAM_SCALARS, PROTOCOLS, SOAP_STYLES};
use std::collections::BTreeMap;

/// The documents that may be cited.
pub fn documents(files: &Files) -> BTreeMap<String, Document> {
    files
        .of(Kind::Sources)
        .flat_map(|file| file.root.entries())
        .map(|entry| {
            let text = |key| entry.node.text_or_empty(key);
            (entry.key.clone(), Document { file: text("file"), title: text("title"), language: text("language") })
        })
        .collect()
}

/// An API that says nothing yet.
pub fn empty(sources: BTreeMap<String, Document>) -> Api {
    Api {
        name: String::new(),
        origin: Origin::Unknown,
        title: String::new(),
        version: String::new(),
        doc: String::new(),
        protocol: Protocol::Query,
        endpoints: BTreeMap::new(),
        suffixes: Vec::new(),
        suffix_aliases: Vec::new(),
        credentials: Vec::new(),
        command_param: String::new(),
        soap: None,
        common: Vec::new(),
        envelope: EnvelopeRules {
            code_names: Vec::new(),
            status_names: Vec::new(),
            error_names: Vec::new(),
            success_codes: Vec::new(),
            generic: String::new(),
            codes: Vec::new(),
            statuses: Vec::new(),
            job: String::new(),
            messages: None,
            by_fault: false,
            levels: Vec::new(),
        },
        tiers: Vec::new(),
        phrases: Vec::new(),
        sources,
        families: Vec::new(),
        types: BTreeMap::new(),
        errata: Vec::new(),
        uncovered: BTreeMap::new(),
    }
}

/// Reads api.toml.
pub fn read(reader: &mut Reader<'_>, api: &mut Api) {
    let root = &reader.file.root;
    api.name = root.text_or_empty("name");
    api.title = root.text_or_empty("title");
    api.version = root.text_or_empty("version");
    api.doc = root.text_or_empty("doc");
    api.protocol = root.text("protocol").and_then(|word| words::meaning(PROTOCOLS, &word)).unwrap_or(Protocol::Query);
    api.endpoints = root
        .table("endpoints")
        .iter()
        .map(|entry| (entry.key.clone(), entry.node.as_text().unwrap_or_default().to_owned()))
        .collect();
    for entry in root.table("formats") {
        let Some(format) = words::meaning(FORMATS, &entry.key) else { continue };
        api.suffixes.push((format, entry.node.text_or_empty("suffix")));
        api.suffix_aliases.extend(entry.node.texts("aliases").into_iter().map(|alias| (format, alias)));
    }
    api.credentials = root
        .table("credentials")
        .iter()
        .map(|entry| Credential {
            name: entry.key.clone(),
            wire: entry.node.text_or_empty("wire"),
            env: entry.node.text_or_empty("env"),
            secret: entry.node.flag("secret"),
            doc: entry.node.text_or_empty("doc"),
        })
        .collect();
    api.command_param = root.text_or_empty("command_param");
    api.soap = root.get("soap").map(soap);
    api.common = root.table("common").iter().map(|entry| common_param(&entry.key, &entry.node)).collect();
    if let Some(envelope) = root.get("envelope") {
        api.envelope = envelope_rules(envelope);
    }
    api.uncovered = reasons(root);
    let tiers = root.get("tiers").map(Node::items).unwrap_or_default();
    api.tiers = tiers.iter().map(|node| tier(reader, node)).collect();
    let phrases = root.get("phrases").map(Node::items).unwrap_or_default();
    api.phrases = phrases
        .iter()
        .map(|node| Phrase {
            class: node.text_or_empty("class"),
            doc: node.text_or_empty("doc"),
            contains: node.texts("contains"),
            unsure: node.flag("unsure"),
            sources: reader.sources(node, "sources"),
        })
        .collect();
}

/// Why cells of the coverage matrix are empty.
pub fn reasons(node: &Node) -> BTreeMap<String, String> {
    let text = |node: &Node| node.as_text().unwrap_or_default().to_owned();
    node.table("uncovered").iter().map(|entry| (entry.key.clone(), text(&entry.node))).collect()
}

fn soap(node: &Node) -> Soap {
    let style = node.text("style").and_then(|word| words::meaning(SOAP_STYLES, &word)).unwrap_or(SoapStyle::Document);
    let request = node.text("request").unwrap_or_else(|| {
        match style {
            SoapStyle::Document => "{command}Request",
            SoapStyle::Rpc => "{command}",
        }
        .to_owned()
    });
    Soap {
        style,
        namespace: node.text_or_empty("namespace"),
        qualified: node.flag("qualified"),
        action: node.text_or_empty("action"),
        wsdl: node.text_or_empty("wsdl"),
        request,
        response: node.text_or_empty("response"),
        nested: node.get("nested").map(|node| NestedReply {
            command: node.text_or_empty("command"),
            field: node.text_or_empty("field"),
            suffix: node.text_or_empty("suffix"),
        }),
        code_in_text: node.flag("code_in_text"),
    }
}

fn common_param(name: &str, node: &Node) -> CommonParam {
    let scalar = node.text("type").and_then(|word| words::meaning(PARAM_SCALARS, &word)).unwrap_or(ParamScalar::Text);
    let xsd = match scalar {
        ParamScalar::Int => "int",
        ParamScalar::Long => "long",
        _ => "string",
    };
    CommonParam {
        name: name.to_owned(),
        wire: node.text_or_empty("wire"),
        xsd: xsd.to_owned(),
        secret: scalar == ParamScalar::Secret,
        session: node.flag("session"),
        last: node.flag("last"),
        doc: node.text_or_empty("doc"),
    }
}

fn messages(node: &Node) -> MessageNames {
    MessageNames {
        name: node.text_or_empty("name"),
        source: node.texts("source"),
        level: node.texts("level"),
        code: node.texts("code"),
        text: node.texts("text"),
    }
}

fn envelope_rules(node: &Node) -> EnvelopeRules {
    let codes = node.get("codes").map(Node::items).unwrap_or_default();
    EnvelopeRules {
        code_names: node.texts("code_names"),
        status_names: node.texts("status_names"),
        error_names: node.texts("error_names"),
        success_codes: node
            .get("success_codes")
            .map(|list| list.items().iter().filter_map(Node::as_int).collect())
            .unwrap_or_default(),
        generic: node.text_or_empty("generic"),
        codes: codes.iter().map(known_code).collect(),
        statuses: node.get("statuses").map(Node::items).unwrap_or_default().iter().map(known_status).collect(),
        job: node.text_or_empty("job"),
        messages: node.get("messages").map(messages),
        by_fault: node.flag("by_fault"),
        levels: node
            .get("levels")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .map(|node| KnownLevel { level: node.text_or_empty("level"), means: node.text_or_empty("means") })
            .collect(),
    }
}

fn known_code(node: &Node) -> KnownCode {
    KnownCode {
        code: match node.text("code") {
            Some(word) => Code::Word(word),
            None => Code::Number(node.int("code").unwrap_or_default()),
        },
        class: node.text("class"),
        means: node.text_or_empty("means"),
    }
}

fn known_status(node: &Node) -> KnownStatus {
    KnownStatus {
        text: node.text_or_empty("status"),
        aliases: node.texts("aliases"),
        outcome: node.text("outcome").and_then(|word| words::meaning(OUTCOMES, &word)).unwrap_or(Outcome::Failed),
        means: node.text_or_empty("means"),
    }
}

fn tier(reader: &mut Reader<'_>, node: &Node) -> Tier {
    let number = |key| node.int(key).and_then(|number| u32::try_from(number).ok()).unwrap_or_default();
    Tier {
        name: node.text_or_empty("name"),
        concurrent: number("concurrent"),
        per_minute: number("per_minute"),
        per_second: number("per_second"),
        sources: reader.sources(node, "sources"),
    }
}

/// Reads a file of errata.
pub fn errata(reader: &mut Reader<'_>, api: &mut Api) {
    let file = reader.file;
    for node in file.root.get("erratum").map(Node::items).unwrap_or_default() {
        let says = node.get("says").map(Node::items).unwrap_or_default();
        api.errata.push(Erratum {
            id: node.text_or_empty("id"),
            target: node.text_or_empty("target"),
            says: says.iter().map(|reading| (reading.text_or_empty("text"), reader.sources(reading, "at"))).collect(),
            follows: node.text_or_empty("follows"),
            evidence: reader.sources(node, "evidence"),
            why: node.text_or_empty("why"),
        });
    }
}
