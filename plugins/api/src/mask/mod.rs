//! Masks secrets in everything that people and programs read. Values of secrets are registered when they are
//! read, and [`mask`] replaces them in every text that leaves the program, even if a platform repeats a token in
//! its message. [`mask_likely_secrets`] also hides words that look like secrets.
//!
//! The registry is global to the process, because some texts are made without a context, such as those of a
//! panic.

mod forms;
mod looks;

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};

use secrecy::SecretString;
use url::Url;

pub use self::looks::{is_likely_secret, is_secret_name, mask_likely_secrets};

/// The text that replaces a secret.
pub const MASK: &str = "***";

/// The length of the shortest secret that is registered. A shorter one would match parts of other words.
const SHORTEST: usize = 8;

/// The length of the shortest secret of only lower-case letters. Shorter ones are words, such as `sandbox`.
const SHORTEST_WORD: usize = 16;

/// The length of the prefix that is masked even if the rest of the secret is cut off.
const HEAD: usize = 12;

static KNOWN: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// Registers `secret` for [`mask`], unless it is so short that it would match parts of other words. Of a URL, such as
/// that of a webhook, only the parts that hold a secret are registered.
pub fn register_secret(secret: &str) {
    let secret = secret.trim();
    if let Some(parts) = database_parts(secret) {
        parts.into_iter().for_each(register_text);
        return;
    }
    match secret_parts(secret) {
        Some(parts) => parts.iter().for_each(|part| register_text(part)),
        None => register_text(secret),
    }
}

/// Returns the secret parts of the URL of a PostgreSQL database: its passwords, and the URL from the first one on, because
/// a short password is registered only together with what follows it. `None` if `secret` is not such a URL. It may name
/// several hosts, so the parser of URLs does not read it.
fn database_parts(secret: &str) -> Option<Vec<&str>> {
    let mut schemes = ["postgresql://", "postgres://"].iter();
    let rest = schemes.find_map(|scheme| secret.strip_prefix(scheme))?;
    let (user, _) = rest.split_once('@').unwrap_or_default();
    let (_, password) = user.split_once(':').unwrap_or_default();
    let (_, from_password) = rest.split_once(':').unwrap_or_default();
    let parameters = rest.split(['?', '&']);
    let in_query = parameters.filter_map(|parameter| parameter.strip_prefix("password="));
    let mut parts: Vec<&str> = in_query.chain([password]).collect();
    if !password.is_empty() {
        parts.push(from_password);
    }
    Some(parts)
}

/// Returns the secret parts of a URL: its password, its path with the query, the last segment, and all values and
/// segments that are neither words nor numbers. `None` if `secret` is not a URL. The URL itself is not one of them,
/// because its beginning, which would be masked even if the rest is cut off, is that of many other URLs.
fn secret_parts(secret: &str) -> Option<Vec<String>> {
    let url = Url::parse(secret).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let is_word = |part: &str| {
        part.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            || part.chars().all(|c| c.is_ascii_digit())
    };
    let query = url.query().unwrap_or_default();
    let segments = url.path_segments().into_iter().flatten();
    let parts = segments.chain(query.split(['&', '=']));
    let mut parts: Vec<String> = parts
        .map(str::to_owned)
        .chain(url.query_pairs().map(|(_, value)| value.into_owned()))
        .filter(|part| !is_word(part))
        .collect();
    let mut segments = url.path_segments().into_iter().flatten();
    let last = segments.rfind(|segment| !segment.is_empty());
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let whole = [last.unwrap_or_default(), path];
    let is_long = |part: &&str| part.len() >= SHORTEST_WORD;
    parts.extend(whole.into_iter().filter(is_long).map(str::to_owned));
    parts.extend(url.password().map(str::to_owned));
    Some(parts)
}

fn register_text(secret: &str) {
    let is_word = secret.bytes().all(|byte| byte.is_ascii_lowercase());
    if secret.len() < SHORTEST || is_word && secret.len() < SHORTEST_WORD {
        return;
    }
    // A secret is read again for each request.
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    if known.iter().any(|form| form == secret) {
        return;
    }
    drop(known);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    for form in forms::forms(secret) {
        if !known.contains(&form) {
            known.push(form);
        }
    }
    known.sort_by_key(|form| std::cmp::Reverse(form.len()));
}

/// Registers `secret` for [`mask`] and returns it as a value that cannot be printed.
#[must_use]
pub fn masked_secret(secret: impl Into<String>) -> SecretString {
    let secret = secret.into();
    register_secret(&secret);
    SecretString::from(secret)
}

/// Returns `text` with each registered secret replaced by `***`: plain, in Base64, and as escaped in URLs, JSON
/// and HTML. The beginning of a secret that was cut off is replaced too.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    let mut masked = Cow::Borrowed(text);
    for form in known.iter() {
        if let Cow::Owned(text) = without(&masked, form) {
            masked = Cow::Owned(text);
        }
    }
    masked
}

fn without<'t>(text: &'t str, form: &str) -> Cow<'t, str> {
    let mut end = form.len().min(HEAD);
    while !form.is_char_boundary(end) {
        end += 1;
    }
    let head = &form[..end];
    if !text.contains(head) {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, _)) = rest.split_once(head) {
        let found = &rest[before.len()..];
        let same = found.chars().zip(form.chars());
        let length = same.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8());
        masked.push_str(before);
        masked.push_str(MASK);
        rest = &found[length.sum()..];
    }
    masked.push_str(rest);
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_is_masked_in_each_form() {
        let secret = "Zq7+/\"k&Wx9=tail-of-it";
        register_secret(secret);
        for text in [
            format!("the token {secret} is bad"),
            format!(
                "https://api.example/?a=b&t={}",
                "Zq7%2B%2F%22k%26Wx9%3Dtail-of-it"
            ),
            "https://api.example/?t=Zq7%2b%2f%22k%26Wx9%3dtail-of-it".to_owned(),
            serde_json::json!({ "got": secret }).to_string(),
            "{\"got\":\"Zq7+\\/\\\"k&Wx9=tail-of-it\"}".to_owned(),
            "<b>Zq7+/&quot;k&amp;Wx9=tail-of-it</b>".to_owned(),
        ] {
            let masked = mask(&text);
            assert!(masked.contains(MASK), "{masked}");
            assert!(
                !masked.contains("Wx9") && !masked.contains("tail-of"),
                "{masked}"
            );
        }
    }

    #[test]
    fn secret_is_masked_in_base64() {
        // `user:` and the secret, as in basic authentication, and the secret alone.
        register_secret("hV8-basic-auth-password");
        for encoded in [
            "dXNlcjpoVjgtYmFzaWMtYXV0aC1wYXNzd29yZA==",
            "aFY4LWJhc2ljLWF1dGgtcGFzc3dvcmQ=",
            "aWQ6aFY4LWJhc2ljLWF1dGgtcGFzc3dvcmQ6eA==",
        ] {
            let text = format!("authorization: Basic {encoded}");
            let masked = mask(&text);
            assert!(masked.contains(MASK), "{masked}");
            assert!(
                !masked.contains("YmFzaWM") && !masked.contains("LWF1dGg"),
                "{masked}"
            );
        }
    }

    #[test]
    fn cut_secret_is_masked() {
        register_secret("AQVcutAfterSomeCharacters0123456789");
        assert_eq!(mask("it got `AQVcutAfterSomeChar…`"), "it got `***…`");
        assert_eq!(mask("it got `AQVcut…`"), "it got `AQVcut…`");
    }

    #[test]
    fn url_is_masked_by_secret_parts() {
        register_secret(
            "https://hooks.chat.example/services/T07QWERTY/1234567890123/vX9secretOfTheHook?sig=a9%2Fb8c7d6e5",
        );
        register_secret("https://hooks.chat.example/in/lower-case-secret-of-it");
        for (text, expected) in [
            (
                "https://hooks.chat.example/services/help",
                "https://hooks.chat.example/services/help",
            ),
            (
                "T07QWERTY 1234567890123 vX9secretOfTheHook",
                "*** 1234567890123 ***",
            ),
            ("sig a9%2Fb8c7d6e5 or a9/b8c7d6e5", "sig *** or ***"),
            (
                "/services/T07QWERTY/1234567890123/vX9secretOfTheHook?sig=a9%2Fb8c7d6e5",
                "***",
            ),
            ("lower-case-secret-of-it", "***"),
        ] {
            assert_eq!(mask(text), expected);
        }
    }

    #[test]
    fn database_url_is_masked_from_its_password_on() {
        register_secret("postgresql://syndicate:Pw9%2Fof-it@db1.example:5433,db2.example/site");
        register_secret("postgres://syndicate:ab@db3.example/site");
        register_secret("postgres://db4.example/site?user=me&password=Qw8-in-the-query");
        for (text, expected) in [
            (
                "write `postgresql://USER:PASSWORD@HOST/D`",
                "write `postgresql://USER:PASSWORD@HOST/D`",
            ),
            (
                "in db1.example:5433,db2.example/site",
                "in db1.example:5433,db2.example/site",
            ),
            ("for user \"syndicate\"", "for user \"syndicate\""),
            ("it is Pw9%2Fof-it", "it is ***"),
            (
                "postgresql://syndicate:Pw9%2Fof-it@db1.example:5433,db2.example/site",
                "postgresql://syndicate:***/site",
            ),
            (
                "postgres://syndicate:ab@db3.example/site",
                "postgres://syndicate:***/site",
            ),
            ("password=Qw8-in-the-query", "password=***"),
        ] {
            assert_eq!(mask(text), expected);
        }
    }

    #[test]
    fn short_words_are_not_registered() {
        register_secret("rehearsal");
        register_secret("Ab1");
        assert_eq!(mask("a rehearsal, Ab1"), "a rehearsal, Ab1");
    }
}
