//! Which sign-in is meant: a platform or sink, and the name that its token is kept under.

use clap::Args;
use syndicate_api::{Provider, SignIn, Sink};

use crate::cli::failure::CliError;

/// Which sign-in is meant.
#[derive(Args, Debug)]
pub(super) struct ProfileSelector {
    /// The platform, or a sink of pipeline.yaml
    #[arg(value_name = "PLATFORM|SINK")]
    pub(super) name: String,
    /// The name that the token is kept under; the sink's `profile` by default
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
}

impl ProfileSelector {
    /// Returns how to sign in at `sink`.
    pub(super) fn sign_in<'s>(&self, sink: &'s dyn Sink) -> Result<&'s dyn SignIn, CliError> {
        sink.sign_in().ok_or_else(|| {
            let message = format!("nobody signs in at `{}`", self.name);
            let hint = "its sinks need no token, or take one from their options";
            CliError::usage(message, hint)
        })
    }

    /// Returns the provider of `sign_in`, under the profile that was asked for.
    pub(super) fn provider(&self, sign_in: &dyn SignIn) -> Provider {
        let mut provider = sign_in.provider();
        if let Some(profile) = &self.profile {
            provider.profile.clone_from(profile);
        }
        provider
    }
}
