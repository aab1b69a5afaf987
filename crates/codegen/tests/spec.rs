//! The good spec becomes the model that it means, the schema in the repository is that of the language, and citations
//! are looked up.

use bindwire_codegen::model::{
    Code, Command, Effect, Envelope, Field, FieldKind, FieldScalar, FlagStyle, Format, JsonAs, ListStyle, Outcome,
    Param, ParamKind, ParamScalar, Path as Place, Required, Source, Status, TypeKind,
};
use bindwire_codegen::spec;
use std::fs;
use std::path::{Path, PathBuf};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn good() -> bindwire_codegen::model::Api {
    spec::load(&tests().join("good/spec/demo")).unwrap_or_else(|problems| panic!("{problems}"))
}

fn command<'a>(api: &'a bindwire_codegen::model::Api, name: &str) -> &'a Command {
    api.commands().find(|command| command.name == name).expect("a command of the good spec")
}

fn param<'a>(params: &'a [Param], name: &str) -> &'a Param {
    params.iter().find(|param| param.name == name).expect("a param of the good spec")
}

fn field<'a>(fields: &'a [Field], name: &str) -> &'a Field {
    fields.iter().find(|field| field.name == name).expect("a field of the good spec")
}

fn place(names: &[&str], array: Option<usize>) -> Option<Place> {
    Some(Place { names: names.iter().map(|name| (*name).to_owned()).collect(), array })
}

fn source(document: &str, place: &str) -> Source {
    Source { document: document.to_owned(), place: place.to_owned() }
}

#[test]
fn the_api_as_a_whole() {
    let api = good();
    assert_eq!((api.name.as_str(), api.version.as_str()), ("demo", "api1"));
    assert_eq!(api.endpoints["live"], "https://api.example.com/api1.{format}");
    let suffixes: Vec<_> = api.suffixes.iter().map(|(format, suffix)| (*format, suffix.as_str())).collect();
    assert_eq!(suffixes, [(Format::Xml, "xml"), (Format::Json, "json"), (Format::Csv, "html")]);
    assert_eq!(api.suffix_aliases, [(Format::Csv, "csv".to_owned())]);
    let key = &api.credentials[0];
    assert_eq!((key.name.as_str(), key.wire.as_str(), key.env.as_str()), ("key", "key", "DEMO_API_KEY"));
    assert_eq!(api.envelope.success_codes, [0]);
    let [code] = &api.envelope.codes[..] else { panic!("{:?}", api.envelope.codes) };
    assert_eq!(
        (code.code.clone(), code.class.as_deref(), code.means.as_str()),
        (Code::Number(-1), None, "The command failed.")
    );
    assert_eq!(api.envelope.statuses[0].outcome, Outcome::Done);
    assert_eq!((api.tiers[0].concurrent, api.tiers[0].per_minute), (1, 60));
    assert_eq!((api.phrases[0].class.as_str(), &api.phrases[0].sources[0]), ("auth", &source("facts", "Answers 2")));
    assert_eq!((api.sources["page"].file.as_str(), api.sources["page"].language.as_str()), ("page.txt", "en"));
    assert_eq!(
        (api.families[0].name.as_str(), api.families[0].file.as_str()),
        ("domain", "spec/demo/commands/domain.toml")
    );
    let names: Vec<&str> = api.commands().map(|command| command.name.as_str()).collect();
    assert_eq!(names, ["search", "register", "list", "whois_stats"], "the order of the file");
    let types: Vec<&str> = api.types.keys().map(String::as_str).collect();
    assert_eq!(types, ["Domain", "Host", "Kind", "Mail", "SearchResult"]);
    assert_eq!(api.errata[0].says, [("RegisterHeaderr".to_owned(), vec![source("page", "9")])]);
    assert_eq!(api.errata[1].evidence, [source("page", "13")]);
}

#[test]
fn what_commands_do() {
    let api = good();
    let register = command(&api, "register");
    assert_eq!(register.effect, Effect::Spend);
    assert_eq!(register.effect_when, [("price_check".to_owned(), Effect::Read)]);
    assert_eq!((register.status, register.open, register.exempt), (Status::Documented, false, false));
    let list = command(&api, "list");
    assert_eq!(list.formats, [Format::Xml, Format::Csv]);
    assert_eq!((list.deprecated.is_some(), list.successor.as_deref()), (true, Some("search")));
    let open = command(&api, "whois_stats");
    assert_eq!((open.status, open.open, open.params.len()), (Status::ListedOnly, true, 0));
    assert_eq!(open.sources, [source("page", "14")]);
}

#[test]
fn how_params_are_sent() {
    let api = good();
    let search = &command(&api, "search").params;
    let domains = param(search, "domains");
    assert_eq!((domains.wire.as_str(), &domains.kind), ("domain", &ParamKind::Scalar(ParamScalar::Domain)));
    assert_eq!((&domains.required, &domains.list), (&Required::Yes, &Some(ListStyle::Indexed { from: 0, to: 99 })));
    let currency = param(search, "currency");
    assert_eq!((currency.wire.as_str(), currency.open, currency.values.len()), ("currency", true, 2));

    let register = &command(&api, "register").params;
    assert_eq!(
        (param(register, "duration").range, param(register, "duration").example.as_deref()),
        (Some((1, 10)), Some("2"))
    );
    let hosts = param(register, "hosts");
    assert_eq!((&hosts.kind, hosts.wire.as_str()), (&ParamKind::Group("Host".to_owned()), ""));
    assert_eq!(param(register, "mail").kind, ParamKind::Choice("Mail".to_owned()));

    let list = &command(&api, "list").params;
    let kind = param(list, "kind");
    assert_eq!((&kind.kind, kind.wire.as_str()), (&ParamKind::Enum("Kind".to_owned()), "type"));
    assert_eq!(kind.list, Some(ListStyle::Separated { separator: ",".to_owned(), max: Some(2) }));
    assert_eq!(param(list, "since").date, Some(("%Y/%m/%d".to_owned(), "yyyy/MM/dd".to_owned())));
    assert_eq!((param(list, "sort").newer, &param(list, "sort").sources[0]), (true, &source("facts", "Answers 1")));
}

#[test]
fn where_replies_stand() {
    let api = good();
    let search = &command(&api, "search").reply;
    let xml = Envelope {
        root: "Results".to_owned(),
        header: String::new(),
        content: "SearchContent".to_owned(),
        code: "SuccessCode".to_owned(),
        status: String::new(),
        code_is_number: false,
    };
    let json = Envelope {
        root: "SearchResponse".to_owned(),
        header: String::new(),
        content: String::new(),
        code: "ResponseCode".to_owned(),
        status: "Status".to_owned(),
        code_is_number: true,
    };
    assert_eq!((&search.xml, &search.json), (&xml, &json));
    let results = field(&search.fields, "results");
    assert_eq!((&results.kind, results.many), (&FieldKind::Record("SearchResult".to_owned()), true));
    assert_eq!(results.xml, place(&["SearchResponse"], None), "from the root");
    assert_eq!(results.json, place(&["Found", "Result"], Some(0)));

    let expiration = field(&command(&api, "register").reply.fields, "expiration");
    assert_eq!(expiration.xml, place(&["RegisterContent", "Info", "Expiration"], None), "from the content");
    assert_eq!(expiration.json, place(&["Expiration"], None), "by default");
    assert!(expiration.optional);

    let list = &command(&api, "list").reply;
    let csv = list.csv.as_ref().expect("a layout");
    assert_eq!((csv.cells.join("|").as_str(), csv.lines, csv.rows.as_str()), ("code||total", true, "domains"));
    let total = field(&list.fields, "total");
    assert_eq!(total.none, ["-1", "-"]);
    assert_eq!(total.none_as, ["-1", "", "-"]);
}

#[test]
fn declared_types() {
    let api = good();
    let TypeKind::Record(fields) = &api.types["SearchResult"].kind else { panic!("a record") };
    let free = field(fields, "free");
    assert_eq!((&free.kind, free.json_as), (&FieldKind::Scalar(FieldScalar::Availability), JsonAs::Bool));
    assert_eq!(free.flag, [FlagStyle::YesNoCapital, FlagStyle::YesNo, FlagStyle::YesNo]);
    assert_eq!((&free.xml, &free.json), (&place(&["Head", "Free"], None), &place(&["Free"], None)));
    assert_eq!(
        (field(fields, "domain").csv.as_deref(), field(fields, "kind").csv.as_deref()),
        (Some("DomainName"), None)
    );
    assert_eq!(field(fields, "kind").aliases, ["Type"]);

    let TypeKind::Record(fields) = &api.types["Domain"].kind else { panic!("a record") };
    assert_eq!((&field(fields, "domain").json, field(fields, "expires").csv.as_deref()), (&None, Some("ExpiresOn")));

    let TypeKind::Enum(values) = &api.types["Kind"].kind else { panic!("an enum") };
    let values: Vec<_> =
        values.iter().map(|value| (value.name.as_str(), value.wire.as_str(), value.aliases.len())).collect();
    assert_eq!(values, [("premium", "premium", 1), ("plain", "plain", 0)]);

    let TypeKind::Group(params) = &api.types["Host"].kind else { panic!("a group") };
    let wanted = Required::When {
        param: "kind".to_owned(),
        is: vec!["glue".to_owned()],
        sent: None,
        text: "kind is glue".to_owned(),
    };
    assert_eq!(param(params, "ip").required, wanted);

    let TypeKind::Choice { tag, variants } = &api.types["Mail"].kind else { panic!("a choice") };
    let variants: Vec<_> =
        variants.iter().map(|variant| (variant.name.as_str(), variant.value.as_str(), variant.params.len())).collect();
    assert_eq!(
        (tag.as_str(), variants.as_slice()),
        ("forward_type", [("nowhere", "donot", 0), ("forward", "forward", 1)].as_slice())
    );
}

#[test]
fn a_folder_that_is_not_there() {
    let problems = spec::load(Path::new("spec/nowhere")).expect_err("nothing to load");
    let [problem] = problems.list() else { panic!("one problem is wanted: {problems}") };
    assert_eq!((problem.file.as_str(), problem.line), ("spec/nowhere", 1));
    assert!(problem.message.starts_with("this folder cannot be read: "), "{problem}");
}

#[test]
fn a_file_that_is_not_utf8() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("not-utf8/spec/demo");
    fs::create_dir_all(dir.join("commands")).expect("a folder");
    fs::write(dir.join("commands/domain.toml"), b"family = \"domain\"\ndoc = \"\xE9.\"\n").expect("a file");
    let problems = spec::load(&dir).expect_err("nothing to load").to_string();
    let wanted = "spec/demo/api.toml:1:1: this file is missing; every spec has one\n\
        spec/demo/commands/domain.toml:1:1: this file is not UTF-8 from byte 25 on\n\
        spec/demo/sources.toml:1:1: this file is missing; every spec has one";
    assert_eq!(problems, wanted);
}

#[test]
fn the_schema_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/schema.json");
    let wanted = serde_json::to_string_pretty(&spec::schema()).expect("JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &wanted).expect("spec/schema.json");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "spec/schema.json is not that of the language; run this test with UPDATE_SCHEMA=1");
}

#[test]
fn the_schema_holds_together() {
    let schema = spec::schema();
    let defs = schema["$defs"].as_object().expect("definitions");
    for file in ["api", "sources", "types", "commands", "errata"] {
        assert!(defs.contains_key(file), "{file} is not defined");
    }
    let text = schema.to_string();
    for reference in text.split("\"#/$defs/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(defs.contains_key(name), "{name} is referred to, but not defined");
    }
    let command = &defs["command"];
    assert_eq!(command["required"], serde_json::json!(["doc", "effect", "sources"]));
    assert_eq!(command["properties"]["status"]["default"], "documented");
    assert_eq!(command["additionalProperties"], false);
}

#[test]
fn citations_that_hold() {
    let documents = tests().join("good/documents");
    let missing = spec::check_sources(&tests().join("good/spec/demo"), &[&documents]);
    assert_eq!(missing, Ok(Vec::new()));
}

#[test]
fn documents_that_are_not_at_hand() {
    let missing = spec::check_sources(&tests().join("good/spec/demo"), &[]);
    assert_eq!(missing, Ok(vec!["page".to_owned(), "facts".to_owned()]));
}

#[test]
fn citations_that_do_not_hold() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("citations/spec/demo");
    fs::create_dir_all(dir.join("commands")).expect("a folder");
    let good = tests().join("good/spec/demo");
    for file in ["api.toml", "sources.toml"] {
        fs::copy(good.join(file), dir.join(file)).expect("a copied file");
    }
    let commands = r#"
[search]
sources = ["page:99", "page:4", "page:heading", "facts:Anwers", "facts:Answers 3", "facts:Behaviour", "page:0"]
[search.params]
x = { sources = ["page:15", "facts:Answers to come 1"] }
"#;
    let errata = r#"
[[erratum]]
says = [{ text = "<RegisterHeader>", at = ["page:9", "page:10"] }, { text = "strings.", at = ["facts:Answers 1", "facts:Answers 2"] }]
evidence = ["page:100"]
"#;
    fs::write(dir.join("commands/domain.toml"), commands).expect("a file");
    fs::write(dir.join("errata.toml"), errata).expect("a file");
    let documents = tests().join("good/documents");
    let problems = spec::check_sources(&dir, &[&documents]).expect_err("wrong citations").to_string();
    let wanted = [
        "spec/demo/commands/domain.toml:3:12: page.txt has no line 99; it ends with line 14",
        "spec/demo/commands/domain.toml:3:23: line 4 of page.txt is empty",
        "spec/demo/commands/domain.toml:3:33: page.txt has no heading `heading`; it has none, cite a line",
        "spec/demo/commands/domain.toml:3:49: facts.md has no heading `Anwers`; did you mean `Answers`? allowed: Facts, Answers, Behaviour, Answers to come",
        "spec/demo/commands/domain.toml:3:65: the section `Answers` of facts.md has no item 3",
        "spec/demo/commands/domain.toml:3:103: page.txt has no line 0; it ends with line 14",
        "spec/demo/commands/domain.toml:5:18: page.txt has no line 15; it ends with line 14",
        "spec/demo/errata.toml:3:44: page:9 does not say `<RegisterHeader>`; it reads `register: orders a name; <RegisterHeaderr>`",
        "spec/demo/errata.toml:3:54: page:10 does not say `<RegisterHeader>`; it reads `ns0: a name server`",
        "spec/demo/errata.toml:3:114: facts:Answers 2 does not say `strings.`",
        "spec/demo/errata.toml:4:13: page.txt has no line 100; it ends with line 14",
    ];
    assert_eq!(problems.lines().collect::<Vec<_>>(), wanted);
}
