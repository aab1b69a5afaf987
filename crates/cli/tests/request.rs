//! `bindwire request`: URLs and envelopes, and everything that is refused.

mod support;

use insta::assert_snapshot;
use support::bindwire;

fn request(arguments: &[&str]) -> support::Run {
    bindwire(&[&["request", "dynadot"], arguments].concat())
}

#[test]
fn a_url_is_printed_without_the_key() {
    let run = request(&["search", "domain0=mydomain.com", "domain1=münchen.de", "show_price=1", "currency=usd"]);
    assert_eq!(run.err, "");
    assert_eq!(
        run.out,
        "https://api.dynadot.com/api3.json?key=<redacted>&command=search&domain0=mydomain.com&domain1=xn--mnchen-3ya.de&show_price=1&currency=USD\n"
    );
    assert_eq!(run.code, Some(0));
}

#[test]
fn format_and_address_can_be_chosen() {
    for (arguments, start) in [
        (vec!["get_open_backorder_auctions"], "https://api.dynadot.com/api3.xml?"),
        (vec!["get_open_backorder_auctions", "--format", "csv"], "https://api.dynadot.com/api3.html?"),
        (vec!["account_info", "--sandbox"], "https://api-sandbox.dynadot.com/api3.json?"),
    ] {
        let run = request(&arguments);
        assert!(run.out.starts_with(start), "{run:?}");
    }
}

#[test]
fn secrets_are_redacted() {
    let run = request(&["transfer", "domain=a.com", "auth=hunter2"]);
    assert_eq!(
        run.out,
        "https://api.dynadot.com/api3.json?key=<redacted>&command=transfer&domain=a.com&auth=<redacted>\n"
    );
    // Nor are they quoted where something is wrong.
    for arguments in [
        ["transfer", "domain=a.com", "auht=hunter2"],
        ["transfer", "key=hunter2", "hunter2"],
        ["set_transfer_auth_code", "domain=a.com", "hunter2"],
    ] {
        let run = request(&arguments);
        assert_eq!(run.code, Some(2));
        assert!(!run.err.contains("hunter2"), "{}", run.err);
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let run = request(&[
        "order_list",
        "searchBy=date_range",
        "startDate=2024-01-01",
        "paymentMehtod=visa",
        "--format",
        "csv",
    ]);
    run.assert_usage(&[
        "bindwire: order_list: param `paymentMehtod` is not known; did you mean `paymentMethod`? `--extra paymentMehtod=...` sends it unchecked",
        "bindwire: order_list: param `startDate` takes a date as `yyyy/MM/dd`, but `2024-01-01` was given",
        "bindwire: order_list: param `endDate` is required when `searchBy` is `date_range`, but no value was given",
        "bindwire: order_list: the command answers in `xml` and `json`, but `csv` was asked for",
    ]);
}

#[test]
fn bounds_are_kept() {
    request(&["search", "domain0=a.com", "domain100=b.com"]).assert_usage(&[
        "bindwire: search: param `domain100` is out of bounds: `domain0` to `domain99` are taken, 100 at most; number from 0, and no more fit in one request",
    ]);
    let many = format!("domain={}", vec!["a.com"; 101].join(","));
    request(&["set_ns", &many, "ns0=ns1.a.com"]).assert_usage(&[
        "bindwire: set_ns: param `domain` takes at most 100 values, but 101 were given; no more fit in one request",
    ]);
    request(&["set_dnssec", "domain_name=a.com", "algorithm=13", "key_tag=65536", "digest_type=2", "digest=ab"])
        .assert_usage(&[
            "bindwire: set_dnssec: param `key_tag` takes a whole number from 0 to 65535, but `65536` was given",
        ]);
}

#[test]
fn an_extra_param_is_sent_unchecked() {
    let run = request(&["account_info", "--extra", "verbose=a b", "--extra", "page=2"]);
    assert_eq!(run.out, "https://api.dynadot.com/api3.json?key=<redacted>&command=account_info&verbose=a%20b&page=2\n");
    request(&["account_info", "--extra", "key=abc"])
        .assert_usage(&["bindwire: account_info: param `key` is put by the program; leave it out"]);
    request(&["set_note", "domain=a.com", "note=x", "--extra", "note=y"])
        .assert_usage(&["bindwire: set_note: param `note` is given twice; leave one out"]);
}

#[test]
fn what_is_unusual_is_told_beside_the_url() {
    let run = request(&["set_renew_option", "domain=a.com", "renew_option=never"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.ends_with("&domain=a.com&renew_option=never\n"), "{}", run.out);
    assert_eq!(
        run.err,
        "bindwire: set_renew_option: param `renew_option` is known to take `donot`, `auto` and `reset`; `never` is sent all the same\n"
    );
}

#[test]
fn an_envelope_is_printed_under_its_address() {
    let params = ["fqdn=www.example.com", "zone=example.com", "rdata/address=192.0.2.1"];
    let run = bindwire(&[&["request", "dynect", "CreateARecord"][..], &params].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(run.out, @r#"
    POST https://api2.dynect.net/SOAP/
    Content-Type: text/xml; charset=utf-8
    SOAPAction: "https://api2.dynect.net/SOAP/"

    <?xml version="1.0" encoding="UTF-8"?>
    <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/">
      <SOAP-ENV:Body>
        <m:CreateARecordRequest xmlns:m="https://api2.dynect.net/wsdl/3.7.16/Dynect/">
          <token><redacted></token>
          <fqdn>www.example.com</fqdn>
          <zone>example.com</zone>
          <rdata>
            <address>192.0.2.1</address>
          </rdata>
        </m:CreateARecordRequest>
      </SOAP-ENV:Body>
    </SOAP-ENV:Envelope>
    "#);
}

#[test]
fn an_encoded_envelope_tells_its_types() {
    let params = ["domain=a.com", "type=MX", "value=mail.a.com", "options/priority=10", "subdomain=<&>"];
    let run = bindwire(&[&["request", "netim", "domainZoneCreate", "--sandbox"][..], &params].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(run.out, @r#"
    POST https://oteapi.netim.com/2.0/
    Content-Type: text/xml; charset=utf-8
    SOAPAction: ""

    <?xml version="1.0" encoding="UTF-8"?>
    <SOAP-ENV:Envelope
        xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
        xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:xsd="http://www.w3.org/2001/XMLSchema"
        SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
      <SOAP-ENV:Body>
        <m:domainZoneCreate xmlns:m="urn:DRS">
          <IDSession xsi:type="xsd:string"><redacted></IDSession>
          <domain xsi:type="xsd:string">a.com</domain>
          <subdomain xsi:type="xsd:string">&lt;&amp;&gt;</subdomain>
          <type xsi:type="xsd:string">MX</type>
          <value xsi:type="xsd:string">mail.a.com</value>
          <options xsi:type="m:StructOptionsZone">
            <priority xsi:type="xsd:int">10</priority>
          </options>
        </m:domainZoneCreate>
      </SOAP-ENV:Body>
    </SOAP-ENV:Envelope>
    "#);
}

#[test]
fn secrets_of_an_envelope_are_redacted() {
    let run = bindwire(&["request", "dynect", "SessionLogin", "user_name=u", "customer_name=c", "password=hunter2"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("      <password><redacted></password>\n"), "{}", run.out);
    for arguments in [
        ["dynect", "SessionLogin", "pasword=hunter2", "user_name=u"],
        ["dynect", "CreateARecord", "token=hunter2", "zone=a.com"],
        ["netim", "sessionOpen", "hunter2", "idReseller=R"],
        ["netim", "sessionOpen", "password/x=hunter2", "password[0]=hunter2"],
    ] {
        let run = bindwire(&[&["request"][..], &arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(!run.err.contains("hunter2"), "{}", run.err);
    }
}

#[test]
fn all_problems_of_an_envelope_are_told_at_once() {
    let params = ["fqdn=a.com", "rdata/adress=1", "ttl=x", "--format", "json", "--positional", "--sandbox"];
    bindwire(&[&["request", "dynect", "CreateARecord"][..], &params].concat()).assert_usage(&[
        "bindwire: CreateARecord: param `rdata/adress` is not known; did you mean `rdata/address`? `--extra rdata/adress=...` sends it unchecked",
        "bindwire: CreateARecord: param `ttl` takes a whole number, but `x` was given",
        "bindwire: CreateARecord: param `zone` is required, but no value was given",
        "bindwire: CreateARecord: param `rdata/address` is required, but no value was given",
        "bindwire: CreateARecord: dynect takes its params by their names only; leave `--positional` out",
        "bindwire: CreateARecord: the command answers in `xml`, but `json` was asked for",
        "bindwire: CreateARecord: dynect has no address called `sandbox`, only: live",
    ]);
}

#[test]
fn switches_of_soap_are_of_no_use_elsewhere() {
    request(&["account_info", "--api-version", "3", "--positional"]).assert_usage(&[
        "bindwire: account_info: dynadot does not speak SOAP; leave `--api-version` out",
        "bindwire: account_info: dynadot does not speak SOAP; leave `--positional` out",
    ]);
}

#[test]
fn a_request_whose_address_is_the_customers_own() {
    let params = ["SampleObjectOptions/Password=kanarie", "SampleObjectKey[0]/CostObjectID=Project ABC"];
    let run = bindwire(&[&["request", "ecosys", "DeleteSampleObject"][..], &params].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let head = "POST (the address is the customer's own, as its WSDL tells it)\nContent-Type: text/xml; charset=utf-8\nSOAPAction: \"\"\n";
    assert!(run.out.starts_with(head) && !run.out.contains("kanarie"), "{}", run.out);
    assert!(run.out.contains("<CostObjectID>Project ABC</CostObjectID>"), "{}", run.out);
    let run = bindwire(&["request", "ecosys", "DeleteSampleObject", params[1], "--sandbox"]);
    run.assert_usage(&["bindwire: DeleteSampleObject: ecosys has no address called `sandbox`, none at all"]);
}
