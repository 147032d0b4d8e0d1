//! Character references in the values of attributes.

/// Escapes a value for an attribute in double quotes. With `is_ascii`, letters outside ASCII become references.
pub(crate) fn escape(value: &str, is_ascii: bool) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '<' => escaped.push_str("&lt;"),
            // Parsers replace it; it could not be read back.
            '\0' => {}
            c if is_ascii && !c.is_ascii() => escaped.push_str(&format!("&#{};", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Decodes the references that [`escape`] and generators write: the named ones of HTML's special characters, and numbers.
/// Others stay as they are.
pub(crate) fn decode(value: &[u8]) -> String {
    const NAMED: [(&str, char); 6] = [
        ("amp", '&'),
        ("quot", '"'),
        ("lt", '<'),
        ("gt", '>'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
    ];
    let text = String::from_utf8_lossy(value);
    let mut decoded = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let found = after.split_once(';').and_then(|(name, after)| {
            let named = NAMED.iter().find(|(known, _)| *known == name);
            let c = named.map(|(_, c)| *c).or_else(|| numeric(name))?;
            Some((c, after))
        });
        (rest, _) = match found {
            Some((c, after)) => (after, decoded.push(c)),
            None => (after, decoded.push('&')),
        };
    }
    decoded.push_str(rest);
    decoded
}

fn numeric(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_value_is_decoded() {
        let value = "a & b < \"c\" 'd' \u{1f30a} &amp;";
        for is_ascii in [false, true] {
            let escaped = escape(value, is_ascii);
            assert!(!is_ascii || escaped.is_ascii());
            assert_eq!(decode(escaped.as_bytes()), value);
        }
    }

    #[test]
    fn unknown_reference_stays() {
        assert_eq!(decode(b"a&b=1&copy; &#x41;&#x; &"), "a&b=1&copy; A&#x; &");
    }
}
