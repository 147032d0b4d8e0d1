//! Decodes the bytes of a page with the HTML standard's "encoding sniffing algorithm" for a page
//! without a `Content-Type` header. Unlike the standard, it tries UTF-8 before Windows-1252 if the
//! page declares no encoding, because generators write UTF-8 and often omit the declaration.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use memchr::{memchr, memmem};

/// Number of bytes in which the HTML standard searches for a declaration.
const PRESCAN_BYTES: usize = 1024;

/// Decodes a page. Bytes that are invalid in its encoding become `U+FFFD`.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let encoding = declared_encoding(head).unwrap_or_else(|| guess_encoding(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// Returns a page that is in UTF-8, without its byte order mark. Returns `None` for any other page.
pub(crate) fn utf_8(bytes: &[u8]) -> Option<&[u8]> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding == UTF_8).then(|| &bytes[mark..]);
    }
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let encoding = declared_encoding(head).unwrap_or_else(|| guess_encoding(bytes));
    (encoding == UTF_8).then_some(bytes)
}

/// Returns UTF-8 if `bytes` are valid UTF-8, else Windows-1252. A character that is cut off at the
/// end is accepted.
fn guess_encoding(bytes: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_some() => WINDOWS_1252,
        _ => UTF_8,
    }
}

/// Returns the encoding declared by a `<meta>` or an XML declaration.
fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let encoding = meta_encoding(head).or_else(|| xml_encoding(&lower_case(head)))?;
    // A declaration that is readable as ASCII cannot be in UTF-16 (HTML standard, "prescan").
    if encoding == UTF_16BE || encoding == UTF_16LE {
        Some(UTF_8)
    } else if encoding == X_USER_DEFINED {
        Some(WINDOWS_1252)
    } else {
        Some(encoding)
    }
}

/// Returns bytes as characters, in lower case.
fn lower_case(bytes: &[u8]) -> String {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    text.to_ascii_lowercase()
}

/// Returns the encoding of the first `<meta charset>` or `<meta http-equiv=content-type>` outside
/// comments.
fn meta_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix(b"!--") {
            let end = memmem::find(comment, b"-->");
            rest = end.map_or(&[], |end| &comment[end + 3..]);
        } else if let Some((name, inside)) = rest.split_at_checked(4)
            && name.eq_ignore_ascii_case(b"meta")
            && inside
                .first()
                .is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/')
        {
            let end = memchr(b'>', inside).unwrap_or(inside.len());
            if let Some(encoding) = parse_meta(&lower_case(&inside[..end])) {
                return Some(encoding);
            }
        }
    }
    None
}

/// Parses `charset=…` as an attribute, or inside the `content` of a `content-type`.
fn parse_meta(tag: &str) -> Option<&'static Encoding> {
    let (before, after) = tag.split_once("charset")?;
    let is_attribute = before.ends_with(|c: char| c.is_ascii_whitespace() || c == '/');
    if !is_attribute && !tag.contains("content-type") {
        return None;
    }
    parse_label(after)
}

/// Parses `<?xml version="1.0" encoding="iso-8859-1"?>` at the start of the page.
fn xml_encoding(text: &str) -> Option<&'static Encoding> {
    let declaration = text.strip_prefix("<?xml")?.split('>').next()?;
    parse_label(declaration.split_once("encoding")?.1)
}

/// Parses `= label` at the start of `text`.
fn parse_label(text: &str) -> Option<&'static Encoding> {
    let value = text.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ';' | '>'));
    Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn charset_declaration_is_followed() {
        for declaration in [
            "<meta charset=iso-8859-1>",
            "<META CHARSET = 'Latin1'/>",
            r#"<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">"#,
            r#"<meta content="text/html;charset=windows-1252" http-equiv="content-type">"#,
            r#"<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE html>"#,
            "<!-- <meta charset=utf-8> --><meta charset=cp1252>",
            "<meta name=viewport content=x><meta charset=cp1252>",
        ] {
            let page = [declaration.as_bytes(), b"caf\xe9"].concat();
            assert!(decode(&page).ends_with("café"), "{declaration}");
        }
        let page = b"<meta charset=shift_jis>\x93\xfa\x96\x7b";
        assert!(decode(page).ends_with("日本"));
    }

    #[test]
    fn byte_order_mark_beats_declaration() {
        let page = b"\xef\xbb\xbf<meta charset=iso-8859-1>\xc3\xa9";
        assert!(decode(page).ends_with(">é"));
        assert_eq!(decode(b"\xff\xfe<\0p\0>\0\xe9\0"), "<p>é");
    }

    #[test]
    fn undeclared_charset_prefers_utf_8() {
        assert_eq!(decode("<p>é".as_bytes()), "<p>é");
        assert_eq!(decode(b"<p>\xe9\xe8 \x80"), "<p>éè €");
        assert_eq!(decode(b"<p>\xc3\xa9\xc3"), "<p>é\u{fffd}");
        assert_eq!(decode(b""), "");
    }

    #[test]
    fn impossible_charset_is_replaced() {
        let page = "<meta charset=utf-16>é".as_bytes();
        assert!(decode(page).ends_with('é'));
        assert!(decode("<meta charset=klingon>é".as_bytes()).ends_with('é'));
        let late = format!("{}<meta charset=iso-8859-1>é", " ".repeat(1024));
        assert!(decode(late.as_bytes()).ends_with('é'));
    }
}
