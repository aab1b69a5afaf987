//! Notes that are only counted are as many as would have been kept: a body in which one odd thing stands twice as often has twice
//! as many, whether there is room for them or not.

use super::decode::{command, decode};
use bindwire_wire::Format;

/// How often a unit stands where all of its notes are kept, and where they are not.
const FEW: usize = 100;
const MANY: usize = 20_000;

/// Notes of the reply to `list_domain` with `count` units in it: all of them, and those that were only counted.
fn notes(format: Format, [before, unit, after]: [&str; 3], count: usize) -> (usize, usize) {
    let body = format!("{before}{}{after}", unit.repeat(count));
    let decoded = decode(command("list_domain"), body.as_bytes(), format);
    let (reply, _) = decoded.unwrap_or_else(|error| panic!("{count} times {unit:?}: {error}"));
    (reply.notes.len() + reply.notes.omitted(), reply.notes.omitted())
}

fn count_all(format: Format, before: &str, units: &[&str], after: &str) {
    for unit in units {
        let count = |times| notes(format, [before, unit, after], times);
        let ((once, kept), (twice, also_kept), (many, omitted)) = (count(FEW), count(2 * FEW), count(MANY));
        assert_eq!((kept, also_kept), (0, 0), "{unit:?}: there is room for few");
        assert!(omitted > 0, "{unit:?}: there is no room for many");
        assert_eq!(many, once + (MANY / FEW - 1) * (twice - once), "{unit:?}: as many as there are of it");
    }
}

const XML: &str = "<ListDomainInfoResponse><ListDomainInfoHeader><ResponseCode>0</ResponseCode><Status>success</Status></ListDomainInfoHeader><ListDomainInfoContent><DomainInfoList><DomainInfo><Domain";
const XML_END: &str = "</Domain></DomainInfo></DomainInfoList></ListDomainInfoContent></ListDomainInfoResponse>";

#[test]
fn elements() {
    let units = [
        "<a/>",
        "<a>b</a>",
        "<a> b <c/></a>",
        "<a><b></a></b>",
        "</a>",
        "x <a/>",
        "<!---->",
        "x <!---->",
        "<a b=\"1\"/>",
        "<a>b &amp; c</a>",
        "<a>b<c>d</c></a>",
        "<>",
        "<abcdefgh></abcdefgg>",
        "<aContent/>",
    ];
    count_all(Format::Xml, &format!("{XML}><Name>a.com</Name>"), &units, XML_END);
}

#[test]
fn attributes() {
    let units = [
        " a=\"1\"",
        " a='1'",
        " a=1",
        " a",
        " a=\"&x;\"",
        " a=\"&amp;\"",
        " a = \"1\"",
        " a1=\"\"",
        " a:b=\"1\"",
        " xy=\"1\"",
    ];
    count_all(Format::Xml, XML, &units, &format!("><Name>a.com</Name>{XML_END}"));
}

#[test]
fn members() {
    let units = [
        "\"a\":1,",
        "\"a\":0,",
        "\"a\":01,",
        "\"a\":-1.5,",
        "\"a\":1e5,",
        "\"a\":true,",
        "\"a\":null,",
        "\"a\":None,",
        "\"a\":word,",
        "\"a\":\"b\",",
        "\"a\":\"\",",
        "\"a\":\"b, c\",",
        "\"a\":\"b\\n\",",
        "\"a\":\"b \",",
        "\"a\":'b',",
        "\"a\":{},",
        "\"a\":[],",
        "\"a\" : { } ,",
        "\"a\":[1],",
        "\"a\":{\"b\":1},",
        "\"a\":{\"b\":{}},",
        "\"a\"\"b\",",
        "\"a\" 1,",
        "\"a,\"b,",
        "\"a,\":1,",
        "\"a: \":1,",
        "\"a\":,",
        "\"a\"=1,",
        "a:1,",
        "\"_\":1,",
        "\"a\":1,,",
        "\"a1\":1,",
        "\"aContent\":{},",
    ];
    let before =
        "{\"ListDomainInfoResponse\":{\"ResponseCode\":0,\"Status\":\"success\",\"MainDomains\":[{\"Name\":\"a.com\",";
    count_all(Format::Json, before, &units, "\"b\":1}]}}");
}
