//! Records as JSON.

use super::Layout;
use super::domain::Part;
use super::xml::line;

pub const HEAD_INDENTED: &str = "\
{
  \"ListDomainInfoResponse\": {
    \"ResponseCode\": 0,
    \"Status\": \"success\",
    \"MainDomains\": [";

pub const TAIL_INDENTED: &str = "
    ]
  }
}
";

pub const HEAD_COMPACT: &str =
    "{\"ListDomainInfoResponse\":{\"ResponseCode\":0,\"Status\":\"success\",\"MainDomains\":[";

pub const TAIL_COMPACT: &str = "]}}";

/// Writes an item of an array.
pub fn item(out: &mut String, parts: &[Part], layout: Layout, depth: usize) {
    line(out, layout, depth);
    object(out, parts, layout, depth);
}

fn object(out: &mut String, parts: &[Part], layout: Layout, depth: usize) {
    let colon = if layout == Layout::Indented { ": " } else { ":" };
    out.push('{');
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        line(out, layout, depth + 1);
        match part {
            Part::Leaf(name, value) => {
                let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                out.push_str(&format!("\"{name}\"{colon}\"{value}\""));
            }
            Part::Level(name, parts) => {
                out.push_str(&format!("\"{name}\"{colon}"));
                object(out, parts, layout, depth + 1);
            }
        }
    }
    line(out, layout, depth);
    out.push('}');
}
