//! The stand-in by itself.

use super::Netim;
use crate::server::{Reply, Request};
use crate::soap::{element, envelope};

fn ask(service: &Netim, function: &str, arguments: &[(&str, &str)]) -> Reply {
    let arguments: String = arguments.iter().map(|(name, value)| element(name, value)).collect();
    let body = envelope("urn:DRS", &format!("<tns:{function}>{arguments}</tns:{function}>"));
    service.answer(&Request::soap("/2.0/", "\"\"", &body))
}

#[track_caller]
fn assert_says(reply: &Reply, status: u16, words: &str) {
    let body = String::from_utf8(reply.body.clone()).unwrap();
    assert!(reply.status == status && body.contains(words), "{}: {body}", reply.status);
}

fn open(service: &Netim) -> String {
    let reply = ask(service, "sessionOpen", &[("idReseller", "RESELLER"), ("password", "word"), ("language", "EN")]);
    let id = service.sessions().pop().unwrap();
    assert_says(&reply, 200, &format!("<IDSession xsi:type=\"xsd:string\">{id}</IDSession>"));
    id
}

#[test]
fn sessions_and_operations() {
    let service = Netim::new("word");
    let id = open(&service);
    assert_eq!(id.len(), 32);
    service.set_course("domainRenew", &["Pending", "Done"]);
    let renew = [("IDSession", &*id), ("domain", "example.com"), ("duration", "1")];
    assert_says(&ask(&service, "domainRenew", &renew), 200, "<STATUS>Pending</STATUS>");
    let look = [("IDSession", &*id), ("IDOpe", "1111")];
    for _ in 0..2 {
        assert_says(&ask(&service, "queryOpe", &look), 200, "<STATUS>Done</STATUS>");
    }
    assert_says(&ask(&service, "queryOpe", &[("IDSession", &id), ("IDOpe", "7")]), 500, "<faultcode>E15</faultcode>");
    let asynchronous = [("IDSession", &*id), ("type", "sync"), ("value", "0")];
    assert_says(&ask(&service, "sessionSetPreference", &asynchronous), 200, "Response");
    assert_says(&ask(&service, "sessionInfo", &[("IDSession", &id)]), 200, "<sync>0</sync>");
    assert_says(&ask(&service, "domainRenew", &renew), 200, "<return xsi:type=\"xsd:int\">1112</return>");
    assert_says(&ask(&service, "sessionClose", &[("IDSession", &id)]), 200, "sessionCloseResponse");
    assert_says(&ask(&service, "sessionClose", &[("IDSession", &id)]), 500, "<faultstring>E02 : ");
    assert_eq!((service.executions("domainRenew"), service.executions("sessionClose")), (2, 1));
}

#[test]
fn arguments_are_bound_by_name_or_by_position() {
    let service = Netim::new("word");
    let id = open(&service);
    ask(&service, "domainRenew", &[("IDSession", &id), ("domain", "example.com"), ("duration", "2")]);
    ask(&service, "domainRenew", &[("Item", &id), ("Item", "example.com"), ("Item", "2")]);
    let [by_name, by_position] = &service.arguments("domainRenew")[..] else { panic!("two calls") };
    assert_eq!(by_name.values(), [("IDSession", &*id), ("domain", "example.com"), ("duration", "2")]);
    assert_eq!(by_name.values(), by_position.values());
    assert!(by_name.by_name && !by_position.by_name);
}
