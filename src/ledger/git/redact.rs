//! Removes credentials from messages of git. Git prints the URL of a remote, which may have a user name
//! and a password.

use syndicate_api::mask;

/// Returns `text` without the user information of URLs, without known secrets, and without the prefix
/// that git puts before the lines of a remote.
pub(super) fn redact(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| without_user(line.strip_prefix("remote:").unwrap_or(line).trim()))
        .filter(|line| !line.is_empty())
        .collect();
    mask(&lines.join("\n")).into_owned()
}

/// Removes `USER:PASSWORD@` from each URL in `line`.
fn without_user(line: &str) -> String {
    let mut parts = line.split("://");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_end = |c: char| c == '/' || c == '\'' || c == '"' || c.is_whitespace();
        let (authority, rest) = part.split_at(part.find(is_end).unwrap_or(part.len()));
        let host = authority.rsplit('@').next().unwrap_or(authority);
        clean.push_str("://");
        clean.push_str(host);
        clean.push_str(rest);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_in_urls_are_removed() {
        for (text, clean) in [
            (
                "fatal: unable to access 'https://u:p@example.org/x.git/': 403",
                "fatal: unable to access 'https://example.org/x.git/': 403",
            ),
            ("https://token@h", "https://h"),
            ("https://a:b@c@h/x https://d:e@i", "https://h/x https://i"),
            ("git@example.org:x.git", "git@example.org:x.git"),
            ("https://h/a@b", "https://h/a@b"),
            ("remote: denied  \nremote:\nend", "denied\nend"),
        ] {
            assert_eq!(redact(text), clean, "{text}");
        }
    }

    #[test]
    fn known_secret_is_masked() {
        syndicate_api::register_secret("sekrit-of-a-test-9431");
        assert!(!redact("bad sekrit-of-a-test-9431").contains("sekrit"));
    }
}
