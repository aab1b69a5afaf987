//! `bindwire decode` on answers in SOAP: codes that are words, messages, jobs, faults, and values that come as they come.

mod support;

use insta::assert_snapshot;
use serde_json::json;
use support::{Run, bindwire, bindwire_on, root};

/// Decodes what stands in an envelope's body.
fn decode(api: &str, command: &str, body: &str, arguments: &[&str]) -> Run {
    let envelope = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><SOAP-ENV:Envelope \
         xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\"><SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>"
    );
    bindwire_on(&[&["decode", api, command][..], arguments].concat(), &envelope)
}

/// An answer of DynECT's in its namespace.
fn dynect(element: &str, inner: &str) -> String {
    format!("<ns1:{element} xmlns:ns1=\"https://api2.dynect.net/wsdl/3.7.16/Dynect/\">{inner}</ns1:{element}>")
}

const FAILURE: &str = "<job_id>42</job_id><status>failure</status>\
    <msgs><source>BLL</source><lvl>ERROR</lvl><err_cd>NOT_FOUND</err_cd><info>node: Not in zone</info></msgs>\
    <msgs><source>BLL</source><lvl>INFO</lvl><info>get: No records</info></msgs>";

#[test]
fn a_failure_has_its_code_its_messages_and_its_job() {
    let run = decode("dynect", "GetARecords", &dynect("GetARecordsResponse", FAILURE), &[]);
    assert_eq!(run.code, Some(4));
    assert_snapshot!(run.out, @r#"
    {
      "command": "GetARecords",
      "format": "xml",
      "result": "refused",
      "code": "NOT_FOUND",
      "status": "failure",
      "error": "node: Not in zone",
      "class": "not_found",
      "job": "42",
      "messages": [
        {
          "source": "BLL",
          "level": "ERROR",
          "code": "NOT_FOUND",
          "text": "node: Not in zone"
        },
        {
          "source": "BLL",
          "level": "INFO",
          "code": null,
          "text": "get: No records"
        }
      ],
      "value": null,
      "notes": []
    }
    "#);
}

#[test]
fn a_fault_is_a_refusal() {
    let fault = format!(
        "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Failed</faultstring>\
         <faultactor>https://api2.dynect.net/SOAP/</faultactor><detail>{}</detail></SOAP-ENV:Fault>",
        dynect("ErrorResponse", FAILURE)
    );
    let run = decode("dynect", "GetARecords", &fault, &[]);
    assert_eq!(run.code, Some(4), "{run:?}");
    let reply = run.json();
    assert_eq!(
        (&reply["result"], &reply["code"], &reply["class"]),
        (&json!("refused"), &json!("NOT_FOUND"), &json!("not_found"))
    );
    assert_eq!(reply["job"], "42");
    assert_eq!(reply["messages"][0]["text"], "node: Not in zone");
    let fault = &reply["fault"];
    assert_eq!((&fault["code"], &fault["string"]), (&json!("SOAP-ENV:Server"), &json!("Failed")));
    assert_eq!(fault["actor"], "https://api2.dynect.net/SOAP/");
    assert_eq!(fault["detail"]["ErrorResponse"]["msgs"][1]["lvl"], "INFO", "{fault}");
}

#[test]
fn a_code_of_a_fault_is_a_word() {
    let fault = "<SOAP-ENV:Fault><faultcode>E13-M1305</faultcode><faultstring>E13-M1305 : domain syntax</faultstring></SOAP-ENV:Fault>";
    let run = decode("netim", "domainCheck", fault, &[]);
    assert_eq!(run.code, Some(4));
    let reply = run.json();
    assert_eq!((&reply["code"], &reply["class"]), (&json!("E13-M1305"), &json!("invalid_request")));
    assert_eq!(reply["fault"], json!({ "code": "E13-M1305", "string": "E13-M1305 : domain syntax" }));
    for absent in ["job", "messages", "pending", "may_have_run"] {
        assert_eq!(reply.get(absent), None, "{reply}");
    }
}

#[test]
fn a_server_that_lost_its_way_may_have_done_its_work() {
    let fault =
        "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Oops</faultstring></SOAP-ENV:Fault>";
    let reply = decode("netim", "domainDelete", fault, &[]).json();
    assert_eq!((&reply["may_have_run"], &reply["code"]), (&json!(true), &json!(null)));
}

#[test]
fn what_is_still_to_be_done_is_seen() {
    let body = dynect("PublishZoneResponse", "<job_id>7</job_id><status>incomplete</status>");
    let run = decode("dynect", "PublishZone", &body, &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let reply = run.json();
    assert_eq!((&reply["result"], &reply["status"]), (&json!("ok"), &json!("incomplete")));
    assert_eq!((&reply["pending"], &reply["job"]), (&json!(true), &json!("7")));
    // Not where it is done.
    let body = dynect("PublishZoneResponse", "<job_id>7</job_id><status>success</status>");
    assert_eq!(decode("dynect", "PublishZone", &body, &[]).json().get("pending"), None);
}

#[test]
fn what_comes_as_it_comes_is_shown_as_a_tree() {
    let data = "<data><zone>example.com</zone><serial>3</serial><more a=\"1\"><x>1</x><x>2</x></more></data>";
    let body = dynect("GetJobResponse", &format!("{data}<job_id>7</job_id><status>success</status>"));
    let run = decode("dynect", "GetJob", &body, &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let expected = json!({ "zone": "example.com", "serial": "3", "more": { "@a": "1", "x": ["1", "2"] } });
    assert_eq!(run.json()["value"]["data"], expected);
    let none = dynect("GetJobResponse", "<job_id>7</job_id><status>success</status>");
    assert!(decode("dynect", "GetJob", &none, &[]).json()["value"]["data"].is_null());
    let items = "<return><item><ID>1</ID></item><item><ID>2</ID></item></return>";
    let body = format!("<ns1:queryOpeListResponse xmlns:ns1=\"urn:DRS\">{items}</ns1:queryOpeListResponse>");
    let run = decode("netim", "queryOpeList", &body, &[]);
    assert_eq!(run.json()["value"]["operations"], json!({ "item": [{ "ID": "1" }, { "ID": "2" }] }));
}

#[test]
fn the_token_of_a_session_is_printed_nowhere() {
    let data = "<data><token>hunter2</token><version>3.7.16</version></data>";
    let message = "<msgs><source>BLL</source><lvl>INFO</lvl><info>login: hunter2</info></msgs>";
    let body = dynect("SessionLoginResponse", &format!("{data}<job_id>1</job_id><status>success</status>{message}"));
    let run = decode("dynect", "SessionLogin", &body, &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!run.out.contains("hunter2"), "{}", run.out);
    assert_eq!(run.json()["messages"][0]["text"], "login: <redacted>");
}

#[test]
fn an_unreadable_answer_says_why() {
    let run = bindwire_on(&["decode", "netim", "domainCheck"], "<html><body>502</body></html>");
    assert_eq!((run.code, run.json()["result"].as_str()), (Some(5), Some("unreadable")));
}

#[test]
fn every_recorded_answer_gives_its_verdict() {
    let mut seen = 0;
    for command in std::fs::read_dir(root().join("tests/vectors/netim")).unwrap().flatten() {
        for vector in std::fs::read_dir(command.path()).unwrap().flatten() {
            let about = std::fs::read_to_string(vector.path().join("vector.toml")).unwrap();
            let verdict = about.lines().find_map(|line| line.strip_prefix("verdict = ")).unwrap().trim_matches('"');
            let name = command.file_name().into_string().unwrap();
            // An answer that any command may get.
            let name = if name == "any" { "domainCheck" } else { &name };
            let file = vector.path().join("reply.xml");
            let run = bindwire(&["decode", "netim", name, file.to_str().unwrap()]);
            let reply = run.json();
            assert_eq!(reply["result"], verdict, "{run:?}");
            assert_eq!(run.code, Some(if verdict == "ok" { 0 } else { 4 }));
            assert_eq!(reply.get("fault").is_some(), verdict == "refused", "{run:?}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn a_write_of_records_has_a_result_for_each() {
    let path = "tests/vectors/ecosys/UpdateSampleObject/page/reply.xml";
    let run = bindwire(&["decode", "ecosys", "UpdateSampleObject", path]);
    assert_eq!(run.code, Some(0));
    let decoded = run.json();
    let results = &decoded["value"]["results"];
    assert_eq!((&results[0]["success"], &results[1]["success"]), (&json!(true), &json!(false)));
    assert_eq!(results[1]["messages"][0]["reason"], "ESRC_OBJECT_NOT_FOUND_BY_KEY");
    assert_eq!(decoded["notes"].as_array().map(Vec::len), Some(2), "what the page leaves out");
    let fault = "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Login failed</faultstring></SOAP-ENV:Fault>";
    let run = decode("ecosys", "ReadSampleObject", fault, &[]);
    assert_eq!((run.code, &run.json()["class"]), (Some(4), &json!("auth")));
}
