//! Authenticates requests. Only requests from this machine (see [`loopback_page`]) that carry two
//! secrets can read posts or run commands. The printed URL has a token; opening it exchanges the token
//! for the two secrets and redirects to a URL without it.
//!
//! The first secret is an HTTP-only, same-site cookie. Browsers send cookies to every port of a host, so
//! a server on another port can read it. The second secret is in the fragment of the redirect, which
//! browsers send to no server; the page stores it per origin and sends it in a header.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use syndicate_api::sha256_hex;

use loopback_page::{HostRejection, ICON_PATH, check_request, icon, is_unsafe_method, set_headers};

/// Allows only the page's own files, so that a post cannot add scripts, styles or pictures.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
                                       img-src 'self'; connect-src 'self'; base-uri 'none'; \
                                       form-action 'none'; frame-ancestors 'none'";

/// The token that opens the page.
#[derive(Clone)]
pub(crate) struct PageKey(String);

impl PageKey {
    /// Encodes random bytes as a key.
    #[must_use]
    pub(crate) fn new(random: &[u8; 32]) -> Self {
        Self(random.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Returns the URL that opens the page.
    #[must_use]
    pub(crate) fn address(&self, base_url: &str) -> String {
        format!("{base_url}/?token={}", self.0)
    }
}

/// The header with the page's secret. Pages of other origins cannot set it without a preflight request.
const PAGE_HEADER: &str = "x-syndicate-page";

/// The query parameter with the page's secret, for event streams, which cannot set headers.
const PAGE_QUERY: &str = "page=";

/// The token, the two secrets and the port that they are valid for.
#[derive(Clone)]
pub(super) struct AccessGuard {
    token: Arc<str>,
    /// The value of the cookie; it is not valid as a token.
    pass: Arc<str>,
    /// The page's secret; it cannot be derived from the cookie.
    page: Arc<str>,
    cookie: Arc<str>,
    port: u16,
}

/// Marks a request that carries both secrets.
#[derive(Clone, Copy, Debug)]
pub(super) struct FromPage;

impl AccessGuard {
    pub(super) fn new(key: PageKey, port: u16) -> Self {
        Self {
            pass: sha256_hex(format!("pass {}", key.0).as_bytes()).into(),
            page: sha256_hex(format!("page {}", key.0).as_bytes()).into(),
            token: key.0.into(),
            // Cookies ignore ports, so the name contains the port to keep two previews apart.
            cookie: format!("syndicate-preview-{port}").into(),
            port,
        }
    }

    /// Returns `true` if `request` carries the page's secret, and `None` if it carries no secret at
    /// all, as when a browser opens a URL.
    fn has_page_secret(&self, request: &Request) -> Option<bool> {
        let header = request.headers().get(PAGE_HEADER);
        let header = header.map(|value| value.to_str().unwrap_or_default());
        let query = request.uri().query().unwrap_or_default().split('&');
        let query = query
            .into_iter()
            .find_map(|pair| pair.strip_prefix(PAGE_QUERY));
        Some(is_same_secret(header.or(query)?, &self.page))
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).into_iter();
        cookies
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == &*self.cookie && is_same_secret(value, &self.pass))
    }

    /// Returns the redirect that sets the secrets if `request` carries the token.
    fn exchange_token(&self, request: &Request) -> Option<Response> {
        let query = request.uri().query().unwrap_or_default();
        let token = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("token="))?;
        if request.uri().path() != "/" || !is_same_secret(token, &self.token) {
            return None;
        }
        let cookie = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Strict",
            self.cookie, self.pass
        );
        let headers = [
            (header::SET_COOKIE, cookie),
            (header::LOCATION, format!("/#{PAGE_QUERY}{}", self.page)),
        ];
        Some((StatusCode::SEE_OTHER, headers).into_response())
    }
}

/// Passes authorized requests on, and sets the security headers of every response.
pub(super) async fn authorize(
    State(access): State<AccessGuard>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut response = match rejection(&access, &request) {
        Some((status, message)) => (status, format!("{message}\n")).into_response(),
        None => match access.exchange_token(&request) {
            Some(redirect) => redirect,
            None if request.uri().path() == ICON_PATH => icon().await.into_response(),
            None if !access.has_cookie(request.headers()) => unauthorized(),
            None => match access.has_page_secret(&request) {
                Some(true) => {
                    request.extensions_mut().insert(FromPage);
                    next.run(request).await
                }
                // Static files and media need only the cookie.
                None if needs_only_cookie(request.uri().path()) => next.run(request).await,
                _ => unauthorized(),
            },
        },
    };
    set_headers(response.headers_mut(), CONTENT_SECURITY_POLICY);
    response
}

/// Returns `true` if the cookie alone is enough for `path`. A medium can be requested only by the hash of
/// its bytes, which is in the queue.
fn needs_only_cookie(path: &str) -> bool {
    !matches!(path, "/act" | "/events")
}

fn unauthorized() -> Response {
    let message = "missing token; open the address that `syndicate preview --serve` printed\n";
    (StatusCode::UNAUTHORIZED, message).into_response()
}

fn rejection(access: &AccessGuard, request: &Request) -> Option<(StatusCode, &'static str)> {
    // Browsers send `Origin` with every unsafe method, so a missing one is refused.
    let lacks_origin =
        is_unsafe_method(request.method()) && request.headers().get(header::ORIGIN).is_none();
    let rejection = match check_request(access.port, request) {
        Err(rejection) => rejection,
        Ok(()) if lacks_origin => HostRejection::Origin,
        Ok(()) => return None,
    };
    Some(match rejection {
        HostRejection::Malformed => (
            StatusCode::BAD_REQUEST,
            "the request must have one valid Host header",
        ),
        HostRejection::Host => (
            StatusCode::MISDIRECTED_REQUEST,
            "the preview accepts requests to localhost and 127.0.0.1 only",
        ),
        HostRejection::Origin => (
            StatusCode::FORBIDDEN,
            "pages of other origins must not send such requests",
        ),
    })
}

/// Compares two secrets by their hashes, so that the time taken reveals nothing about them.
fn is_same_secret(one: &str, other: &str) -> bool {
    sha256_hex(one.as_bytes()) == sha256_hex(other.as_bytes())
}
