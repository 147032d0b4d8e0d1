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
const MIN_UPLOAD_RATE: u64 = 64 * 1024;

/// Below this length it is no token but a word of a rehearsal, which stands in many another text.
const MIN_TOKEN_LEN: usize = 8;

/// Bytes to upload.
pub(crate) struct UploadRequest<'a> {
    pub(crate) address: &'a str,
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Bytes,
    /// Whether the address wants the token.
    pub(crate) is_signed: bool,
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
    pub(crate) fn token(&self) -> &SecretString {
        &self.token
    }

    /// The member that the token belongs to, where that is known without asking.
    pub(crate) fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Asks whose token it is, by OpenID Connect. Not versioned.
    pub(crate) async fn get_userinfo(&self) -> Result<HttpResponse, HttpError> {
        let address = self.endpoint.url("/v2/userinfo");
        self.cx.http.send(self.signed_call("GET", address)).await
    }

    /// The same for tokens without that. Not versioned either.
    pub(crate) async fn get_me(&self) -> Result<HttpResponse, HttpError> {
        let address = self.endpoint.url("/v2/me");
        let call = self.signed_call("GET", address);
        let call = call.header("X-Restli-Protocol-Version", "2.0.0");
        self.cx.http.send(call).await
    }

    /// Asks for `path`.
    pub(crate) async fn get(&self, path: &str) -> Result<HttpResponse, HttpError> {
        self.cx.http.send(self.rest_li_call("GET", path)).await
    }

    /// Sends a JSON body to `path`.
    pub(crate) async fn send(
        &self,
        method: &'static str,
        path: &str,
        json: Bytes,
    ) -> Result<HttpResponse, HttpError> {
        let call = self.rest_li_call(method, path);
        let call = call.header("Content-Type", "application/json").body(json);
        self.cx.http.send(call).await
    }

    /// Sends `json` to `path` of the versioned API with the method that Rest.li gives the request.
    pub(crate) async fn send_with_method(
        &self,
        method: &'static str,
        path: &str,
        rest_li_method: &'static str,
        json: Bytes,
    ) -> Result<HttpResponse, HttpError> {
        let mut call = self
            .rest_li_call(method, path)
            .header("X-RestLi-Method", rest_li_method);
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
        upload: UploadRequest<'_>,
    ) -> Result<Result<HttpResponse, HttpError>, String> {
        let url = Url::parse(upload.address).ok();
        let allowed = url.as_ref().is_some_and(|url| {
            self.endpoint.allows_token_to(url)
                || (!upload.is_signed && self.endpoint.allows_upload_to(url))
        });
        if !allowed {
            let host = url.as_ref().and_then(Url::host_str);
            return Err(host.unwrap_or("no host").to_owned());
        }
        let address = upload.address.to_owned();
        let call = if upload.is_signed {
            self.signed_call("PUT", address)
        } else {
            HttpRequest::new("PUT", address)
        };
        let seconds = u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX) / MIN_UPLOAD_RATE;
        let call = call
            .header("Content-Type", upload.media_type)
            .body(upload.bytes)
            .timeout(UPLOAD_TIMEOUT + Duration::from_secs(seconds));
        Ok(self.cx.http.send(call).await)
    }

    /// A name for the pair of endpoint and token, from which the token cannot be had back.
    pub(crate) fn cache_key(&self) -> String {
        let token = sha256_hex(self.token.expose_secret().as_bytes());
        format!("{} {token}", self.endpoint.as_str())
    }

    /// `text` without the token, should the other side have repeated it.
    pub(crate) fn redact(&self, text: &str) -> String {
        let token = self.token.expose_secret();
        if token.len() < MIN_TOKEN_LEN {
            return text.to_owned();
        }
        text.replace(token, "[token]")
    }

    fn signed_call(&self, method: &'static str, address: String) -> HttpRequest {
        let token = format!("Bearer {}", self.token.expose_secret());
        HttpRequest::new(method, address).header("Authorization", token)
    }

    /// A call of the Rest.li interface. What lies below `/v2` has no versions.
    fn rest_li_call(&self, method: &'static str, path: &str) -> HttpRequest {
        let call = self
            .signed_call(method, self.endpoint.url(path))
            .header("X-Restli-Protocol-Version", "2.0.0");
        if path.starts_with("/v2/") {
            return call;
        }
        call.header("LinkedIn-Version", self.version.to_string())
    }
}
