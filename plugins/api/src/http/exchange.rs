//! Logs each HTTP exchange: method, host and path of the request, and how it ended. A query, user name,
//! password, fragment, header or body may hold a secret and is never logged. A path may hold one as well
//! (the address of a webhook does), so known secrets and segments that look like one are masked.

use std::fmt::Display;
use std::time::Instant;

use reqwest::Method;
use tracing::debug;
use url::Url;

use super::error::{FetchError, HttpError};
use crate::mask::{MASK, is_likely_secret, mask};

/// A request that was sent and whose end is logged.
pub(super) struct Exchange {
    method: Method,
    url: Url,
    has_secret_path: bool,
    /// How many redirects led to this request.
    redirects: usize,
    began: Instant,
    is_logged: bool,
}

impl Exchange {
    /// Begins an exchange. Call it directly before the request is sent.
    pub(super) fn begin(method: &Method, url: &Url, redirects: usize) -> Self {
        Self {
            method: method.clone(),
            url: url.clone(),
            has_secret_path: false,
            redirects,
            began: Instant::now(),
            is_logged: false,
        }
    }

    /// Replaces the whole path in the log.
    pub(super) fn hide_path(&mut self) {
        self.has_secret_path = true;
    }

    /// Returns the path as it is logged.
    fn path(&self) -> String {
        match self.has_secret_path {
            true => format!("/{MASK}"),
            false => mask_path(self.url.path()),
        }
    }

    /// Logs the status of the answer.
    pub(super) fn answered(mut self, status: u16) {
        self.log(Some(status), None, None);
    }

    /// Logs `error` and returns it.
    pub(super) fn failed<E: ExchangeError>(mut self, error: E) -> E {
        self.log(None, Some(error.kind()), Some(&error));
        error
    }

    fn log(&mut self, status: Option<u16>, kind: Option<&str>, error: Option<&dyn Display>) {
        self.is_logged = true;
        debug!(
            method = %self.method,
            host = host(&self.url),
            path = self.path(),
            status,
            error_kind = kind,
            error = error.map(ToString::to_string),
            redirects = (self.redirects > 0).then_some(self.redirects),
            elapsed_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "HTTP request"
        );
    }
}

impl Drop for Exchange {
    /// Logs that nothing waits for the answer any more, as after a time limit of the caller.
    fn drop(&mut self) {
        if !self.is_logged {
            self.log(None, Some("cancelled"), None);
        }
    }
}

/// An error with a kind that the log names.
pub(super) trait ExchangeError: Display {
    /// Returns the kind, such as `not_sent`.
    fn kind(&self) -> &'static str;
}

impl ExchangeError for HttpError {
    fn kind(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not_sent",
            Self::NoResponse(_) => "no_response",
        }
    }
}

impl ExchangeError for FetchError {
    fn kind(&self) -> &'static str {
        match self {
            Self::NotAllowed(_) => "not_allowed",
            Self::Unreachable(_) => "unreachable",
        }
    }
}

/// Returns the host of `url`, with the port if it is not the scheme's own.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn mask_path(path: &str) -> String {
    let segments = mask(path);
    let segments = segments
        .split('/')
        .map(|segment| match is_likely_secret(segment) {
            true => MASK,
            false => segment,
        });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::register_secret;

    #[test]
    fn path_hides_secret_segments() {
        register_secret("bot71:lower-case-secret");
        for (path, expected) in [
            ("/rest/posts", "/rest/posts"),
            ("/2026/11/my-first-post/", "/2026/11/my-first-post/"),
            ("/bot71:lower-case-secret/sendMessage", "/***/sendMessage"),
            ("/hooks/T0/AQXfakeTOKEN12345", "/hooks/T0/***"),
        ] {
            assert_eq!(mask_path(path), expected);
        }
    }

    #[test]
    fn secret_path_is_not_logged() {
        let url = Url::parse("https://hooks.chat.example/lower-case-secret").unwrap();
        let mut exchange = Exchange::begin(&Method::POST, &url, 0);
        exchange.hide_path();
        assert_eq!(exchange.path(), "/***");
    }

    #[test]
    fn host_has_its_port() {
        for (url, expected) in [
            ("https://ann:pw@api.example/x?a=b", "api.example"),
            ("http://127.0.0.1:4747/", "127.0.0.1:4747"),
            ("https://[::1]:8080/", "[::1]:8080"),
        ] {
            assert_eq!(host(&Url::parse(url).unwrap()), expected);
        }
    }
}
