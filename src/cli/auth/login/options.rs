//! The options of `auth login`.

use std::time::Duration;

use clap::Args;
use syndicate_api::{Provider, SignIn};

use crate::auth::TokenLocation;
use crate::cli::auth::profile::ProfileSelector;
use crate::cli::duration::parse_duration;

/// Options of `auth login`.
#[derive(Args, Debug)]
#[command(after_help = "\
Once, at https://www.linkedin.com/developers/apps: create an app; under Products
request \"Share on LinkedIn\" and \"Sign In with LinkedIn using OpenID Connect\";
under Auth add the redirect URL http://localhost:8485/callback and copy client
ID and client secret. Then:
  export LINKEDIN_CLIENT_ID=…
  syndicate auth login linkedin   asks for the secret without showing it

Examples:
  syndicate auth login linkedin --no-browser
      over SSH: open the address on another machine, then paste the address
      that the browser ends up at
  syndicate auth login linkedin --profile company
      a second author or app, beside the first
  syndicate auth login linkedin --port 9000
      another port, also registered in the app
  pass show li | syndicate auth login linkedin --client-secret-stdin

The token is stored in `$XDG_CONFIG_HOME/syndicate/tokens` (or `~/.config`),
readable only by you. It is valid for 60 days; `check` and `build` warn from 14
days before it expires.")]
pub(crate) struct LoginOptions {
    #[command(flatten)]
    pub(super) which: ProfileSelector,
    /// Client ID of your app [default: the sink's `client_id`]
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,
    /// Read the client secret from the first line of standard input
    #[arg(long)]
    pub(super) client_secret_stdin: bool,
    /// Port of the redirect URL http://localhost:PORT/callback; 0 picks a free one
    #[arg(long, value_name = "PORT", default_value_t = 8485)]
    pub(super) port: u16,
    /// Use another redirect URL, exactly as registered in the app
    #[arg(long, value_name = "URL", conflicts_with = "port")]
    pub(super) redirect_uri: Option<String>,
    /// Request these scopes only
    #[arg(long, value_name = "SCOPES", value_delimiter = ',')]
    pub(super) scopes: Vec<String>,
    /// Print the address instead of opening a browser
    #[arg(long)]
    pub(super) no_browser: bool,
    /// Replace the profile's token, also by one of another account
    #[arg(long)]
    pub(super) replace: bool,
    /// Store the token in the system's keychain instead of a file
    #[cfg(feature = "keychain")]
    #[arg(long)]
    pub(super) keychain: bool,
    /// Wait at most this long for the sign-in
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = parse_duration)]
    pub(super) timeout: Duration,
}

impl LoginOptions {
    /// Returns the location to store the token at.
    pub(super) fn location(&self) -> TokenLocation {
        #[cfg(feature = "keychain")]
        if self.keychain {
            return TokenLocation::Keychain;
        }
        TokenLocation::File
    }

    /// Returns the provider of `sign_in` with these options applied.
    pub(super) fn provider(&self, sign_in: &dyn SignIn) -> Provider {
        let mut provider = self.which.provider(sign_in);
        if !self.scopes.is_empty() {
            provider.scopes.clone_from(&self.scopes);
        }
        provider
    }
}
