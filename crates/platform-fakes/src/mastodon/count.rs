//! The length of a post ("Posting to your profile": every URL counts 23 characters, a mention counts
//! without its domain, and the content warning counts too). Characters are grapheme clusters.

use unicode_segmentation::UnicodeSegmentation as _;

/// A piece of a post's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Plain text.
    Text(&'t str),
    /// An `http` or `https` URL.
    Url(&'t str),
    /// A mention with its domain: the part before the domain, and the domain with its `@`.
    Mention(&'t str, &'t str),
    /// A hashtag with its `#`.
    Hashtag(&'t str),
}

/// Returns the length of a post with this content warning.
pub(super) fn length(text: &str, spoiler: &str, per_url: usize) -> usize {
    let pieces = pieces(text).into_iter().map(|piece| match piece {
        Piece::Url(_) => per_url,
        Piece::Text(text) | Piece::Mention(text, _) | Piece::Hashtag(text) => graphemes(text),
    });
    graphemes(spoiler) + pieces.sum::<usize>()
}

fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Splits a text into its pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let before = text[..at].chars().next_back();
        if let Some((piece, length)) = piece_at(before, &text[at..]) {
            if start < at {
                pieces.push(Piece::Text(&text[start..at]));
            }
            pieces.push(piece);
            at += length;
            start = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    if start < text.len() {
        pieces.push(Piece::Text(&text[start..]));
    }
    pieces
}

/// Returns the piece at the start of `rest`, with its length in bytes.
fn piece_at(before: Option<char>, rest: &str) -> Option<(Piece<'_>, usize)> {
    let after_word = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
    if after_word {
        return None;
    }
    let url = url_length(rest);
    if url > 0 {
        return Some((Piece::Url(&rest[..url]), url));
    }
    if before.is_some_and(|before| "=/".contains(before)) {
        return None;
    }
    if let Some(name) = rest.strip_prefix('@') {
        let user = 1 + run(name, |c| c.is_ascii_alphanumeric() || c == '_');
        let domain = rest[user..].strip_prefix('@')?;
        let length = run(domain, |c| c.is_alphanumeric() || ".-:".contains(c));
        let length = domain[..length].trim_end_matches(['.', '-', ':']).len();
        let end = user + 1 + length;
        let named = user > 1 && length > 0;
        return named.then(|| (Piece::Mention(&rest[..user], &rest[user..end]), end));
    }
    if let Some(name) = rest.strip_prefix('#') {
        let length = run(name, |c| c.is_alphanumeric() || c == '_');
        let has_letter = name[..length].chars().any(|c| !c.is_numeric() && c != '_');
        let end = 1 + length;
        return has_letter.then(|| (Piece::Hashtag(&rest[..end]), end));
    }
    None
}

/// Returns the length of the URL at the start of `rest`, or 0.
fn url_length(rest: &str) -> usize {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        let start = rest.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let Some(scheme) = scheme else { return 0 };
    let end = run(rest, |c| !c.is_whitespace() && !"<>\"".contains(c));
    let mut url = &rest[..end];
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '…']);
        // A closing bracket belongs to the URL only if the URL has the opening one.
        let shorter = match shorter.strip_suffix(')') {
            Some(inner) if inner.matches('(').count() <= inner.matches(')').count() => inner,
            _ => shorter,
        };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    let host = url.get(scheme.len()..).unwrap_or_default();
    if host.starts_with(|c: char| c.is_alphanumeric()) {
        url.len()
    } else {
        0
    }
}

/// Returns the length in bytes of the characters at the start that satisfy `accepts`.
fn run(text: &str, accepts: impl Fn(char) -> bool) -> usize {
    text.find(|c| !accepts(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{Piece, length, pieces};

    #[test]
    fn length_follows_the_documentation() {
        for (text, spoiler, expected) in [
            ("", "", 0),
            ("abc", "cw", 5),
            ("👩‍👩‍👧 é", "", 3),
            ("https://example.org/a/very/long/path/that/goes/on", "", 23),
            ("see https://a.io.", "", 4 + 23 + 1),
            ("(https://a.io/b_(c))", "", 1 + 23 + 1),
            ("@alice@example.org hi", "", 9),
            ("@alice hi", "", 9),
            ("a@example.org", "", 13),
            ("ahttps://a.io", "", 13),
            ("https:// x", "", 10),
        ] {
            assert_eq!(length(text, spoiler, 23), expected, "{text}");
        }
    }

    #[test]
    fn pieces_cover_the_text() {
        assert_eq!(
            pieces("Hi @a@b.io #Rust, https://a.io #1"),
            [
                Piece::Text("Hi "),
                Piece::Mention("@a", "@b.io"),
                Piece::Text(" "),
                Piece::Hashtag("#Rust"),
                Piece::Text(", "),
                Piece::Url("https://a.io"),
                Piece::Text(" #1"),
            ]
        );
    }
}
