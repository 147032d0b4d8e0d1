//! Implements signing in: the program registers an app at the server, and the server shows a code that the user pastes.

use serde_json::json;
use syndicate_api::{
    Account, Code, Context, Flow, Name, OAuth, OAuthApp, OAuthClient, Provider, PublishError,
    PublishErrorKind, Request, SecretString, SignIn, async_trait, masked_secret,
};

use crate::account;
use crate::client::{CHECK_ENDPOINT, Client};
use crate::sink::Mastodon;
use crate::token::PLATFORM;

/// The scopes that the sink needs.
pub(crate) const SCOPES: &[&str] = &[
    "read:accounts",
    "read:statuses",
    "write:media",
    "write:statuses",
];

/// Instructions for a token that the user creates.
const SETUP: &str = "or, on the server under Preferences > Development, create an application with the scopes \
    `read:accounts`, `read:statuses`, `write:media` and `write:statuses`, and copy its access token";

#[async_trait]
impl SignIn for Mastodon {
    fn provider(&self) -> Provider {
        let endpoint = self.endpoint.as_str();
        Provider {
            platform: Name::Borrowed(PLATFORM),
            title: Name::Borrowed("Mastodon"),
            issuer: endpoint.to_owned(),
            profile: self.options.profile.clone(),
            setup: Name::Borrowed(SETUP),
            permissions: format!("{endpoint}/oauth/authorized_applications").into(),
        }
    }

    fn flow(&self) -> Flow {
        let endpoint = self.endpoint.as_str();
        Flow::Code(OAuth {
            authorize: format!("{endpoint}/oauth/authorize"),
            token: format!("{endpoint}/oauth/token"),
            revoke: Some(format!("{endpoint}/oauth/revoke")),
            client: OAuthClient::Registered,
            scopes: SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
            pkce: true,
        })
    }

    async fn account(
        &self,
        cx: &Context,
        token: &SecretString,
        _: &[String],
    ) -> Result<Account, PublishError> {
        account::fetch(&Client::new(cx, &self.endpoint, token.clone())).await
    }

    async fn register(
        &self,
        cx: &Context,
        redirect: &str,
        scopes: &[String],
    ) -> Result<OAuthApp, PublishError> {
        let body = json!({
            "client_name": "syndicate", "redirect_uris": redirect, "scopes": scopes.join(" "),
        });
        let client = Client::new(cx, &self.endpoint, None);
        let app = client
            .call_first(&Request::post("/api/v1/apps").json(body))
            .await?
            .json();
        let text = |key: &str| app[key].as_str().filter(|text| !text.is_empty());
        let (Some(id), Some(secret)) = (text("client_id"), text("client_secret")) else {
            let message = "the server registered no app";
            let kind = PublishErrorKind::Unavailable;
            let error = PublishError::new(kind, Code::SignInFailed, message);
            return Err(error.with_hint(CHECK_ENDPOINT));
        };
        Ok(OAuthApp {
            client_id: id.to_owned(),
            client_secret: masked_secret(secret),
        })
    }
}
