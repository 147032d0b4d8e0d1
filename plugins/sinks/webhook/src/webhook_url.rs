//! The secret URL of a webhook and the requests below it.

use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{
    Code, Context, Endpoint, ExposeSecret as _, PublishError, PublishErrorKind, Request, Secret,
};
use url::Url;

use crate::endpoint::{PLAIN_HTTP, endpoint_or};

/// The URL of a webhook: an option whose value is resolved when it is used.
#[derive(Clone, Debug)]
pub(crate) struct WebhookUrl {
    url: Secret,
    endpoint: Option<Endpoint>,
}

/// The resolved URL of a webhook. It has no `Debug`, because it is a secret.
pub(crate) struct ResolvedUrl {
    url: Url,
    /// Scheme, host and path that requests go to, without a query.
    base: String,
}

impl WebhookUrl {
    /// Returns the URL `url`. Requests go to scheme and host of `endpoint`, if there is one.
    ///
    /// # Errors
    /// Returns an error if the URL or the endpoint is missing or invalid.
    pub(crate) fn new(
        url: Option<&Secret>,
        endpoint: Option<&String>,
    ) -> syndicate_api::Result<Self> {
        let url = url
            .cloned()
            .ok_or_else(|| syndicate_api::Error::msg("missing key `url`"))?;
        let endpoint = match endpoint {
            Some(_) => Some(endpoint_or(endpoint, "")?),
            None => None,
        };
        Ok(Self { url, endpoint })
    }

    /// Returns `true` if `endpoint` is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.endpoint.as_ref().is_some_and(Endpoint::is_loopback)
    }

    /// Resolves the URL.
    ///
    /// # Errors
    /// Returns `Unauthorized` if the variable is not set or is not a valid URL.
    pub(crate) fn resolve(&self, cx: &Context) -> Result<ResolvedUrl, PublishError> {
        let text = self.url.reveal(&cx.env)?;
        let text = text.expose_secret();
        if text.is_empty() {
            return Err(invalid("the webhook's URL is empty"));
        }
        // The message does not quote the value, because it is a secret.
        let url =
            Url::parse(text).map_err(|_| invalid("the webhook's URL is not an absolute URL"))?;
        if self.endpoint.is_none() {
            PLAIN_HTTP
                .check(&url)
                .map_err(|reason| invalid(&format!("the webhook's URL {reason}")))?;
        }
        let origin = match &self.endpoint {
            Some(endpoint) => endpoint.as_str().to_owned(),
            None => {
                let mut origin = url.clone();
                origin.set_query(None);
                origin.set_fragment(None);
                origin.set_path("");
                origin.as_str().trim_end_matches('/').to_owned()
            }
        };
        let base = format!("{origin}{}", url.path());
        Ok(ResolvedUrl { url, base })
    }
}

fn invalid(message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Unauthorized, Code::Unauthorized, message)
        .with_hint("copy the whole URL of the webhook into the variable that `url` names")
}

impl ResolvedUrl {
    /// Returns the segments of the path.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.url
            .path_segments()
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// Returns the whole URL as users configured it.
    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Returns the HTTP request for `request`, whose path and query are added to those of this URL.
    pub(crate) fn request(&self, request: &Request) -> HttpRequest {
        let target = request.target();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let mut url = match path {
            "" => self.base.clone(),
            path => format!("{}{path}", self.base.trim_end_matches('/')),
        };
        let queries = [self.url.query().unwrap_or_default(), query];
        for (index, query) in queries
            .into_iter()
            .filter(|query| !query.is_empty())
            .enumerate()
        {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(query);
        }
        request.to_http_at(url).secret_path()
    }

    /// Sends `request` once.
    ///
    /// # Errors
    /// Returns an error if no response arrived. It contains neither path nor query.
    pub(crate) async fn send(
        &self,
        cx: &Context,
        request: &Request,
    ) -> Result<HttpResponse, HttpError> {
        cx.http.send(self.request(request)).await
    }
}
