//! Keys and transfer codes are sent, and shown nowhere.

use super::built::built;
use bindwire_dynadot::domain::SetNote;
use bindwire_dynadot::registry::{API_INFO, CATALOG, raw};
use bindwire_dynadot::transfer::{SetTransferAuthCode, Transfer};
use bindwire_wire::{Command, Query, Secret, request_url};
use serde_json::Value;
use std::fmt::Debug;

/// Stands nowhere but in what is secret; its encoded form neither.
const SECRET: &str = "hunter 2&more";

/// What must not be shown: the secret, and any part of it that could stand alone.
const PARTS: [&str; 3] = ["hunter", "more", "26mo"];

#[track_caller]
fn assert_hidden(shown: &str) {
    for part in PARTS {
        assert!(!shown.contains(part), "{part:?} is shown: {shown}");
    }
}

#[track_caller]
fn assert_sent_but_hidden(request: &(impl Command + Debug), param: &str) {
    assert_hidden(&format!("{request:?} {request:#?}"));
    let query = Query::of(request).unwrap();
    assert_hidden(&format!("{query} {query:?} {query:#?}"));
    assert!(query.to_string().contains(&format!("{param}=<redacted>")), "{query}");
    assert!(query.to_query_string().contains(&format!("{param}=hunter%202%26more")));
    assert!(query.pairs().any(|(name, value)| name == param && value == SECRET));
    let key = Secret::from("hunterkey");
    let url = request_url("https://host/api3.{format}", "json", &[("key", &key)], &query);
    assert_hidden(&format!("{url} {url:?} {url:#?} {key} {key:?}"));
    assert!(url.to_string().starts_with("https://host/api3.json?key=<redacted>&command="), "{url}");
    assert!(url.expose().starts_with("https://host/api3.json?key=hunterkey&command="));
    assert!(url.expose().ends_with(&query.to_query_string()));
}

#[test]
fn transfer_codes_are_hidden() {
    assert_sent_but_hidden(&Transfer::new("a.com", SECRET).coupon("c"), "auth");
    assert_sent_but_hidden(&SetTransferAuthCode::new("a.com", SECRET).order_id("7"), "auth_code");
}

#[test]
fn secrets_that_the_spec_does_not_know_are_hidden() {
    assert_sent_but_hidden(&SetNote::new("a.com", "x").extra("plain", "1").extra_secret("pin", SECRET), "pin");
    assert_sent_but_hidden(&raw("open_safe").param("plain", "1").secret("pin", SECRET), "pin");
}

#[test]
fn every_secret_param_is_tested_here() {
    let catalog: Value = serde_json::from_str(CATALOG).unwrap();
    let mut secret = Vec::new();
    for command in catalog["commands"].as_array().unwrap() {
        for param in command["params"].as_array().unwrap() {
            if param["secret"] == true {
                secret.push(format!("{} {}", command["name"].as_str().unwrap(), param["wire"].as_str().unwrap()));
            }
        }
    }
    assert_eq!(secret, ["set_transfer_auth_code auth_code", "transfer auth"]);
}

#[test]
fn the_key_is_hidden_in_every_documented_request() {
    let credential = &API_INFO.credentials[0];
    assert_eq!((credential.name, credential.wire, API_INFO.credentials.len()), ("key", "key", 1));
    let key = Secret::from(SECRET);
    for entry in built() {
        let query = entry.query.unwrap();
        let url = request_url(API_INFO.endpoint("live").unwrap(), "xml", &[(credential.wire, &key)], &query);
        assert_hidden(&format!("{url} {url:?}"));
        assert!(url.expose().contains("?key=hunter%202%26more&command="), "{}", entry.command);
    }
}

#[test]
fn an_error_about_a_request_shows_no_secret() {
    let error = Query::of(&raw("open_safe").secret("pin", SECRET).secret("pin", SECRET)).unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
    let error = Query::of(&SetNote::new("a.com", "x").extra("plain", "1").extra_secret("key", SECRET)).unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
}
