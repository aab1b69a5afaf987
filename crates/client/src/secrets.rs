//! Takes secrets out of texts that come from elsewhere: a server can echo the key that it was sent.

use bindwire_wire::{Query, Text, percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

/// What stands in place of a secret.
const REDACTED: &str = "<redacted>";

/// The secrets of a request, as given and as they stand in a URL.
#[derive(Default)]
pub(crate) struct Secrets(Vec<SecretString>);

impl Secrets {
    /// Those of a request: the key and the params that are secret.
    pub fn of(key: &SecretString, query: &Query) -> Self {
        let mut all = Vec::new();
        for secret in std::iter::once(key.expose_secret()).chain(query.secrets()) {
            all.extend(forms(secret).map(SecretString::from));
        }
        // A secret within a longer one must not leave the rest of that one standing.
        all.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        all.retain(|secret| !secret.expose_secret().is_empty());
        Self(all)
    }

    /// Whether one of them stands in a body, in a form that XML, JSON or a URL gives it.
    pub fn stand_in(&self, body: &[u8]) -> bool {
        self.0.iter().any(|secret| {
            let secret = secret.expose_secret().as_bytes();
            body.windows(secret.len()).any(|window| window == secret)
        })
    }

    /// `text` without them; `None` when none stands in it.
    pub fn cleaned(&self, text: &str) -> Option<String> {
        let mut cleaned: Option<String> = None;
        for secret in &self.0 {
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
        let secrets = Secrets::of(&key, &Query::new("search"));
        assert_eq!(secrets.cleaned("nothing"), None);
        assert_eq!(
            secrets.cleaned("GET /?key=a%20key%26more, a key&more").as_deref(),
            Some("GET /?key=<redacted>, <redacted>")
        );
        let mut text = Text::from("invalid key: a key&more");
        secrets.clean(&mut text);
        assert_eq!(text, "invalid key: <redacted>");
        let none = Secrets::of(&SecretString::from(""), &Query::new("search"));
        assert_eq!(none.cleaned("text"), None, "an empty secret is everywhere");
    }
}
