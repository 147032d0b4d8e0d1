//! The one way by which text gets into a page that this program makes. Posts are hostile until they
//! went through here.

use std::fmt;

/// Text that means itself wherever it stands in HTML, be it content or a quoted attribute.
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            f.write_str(&rest[..at])?;
            f.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[at + 1..];
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;
    use proptest::prelude::*;

    #[test]
    fn every_special_character_is_escaped() {
        assert_eq!(
            Escaped("<a href='x' title=\"y\">&amp; ü</a>").to_string(),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp; ü&lt;/a&gt;"
        );
    }

    proptest! {
        #[test]
        fn escaping_loses_nothing(text in any::<String>()) {
            let escaped = Escaped(&text).to_string();
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            let back = escaped
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
            prop_assert_eq!(back, text);
        }
    }
}
