//! HTTP Basic authentication: a header that carries name and password.

use secrecy::{ExposeSecret as _, SecretString};

/// The digits of base 64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What the header `Authorization` says after `Basic `; nothing of a name with a colon, which it cannot carry.
pub(super) fn token(username: &SecretString, password: &SecretString) -> Option<SecretString> {
    let (username, password) = (username.expose_secret(), password.expose_secret());
    let both = format!("{username}:{password}");
    (!username.contains(':') && !both.contains(char::is_control)).then(|| encoded(both.as_bytes()).into())
}

fn encoded(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = (bits >> (18 - 6 * place) & 63) as usize;
            out.push(if place > chunk.len() { '=' } else { char::from(DIGITS[digit]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standards() {
        for (text, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ("test:123\u{a3}", "dGVzdDoxMjPCow=="),
        ] {
            assert_eq!(encoded(text.as_bytes()), coded, "{text}");
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
