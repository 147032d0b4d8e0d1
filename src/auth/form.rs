//! Encodes form fields for a request body or a query. Every reserved character is percent-encoded,
//! including the space, because some servers do not decode `+` as a space.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Every character except the unreserved ones (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Returns the fields as `name=value&…`.
pub(super) fn encode(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, ENCODED)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    #[test]
    fn form_encodes_space_as_percent_20() {
        let fields = [("scope", "openid profile"), ("x", "a+b/c=&é")];
        let expected = "scope=openid%20profile&x=a%2Bb%2Fc%3D%26%C3%A9";
        assert_eq!(super::encode(&fields), expected);
    }
}
