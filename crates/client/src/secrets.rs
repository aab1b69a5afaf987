//! Takes secrets out of texts that come from elsewhere: a server can echo the key that it was sent.

use bindwire_wire::{Query, Text, percent_encode};
use memchr::{memchr_iter, memmem};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;

/// What stands in place of a secret.
pub(crate) const REDACTED: &str = "<redacted>";

/// The secrets of a request, as given and as they stand in a URL, in XML and in JSON; the longest first.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<[SecretString]>);

impl Secrets {
    /// Those of every request: the credentials.
    pub fn of<'a>(credentials: impl IntoIterator<Item = &'a SecretString>) -> Self {
        let exposed = credentials.into_iter().map(SecretString::expose_secret);
        Self::sorted(exposed.flat_map(forms).map(SecretString::from).collect())
    }

    /// These and what a SOAP request carries beside its params.
    #[cfg(feature = "soap")]
    pub fn and_common(&self, common: &[(&str, SecretString)]) -> Self {
        if common.is_empty() {
            return self.clone();
        }
        let more = common.iter().flat_map(|(_, value)| forms(value.expose_secret())).map(SecretString::from);
        Self::sorted(self.0.iter().cloned().chain(more).collect())
    }

    /// Those of a request: these and the params that are secret.
    pub fn and(&self, query: &Query) -> Self {
        if query.secrets().next().is_none() {
            return self.clone();
        }
        let params = query.secrets().flat_map(forms).map(SecretString::from);
        Self::sorted(self.0.iter().cloned().chain(params).collect())
    }

    fn sorted(mut all: Vec<SecretString>) -> Self {
        // A secret within a longer one must not leave the rest of that one standing.
        all.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        all.retain(|secret| !secret.expose_secret().is_empty());
        Self(all.into())
    }

    /// Whether one of them stands in a body, in a form that XML, JSON or a URL gives it.
    pub fn stand_in(&self, body: &[u8]) -> bool {
        self.0.iter().any(|secret| contains(body, secret.expose_secret().as_bytes()))
    }

    /// `text` without them; `None` when none stands in it.
    pub fn cleaned(&self, text: &str) -> Option<String> {
        let mut cleaned: Option<String> = None;
        for secret in self.0.iter() {
            let text = cleaned.as_deref().unwrap_or(text);
            if text.contains(secret.expose_secret()) {
                cleaned = Some(text.replace(secret.expose_secret(), REDACTED));
            }
        }
        cleaned
    }

    /// Cleans a text where it stands.
    pub fn clean(&self, text: &mut Text) {
        if let Some(cleaned) = self.cleaned(text) {
            *text = cleaned.into();
        }
    }

    /// Cleans a string where it stands.
    pub fn clean_string(&self, text: &mut String) {
        if let Some(cleaned) = self.cleaned(text) {
            *text = cleaned;
        }
    }
}

/// Whether `part`, which is not empty, stands in a body.
fn contains(body: &[u8], part: &[u8]) -> bool {
    // Getting ready for a search that is fast whatever the body is takes longer than going through a short one.
    const SHORT: usize = 2048;
    if body.len() > SHORT {
        return memmem::find(body, part).is_some();
    }
    memchr_iter(part[0], body).any(|at| body[at..].starts_with(part))
}

/// A secret as it is, and as it stands in a URL, in XML and in JSON.
fn forms(secret: &str) -> impl Iterator<Item = String> {
    let xml = |text: &str, quote: &str, apostrophe: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('"', quote).replace('\'', apostrophe)
    };
    let url = percent_encode(secret);
    let json = secret.replace('\\', "\\\\").replace('"', "\\\"");
    let mut all = [
        secret.to_owned(),
        url.replace("%20", "+"),
        url,
        xml(secret, "&quot;", "&apos;"),
        xml(secret, "\"", "'"),
        json.replace('/', "\\/"),
        json,
    ];
    all.sort_unstable();
    let mut last = None;
    all.into_iter().filter(move |form| {
        let is_new = last.as_ref() != Some(form);
        last = Some(form.clone());
        is_new
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_taken_out_in_each_form() {
        let key = SecretString::from("a key&more");
        let secrets = Secrets::of([&key]).and(&Query::new("search"));
        assert_eq!(secrets.cleaned("nothing"), None);
        assert_eq!(
            secrets.cleaned("GET /?key=a%20key%26more, a key&more").as_deref(),
            Some("GET /?key=<redacted>, <redacted>")
        );
        let mut text = Text::from("invalid key: a key&more");
        secrets.clean(&mut text);
        assert_eq!(text, "invalid key: <redacted>");
        let none = Secrets::of([&SecretString::from("")]);
        assert_eq!(none.cleaned("text"), None, "an empty secret is everywhere");
    }
}
