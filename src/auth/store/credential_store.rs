//! Implements [`CredentialStore`] with the files.

use std::fs;
use std::io;

use anyhow::Context as _;
use syndicate_api::{
    Account, Code, Context, Credential, CredentialIssuer, CredentialStore, Diagnostic, Provider,
    PublishError, async_trait,
};
use tracing::warn;

use super::super::private_file::is_open_to_others;
use super::super::wire;
use super::renewal_error::{not_storable, unreadable};
use super::{TokenFiles, entry_name, is_due};

#[async_trait]
impl CredentialStore for TokenFiles {
    fn get(&self, platform: &str, profile: &str) -> anyhow::Result<Option<Credential>> {
        // Without a folder no credential can have been stored.
        if self.folder.is_none() {
            return Ok(None);
        }
        let file = self.file(platform, profile)?;
        let shown = file.display();
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(anyhow::Error::new(error))
                    .with_context(|| format!("cannot read `{shown}`"));
            }
        };
        if is_open_to_others(&file)? {
            let message = format!("`{shown}` is readable by other users of this machine");
            return Err(Diagnostic::new(Code::InvalidCredential, message)
                .with_hint(format!("run `chmod 600 {shown}`"))
                .into());
        }
        let keychain = || self.keychain.get(&entry_name(platform, profile));
        wire::parse(&bytes, keychain).map(Some).map_err(|why| {
            let hint = format!(
                "run `syndicate auth login {platform} --profile {profile}` to create it again"
            );
            Diagnostic::new(
                Code::InvalidCredential,
                format!("`{shown}` cannot be used: {why}"),
            )
            .with_hint(hint)
            .into()
        })
    }

    fn account(&self, provider: &Provider) -> Option<Account> {
        let file = self.file(&provider.platform, &provider.profile).ok()?;
        let (issuer, account) = wire::parse_account(&fs::read(file).ok()?)?;
        (issuer == provider.issuer).then_some(account)
    }

    async fn get_or_refresh(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
    ) -> Result<Option<Credential>, PublishError> {
        if source.has_password() {
            return self.session(cx, source).await.map(Some);
        }
        let provider = source.provider();
        let stored = self.get(&provider.platform, &provider.profile);
        let Some(credential) = stored.map_err(|error| unreadable(&error))? else {
            return Ok(None);
        };
        let now = cx.now();
        // This provider cannot renew a token of another issuer.
        let is_ours = credential.issuer == provider.issuer;
        if !is_ours || !is_due(&credential, now) || !credential.is_refreshable(now) {
            return Ok(Some(credential));
        }
        match self.renew_stored(cx, source, &credential).await {
            Ok(credential) => Ok(Some(credential)),
            // The token is still valid, and the next run tries again.
            Err(error) if !credential.is_expired(now) => {
                warn!(platform = &*provider.platform, "token not renewed: {error}");
                Ok(Some(credential))
            }
            Err(error) => Err(error),
        }
    }

    async fn renew(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        expired: &Credential,
    ) -> Result<Credential, PublishError> {
        if source.has_password() {
            self.renew_session(cx, source, expired).await
        } else {
            self.renew_stored(cx, source, expired).await
        }
    }

    fn check_renewal(&self, source: &dyn CredentialIssuer) -> Result<(), Diagnostic> {
        let provider = source.provider();
        let stored = self.get(&provider.platform, &provider.profile);
        let is_renewed = stored.is_ok_and(|stored| {
            stored.is_some_and(|credential| credential.refresh_token.is_some())
        });
        if source.has_reusable_refresh_token() || !(is_renewed || source.has_password()) {
            return Ok(());
        }
        self.check_writable(&provider)
            .map_err(|error| not_storable(&error).into())
    }
}
