//! Encodes a post as the payload of one creating request, with slots for the author and for
//! uploaded media.
//!
//! Encoding is a pure function and never shortens a text: a text that is too long is an error with
//! both lengths. Each dialect has its own encoder, because escaping and supported content differ.
//! The encoders share only the checks in `limits`.

mod limits;
mod posts;
mod settings;
mod shares;
mod ugc;

use syndicate_api::{Diagnostic, Payload, Post};

pub(crate) use self::settings::ComposeSettings;
use crate::dialect::Dialect;

/// Encodes `post` for LinkedIn.
///
/// # Errors
/// Returns a diagnostic if a part of the post is missing, invalid or too long.
pub(crate) fn compose(settings: &ComposeSettings<'_>, post: &Post) -> Result<Payload, Diagnostic> {
    match settings.dialect {
        Dialect::Posts => posts::compose(settings, post),
        Dialect::Ugc => ugc::compose(settings, post),
        Dialect::Shares => shares::compose(settings, post),
    }
}

/// Checks the identifier of an account that templates may mention.
///
/// # Errors
/// Returns a diagnostic if it is not a URN of LinkedIn. The older dialects write plain names and
/// accept any identifier.
pub(crate) fn check_mention(dialect: Dialect, target: &str) -> Result<(), Diagnostic> {
    match dialect {
        Dialect::Posts => posts::check_mention(target),
        Dialect::Ugc | Dialect::Shares => Ok(()),
    }
}
