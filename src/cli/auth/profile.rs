//! Selects a stored token by its platform or sink, and its profile.

use clap::Args;
use syndicate_api::{Provider, SignIn, Sink};

use crate::cli::failure::CliError;

/// The platform or sink, and the profile, of a token.
#[derive(Args, Debug)]
pub(super) struct ProfileSelector {
    /// The platform, or a sink in pipeline.yaml
    #[arg(value_name = "PLATFORM|SINK")]
    pub(super) name: String,
    /// Name of the stored token [default: the sink's `profile`]
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
}

impl ProfileSelector {
    /// Returns the sign-in of `sink`.
    pub(super) fn sign_in<'s>(&self, sink: &'s dyn Sink) -> Result<&'s dyn SignIn, CliError> {
        sink.sign_in().ok_or_else(|| {
            let message = format!("`{}` has no sign-in", self.name);
            let hint = "set the token in the sink's options if it needs one";
            CliError::usage(message, hint)
        })
    }

    /// Returns the provider of `sign_in` with the selected profile.
    pub(super) fn provider(&self, sign_in: &dyn SignIn) -> Provider {
        let mut provider = sign_in.provider();
        if let Some(profile) = &self.profile {
            provider.profile.clone_from(profile);
        }
        provider
    }
}
