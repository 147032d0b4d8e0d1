//! The hosts that a sink may send requests to. They come from options that the user wrote, or are granted.

use plugin_protocol::Manifest;
use serde_json::{Map, Value};
use syndicate_api::{Code, Diagnostic};
use syndicate_api::{PlainHttp, PublishError, PublishErrorKind};
use url::Url;

/// A pattern for hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HostPattern {
    /// This host, with the port if it is not the scheme's own.
    Exact(String),
    /// Every host below this domain.
    Below(String),
}

impl HostPattern {
    /// Parses the written form, such as `api.example.org` or `*.example.org`.
    pub(super) fn parse(text: &str) -> Self {
        match text.strip_prefix("*.") {
            Some(domain) => Self::Below(domain.to_ascii_lowercase()),
            None => Self::Exact(text.to_ascii_lowercase()),
        }
    }

    /// Returns `true` if the pattern matches `host`.
    pub(super) fn matches(&self, host: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == host,
            Self::Below(domain) => host
                .strip_suffix(domain.as_str())
                .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        }
    }
}

/// Returns the host of `url`, with the port if it is not the scheme's own.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Parses the URL of a request that a plugin asks for.
///
/// # Errors
/// Returns `Rejected` if the URL is not one that credentials may be sent to.
pub(super) fn parse_url(text: &str) -> Result<Url, PublishError> {
    let refused = |why: &str| {
        let message = format!("the plugin asks for a request to a URL that {why}");
        PublishError::new(PublishErrorKind::Rejected, Code::PluginFailed, message)
    };
    let url = Url::parse(text).map_err(|_| refused("is not absolute"))?;
    PlainHttp::Loopback.check(&url).map_err(refused)?;
    match url.username().is_empty() && url.password().is_none() {
        true => Ok(url),
        false => Err(refused("has a user name")),
    }
}

/// Replaces `{NAME}` in `text` by the option of that name. Returns `None` if an option is not set.
pub(super) fn expand(text: &str, options: &Map<String, Value>) -> Option<String> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        expanded.push_str(before);
        match options.get(name)? {
            Value::String(value) => expanded.push_str(value.trim_end_matches('/')),
            value => expanded.push_str(&value.to_string()),
        }
        rest = after;
    }
    expanded.push_str(rest);
    Some(expanded)
}

/// Reads the hosts that a plugin declares.
pub(super) struct HostReader<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) options: &'a Map<String, Value>,
    /// The hosts that pipeline.yaml grants.
    pub(super) granted: &'a [String],
    /// The host of the declared endpoint, and that of the endpoint in use.
    pub(super) endpoint: Option<(String, String)>,
}

impl HostReader<'_> {
    /// Returns the patterns of `texts`; without any, the host of the endpoint.
    ///
    /// # Errors
    /// If a host is neither from an option nor granted.
    pub(super) fn read(&self, texts: &[String]) -> Result<Vec<HostPattern>, Diagnostic> {
        if texts.is_empty() {
            let endpoint = self.endpoint.iter();
            return Ok(endpoint
                .map(|(_, used)| HostPattern::Exact(used.clone()))
                .collect());
        }
        texts.iter().map(|text| self.read_one(text)).collect()
    }

    fn read_one(&self, text: &str) -> Result<HostPattern, Diagnostic> {
        let expanded = expand(text, self.options).ok_or_else(|| {
            let message = format!(
                "plugin `{}`: `{text}` names no option that is set",
                self.manifest.name
            );
            Diagnostic::new(Code::InvalidConfig, message)
        })?;
        let host = match Url::parse(&expanded) {
            Ok(url) if url.has_host() => host_of(&url),
            _ => expanded,
        };
        if let Some((declared, used)) = &self.endpoint
            && *declared == host
        {
            return Ok(HostPattern::Exact(used.clone()));
        }
        if !text.contains('{') {
            self.check_granted(&host)?;
        }
        Ok(HostPattern::parse(&host))
    }

    /// Checks that the user granted requests to `host`, which the plugin chose.
    pub(super) fn check_granted(&self, host: &str) -> Result<(), Diagnostic> {
        if self
            .granted
            .iter()
            .any(|granted| granted.eq_ignore_ascii_case(host))
        {
            return Ok(());
        }
        let message = format!(
            "plugin `{}` sends requests to `{host}`, which is not granted",
            self.manifest.name
        );
        let hint = format!("add `grant: {{hosts: [{host}]}}` if it may");
        Err(Diagnostic::new(Code::InvalidConfig, message).with_hint(hint))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pattern_needs_whole_labels() {
        let below = HostPattern::parse("*.Blog.example");
        for (host, expected) in [
            ("up.blog.example", true),
            ("a.b.blog.example", true),
            ("blog.example", false),
            (".blog.example", false),
            ("evilblog.example", false),
            ("up.blog.example.evil.example", false),
            ("up.blog.example:8443", false),
        ] {
            assert_eq!(below.matches(host), expected, "{host}");
        }
        assert!(HostPattern::parse("127.0.0.1:80").matches("127.0.0.1:80"));
        assert!(!HostPattern::parse("a.example").matches("a.example:81"));
    }

    #[test]
    fn urls_need_encryption() {
        for url in [
            "/relative",
            "http://blog.example/",
            "ftp://127.0.0.1/",
            "https://me:secret@blog.example/",
            "file:///etc/passwd",
        ] {
            assert!(parse_url(url).is_err(), "{url}");
        }
        assert!(parse_url("http://127.0.0.1:1/x").is_ok());
    }

    #[test]
    fn options_are_inserted() {
        let options = json!({"site": "https://blog.example/", "port": 81});
        let options = options.as_object().unwrap();
        let expanded = |text| expand(text, options);
        assert_eq!(
            expanded("{site}/api").as_deref(),
            Some("https://blog.example/api")
        );
        assert_eq!(
            expanded("localhost:{port}").as_deref(),
            Some("localhost:81")
        );
        assert_eq!(expanded("{other}"), None);
        assert_eq!(expanded("{site"), None);
    }
}
