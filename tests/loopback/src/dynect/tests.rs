//! The stand-in by itself.

use super::{Dynect, Message};
use crate::server::{Reply, Request};
use crate::soap::{element, envelope};

const NEWEST: &str = "https://api2.dynect.net/wsdl/3.7.16/Dynect/";

fn ask(service: &Dynect, namespace: &str, command: &str, children: &str) -> Reply {
    let body = envelope(namespace, &format!("<tns:{command}Request>{children}</tns:{command}Request>"));
    service.answer(&Request::soap("/SOAP/", "\"https://api2.dynect.net/SOAP/\"", &body))
}

#[track_caller]
fn assert_says(reply: &Reply, status: u16, words: &str) {
    let body = String::from_utf8(reply.body.clone()).unwrap();
    assert!(reply.status == status && body.contains(words), "{}: {body}", reply.status);
}

fn login(service: &Dynect) -> String {
    let children = [("user_name", "user"), ("customer_name", "customer"), ("password", "pass & word")];
    let children: String = children.iter().map(|(name, value)| element(name, value)).collect();
    assert_says(&ask(service, NEWEST, "SessionLogin", &children), 200, "<status>success</status>");
    element("token", service.tokens().last().unwrap())
}

#[test]
fn sessions_zones_and_jobs() {
    let service = Dynect::new("pass & word");
    let token = login(&service);
    let zone = format!("{token}<zone>example.com</zone>");
    assert_says(&ask(&service, NEWEST, "CreateZone", &zone), 200, "<serial>0</serial>");
    assert_says(&ask(&service, NEWEST, "CreateZone", &zone), 500, "TARGET_EXISTS");
    let incompat = format!("{token}<fault_incompat>1</fault_incompat><zone>example.com</zone>");
    assert_says(&ask(&service, NEWEST, "CreateZone", &incompat), 200, "<status>failure</status>");
    assert_eq!((service.executions("CreateZone"), service.asked("CreateZone")), (1, 3));

    service.slow("PublishZone", 1);
    assert_says(&ask(&service, NEWEST, "PublishZone", &zone), 200, "<status>incomplete</status>");
    assert_says(&ask(&service, NEWEST, "GetZones", &token), 500, "already has a job running");
    assert_eq!(service.overlaps(), 1);
    let job = format!("{token}<job_id>5</job_id>");
    assert_says(&ask(&service, NEWEST, "GetJob", &job), 200, "<status>incomplete</status>");
    assert_says(&ask(&service, NEWEST, "GetJob", &job), 200, "<serial>1</serial>");
    assert_says(&ask(&service, NEWEST, "GetJob", &format!("{token}<job_id>99</job_id>")), 500, "NOT_FOUND");

    service.end_sessions();
    assert_says(&ask(&service, NEWEST, "GetZones", &token), 500, "expired credentials");
    let other = login(&service);
    assert_says(&ask(&service, NEWEST, "GetJob", &format!("{other}<job_id>5</job_id>")), 500, "NOT_FOUND");
}

#[test]
fn what_is_not_as_it_must_be_is_refused() {
    let service = Dynect::new("pass & word");
    let token = login(&service);
    service.refuse("GetZones", vec![Message::error("PERMISSION_DENIED", "no <zones>")]);
    assert_says(&ask(&service, NEWEST, "GetZones", &token), 500, "no &lt;zones&gt;");
    let late = format!("<zone>example.com</zone>{token}");
    assert_says(&ask(&service, NEWEST, "CreateZone", &late), 500, "expired credentials");
    let wrong = "<user_name>user</user_name><customer_name>customer</customer_name><password>x</password>";
    assert_says(&ask(&service, NEWEST, "SessionLogin", wrong), 500, "did not match");
    let old = "https://api2.dynect.net/wsdl/9.9.9/Dynect/";
    assert_says(&ask(&service, old, "GetZones", &token), 500, "INVALID_VERSION");
    let odd = format!("{token}<version>2.3.1</version>");
    assert_says(&ask(&service, NEWEST, "SessionIsAlive", &odd), 500, "INVALID_VERSION");
    assert_eq!(service.executions("CreateZone") + service.executions("GetZones"), 0);
}
