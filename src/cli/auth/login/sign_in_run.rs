//! A sign-in that is about to begin.

use syndicate_api::{Context, Provider, SignIn};

use super::options::LoginOptions;
use crate::auth::TokenFiles;

/// A sign-in that is about to begin.
pub(super) struct SignInRun<'a> {
    pub(super) cx: &'a Context,
    pub(super) options: &'a LoginOptions,
    pub(super) files: &'a TokenFiles,
    pub(super) platform: &'a dyn SignIn,
    pub(super) provider: &'a Provider,
}
