//! What generated requests do, on the zoo, whose spec has one of everything; and what some of its files look like.

use bindwire_wire::{Command, Currency, Date, Decimal, Effect, Format, Query, RequestErrorKind, Secret, request_url};
use bindwire_zoo::animal::{AddAnimal, AnimalInfo, ListAnimals};
use bindwire_zoo::keeper::{Dream, FeedAll};
use bindwire_zoo::registry;
use bindwire_zoo::types::{Diet, Meal, Species, Toy};

fn sent(command: &impl Command) -> String {
    Query::of(command).unwrap_or_else(|error| panic!("{error}")).to_string()
}

fn refused(command: &impl Command) -> (RequestErrorKind, String) {
    let error = Query::of(command).unwrap_err();
    (error.kind(), error.to_string())
}

fn tiger() -> AddAnimal {
    AddAnimal::new("Leo", Species::Tiger, Date::constant(2024, 5, 10), false, ["1", "2"], Diet::Nothing)
        .value(9)
        .vet("Ann")
}

#[test]
fn a_param_of_each_kind_is_sent() {
    let list = ListAnimals::new()
        .species([Species::SeaLion, Species::Other])
        .names(["Leo", "Tia"])
        .currency(Currency::EUR)
        .since(Date::constant(2024, 1, 2))
        .sorted(true)
        .format("medium");
    assert_eq!(
        sent(&list),
        "do=list_animals&species=sealion%2Cother&name0=Leo&name1=Tia&currency=eur&since=2024%2F01%2F02&sort=1&format=medium"
    );
    let animal = tiger()
        .toys([Toy::new("rope"), Toy::new("ball").size(3).loud(true)])
        .tracker([192, 0, 2, 1])
        .home_page("https://zoo.example/leo")
        .weight(Decimal::new(1855, 1))
        .licence("A 1")
        .mood("Good")
        .kind("guest");
    assert_eq!(
        sent(&animal),
        "do=add_animal&name=Leo&species=tiger&born=2024-05-10&tame=no&cage=1%3B2&diet=none&toy0=rope&toy1=ball&toy_size1=3\
         &toy_loud1=1&tracker=192.0.2.1&url=https%3A%2F%2Fzoo.example%2Fleo&weight=185.5&value=9&licence=A%201&vet=Ann&mood=good\
         &type=guest"
    );
    assert_eq!(sent(&FeedAll::new()), "do=feed_all");
}

#[test]
fn a_choice_sends_what_goes_with_it() {
    let of = |diet: Diet| sent(&AddAnimal { diet, ..tiger() }).split_once("&diet=").unwrap().1.to_owned();
    assert_eq!(of(Diet::Nothing), "none&value=9&vet=Ann");
    assert_eq!(
        of(Diet::Meat { prey: Species::SeaLion, grams: None, raw: Some(true) }),
        "meat&prey=sealion&raw=1&value=9&vet=Ann"
    );
    assert_eq!(
        of(Diet::Plants {
            plants: vec!["hay".into(), "figs".into()],
            meals: vec![Meal::new(7), Meal::new(19).grams(5)]
        }),
        "plants&plant1=hay&plant2=figs&meal_hour0=7&meal_hour1=19&meal_grams1=5&value=9&vet=Ann"
    );
}

#[test]
fn what_must_hold_is_checked_before_sending() {
    use RequestErrorKind as Kind;
    for (result, kind, message) in [
        (
            refused(&AnimalInfo::new("")),
            Kind::Missing,
            "animal_info: param `id` is required, but an empty value was given",
        ),
        (
            refused(&ListAnimals::new().names(["a", "b", "c", "d"])),
            Kind::TooMany,
            "list_animals: param `name` takes at most 3 values (name0 to name2), but 4 were given; no more fit in one request",
        ),
        (
            refused(&ListAnimals::new().species([Species::Tiger, Species::SeaLion, Species::Other])),
            Kind::TooMany,
            "list_animals: param `species` takes at most 2 values, but 3 were given; no more fit in one request",
        ),
        (
            refused(&ListAnimals::new().currency(Currency::GBP)),
            Kind::NotAllowed,
            "list_animals: param `currency` takes `usd` or `eur`, but `GBP` was given",
        ),
        (
            refused(&AddAnimal { cages: Vec::new(), ..tiger() }),
            Kind::Missing,
            "add_animal: param `cage` is required, but no value was given",
        ),
        (
            refused(&AddAnimal { value: None, ..tiger() }),
            Kind::Missing,
            "add_animal: param `value` is required when `species` is `tiger`, but no value was given",
        ),
        (
            refused(&AddAnimal { vet: None, ..tiger() }),
            Kind::Missing,
            "add_animal: param `vet` is required when no `passport` is sent, but no value was given",
        ),
        (
            refused(&AddAnimal { vet: None, ..tiger().passport("7") }),
            Kind::Missing,
            "add_animal: param `issuer` is required when `passport` is sent, but no value was given",
        ),
        (
            refused(&tiger().toys([Toy::new("rope"), Toy::new("ball")])),
            Kind::Missing,
            "add_animal: param `toy_size1` is required when `toy1` is `ball`, but no value was given",
        ),
        (
            refused(&tiger().weight(Decimal::new(90001, 1))),
            Kind::OutOfRange,
            "add_animal: param `weight` takes 0 to 9000, but 9000.1 was given",
        ),
        (
            refused(&AddAnimal { diet: Diet::Plants { plants: Vec::new(), meals: Vec::new() }, ..tiger() }),
            Kind::Missing,
            "add_animal: param `plant` is required, but no value was given",
        ),
        (
            refused(&AddAnimal {
                diet: Diet::Plants { plants: vec!["hay".into()], meals: vec![Meal::new(24)] },
                ..tiger()
            }),
            Kind::OutOfRange,
            "add_animal: param `meal_hour0` takes 0 to 23, but 24 was given",
        ),
    ] {
        assert_eq!(result, (kind, message.to_owned()));
    }
}

#[test]
#[allow(deprecated)]
fn params_change_the_effect() {
    use bindwire_zoo::animal::FeedAnimal;
    let feed = FeedAnimal::new("7");
    assert_eq!(feed.effect(), Effect::Spend);
    assert_eq!(feed.clone().dry_run(true).effect(), Effect::Read);
    assert_eq!(feed.clone().dry_run(true).later(true).effect(), Effect::Write);
    assert_eq!(feed.clone().later(false).effect(), Effect::Spend);
    assert_eq!(feed.extra("dry_run", "1").effect(), Effect::Spend);
}

#[test]
fn no_secret_is_printed() {
    let animal = tiger().chip("985 112").password("sesame");
    let query = Query::of(&animal).unwrap();
    let (key, pin) = (Secret::from("k-1"), Secret::from("p-2"));
    let address = registry::API_INFO.endpoint("live").unwrap();
    let url = request_url(address, "xml", &[("key", &key), ("pin", &pin)], &query);
    let printed = format!("{animal:?} {query} {query:?} {url} {url:?}");
    for secret in ["985", "sesame", "k-1", "p-2"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    assert!(
        url.expose().starts_with("https://zoo.example/api.xml?key=k-1&pin=p-2&do=add_animal&name=Leo&"),
        "{printed}"
    );
    assert!(url.expose().contains("&chip=985%20112&password=sesame"));
}

#[test]
fn what_no_spec_describes_can_be_sent() {
    assert_eq!(sent(&Dream::new().param("of", "a b")), "do=dream&of=a%20b");
    assert_eq!(sent(&FeedAll::new().extra("slowly", "1")), "do=feed_all&slowly=1");
    let raw = registry::raw("wake_all").param("at0", "7").with_effect(Effect::Write);
    assert_eq!((sent(&raw), raw.effect()), ("do=wake_all&at0=7".to_owned(), Effect::Write));
    assert_eq!(refused(&FeedAll::new().extra("pin", "1")).0, RequestErrorKind::Reserved);
}

#[test]
fn the_registry_knows_every_command() {
    let names: Vec<&str> = registry::COMMANDS.iter().map(|entry| entry.info.name).collect();
    assert_eq!(names, ["add_animal", "animal_info", "dream", "feed_all", "feed_animal", "list_animals"]);
    for name in names {
        let entry = registry::find(name).unwrap();
        assert_eq!((entry.info.name, entry.info.reply.command), (name, name));
        assert_eq!((entry.new_reply)().shape().name, entry.info.reply.shape.name);
    }
    assert!(registry::find("sing").is_none());
    let list = registry::find("list_animals").unwrap().info;
    assert!(list.exempt && list.check_format(Format::Csv).is_ok());
    assert_eq!(list.reply.root_aliases, ["AnimalsResponse"]);
}

#[test]
fn the_catalog_tells_what_a_request_needs() {
    let catalog: serde_json::Value = serde_json::from_str(registry::CATALOG).unwrap();
    let command = |name: &str| {
        let commands = catalog["commands"].as_array().unwrap();
        commands.iter().find(|command| command["name"] == name).unwrap().clone()
    };
    let params: Vec<(String, serde_json::Value, String)> = command("add_animal")["params"]
        .as_array()
        .unwrap()
        .iter()
        .map(|param| {
            (param["wire"].as_str().unwrap().to_owned(), param["required"].clone(), param["indexed"].to_string())
        })
        .collect();
    let expected = [
        ("name", "true", "null"),
        ("species", "true", "null"),
        ("born", "true", "null"),
        ("tame", "true", "null"),
        ("cage", "true", "null"),
        ("diet", "true", "null"),
        ("prey", "\"diet is meat\"", "null"),
        ("meat_grams", "false", "null"),
        ("raw", "false", "null"),
        ("plant", "\"diet is plants\"", "[1,3]"),
        ("meal_hour", "\"an item of meals is given\"", "[0,1]"),
        ("meal_grams", "false", "[0,1]"),
        ("toy", "\"an item of toys is given\"", "[0,2]"),
        ("toy_size", "\"the toy is a ball or a ring\"", "[0,2]"),
        ("toy_loud", "false", "[0,2]"),
        ("tracker", "false", "null"),
        ("url", "false", "null"),
        ("weight", "false", "null"),
        ("value", "\"it is a tiger\"", "null"),
        ("licence", "\"the law says so\"", "null"),
        ("vet", "\"no passport is sent\"", "null"),
        ("passport", "\"no vet is sent\"", "null"),
        ("issuer", "\"passport is sent\"", "null"),
        ("mood", "false", "null"),
        ("chip", "false", "null"),
        ("password", "false", "null"),
        ("type", "false", "null"),
    ];
    let shown: Vec<(&str, String, &str)> = params
        .iter()
        .map(|(wire, required, indexed)| (wire.as_str(), required.to_string(), indexed.as_str()))
        .collect();
    assert_eq!(shown, expected.map(|(wire, required, indexed)| (wire, required.to_owned(), indexed)));
    let tags = command("list_animals")["reply_tags"].to_string();
    for tag in [
        "ZooResponse",
        "ZooHeader",
        "ZooContent",
        "AnimalsResponse",
        "Code",
        "Status",
        "Error",
        "animal",
        "No",
        "Called",
        "mail",
    ] {
        assert!(tags.contains(&format!("\"{tag}\"")), "{tag} is not in {tags}");
    }
}

/// A file of the zoo.
fn file(path: &str) -> String {
    let path = format!("{}/golden/zoo/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn files_read_as_if_written_by_hand() {
    insta::assert_snapshot!("list_animals.rs", file("src/animal/list_animals.rs"));
    insta::assert_snapshot!("feed_animal.rs", file("src/animal/feed_animal.rs"));
    insta::assert_snapshot!("keeper.rs", file("src/types/keeper.rs"));
    insta::assert_snapshot!("COMMANDS.md", file("COMMANDS.md"));
}
