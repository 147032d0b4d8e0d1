//! `syndicate auth logout`.

use clap::Args;
use serde_json::json;
use syndicate_api::{Context, Grant, Grants as _, Provider};

use super::super::world::World;
use super::super::{Exit, Failure, Global, Hinted, print};
use super::{Which, no_sign_in, sink};
use crate::auth::{App, TokenFiles, give_back};

/// Options of `auth logout`.
#[derive(Args, Debug)]
#[command(after_help = "\
The platform is asked to revoke the token, for which the app's secret is needed, and the file is
deleted in any case. With --offline it is only deleted.

Examples:
  syndicate auth logout linkedin
  syndicate auth logout linkedin --profile company")]
pub(super) struct Options {
    #[command(flatten)]
    which: Which,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let sink = sink(
        &world,
        global,
        &options.which.name,
        options.which.profile.as_deref(),
    )?;
    let sign_in = sink.sign_in();
    let mut provider = sign_in
        .ok_or_else(|| no_sign_in(&options.which.name))?
        .provider();
    if let Some(profile) = &options.which.profile {
        provider.profile.clone_from(profile);
    }
    let files = TokenFiles::open(&world.cx.env);
    let kept = files.kept(provider.platform, &provider.profile);
    let revoked = match &kept {
        Ok(None) => return Err(nobody(&provider)),
        Ok(Some(grant)) => revoke(&world.cx, &provider, grant).await,
        Err(error) => Err(format!("{error:#}")),
    };
    files.forget(provider.platform, &provider.profile)?;
    report(global, &provider, &revoked)
}

async fn revoke(cx: &Context, provider: &Provider, grant: &Grant) -> Result<(), String> {
    if cx.offline {
        return Err("`--offline` forbids to ask".to_owned());
    }
    if grant.is_over(cx.now()) && !grant.renews(cx.now()) {
        // What is over needs no revoking.
        return Ok(());
    }
    if grant.issuer != provider.issuer {
        return Err(format!("it is one of `{}`", grant.issuer));
    }
    let client_secret = provider.client_secret.reveal(&cx.env);
    let app = App {
        client_id: grant.client_id.clone(),
        client_secret: client_secret.map_err(|unset| unset.to_string())?,
    };
    give_back(cx, provider, &app, grant).await
}

fn nobody(provider: &Provider) -> Failure {
    let Provider {
        platform, profile, ..
    } = provider;
    let message = format!("nobody is signed in under the profile `{profile}` of `{platform}`");
    let hint = "`syndicate auth status` lists who is";
    Failure::Other(Hinted::new(message, hint).into())
}

fn report(
    global: &Global,
    provider: &Provider,
    revoked: &Result<(), String>,
) -> Result<Exit, Failure> {
    let Provider {
        platform, profile, ..
    } = provider;
    if global.json {
        let why = revoked.as_ref().err();
        let value = json!({
            "v": 1, "platform": platform, "profile": profile, "revoked": revoked.is_ok(),
            "why": why,
        });
        print::data(&value.to_string())?;
    } else {
        print::data(&format!("signed out of `{platform}`, profile `{profile}`"))?;
    }
    if let Err(why) = revoked {
        print::talk(&format!(
            "warning: the token is deleted here, but {} did not revoke it: {why}\n\
             hint: take the app's rights back at {}",
            provider.title, provider.permissions
        ))?;
    }
    Ok(Exit::Fine)
}
