//! The variable that contains the token of a profile.

use syndicate_api::Secret;

use crate::options::{DEFAULT_PROFILE, Options};

/// The variable of the token of the default profile. The names of the other profiles' variables begin
/// with it.
const TOKEN_VARIABLE: &str = "LINKEDIN_ACCESS_TOKEN";

impl Options {
    /// Returns the option `token`, otherwise the variable of the profile.
    pub(crate) fn token(&self) -> Secret {
        let default = || Secret::new(format!("${{{}}}", self.token_variable()));
        self.token.clone().unwrap_or_else(default)
    }

    /// Returns the name of the variable that contains the token if the option `token` is not set. Each profile has
    /// its own, so that no author's posts are sent with another author's token.
    pub(crate) fn token_variable(&self) -> String {
        if self.profile == DEFAULT_PROFILE {
            return TOKEN_VARIABLE.to_owned();
        }
        let profile = self.profile.to_ascii_uppercase().replace('-', "_");
        format!("{TOKEN_VARIABLE}_{profile}")
    }
}
