//! Who is let in: requests of this machine (see [`loopback_page`]) that carry the token, which is in
//! the address that the program prints. The token leaves the address bar at once and becomes two
//! secrets. One is a cookie, which no script can read and no other site can make the browser send. But
//! a browser sends cookies to every port of this machine, so a page on another port learns
//! it. The other secret is in the fragment of the redirect, which browsers send to no server; the page
//! keeps it, by its port, and sends it in a header. Nothing of a post is shown and nothing is done
//! without both.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use syndicate_api::sha256_hex;

use loopback_page::{HostRejection, ICON_PATH, check_request, icon, is_unsafe_method, set_headers};

/// Everything comes from here, and only from files: no script, style or picture of a post's choice.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
                                       img-src 'self'; connect-src 'self'; base-uri 'none'; \
                                       form-action 'none'; frame-ancestors 'none'";

/// What opens the page.
#[derive(Clone)]
pub(crate) struct PageKey(String);

impl PageKey {
    /// A key of these random bytes.
    #[must_use]
    pub(crate) fn new(random: &[u8; 32]) -> Self {
        Self(random.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The address that lets one in.
    #[must_use]
    pub(crate) fn address(&self, base_url: &str) -> String {
        format!("{base_url}/?token={}", self.0)
    }
}

/// The header with the page's secret. A page of another origin cannot set it without asking first.
const PAGE_HEADER: &str = "x-syndicate-page";

/// The same in the query, for a stream of events, which browsers send no header with.
const PAGE_QUERY: &str = "page=";

/// The secrets, and what they open.
#[derive(Clone)]
pub(super) struct AccessGuard {
    token: Arc<str>,
    /// What the browser keeps as a cookie; it is of no use in the address.
    pass: Arc<str>,
    /// What the page keeps; the cookie says nothing about it.
    page: Arc<str>,
    cookie: Arc<str>,
    port: u16,
}

/// Marks a request whose page may see the posts: it carries both secrets.
#[derive(Clone, Copy, Debug)]
pub(super) struct FromPage;

impl AccessGuard {
    pub(super) fn new(key: PageKey, port: u16) -> Self {
        Self {
            pass: sha256_hex(format!("pass {}", key.0).as_bytes()).into(),
            page: sha256_hex(format!("page {}", key.0).as_bytes()).into(),
            token: key.0.into(),
            // Cookies know no ports, so that two pages must not share a name.
            cookie: format!("syndicate-preview-{port}").into(),
            port,
        }
    }

    /// Whether `request` has the page's secret; `None` if it has none at all, as a browser that opens an
    /// address.
    fn is_of_page(&self, request: &Request) -> Option<bool> {
        let header = request.headers().get(PAGE_HEADER);
        let header = header.map(|value| value.to_str().unwrap_or_default());
        let query = request.uri().query().unwrap_or_default().split('&');
        let query = query
            .into_iter()
            .find_map(|pair| pair.strip_prefix(PAGE_QUERY));
        Some(same(header.or(query)?, &self.page))
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).into_iter();
        cookies
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == &*self.cookie && same(value, &self.pass))
    }

    /// The answer to somebody who brings the token, if this is one.
    fn welcome(&self, request: &Request) -> Option<Response> {
        let query = request.uri().query().unwrap_or_default();
        let token = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("token="))?;
        if request.uri().path() != "/" || !same(token, &self.token) {
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

/// Lets requests through that may come in, and marks every answer as ours alone.
pub(super) async fn admit(
    State(gate): State<AccessGuard>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut response = match refusal(&gate, &request) {
        Some((status, message)) => (status, format!("{message}\n")).into_response(),
        None => match gate.welcome(&request) {
            Some(welcome) => welcome,
            None if request.uri().path() == ICON_PATH => icon().await.into_response(),
            None if !gate.has_cookie(request.headers()) => unauthorized(),
            None => match gate.is_of_page(&request) {
                Some(true) => {
                    request.extensions_mut().insert(FromPage);
                    next.run(request).await
                }
                // What every page has, and what names the bytes that it wants.
                None if is_open(request.uri().path()) => next.run(request).await,
                _ => unauthorized(),
            },
        },
    };
    set_headers(response.headers_mut(), CONTENT_SECURITY_POLICY);
    response
}

/// Whether the cookie alone opens `path`: nothing there shows a post or does anything. A medium is asked
/// for by the hash of its bytes, which the queue alone tells.
fn is_open(path: &str) -> bool {
    !matches!(path, "/act" | "/events")
}

fn unauthorized() -> Response {
    let message = "open the address that `syndicate preview --serve` printed; it has a token\n";
    (StatusCode::UNAUTHORIZED, message).into_response()
}

fn refusal(gate: &AccessGuard, request: &Request) -> Option<(StatusCode, &'static str)> {
    // Whoever changes something says where the request comes from, as every browser does.
    let unsaid =
        is_unsafe_method(request.method()) && request.headers().get(header::ORIGIN).is_none();
    let trespass = match check_request(gate.port, request) {
        Err(trespass) => trespass,
        Ok(()) if unsaid => HostRejection::Origin,
        Ok(()) => return None,
    };
    Some(match trespass {
        HostRejection::Malformed => (
            StatusCode::BAD_REQUEST,
            "the request's Host header is not one name",
        ),
        HostRejection::Host => (
            StatusCode::MISDIRECTED_REQUEST,
            "the preview answers to localhost and 127.0.0.1 only",
        ),
        HostRejection::Origin => (
            StatusCode::FORBIDDEN,
            "a page of another origin may not change anything here",
        ),
    })
}

/// Whether two secrets are the same. What is compared are hashes, so that the time it takes tells
/// nothing about either.
fn same(one: &str, other: &str) -> bool {
    sha256_hex(one.as_bytes()) == sha256_hex(other.as_bytes())
}
