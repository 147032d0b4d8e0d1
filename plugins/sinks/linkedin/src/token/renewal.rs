//! Hints about getting a token to the place where the sink looks for it. Signing in helps only if the sink uses the
//! stored token of a profile; a token from a variable or a file has precedence.

use super::origin::TokenOrigin;
use crate::author::Author;
use crate::oauth_provider::login_command;
use crate::options::Options;
use crate::scopes;

/// Returns the hint for a missing token.
pub(crate) fn provide(options: &Options, author: &Author) -> String {
    let place = match (&options.token, &options.token_file) {
        (None, None) => {
            let variable = options.token_variable();
            return format!(
                "run {}; if signing in is not possible, {} and put it into the variable `{variable}`",
                login_command(&options.profile),
                create(author),
            );
        }
        (Some(_), _) => "put it into the variable that the sink's `token` names".to_owned(),
        (None, Some(file)) => format!("write it to the file `{}`", file.display()),
    };
    format!(
        "{} and {place}, or run {}",
        create(author),
        login_command(&options.profile)
    )
}

/// Returns the hint to replace a token of this origin.
pub(crate) fn replace(options: &Options, author: &Author, origin: &TokenOrigin) -> String {
    let place = match origin {
        TokenOrigin::Profile(profile) => return format!("run {}", login_command(profile)),
        TokenOrigin::File(file) => format!("write it to the file `{}`", file.display()),
        TokenOrigin::Option if options.token.is_none() => {
            format!("put it into the variable `{}`", options.token_variable())
        }
        TokenOrigin::Option => "put it into the sink's `token`, or the variable there".to_owned(),
    };
    format!("{} and {place}", create(author))
}

fn create(author: &Author) -> String {
    format!(
        "create a token with the scopes `{}` at \
         https://www.linkedin.com/developers/tools/oauth/token-generator",
        scopes::for_login(author).join("`, `")
    )
}
