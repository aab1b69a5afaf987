use super::*;
use crate::{DomainName, Leaf, Node, Record, Secret, Shape, Text};

fn query() -> Query {
    Query::new("search")
}

fn texts(count: usize) -> Vec<Text> {
    (0..count).map(|index| Text::from(format!("v{index}"))).collect()
}

#[track_caller]
fn assert_error(result: Result<(), RequestError>, kind: RequestErrorKind, param: &str, message: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!((error.kind(), error.param(), error.command()), (kind, param, "search"));
}

#[test]
fn values_are_sent_in_order_and_encoded() {
    let mut query = query();
    query.put("title", &Text::from("a b+c"));
    query.opt("none", &None::<u32>);
    query.opt("years", &Some(2_u32));
    query.one("ads", false);
    query.one("premium", true);
    query.flag("sync", false, FlagStyle::YesNo);
    query.date("from", Date::constant(2024, 5, 1), "%Y/%m/%d");
    assert_eq!(query.to_query_string(), "title=a%20b%2Bc&years=2&premium=1&sync=no&from=2024%2F05%2F01");
    assert_eq!(query.to_string(), query.to_query_string());
    assert_eq!(query.pairs().next(), Some(("title", "a b+c")));
}

#[test]
fn a_domain_is_sent_in_ascii() {
    let mut query = query();
    query.put("domain", &DomainName::from("münchen.de"));
    assert_eq!(query.to_query_string(), "domain=xn--mnchen-3ya.de");
}

#[test]
fn a_required_value_is_not_empty() {
    assert_eq!(query().required("domain", &Text::from("a.com")), Ok(()));
    assert_error(
        query().required("domain", &Text::empty()),
        RequestErrorKind::Missing,
        "domain",
        "search: param `domain` is required, but an empty value was given",
    );
    assert_error(
        query().require("domain"),
        RequestErrorKind::Missing,
        "domain",
        "search: param `domain` is required, but no value was given",
    );
}

#[test]
fn an_index_counts_up_to_its_bound() {
    let mut query = query();
    query.indexed("ns", 1..=3, &texts(3)).unwrap();
    query.require("ns").unwrap();
    assert_eq!(query.to_string(), "ns1=v0&ns2=v1&ns3=v2");
    assert_error(
        query.indexed("domain", 0..=99, &texts(101)),
        RequestErrorKind::TooMany,
        "domain",
        "search: param `domain` takes at most 100 values (domain0 to domain99), but 101 were given; no more fit in one request",
    );
}

#[test]
fn an_empty_value_of_an_indexed_list_is_not_sent() {
    let mut query = query();
    query.indexed("language", 0..=9, &[Text::empty(), Text::from("zh"), Text::empty()]).unwrap();
    assert_eq!(query.to_string(), "language1=zh");
    query.indexed("ns", 0..=9, &[Text::empty()]).unwrap();
    assert_eq!(query.require("ns").unwrap_err().kind(), RequestErrorKind::Missing);
}

#[test]
fn a_list_in_one_value_has_a_bound_and_no_separator_in_it() {
    let mut query = query();
    query.separated("domain", ",", Some(3), &texts(3)).unwrap();
    query.separated("none", ",", Some(3), &texts(0)).unwrap();
    assert_eq!(query.to_string(), "domain=v0%2Cv1%2Cv2");
    assert_error(
        query.separated("domain", ",", Some(3), &texts(4)),
        RequestErrorKind::TooMany,
        "domain",
        "search: param `domain` takes at most 3 values, but 4 were given; no more fit in one request",
    );
    for wrong in ["a,b", ""] {
        assert_error(
            query.separated("domain", ",", None, &[Text::from("a"), Text::from(wrong)]),
            RequestErrorKind::NotAllowed,
            "domain",
            &format!(
                "search: param `domain` is a list with `,` between its values, so `{wrong}` cannot be one of them"
            ),
        );
    }
    let secret = query.separated("code", ",", None, &[Secret::from("a,b")]).unwrap_err().to_string();
    assert!(!secret.contains("a,b"), "{secret}");
}

/// A record type with a value, and one more for some types.
struct Item(&'static str, Option<&'static str>);

impl ParamGroup for Item {
    fn write(&self, query: &mut Query) -> Result<(), RequestError> {
        query.required("type", self.0)?;
        query.opt("extra", &self.1.map(Text::from));
        query.require_when("extra", "type", &["mx", "forward"])
    }
}

#[test]
fn items_of_a_group_share_an_index_and_their_conditions() {
    let mut query = query();
    query.group("type", 0..=1, &[Item("a", None), Item("mx", Some("10"))]).unwrap();
    query.put("ttl", &300_u32);
    assert_eq!(query.to_string(), "type0=a&type1=mx&extra1=10&ttl=300");
    assert_error(
        self::query().group("type", 0..=1, &[Item("mx", Some("10")), Item("mx", None)]),
        RequestErrorKind::Missing,
        "extra",
        "search: param `extra1` is required when `type1` is `mx`, but no value was given",
    );
    assert_error(
        self::query().group("type", 0..=1, &[Item("a", None), Item("a", None), Item("a", None)]),
        RequestErrorKind::TooMany,
        "type",
        "search: param `type` takes at most 2 values (type0 to type1), but 3 were given; no more fit in one request",
    );
}

#[test]
fn one_of_two_params_is_demanded_and_what_goes_with_it() {
    let mut query = query();
    assert_error(
        query.require_without("key", "digest"),
        RequestErrorKind::Missing,
        "key",
        "search: param `key` is required when no `digest` is sent, but no value was given",
    );
    assert_eq!(query.require_with("tag", "digest"), Ok(()));
    query.put("digest", "AB12");
    assert_eq!(query.require_without("key", "digest"), Ok(()));
    assert_error(
        query.require_with("tag", "digest"),
        RequestErrorKind::Missing,
        "tag",
        "search: param `tag` is required when `digest` is sent, but no value was given",
    );
    query.put("tag", &7_u32);
    assert_eq!(query.require_with("tag", "digest"), Ok(()));
}

#[test]
fn numbers_have_bounds() {
    let mut query = query();
    query.put("years", &10_u32);
    assert_eq!(query.within("years", 1, 10), Ok(()));
    assert_eq!(query.within("other", 1, 10), Ok(()));
    assert_error(
        query.within("years", 1, 9),
        RequestErrorKind::OutOfRange,
        "years",
        "search: param `years` takes 1 to 9, but 10 was given",
    );
}

#[test]
fn listed_values_are_written_as_listed() {
    let mut query = query();
    query.put("currency", "EUR");
    query.separated("type", ",", None, &[Text::from("Expired"), Text::from("user")]).unwrap();
    query.one_of("currency", &["usd", "eur"]).unwrap();
    query.spell("type", &["expired"]);
    assert_eq!(query.to_string(), "currency=eur&type=expired%2Cuser");
    assert_error(
        query.one_of("type", &["expired", "backorder", "closeout"]),
        RequestErrorKind::NotAllowed,
        "type",
        "search: param `type` takes `expired`, `backorder` or `closeout`, but `user` was given",
    );
}

#[test]
fn an_extra_param_is_not_sent_twice() {
    let mut query = query();
    query.put("domain", "a.com");
    query.extra("page", "2", false).unwrap();
    assert_error(
        query.extra("domain", "b.com", false),
        RequestErrorKind::Repeated,
        "domain",
        "search: param `domain` is there already and would be sent twice; leave one out",
    );
    assert_eq!(query.to_string(), "domain=a.com&page=2");
}

#[test]
fn secrets_are_sent_and_not_shown() {
    let mut query = query();
    query.put("auth_code", &Secret::from("hunter 2"));
    assert_eq!(query.to_query_string(), "auth_code=hunter%202");
    assert_eq!(format!("{query} {query:?}"), "auth_code=<redacted> Query(auth_code=<redacted>)");

    let key = Secret::from("my/key");
    let url = request_url("https://api.example.com/api3.{format}", "xml", &[("key", &key)], &query);
    assert_eq!(url.expose(), "https://api.example.com/api3.xml?key=my%2Fkey&auth_code=hunter%202");
    assert_eq!(url.to_string(), "https://api.example.com/api3.xml?key=<redacted>&auth_code=<redacted>");
    assert_eq!(format!("{url:?}"), format!("RequestUrl({url})"));
}

#[test]
fn an_address_may_have_a_query_already() {
    let mut query = query();
    query.put("a", "b");
    assert_eq!(request_url("http://localhost/?x=1", "", &[], &query).expose(), "http://localhost/?x=1&a=b");
    assert_eq!(request_url("http://localhost/", "", &[], &Query::new("x")).expose(), "http://localhost/");
}

#[test]
fn a_list_of_elements_is_held_by_its_items() {
    let mut query = query();
    query.many("type", &[Text::from("A"), Text::from("mx")]);
    query.one_of("type", &["A", "MX"]).unwrap();
    query.many("n", &[3_i64, 99]);
    query.within("n", 1, 99).unwrap();
    assert_eq!(query.to_string(), "type[0]=A&type[1]=MX&n[0]=3&n[1]=99");
    assert_error(
        query.within("n", 1, 9),
        RequestErrorKind::OutOfRange,
        "n",
        "search: param `n[1]` takes 1 to 9, but 99 was given",
    );
}

/// A record that stands in requests.
#[derive(Default)]
struct Zone {
    created: Option<Date>,
    signed: Option<bool>,
}

static ZONE: Shape = Shape {
    name: "Zone",
    nodes: &[
        Node::leaf(0, "created", "created"),
        Node::leaf(1, "signed", "signed").optional().flag([FlagStyle::TrueFalse; 3]),
    ],
};

impl Record for Zone {
    fn shape(&self) -> &'static Shape {
        &ZONE
    }

    fn leaf(&self, id: u16) -> Option<&dyn Leaf> {
        if id == 0 { Some(&self.created) } else { Some(&self.signed) }
    }

    fn leaf_mut(&mut self, id: u16) -> Option<&mut dyn Leaf> {
        if id == 0 { Some(&mut self.created) } else { Some(&mut self.signed) }
    }
}

#[test]
fn records_are_written_as_xml_schema_has_values() {
    let mut query = query();
    let zone = Zone { created: Some(Date::constant(2024, 5, 10)), signed: Some(true) };
    query.record("zone", &zone).unwrap();
    let values: Vec<_> =
        query.pairs.iter().map(|pair| (pair.name.as_str(), pair.value.as_str(), pair.sort.clone())).collect();
    let wanted = [
        ("zone", "", Sort::Record("Zone".into())),
        ("zone/created", "2024-05-10", Sort::Value("string")),
        ("zone/signed", "true", Sort::Value("boolean")),
    ];
    assert!(values == wanted, "{query}");
    assert_error(
        query.record("zone", &Zone::default()),
        RequestErrorKind::Missing,
        "zone/created",
        "search: param `zone/created` is required, but no value was given",
    );
}
