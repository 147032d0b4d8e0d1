//! The login of `syndicate auth login`.

use syndicate_api::{
    Account, Context, Credential, Flow, Password, Provider, PublishError, SecretString, SignIn,
    async_trait,
};

use crate::client::Client;
use crate::session;

/// The page with the app passwords.
const APP_PASSWORDS: &str = "https://bsky.app/settings/app-passwords";

#[async_trait]
impl SignIn for Client {
    fn provider(&self) -> Provider {
        let options = &self.options;
        let issuer = options.endpoint.as_deref().unwrap_or(&options.plc);
        Provider {
            platform: "bluesky".into(),
            title: "Bluesky".into(),
            issuer: issuer.trim_end_matches('/').to_owned(),
            profile: options.profile.clone(),
            setup: "Create an app password at https://bsky.app/settings/app-passwords.".into(),
            permissions: APP_PASSWORDS.into(),
        }
    }

    fn flow(&self) -> Flow {
        Flow::Password {
            user: "Handle".into(),
            secret: "App password".into(),
            known_user: Some(self.options.account()),
        }
    }

    async fn account(
        &self,
        cx: &Context,
        token: &SecretString,
        _: &[String],
    ) -> Result<Account, PublishError> {
        session::account(cx, &self.identity(cx).await?.pds, token).await
    }

    async fn sign_in(
        &self,
        cx: &Context,
        password: &Password<'_>,
    ) -> Result<Credential, PublishError> {
        let pds = &self.identity(cx).await?.pds;
        session::create(cx, pds, &self.provider().issuer, password).await
    }

    async fn renew(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Option<Result<Credential, PublishError>> {
        Some(match self.identity(cx).await {
            Ok(identity) => session::renew(cx, &identity.pds, credential).await,
            Err(error) => Err(error),
        })
    }

    async fn revoke(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Option<Result<(), PublishError>> {
        Some(match self.identity(cx).await {
            Ok(identity) => session::delete(cx, &identity.pds, credential).await,
            Err(error) => Err(error),
        })
    }
}
