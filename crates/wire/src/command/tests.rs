use super::*;
use crate::{ApiShape, Envelope, Format, JsonAs, ReplyShape, RequestErrorKind};

static SHAPE: ApiShape = ApiShape {
    name: "zoo",
    codes: &[],
    statuses: &[],
    errors: &[],
    success: &[],
    generic_root: "",
    roots: &[],
    outcomes: &[],
    phrases: &[],
    unsure: &[],
    code_classes: &[],
    code_words: &[],
    soap: None,
};

static API: ApiInfo = ApiInfo {
    name: "zoo",
    title: "Zoo",
    endpoints: &[("live", "https://zoo.example/api.{format}")],
    suffixes: &[(Format::Xml, "xml"), (Format::Csv, "html")],
    credentials: &[Credential { name: "key", wire: "key", env: "ZOO_KEY", secret: true }],
    command_param: "command",
    common: &[],
    soap: None,
    tiers: &[],
    shape: &SHAPE,
};

const NO_ENVELOPE: Envelope = Envelope { root: "", header: "", code: "", status: "", code_as: JsonAs::String };

static REPLY: ReplyShape = ReplyShape {
    command: "feed",
    shape: StatusReply::SHAPE,
    xml: NO_ENVELOPE,
    json: NO_ENVELOPE,
    csv: None,
    default_root: "FeedResponse",
    root_aliases: &[],
    api: &SHAPE,
};

static FEED_INFO: CommandInfo = CommandInfo {
    name: "feed",
    family: "animal",
    effect: Effect::Write,
    formats: &[Format::Xml, Format::Csv],
    deprecated: None,
    exempt: false,
    price: None,
    reconcile: &[],
    reply: &REPLY,
    api: &API,
};

#[derive(Debug, Clone, PartialEq)]
struct Feed;

impl Command for Feed {
    type Reply = StatusReply;
    const INFO: &'static CommandInfo = &FEED_INFO;

    fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        query.put("animal", "tiger");
        Ok(())
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Zoo;

impl Api for Zoo {
    const RAW: &'static CommandInfo = &FEED_INFO;
}

#[test]
fn a_query_names_its_command_first() {
    assert_eq!(Query::of(&Feed).unwrap().to_string(), "command=feed&animal=tiger");
}

#[test]
fn extra_params_come_last_and_repeat_nothing() {
    let feed = Feed.extra("meal", "hay").extra_secret("pin", "1234");
    let query = Query::of(&feed).unwrap();
    assert_eq!(query.to_query_string(), "command=feed&animal=tiger&meal=hay&pin=1234");
    assert!(!format!("{feed:?}{query:?}").contains("1234"), "{feed:?}");
    for (name, kind) in [
        ("animal", RequestErrorKind::Repeated),
        ("command", RequestErrorKind::Repeated),
        ("key", RequestErrorKind::Reserved),
    ] {
        let error = Query::of(&Feed.extra(name, "x")).unwrap_err();
        assert_eq!((error.kind(), error.param()), (kind, name));
    }
    let error = Query::of(&Feed.extra("key", "x")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "feed: param `key` carries a credential of the account and cannot be given with a command"
    );
}

#[test]
fn a_raw_command_counts_as_spending_until_told_otherwise() {
    let raw = RawCommand::<Zoo>::new("count").param("animal0", "tiger").secret("pin", "1234");
    assert_eq!(raw.effect(), Effect::Spend);
    assert_eq!(raw.clone().with_effect(Effect::Read).effect(), Effect::Read);
    assert_eq!(Query::of(&raw).unwrap().to_query_string(), "command=count&animal0=tiger&pin=1234");
    assert!(!format!("{raw:?}").contains("1234"), "{raw:?}");
    assert_eq!(Query::of(&raw.param("pin", "2")).unwrap_err().command(), "count");
}

#[test]
fn a_format_that_is_not_spoken_is_refused() {
    assert_eq!(FEED_INFO.check_format(Format::Csv), Ok(()));
    let error = FEED_INFO.check_format(Format::Json).unwrap_err();
    assert_eq!(error.kind(), RequestErrorKind::Format);
    assert_eq!(error.to_string(), "feed: the command answers in `xml` and `csv`, but `json` was asked for");
}

#[test]
fn an_api_finds_its_addresses() {
    assert_eq!(API.endpoint("live"), Some("https://zoo.example/api.{format}"));
    assert_eq!(API.endpoint("test"), None);
    assert_eq!((API.suffix(Format::Csv), API.suffix(Format::Json)), (Some("html"), None));
}

#[test]
fn an_entry_makes_an_empty_reply() {
    let entry = Entry::of::<Feed>();
    assert_eq!((entry.info.name, (entry.new_reply)().shape().name), ("feed", "StatusReply"));
}

#[test]
fn an_open_reply_is_searched_by_names() {
    let text = |text: &str| Tree::Text(text.into());
    let level = Tree::Level(vec![("Name".into(), text("Leo")), ("Name".into(), text("Tia"))]);
    let reply = OpenReply { fields: vec![("Code".into(), text("0")), ("Animals".into(), level)] };
    assert_eq!(reply.text("Code"), Some("0"));
    assert_eq!(reply.text("Animals/Name"), Some("Leo"));
    for missing in ["Animals", "Code/Name", "Name", ""] {
        assert_eq!(reply.text(missing), None, "{missing}");
    }
}
