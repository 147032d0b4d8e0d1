//! Registered apps ("apps API methods").

use serde_json::{Value, json};
use url::Url;

use crate::answer::Answer;
use crate::mastodon::errors::{bad_request, invalid};
use crate::mastodon::records::App;
use crate::mastodon::scopes;
use crate::mastodon::server::Mastodon;
use crate::params::Params;
use crate::request::Request;

/// The redirect URI with which the code is shown instead.
pub(super) const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Handles `POST /api/v1/apps`.
pub(super) fn create(mastodon: &mut Mastodon, request: &Request) -> Result<Answer, Answer> {
    let params = Params::of(request).map_err(|_| bad_request())?;
    mastodon.check_parameters(
        &params,
        &["client_name", "redirect_uris", "scopes", "website"],
    )?;
    let redirect_uris = match params.list("redirect_uris") {
        Some(uris) => uris,
        None => scopes::split(&params.text("redirect_uris").unwrap_or_default()),
    };
    let requested = params.text("scopes").unwrap_or_else(|| "read".to_owned());
    let requested = scopes::split(&requested);
    let mut faults = Vec::new();
    let name = params.text("client_name").unwrap_or_else(|| {
        faults.push("Name can't be blank".to_owned());
        String::new()
    });
    if redirect_uris.is_empty() {
        faults.push("Redirect URI can't be blank".to_owned());
    }
    if !redirect_uris.iter().all(|uri| is_redirect_uri(uri)) {
        faults.push("Redirect URI must be an absolute URI.".to_owned());
    }
    if !scopes::all_exist(&requested) {
        faults.push("Scopes doesn't match configured on the server.".to_owned());
    }
    let website = params.text("website");
    if website.as_ref().is_some_and(|url| Url::parse(url).is_err()) {
        faults.push("Website must be a valid URL".to_owned());
    }
    if !faults.is_empty() {
        return Err(invalid(&faults));
    }
    let number = mastodon.apps.len() + 1;
    let app = App {
        number,
        name,
        website,
        scopes: requested,
        redirect_uris,
        client_id: format!("client-{number}"),
        client_secret: format!("client-secret-{number}"),
    };
    let mut body = entity(&app);
    body["client_id"] = app.client_id.clone().into();
    body["client_secret"] = app.client_secret.clone().into();
    body["client_secret_expires_at"] = 0.into();
    mastodon.apps.push(app);
    Ok(Answer::json(200, &body))
}

/// Handles `GET /api/v1/apps/verify_credentials`. Any token of an app is valid.
pub(super) fn verify_credentials(mastodon: &Mastodon, request: &Request) -> Result<Answer, Answer> {
    let access = mastodon.access(request)?;
    let mut apps = mastodon.apps.iter();
    let app = apps.find(|app| Some(&app.client_id) == access.client_id.as_ref());
    let body = match app {
        Some(app) => entity(app),
        // The token from the preferences belongs to an app of the user.
        None => json!({"id": "1", "name": "My app", "website": null, "scopes": access.scopes,
                       "redirect_uris": [OUT_OF_BAND]}),
    };
    Ok(Answer::json(200, &body))
}

fn entity(app: &App) -> Value {
    json!({
        "id": app.number.to_string(),
        "name": app.name,
        "website": app.website,
        "scopes": app.scopes,
        "redirect_uri": app.redirect_uris.join("\n"),
        "redirect_uris": app.redirect_uris,
        "vapid_key": "",
    })
}

fn is_redirect_uri(uri: &str) -> bool {
    uri == OUT_OF_BAND || Url::parse(uri).is_ok_and(|url| url.fragment().is_none())
}
