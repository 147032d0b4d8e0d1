//! Sends the requests of a sink: with its credentials, to its hosts only, and without following redirects.

use plugin_protocol::{AuthKind, HttpAnswer, HttpSpec, PartSpec};
use serde_json::{Map, Value};
use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{
    Code, Context, Credential as StoredCredential, ExposeSecret as _, Medium, PublishError,
    PublishErrorKind, Request, masked_secret,
};
use url::Url;

use super::access::Access;
use super::auth::Credential;
use super::hosts::{host_of, parse_url};
use super::redaction::Redaction;
use super::requests::{check_path, request_of};
use super::settings::SinkSettings;

/// The largest part of a response that plugins read, in bytes.
const MAX_RESPONSE: usize = 4 << 20;

/// Headers of responses that plugins do not see.
const HIDDEN_HEADERS: &[&str] = &["set-cookie", "set-cookie2", "www-authenticate"];

/// The status of a response that refuses the credential.
const UNAUTHORIZED: u16 = 401;

/// The place of the secret in the path of `base`.
const SECRET: &str = "{secret}";

/// Sends the requests of one sink.
pub(super) struct Transport<'a> {
    pub(super) cx: &'a Context,
    pub(super) settings: &'a SinkSettings,
    pub(super) access: Access<'a>,
}

/// The URL of a request.
enum Target {
    /// The endpoint, followed by path and query of the request.
    Base { url: String, is_secret: bool },
    /// All of it.
    Whole { url: String, is_secret: bool },
}

impl Transport<'_> {
    /// Sends the request of a step once, over a new connection.
    ///
    /// # Errors
    /// Returns an error if the request cannot be built; nothing was sent then.
    pub(super) async fn send(
        &self,
        request: &Request,
        login: Option<&StoredCredential>,
    ) -> Result<Result<HttpResponse, HttpError>, PublishError> {
        let http = self.build(self.target()?, request.clone(), &[], login)?;
        Ok(self.cx.http.send(http).await)
    }

    /// Sends a request that may be repeated, and returns the response as plugins see it. If the platform refuses the token
    /// of a login, that is renewed and the request sent once more.
    ///
    /// # Errors
    /// Returns an error if the request is not allowed, or has no response.
    pub(super) async fn call(
        &self,
        spec: &HttpSpec,
        media: &[Medium],
        max_response: usize,
    ) -> Result<HttpAnswer, PublishError> {
        if spec.message.is_some() {
            return Err(refused("the host sends no messages".to_owned()));
        }
        let request = request_of(spec).map_err(refused)?;
        let media = named(media, spec.parts.as_deref().unwrap_or_default());
        if spec.url.is_some() && !(request.path.is_empty() && request.query.is_empty()) {
            return Err(refused("it has a `url` and a `path` or `query`".to_owned()));
        }
        let url = spec.url.as_deref().map(parse_url).transpose()?;
        let limit = max_response.min(MAX_RESPONSE);
        let send = async |credential: Option<&StoredCredential>| {
            let target = match &url {
                None => self.target()?,
                Some(url) => Target::Whole {
                    url: url.clone().into(),
                    is_secret: false,
                },
            };
            let http = self.build(target, request.clone(), &media, credential)?;
            let http = http.repeatable().max_response(limit);
            self.cx
                .http
                .send(http)
                .await
                .map_err(|error| no_response(&error))
        };
        let credential = self.access.credential(self.cx).await?;
        let mut response = send(credential.as_ref()).await?;
        if response.status == UNAUTHORIZED
            && let (Access::Login(login), Some(seen)) = (self.access, &credential)
        {
            let renewed = login.renew(self.cx, seen).await?;
            response = send(Some(&renewed)).await?;
        }
        Ok(self.answer(&response, limit))
    }

    /// Returns the base URL of requests.
    fn target(&self) -> Result<Target, PublishError> {
        let rules = self.settings.auth.iter();
        let mut base = rules.filter_map(|rule| match &rule.kind {
            AuthKind::Base { secret, path } => Some((secret, path)),
            _ => None,
        });
        let endpoint = self.settings.endpoint.as_ref();
        let endpoint = endpoint.map_or("", |endpoint| endpoint.as_str());
        let Some((name, path)) = base.next() else {
            return Ok(Target::Base {
                url: endpoint.to_owned(),
                is_secret: false,
            });
        };
        let secret = self.settings.secret(self.cx, name)?;
        let secret = secret.expose_secret();
        Ok(match path {
            Some(path) => Target::Base {
                url: format!("{endpoint}/{}", path.replace(SECRET, secret)),
                is_secret: true,
            },
            None => Target::Whole {
                url: parse_url(secret)?.into(),
                is_secret: true,
            },
        })
    }

    fn build(
        &self,
        target: Target,
        mut request: Request,
        media: &[Medium],
        login: Option<&StoredCredential>,
    ) -> Result<HttpRequest, PublishError> {
        let (Target::Base { url, is_secret } | Target::Whole { url, is_secret }) = &target;
        let host = Url::parse(url).map(|url| host_of(&url)).unwrap_or_default();
        if !self.settings.allows(&host) {
            let message =
                format!("the plugin asks for a request to `{host}`, which it does not declare");
            let error = PublishError::new(PublishErrorKind::Rejected, Code::PluginFailed, message);
            return Err(error.with_hint("tell its author; nothing was sent to that host"));
        }
        // The value of a slot, such as an identifier that the platform returned, is known only now.
        check_path(&request.path).map_err(refused)?;
        let credentials = self.credentials(&host, login)?;
        for credential in &credentials {
            credential.add_query(&mut request);
        }
        let mut http = match &target {
            Target::Base { url, .. } => request.with_media(url, media)?,
            Target::Whole { url, .. } => request.with_media_at(url, media)?,
        };
        for credential in &credentials {
            http = credential.add_headers(http, &request)?;
        }
        Ok(match is_secret {
            true => http.secret_path(),
            false => http,
        })
    }

    /// Returns the credentials for requests to `host`. `login` is that of a login.
    fn credentials(
        &self,
        host: &str,
        login: Option<&StoredCredential>,
    ) -> Result<Vec<Credential<'_>>, PublishError> {
        let given = match self.access {
            Access::Token(token) => Some(token),
            _ => login.map(|login| &login.access_token),
        };
        let now = self.cx.now();
        let rules = self.settings.auth.iter().filter(|rule| rule.serves(host));
        rules
            .map(|rule| {
                let secret = match (rule.is_login(), given) {
                    (true, Some(token)) => masked_secret(token.expose_secret()),
                    _ => {
                        let name = rule.kind.secrets().first().copied();
                        self.settings.secret(self.cx, name.unwrap_or_default())?
                    }
                };
                Ok(Credential { rule, secret, now })
            })
            .collect()
    }

    /// Returns `response` without secrets.
    fn answer(&self, response: &HttpResponse, limit: usize) -> HttpAnswer {
        let redaction = Redaction::new(self.settings.known_secrets(self.cx));
        let mut headers = Map::new();
        for (name, value) in response.headers() {
            if !HIDDEN_HEADERS.contains(&name) {
                headers.insert(name.to_owned(), Value::String(redaction.text(value)));
            }
        }
        let (json, text) = match serde_json::from_slice::<Value>(&response.body) {
            Ok(json) => (Some(redaction.json(json)), None),
            Err(_) if response.body.is_empty() => (None, None),
            Err(_) => {
                let text = String::from_utf8_lossy(&response.body);
                (None, Some(redaction.text(&text)))
            }
        };
        HttpAnswer {
            status: response.status,
            headers,
            json,
            text,
            truncated: response.body.len() >= limit,
        }
    }
}

fn refused(error: String) -> PublishError {
    let message = format!("the plugin asks for an invalid request: {error}");
    PublishError::new(PublishErrorKind::Rejected, Code::PluginFailed, message)
}

fn no_response(error: &HttpError) -> PublishError {
    let message = "no response from the platform";
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
        .caused_by(error.to_string())
}

/// Returns `media` with the file names that the parts of a call give them.
fn named(media: &[Medium], parts: &[PartSpec]) -> Vec<Medium> {
    let mut media = media.to_vec();
    for part in parts {
        if let (Some(index), Some(name)) = (part.medium, &part.filename)
            && let Some(medium) = media.get_mut(index)
            && medium.file_name.is_none()
        {
            medium.file_name = Some(name.clone());
        }
    }
    media
}
