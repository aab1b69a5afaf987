//! HTTP Basic authentication: a header that carries name and password.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use secrecy::{ExposeSecret as _, SecretString};

/// What the header `Authorization` says after `Basic `; nothing of a name with a colon, which it cannot carry.
pub(super) fn token(username: &SecretString, password: &SecretString) -> Option<SecretString> {
    let (username, password) = (username.expose_secret(), password.expose_secret());
    let both = format!("{username}:{password}");
    (!username.contains(':') && !both.contains(char::is_control)).then(|| BASE64_STANDARD.encode(&both).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard() {
        for (name, password, coded) in
            [("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("test", "123\u{a3}", "dGVzdDoxMjPCow==")]
        {
            let token = token(&name.into(), &password.into()).expect("it can be sent");
            assert_eq!(token.expose_secret(), coded, "{name}");
        }
    }

    #[test]
    fn a_name_with_a_colon_cannot_be_sent() {
        let token = |name: &str, password: &str| {
            token(&name.into(), &password.into()).map(|token| token.expose_secret().to_owned())
        };
        assert_eq!(token("Aladdin", "open:sesame").as_deref(), Some("QWxhZGRpbjpvcGVuOnNlc2FtZQ=="));
        assert_eq!(token("a:b", "c"), None);
        assert_eq!(token("a", "b\r\n"), None);
    }
}
