//! Requests in SOAP as the program makes them.

mod examples;
mod typed;

use super::*;
use crate::apis;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static CATALOGS: LazyLock<BTreeMap<&str, Catalog>> = LazyLock::new(|| {
    ["dynect", "netim"].into_iter().map(|name| (name, Catalog::of(apis::find(name).unwrap()).unwrap())).collect()
});

fn arguments(api: &str, command: &str, params: &[&str]) -> Request {
    let params = params.iter().map(|param| (*param).to_owned()).collect();
    Request { params, ..Request::of(api, command) }
}

fn checked(arguments: &Request) -> Result<Checked, Vec<String>> {
    let api = apis::find(&arguments.api).unwrap();
    let catalog = &CATALOGS[arguments.api.as_str()];
    let command = catalog.command(api, &arguments.command).unwrap();
    let soap = catalog.soap.as_ref().unwrap();
    check(api, api.command(&arguments.command).unwrap(), catalog, soap, command, arguments)
}

/// What is wrong with a request, or unusual about it.
fn problems(api: &str, command: &str, params: &[&str]) -> Vec<String> {
    checked(&arguments(api, command, params)).map_or_else(|problems| problems, |checked| checked.warnings)
}

/// What stands in the envelope of a request, as it is sent.
#[track_caller]
fn sent(arguments: &Request) -> String {
    let whole = checked(arguments).unwrap().request.to_string();
    let (_, rest) = whole.split_once("<SOAP-ENV:Body>").unwrap();
    rest.split_once("</SOAP-ENV:Body>").unwrap().0.to_owned()
}

const RECORD: [&str; 3] = ["fqdn=www.example.com", "zone=example.com", "rdata/address=192.0.2.1"];

#[test]
fn a_name_that_is_not_known_is_told_with_the_nearest_on_its_level() {
    for (api, command, param, expected) in [
        (
            "dynect",
            "CreateARecord",
            "zome=a.com",
            "param `zome` is not known; did you mean `zone`? `--extra zome=...` sends it unchecked",
        ),
        (
            "dynect",
            "CreateARecord",
            "rdta/address=192.0.2.1",
            "param `rdta/address` is not known; did you mean `rdata/address`? `--extra rdta/address=...` sends it unchecked",
        ),
        (
            "dynect",
            "ReplaceARecords",
            "ARecords[2]/rdata/adress=192.0.2.1",
            "param `ARecords[2]/rdata/adress` is not known; did you mean `ARecords[2]/rdata/address`? `--extra ARecords[2]/rdata/adress=...` sends it unchecked",
        ),
        (
            "dynect",
            "CreateMXRecord",
            "rdata/x=1",
            "param `rdata/x` is not known; the structure has `preference`, `exchange`. `--extra rdata/x=...` sends it unchecked",
        ),
        (
            "netim",
            "contactCreate",
            "contact/first_name=Ada",
            "param `contact/first_name` is not known; on the wire it is called `contact/firstName`",
        ),
        (
            "netim",
            "sessionClose",
            "a=1",
            "param `a` is not known; the command takes none. `--extra a=...` sends it unchecked",
        ),
    ] {
        assert_eq!(problems(api, command, &[param]).first().map(String::as_str), Some(expected), "{command}");
    }
}

#[test]
fn a_name_is_written_as_the_schema_has_it() {
    for (api, command, params, expected) in [
        ("dynect", "CreateSecondaryZone", ["masters=a"], "param `masters` is a list; number from `masters[0]`"),
        ("dynect", "CreateARecord", ["zone[0]=a.com"], "param `zone[0]` is no list; write `zone`"),
        (
            "dynect",
            "CreateARecord",
            ["rdata=192.0.2.1"],
            "param `rdata` is a structure; give its fields, as `rdata/address`",
        ),
        ("dynect", "CreateARecord", ["zone/x=1"], "param `zone/x` cannot be: `zone` has no fields"),
        (
            "dynect",
            "CreateSecondaryZone",
            ["masters[01]=a"],
            "param `masters[01]` is not written as a name; write fields as `rdata/address` and items as `masters[0]`",
        ),
        (
            "netim",
            "contactCreate",
            ["contact/additional=x"],
            "param `contact/additional` has names of its own; write `contact/additional/NAME=VALUE`",
        ),
        ("dynect", "CreateARecord", ["token=abc"], "param `token` is put by the program; leave it out"),
        (
            "dynect",
            "CreateARecord",
            ["fault_incompat=yes"],
            "param `fault_incompat` takes a whole number, but `yes` was given",
        ),
        (
            "dynect",
            "CreateARecord",
            ["a.com"],
            "param number 1 is not written as NAME=VALUE; put a name and `=` before the value",
        ),
    ] {
        assert_eq!(problems(api, command, &params).first().map(String::as_str), Some(expected), "{command}");
    }
    for (api, command, params) in [
        ("dynect", "CreateARecord", ["zone=a.com", "zone=b.com"]),
        ("dynect", "CreateSecondaryZone", ["masters[0]=a", "masters[0]=b"]),
        ("dynect", "CreateARecord", ["fault_incompat=1", "fault_incompat=1"]),
        ("netim", "contactCreate", ["contact/additional/a=1", "contact/additional/a=2"]),
    ] {
        let (name, _) = params[1].split_once('=').unwrap();
        let first = problems(api, command, &params).remove(0);
        assert_eq!(first, format!("param `{name}` is given twice; leave one out"));
    }
}

#[test]
fn values_of_fields_are_checked_as_those_of_params() {
    let record = |address: &str| format!("ARecords[0]/rdata/address={address}");
    for (api, command, param, expected) in [
        (
            "dynect",
            "ReplaceARecords",
            record("192.0.2"),
            "param `ARecords[0]/rdata/address` takes an IP address, but `192.0.2` was given",
        ),
        (
            "dynect",
            "ReplaceARecords",
            record(""),
            "param `ARecords[0]/rdata/address` is required, but an empty value was given",
        ),
        (
            "dynect",
            "ReplaceARecords",
            "ARecords[0]/ttl=1.5".to_owned(),
            "param `ARecords[0]/ttl` takes a whole number, which may be negative, but `1.5` was given",
        ),
        ("dynect", "CreateARecord", "ttl=-1".to_owned(), "param `ttl` takes a whole number, but `-1` was given"),
        (
            "dynect",
            "DeleteOneARecord",
            "record_id=12x".to_owned(),
            "param `record_id` takes a whole number, which may be negative, but `12x` was given",
        ),
        ("dynect", "CreateDSF", "publish=true".to_owned(), "param `publish` takes `Y` or `N`, but `true` was given"),
        (
            "netim",
            "contactCreate",
            "contact/isOwner=yes".to_owned(),
            "param `contact/isOwner` takes `1` or `0`, but `yes` was given",
        ),
        (
            "netim",
            "contactCreate",
            "contact/fax=".to_owned(),
            "param `contact/fax` is empty; give a value or leave it out",
        ),
    ] {
        assert_eq!(problems(api, command, &[&param]).first().map(String::as_str), Some(expected), "{command}");
    }
}

#[test]
fn an_enum_is_open() {
    let params = ["domain=a.com", "type=QQ", "value=x", "options="];
    let found = problems("netim", "domainZoneCreate", &params);
    let [warning] = found.as_slice() else { panic!("{found:?}") };
    assert!(
        warning.starts_with("param `type` is known to take ") && warning.contains("`QQ` is sent all the same"),
        "{warning}"
    );
    // In the spelling of the spec where that is known.
    let request = arguments("netim", "domainZoneCreate", &["domain=a.com", "type=mx", "value=x", "options="]);
    assert!(sent(&request).contains("<type xsi:type=\"xsd:string\">MX</type>"));
}

#[test]
fn what_must_be_there_is_missed() {
    assert_eq!(
        problems("dynect", "CreateARecord", &["fqdn=a.com"]),
        [
            "param `zone` is required, but no value was given",
            "param `rdata` is required, but no value was given; give `rdata/address`",
        ]
    );
    assert_eq!(
        problems("dynect", "ReplaceARecords", &["ARecords[0]/zone=a.com", "ARecords[2]/zone=b.com"]),
        [
            "param `ARecords[1]` is missing; number the items without gaps, from 0",
            "param `ARecords[0]/rdata` is required, but no value was given; give `ARecords[0]/rdata/address`",
            "param `ARecords[0]/fqdn` is required, but no value was given",
            "param `ARecords[2]/rdata` is required, but no value was given; give `ARecords[2]/rdata/address`",
            "param `ARecords[2]/fqdn` is required, but no value was given",
        ]
    );
    // A structure that is left out misses nothing.
    assert_eq!(problems("dynect", "ReplaceARecords", &[]), [""; 0]);
    assert_eq!(
        problems("netim", "hostCreate", &["host=ns1.a.com"]),
        [
            "param `ipv4[0]` is required when no `ipv6` is sent, but no value was given",
            "param `ipv6[0]` is required when no `ipv4` is sent, but no value was given",
        ]
    );
    assert_eq!(problems("netim", "hostCreate", &["host=ns1.a.com", "ipv6[0]=2001:db8::1"]), [""; 0]);
    assert_eq!(
        problems("netim", "domainZoneCreate", &["domain=a.com", "type=A", "value=192.0.2.1"]),
        ["param `options` is required, but no value was given; write `options=` for one without fields"]
    );
    let list = "param `DSRecords[0]` is required, but no value was given; give `DSRecords[0]/key`, `DSRecords[0]/type`, `DSRecords[0]/digest`";
    assert!(problems("netim", "domainSetDNSSecExt", &["domain=a.com"]).contains(&list.to_owned()));
}

#[test]
fn the_order_of_the_command_line_does_not_matter() {
    let [fqdn, zone, rdata] = RECORD;
    let one = sent(&arguments("dynect", "CreateARecord", &[rdata, "ttl=60", zone, fqdn]));
    assert_eq!(one, sent(&arguments("dynect", "CreateARecord", &[zone, fqdn, rdata, "ttl=60"])));
    assert!(one.contains("</fqdn><zone>example.com</zone><ttl>60</ttl><rdata>"), "{one}");
    let many = ["ARecords[1]/zone=b.com", "ARecords[0]/fqdn=x.a.com", "ARecords[1]/rdata/address=192.0.2.2"];
    let others = ["ARecords[0]/zone=a.com", "ARecords[1]/fqdn=y.b.com", "ARecords[0]/rdata/address=192.0.2.1"];
    let found = sent(&arguments("dynect", "ReplaceARecords", &[many, others].concat()));
    let record = |address, name, zone| {
        format!(
            "<ARecords><rdata><address>{address}</address></rdata><fqdn>{name}</fqdn><zone>{zone}</zone></ARecords>"
        )
    };
    let expected = record("192.0.2.1", "x.a.com", "a.com") + &record("192.0.2.2", "y.b.com", "b.com");
    assert!(found.contains(&expected), "{found}");
}

#[test]
fn what_every_command_takes_is_given_beside_its_own() {
    let params = [&RECORD[..], &["fault_incompat=1", "version=3.0.0"]].concat();
    let found = sent(&arguments("dynect", "CreateARecord", &params));
    assert!(found.contains("<token><redacted></token><fault_incompat>1</fault_incompat><fqdn>"), "{found}");
    assert!(found.ends_with("<version>3.0.0</version></m:CreateARecordRequest>"), "{found}");
    let login = sent(&arguments("dynect", "SessionLogin", &["user_name=u", "customer_name=c", "password=hunter2"]));
    assert!(!login.contains("token") && !login.contains("hunter2"), "{login}");
    assert!(login.contains("<user_name>u</user_name>") && login.contains("<password><redacted></password>"), "{login}");
}

#[test]
fn an_extra_param_goes_where_its_path_leads() {
    let extra = ["rdata/note=a b", "page=2", "more[0]/x=1", "more[1]/x=2", "more[0]/y=3"];
    let request = Request { extra: extra.map(str::to_owned).to_vec(), ..arguments("dynect", "CreateARecord", &RECORD) };
    let found = sent(&request);
    let expected = "<rdata><address>192.0.2.1</address><note>a b</note></rdata><page>2</page>\
                    <more><x>1</x><y>3</y></more><more><x>2</x></more></m:CreateARecordRequest>";
    assert!(found.ends_with(expected), "{found}");
    // One that is known goes to its place unchecked, and a structure has its type.
    let extra = vec!["options/ttl=soon".to_owned(), "options/new=1".to_owned(), "type=A".to_owned()];
    let request = Request { extra, ..arguments("netim", "domainZoneCreate", &["domain=a.com", "value=x"]) };
    let found = sent(&request);
    assert!(found.contains("<type xsi:type=\"xsd:string\">A</type><value"), "{found}");
    assert!(
        found.ends_with(
            "<options xsi:type=\"m:StructOptionsZone\"><ttl xsi:type=\"xsd:int\">soon</ttl>\
             <new xsi:type=\"xsd:string\">1</new></options></m:domainZoneCreate>"
        ),
        "{found}"
    );
    for (extra, expected) in [
        (vec!["token=x"], "param `token` is put by the program; leave it out"),
        (vec!["a b=1"], "param `a b` cannot be sent: that is no name of an element"),
        (vec!["a=1", "a=2"], "param `a` is given twice; leave one out"),
        (vec!["a/b=1", "a=2"], "param `a` cannot stand beside `a/b`: one is a part of the other"),
    ] {
        let extra = extra.into_iter().map(str::to_owned).collect();
        let request = Request { extra, ..arguments("dynect", "CreateARecord", &RECORD) };
        assert_eq!(checked(&request).unwrap_err(), [expected]);
    }
}

#[test]
fn a_version_goes_into_the_namespace_and_warns_of_what_is_newer() {
    let request = Request { api_version: Some("3.5.0".to_owned()), ..arguments("dynect", "CreateARecord", &RECORD) };
    assert!(
        sent(&request).starts_with("<m:CreateARecordRequest xmlns:m=\"https://api2.dynect.net/wsdl/3.5.0/Dynect/\">")
    );
    assert_eq!(checked(&request).unwrap().warnings, [""; 0]);
    let old = |command, params: &[&str]| {
        let request = Request { api_version: Some("3.0.0".to_owned()), ..arguments("dynect", command, params) };
        checked(&request).unwrap().warnings
    };
    let newer = |what: String| format!("{what} is known since version 3.7.11, but 3.0.0 is asked for");
    let params = ["recovery_delay=1", "region[0]/region_code=global", "region[0]/min_healthy=1"];
    assert_eq!(
        old("UpdateGSLB", &params),
        ["`region[0]/min_healthy`", "`recovery_delay`"].map(|name| newer(format!("param {name}")))
    );
    assert_eq!(old("UpdateGSLBRegion", &["zone=a.com"]), [newer("the command".to_owned())]);
    let request = Request { api_version: Some("2".to_owned()), ..arguments("netim", "sessionInfo", &[]) };
    assert_eq!(checked(&request).unwrap_err(), ["requests of netim do not say a version; leave `--api-version` out"]);
}

#[test]
fn by_position_names_are_left_out() {
    let params = ["host=ns1.a.com", "ipv6[0]=2001:db8::1"];
    let request = Request { positional: true, ..arguments("netim", "hostCreate", &params) };
    assert_eq!(
        sent(&request),
        "<m:hostCreate xmlns:m=\"urn:DRS\"><Item xsi:type=\"xsd:string\"><redacted></Item>\
         <Item xsi:type=\"xsd:string\">ns1.a.com</Item><Item xsi:nil=\"true\"/>\
         <Item SOAP-ENC:arrayType=\"xsd:string[1]\" xsi:type=\"SOAP-ENC:Array\">\
         <item xsi:type=\"xsd:string\">2001:db8::1</item></Item></m:hostCreate>"
    );
    let request = Request { positional: true, ..arguments("dynect", "CreateARecord", &RECORD) };
    assert_eq!(
        checked(&request).unwrap_err(),
        ["dynect takes its params by their names only; leave `--positional` out"]
    );
}
