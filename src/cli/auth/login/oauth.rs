//! Signs in at an OAuth server: shows the authorization URL and waits for the code.

use syndicate_api::{Credential, Diagnostic, OAuth, OAuthApp, OAuthClient, Provider};

use super::options::LoginOptions;
use super::sign_in_run::SignInRun;
use crate::auth::{Listener, Login, LoginEvent, RedirectUri};
use crate::cli::auth::{app, browser, prompt};
use crate::cli::failure::CliError;
use crate::cli::output::{eprint_lines, eprint_status};
use crate::env::random_bytes;
use crate::terminal::escape_value;

/// Signs in with a redirect to this machine.
pub(super) async fn with_browser(
    run: &SignInRun<'_>,
    oauth: &OAuth,
) -> Result<Credential, CliError> {
    let SignInRun {
        options, provider, ..
    } = run;
    // A missing secret is reported before the port is bound.
    let configured = configured_app(run, oauth)?;
    let (redirect, listener) = redirect(options).await?;
    let app = match configured {
        Some(app) => app,
        None => registered_app(run, oauth, &redirect).await?,
    };
    let login = login(run, oauth, app, redirect.clone())?;
    eprint_status(&format!("the redirect address is {}", redirect.address()))?;
    let is_opened = print_address(run, &login)?;
    // Standard input is also closed after it contained the client secret. The browser may then be on this machine.
    let login = login.requiring_prompt(!is_opened && !options.client_secret_stdin);
    eprint_status(
        "if the browser cannot connect afterwards, paste the address from its address bar here",
    )?;
    eprint_setup(provider, &redirect)?;
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

/// Signs in with a code that the last page shows.
pub(super) async fn with_code(run: &SignInRun<'_>, oauth: &OAuth) -> Result<Credential, CliError> {
    let redirect = RedirectUri::out_of_band();
    let app = match configured_app(run, oauth)? {
        Some(app) => app,
        None => registered_app(run, oauth, &redirect).await?,
    };
    let login = login(run, oauth, app, redirect)?;
    print_address(run, &login)?;
    let title = &run.provider.title;
    eprint_status(&format!(
        "paste the code that {title} shows, and press Enter"
    ))?;
    eprint_status(&format!(
        "if {title} does not know the app, run the command again with `--replace`"
    ))?;
    let waiting = login.pasted_code(prompt::lines(), run.options.timeout);
    let code = waiting.await?;
    Ok(login.redeem(&code).await?)
}

fn login<'a>(
    run: &SignInRun<'a>,
    oauth: &'a OAuth,
    app: OAuthApp,
    redirect: RedirectUri,
) -> Result<Login<'a>, CliError> {
    let random = random_bytes()?;
    let login = Login::new(
        run.cx,
        run.platform,
        run.provider,
        oauth,
        app,
        redirect,
        &random,
    );
    Ok(if oauth.pkce {
        login.with_challenge(&random_bytes()?)
    } else {
        login
    })
}

/// Returns the app that the user registered, or `None` if the program registers it.
fn configured_app(run: &SignInRun<'_>, oauth: &OAuth) -> Result<Option<OAuthApp>, CliError> {
    let OAuthClient::Configured { id, secret } = &oauth.client else {
        return Ok(None);
    };
    let SignInRun {
        options, provider, ..
    } = run;
    let env = &run.cx.env;
    let client_id = app::client_id(options.client_id.as_deref(), id, provider, env)?;
    let client_secret = app::client_secret(options.client_secret_stdin, secret, provider, env)?;
    Ok(Some(OAuthApp {
        client_id,
        client_secret,
    }))
}

/// Returns the app that the program registered at this server. Registers it first if there is none, or if the user
/// replaces the credential.
async fn registered_app(
    run: &SignInRun<'_>,
    oauth: &OAuth,
    redirect: &RedirectUri,
) -> Result<OAuthApp, CliError> {
    let SignInRun {
        files, provider, ..
    } = run;
    let (address, now) = (redirect.address(), run.cx.now());
    let known = files.app_to_sign_in(provider, address, &oauth.scopes, now);
    if let Some(app) = known.filter(|_| !run.options.replace) {
        return Ok(app);
    }
    let app = run.platform.register(run.cx, address, &oauth.scopes).await;
    let app = app.map_err(|error| CliError::Other(Diagnostic::from(error).into()))?;
    files.save_app(provider, address, &oauth.scopes, &app, now)?;
    Ok(app)
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

/// Opens the address in the browser, or prints it. Returns `true` if it was opened.
fn print_address(run: &SignInRun<'_>, login: &Login<'_>) -> anyhow::Result<bool> {
    let (title, address) = (&run.provider.title, login.address());
    let is_opened = !run.options.no_browser && browser::open(&run.cx.env, &address);
    if is_opened {
        eprint_status(&format!("sign in at {title} in the browser"))?;
    } else {
        eprint_lines(&format!(
            "open this address in a browser:\n\n  {}\n",
            escape_value(&address)
        ))?;
    }
    Ok(is_opened)
}

fn eprint_setup(provider: &Provider, redirect: &RedirectUri) -> anyhow::Result<()> {
    let setup = provider.setup.replace("{redirect}", redirect.address());
    eprint_status(&format!("if {} shows an error: {setup}", provider.title))
}
