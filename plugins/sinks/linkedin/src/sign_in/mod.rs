//! Implements signing in to LinkedIn: the OAuth server, the requested scopes, the member of a new
//! token, and explanations of refusals. Nothing here stores or displays a token.

mod explain;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use syndicate_api::{
    Account, Context, Credential, Diagnostic, Flow, OAuthError, Provider, PublishError,
    SecretString, SignIn, async_trait,
};

use crate::sink::LinkedIn;
use crate::token::TokenOrigin;
use crate::{account, oauth_provider, scopes};

impl LinkedIn {
    /// Returns the origin of a token that the user signed in for.
    fn profile_origin(&self) -> TokenOrigin {
        TokenOrigin::Profile(self.options.profile.clone())
    }
}

#[async_trait]
impl SignIn for LinkedIn {
    fn provider(&self) -> Provider {
        oauth_provider::provider(&self.options, &self.author)
    }

    fn flow(&self) -> Flow {
        Flow::Browser(oauth_provider::oauth(&self.options, &self.author))
    }

    fn has_reusable_refresh_token(&self) -> bool {
        true
    }

    async fn account(
        &self,
        cx: &Context,
        token: &SecretString,
        scopes: &[String],
    ) -> Result<Account, PublishError> {
        let client = self.client_of(cx, token.clone(), &self.profile_origin(), None);
        account::fetch_member(&client, scopes).await
    }

    fn explain(&self, refused: &OAuthError) -> Option<Diagnostic> {
        explain::explain(refused, &self.author)
    }

    fn version(&self) -> Option<(String, Option<Date>)> {
        let version = self.options.api_version;
        Some((version.to_string(), version.last_day()))
    }

    async fn pages(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Result<Option<Vec<String>>, PublishError> {
        if !scopes::READ_ROLES
            .iter()
            .any(|scope| credential.has_scope(scope))
        {
            return Ok(None);
        }
        let token = credential.access_token.clone();
        let client = self.client_of(cx, token, &self.profile_origin(), None);
        account::fetch_pages(&client).await.map(Some)
    }
}
