//! Sign-in by OAuth 2.0 ("oauth API methods"): the authorization code flow with PKCE, and tokens of an
//! app without a user. The user consents at once unless a setting says otherwise. The page with the
//! code of an `oob` app has it in an input field of the class `oauth-code`.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::answer::Answer;
use crate::mastodon::apps::OUT_OF_BAND;
use crate::mastodon::errors::{bad_request, oauth};
use crate::mastodon::records::{Access, App, AuthorizationCode};
use crate::mastodon::scopes::{SCOPES, split};
use crate::mastodon::server::Mastodon;
use crate::params::Params;
use crate::request::Request;

/// The time that a code is valid.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// Handles `GET /.well-known/oauth-authorization-server` (RFC 8414).
pub(super) fn metadata(base_url: &str) -> Answer {
    Answer::json(
        200,
        &json!({
            "issuer": format!("{base_url}/"),
            "authorization_endpoint": format!("{base_url}/oauth/authorize"),
            "token_endpoint": format!("{base_url}/oauth/token"),
            "revocation_endpoint": format!("{base_url}/oauth/revoke"),
            "app_registration_endpoint": format!("{base_url}/api/v1/apps"),
            "scopes_supported": SCOPES,
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }),
    )
}

/// Handles `GET /oauth/authorize`. The requested scopes must be among those of the app; `read` does not
/// include `read:statuses` here.
pub(super) fn authorize(
    mastodon: &mut Mastodon,
    request: &Request,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let query: BTreeMap<String, String> = request.query_pairs().into_iter().collect();
    let value = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let app = mastodon.app(value("client_id")).ok_or_else(|| {
        page(
            401,
            "Client authentication failed due to unknown client, no client authentication \
             included, or unsupported authentication method.",
        )
    })?;
    let redirect_uri = value("redirect_uri");
    if !app.redirect_uris.iter().any(|uri| uri == redirect_uri) {
        return Err(page(400, "The redirect uri included is not valid."));
    }
    if value("response_type") != "code" {
        return Err(page(
            400,
            "The authorization server does not support this response type.",
        ));
    }
    let scopes = requested(value("scope"));
    if !scopes.iter().all(|scope| app.scopes.contains(scope)) {
        return Err(page(
            400,
            "The requested scope is invalid, unknown, or malformed.",
        ));
    }
    let challenge = query.get("code_challenge").cloned();
    if challenge.is_some() && value("code_challenge_method") != "S256" {
        return Err(page(400, "The code challenge method must be S256."));
    }
    if mastodon.settings.denies_consent {
        let description = "The resource owner or authorization server denied the request.";
        if redirect_uri == OUT_OF_BAND {
            return Err(page(403, description));
        }
        return Ok(redirect(redirect_uri, &query, "error", "access_denied"));
    }
    let client_id = app.client_id.clone();
    let number = mastodon.next_code();
    let code = format!("code-{number}");
    let grant = AuthorizationCode {
        number,
        client_id,
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        challenge,
        issued: now,
    };
    mastodon.codes.insert(code.clone(), grant);
    if redirect_uri == OUT_OF_BAND {
        return Ok(Answer::html(
            200,
            &format!(
                "<!DOCTYPE html><input type=\"text\" class=\"oauth-code\" readonly value=\"{code}\">"
            ),
        ));
    }
    Ok(redirect(redirect_uri, &query, "code", &code))
}

/// Handles `POST /oauth/token`.
pub(super) fn token(
    mastodon: &mut Mastodon,
    request: &Request,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let params = Params::of(request).map_err(|_| bad_request())?;
    mastodon.check_parameters(
        &params,
        &[
            "grant_type",
            "code",
            "client_id",
            "client_secret",
            "redirect_uri",
            "scope",
            "code_verifier",
        ],
    )?;
    let text = |name: &str| params.text(name).unwrap_or_default();
    let app = mastodon.authenticated_app(request, &params);
    let app = app.ok_or_else(invalid_client)?.clone();
    let access = match text("grant_type").as_str() {
        "authorization_code" => mastodon.exchange(&app, &params, now)?,
        "client_credentials" => {
            let scopes = requested(&text("scope"));
            if !scopes.iter().all(|scope| app.scopes.contains(scope)) {
                return Err(oauth(
                    400,
                    "invalid_scope",
                    "The requested scope is invalid, unknown, or malformed.",
                ));
            }
            Access {
                scopes,
                has_user: false,
                client_id: Some(app.client_id),
            }
        }
        "" => {
            return Err(oauth(
                400,
                "invalid_request",
                "Missing required parameter: grant_type.",
            ));
        }
        _ => {
            return Err(oauth(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
            ));
        }
    };
    let token = mastodon.next_token();
    let body = json!({
        "access_token": token,
        "token_type": "Bearer",
        "scope": access.scopes.join(" "),
        "created_at": now.as_second(),
    });
    mastodon.access.insert(token, access);
    Ok(Answer::json(200, &body))
}

/// Handles `POST /oauth/revoke`.
pub(super) fn revoke(mastodon: &mut Mastodon, request: &Request) -> Result<Answer, Answer> {
    let params = Params::of(request).map_err(|_| bad_request())?;
    mastodon.check_parameters(&params, &["client_id", "client_secret", "token"])?;
    let app = mastodon.authenticated_app(request, &params);
    let client_id = app.map(|app| app.client_id.clone());
    let token = params.text("token").unwrap_or_default();
    let owned = match mastodon.access.get(&token) {
        Some(access) => access.client_id.is_some() && access.client_id == client_id,
        // A token that does not exist any more counts as revoked.
        None => client_id.is_some() && !token.is_empty(),
    };
    if !owned {
        return Err(oauth(
            403,
            "unauthorized_client",
            "You are not authorized to revoke this token",
        ));
    }
    mastodon.access.remove(&token);
    Ok(Answer::json(200, &json!({})))
}

impl Mastodon {
    fn app(&self, client_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// Returns the app whose secret the request has, in its parameters or as basic authentication.
    fn authenticated_app(&self, request: &Request, params: &Params) -> Option<&App> {
        let basic = request.header("authorization");
        let basic = basic.and_then(|header| header.strip_prefix("Basic "));
        let (client_id, secret) = match basic {
            Some(basic) => {
                let text = String::from_utf8(STANDARD.decode(basic).ok()?).ok()?;
                let (client_id, secret) = text.split_once(':')?;
                (client_id.to_owned(), secret.to_owned())
            }
            None => (params.text("client_id")?, params.text("client_secret")?),
        };
        self.app(&client_id)
            .filter(|app| app.client_secret == secret)
    }

    /// Exchanges a code. A code is valid once.
    fn exchange(&mut self, app: &App, params: &Params, now: Timestamp) -> Result<Access, Answer> {
        let code = params
            .text("code")
            .ok_or_else(|| oauth(400, "invalid_request", "Missing required parameter: code."))?;
        let grant = self.codes.get(&code).ok_or_else(invalid_grant)?;
        let verifier = params.text("code_verifier");
        let is_proven = match &grant.challenge {
            None => true,
            Some(challenge) => verifier.is_some_and(|verifier| {
                URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == *challenge
            }),
        };
        let is_valid = grant.client_id == app.client_id
            && params.text("redirect_uri").as_deref() == Some(&grant.redirect_uri)
            && now < grant.issued + CODE_LIFETIME
            && is_proven;
        if !is_valid {
            return Err(invalid_grant());
        }
        let access = Access {
            scopes: grant.scopes.clone(),
            has_user: true,
            client_id: Some(app.client_id.clone()),
        };
        self.codes.remove(&code);
        Ok(access)
    }
}

/// Returns the requested scopes; `read` if there are none.
fn requested(scopes: &str) -> Vec<String> {
    let scopes = split(scopes);
    if scopes.is_empty() {
        vec!["read".to_owned()]
    } else {
        scopes
    }
}

fn redirect(uri: &str, query: &BTreeMap<String, String>, name: &str, value: &str) -> Answer {
    let mut url = Url::parse(uri).expect("a registered redirect URI");
    url.query_pairs_mut()
        .append_pair(name, value)
        .extend_pairs(query.get("state").map(|state| ("state", state)));
    Answer::empty(302).with("location", url.as_str())
}

fn page(status: u16, text: &str) -> Answer {
    Answer::html(status, &format!("<!DOCTYPE html><p>{text}</p>"))
}

fn invalid_client() -> Answer {
    oauth(
        401,
        "invalid_client",
        "Client authentication failed due to unknown client, no client authentication included, \
         or unsupported authentication method.",
    )
}

fn invalid_grant() -> Answer {
    oauth(
        400,
        "invalid_grant",
        "The provided authorization grant is invalid, expired, revoked, does not match the \
         redirection URI used in the authorization request, or was issued to another client.",
    )
}
