//! Explains the refusals of LinkedIn's OAuth server. In the hints, `{login}` is replaced with the
//! command for signing in and `{redirect}` with the redirect URL. Refusals that are returned to the
//! redirect URL are documented or reported by users. For an unknown app or redirect URL LinkedIn
//! shows its own error page and returns nothing.

use syndicate_api::{Code, Diagnostic, OAuthError, OAuthRequest};

use crate::author::Author;
use crate::scopes;

const APPS: &str = "https://www.linkedin.com/developers/apps";

/// Explains `refused` to the user who posts as `author`. Returns `None` for unknown error codes.
pub(super) fn explain(refused: &OAuthError, author: &Author) -> Option<Diagnostic> {
    let (message, hint) = match refused.error.as_str() {
        "user_cancelled_login" => (
            "the sign-in page was closed without signing in",
            "run {login} to open it again".to_owned(),
        ),
        "user_cancelled_authorize" | "access_denied" => (
            "the user did not grant the app access",
            "run {login} again and allow all requested scopes; LinkedIn grants all of them or none"
                .to_owned(),
        ),
        "unauthorized_scope_error" | "invalid_scope_error" | "invalid_scope" => (
            "the app is not authorized for a requested scope",
            products(author),
        ),
        "invalid_redirect_uri" | "redirect_uri_mismatch"
            if refused.request == OAuthRequest::Token =>
        {
            (
                "the code does not match the redirect URL or has expired",
                format!(
                    "register exactly `{{redirect}}` under Auth of the app at {APPS}; then run {{login}}"
                ),
            )
        }
        "invalid_redirect_uri" | "redirect_uri_mismatch" => (
            "the redirect URL is not registered for the app",
            format!("register exactly `{{redirect}}` under Auth of the app at {APPS}"),
        ),
        "invalid_client" | "invalid_client_id" | "unauthorized_client" => (
            "unknown client ID or wrong client secret",
            format!(
                "copy the client ID and the primary client secret from Auth of the app at {APPS} into \
                 `LINKEDIN_CLIENT_ID` and `LINKEDIN_CLIENT_SECRET`; then run {{login}}"
            ),
        ),
        "invalid_request" | "invalid_grant" => (
            "LinkedIn does not accept the code: it was used before or is older than 30 minutes",
            "run {login} to get another".to_owned(),
        ),
        "server_error" | "temporarily_unavailable" => (
            "LinkedIn had an internal error",
            "run {login} again later".to_owned(),
        ),
        _ => return None,
    };
    Some(Diagnostic::new(Code::SignInFailed, message).with_hint(hint))
}

/// Returns the hint about the products that grant the requested scopes.
fn products(author: &Author) -> String {
    let list = scopes::for_login(author).join("`, `");
    if scopes::is_page(author) {
        format!(
            "create an app at {APPS} whose only product is \"Community Management API\", which grants \
             `{list}`; then run {{login}}"
        )
    } else {
        format!(
            "request \"Share on LinkedIn\" and \"Sign In with LinkedIn using OpenID Connect\", which \
             grant `{list}`, under Products of the app at {APPS}; then run {{login}}. An app with \
             \"Community Management API\" cannot have them"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(error: &str, asked: OAuthRequest, author: &str) -> String {
        let refused = OAuthError {
            request: asked,
            error: error.to_owned(),
            description: String::new(),
        };
        explain(&refused, &Author::parse(author).unwrap())
            .unwrap_or_else(|| panic!("`{error}` is explained"))
            .hint
            .unwrap()
    }

    #[test]
    fn oauth_refusal_names_next_command() {
        const PAGE: &str = "urn:li:organization:1";
        for (error, asked, author, part) in [
            (
                "user_cancelled_login",
                OAuthRequest::Consent,
                "me",
                "{login}",
            ),
            (
                "user_cancelled_authorize",
                OAuthRequest::Consent,
                "me",
                "all of them",
            ),
            (
                "unauthorized_scope_error",
                OAuthRequest::Consent,
                "me",
                "Share on LinkedIn",
            ),
            (
                "unauthorized_scope_error",
                OAuthRequest::Consent,
                PAGE,
                "whose only product",
            ),
            (
                "invalid_redirect_uri",
                OAuthRequest::Token,
                "me",
                "`{redirect}`",
            ),
            (
                "invalid_client",
                OAuthRequest::Token,
                "me",
                "LINKEDIN_CLIENT_SECRET",
            ),
            ("invalid_request", OAuthRequest::Token, "me", "another"),
        ] {
            let hint = hint(error, asked, author);
            assert!(hint.contains(part), "{error}: {hint}");
        }
    }

    #[test]
    fn unknown_oauth_error_is_not_explained() {
        let refused = OAuthError {
            request: OAuthRequest::Consent,
            error: "teapot".to_owned(),
            description: String::new(),
        };
        assert!(explain(&refused, &Author::Me).is_none());
    }
}
