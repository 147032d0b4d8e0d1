//! `syndicate auth login`.

use std::time::Duration;

use clap::Args;
use serde_json::json;
use syndicate_api::{Context, Grant, Grants as _, Provider, SignIn};

use super::super::build::time;
use super::super::world::{World, random};
use super::super::{Exit, Failure, Global, Hinted, print};
use super::{Which, app, browser, no_sign_in, person, sink};
use crate::auth::{App, Listener, Login, Occasion, Place, Redirect, TokenFiles};

/// Options of `auth login`.
#[derive(Args, Debug)]
#[command(after_help = "\
Once, at https://www.linkedin.com/developers/apps: make an app; under Products request \"Share on
LinkedIn\" and \"Sign In with LinkedIn using OpenID Connect\"; under Auth add the redirect URL
http://localhost:8485/callback and copy client ID and client secret. Then:
  export LINKEDIN_CLIENT_ID=…
  syndicate auth login linkedin                      asks for the secret without showing it

Examples:
  syndicate auth login linkedin --no-browser         over SSH: open the address elsewhere, and paste
                                                     the address that you end up at
  syndicate auth login linkedin --profile company    a second author or app, beside the first
  syndicate auth login linkedin --port 9000          another port, registered in the app likewise
  pass show li | syndicate auth login linkedin --client-secret-stdin

The token is kept below `$XDG_CONFIG_HOME/syndicate/tokens` (or `~/.config`), readable by you alone.
It lives for 60 days; `check` and `build` say so from 14 days before its end.")]
pub(super) struct Options {
    #[command(flatten)]
    which: Which,
    /// The client ID of your app; the sink's `client_id` by default, `LINKEDIN_CLIENT_ID`
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Read the client secret from the first line of standard input
    #[arg(long)]
    client_secret_stdin: bool,
    /// The port of http://localhost:PORT/callback, the redirect address; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8485)]
    port: u16,
    /// Another redirect address, as it is registered in the app
    #[arg(long, value_name = "URL", conflicts_with = "port")]
    redirect_uri: Option<String>,
    /// Ask for these scopes and no others
    #[arg(long, value_name = "SCOPES", value_delimiter = ',')]
    scopes: Vec<String>,
    /// Open no browser; print the address
    #[arg(long)]
    no_browser: bool,
    /// Sign in as somebody else than before under this profile
    #[arg(long)]
    replace: bool,
    /// Keep the token in the system's keychain instead of a file
    #[cfg(feature = "keychain")]
    #[arg(long)]
    keychain: bool,
    /// How long to wait for the answer
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = time)]
    timeout: Duration,
}

impl Options {
    /// Where the token is to be kept.
    fn place(&self) -> Place {
        #[cfg(feature = "keychain")]
        if self.keychain {
            return Place::Keychain;
        }
        Place::File
    }
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    if global.offline {
        return Err(Failure::Usage(Hinted::new(
            "`--offline` leaves nobody to sign in at",
            "leave it out",
        )));
    }
    let world = World::new(global, false)?;
    let sink = sink(
        &world,
        global,
        &options.which.name,
        options.which.profile.as_deref(),
    )?;
    let sign_in = sink.sign_in();
    let sign_in = sign_in.ok_or_else(|| no_sign_in(&options.which.name))?;
    let provider = asked_for(options, sign_in.provider());
    let files = TokenFiles::open(&world.cx.env);
    // Whatever keeps the grant from being kept is found out before anybody is sent away.
    let file = files.file(provider.platform, &provider.profile)?;
    files.ready(options.place())?;
    let before = before(&files, &provider, options)?;
    let grant = granted(&world.cx, options, sign_in, &provider).await?;
    if let Some(before) = &before
        && before.account != grant.account
        && !options.replace
    {
        return Err(somebody_else(&provider, before, &grant));
    }
    let place = options.place();
    files.keep(provider.platform, &provider.profile, &grant, place)?;
    let shown = match place {
        Place::File => file.display().to_string(),
        Place::Keychain => format!(
            "the system's keychain, and what is known of it in {}",
            file.display()
        ),
    };
    report(global, &provider, &grant, &file, &shown)?;
    remarks(&files, &provider, &grant)?;
    Ok(Exit::Fine)
}

/// What was granted under this profile before. A damaged file is one that `--replace` replaces.
fn before(
    files: &TokenFiles,
    provider: &Provider,
    options: &Options,
) -> Result<Option<Grant>, Failure> {
    match files.kept(provider.platform, &provider.profile) {
        Ok(before) => Ok(before),
        Err(_) if options.replace => Ok(None),
        Err(error) => Err(Failure::Other(error.context(
            "what was kept before cannot be read; `--replace` does without it",
        ))),
    }
}

/// What the flags change.
fn asked_for(options: &Options, mut provider: Provider) -> Provider {
    if let Some(profile) = &options.which.profile {
        provider.profile.clone_from(profile);
    }
    if !options.scopes.is_empty() {
        provider.scopes.clone_from(&options.scopes);
    }
    provider
}

async fn granted(
    cx: &Context,
    options: &Options,
    sign_in: &dyn SignIn,
    provider: &Provider,
) -> Result<Grant, Failure> {
    let client_id = app::client_id(options.client_id.as_deref(), provider, &cx.env)?;
    let client_secret = app::client_secret(options.client_secret_stdin, provider, &cx.env)?;
    let app = App {
        client_id,
        client_secret,
    };
    let (redirect, listener) = way_back(options).await?;
    let random = random()?;
    let login = Login::new(cx, sign_in, provider, app, redirect.clone(), &random);
    send_away(cx, options, provider, &login, &redirect)?;
    let mut notice = |occasion: Occasion| {
        let Occasion::Stray(why) = occasion;
        // A terminal that went away does not end a login.
        drop(print::talk(&format!(
            "something came back, but {why}; still waiting"
        )));
    };
    let waiting = login.code(listener, person::lines(), options.timeout, &mut notice);
    let code = waiting.await?;
    Ok(login.redeem(&code).await?)
}

/// The redirect address, and the listener where it leads here.
async fn way_back(options: &Options) -> Result<(Redirect, Option<Listener>), Failure> {
    let redirect = match &options.redirect_uri {
        Some(text) => Redirect::parse(text).map_err(|fault| {
            let message = format!("`{text}` {fault}");
            let hint = "write it as it stands under Auth of your app";
            Failure::Usage(Hinted::new(message, hint))
        })?,
        None => Redirect::local(options.port),
    };
    let Some((port, _)) = redirect.listens() else {
        return Ok((redirect, None));
    };
    let listener = Listener::bind(port).await.map_err(|error| {
        let message = format!("cannot listen on port {port} of this machine: {error}");
        let hint = "give another `--port`, and register its address in the app likewise";
        Failure::Other(Hinted::new(message, hint).into())
    })?;
    let redirect = if port == 0 {
        Redirect::local(listener.port())
    } else {
        redirect
    };
    Ok((redirect, Some(listener)))
}

fn send_away(
    cx: &Context,
    options: &Options,
    provider: &Provider,
    login: &Login<'_>,
    redirect: &Redirect,
) -> Result<(), Failure> {
    let (title, address) = (provider.title, login.address());
    print::talk(&format!("the redirect address is {}", redirect.address()))?;
    if !options.no_browser && browser::open(&cx.env, &address) {
        print::talk(&format!("the browser asks you to sign in at {title}"))?;
    } else {
        print::talk(&format!("open this address in a browser:\n\n  {address}\n"))?;
    }
    let setup = provider.setup.replace("{redirect}", redirect.address());
    print::talk(&format!(
        "afterwards you come back here; if the browser cannot, paste the address that it ends up at\n\
         if {title} shows an error: {setup}"
    ))
}

fn somebody_else(provider: &Provider, before: &Grant, now: &Grant) -> Failure {
    let message = format!(
        "you signed in as {}, `{}`, and the profile `{}` is {}, `{}`",
        now.who, now.account, provider.profile, before.who, before.account
    );
    let platform = provider.platform;
    let hint = format!(
        "nothing was changed; keep both with `syndicate auth login {platform} --profile NAME`, or \
         replace the old one with `--replace`"
    );
    Failure::Other(Hinted::new(message, hint).into())
}

fn report(
    global: &Global,
    provider: &Provider,
    grant: &Grant,
    file: &std::path::Path,
    shown: &str,
) -> Result<(), Failure> {
    if global.json {
        return print::data(
            &json!({
                "v": 1, "platform": provider.platform, "profile": provider.profile,
                "who": grant.who, "author": grant.account, "scopes": grant.scopes,
                "expires": grant.expires, "renewed_until": grant.refresh_until,
                "file": file.to_string_lossy(),
            })
            .to_string(),
        );
    }
    print::data(&format!(
        "signed in at {} as {}, `{}`",
        provider.title, grant.who, grant.account
    ))?;
    // Counted from when it was granted: the moments since then would make it a day less.
    let life = match grant.days_left(grant.issued) {
        Some(days) => format!("the token lives for {days} days"),
        None => format!("{} does not say how long the token lives", provider.title),
    };
    print::talk(&format!("{life}; it is kept in {shown}"))?;
    print::talk("`syndicate check --online` proves that it may post")
}

/// What the person should know besides.
fn remarks(files: &TokenFiles, provider: &Provider, grant: &Grant) -> Result<(), Failure> {
    for scope in provider.scopes.iter().filter(|scope| !grant.has(scope)) {
        let title = provider.title;
        print::talk(&format!(
            "warning: {title} did not grant the scope `{scope}`"
        ))?;
    }
    // One app's token for a member ends when the same member grants it other scopes.
    for kept in files.all() {
        let Ok(other) = &kept.grant else { continue };
        let same = kept.platform == provider.platform
            && other.client_id == grant.client_id
            && other.account == grant.account;
        let scopes = other.scopes.iter().all(|scope| grant.has(scope))
            && other.scopes.len() == grant.scopes.len();
        if same && !scopes && kept.profile != provider.profile {
            print::talk(&format!(
                "warning: the profile `{}` is of the same app and author with other scopes, so that \
                 its token is revoked by now; use an app for each",
                kept.profile
            ))?;
        }
    }
    Ok(())
}
