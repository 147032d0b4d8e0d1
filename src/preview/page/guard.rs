//! Who is let in: requests of this machine (see [`loopback_page`]) that bring the token, which is in
//! the address that the program prints. The token is turned into a cookie at once, which no script can
//! read and no other site can make the browser send, and leaves the address bar.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use syndicate_api::sha256_hex;

use loopback_page::{HostRejection, check_request, is_unsafe_method, set_headers};

/// Everything comes from here, and only from files: no script, style or picture of a post's choice.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
                                       img-src 'self'; connect-src 'self'; base-uri 'none'; \
                                       form-action 'none'; frame-ancestors 'none'";

/// What opens the page.
#[derive(Clone)]
pub(crate) struct Key(String);

impl Key {
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

/// The door.
#[derive(Clone)]
pub(super) struct Gate {
    token: Arc<str>,
    /// What the browser keeps; it is of no use in the address.
    pass: Arc<str>,
    cookie: Arc<str>,
    port: u16,
}

impl Gate {
    pub(super) fn new(key: Key, port: u16) -> Self {
        Self {
            pass: sha256_hex(format!("pass {}", key.0).as_bytes()).into(),
            token: key.0.into(),
            // Cookies know no ports, so that two pages must not share a name.
            cookie: format!("syndicate-preview-{port}").into(),
            port,
        }
    }

    fn lets_in(&self, headers: &HeaderMap) -> bool {
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
            (header::LOCATION, "/".to_owned()),
        ];
        Some((StatusCode::SEE_OTHER, headers).into_response())
    }
}

/// Lets requests through that may come in, and marks every answer as ours alone.
pub(super) async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&gate, &request) {
        Some((status, message)) => (status, format!("{message}\n")).into_response(),
        None => match gate.welcome(&request) {
            Some(welcome) => welcome,
            None if gate.lets_in(request.headers()) => next.run(request).await,
            None => (
                StatusCode::UNAUTHORIZED,
                "open the address that `syndicate preview --serve` printed; it has a token\n",
            )
                .into_response(),
        },
    };
    set_headers(response.headers_mut(), CONTENT_SECURITY_POLICY);
    response
}

fn refusal(gate: &Gate, request: &Request) -> Option<(StatusCode, &'static str)> {
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
