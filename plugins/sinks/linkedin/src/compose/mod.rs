//! A post becomes a payload: one request that creates a post on LinkedIn, with slots for the author
//! and for what is uploaded. Pure, and never shortening anything: what does not fit is an error that
//! names both lengths. Each dialect has its own encoder, with its own rules of escaping and its own
//! idea of what a post can show; they share nothing but the checks in `fitting`.

mod limits;
mod posts;
mod settings;
mod shares;
mod ugc;

use syndicate_api::{Diagnostic, Payload, Post};

pub(crate) use self::settings::ComposeSettings;
use crate::dialect::Dialect;

/// Writes `post` down for LinkedIn.
///
/// # Errors
/// When a part is too long, missing, or not what it has to be.
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
/// When it is not one of LinkedIn's. The older dialects write plain names, so that any will do.
pub(crate) fn check_mention(dialect: Dialect, target: &str) -> Result<(), Diagnostic> {
    match dialect {
        Dialect::Posts => posts::check_mention(target),
        Dialect::Ugc | Dialect::Shares => Ok(()),
    }
}
