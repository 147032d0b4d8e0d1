//! Decodes a feed's bytes. Valid UTF-8 is taken as UTF-8 before any declaration is considered: text in
//! another charset is almost never valid UTF-8 by chance, and many servers and generators declare a
//! charset that they do not send. Otherwise the order is the byte order mark, the server, the XML
//! declaration (RFC 7303, section 3).

use encoding_rs::{Encoding, UTF_8};
use syndicate_api::Diagnostic;

use crate::invalid::invalid;

/// Decodes `bytes`; `charset` is the charset that the server declared.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>) -> Result<String, Diagnostic> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_as(&bytes[length..], encoding);
    }
    // ISO-2022-JP encodes its characters as ASCII with escapes, so it is valid UTF-8 as well.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains(['\u{1b}', '\0'])
    {
        return Ok(text.to_owned());
    }
    let claimed = charset
        .map(str::to_owned)
        .or_else(|| declared_charset(bytes));
    let Some(label) = claimed else {
        let diagnostic = invalid("the feed is not UTF-8 and declares no charset");
        return Err(diagnostic.with_hint("configure its generator to write UTF-8"));
    };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => decode_as(bytes, encoding),
        None => Err(invalid(format!("unknown charset `{label}`"))
            .with_hint("configure its generator to write UTF-8")),
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
        invalid(format!("the feed declares {name} but is not valid {name}"))
            .with_hint("configure its generator to write UTF-8")
    })
}

/// Returns the charset of the XML declaration. The declaration is ASCII in every charset but UTF-16.
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
