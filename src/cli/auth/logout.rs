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
deleted in any case; where the token is in a keychain that does not answer, both stay. With --offline
it is only deleted.

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
    let forgotten = files.forget(provider.platform, &provider.profile);
    forgotten.map_err(|why| still_here(&provider, &revoked, &why))?;
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

/// The error of a token that could not be deleted. Whether it is worth anything decides what there is
/// to do.
fn still_here(provider: &Provider, revoked: &Result<(), String>, why: &anyhow::Error) -> Failure {
    let Provider {
        title,
        platform,
        profile,
        permissions,
        ..
    } = provider;
    let again = format!("`syndicate auth logout {platform} --profile {profile}`");
    let hinted = match revoked {
        Ok(()) => Hinted::new(
            "the token is worth nothing any more, but what is left of it cannot be deleted",
            format!("{again} deletes it once that is mended; nobody can post with it meanwhile"),
        ),
        Err(refused) => Hinted::new(
            format!("the token cannot be deleted, and {title} did not revoke it: {refused}"),
            format!(
                "{again} does both once that is mended; to end it now, take the app's rights back \
                 at {permissions}"
            ),
        ),
    };
    Failure::Other(hinted.caused_by(format!("{why:#}")).into())
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

#[cfg(test)]
mod tests {
    use super::*;
    use syndicate_api::Secret;

    #[test]
    fn a_token_that_is_still_here_is_told_from_one_that_is_of_use() {
        let provider = Provider {
            platform: "linkedin",
            title: "LinkedIn",
            issuer: String::new(),
            authorize: String::new(),
            token: String::new(),
            revoke: None,
            client_id: Secret::new("${ID}"),
            client_secret: Secret::new("${SECRET}"),
            scopes: Vec::new(),
            profile: "company".to_owned(),
            setup: "",
            permissions: "https://linkedin.example/permitted-services",
        };
        let why = anyhow::anyhow!("the keychain is locked");
        let said = |revoked| {
            let failure = still_here(&provider, &revoked, &why);
            let text = failure.message();
            assert_eq!(failure.exit(), Exit::Error);
            for word in [
                "caused by: the keychain is locked",
                "hint: `syndicate auth logout linkedin --profile company`",
            ] {
                assert!(text.contains(word), "{text}");
            }
            text
        };
        let done = said(Ok(()));
        assert!(done.contains("worth nothing any more"), "{done}");
        assert!(!done.contains("permitted-services"), "{done}");
        let open = said(Err("no answer".to_owned()));
        assert!(open.contains("did not revoke it: no answer"), "{open}");
        assert!(open.contains("permitted-services"), "{open}");
    }
}
