//! Stores credentials in files, `PLATFORM/PROFILE.json`, in the user's configuration folder and so
//! outside of every repository. Only the user can read them. A credential that expires soon is
//! refreshed when it is used, if the platform issued a refresh token.

mod apps;
mod attempt;
mod credential_store;
mod lock;
mod renew;
mod renewal_error;
mod session;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use syndicate_api::{Code, Credential, CredentialStore as _, Diagnostic, Env, ExposeSecret as _};
use tokio::sync::Mutex;

use self::lock::CredentialLock;
use super::keychain::{Keychain, SystemKeychain};
use super::private_file::replace;
use super::wire;

/// The longest time before its expiry from which a credential is renewed.
const REFRESH_MARGIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The folder of all credentials.
#[derive(Debug)]
pub(crate) struct TokenFiles {
    folder: Option<PathBuf>,
    keychain: Box<dyn Keychain>,
    /// Sessions of passwords that could not be stored, by profile.
    unstored: Mutex<BTreeMap<String, Credential>>,
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
    /// The time of a renewal that got no answer.
    pub renewal_started: Option<Timestamp>,
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
            unstored: Mutex::default(),
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
        let name = entry_name(platform, profile);
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
            let forgotten = self.keychain.delete(&entry_name(platform, profile));
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
                    renewal_started: fs::read(&file)
                        .ok()
                        .and_then(|bytes| wire::parse_renewal_started(&bytes)),
                    file,
                    credential,
                });
            }
        }
        all
    }

    /// Waits until no other process renews, stores or deletes this credential, and keeps them from it.
    ///
    /// # Errors
    /// Fails if the lock file cannot be created or another process holds it too long.
    pub(crate) async fn lock(
        &self,
        platform: &str,
        profile: &str,
    ) -> anyhow::Result<CredentialLock> {
        Ok(CredentialLock::acquire(&self.lock_file(platform, profile)?).await?)
    }

    fn lock_file(&self, platform: &str, profile: &str) -> anyhow::Result<PathBuf> {
        let file = self.file(platform, profile)?;
        let name = format!("{platform}-{profile}.lock");
        // Two levels above the file is the folder of all platforms.
        let tokens = file.ancestors().nth(2).unwrap_or(Path::new("."));
        Ok(tokens.with_file_name("token-locks").join(name))
    }
}

/// Returns `true` if `credential` expires soon: in the last eighth of its lifetime, but not earlier than
/// [`REFRESH_MARGIN`] before its end.
fn is_due(credential: &Credential, now: Timestamp) -> bool {
    let Some(end) = credential.expires else {
        return false;
    };
    let margin = end.duration_since(credential.issued) / 8;
    end.duration_since(now) < margin.min(REFRESH_MARGIN)
}

/// Returns `true` if both are the same token.
fn is_same(one: &Credential, other: &Credential) -> bool {
    // A platform may issue equal access tokens within one second.
    one.access_token.expose_secret() == other.access_token.expose_secret()
        && one.expires == other.expires
}

fn keychain_error(why: String) -> anyhow::Error {
    Diagnostic::new(Code::InvalidCredential, why)
        .with_hint("omit `--keychain` to store it in a file that only you can read")
        .into()
}

/// Returns the name of a profile's keychain entry.
fn entry_name(platform: &str, profile: &str) -> String {
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
