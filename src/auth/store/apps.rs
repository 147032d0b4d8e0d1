//! Stores the apps that the program registered itself, `PLATFORM/apps/SERVER.json` beside the credentials. Their
//! secrets are needed to renew and revoke the tokens that were issued to them.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use syndicate_api::{ExposeSecret as _, OAuthApp, Provider, masked_secret};

use super::super::private_file::replace;
use super::TokenFiles;

/// The time for which an app without a token is used again. Mastodon deletes such apps after a day.
const UNUSED_LIFETIME: SignedDuration = SignedDuration::from_hours(12);

#[derive(Deserialize, Serialize)]
struct AppsFile {
    v: u8,
    issuer: String,
    apps: Vec<AppRecord>,
}

#[derive(Deserialize, Serialize)]
struct AppRecord {
    client_id: String,
    client_secret: String,
    redirect: String,
    scopes: Vec<String>,
    registered: Timestamp,
}

impl AppRecord {
    fn app(&self) -> OAuthApp {
        OAuthApp {
            client_id: self.client_id.clone(),
            client_secret: masked_secret(self.client_secret.as_str()),
        }
    }
}

impl TokenFiles {
    /// Returns the app to sign in with, or `None` if a new one has to be registered. The server may have deleted an
    /// app that is neither new nor used by a stored token.
    pub(crate) fn app_to_sign_in(
        &self,
        provider: &Provider,
        redirect: &str,
        scopes: &[String],
        now: Timestamp,
    ) -> Option<OAuthApp> {
        let apps = self.apps(provider);
        let fits = |app: &&AppRecord| {
            app.redirect == redirect && scopes.iter().all(|scope| app.scopes.contains(scope))
        };
        let app = apps.iter().rev().filter(fits);
        let app = app.filter(|app| self.is_alive(provider, app, now));
        app.map(AppRecord::app).next()
    }

    /// Returns the registered app with this client ID.
    pub(crate) fn app(&self, provider: &Provider, client_id: &str) -> Option<OAuthApp> {
        let apps = self.apps(provider);
        let app = apps.iter().find(|app| app.client_id == client_id);
        app.map(AppRecord::app)
    }

    /// Stores a newly registered app, and forgets apps that the server may have deleted.
    ///
    /// # Errors
    /// Fails if the file cannot be written.
    pub(crate) fn save_app(
        &self,
        provider: &Provider,
        redirect: &str,
        scopes: &[String],
        app: &OAuthApp,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let mut apps = self.apps(provider);
        apps.retain(|app| self.is_alive(provider, app, now));
        apps.push(AppRecord {
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.expose_secret().to_owned(),
            redirect: redirect.to_owned(),
            scopes: scopes.to_vec(),
            registered: now,
        });
        let content = AppsFile {
            v: 1,
            issuer: provider.issuer.clone(),
            apps,
        };
        let file = self.apps_file(provider)?;
        replace(&file, &serde_json::to_vec_pretty(&content)?)
            .with_context(|| format!("cannot keep `{}`", file.display()))
    }

    /// Returns `true` if the server keeps this app.
    fn is_alive(&self, provider: &Provider, app: &AppRecord, now: Timestamp) -> bool {
        if now.duration_since(app.registered) < UNUSED_LIFETIME {
            return true;
        }
        let is_of_app = |stored: &super::StoredToken| {
            let credential = stored.credential.as_ref();
            stored.platform == provider.platform
                && credential.is_ok_and(|credential| credential.client_id == app.client_id)
        };
        self.all().iter().any(is_of_app)
    }

    /// Returns the apps of the provider's server. A file that is missing or damaged has none.
    fn apps(&self, provider: &Provider) -> Vec<AppRecord> {
        let bytes = self
            .apps_file(provider)
            .ok()
            .and_then(|file| fs::read(file).ok());
        let content = bytes.and_then(|bytes| serde_json::from_slice::<AppsFile>(&bytes).ok());
        match content {
            Some(content) if content.v == 1 && content.issuer == provider.issuer => content.apps,
            _ => Vec::new(),
        }
    }

    fn apps_file(&self, provider: &Provider) -> anyhow::Result<PathBuf> {
        let issuer = provider.issuer.as_str();
        let host = issuer.split_once("://").map_or(issuer, |(_, host)| host);
        let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let name: String = host
            .chars()
            .map(|c| if is_safe(c) { c } else { '_' })
            .collect();
        let file = self.file(&provider.platform, "apps")?.with_extension("");
        Ok(file.join(format!("{name}.json")))
    }
}
