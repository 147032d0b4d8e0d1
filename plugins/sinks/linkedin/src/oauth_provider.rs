//! The settings of LinkedIn's OAuth server, and the command for signing in.

use syndicate_api::{Name, OAuth, OAuthClient, Provider};

use crate::author::Author;
use crate::options::{DEFAULT_PROFILE, Options};
use crate::scopes;

/// LinkedIn's name on the command line.
pub(crate) const PLATFORM: &str = "linkedin";

/// Instructions for the app of a member.
const SETUP: &str = "in your app at https://www.linkedin.com/developers/apps, under Auth, add \
    exactly `{redirect}` to the authorized redirect URLs, and check under Products that it has \
    \"Share on LinkedIn\" and \"Sign In with LinkedIn using OpenID Connect\"";

/// Instructions for the app of a page.
const PAGE_SETUP: &str = "in your app at https://www.linkedin.com/developers/apps, under Auth, add \
    exactly `{redirect}` to the authorized redirect URLs, and check under Products that it has \
    \"Community Management API\" and nothing else";

/// Returns the command that signs in for `profile`.
pub(crate) fn login_command(profile: &str) -> String {
    if profile == DEFAULT_PROFILE {
        format!("`syndicate auth login {PLATFORM}`")
    } else {
        format!("`syndicate auth login {PLATFORM} --profile {profile}`")
    }
}

/// Returns the OAuth server at the option `oauth_endpoint`, and the profile.
pub(crate) fn provider(options: &Options, author: &Author) -> Provider {
    Provider {
        platform: Name::Borrowed(PLATFORM),
        title: Name::Borrowed("LinkedIn"),
        issuer: issuer(options).to_owned(),
        profile: options.profile.clone(),
        setup: Name::Borrowed(if scopes::is_page(author) {
            PAGE_SETUP
        } else {
            SETUP
        }),
        permissions: Name::Borrowed("https://www.linkedin.com/psettings/permitted-services"),
    }
}

/// Returns the endpoints of the OAuth server, the app and the scopes to request.
pub(crate) fn oauth(options: &Options, author: &Author) -> OAuth {
    let issuer = issuer(options);
    let scopes = scopes::for_login(author);
    OAuth {
        authorize: format!("{issuer}/oauth/v2/authorization"),
        token: format!("{issuer}/oauth/v2/accessToken"),
        revoke: Some(format!("{issuer}/oauth/v2/revoke")),
        client: OAuthClient::Configured {
            id: options.client_id.clone(),
            secret: options.client_secret.clone(),
        },
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        // LinkedIn has another endpoint for PKCE, which it enables on request.
        pkce: false,
    }
}

fn issuer(options: &Options) -> &str {
    options.oauth_endpoint.trim_end_matches('/')
}
