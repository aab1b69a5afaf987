//! Requests as they are sent: elements in the order of the schema, encoded arguments, arrays, maps, and what is never shown.

use bindwire_dynect::a_record::{CreateARecord, GetARecords, ReplaceARecords};
use bindwire_dynect::registry::API_INFO as DYNECT;
use bindwire_dynect::session::SessionLogin;
use bindwire_dynect::types::{ARecordData, RDataA};
use bindwire_netim::contact::ContactCreate;
use bindwire_netim::domain::DomainCreate;
use bindwire_netim::host::HostCreate;
use bindwire_netim::registry::API_INFO as NETIM;
use bindwire_netim::types::{BodyForm, StructContact};
use bindwire_wire::{ApiInfo, Command, Query, RequestErrorKind, SoapOptions, SoapRequest, soap_request};

fn request<C: Command>(api: &ApiInfo, command: &C, options: &SoapOptions<'_>) -> SoapRequest {
    soap_request(api, &Query::of(command).unwrap(), options).expect("an API that speaks SOAP")
}

/// What stands in the body, without the declaration and the namespaces around it.
fn payload(request: &SoapRequest) -> &str {
    let whole = request.expose();
    let (_, rest) = whole.split_once("<SOAP-ENV:Body>").expect("a body");
    rest.split_once("</SOAP-ENV:Body>").expect("an end of it").0
}

fn record(fqdn: &str, address: &str) -> ARecordData {
    let rdata = RDataA { address: address.parse().ok() };
    ARecordData { fqdn: fqdn.into(), zone: "example.com".into(), rdata, ..ARecordData::default() }
}

#[test]
fn a_document_has_its_elements_in_the_order_of_the_schema() {
    let rdata = RDataA { address: "192.0.2.1".parse().ok() };
    let command = CreateARecord::new("www.example.com", "example.com", rdata).ttl(3600);
    let common = [("fault_incompat", "1"), ("token", "TOKEN==")];
    let options = SoapOptions { version: "2.3.1", common: &common, ..SoapOptions::default() };
    let request = request(&DYNECT, &command, &options);
    assert_eq!(
        request.expose(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\"><SOAP-ENV:Body>\
         <m:CreateARecordRequest xmlns:m=\"https://api2.dynect.net/wsdl/2.3.1/Dynect/\">\
         <token>TOKEN==</token><fault_incompat>1</fault_incompat>\
         <fqdn>www.example.com</fqdn><zone>example.com</zone><ttl>3600</ttl><rdata><address>192.0.2.1</address></rdata>\
         </m:CreateARecordRequest></SOAP-ENV:Body></SOAP-ENV:Envelope>"
    );
    assert_eq!(request.action(), "https://api2.dynect.net/SOAP/");
    assert!(!request.to_string().contains("TOKEN"), "{request}");
    assert!(request.to_string().contains("<token><redacted></token>"), "{request}");
    assert!(!format!("{request:?}").contains("TOKEN"));
}

#[test]
fn the_version_stands_in_the_namespace_and_last_where_it_is_asked_for() {
    let command = GetARecords::new("www.example.com", "example.com");
    let common = [("version", "3.0.0"), ("token", "T")];
    let with = |version, common| request(&DYNECT, &command, &SoapOptions { version, common, ..SoapOptions::default() });
    assert!(payload(&with("", &common[1..])).starts_with(
        "<m:GetARecordsRequest xmlns:m=\"https://api2.dynect.net/wsdl/3.7.16/Dynect/\"><token>T</token><fqdn>"
    ));
    assert!(payload(&with("3.0.0", &common)).ends_with("<version>3.0.0</version></m:GetARecordsRequest>"));
}

#[test]
fn what_opens_a_session_has_none() {
    let command = SessionLogin::new("user", "customer", "pass<&word");
    let request = request(&DYNECT, &command, &SoapOptions { common: &[("token", "T")], ..SoapOptions::default() });
    let sent = payload(&request);
    assert!(
        sent.ends_with(
            "<user_name>user</user_name><customer_name>customer</customer_name>\
             <password>pass&lt;&amp;word</password></m:SessionLoginRequest>"
        ),
        "{sent}"
    );
    assert!(!sent.contains("token"), "{sent}");
    assert!(!request.to_string().contains("pass&lt;"), "{request}");
}

#[test]
fn a_list_is_a_repeated_element() {
    let none = request(&DYNECT, &ReplaceARecords::new(), &SoapOptions::default());
    assert!(payload(&none).ends_with("Dynect/\"></m:ReplaceARecordsRequest>"), "{none}");
    let records = [record("a.example.com", "192.0.2.1"), record("b.example.com", "192.0.2.2")];
    let command = ReplaceARecords::new().a_records(records);
    let both = request(&DYNECT, &command, &SoapOptions::default());
    let one = |fqdn, address| {
        format!(
            "<ARecords><rdata><address>{address}</address></rdata><fqdn>{fqdn}</fqdn><zone>example.com</zone></ARecords>"
        )
    };
    let expected = one("a.example.com", "192.0.2.1") + &one("b.example.com", "192.0.2.2");
    assert!(payload(&both).contains(&expected), "{both}");
    assert_eq!(
        Query::of(&command).unwrap().to_string(),
        "ARecords[0]/rdata/address=192.0.2.1&ARecords[0]/fqdn=a.example.com&ARecords[0]/zone=example.com\
         &ARecords[1]/rdata/address=192.0.2.2&ARecords[1]/fqdn=b.example.com&ARecords[1]/zone=example.com"
    );
}

#[test]
fn a_name_in_a_record_is_sent_as_a_param_is() {
    let command = ReplaceARecords::new().a_records([record("mün.example.com", "192.0.2.1")]);
    let query = Query::of(&command).unwrap().to_string();
    assert!(query.contains("/fqdn=xn--mn-xka.example.com&"), "{query}");
}

#[test]
fn what_a_record_must_have_is_missed_before_anything_is_sent() {
    let wrong = ARecordData { rdata: RDataA::default(), ..record("a.example.com", "") };
    let command = ReplaceARecords::new().a_records([record("a.example.com", "192.0.2.1"), wrong]);
    let error = Query::of(&command).unwrap_err();
    assert_eq!(error.kind(), RequestErrorKind::Missing);
    assert_eq!(
        error.to_string(),
        "ReplaceARecords: param `ARecords[1]/rdata/address` is required, but no value was given"
    );
}

#[test]
fn a_token_cannot_be_given_with_a_command() {
    let command = GetARecords::new("www.example.com", "example.com").extra("token", "T");
    let error = Query::of(&command).unwrap_err();
    assert_eq!(error.kind(), RequestErrorKind::Reserved);
}

fn contact() -> StructContact {
    StructContact {
        first_name: "Ada".into(),
        last_name: "Lovelace".into(),
        body_form: Some(BodyForm::Individual),
        address1: "1 Road".into(),
        zip_code: "75001".into(),
        city: "Paris".into(),
        country: "FR".into(),
        phone: "+33 123456789".into(),
        email: "ada@example.com".into(),
        is_owner: Some(true),
        additional: vec![("birthCity", "London").into(), ("note", "").into()],
        ..StructContact::default()
    }
}

#[test]
fn encoded_arguments_say_their_types() {
    let options = SoapOptions { common: &[("IDSession", "0123")], ..SoapOptions::default() };
    let request = request(&NETIM, &ContactCreate::new(contact()), &options);
    let sent = payload(&request);
    for part in [
        "<m:contactCreate xmlns:m=\"urn:DRS\"><IDSession xsi:type=\"xsd:string\">0123</IDSession>\
         <contact xsi:type=\"m:StructContact\"><firstName xsi:type=\"xsd:string\">Ada</firstName>",
        "<isOwner xsi:type=\"xsd:int\">1</isOwner>",
        "<additional xsi:type=\"map:Map\"><item><key xsi:type=\"xsd:string\">birthCity</key>\
         <value xsi:type=\"xsd:string\">London</value></item><item><key xsi:type=\"xsd:string\">note</key></item></additional>\
         </contact></m:contactCreate>",
    ] {
        assert!(sent.contains(part), "{part}\n{sent}");
    }
    assert!(request.expose().contains("SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\""));
    assert!(request.expose().contains("xmlns:map=\"http://xml.apache.org/xml-soap\""));
}

#[test]
fn what_is_put_by_its_path_is_sent_as_what_has_types() {
    let contact = StructContact { area: "75".into(), ..contact() };
    let typed = Query::of(&ContactCreate::new(contact)).unwrap();
    let mut query = Query::begin(&NETIM, "contactCreate");
    query.put_record_at("contact", "StructContact");
    query.put_list_at("contact/additional", "MapEntry");
    for (path, value) in typed.pairs() {
        if path.ends_with("/key") {
            query.put_record_at(path.trim_end_matches("/key"), "MapEntry");
        }
        query.put_at(path, value, false, if path == "contact/isOwner" { "int" } else { "string" });
    }
    // The map was put first, and what is put later stands behind it.
    let sent = |query| soap_request(&NETIM, query, &SoapOptions::default()).expect("an API that speaks SOAP");
    let sorted = |request: &SoapRequest| {
        let mut parts: Vec<String> = payload(request).split_inclusive("><").map(str::to_owned).collect();
        parts.sort();
        parts
    };
    assert_eq!(sorted(&sent(&query)), sorted(&sent(&typed)));
    assert!(payload(&sent(&query)).contains("<contact xsi:type=\"m:StructContact\"><additional xsi:type=\"map:Map\">"));

    let typed = Query::of(&HostCreate::new("ns.example.com").ipv6([[0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]])).unwrap();
    let mut query = Query::begin(&NETIM, "hostCreate");
    for name in ["host", "ipv4", "ipv6"] {
        query.opt(name, &None::<bindwire_wire::Text>);
    }
    query.put_list_at("ipv6", "string");
    query.put_at("ipv6[0]", "2001:db8::1", false, "string");
    query.put_at("host", "ns.example.com", false, "string");
    assert_eq!(sent(&query), sent(&typed));
    let options = SoapOptions { positional: true, ..SoapOptions::default() };
    assert_eq!(soap_request(&NETIM, &query, &options), soap_request(&NETIM, &typed, &options));
}

#[test]
fn an_encoded_list_is_an_array() {
    let command = HostCreate::new("ns.example.com").ipv4([[192, 0, 2, 1], [192, 0, 2, 2]]);
    let sent = request(&NETIM, &command, &SoapOptions::default());
    assert!(
        payload(&sent).ends_with(
            "<host xsi:type=\"xsd:string\">ns.example.com</host>\
             <ipv4 SOAP-ENC:arrayType=\"xsd:string[2]\" xsi:type=\"SOAP-ENC:Array\">\
             <item xsi:type=\"xsd:string\">192.0.2.1</item><item xsi:type=\"xsd:string\">192.0.2.2</item></ipv4>\
             </m:hostCreate>"
        ),
        "{sent}"
    );
}

#[test]
fn by_position_what_is_left_out_keeps_its_place() {
    let command = DomainCreate::new("example.com", "O", "A", "T", "B", "ns1.example.net", "ns2.example.net", 2)
        .ns5("ns5.example.net");
    let common = [("IDSession", "0123")];
    let by_name = request(&NETIM, &command, &SoapOptions { common: &common, ..SoapOptions::default() });
    assert!(
        payload(&by_name).contains("</ns2><ns5 xsi:type=\"xsd:string\">ns5.example.net</ns5><duration"),
        "{by_name}"
    );
    let by_place =
        request(&NETIM, &command, &SoapOptions { common: &common, positional: true, ..SoapOptions::default() });
    let text = |value| format!("<Item xsi:type=\"xsd:string\">{value}</Item>");
    let nil = "<Item xsi:nil=\"true\"/>";
    let expected = [
        text("0123"),
        text("example.com"),
        text("O"),
        text("A"),
        text("T"),
        text("B"),
        text("ns1.example.net"),
        text("ns2.example.net"),
        nil.repeat(2),
        text("ns5.example.net"),
        "<Item xsi:type=\"xsd:int\">2</Item>".to_owned(),
        nil.to_owned(),
    ];
    assert_eq!(
        payload(&by_place),
        format!("<m:domainCreate xmlns:m=\"urn:DRS\">{}</m:domainCreate>", expected.concat())
    );
}
