//! Recognises likely secrets by the name of a key or by the characters of a word. It prefers to hide too much:
//! a hidden word can still be read in its file.

use std::borrow::Cow;

use super::MASK;

/// Words in the names of keys and variables with secret values.
const SECRET_NAMES: [&str; 12] = [
    "token",
    "secret",
    "passw",
    "passphrase",
    "pwd",
    "credential",
    "bearer",
    "apikey",
    "api_key",
    "private_key",
    "cookie",
    "authorization",
];

/// Prefixes of tokens of common services, those of LinkedIn first.
const PREFIXES: [&str; 18] = [
    "AQX",
    "AQV",
    "AQW",
    "AQU",
    "WPL_AP",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xox",
    "sk-",
    "sk_live_",
    "sk_test_",
    "eyJ",
    "AKIA",
    "ya29.",
    "AIza",
];

/// The length of LinkedIn's longest member identifier.
const LONGEST_ID: usize = 14;

/// Returns `true` if values of a key or variable with this name are secrets. Names of files, identifiers and
/// URLs are not.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    let is_other = ["_file", "_id", "_endpoint", "_url", "_path"];
    !is_other.iter().any(|end| name.ends_with(end))
        && (SECRET_NAMES.iter().any(|part| name.contains(part)) || name.ends_with("_key"))
}

/// Returns `true` if `word` is likely a generated token or password: it has a known prefix, or it is long and
/// mixes letters and digits as no word of a language does.
#[must_use]
pub fn is_likely_secret(word: &str) -> bool {
    let word = match word.rsplit_once(':') {
        // Public identifiers: of LinkedIn, and of an account of the AT protocol or one of its records.
        Some((kind, id)) if kind.starts_with("urn:") && id.len() <= LONGEST_ID => return false,
        Some(("did:plc" | "at://did:plc", _)) => return false,
        Some((_, id)) => id,
        None => word,
    };
    let has_prefix = |prefix: &&str| word.starts_with(*prefix);
    if word.len() >= 10 && PREFIXES.iter().any(has_prefix) {
        return true;
    }
    let joined: String = word.chars().filter(|c| *c != '-').collect();
    let is_uuid = word.len() == 36 && joined.len() == 32;
    let parts = word.split(|c: char| !c.is_ascii_alphanumeric());
    is_uuid && is_hex(&joined) || parts.into_iter().any(is_random)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns `true` if letters and digits are mixed as in random text.
fn is_random(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let letters = part.len() - digits;
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let pairs = part.as_bytes().windows(2);
    let changes = pairs.filter(|pair| kind(pair[0]) != kind(pair[1])).count();
    part.len() >= 16 && digits >= 3 && letters >= 3 || part.len() >= 12 && changes * 3 >= part.len()
}

/// Returns `text` with likely secrets masked, and URLs without user names, passwords and queries.
#[must_use]
pub fn mask_likely_secrets(text: &str) -> Cow<'_, str> {
    let is_end = |c: char| c.is_whitespace() || "`\"'<>()[]{},;|".contains(c);
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(is_end).unwrap_or(rest.len());
        masked.push_str(&mask_word(&rest[..end]));
        let next = rest[end..].chars().next().map_or(0, char::len_utf8);
        masked.push_str(&rest[end..end + next]);
        rest = &rest[end + next..];
    }
    if masked == text {
        return Cow::Borrowed(text);
    }
    Cow::Owned(masked)
}

fn mask_word(word: &str) -> Cow<'_, str> {
    if let Some((scheme, rest)) = word.split_once("://") {
        return Cow::Owned(format!("{scheme}://{}", mask_address(rest)));
    }
    match word.rsplit_once('@') {
        Some((user, host)) if user.contains(':') && !host.is_empty() => {
            Cow::Owned(format!("{MASK}@{host}"))
        }
        _ if is_likely_secret(word) => Cow::Borrowed(MASK),
        _ => match word.split_once('=') {
            Some((name, value)) if is_secret_name(name) && !value.is_empty() => {
                Cow::Owned(format!("{name}={MASK}"))
            }
            _ => Cow::Borrowed(word),
        },
    }
}

/// Masks an address behind its scheme.
fn mask_address(rest: &str) -> String {
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(host_end);
    let authority = match authority.rsplit_once('@') {
        Some((_, host)) => format!("{MASK}@{host}"),
        None => authority.to_owned(),
    };
    let (path, query) = match path.find(['?', '#']) {
        Some(at) => (&path[..at], format!("{}{MASK}", &path[at..=at])),
        None => (path, String::new()),
    };
    let parts = path.split('/').map(|part| match is_likely_secret(part) {
        true => MASK,
        false => part,
    });
    let path = parts.collect::<Vec<_>>().join("/");
    format!("{authority}{path}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_likely_secret() {
        for word in [
            "AQXfakeTOKEN12345",
            "AQVm4Zc9-Xk_Q7",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "eyJhbGciOiJIUzI1NiJ9.e30.x",
            "WPL_AP1.Ab3dEf6h",
            "9f86d081884c7d659a2feaa0c55ad015",
            "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
            "c56a4180-65aa-42ec-a945-5fd21dec0538",
            "Bearer:s3cr3tT0k3nV4lue",
        ] {
            assert!(is_likely_secret(word), "{word}");
        }
    }

    #[test]
    fn ordinary_word_is_not_secret() {
        for word in [
            "linkedn",
            "content/posts",
            "2026-11-22",
            "22:00-07:00",
            "urn:li:person:782bbtaQ",
            "urn:li:organization:2414183",
            "urn:li:person:yrZCpj2Z12",
            "did:plc:ewvi7nxzyoun6zhxrhs64oiz",
            "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/site.standard.document/3mc2kmi3xaz2b",
            "templates/linkedin.hbs",
            "my-first-post-of-2026",
            "JavaScriptObjectNotation",
            "202609",
            "latest",
            "organizationxyz",
            "/:year/:month/:title/",
            "max_per_run",
            "LINKEDIN_ACCESS_TOKEN",
        ] {
            assert!(!is_likely_secret(word), "{word}");
        }
    }

    #[test]
    fn secret_name_is_recognised() {
        for name in [
            "token",
            "Token",
            "access_token",
            "client_secret",
            "LINKEDIN_ACCESS_TOKEN",
            "api-key",
            "apiKey",
            "DB_PASSWORD",
            "SIGNING_KEY",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "token_file",
            "client_id",
            "oauth_endpoint",
            "path",
            "keyboard",
            "author",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn url_loses_credentials() {
        for (text, expected) in [
            (
                "`https://ann:pw@a.example/x` is",
                "`https://***@a.example/x` is",
            ),
            ("https://tok@a.example", "https://***@a.example"),
            (
                "see https://a.example/f?sig=abc",
                "see https://a.example/f?***",
            ),
            ("https://a.example/#x", "https://a.example/#***"),
            ("ann:pw@a.example", "***@a.example"),
            ("ann@a.example", "ann@a.example"),
            ("password=hunter2 x=1", "password=*** x=1"),
            (
                "https://hooks.example/T0/AQXfakeTOKEN12345",
                "https://hooks.example/T0/***",
            ),
            ("${LINKEDIN_ACCESS_TOKEN}", "${LINKEDIN_ACCESS_TOKEN}"),
            (
                "string \"AQXfakeTOKEN12345\", expected",
                "string \"***\", expected",
            ),
        ] {
            assert_eq!(mask_likely_secrets(text), expected, "{text}");
        }
    }
}
