//! The options of `auth login`.

use std::time::Duration;

use clap::Args;
use syndicate_api::{Flow, OAuthClient, SignIn};

use crate::auth::TokenLocation;
use crate::cli::auth::profile::ProfileSelector;
use crate::cli::duration::parse_duration;
use crate::cli::failure::CliError;

/// The default of `--port`.
const DEFAULT_PORT: u16 = 8485;

/// Options of `auth login`.
#[derive(Args, Debug)]
#[command(after_help = "\
LinkedIn, once, at https://www.linkedin.com/developers/apps: create an app;
under Products request \"Share on LinkedIn\" and \"Sign In with LinkedIn using
OpenID Connect\"; under Auth add the redirect URL
http://localhost:8485/callback and copy client ID and client secret. Then:
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
  pass show bsky | syndicate auth login bluesky --user NAME --secret-stdin

The token is stored in `$XDG_CONFIG_HOME/syndicate/tokens` (or `~/.config`),
readable only by you; a password is not stored. LinkedIn's token is valid for
60 days; `check` and `build` warn from 14 days before it expires.")]
pub(crate) struct LoginOptions {
    #[command(flatten)]
    pub(super) which: ProfileSelector,
    /// Client ID of your app [default: the sink's `client_id`]
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,
    /// Read the client secret from the first line of standard input
    #[arg(long)]
    pub(super) client_secret_stdin: bool,
    /// Your name on the platform, if it asks for a password
    #[arg(long, value_name = "NAME")]
    pub(super) user: Option<String>,
    /// Read the password, key or token from the first line of standard input
    #[arg(long, conflicts_with = "client_secret_stdin")]
    pub(super) secret_stdin: bool,
    /// Port of http://localhost:PORT/callback; 0 picks a free one
    #[arg(long, value_name = "PORT", default_value_t = DEFAULT_PORT)]
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

    /// Returns the flow of `sign_in` with these options applied.
    ///
    /// # Errors
    /// Fails if an option has no effect in this flow.
    pub(super) fn flow(&self, sign_in: &dyn SignIn) -> Result<Flow, CliError> {
        let mut flow = sign_in.flow();
        if let Some(option) = self.unused(&flow) {
            let title = sign_in.provider().title;
            let message = format!("`{option}` does not apply to the sign-in at {title}");
            return Err(CliError::usage(message, format!("remove `{option}`")));
        }
        if let Some(oauth) = flow.oauth_mut().filter(|_| !self.scopes.is_empty()) {
            oauth.scopes.clone_from(&self.scopes);
        }
        Ok(flow)
    }

    /// Returns the first option that has no effect in `flow`.
    fn unused(&self, flow: &Flow) -> Option<&'static str> {
        let is_code = matches!(flow, Flow::Code(_)) && !self.secret_stdin;
        let is_browser = matches!(flow, Flow::Browser(_));
        let is_configured = flow
            .oauth()
            .is_some_and(|oauth| matches!(oauth.client, OAuthClient::Configured { .. }));
        let has_app = is_configured && (is_browser || is_code);
        let has_other_port = self.port != DEFAULT_PORT;
        let options = [
            ("--client-id", self.client_id.is_some() && !has_app),
            (
                "--client-secret-stdin",
                self.client_secret_stdin && !has_app,
            ),
            ("--port", has_other_port && !is_browser),
            ("--redirect-uri", self.redirect_uri.is_some() && !is_browser),
            (
                "--scopes",
                !self.scopes.is_empty() && !is_browser && !is_code,
            ),
            ("--no-browser", self.no_browser && !is_browser && !is_code),
            ("--secret-stdin", self.secret_stdin && is_browser),
            (
                "--user",
                self.user.is_some() && !matches!(flow, Flow::Password { .. }),
            ),
        ];
        let mut unused = options.into_iter().filter(|(_, is_unused)| *is_unused);
        unused.next().map(|(name, _)| name)
    }
}
