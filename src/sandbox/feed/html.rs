//! The frame of every page, and the one way by which text gets into it.

use std::fmt;

/// Text that means itself wherever it stands in HTML, be it content or a quoted attribute.
pub(in crate::sandbox) struct Escaped<'t>(pub(in crate::sandbox) &'t str);

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

/// Which page of the sandbox it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Tab {
    Feed,
    Requests,
    SignIn,
}

/// A page: `head` goes into its head, `main` holds its content.
pub(in crate::sandbox) fn frame(tab: Tab, head: &str, main: &str) -> String {
    let title = match tab {
        Tab::Feed => "Feed",
        Tab::Requests => "Requests",
        Tab::SignIn => "Sign in",
    };
    let link = |to: Tab, href: &str, name: &str| {
        let current = if to == tab {
            " aria-current=\"page\""
        } else {
            ""
        };
        format!("<a href=\"{href}\"{current}>{name}</a>")
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}\
         <title>{title} · syndicate sandbox</title>\n\
         <link rel=\"stylesheet\" href=\"/feed.css\">\n<link rel=\"icon\" href=\"/icon.svg\">\n\
         </head>\n<body>\n<header class=\"bar\"><div class=\"bar-inner\">\
         <a class=\"brand\" href=\"/\"><img src=\"/icon.svg\" alt=\"\" width=\"32\" height=\"32\">\
         <span>syndicate <b>sandbox</b></span></a>\
         <nav aria-label=\"Pages\">{}{}</nav></div></header>\n{main}\n</body>\n</html>\n",
        link(Tab::Feed, "/", "Feed"),
        link(Tab::Requests, "/log", "Requests"),
    )
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
