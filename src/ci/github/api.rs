//! A client of GitHub's REST API, with the token of the job. Requests that may be repeated are repeated
//! after a server error or a rate limit, with the pauses that GitHub's documentation asks for. The token is
//! sent to the API's own host only.

use std::fmt;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use jiff::Timestamp;
use serde_json::Value;
use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{Context, SecretString, masked_secret};
use url::{Host, Url};

/// The version of the API. GitHub Enterprise Server has no later one, and github.com supports it until
/// March 2028 at least.
const API_VERSION: &str = "2022-11-28";

/// The largest response: 100 comments of 262,144 bytes, which is the largest that GitHub stores.
const MAX_RESPONSE: usize = 32 << 20;

/// The maximum number of repetitions of a request.
const REPETITIONS: usize = 3;

/// The longest pause between two requests. GitHub asks for a minute if it names no other time.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The method of a request, by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Reads; may be repeated.
    Get,
    /// Replaces; may be repeated.
    Patch,
    /// Creates; is repeated only if it was certainly not accepted.
    Post,
}

/// A failed request to the API, or one that cannot be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// The job has no token.
    #[error("the variable `GITHUB_TOKEN` is not set")]
    NoToken,
    /// The address of the API is invalid or not encrypted.
    #[error("invalid address `{0}` in `GITHUB_API_URL`")]
    InvalidEndpoint(String),
    /// The token has no permission.
    #[error("GitHub refused the request with status {status}: {message}")]
    NotPermitted {
        /// The status, 403 or 404.
        status: u16,
        /// GitHub's message.
        message: String,
    },
    /// The request was refused for another reason.
    #[error("GitHub answered with status {status}: {message}")]
    Refused {
        /// The status.
        status: u16,
        /// GitHub's message.
        message: String,
    },
    /// A creating request may have been accepted.
    #[error("GitHub gave no clear answer: {0}")]
    Unclear(String),
    /// The request was not sent or not answered.
    #[error(transparent)]
    Connection(#[from] HttpError),
}

/// A client for one job.
pub(crate) struct ApiClient {
    cx: Context,
    base: Url,
    token: SecretString,
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiClient({})", self.base)
    }
}

impl ApiClient {
    /// Returns a client with the token and the address of this job.
    pub(crate) fn new(cx: &Context) -> Result<Self, ApiError> {
        let token = cx
            .env
            .get("GITHUB_TOKEN")
            .filter(|token| !token.is_empty())
            .ok_or(ApiError::NoToken)?;
        let address = cx.env.get("GITHUB_API_URL");
        let address = address.unwrap_or_else(|| "https://api.github.com".to_owned());
        let base = endpoint(&address).ok_or(ApiError::InvalidEndpoint(address))?;
        Ok(Self {
            cx: cx.clone(),
            base,
            token: masked_secret(token),
        })
    }

    /// Returns the address of the API's resource at `path`, which begins with `/`.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }

    /// Sends a request and returns the response, whose status is a success.
    pub(super) async fn send(
        &self,
        method: Method,
        address: &str,
        body: Option<&Value>,
    ) -> Result<HttpResponse, ApiError> {
        let pauses = ExponentialBuilder::new()
            .with_min_delay(Duration::from_secs(1))
            .with_max_times(REPETITIONS)
            .with_jitter();
        let mut pauses = pauses.build();
        loop {
            let sent = self
                .cx
                .http
                .send(self.request(method, address, body)?)
                .await;
            let is_safe = method != Method::Post;
            let least = match &sent {
                Ok(response) if (200..300).contains(&response.status) => return Ok(sent?),
                Ok(response) => match rate_limit(response, self.cx.now()) {
                    Some(pause) => Some(pause),
                    None if response.status >= 500 && is_safe => Some(Duration::ZERO),
                    None => None,
                },
                Err(HttpError::NotSent(_)) => Some(Duration::ZERO),
                Err(HttpError::NoResponse(_)) => is_safe.then_some(Duration::ZERO),
            };
            let least = least.filter(|least| *least <= LONGEST_PAUSE);
            match least.and_then(|least| Some(least.max(pauses.next()?))) {
                Some(pause) => self.cx.clock.sleep(pause).await,
                None => return Err(self.error(method, sent)),
            }
        }
    }

    fn request(
        &self,
        method: Method,
        address: &str,
        body: Option<&Value>,
    ) -> Result<HttpRequest, ApiError> {
        // An address may come from a `Link` header.
        let is_own = Url::parse(address).is_ok_and(|url| url.origin() == self.base.origin());
        if !is_own {
            return Err(ApiError::InvalidEndpoint(address.to_owned()));
        }
        let name = match method {
            Method::Get => "GET",
            Method::Patch => "PATCH",
            Method::Post => "POST",
        };
        let request = HttpRequest::new(name, address)
            .bearer(&self.token)
            .header("accept", "application/vnd.github+json")
            .header("x-github-api-version", API_VERSION)
            .max_response(MAX_RESPONSE);
        Ok(match body {
            Some(body) => request
                .header("content-type", "application/json")
                .body(body.to_string().into()),
            None => request,
        })
    }

    fn error(&self, method: Method, sent: Result<HttpResponse, HttpError>) -> ApiError {
        match sent {
            Ok(response) if response.status >= 500 && method == Method::Post => {
                ApiError::Unclear(format!("status {}", response.status))
            }
            Ok(response) => {
                let status = response.status;
                let message = message(&response);
                let is_limited = rate_limit(&response, self.cx.now()).is_some();
                match status {
                    403 | 404 if !is_limited => ApiError::NotPermitted { status, message },
                    _ => ApiError::Refused { status, message },
                }
            }
            Err(HttpError::NoResponse(error)) if method == Method::Post => ApiError::Unclear(error),
            Err(error) => error.into(),
        }
    }
}

/// Parses the address of the API, which is encrypted unless it is on this machine.
fn endpoint(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let is_loopback = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    let is_allowed = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    (is_allowed && url.query().is_none() && url.username().is_empty()).then_some(url)
}

/// Returns the pause that a rate limit requires, or `None` if the response is not about one.
fn rate_limit(response: &HttpResponse, now: Timestamp) -> Option<Duration> {
    if !matches!(response.status, 403 | 429) {
        return None;
    }
    let until = |at: Timestamp| Duration::try_from(at.duration_since(now)).unwrap_or_default();
    if let Some(at) = response.retry_after(now) {
        return Some(until(at));
    }
    let number = |name| response.header(name)?.trim().parse::<i64>().ok();
    if number("x-ratelimit-remaining") == Some(0) {
        let reset = number("x-ratelimit-reset").and_then(|at| Timestamp::from_second(at).ok());
        return Some(reset.map_or(LONGEST_PAUSE, until));
    }
    let is_secondary = message(response).to_lowercase().contains("rate limit");
    (is_secondary || response.status == 429).then_some(LONGEST_PAUSE)
}

/// Returns GitHub's message, or a text that there is none.
fn message(response: &HttpResponse) -> String {
    match response.json()["message"].as_str() {
        Some(message) => message.chars().take(300).collect(),
        None => "no message".to_owned(),
    }
}

/// Returns the address of the next page: that of `rel="next"` in the `Link` header (RFC 8288).
pub(super) fn next_page(response: &HttpResponse) -> Option<String> {
    let mut links = response.header("link")?.split(',');
    links.find_map(|link| {
        let (address, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        let mut parameters = parameters.split(';').map(str::trim);
        parameters
            .any(|parameter| matches!(parameter, "rel=\"next\"" | "rel=next"))
            .then(|| address.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, headers: &[(&'static str, &str)], message: &str) -> HttpResponse {
        let body = serde_json::json!({"message": message}).to_string();
        HttpResponse::new(status, body, headers)
    }

    #[test]
    fn endpoint_is_encrypted_or_loopback() {
        for (address, is_allowed) in [
            ("https://api.github.com", true),
            ("https://git.example.org/api/v3", true),
            ("http://127.0.0.1:4000", true),
            ("http://localhost:4000", true),
            ("http://api.github.com", false),
            ("http://localhost.example.org", false),
            ("https://ann@api.github.com", false),
            ("ftp://api.github.com", false),
            ("", false),
        ] {
            assert_eq!(endpoint(address).is_some(), is_allowed, "{address}");
        }
    }

    #[test]
    fn rate_limits_have_documented_pauses() {
        let now = Timestamp::from_second(1_000).unwrap();
        let seconds = |response: &HttpResponse| Some(rate_limit(response, now)?.as_secs());
        let limited = response(403, &[("retry-after", "7")], "x");
        assert_eq!(seconds(&limited), Some(7));
        let reset = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1030"),
        ];
        assert_eq!(seconds(&response(403, &reset, "x")), Some(30));
        let text = "You have exceeded a secondary rate limit";
        assert_eq!(seconds(&response(403, &[], text)), Some(60));
        assert_eq!(seconds(&response(429, &[], "x")), Some(60));
        let refused = response(403, &[], "Resource not accessible by integration");
        assert_eq!(seconds(&refused), None);
        assert_eq!(seconds(&response(404, &reset, "x")), None);
    }

    #[test]
    fn next_page_is_found_among_links() {
        let link = "<https://a/c?page=1>; rel=\"prev\", <https://a/c?page=3>; rel=\"next\", \
                    <https://a/c?page=9>; rel=\"last\"";
        let response = response(200, &[("link", link)], "");
        assert_eq!(next_page(&response).unwrap(), "https://a/c?page=3");
        let last = HttpResponse::new(200, "", &[("link", "<https://a/c?page=1>; rel=\"prev\"")]);
        assert_eq!(next_page(&last), None);
    }
}
