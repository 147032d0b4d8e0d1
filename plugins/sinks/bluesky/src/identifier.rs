//! The identifiers of the AT Protocol: handles, DIDs, and URIs of records.

/// The collections of posts, and of publications and documents of standard.site.
pub(crate) const POSTS: &str = "app.bsky.feed.post";
pub(crate) const PUBLICATIONS: &str = "site.standard.publication";
pub(crate) const DOCUMENTS: &str = "site.standard.document";

/// The longest DID and the longest handle, in bytes ("DID", "Handle").
const MAX_DID: usize = 2048;
const MAX_HANDLE: usize = 253;

/// Returns `true` if `text` is a DID, such as `did:plc:ewvi7nxzyoun6zhxrhs64oiz`.
pub(crate) fn is_did(text: &str) -> bool {
    let Some((method, id)) = text
        .strip_prefix("did:")
        .and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ':' | '%' | '-');
    text.len() <= MAX_DID
        && !method.is_empty()
        && method.chars().all(|c| c.is_ascii_lowercase())
        && !id.is_empty()
        && id.chars().all(named)
        && !id.ends_with([':', '%'])
}

/// Returns `true` if `text` is a handle, such as `jane.bsky.social`.
pub(crate) fn is_handle(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = labels.last().copied().unwrap_or_default();
    text.len() <= MAX_HANDLE
        && labels.len() > 1
        && labels.iter().all(is_label)
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Returns a handle in its usual spelling, without `@`, or a DID unchanged.
pub(crate) fn normalise(text: &str) -> String {
    let text = text.trim();
    if text.starts_with("did:") {
        return text.to_owned();
    }
    text.strip_prefix('@').unwrap_or(text).to_ascii_lowercase()
}

/// The address of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordAddress {
    /// The DID or the handle of the account.
    pub(crate) repo: String,
    pub(crate) collection: String,
    pub(crate) rkey: String,
}

impl RecordAddress {
    /// Returns the address of a post.
    pub(crate) fn post(repo: impl Into<String>, rkey: impl Into<String>) -> Self {
        Self::new(repo, POSTS, rkey)
    }

    /// Returns the address of a record.
    pub(crate) fn new(
        repo: impl Into<String>,
        collection: impl Into<String>,
        rkey: impl Into<String>,
    ) -> Self {
        Self {
            repo: repo.into(),
            collection: collection.into(),
            rkey: rkey.into(),
        }
    }

    /// Parses a URI such as `at://did:plc:…/app.bsky.feed.post/3l2…`.
    pub(crate) fn parse(uri: &str) -> Option<Self> {
        let mut parts = uri.strip_prefix("at://")?.split('/');
        let (repo, collection, rkey) = (parts.next()?, parts.next()?, parts.next()?);
        let is_account = is_did(repo) || is_handle(repo);
        let is_complete = parts.next().is_none() && is_account && is_record_key(rkey);
        // A collection has the form of a handle that is read from the right (NSID).
        (is_complete && is_handle(collection)).then(|| Self::new(repo, collection, rkey))
    }

    /// Returns the URI of the record.
    pub(crate) fn uri(&self) -> String {
        format!("at://{}/{}/{}", self.repo, self.collection, self.rkey)
    }

    /// Returns the public URL of a post. It contains the DID, because handles change.
    pub(crate) fn public_url(&self) -> String {
        format!("https://bsky.app/profile/{}/post/{}", self.repo, self.rkey)
    }
}

/// Returns `true` if `text` is a record key ("Record Key").
pub(crate) fn is_record_key(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '~');
    (1..=512).contains(&text.len()) && text.chars().all(allowed) && !matches!(text, "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_follow_grammar() {
        for text in ["jane.bsky.social", "xn--ls8h.test", "a.co", "JANE.Example"] {
            assert!(is_handle(text), "{text}");
        }
        for text in [
            "", "jane", "jane.", ".jane.de", "-a.de", "a-.de", "a.1", "jö.de", "a b.de",
        ] {
            assert!(!is_handle(text), "{text}");
        }
        assert!(!is_handle(&format!("{}.de", "a".repeat(64))));
        assert_eq!(normalise(" @Jane.Example "), "jane.example");
    }

    #[test]
    fn dids_follow_grammar() {
        for text in [
            "did:plc:abc",
            "did:web:example.org%3A8080",
            "did:key:zQ3_-.",
        ] {
            assert!(is_did(text), "{text}");
        }
        for text in [
            "did:plc:",
            "did::a",
            "did:PLC:a",
            "did:plc:a:",
            "plc:a",
            "did:plc:a b",
        ] {
            assert!(!is_did(text), "{text}");
        }
    }

    #[test]
    fn record_address_round_trips() {
        let uri = "at://did:plc:abc/app.bsky.feed.post/3l2abc";
        assert_eq!(RecordAddress::parse(uri).unwrap().uri(), uri);
        for text in [
            "at://did:plc:abc",
            "at://did:plc:abc/app.bsky.feed.post",
            "at://did:plc:abc/app.bsky.feed.post/a/b",
            "at://did:plc:abc/app.bsky.feed.post/a b",
            "https://bsky.app/profile/a.b/post/c",
        ] {
            assert_eq!(RecordAddress::parse(text), None, "{text}");
        }
    }
}
