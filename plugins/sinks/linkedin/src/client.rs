//! Sends requests to LinkedIn with the token. Only this module holds the token in clear text. It
//! decides which hosts receive the token.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{
    Body, Context, Endpoint, ExposeSecret, Name, Request, SecretString, sha256_hex,
};
use url::Url;

use crate::endpoint::{allows_token_to, allows_upload_to};
use crate::versions::ApiVersion;

/// Timeout of an upload, without the time for its size.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(120);

/// Slowest upload, in bytes per second, that finishes before the timeout.
const MIN_UPLOAD_RATE: u64 = 64 * 1024;

/// An upload of bytes.
pub(crate) struct UploadRequest<'a> {
    pub(crate) upload_url: &'a str,
    pub(crate) media_type: Name,
    pub(crate) bytes: Bytes,
    /// `true` if the request needs the token.
    pub(crate) is_signed: bool,
}

/// Parses the JSON body of a response. Returns `null` if it is not JSON.
pub(crate) fn json_body(answer: &HttpResponse) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// A client of LinkedIn's API with one token.
pub(crate) struct Client<'a> {
    pub(crate) cx: &'a Context,
    pub(crate) version: ApiVersion,
    endpoint: &'a Endpoint,
    token: SecretString,
    account: Option<String>,
    renewal: String,
}

impl<'a> Client<'a> {
    /// Creates a client that uses `token`. `account` is the member of the token, if known; `renewal` is
    /// the hint how to replace the token.
    pub(crate) fn new(
        cx: &'a Context,
        endpoint: &'a Endpoint,
        version: ApiVersion,
        token: SecretString,
        account: Option<String>,
        renewal: String,
    ) -> Self {
        Self {
            cx,
            version,
            endpoint,
            token,
            account,
            renewal,
        }
    }

    /// Returns the token, for requests that send it in the body.
    pub(crate) fn token(&self) -> &SecretString {
        &self.token
    }

    /// Returns the URN of the token's member if it is known without a request.
    pub(crate) fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Returns the hint how to replace the token.
    pub(crate) fn renewal_hint(&self) -> &str {
        &self.renewal
    }

    /// Requests the member of a token with OpenID Connect. The path has no API version.
    pub(crate) async fn get_userinfo(&self) -> Result<HttpResponse, HttpError> {
        let url = format!("{}/v2/userinfo", self.endpoint.as_str());
        self.cx.http.send(self.signed_call("GET", url)).await
    }

    /// Requests the member of a token without OpenID Connect. The path has no API version.
    pub(crate) async fn get_me(&self) -> Result<HttpResponse, HttpError> {
        let url = format!("{}/v2/me", self.endpoint.as_str());
        let call = self.signed_call("GET", url);
        let call = call.header("X-Restli-Protocol-Version", "2.0.0");
        self.cx.http.send(call).await
    }

    /// Sends a `GET` request.
    pub(crate) async fn get(&self, path: &str) -> Result<HttpResponse, HttpError> {
        self.cx.http.send(self.rest_li_call("GET", path)).await
    }

    /// Sends a `POST` request with a JSON body to `path` that belongs to an upload, and thus may arrive twice. The path may
    /// have a query.
    pub(crate) async fn post_for_upload(
        &self,
        path: &str,
        json: Bytes,
    ) -> Result<HttpResponse, HttpError> {
        let call = self.rest_li_call("POST", path);
        let call = call.header("Content-Type", "application/json").body(json);
        self.cx.http.send(call.repeatable()).await
    }

    /// Sends a request of a payload, whose body is JSON if it has one.
    pub(crate) async fn send_request(&self, request: &Request) -> Result<HttpResponse, HttpError> {
        let mut call = self.rest_li_call(request.method.clone(), &request.target());
        for (name, value) in &request.headers {
            call = call.header(name.clone(), value.as_str().unwrap_or_default());
        }
        if request.body != Body::None {
            call = call
                .header("Content-Type", "application/json")
                .body(request.bytes());
        }
        self.cx.http.send(call).await
    }

    /// Uploads bytes to the URL that LinkedIn returned for them.
    ///
    /// # Errors
    /// Returns the host of the URL if the upload must not be sent there.
    pub(crate) async fn put(
        &self,
        upload: UploadRequest<'_>,
    ) -> Result<Result<HttpResponse, HttpError>, String> {
        let url = Url::parse(upload.upload_url).ok();
        let allowed = url.as_ref().is_some_and(|url| {
            allows_token_to(self.endpoint, url)
                || (!upload.is_signed && allows_upload_to(self.endpoint, url))
        });
        if !allowed {
            let host = url.as_ref().and_then(Url::host_str);
            return Err(host.unwrap_or("no host").to_owned());
        }
        let upload_url = upload.upload_url.to_owned();
        let call = if upload.is_signed {
            self.signed_call("PUT", upload_url)
        } else {
            HttpRequest::new("PUT", upload_url)
        };
        let seconds = u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX) / MIN_UPLOAD_RATE;
        let call = call
            .header("Content-Type", upload.media_type)
            .body(upload.bytes)
            .repeatable()
            .timeout(UPLOAD_TIMEOUT + Duration::from_secs(seconds));
        Ok(self.cx.http.send(call).await)
    }

    /// Returns a cache key for the endpoint and the token. It contains a hash of the token.
    pub(crate) fn cache_key(&self) -> String {
        let token = sha256_hex(self.token.expose_secret().as_bytes());
        format!("{} {token}", self.endpoint.as_str())
    }

    fn signed_call(&self, method: impl Into<Name>, url: String) -> HttpRequest {
        let token = format!("Bearer {}", self.token.expose_secret());
        HttpRequest::new(method, url).header("Authorization", token)
    }

    /// Builds a Rest.li request. Paths under `/v2` have no API version.
    fn rest_li_call(&self, method: impl Into<Name>, path: &str) -> HttpRequest {
        let call = self
            .signed_call(method, format!("{}{path}", self.endpoint.as_str()))
            .header("X-Restli-Protocol-Version", "2.0.0");
        if path.starts_with("/v2/") {
            return call;
        }
        call.header("LinkedIn-Version", self.version.to_string())
    }
}
