//! Finds the target of a page's redirect. Generators write a redirect page at each former URL of a
//! post: Hugo, Jekyll and Hexo with `<meta http-equiv=refresh>`, Zola with a script and the same
//! `<meta>` inside `<noscript>`.

use memchr::memmem;
use scraper::ElementRef;

use crate::tree::{self, Node, attribute, has_ancestor, name};

/// Maximum size of a redirect page's text in bytes. On a page with more text, a script or a
/// `<noscript>` is not treated as a redirect.
const MAX_STUB_LEN: usize = 400;

/// Maximum delay of a redirect in seconds. A page with a longer delay only reloads.
const MAX_DELAY_SECS: f64 = 30.0;

/// Returns the target of the page's redirect as written on the page. `text_len` is the size of the
/// page's visible text in bytes.
pub(crate) fn redirect_target(root: Node<'_>, text_len: usize) -> Option<String> {
    let is_stub = text_len <= MAX_STUB_LEN;
    tree::elements(root).find_map(|element| match name(element) {
        "meta" if is_stub || !has_ancestor(element, &["noscript"]) => refresh(element),
        "script" if is_stub => {
            let script: String = element.text().collect();
            script_target(&script).map(str::to_owned)
        }
        _ => None,
    })
}

fn refresh(meta: ElementRef<'_>) -> Option<String> {
    let is_refresh = attribute(meta, "http-equiv")?.eq_ignore_ascii_case("refresh");
    let target = is_refresh.then(|| refresh_target(attribute(meta, "content")?))?;
    target.map(str::to_owned)
}

/// Parses the target of a `Refresh` header or `<meta>`, such as `0; url=https://…` (HTML standard,
/// "shared declarative refresh steps"). Returns `None` if the page only reloads or if the delay is
/// longer than 30 seconds.
#[must_use]
pub fn refresh_target(content: &str) -> Option<&str> {
    let end = content
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(content.len());
    let (delay, rest) = content.split_at(end);
    if delay.parse::<f64>().ok()? > MAX_DELAY_SECS {
        return None;
    }
    let rest = rest
        .trim_start()
        .trim_start_matches([';', ','])
        .trim_start();
    let value = match rest.get(..3) {
        Some(url) if url.eq_ignore_ascii_case("url") => {
            let after = rest[3..].trim_start();
            after.strip_prefix('=').map_or(rest, str::trim_start)
        }
        _ => rest,
    };
    let target = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value,
    };
    Some(target.trim()).filter(|target| !target.is_empty())
}

/// Returns `true` if a script in `bytes`, which may be a whole page, assigns a literal to the location.
pub(crate) fn may_redirect(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"location").is_some()
        && script_target(&String::from_utf8_lossy(bytes)).is_some()
}

/// Returns the string literal that a script assigns to the location of the page: `location = "…"`,
/// `location.href = "…"`, `location.replace("…")`. Returns `None` for any other expression.
fn script_target(script: &str) -> Option<&str> {
    script.match_indices("location").find_map(|(at, word)| {
        let rest = script[at + word.len()..].trim_start();
        let rest = rest.strip_prefix(".href").unwrap_or(rest).trim_start();
        let calls = [".replace", ".assign"].into_iter();
        let call = calls
            .filter_map(|call| rest.strip_prefix(call)?.trim_start().strip_prefix('('))
            .next();
        let value = call.or_else(|| rest.strip_prefix('='))?.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let (literal, after) = value[1..].split_once(quote)?;
        let is_all = !after.trim_start().starts_with('+') && !literal.contains("${");
        (is_all && !literal.trim().is_empty()).then(|| literal.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::{refresh_target, script_target};

    #[test]
    fn refresh_is_parsed_as_in_browsers() {
        for (content, expected) in [
            ("0; url=https://a.org/x/", Some("https://a.org/x/")),
            ("0;URL='/x?a=1;b=2'", Some("/x?a=1;b=2")),
            ("0, url = \"/x\" trailing", Some("/x")),
            ("0.5 /x", Some("/x")),
            ("5; urls/x", Some("urls/x")),
            ("0", None),
            ("0; url=", None),
            ("", None),
            ("600; url=/x", None),
            ("; url=/x", None),
        ] {
            assert_eq!(refresh_target(content), expected, "{content}");
        }
    }

    #[test]
    fn script_target_is_a_literal() {
        for (script, expected) in [
            ("location=\"https://a.org/\"", Some("https://a.org/")),
            ("window.location.href = '/x';", Some("/x")),
            ("window.location.replace( '/x' )", Some("/x")),
            ("document.location.assign(`/x`)", Some("/x")),
            ("if (location == '/a') location = '/b'", Some("/b")),
            ("location.replace('/x' + location.hash)", None),
            ("location = `/${lang}/`", None),
            ("var l = location.href; l.replace('a', 'b')", None),
            ("location = ", None),
        ] {
            assert_eq!(script_target(script), expected, "{script}");
        }
    }
}
