//! Which characters a feed's bytes are. UTF-8 is recognised by itself, since text in another charset
//! is hardly ever valid UTF-8 by chance, and so many servers and generators claim another one that
//! they do not send. Where it is not UTF-8 the claims count: a byte order mark, then the server,
//! then the XML declaration (RFC 7303, section 3).

use encoding_rs::{Encoding, UTF_8};
use syndicate_api::Diagnostic;

use crate::invalid::invalid;

/// The text of `bytes`; `charset` is what the server said.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>) -> Result<String, Diagnostic> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_as(&bytes[length..], encoding);
    }
    // ISO-2022-JP hides its characters behind escapes, and so is valid UTF-8 as well.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains(['\u{1b}', '\0'])
    {
        return Ok(text.to_owned());
    }
    let claimed = charset
        .map(str::to_owned)
        .or_else(|| declared_charset(bytes));
    let Some(label) = claimed else {
        let diagnostic = invalid("it is not UTF-8, and it does not say what it is");
        return Err(diagnostic.with_hint("make its generator write UTF-8"));
    };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => decode_as(bytes, encoding),
        None => Err(invalid(format!("its charset `{label}` is not known"))
            .with_hint("make its generator write UTF-8")),
    }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Diagnostic> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| {
        let name = if encoding == UTF_8 {
            "UTF-8"
        } else {
            encoding.name()
        };
        invalid(format!("it claims to be {name} and is not"))
            .with_hint("make its generator write UTF-8")
    })
}

/// What the XML declaration says, which is ASCII whatever it says, but in UTF-16.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    match bytes {
        [b'<', 0, ..] => return Some("utf-16le".to_owned()),
        [0, b'<', ..] => return Some("utf-16be".to_owned()),
        _ => {}
    }
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = value[1..].split_once(quote)?;
    Some(label.trim().to_owned())
}
