//! The refusals of LinkedIn's OAuth server, each in plain words and with the next thing to do, where
//! `{login}` stands for the command that signs in and `{redirect}` for the redirect address. Those
//! that come back with the browser are documented or were met by users; a wrong app or redirect
//! address LinkedIn shows on a page of its own, and nothing comes back.

use syndicate_api::{Code, Diagnostic, OAuthError, OAuthRequest};

use crate::author::Author;
use crate::scopes;

const APPS: &str = "https://www.linkedin.com/developers/apps";

/// What `refused` means for one who posts as `author`; `None` for words that are not LinkedIn's own.
pub(super) fn explain(refused: &OAuthError, author: &Author) -> Option<Diagnostic> {
    let (message, hint) = match refused.error.as_str() {
        "user_cancelled_login" => (
            "the sign-in page was left without signing in",
            "{login} opens it again".to_owned(),
        ),
        "user_cancelled_authorize" | "access_denied" => (
            "the app was not allowed to post",
            "LinkedIn grants all of it or nothing; {login} asks again".to_owned(),
        ),
        "unauthorized_scope_error" | "invalid_scope_error" | "invalid_scope" => (
            "the app may not ask for one of the scopes",
            products(author),
        ),
        "invalid_redirect_uri" | "redirect_uri_mismatch"
            if refused.request == OAuthRequest::Token =>
        {
            (
                "the code does not fit the redirect address, or is too old",
                format!(
                    "under Auth of the app at {APPS}, register exactly `{{redirect}}`; then {{login}}"
                ),
            )
        }
        "invalid_redirect_uri" | "redirect_uri_mismatch" => (
            "the app does not know the redirect address",
            format!("under Auth of the app at {APPS}, register exactly `{{redirect}}`"),
        ),
        "invalid_client" | "invalid_client_id" | "unauthorized_client" => (
            "LinkedIn does not know the app, or its secret is another",
            format!(
                "copy client ID and primary client secret anew from Auth of the app at {APPS} into \
                 `LINKEDIN_CLIENT_ID` and `LINKEDIN_CLIENT_SECRET`; then {{login}}"
            ),
        ),
        "invalid_request" | "invalid_grant" => (
            "LinkedIn does not take the code: it is used, or older than 30 minutes",
            "{login} gets another".to_owned(),
        ),
        "server_error" | "temporarily_unavailable" => {
            ("LinkedIn failed", "try again later: {login}".to_owned())
        }
        _ => return None,
    };
    Some(Diagnostic::new(Code::SignInFailed, message).with_hint(hint))
}

/// Which products give the scopes that are asked for.
fn products(author: &Author) -> String {
    let list = scopes::for_login(author).join("`, `");
    if scopes::is_page(author) {
        format!(
            "`{list}` come with the product \"Community Management API\", which has to be the only \
             one of its app: make an app for it at {APPS}, then {{login}}"
        )
    } else {
        format!(
            "`{list}` come with the products \"Share on LinkedIn\" and \"Sign In with LinkedIn \
             using OpenID Connect\": request both under Products of the app at {APPS}, which an \
             app with \"Community Management API\" cannot have; then {{login}}"
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
    fn each_refusal_has_its_next_step() {
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
                "all of it",
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
                "the only one of its app",
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
    fn strange_words_are_left_to_others() {
        let refused = OAuthError {
            request: OAuthRequest::Consent,
            error: "teapot".to_owned(),
            description: String::new(),
        };
        assert!(explain(&refused, &Author::Me).is_none());
    }
}
