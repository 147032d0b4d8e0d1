//! The requests of a session: the login and the renewal.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use plugin_protocol::{HttpSpec, SessionRule};
use serde_json::Value;
use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::text::excerpt;
use syndicate_api::{
    Account, Code, Context, Credential, ExposeSecret as _, Password, Prepared, PublishError,
    PublishErrorKind, Ready, Role, SecretString, Slots, Step, mask, masked_secret,
};

use crate::host::sink::requests::request_of;

/// The slot of the refresh token.
const REFRESH_TOKEN: &str = "refresh_token";

/// The longest quotation of a response, in characters.
const MAX_QUOTE: usize = 200;

/// The session of one sink.
pub(super) struct Session<'a> {
    pub(super) rule: &'a SessionRule,
    /// The base URL of requests, which identifies the server.
    pub(super) endpoint: &'a str,
    /// The name of the platform in messages.
    pub(super) platform: &'a str,
}

impl Session<'_> {
    /// Exchanges a password for a session.
    ///
    /// # Errors
    /// Returns an error if the server does not accept the password or does not answer.
    pub(super) async fn log_in(
        &self,
        cx: &Context,
        password: &Password<'_>,
    ) -> Result<Credential, PublishError> {
        let slots = [
            ("user", password.user),
            ("secret", password.secret.expose_secret()),
        ];
        let request = self.request(&self.rule.login, &slots)?;
        let response = match cx.http.send(request.repeatable()).await {
            Ok(response) => response,
            Err(error) => return Err(self.unavailable(&error)),
        };
        if let Some(session) = self.read(&response, cx.now(), password.user) {
            return Ok(session);
        }
        let (kind, code) = match response.status {
            400 | 401 | 403 => (PublishErrorKind::Unauthorized, Code::Unauthorized),
            429 => {
                let until = response.retry_after(cx.now());
                (PublishErrorKind::Throttled { until }, Code::Throttled)
            }
            _ => (PublishErrorKind::Unavailable, Code::Unavailable),
        };
        Err(self.refused(kind, code, "the login", &response))
    }

    /// Exchanges the refresh token of `session` for a new session. Sends one request.
    ///
    /// # Errors
    /// Returns `Unauthorized` if the server refuses the token, `Unknown` if it may have replaced it.
    pub(super) async fn renew(
        &self,
        cx: &Context,
        renewal: &HttpSpec,
        session: &Credential,
    ) -> Result<Credential, PublishError> {
        let none = SecretString::from(String::new());
        let token = session.refresh_token.as_ref().unwrap_or(&none);
        let slots = [(REFRESH_TOKEN, token.expose_secret())];
        let request = self.request(renewal, &slots)?;
        let request = match has_slot(renewal) {
            true => request,
            false => request.bearer(token),
        };
        let response = match cx.http.send(request).await {
            Ok(response) => response,
            Err(error @ HttpError::NotSent(_)) => return Err(self.unavailable(&error)),
            Err(error) => {
                let kind = PublishErrorKind::Unknown;
                let message = format!("no response from {} to the renewal", self.platform);
                let error = PublishError::new(kind, Code::OutcomeUnknown, message)
                    .caused_by(error.to_string());
                return Err(error);
            }
        };
        if let Some(renewed) = self.read(&response, cx.now(), &session.account) {
            return Ok(renewed);
        }
        let (kind, code) = match response.status {
            400 | 401 => (PublishErrorKind::Unauthorized, Code::Unauthorized),
            _ => (PublishErrorKind::Unknown, Code::OutcomeUnknown),
        };
        Err(self.refused(kind, code, "the renewal of the session", &response))
    }

    /// Returns the request of `spec` with these values in its slots.
    fn request(
        &self,
        spec: &HttpSpec,
        slots: &[(&str, &str)],
    ) -> Result<HttpRequest, PublishError> {
        let invalid = |error: String| {
            let message = format!("the login of the plugin is not usable: {error}");
            PublishError::new(PublishErrorKind::Rejected, Code::PluginFailed, message)
        };
        let request = request_of(spec).map_err(invalid)?;
        let values = slots
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
        let ready = Ready {
            slots: values.collect::<Slots>(),
            ..Ready::default()
        };
        let step = Step::new("login", Role::Before, request);
        let filled = Prepared::fill(&[step], ready).map_err(|error| invalid(error.to_string()))?;
        let filled = filled.steps.into_iter().next();
        let filled = filled.ok_or_else(|| invalid("it is empty".to_owned()))?;
        Ok(filled.request.to_http(self.endpoint))
    }

    /// Returns the session in `response`, if it has one.
    fn read(&self, response: &HttpResponse, now: Timestamp, user: &str) -> Option<Credential> {
        if !(200..300).contains(&response.status) {
            return None;
        }
        let json = response.json();
        let text = |pointer: &str| {
            let text = json.pointer(pointer)?.as_str();
            text.filter(|text| !text.is_empty()).map(masked_secret)
        };
        let rule = self.rule;
        let lifetime = rule.expires_in.as_deref();
        let lifetime = lifetime.and_then(|pointer| json.pointer(pointer)?.as_i64());
        let expires =
            lifetime.and_then(|seconds| now.checked_add(SignedDuration::from_secs(seconds)).ok());
        let owner = Account {
            id: user.to_owned(),
            name: user.to_owned(),
        };
        Some(Credential {
            expires,
            refresh_token: rule.refresh_token.as_deref().and_then(text),
            extra: BTreeMap::new(),
            ..Credential::new(self.endpoint, text(&rule.token)?, now, owner)
        })
    }

    fn refused(
        &self,
        kind: PublishErrorKind,
        code: Code,
        what: &str,
        response: &HttpResponse,
    ) -> PublishError {
        let message = format!(
            "{} answered {what} with status {}",
            self.platform, response.status
        );
        let error = PublishError::new(kind, code, message);
        let error = match kind {
            PublishErrorKind::Unauthorized => {
                error.with_hint("correct the user name or the password in the sink's options")
            }
            _ => error,
        };
        let error = match kind {
            PublishErrorKind::Unauthorized => {
                error.with_hint("correct the user name or the password in the sink's options")
            }
            _ => error,
        };
        let body = String::from_utf8_lossy(&response.body);
        match body.trim() {
            "" => error,
            body => error.caused_by(excerpt(&mask(body), MAX_QUOTE)),
        }
    }

    fn unavailable(&self, error: &HttpError) -> PublishError {
        let message = format!("no response from {} to the login", self.platform);
        PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
            .caused_by(error.to_string())
    }
}

/// Returns `true` if the refresh token is a slot of `renewal`.
fn has_slot(renewal: &HttpSpec) -> bool {
    let text = serde_json::to_string(renewal).unwrap_or_default();
    text.contains(r#"{"$slot":"refresh_token"}"#)
}
