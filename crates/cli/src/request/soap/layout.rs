//! A request in SOAP for eyes: an element a line, secrets redacted.

use crate::text::WIDTH;
use bindwire_wire::SoapRequest;

/// What stands in place of a secret.
const REDACTED: &str = "<redacted>";

/// The columns by which a level is indented.
const STEP: usize = 2;

/// The request with each element on a line of its own, `indent` columns from the left. Texts stay as they are sent.
pub fn lines(request: SoapRequest, indent: usize) -> String {
    let (whole, secrets) = request.into_parts();
    let mut out = String::with_capacity(whole.len() * 2);
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(start) = whole.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let Some(end) = whole.get(start..).and_then(|rest| rest.find('>')).map(|found| start + found + 1) else {
            break;
        };
        let tag = whole.get(start..end).unwrap_or_default();
        at = end;
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
            line(&mut out, indent + depth * STEP, tag, "");
            continue;
        }
        let has_end = !tag.starts_with("<?") && !tag.ends_with("/>");
        // A value, with its end tag, stands behind its start tag.
        let rest = whole.get(end..).unwrap_or_default();
        let text = rest.find('<').filter(|_| has_end).map_or("", |found| rest.get(..found).unwrap_or_default());
        let after = rest.get(text.len()..).unwrap_or_default();
        let end_tag = after.find('>').filter(|_| has_end && after.starts_with("</"));
        if let Some(end_tag) = end_tag.and_then(|found| after.get(..=found)) {
            let is_secret = secrets.iter().any(|secret| secret.start == end);
            let shown = if is_secret { REDACTED } else { text };
            line(&mut out, indent + depth * STEP, tag, &format!("{shown}{end_tag}"));
            at = end + text.len() + end_tag.len();
        } else {
            line(&mut out, indent + depth * STEP, tag, "");
            depth += usize::from(has_end);
        }
    }
    out
}

/// A tag and what stands behind it; its attributes on lines of their own where it is long.
fn line(out: &mut String, indent: usize, tag: &str, behind: &str) {
    let blanks = |out: &mut String, count: usize| out.extend(std::iter::repeat_n(' ', count));
    blanks(out, indent);
    let is_long = indent + tag.chars().count() > WIDTH;
    // A blank in a value is no border: attributes end with a quote.
    let mut rest = tag;
    let mut is_first = true;
    while let Some(border) = rest.find(if is_first { " " } else { "\" " }).filter(|_| is_long) {
        let (attribute, others) = rest.split_at(border + usize::from(!is_first));
        out.push_str(attribute);
        out.push('\n');
        blanks(out, indent + 2 * STEP);
        rest = others.trim_start();
        is_first = false;
    }
    out.push_str(rest);
    out.push_str(behind);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use bindwire_wire::{Query, SoapOptions, soap_request};

    fn request() -> SoapRequest {
        let api = &bindwire_netim::registry::API_INFO;
        let mut query = Query::begin(api, "contactCreate");
        query.put_record_at("contact", "StructContact");
        query.put_at("contact/note", "two\n  lines <b> & more", false, "string");
        query.put_at("contact/empty", "", false, "string");
        query.put_at("contact/code", "hunter2", true, "string");
        query.put_at("contact/long", &"x ".repeat(WIDTH), false, "string");
        query.put_list_at("names", "string");
        let options = SoapOptions { common: &[("IDSession", "")], ..SoapOptions::default() };
        soap_request(api, &query, &options).unwrap()
    }

    #[test]
    fn nothing_but_blanks_is_added() {
        let shown = lines(request(), 4);
        let blanks = |line: &str| line.len() - line.trim_start().len();
        let body = shown.split_once("<SOAP-ENV:Body>").unwrap().1;
        assert_eq!(body.lines().nth(1).map(blanks), Some(8), "{shown}");
        // Attributes on lines of their own are parted by a blank when sent.
        let text = shown.replace("two\n  lines", "two|lines");
        let joined: String = text
            .lines()
            .map(str::trim_start)
            .map(|line| if line.ends_with('>') { line.to_owned() } else { format!("{line} ") })
            .collect();
        assert_eq!(joined.replace("two|lines", "two\n  lines"), request().to_string());
        assert!(
            !shown.contains("hunter2") && shown.contains("<IDSession xsi:type=\"xsd:string\"><redacted></IDSession>\n")
        );
        assert!(shown.contains("<empty xsi:type=\"xsd:string\"></empty>\n"), "{shown}");
    }
}
