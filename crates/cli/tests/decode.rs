//! `bindwire decode` on recorded replies: results, exit codes, secrets.

mod support;

use insta::assert_snapshot;
use serde_json::{Value, json};
use support::{bindwire, bindwire_on, root, vector};

#[test]
fn every_vector_gives_its_verdict() {
    let index = std::fs::read_to_string(root().join("tests/vectors/index.json")).unwrap();
    let index: Value = serde_json::from_str(&index).unwrap();
    let mut seen = 0;
    for vector in index["vectors"].as_array().unwrap() {
        let text = |key: &str| vector[key].as_str().unwrap();
        if text("kind") != "reply" || text("api") != "dynadot" {
            continue;
        }
        let command = match (text("command"), text("format")) {
            // An answer that any command may get.
            ("any", "csv") => "get_open_auctions",
            ("any", _) => "set_ns",
            (command, _) => command,
        };
        let run = bindwire(&["decode", text("api"), command, text("file"), "--format", text("format")]);
        let expected = match text("verdict") {
            "ok" => 0,
            "refused" => 4,
            _ => 5,
        };
        let reply = run.json();
        assert_eq!(
            (reply["result"].as_str(), run.code),
            (Some(text("verdict")), Some(expected)),
            "{}: {run:?}",
            text("id")
        );
        assert_eq!(run.err, "", "{}", text("id"));
        seen += 1;
    }
    assert!(seen > 400, "{seen}");
}

#[test]
fn a_reply_is_one_json_object() {
    let run = bindwire(&["decode", "dynadot", "lock_domain", &vector("lock_domain/fr/reply.xml")]);
    assert_eq!(run.code, Some(0));
    assert_snapshot!(run.out, @r#"
    {
      "command": "lock_domain",
      "format": "xml",
      "result": "ok",
      "code": 0,
      "status": "success",
      "error": null,
      "value": {},
      "notes": [
        {
          "kind": "renamed-level",
          "path": "LockDomainResponse/LockDomainferHeader",
          "offset": 24,
          "text": "LockDomainferHeader"
        },
        {
          "kind": "misspelt-end-tag",
          "path": "LockDomainResponse/LockDomainferHeader",
          "offset": 115,
          "text": "LockDomainHeader"
        }
      ]
    }
    "#);
}

#[test]
fn a_value_has_the_fields_of_the_record() {
    let run = bindwire(&["decode", "dynadot", "get_ns", &vector("get_ns/fr/reply.json")]);
    assert_snapshot!(run.out, @r#"
    {
      "command": "get_ns",
      "format": "json",
      "result": "ok",
      "code": 0,
      "status": "success",
      "error": null,
      "value": {
        "hosts": [
          "ns1.mydomain.com",
          "ns2.mydomain.com"
        ]
      },
      "notes": []
    }
    "#);
}

#[test]
fn a_reply_that_no_spec_describes_is_given_by_its_names() {
    let body = r#"{"SuggestionSearchResponse": {"ResponseCode": "0", "Status": "success", "Count": 2, "Name": ["a.com", "b.com"], "Of": {"Name": "a"}}}"#;
    let run = bindwire_on(&["decode", "dynadot", "suggestion_search"], body);
    assert_eq!(run.code, Some(0));
    let value = run.json()["value"].clone();
    let value = value.get("SuggestionSearchResponse").unwrap_or(&value);
    assert_eq!(value["Count"], "2", "{run:?}");
    assert_eq!(value["Name"], json!(["a.com", "b.com"]), "{run:?}");
    assert_eq!(value["Of"]["Name"], "a", "{run:?}");
}

#[test]
fn standard_input_is_read_without_a_file() {
    let body = std::fs::read_to_string(root().join(vector("delete_contact/ru/reply.xml"))).unwrap();
    for arguments in [vec!["decode", "dynadot", "delete_contact"], vec!["decode", "dynadot", "delete_contact", "-"]] {
        let run = bindwire_on(&arguments, &body);
        assert_eq!(run.code, Some(4));
        let reply = run.json();
        assert_eq!(reply["result"], "refused");
        assert_eq!((&reply["code"], &reply["status"], &reply["value"]), (&json!(-1), &json!("error"), &Value::Null));
        assert_eq!(reply["class"], "invalid_request");
        assert!(reply["error"].as_str().unwrap().starts_with("cannot delete these contacts"), "{reply}");
    }
}

#[test]
fn an_unreadable_body_says_why_and_where() {
    for (body, format, kind, why) in [
        ("", None, "empty", "search: the body is empty, at byte 0"),
        ("<html><body>502</body></html>", Some("json"), "not-a-reply", "search: the body is an HTML page, at byte 0"),
        ("{\"SearchResponse\": {\"ResponseCode\": \"0\", \"SearchResults\": [{", None, "cut-off", "search: "),
    ] {
        let mut arguments = vec!["decode", "dynadot", "search"];
        arguments.extend(format.iter().flat_map(|format| ["--format", format]));
        let run = bindwire_on(&arguments, body);
        assert_eq!(run.code, Some(5), "{run:?}");
        let reply = run.json();
        assert_eq!(
            (&reply["result"], &reply["kind"], &reply["format"]),
            (&json!("unreadable"), &json!(kind), &Value::Null)
        );
        assert!(reply["error"].as_str().unwrap().starts_with(why), "{reply}");
        assert!(reply["value"].is_null());
    }
}

#[test]
fn strict_takes_no_deviation() {
    let file = vector("lock_domain/fr/reply.xml");
    let run = bindwire(&["decode", "dynadot", "lock_domain", "--strict", &file]);
    assert_eq!((run.code, run.json()["kind"].as_str()), (Some(5), Some("strict")));
    let run = bindwire(&["decode", "dynadot", "search", "--strict", &vector("search/fr/reply.xml")]);
    assert_eq!(run.code, Some(0));
}

#[test]
fn secrets_are_printed_nowhere() {
    for file in ["get_transfer_auth_code/fr/reply.xml", "get_transfer_auth_code/fr/reply.json"] {
        let run = bindwire(&["decode", "dynadot", "get_transfer_auth_code", &vector(file)]);
        assert_eq!(run.json()["value"]["auth_code"], "<redacted>");
        assert!(!run.out.contains("testauthcode"), "{}", run.out);
    }
    // Where the secret itself is odd.
    let doubled = r#"{"GetTransferAuthCodeResponse": {"ResponseCode": 0, "Status": "success", "AuthCode": "hunter2", "AuthCode": "rabbit3"}}"#;
    let unquoted = r#"{"GetTransferAuthCodeResponse": {"ResponseCode": 0, "Status": "success", "AuthCode": hunter2}}"#;
    let number = r#"{"GetTransferAuthCodeResponse": {"ResponseCode": 0, "Status": "success", "AuthCode": 74839265}}"#;
    let second = r#"{"GetTransferAuthCodeResponse": {"ResponseCode": 0, "Status": "success", "AuthCode": "a", "AuthCode": 74839265}}"#;
    let bodies =
        [(doubled, "duplicate-field"), (unquoted, "unquoted-value"), (number, "scalar-type"), (second, "scalar-type")];
    for (body, odd) in bodies {
        for (arguments, code) in [(vec![], 0), (vec!["--strict"], 5)] {
            let arguments = [vec!["decode", "dynadot", "get_transfer_auth_code"], arguments].concat();
            let run = bindwire_on(&arguments, body);
            assert_eq!(run.code, Some(code), "{run:?}");
            for secret in ["hunter2", "rabbit3", "74839265"] {
                assert!(!run.out.contains(secret), "{}", run.out);
            }
            if code == 0 {
                let notes = run.json()["notes"].clone();
                assert!(notes.as_array().unwrap().iter().any(|note| note["kind"] == odd), "{notes}");
            }
        }
    }
}

#[test]
fn notes_beyond_the_budget_are_counted() {
    let unknown: String = (0..30000).map(|number| format!("\"Odd{number}\": 1, ")).collect();
    let body = format!("{{\"SetNoteResponse\": {{{unknown} \"ResponseCode\": \"0\", \"Status\": \"success\"}}}}");
    let reply = bindwire_on(&["decode", "dynadot", "set_note"], &body).json();
    let kept = reply["notes"].as_array().unwrap().len();
    assert!(kept < 30000, "{kept}");
    assert!(reply["notes_omitted"].as_u64().unwrap() >= 30000 - kept as u64, "{kept}");
    let reply = bindwire_on(&["decode", "dynadot", "set_note"], &body.replace(&unknown, "")).json();
    assert_eq!(reply.get("notes_omitted"), None);
}

#[test]
fn wrong_usage_is_told_in_a_line() {
    bindwire(&["decode", "dynadot", "serach"])
        .assert_usage(&["bindwire: dynadot has no command `serach`; did you mean `search`?"]);
    bindwire(&["decode", "dynadot", "frobnicate"])
        .assert_usage(&["bindwire: dynadot has no command `frobnicate`; `bindwire commands dynadot` lists them"]);
    bindwire(&["decode", "dynadto", "search"])
        .assert_usage(&["bindwire: there is no API `dynadto`; did you mean `dynadot`?"]);
    bindwire(&["decode", "dynadot", "search", "--format", "yaml"]).assert_usage(&[
        "bindwire: invalid value 'yaml' for '--format <FORMAT>': `yaml` is no format; use xml, json or csv; For more information, try '--help'.",
    ]);
    bindwire(&["decode", "dynadot", "search", "no/such/file"]).assert_usage(&[
        "bindwire: the file `no/such/file` cannot be read: No such file or directory (os error 2); name another, or give the body on standard input",
    ]);
}
