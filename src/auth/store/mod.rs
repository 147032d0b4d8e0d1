//! Stores credentials in files, `PLATFORM/PROFILE.json`, in the user's configuration folder and so
//! outside of every repository. Only the user can read them. A credential that expires soon is
//! refreshed when it is used, if the platform issued a refresh token.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use syndicate_api::{
    Account, Code, Context, Credential, CredentialStore, Diagnostic, Env, Provider, async_trait,
};
use tracing::{info, warn};

use super::keychain::{Keychain, SystemKeychain};
use super::private_file::{is_open_to_others, replace};
use super::server::{self, App, TokenResponse};
use super::wire;

/// Number of days before its expiry from which a credential is refreshed.
const REFRESH_DAYS: i64 = 7;

/// The folder of all credentials.
#[derive(Debug)]
pub(crate) struct TokenFiles {
    folder: Option<PathBuf>,
    keychain: Box<dyn Keychain>,
}

/// The location of a credential's secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenLocation {
    /// In the credential's file.
    File,
    /// In the system's keychain.
    Keychain,
}

/// A stored credential.
#[derive(Debug)]
pub(crate) struct StoredToken {
    /// The platform.
    pub platform: String,
    /// The name of the profile.
    pub profile: String,
    /// The path of its file.
    pub file: PathBuf,
    /// The location of its secrets.
    pub location: TokenLocation,
    /// The credential, or the reason why it cannot be read.
    pub credential: anyhow::Result<Credential>,
}

impl TokenFiles {
    /// Opens the store of this user: `$XDG_CONFIG_HOME/syndicate/tokens`,
    /// `$HOME/.config/syndicate/tokens`, or `%APPDATA%\syndicate\tokens` on Windows.
    #[must_use]
    pub(crate) fn open(env: &Env) -> Self {
        let absolute = |name| {
            let path = env.get(name).map(PathBuf::from);
            path.filter(|path| path.is_absolute())
        };
        let settings = absolute("XDG_CONFIG_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".config")))
            .or_else(|| absolute("APPDATA"));
        Self {
            folder: settings.map(|folder| folder.join("syndicate").join("tokens")),
            keychain: Box::new(SystemKeychain),
        }
    }

    /// Returns the store with another keychain.
    #[cfg(test)]
    pub(crate) fn with_keychain(self, keychain: Box<dyn Keychain>) -> Self {
        Self { keychain, ..self }
    }

    /// Returns the path of a profile's file.
    ///
    /// # Errors
    /// Fails if no configuration folder is known or the profile's name is invalid.
    pub(crate) fn file(&self, platform: &str, profile: &str) -> anyhow::Result<PathBuf> {
        let Some(folder) = &self.folder else {
            return Err(
                Diagnostic::new(Code::InvalidCredential, "no folder for tokens is known")
                    .with_hint("set `XDG_CONFIG_HOME` or `HOME` to an absolute path")
                    .into(),
            );
        };
        if !is_name(profile) {
            let message = format!("invalid profile name `{profile}`");
            let hint = "use letters, digits, `-` and `_`, such as `company`";
            return Err(Diagnostic::new(Code::InvalidCredential, message)
                .with_hint(hint)
                .into());
        }
        Ok(folder.join(platform).join(format!("{profile}.json")))
    }

    /// Writes `credential`, with its secrets at `location`. Secrets of an earlier credential at the
    /// other location are deleted.
    ///
    /// # Errors
    /// Fails if the file cannot be written or the keychain rejects the secrets.
    pub(crate) fn save(
        &self,
        platform: &str,
        profile: &str,
        credential: &Credential,
        location: TokenLocation,
    ) -> anyhow::Result<PathBuf> {
        let file = self.file(platform, profile)?;
        let name = name(platform, profile);
        let bytes = match location {
            TokenLocation::File => wire::serialize(credential)?,
            TokenLocation::Keychain => {
                let (bytes, secrets) = wire::serialize_without_secrets(credential)?;
                let kept = self.keychain.set(&name, &secrets);
                kept.map_err(|why| {
                    Diagnostic::new(Code::InvalidCredential, why)
                        .with_hint("omit `--keychain` to store it in a file that only you can read")
                })?;
                bytes
            }
        };
        let was = self.location(platform, profile);
        replace(&file, &bytes).with_context(|| format!("cannot keep `{}`", file.display()))?;
        if was == Some(TokenLocation::Keychain) && location == TokenLocation::File {
            self.keychain.delete(&name).map_err(anyhow::Error::msg)?;
        }
        Ok(file)
    }

    /// Checks that secrets can be stored at `location`, so that the user does not sign in for
    /// nothing.
    ///
    /// # Errors
    /// Fails if the keychain does not respond.
    pub(crate) fn check_location(&self, location: TokenLocation) -> anyhow::Result<()> {
        match location {
            TokenLocation::File => Ok(()),
            // Deleting an entry that does not exist has no effect, but it needs a working keychain.
            TokenLocation::Keychain => self.keychain.delete("probe/probe").map_err(keychain_error),
        }
    }

    /// Returns the location of a profile's secrets, or `None` for an unknown profile.
    #[must_use]
    pub(crate) fn location(&self, platform: &str, profile: &str) -> Option<TokenLocation> {
        let bytes = fs::read(self.file(platform, profile).ok()?).ok()?;
        Some(if wire::has_external_secrets(&bytes) {
            TokenLocation::Keychain
        } else {
            TokenLocation::File
        })
    }

    /// Deletes a credential. Returns `false` if there was none.
    ///
    /// # Errors
    /// Fails if the file or the keychain entry cannot be deleted.
    pub(crate) fn delete(&self, platform: &str, profile: &str) -> anyhow::Result<bool> {
        let file = self.file(platform, profile)?;
        if self.location(platform, profile) == Some(TokenLocation::Keychain) {
            let forgotten = self.keychain.delete(&name(platform, profile));
            forgotten.map_err(anyhow::Error::msg)?;
        }
        match fs::remove_file(&file) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(anyhow::Error::new(error))
                .with_context(|| format!("cannot delete `{}`", file.display())),
        }
    }

    /// Returns all credentials, sorted by platform and profile.
    #[must_use]
    pub(crate) fn all(&self) -> Vec<StoredToken> {
        let mut all = Vec::new();
        for platform in self.folder.iter().flat_map(|folder| names(folder)) {
            let folder = self.folder.iter().map(|folder| folder.join(&platform));
            for name in folder.flat_map(|folder| names(&folder)) {
                let Some(profile) = name.strip_suffix(".json").filter(|name| is_name(name)) else {
                    continue;
                };
                let Ok(file) = self.file(&platform, profile) else {
                    continue;
                };
                let credential = match self.get(&platform, profile) {
                    Ok(Some(credential)) => Ok(credential),
                    // Another process deleted it after the folder was listed.
                    Ok(None) => continue,
                    Err(error) => Err(error),
                };
                all.push(StoredToken {
                    platform: platform.clone(),
                    location: self
                        .location(&platform, profile)
                        .unwrap_or(TokenLocation::File),
                    profile: profile.to_owned(),
                    file,
                    credential,
                });
            }
        }
        all
    }

    async fn renew(
        &self,
        cx: &Context,
        provider: &Provider,
        credential: &Credential,
    ) -> anyhow::Result<Credential> {
        let client_secret = provider.client_secret.reveal(&cx.env)?;
        let app = App {
            client_id: credential.client_id.clone(),
            client_secret,
        };
        let Some(refresh_token) = &credential.refresh_token else {
            anyhow::bail!("it has no refresh token");
        };
        let granted = server::renew(cx, provider, &app, refresh_token).await;
        let granted = granted.map_err(|denied| anyhow::anyhow!("{denied}"))?;
        let credential = renewed(credential, granted);
        // If it cannot be stored, as in a read-only container, this run still uses it.
        let (platform, profile) = (provider.platform, &provider.profile);
        let location = self
            .location(platform, profile)
            .unwrap_or(TokenLocation::File);
        match self.save(platform, profile, &credential, location) {
            Ok(_) => info!(
                platform,
                profile,
                expires = credential.expires.map(tracing::field::display),
                "token renewed"
            ),
            Err(error) => warn!(platform, profile, "token renewed and not kept: {error:#}"),
        }
        Ok(credential)
    }
}

/// Returns `old` updated with `granted`. The refresh token keeps its expiry unless the server sends
/// a new one, because refreshing does not extend it.
fn renewed(old: &Credential, granted: TokenResponse) -> Credential {
    Credential {
        access_token: granted.access_token,
        issued: granted.issued,
        expires: granted.expires,
        refresh_token: granted.refresh_token.or(old.refresh_token.clone()),
        refresh_until: granted.refresh_until.or(old.refresh_until),
        scopes: granted.scopes.unwrap_or_else(|| old.scopes.clone()),
        ..old.clone()
    }
}

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
        let keychain = || self.keychain.get(&name(platform, profile));
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
        let file = self.file(provider.platform, &provider.profile).ok()?;
        let (issuer, account) = wire::parse_account(&fs::read(file).ok()?)?;
        (issuer == provider.issuer).then_some(account)
    }

    async fn get_or_refresh(
        &self,
        cx: &Context,
        provider: &Provider,
    ) -> anyhow::Result<Option<Credential>> {
        let Some(credential) = self.get(provider.platform, &provider.profile)? else {
            return Ok(None);
        };
        let now = cx.now();
        let ends = credential
            .days_left(now)
            .is_none_or(|days| days < REFRESH_DAYS);
        let due = credential.expires.is_some() && ends;
        // This provider cannot refresh a token of another issuer.
        if !due || !credential.is_refreshable(now) || credential.issuer != provider.issuer {
            return Ok(Some(credential));
        }
        match self.renew(cx, provider, &credential).await {
            Ok(credential) => Ok(Some(credential)),
            // The token is still valid, and the next run tries again.
            Err(error) if !credential.is_expired(now) => {
                warn!(platform = provider.platform, "token not renewed: {error:#}");
                Ok(Some(credential))
            }
            Err(error) => {
                let message = format!(
                    "the token has expired and {} did not refresh it",
                    provider.title
                );
                let (platform, profile) = (provider.platform, &provider.profile);
                let hint = format!("run `syndicate auth login {platform} --profile {profile}`");
                Err(Diagnostic::new(Code::InvalidCredential, message)
                    .with_hint(hint)
                    .caused_by(format!("{error:#}"))
                    .into())
            }
        }
    }
}

fn keychain_error(why: String) -> anyhow::Error {
    Diagnostic::new(Code::InvalidCredential, why)
        .with_hint("omit `--keychain` to store it in a file that only you can read")
        .into()
}

/// Returns the name of a profile's keychain entry.
fn name(platform: &str, profile: &str) -> String {
    format!("{platform}/{profile}")
}

fn is_name(profile: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !profile.is_empty() && profile.len() <= 64 && profile.chars().all(good)
}

/// Returns the sorted names of the entries of a folder; an empty list if it cannot be read.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests;
