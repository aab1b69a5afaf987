//! The program's envelopes beside those of typed requests: the same bytes, the same secrets.

use super::{SESSION, arguments, checked};
use bindwire_dynect as dynect;
use bindwire_netim as netim;
use bindwire_wire::{Command, Query, SoapOptions, soap_request};

use dynect::types::*;
use netim::types::*;

/// Asserts that the program sends what the typed request does, with names and by position.
#[track_caller]
fn same<C: Command>(typed: &C, params: &[&str]) {
    let api = C::INFO.api;
    let query = Query::of(typed).unwrap();
    let common: Vec<(&str, &str)> =
        api.common.iter().filter(|common| common.session).map(|common| (common.wire, SESSION)).collect();
    for positional in [false, true] {
        let options = SoapOptions { common: &common, positional, ..SoapOptions::default() };
        let expected = soap_request(api, &query, &options).unwrap();
        let positional = positional && api.name == "netim";
        let request = crate::arguments::Request { positional, ..arguments(api.name, C::INFO.name, params) };
        let found = checked(&request).unwrap();
        assert_eq!(found.request.expose(), expected.expose());
        assert_eq!(found.request, expected);
    }
}

fn a_record(fqdn: &str, address: &str) -> ARecordData {
    let rdata = RDataA { address: address.parse().ok() };
    ARecordData { fqdn: fqdn.into(), zone: "example.com".into(), rdata, ..ARecordData::default() }
}

fn monitor() -> MonitorData {
    MonitorData {
        protocol: Some(MonitorProtocol::Http),
        interval: Some(5),
        port: Some(8080),
        host: "www.example.com".into(),
        ..MonitorData::default()
    }
}

const MONITOR: [&str; 4] =
    ["monitor/protocol=HTTP", "monitor/host=www.example.com", "monitor/interval=5", "monitor/port=8080"];

#[test]
fn records_of_zones() {
    use dynect::{a_record as a, mx_record as mx, zone};
    let rdata = RDataA { address: "192.0.2.1".parse().ok() };
    same(
        &a::CreateARecord::new("www.example.com", "example.com", rdata.clone()).ttl(60),
        &["rdata/address=192.0.2.1", "ttl=60", "zone=example.com", "fqdn=www.example.com"],
    );
    same(&a::GetARecords::new("a.example.com", "example.com"), &["fqdn=a.example.com", "zone=example.com"]);
    same(&a::DeleteOneARecord::new().record_id(-1).rdata(rdata), &["record_id=-1", "rdata/address=192.0.2.1"]);
    same(&a::ReplaceARecords::new(), &[]);
    let records = [a_record("a.example.com", "192.0.2.1"), a_record("b.example.com", "192.0.2.2")];
    same(
        &a::ReplaceARecords::new().a_records(records),
        &[
            "ARecords[0]/rdata/address=192.0.2.1",
            "ARecords[0]/fqdn=a.example.com",
            "ARecords[0]/zone=example.com",
            "ARecords[1]/rdata/address=192.0.2.2",
            "ARecords[1]/fqdn=b.example.com",
            "ARecords[1]/zone=example.com",
        ],
    );
    let rdata = RDataMX { preference: Some(10), exchange: "mäil.example.com".into() };
    same(
        &mx::CreateMXRecord::new("example.com", "example.com", rdata),
        &["fqdn=example.com", "zone=example.com", "rdata/preference=10", "rdata/exchange=mäil.example.com"],
    );
    same(&zone::PublishZone::new("example.com").notes("a <b> & \"c\""), &["zone=example.com", "notes=a <b> & \"c\""]);
}

#[test]
fn services_with_structures_in_structures() {
    use dynect::{dnssec, dsf, dsf_monitor, gslb, gslb_region, permission, query_stats, secondary_zone};
    let record = DSFRecord {
        rdata: Some(ANYOneRData {
            a_rdata: Some(RDataA { address: "192.0.2.1".parse().ok() }),
            ..ANYOneRData::default()
        }),
        endpoints: vec!["e0".into(), "e1".into()],
        ..DSFRecord::default()
    };
    let set = DSFRecordSet { rdata_class: "A".into(), records: vec![record], ..DSFRecordSet::default() };
    let chain = DSFRecordSetFailoverChain { record_sets: vec![set], ..DSFRecordSetFailoverChain::default() };
    let pool = DSFResponsePool { label: "P".into(), rs_chains: vec![chain], ..DSFResponsePool::default() };
    let criteria = DSFCriteria { geoip: Some(DSFGeoIPCriteria { country: vec!["FR".into()], ..Default::default() }) };
    let ruleset = DSFRuleset { criteria: Some(criteria), response_pools: vec![pool], ..DSFRuleset::default() };
    let node = DSFNode { zone: "example.com".into(), fqdn: "a.example.com".into() };
    let deep = "rulesets[0]/response_pools[0]/rs_chains[0]/record_sets[0]";
    let address = format!("{deep}/records[0]/rdata/a_rdata/address=192.0.2.1");
    let endpoints = [0, 1].map(|index| format!("{deep}/records[0]/endpoints[{index}]=e{index}"));
    same(
        &dsf::CreateDSF::new().label("x").nodes([node.clone(), node.clone()]).rulesets([ruleset]).publish(true),
        &[
            &endpoints[1],
            &endpoints[0],
            "label=x",
            "publish=y",
            "nodes[0]/zone=example.com",
            "nodes[0]/fqdn=a.example.com",
            "nodes[1]/fqdn=a.example.com",
            "nodes[1]/zone=example.com",
            "rulesets[0]/criteria/geoip/country[0]=FR",
            &format!("{deep}/rdata_class=A"),
            &address,
            "rulesets[0]/response_pools[0]/label=P",
        ],
    );
    same(&dsf::AddDSFNode::new().node(node), &["node/zone=example.com", "node/fqdn=a.example.com"]);
    let options = DSFMonitorOptions {
        port: "80".into(),
        host_override: vec![DSFMonitorHostOverride { address: "192.0.2.1".into(), ..Default::default() }],
        ..DSFMonitorOptions::default()
    };
    let endpoint = DSFMonitorEndpoint { active: Some(false), ..DSFMonitorEndpoint::default() };
    same(
        &dsf_monitor::CreateDSFMonitor::new().active(true).options(options).endpoints([endpoint]),
        &["active=Y", "options/port=80", "options/host_override[0]/address=192.0.2.1", "endpoints[0]/active=N"],
    );
    let address = GSLBAddress { address: "192.0.2.1".into(), weight: Some(3), ..GSLBAddress::default() };
    let region =
        GSLBRegion { region_code: Some(RegionCode::Global), pool: vec![address.clone()], ..Default::default() };
    let params = ["region[0]/region_code=global", "region[0]/pool[0]/address=192.0.2.1", "region[0]/pool[0]/weight=3"];
    let own = ["zone=example.com", "contact_nickname=me", "fqdn=g.example.com"];
    same(
        &gslb::CreateGSLB::new("example.com", "me", monitor(), "g.example.com").region([region]),
        &[&params[..], &own[..], &MONITOR[..]].concat(),
    );
    same(
        &gslb_region::CreateGSLBRegion::new().pool([address]).serve_count(2),
        &["pool[0]/weight=3", "pool[0]/address=192.0.2.1", "serve_count=2"],
    );
    let key = DNSSECKey { bits: "2048".into(), lifetime: Some(-1), dnssec_key_id: Some(7), ..DNSSECKey::default() };
    same(
        &dnssec::CreateDNSSEC::new().zone("example.com").keys([key]),
        &["zone=example.com", "keys[0]/dnssec_key_id=7", "keys[0]/bits=2048", "keys[0]/lifetime=-1"],
    );
    same(
        &secondary_zone::CreateSecondaryZone::new("example.com").masters(["192.0.2.1", ""]),
        &["zone=example.com", "masters[0]=192.0.2.1", "masters[1]="],
    );
    let zone = PermissionZone { zone_name: "example.com".into(), reason: vec!["x".into()], ..Default::default() };
    same(
        &permission::AddUserZones::new().user_name("u").zone([zone]),
        &["user_name=u", "zone[0]/zone_name=example.com", "zone[0]/reason[0]=x"],
    );
    same(
        &query_stats::GetQueryStats::new(1, 2).zones(["a.com", "b.com"]),
        &["start_ts=1", "end_ts=2", "zones[0]=a.com", "zones[1]=b.com"],
    );
}

#[test]
fn accounts_and_sessions_with_their_secrets() {
    use dynect::{customer, session};
    same(&session::SessionLogin::new("u", "c", "hunter2"), &["password=hunter2", "user_name=u", "customer_name=c"]);
    same(&session::SessionIsAlive::new(), &[]);
    let owner = CustomerAdminData { password: Some("hunter2".into()), ..CustomerAdminData::default() };
    same(
        &customer::CreateCustomer::new().owner(owner).permission(["a", "b"]),
        &["owner/password=hunter2", "permission[0]=a", "permission[1]=b"],
    );
    same(
        &netim::session::SessionOpen::new("R1", "hunter2", Language::En),
        &["idReseller=R1", "password=hunter2", "language=EN"],
    );
    same(&netim::session::SessionInfo::new(), &[]);
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
        is_owner: Some(false),
        additional: vec![("birth/City", "London").into(), ("note", "").into()],
        ..StructContact::default()
    }
}

#[test]
fn encoded_requests() {
    use netim::{
        contact as contacts, dnssec, domain, host, hosting, hosting_database, ssl, transfer, web_forward, zone,
    };
    let params = [
        "firstName=Ada",
        "lastName=Lovelace",
        "bodyForm=ind",
        "address1=1 Road",
        "zipCode=75001",
        "city=Paris",
        "country=FR",
        "phone=+33 123456789",
        "email=ada@example.com",
        "additional/birth/City=London",
        "additional/note=",
        "isOwner=0",
    ];
    let of = |record: &str| params.map(|param| format!("{record}/{param}"));
    let create = of("contact");
    same(&contacts::ContactCreate::new(contact()), &create.iter().map(String::as_str).collect::<Vec<_>>());
    let mut update: Vec<&str> = vec!["idContact=A1"];
    update.extend(create.iter().map(String::as_str));
    same(&contacts::ContactUpdate::new("A1", contact()), &update);
    same(
        &domain::DomainCreate::new("example.com", "O", "A", "T", "B", "ns1.example.net", "ns2.example.net", 2)
            .ns5("ns5.example.net"),
        &[
            "ns5=ns5.example.net",
            "domain=example.com",
            "idOwner=O",
            "idAdmin=A",
            "idTech=T",
            "idBilling=B",
            "ns1=ns1.example.net",
            "ns2=ns2.example.net",
            "duration=2",
        ],
    );
    same(&domain::DomainCheck::new(["a.com", "b.com"]), &["domain=a.com;b.com"]);
    same(
        &host::HostCreate::new("ns.example.com").ipv4([[192, 0, 2, 1], [192, 0, 2, 2]]),
        &["host=ns.example.com", "ipv4[1]=192.0.2.2", "ipv4[0]=192.0.2.1"],
    );
    same(&transfer::DomainAuthId::new("example.com", true), &["domain=example.com", "sendToRegistrant=1"]);
    let record = StructDSRecord { key: Some(1), digest_type: Some(2), digest: "AB".into() };
    same(
        &dnssec::DomainSetDnssecExt::new("example.com", [record.clone(), record], 257, 3, 13, "key"),
        &[
            "domain=example.com",
            "DSRecords[0]/key=1",
            "DSRecords[0]/type=2",
            "DSRecords[0]/digest=AB",
            "DSRecords[1]/key=1",
            "DSRecords[1]/type=2",
            "DSRecords[1]/digest=AB",
            "flags=257",
            "protocol=3",
            "algo=13",
            "pubKey=key",
        ],
    );
    let options = StructOptionsZone { priority: Some(10), ..StructOptionsZone::default() };
    same(
        &zone::DomainZoneCreate::new("example.com", ZoneRecordType::Mx, "mail.example.com", options),
        &["domain=example.com", "type=MX", "value=mail.example.com", "options/priority=10"],
    );
    same(
        &web_forward::DomainWebFwdCreate::new(
            "www.example.com",
            "https://example.net/",
            WebForwardType::Direct,
            StructOptionsFwd::default(),
        ),
        &["fqdn=www.example.com", "target=https://example.net/", "type=DIRECT", "options="],
    );
    let csr = StructCSR { common_names: vec!["a.com".into(), "b.com".into()], ..StructCSR::default() };
    same(
        &ssl::SslReissue::new("S1", csr, "dns"),
        &["IDSSL=S1", "validation=dns", "CSRInfo/CommonName[0]=a.com", "CSRInfo/CommonName[1]=b.com"],
    );
    same(
        &hosting::WebHostingCreate::new("www.example.com", "S", 1).cms([("name", "wp"), ("user", "u")]),
        &["fqdn=www.example.com", "offer=S", "duration=1", "cms/name=wp", "cms/user=u"],
    );
    same(
        &hosting_database::WebHostingDbUpdate::new("1", "edit").fparams([("a", "b")]),
        &["id=1", "action=edit", "fparams/a=b"],
    );
}
