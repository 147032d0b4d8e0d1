//! Calls to LinkedIn with the token. It is the only place that holds the token in clear, and so it
//! decides where the token goes and takes it out of whatever comes back.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{Context, ExposeSecret, SecretString, sha256_hex};
use url::Url;

use crate::endpoint::Endpoint;
use crate::versions::ApiVersion;

/// How long an upload may take, whatever its size.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(120);

/// The slowest line that large files are waited for on, in bytes a second.
const SLOWEST_LINE: u64 = 64 * 1024;

/// Below this length it is no token but a word of a rehearsal, which stands in many another text.
const SHORTEST_TOKEN: usize = 8;

/// Bytes to upload.
pub(crate) struct Put<'a> {
    pub(crate) address: &'a str,
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Bytes,
    /// Whether the address wants the token.
    pub(crate) signed: bool,
}

/// Returns the JSON body of an answer, null if it is not JSON.
pub(crate) fn json_body(answer: &HttpResponse) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// LinkedIn, for the time of one stage.
pub(crate) struct Client<'a> {
    pub(crate) cx: &'a Context,
    pub(crate) version: ApiVersion,
    endpoint: &'a Endpoint,
    token: SecretString,
    account: Option<String>,
}

impl<'a> Client<'a> {
    /// A client that uses `token`, which belongs to `account` where that is known.
    pub(crate) fn new(
        cx: &'a Context,
        endpoint: &'a Endpoint,
        version: ApiVersion,
        token: SecretString,
        account: Option<String>,
    ) -> Self {
        Self {
            cx,
            version,
            endpoint,
            token,
            account,
        }
    }

    /// The token, for whom else it is shown to.
    pub(crate) fn secret(&self) -> &SecretString {
        &self.token
    }

    /// The member that the token belongs to, where that is known without asking.
    pub(crate) fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Asks whose token it is, by OpenID Connect. Not versioned.
    pub(crate) async fn who_am_i(&self) -> Result<HttpResponse, HttpError> {
        let address = self.endpoint.at("/v2/userinfo");
        self.cx.http.send(self.signed("GET", address)).await
    }

    /// The same for tokens without that. Not versioned either.
    pub(crate) async fn me(&self) -> Result<HttpResponse, HttpError> {
        let address = self.endpoint.at("/v2/me");
        let call = self.signed("GET", address);
        let call = call.header("X-Restli-Protocol-Version", "2.0.0");
        self.cx.http.send(call).await
    }

    /// Asks for `path`.
    pub(crate) async fn get(&self, path: &str) -> Result<HttpResponse, HttpError> {
        self.cx.http.send(self.rest_li("GET", path)).await
    }

    /// Sends a JSON body to `path`.
    pub(crate) async fn send(
        &self,
        method: &'static str,
        path: &str,
        json: Bytes,
    ) -> Result<HttpResponse, HttpError> {
        let call = self.rest_li(method, path);
        let call = call.header("Content-Type", "application/json").body(json);
        self.cx.http.send(call).await
    }

    /// Sends `json` to `path` of the versioned API with the method that Rest.li gives the request.
    pub(crate) async fn restli(
        &self,
        method: &'static str,
        path: &str,
        restli: &'static str,
        json: Bytes,
    ) -> Result<HttpResponse, HttpError> {
        let mut call = self.rest_li(method, path).header("X-RestLi-Method", restli);
        if !json.is_empty() {
            call = call.header("Content-Type", "application/json").body(json);
        }
        self.cx.http.send(call).await
    }

    /// Uploads bytes to the address that LinkedIn named for them, which is used as it stands.
    ///
    /// # Errors
    /// The host, if they may not go there.
    pub(crate) async fn put(
        &self,
        put: Put<'_>,
    ) -> Result<Result<HttpResponse, HttpError>, String> {
        let url = Url::parse(put.address).ok();
        let allowed = url.as_ref().is_some_and(|url| {
            self.endpoint.trusts(url) || (!put.signed && self.endpoint.may_name(url))
        });
        if !allowed {
            let host = url.as_ref().and_then(Url::host_str);
            return Err(host.unwrap_or("no host").to_owned());
        }
        let address = put.address.to_owned();
        let call = if put.signed {
            self.signed("PUT", address)
        } else {
            HttpRequest::new("PUT", address)
        };
        let seconds = u64::try_from(put.bytes.len()).unwrap_or(u64::MAX) / SLOWEST_LINE;
        let call = call
            .header("Content-Type", put.media_type)
            .body(put.bytes)
            .timeout(UPLOAD_TIMEOUT + Duration::from_secs(seconds));
        Ok(self.cx.http.send(call).await)
    }

    /// A name for the pair of endpoint and token, from which the token cannot be had back.
    pub(crate) fn identity(&self) -> String {
        let token = sha256_hex(self.token.expose_secret().as_bytes());
        format!("{} {token}", self.endpoint.as_str())
    }

    /// `text` without the token, should the other side have repeated it.
    pub(crate) fn redact(&self, text: &str) -> String {
        let token = self.token.expose_secret();
        if token.len() < SHORTEST_TOKEN {
            return text.to_owned();
        }
        text.replace(token, "[token]")
    }

    fn signed(&self, method: &'static str, address: String) -> HttpRequest {
        let token = format!("Bearer {}", self.token.expose_secret());
        HttpRequest::new(method, address).header("Authorization", token)
    }

    /// A call of the Rest.li interface. What lies below `/v2` has no versions.
    fn rest_li(&self, method: &'static str, path: &str) -> HttpRequest {
        let call = self
            .signed(method, self.endpoint.at(path))
            .header("X-Restli-Protocol-Version", "2.0.0");
        if path.starts_with("/v2/") {
            return call;
        }
        call.header("LinkedIn-Version", self.version.to_string())
    }
}
