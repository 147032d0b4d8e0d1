//! Runs the sign-in: opens the browser and waits for the authorization code.

use syndicate_api::{Context, Credential, Provider, SignIn};

use super::options::LoginOptions;
use crate::auth::{App, Listener, Login, LoginEvent, RedirectUri};
use crate::cli::auth::{app, browser, prompt};
use crate::cli::failure::CliError;
use crate::cli::output::{eprint_lines, eprint_status};
use crate::env::random_bytes;
use crate::terminal::escape_value;

/// Signs in with the browser and returns the new credential.
pub(super) async fn sign_in(
    cx: &Context,
    options: &LoginOptions,
    platform: &dyn SignIn,
    provider: &Provider,
) -> Result<Credential, CliError> {
    let client_id = app::client_id(options.client_id.as_deref(), provider, &cx.env)?;
    let client_secret = app::client_secret(options.client_secret_stdin, provider, &cx.env)?;
    let app = App {
        client_id,
        client_secret,
    };
    let (redirect, listener) = redirect(options).await?;
    let random = random_bytes()?;
    let login = Login::new(cx, platform, provider, app, redirect.clone(), &random);
    print_address(cx, options, provider, &login, &redirect)?;
    let mut notice = |occasion: LoginEvent| {
        let LoginEvent::Stray(why) = occasion;
        // A closed terminal must not end the login.
        drop(eprint_status(&format!(
            "ignored a response: {why}; still waiting"
        )));
    };
    let waiting = login.code(listener, prompt::lines(), options.timeout, &mut notice);
    let code = waiting.await?;
    Ok(login.redeem(&code).await?)
}

/// Returns the redirect URI, and a listener if the URI leads to this machine.
async fn redirect(options: &LoginOptions) -> Result<(RedirectUri, Option<Listener>), CliError> {
    let redirect = match &options.redirect_uri {
        Some(text) => RedirectUri::parse(text).map_err(|fault| {
            let message = format!("`{text}` {fault}");
            let hint = "copy it from the Auth tab of your app";
            CliError::usage(message, hint)
        })?,
        None => RedirectUri::local(options.port),
    };
    let Some((port, _)) = redirect.listens() else {
        return Ok((redirect, None));
    };
    let listener = Listener::bind(port).await.map_err(|error| {
        let message = format!("cannot listen on port {port} of this machine: {error}");
        let hint = "choose another `--port` and register its redirect URL in the app";
        CliError::hinted(message, hint)
    })?;
    let redirect = if port == 0 {
        RedirectUri::local(listener.port())
    } else {
        redirect
    };
    Ok((redirect, Some(listener)))
}

fn print_address(
    cx: &Context,
    options: &LoginOptions,
    provider: &Provider,
    login: &Login<'_>,
    redirect: &RedirectUri,
) -> anyhow::Result<()> {
    let (title, address) = (provider.title, login.address());
    eprint_status(&format!("the redirect address is {}", redirect.address()))?;
    if !options.no_browser && browser::open(&cx.env, &address) {
        eprint_status(&format!("sign in at {title} in the browser"))?;
    } else {
        eprint_lines(&format!(
            "open this address in a browser:\n\n  {}\n",
            escape_value(&address)
        ))?;
    }
    let setup = provider.setup.replace("{redirect}", redirect.address());
    eprint_status(
        "if the browser cannot connect afterwards, paste the address from its address bar here",
    )?;
    eprint_status(&format!("if {title} shows an error: {setup}"))
}
