//! Records as XML.

use super::Layout;
use super::domain::Part;

pub const HEAD_INDENTED: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<ListDomainInfoResponse>
  <ListDomainInfoHeader>
    <ResponseCode>0</ResponseCode>
    <Status>success</Status>
  </ListDomainInfoHeader>
  <ListDomainInfoContent>
    <DomainInfoList>
      <DomainInfo>";

pub const TAIL_INDENTED: &str = "
      </DomainInfo>
    </DomainInfoList>
  </ListDomainInfoContent>
</ListDomainInfoResponse>
";

pub const HEAD_COMPACT: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListDomainInfoResponse><ListDomainInfoHeader><ResponseCode>0</ResponseCode>",
    "<Status>success</Status></ListDomainInfoHeader><ListDomainInfoContent><DomainInfoList><DomainInfo>"
);

pub const TAIL_COMPACT: &str = "</DomainInfo></DomainInfoList></ListDomainInfoContent></ListDomainInfoResponse>";

pub const INFO_HEAD: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<DomainInfoResponse>
  <DomainInfoHeader>
    <ResponseCode>0</ResponseCode>
    <Status>success</Status>
  </DomainInfoHeader>
  <DomainInfoContent>";

pub const INFO_TAIL: &str = "
  </DomainInfoContent>
</DomainInfoResponse>
";

/// Writes an element, each line begun by the break before it.
pub fn element(out: &mut String, part: &Part, layout: Layout, depth: usize) {
    line(out, layout, depth);
    match part {
        Part::Leaf(name, value) if value.is_empty() => {
            out.push_str(&format!("<{name}/>"));
        }
        Part::Leaf(name, value) => {
            let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            out.push_str(&format!("<{name}>{value}</{name}>"));
        }
        Part::Level(name, parts) => {
            out.push_str(&format!("<{name}>"));
            for part in parts {
                element(out, part, layout, depth + 1);
            }
            line(out, layout, depth);
            out.push_str(&format!("</{name}>"));
        }
    }
}

/// Begins a line where the layout has lines.
pub fn line(out: &mut String, layout: Layout, depth: usize) {
    if layout == Layout::Indented {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}
