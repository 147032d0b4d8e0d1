//! Signing in at LinkedIn: its OAuth server, the scopes to ask for, whose token it then is, and what
//! its refusals mean. Nothing here stores or shows a token.

mod explain;
pub(crate) mod scopes;
#[cfg(test)]
mod tests;
mod whose;

use jiff::civil::Date;
use syndicate_api::{
    Account, Context, Grant, Hinted, Provider, PublishError, Refused, SecretString, SignIn,
    async_trait,
};

use crate::author::Author;
use crate::options::Options;
use crate::sink::LinkedIn;

/// LinkedIn, as a word of the command line.
pub(crate) const PLATFORM: &str = "linkedin";

/// How an app is made that can sign in.
const SETUP: &str = "in your app at https://www.linkedin.com/developers/apps, under Auth, add \
    exactly `{redirect}` to the authorized redirect URLs, and see under Products that it has \
    \"Share on LinkedIn\" and \"Sign In with LinkedIn using OpenID Connect\"";

/// The same for an app that posts for pages.
const PAGE_SETUP: &str = "in your app at https://www.linkedin.com/developers/apps, under Auth, add \
    exactly `{redirect}` to the authorized redirect URLs, and see under Products that it has \
    \"Community Management API\" and nothing else";

/// The command that signs in for `profile`.
pub(crate) fn command(profile: &str) -> String {
    if profile == "default" {
        format!("`syndicate auth login {PLATFORM}`")
    } else {
        format!("`syndicate auth login {PLATFORM} --profile {profile}`")
    }
}

/// LinkedIn's OAuth server, or what stands in for it.
pub(crate) fn provider(options: &Options, author: &Author) -> Provider {
    let issuer = options.oauth_endpoint.trim_end_matches('/').to_owned();
    let scopes = scopes::of(author);
    Provider {
        platform: PLATFORM,
        title: "LinkedIn",
        authorize: format!("{issuer}/oauth/v2/authorization"),
        token: format!("{issuer}/oauth/v2/accessToken"),
        revoke: Some(format!("{issuer}/oauth/v2/revoke")),
        issuer,
        client_id: options.client_id.clone(),
        client_secret: options.client_secret.clone(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        profile: options.profile.clone(),
        setup: if scopes::is_page(author) {
            PAGE_SETUP
        } else {
            SETUP
        },
        permissions: "https://www.linkedin.com/psettings/permitted-services",
    }
}

#[async_trait]
impl SignIn for LinkedIn {
    fn provider(&self) -> Provider {
        provider(&self.options, &self.author)
    }

    async fn whose(
        &self,
        cx: &Context,
        token: &SecretString,
        scopes: &[String],
    ) -> Result<Account, PublishError> {
        whose::whose(&self.client_of(cx, token.clone(), None), scopes).await
    }

    fn explain(&self, refused: &Refused) -> Option<Hinted> {
        explain::explain(refused, &self.author)
    }

    fn version(&self) -> Option<(String, Option<Date>)> {
        let version = self.options.api_version;
        Some((version.to_string(), version.last_day()))
    }

    async fn pages(
        &self,
        cx: &Context,
        grant: &Grant,
    ) -> Result<Option<Vec<String>>, PublishError> {
        if !scopes::READ_ROLES.iter().any(|scope| grant.has(scope)) {
            return Ok(None);
        }
        let client = self.client_of(cx, grant.access_token.clone(), None);
        whose::pages(&client).await.map(Some)
    }
}
