//! Records in a credential's file that a renewal has begun. The record proves that the file can be written before the
//! server replaces the refresh token, and afterwards it explains a refresh token that the server no longer accepts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use syndicate_api::Provider;

use super::super::{private_file, wire};
use super::lock::{CredentialLock, check_folder};
use super::{TokenFiles, TokenLocation, entry_name};

/// A recorded attempt to renew a credential.
#[derive(Debug)]
pub(super) struct Attempt {
    file: PathBuf,
    before: Vec<u8>,
}

impl Attempt {
    /// Removes the record of an attempt that the server refused.
    pub(super) fn undo(&self) -> io::Result<()> {
        private_file::replace(&self.file, &self.before)
    }

    /// Returns the time of an earlier attempt that got no answer.
    pub(super) fn lost_before(&self) -> Option<Timestamp> {
        wire::parse_renewal_started(&self.before)
    }
}

impl TokenFiles {
    /// Records that a renewal begins at `now`.
    ///
    /// # Errors
    /// Fails if the file or the keychain cannot be written.
    pub(super) fn record_attempt(
        &self,
        provider: &Provider,
        now: Timestamp,
    ) -> anyhow::Result<Attempt> {
        let (platform, profile) = (&*provider.platform, provider.profile.as_str());
        if self.location(platform, profile) == Some(TokenLocation::Keychain) {
            self.check_keychain(platform, profile)?;
        }
        let file = self.file(platform, profile)?;
        let before = fs::read(&file)?;
        let with_record = wire::serialize_renewal_started(&before, now)?;
        private_file::replace(&file, &with_record)?;
        Ok(Attempt { file, before })
    }

    /// Checks that the credential of this profile can be replaced, or stored if there is none.
    ///
    /// # Errors
    /// Fails if the lock, the file or the keychain cannot be written.
    pub(super) fn check_writable(&self, provider: &Provider) -> anyhow::Result<()> {
        let (platform, profile) = (&*provider.platform, provider.profile.as_str());
        let lock = CredentialLock::try_acquire(&self.lock_file(platform, profile)?)?;
        if lock.is_none() {
            // Another process is writing it.
            return Ok(());
        }
        let file = self.file(platform, profile)?;
        if !file.exists() {
            return Ok(check_folder(file.parent().unwrap_or(Path::new(".")))?);
        }
        if self.location(platform, profile) == Some(TokenLocation::Keychain) {
            self.check_keychain(platform, profile)?;
        }
        // A mounted file can be in a writable folder and not be replaceable.
        Ok(private_file::replace(&file, &fs::read(&file)?)?)
    }

    /// Checks that the keychain stores secrets, by storing those that it has again.
    fn check_keychain(&self, platform: &str, profile: &str) -> anyhow::Result<()> {
        let name = entry_name(platform, profile);
        let secrets = self.keychain.get(&name).map_err(anyhow::Error::msg)?;
        self.keychain
            .set(&name, &secrets)
            .map_err(anyhow::Error::msg)
    }
}
