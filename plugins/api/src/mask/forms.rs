//! The spellings of a secret in a text: plain, and as encodings of the web change it.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Characters that percent-encoding leaves unchanged in a part of a URL.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The shortest part of an encoded secret that is masked.
const SHORTEST: usize = 8;

/// Returns every spelling of `secret` once.
pub(super) fn forms(secret: &str) -> Vec<String> {
    let json = serde_json::Value::from(secret).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let mut forms = vec![secret.to_owned(), json.replace('/', "\\/"), json];
    forms.extend(percent_encoded(secret));
    forms.extend(html_escaped(secret));
    forms.extend(base64(secret));
    forms.sort();
    forms.dedup();
    forms
}

fn percent_encoded(secret: &str) -> Vec<String> {
    let upper = utf8_percent_encode(secret, UNRESERVED).to_string();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    [upper, form]
        .into_iter()
        .flat_map(|encoded| [lower_hex(&encoded), encoded])
        .collect()
}

/// Returns `encoded` with the hexadecimal digits of its escapes in lower case.
fn lower_hex(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut lower = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        lower.push_str(&format!("%{}{rest}", digits.to_ascii_lowercase()));
    }
    lower
}

fn html_escaped(secret: &str) -> [String; 2] {
    let escaped = secret
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let quoted = escaped.replace('"', "&quot;");
    [
        quoted.replace('\'', "&#39;"),
        quoted.replace('\'', "&#x27;"),
    ]
}

/// Returns the characters of Base64 that `secret` alone decides, wherever it begins within the encoded
/// bytes.
fn base64(secret: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for offset in 0..3 {
        let mut bytes = vec![0; offset];
        bytes.extend(secret.as_bytes());
        let (first, end) = ((offset * 8).div_ceil(6), bytes.len() * 8 / 6);
        for engine in [STANDARD, URL_SAFE] {
            let encoded = engine.encode(&bytes);
            if let Some(form) = encoded
                .get(first..end)
                .filter(|form| form.len() >= SHORTEST)
            {
                forms.push(form.to_owned());
            }
        }
    }
    forms
}
