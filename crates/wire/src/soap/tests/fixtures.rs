//! Three APIs in small: one by status with jobs, one of rpc messages, one of attributes.

use crate::{
    ApiShape, Class, DecodeError, Envelope, JsonAs, MapEntry, NestedReply, Node, NoteKind, OpenReply, Options, Outcome,
    Record, Reply, ReplyShape, Shape, SoapShape, SoapStyle, StatusReply, Text, decode,
};

/// Declares a record with its leaves and children, as generated code does.
macro_rules! record {
    ($name:ident { $($id:literal = $leaf:ident: $kind:ty),* $(; $child_id:literal = $child:ident: $child_kind:ty)* } $nodes:expr) => {
        #[derive(Debug, Clone, Default, PartialEq)]
        pub(super) struct $name { $(pub $leaf: $kind,)* $(pub $child: $child_kind,)* }
        impl $name {
            pub const SHAPE: &'static crate::Shape = {
                static SHAPE: crate::Shape = crate::Shape { name: stringify!($name), nodes: $nodes };
                &SHAPE
            };
        }
        impl crate::Record for $name {
            fn shape(&self) -> &'static crate::Shape { Self::SHAPE }
            fn leaf(&self, id: u16) -> Option<&dyn crate::Leaf> { match id { $($id => Some(&self.$leaf),)* _ => None } }
            fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn crate::Leaf> { match id { $($id => Some(&mut self.$leaf),)* _ => None } }
            fn child(&self, id: u16) -> Option<&dyn crate::Child> { match id { $($child_id => Some(&self.$child),)* _ => None } }
            fn child_mut(&mut self, id: u16) -> Option<&mut dyn crate::Child> { match id { $($child_id => Some(&mut self.$child),)* _ => None } }
        }
    };
}

pub(super) const fn envelope(root: &'static str, status: &'static str) -> Envelope {
    Envelope { root, header: "", code: "", status, code_as: JsonAs::String }
}

pub(super) const fn reply(
    command: &'static str,
    root: &'static str,
    status: &'static str,
    shape: &'static Shape,
    api: &'static ApiShape,
) -> ReplyShape {
    ReplyShape {
        command,
        shape,
        xml: envelope(root, status),
        json: envelope(root, status),
        csv: None,
        default_root: root,
        root_aliases: &[],
        api,
    }
}

// By status, with jobs and messages.

static MESSAGES: Shape = Shape {
    name: "Message",
    nodes: &[
        Node::leaf(0, "source", "source").aliases(&["SOURCE"]),
        Node::leaf(1, "level", "lvl").aliases(&["LVL", "level"]),
        Node::leaf(2, "code", "err_cd").optional(),
        Node::leaf(3, "text", "info").optional(),
    ],
};
const JOB: Node = Node::job("job_id", &["JOB_ID"]);
const MSGS: Node = Node::messages("msgs", &MESSAGES);

static DYNECT_SOAP: SoapShape = SoapShape {
    style: SoapStyle::Document,
    namespace: "https://api2.dynect.net/wsdl/{version}/Dynect/",
    namespaces: &[],
    by_fault: false,
    code_in_text: false,
    nested: Some(NestedReply { root: "GetJobResponse", field: "data", suffix: "Type" }),
    common: &[JOB, MSGS],
};

pub(super) static DYNECT: ApiShape = ApiShape {
    name: "dynect",
    codes: &[],
    statuses: &["status"],
    errors: &[],
    success: &[],
    generic_root: "ErrorResponse",
    roots: &[
        ("CreateZoneResponse", "CreateZone"),
        ("GetJobResponse", "GetJob"),
        ("GetZonesResponse", "GetZones"),
        ("SessionLogoutResponse", "SessionLogout"),
    ],
    outcomes: &[("success", Outcome::Done), ("incomplete", Outcome::Pending), ("failure", Outcome::Failed)],
    phrases: &[("rate limit", Class::Busy)],
    unsure: &["internal_error"],
    code_classes: &[],
    code_words: &[
        ("NOT_FOUND", Class::NotFound),
        ("TARGET_EXISTS", Class::Unavailable),
        ("INVALID_DATA", Class::InvalidRequest),
        ("INTERNAL_ERROR", Class::Other),
    ],
    soap: Some(&DYNECT_SOAP),
};

record! { Zone { 0 = zone: Text, 1 = style: Text, 2 = serial: Option<i64>, 3 = kind: Text } &[
    Node::leaf(0, "zone", "zone"),
    Node::leaf(1, "style", "serial_style").optional(),
    Node::leaf(2, "serial", "serial"),
    Node::leaf(3, "kind", "zone_type"),
] }
record! { Zones {; 0 = zones: Vec<Zone>} &[
    Node::list(0, "zones", "data", Zone::SHAPE).optional(),
    JOB,
    MSGS,
] }
record! { Job {; 0 = data: Option<OpenReply>} &[Node::one(0, "data", "data", OpenReply::SHAPE).optional(), JOB, MSGS] }
record! { Logout { 0 = data: Text } &[Node::leaf(0, "data", "data").optional(), JOB, MSGS] }
record! { Created {; 0 = zone: Option<Zone>} &[Node::one(0, "zone", "data", Zone::SHAPE).optional(), JOB, MSGS] }

pub(super) static GET_ZONES: ReplyShape = reply("GetZones", "GetZonesResponse", "status", Zones::SHAPE, &DYNECT);
pub(super) static GET_JOB: ReplyShape = reply("GetJob", "GetJobResponse", "status", Job::SHAPE, &DYNECT);
pub(super) static LOGOUT: ReplyShape =
    reply("SessionLogout", "SessionLogoutResponse", "status", Logout::SHAPE, &DYNECT);
pub(super) static CREATE_ZONE: ReplyShape =
    reply("CreateZone", "CreateZoneResponse", "status", Created::SHAPE, &DYNECT);
pub(super) static RAW: ReplyShape = reply("raw", "", "", OpenReply::SHAPE, &DYNECT);

// Rpc, by fault.

static NETIM_SOAP: SoapShape = SoapShape {
    style: SoapStyle::Rpc,
    namespace: "urn:DRS",
    namespaces: &[],
    by_fault: true,
    code_in_text: true,
    nested: None,
    common: &[],
};

pub(super) static NETIM: ApiShape = ApiShape {
    name: "netim",
    codes: &[],
    statuses: &[],
    errors: &[],
    success: &[],
    generic_root: "",
    roots: &[
        ("contactInfoResponse", "contactInfo"),
        ("domainCheckResponse", "domainCheck"),
        ("sessionCloseResponse", "sessionClose"),
        ("sessionOpenResponse", "sessionOpen"),
    ],
    outcomes: &[],
    phrases: &[("too many", Class::Busy)],
    unsure: &[],
    code_classes: &[],
    code_words: &[
        ("E01", Class::Auth),
        ("E02", Class::Auth),
        ("E13", Class::InvalidRequest),
        ("E13-M1305", Class::Unsupported),
    ],
    soap: Some(&NETIM_SOAP),
};

record! { Session { 0 = id: Text } &[Node::leaf(0, "id", "IDSession").any_name()] }
record! { Check { 0 = domain: Text, 1 = result: Text, 2 = reason: Text } &[
    Node::leaf(0, "domain", "domain"),
    Node::leaf(1, "result", "result"),
    Node::leaf(2, "reason", "reason"),
] }
record! { Checks {; 0 = checks: Vec<Check>} &[
    Node::group("domainCheckResponseReturn", 1).any_name(),
    Node::list(0, "checks", "item", Check::SHAPE).aliases(&["Item"]),
] }
record! { Contact { 0 = first: Text, 1 = age: Option<i64>; 0 = additional: Vec<MapEntry>; 1 = company: Option<Company> } &[
    Node::group("contact", 6).any_name(),
    Node::leaf(0, "first", "firstName"),
    Node::leaf(1, "age", "age").optional(),
    Node::group("additional", 1).optional(),
    Node::list(0, "additional", "item", MapEntry::SHAPE),
    Node::one(1, "company", "company", Company::SHAPE).optional(),
] }
record! { Company { 0 = name: Text } &[Node::leaf(0, "name", "name")] }

pub(super) static OPEN: ReplyShape = reply("sessionOpen", "sessionOpenResponse", "", Session::SHAPE, &NETIM);
pub(super) static CLOSE: ReplyShape = reply("sessionClose", "sessionCloseResponse", "", StatusReply::SHAPE, &NETIM);
pub(super) static CHECK: ReplyShape = reply("domainCheck", "domainCheckResponse", "", Checks::SHAPE, &NETIM);
pub(super) static CONTACT: ReplyShape = reply("contactInfo", "contactInfoResponse", "", Contact::SHAPE, &NETIM);

// Document, by fault, with attributes.

static ECOSYS_SOAP: SoapShape = SoapShape {
    style: SoapStyle::Document,
    namespace: "http://ecosys.net/api/{version}",
    namespaces: &[],
    by_fault: true,
    code_in_text: false,
    nested: None,
    common: &[],
};

pub(super) static ECOSYS: ApiShape = ApiShape {
    name: "ecosys",
    codes: &[],
    statuses: &[],
    errors: &[],
    success: &[],
    generic_root: "",
    roots: &[("SampleObjectWriteResponseElement", "UpdateSampleObject")],
    outcomes: &[],
    phrases: &[],
    unsure: &[],
    code_classes: &[],
    code_words: &[],
    soap: Some(&ECOSYS_SOAP),
};

record! { Why { 0 = level: Text, 1 = reason: Text, 2 = key: Text, 3 = message: Text } &[
    Node::leaf(0, "level", "@level"),
    Node::leaf(1, "reason", "@reasonCode"),
    Node::leaf(2, "key", "KeyName"),
    Node::leaf(3, "message", "Message"),
] }
record! { Written { 0 = index: Option<i64>, 1 = ok: Option<bool>, 2 = internal: Text, 3 = external: Text; 0 = why: Vec<Why> } &[
    Node::leaf(0, "index", "@index"),
    Node::leaf(1, "ok", "@successFlag").flag([crate::FlagStyle::TrueFalse; 3]),
    Node::leaf(2, "internal", "@internalId"),
    Node::leaf(3, "external", "@externalId"),
    Node::list(0, "why", "ResultMessage", Why::SHAPE).optional(),
] }
record! { Writes {; 0 = results: Vec<Written>} &[Node::list(0, "results", "ObjectResult", Written::SHAPE)] }

pub(super) static WRITE: ReplyShape =
    reply("UpdateSampleObject", "SampleObjectWriteResponseElement", "", Writes::SHAPE, &ECOSYS);

/// An answer of DynECT's.
pub(super) fn dynect(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope \
         xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:tns=\"https://api2.dynect.net/wsdl/3.7.16/Dynect/\">\n <SOAP-ENV:Body>\n  {body}\n \
         </SOAP-ENV:Body>\n</SOAP-ENV:Envelope>\n"
    )
}

/// An answer of Netim's.
pub(super) fn netim(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope \
         xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:ns1=\"urn:DRS\" \
         xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" \
         SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><SOAP-ENV:Body>{body}</SOAP-ENV:Body>\
         </SOAP-ENV:Envelope>"
    )
}

pub(super) const ZONES: &str = "<tns:GetZonesResponse>
   <job_id>2</job_id>
   <status>success</status>
   <msgs>
    <source>BLL</source>
    <lvl>INFO</lvl>
    <info>get: Your 2 zones</info>
   </msgs>
   <data>
    <zone>example.com</zone>
    <serial_style>increment</serial_style>
    <serial>3</serial>
    <zone_type>Primary</zone_type>
   </data>
   <data>
    <zone>example.net</zone>
    <serial_style>epoch</serial_style>
    <serial>1700000000</serial>
    <zone_type>Primary</zone_type>
   </data>
  </tns:GetZonesResponse>";

pub(super) const FAILURE: &str = "<SOAP-ENV:Fault>
   <faultcode>SOAP-ENV:Server</faultcode>
   <faultstring>failure</faultstring>
   <detail>
    <tns:ErrorResponse>
     <job_id>9</job_id>
     <status>failure</status>
     <msgs>
      <source>BLL</source>
      <lvl>ERROR</lvl>
      <err_cd>TARGET_EXISTS</err_cd>
      <info>name: Name already exists</info>
     </msgs>
    </tns:ErrorResponse>
   </detail>
  </SOAP-ENV:Fault>";

/// Decodes, strictly or not.
pub(super) fn read<T: Record + Default>(
    shape: &'static ReplyShape,
    body: &str,
    strict: bool,
) -> Result<Reply<'static, T>, DecodeError> {
    let options = Options { strict, ..Options::default() };
    decode(shape, body.as_bytes(), &options).map(Reply::into_owned)
}

/// Decodes a body about which nothing is odd.
#[track_caller]
pub(super) fn plain<T: Record + Default>(shape: &'static ReplyShape, body: &str) -> T {
    let reply = read::<T>(shape, body, true).unwrap();
    assert_eq!(reply.refusal, None);
    reply.value.unwrap()
}

/// Decodes a body that is a success, and says what was odd about it.
#[track_caller]
pub(super) fn odd<T: Record + Default>(shape: &'static ReplyShape, body: &str) -> (T, Vec<(NoteKind, String)>) {
    let reply = read::<T>(shape, body, false).unwrap();
    assert_eq!(reply.refusal, None);
    let notes = reply.notes.iter().map(|note| (note.kind, note.text.to_string())).collect();
    for note in reply.notes.iter() {
        assert!(note.offset <= body.len(), "{note:?}");
    }
    (reply.value.unwrap(), notes)
}

/// The kinds of what was odd.
#[track_caller]
pub(super) fn kinds<T: Record + Default>(shape: &'static ReplyShape, body: &str) -> (T, Vec<NoteKind>) {
    let (value, notes) = odd(shape, body);
    (value, notes.into_iter().map(|(kind, _)| kind).collect())
}

/// The value of [`ZONES`].
pub(super) fn zones() -> Zones {
    let zone = |zone: &str, style: &str, serial| Zone {
        zone: zone.into(),
        style: style.into(),
        serial: Some(serial),
        kind: "Primary".into(),
    };
    Zones { zones: vec![zone("example.com", "increment", 3), zone("example.net", "epoch", 1_700_000_000)] }
}
