//! `syndicate auth status`.

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};
use syndicate_api::{Context, Grant, SignIn};

use super::super::world::World;
use super::super::{Exit, Failure, Global, print};
use super::sink;
use crate::auth::{Kept, Place, TokenFiles};

/// Options of `auth status`.
#[derive(Args, Debug)]
#[command(after_help = "\
Exits with 1 when nobody is signed in, or a token that is shown has ended. A token in a variable or
in the file of `token_file` is not listed; `syndicate check` says which one a sink uses.

Examples:
  syndicate auth status
  syndicate auth status linkedin --profile company --json")]
pub(super) struct Options {
    /// Only this platform
    #[arg(value_name = "PLATFORM")]
    platform: Option<String>,
    /// Only this profile
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

/// What is known of one profile.
struct Standing {
    kept: Kept,
    version: Option<(String, Option<Date>)>,
    pages: Result<Option<Vec<String>>, String>,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|w| w == name);
    let mut standings = Vec::new();
    for kept in TokenFiles::open(&world.cx.env).all() {
        if is(&options.platform, &kept.platform) && is(&options.profile, &kept.profile) {
            standings.push(standing(&world, global, kept).await?);
        }
    }
    let now = world.cx.now();
    let good = |standing: &Standing| {
        let grant = standing.kept.grant.as_ref();
        grant.is_ok_and(|grant| !grant.is_over(now) || grant.renews(now))
    };
    let fine = !standings.is_empty() && standings.iter().all(good);
    if global.json {
        let list: Vec<Value> = standings.iter().map(|s| value(&world.cx, s)).collect();
        print::data(&json!({"v": 1, "profiles": list}).to_string())?;
    } else if standings.is_empty() {
        print::data("nobody is signed in")?;
        print::talk("hint: `syndicate auth login linkedin`")?;
    } else {
        for standing in &standings {
            print::data(&lines(&world.cx, standing))?;
        }
    }
    Ok(if fine { Exit::Fine } else { Exit::Error })
}

async fn standing(world: &World, global: &Global, kept: Kept) -> Result<Standing, Failure> {
    let sink = match sink(world, global, &kept.platform, Some(&kept.profile)) {
        Ok(sink) => Some(sink),
        // No sink of today is like it; the grant is there all the same.
        Err(Failure::Usage(_)) => None,
        Err(failure) => return Err(failure),
    };
    let Some(sign_in) = sink.as_ref().and_then(|sink| sink.sign_in()) else {
        return Ok(Standing {
            kept,
            version: None,
            pages: Ok(None),
        });
    };
    let pages = match &kept.grant {
        Ok(grant) => pages(&world.cx, sign_in, grant).await,
        Err(_) => Ok(None),
    };
    Ok(Standing {
        version: sign_in.version(),
        kept,
        pages,
    })
}

async fn pages(
    cx: &Context,
    sign_in: &dyn SignIn,
    grant: &Grant,
) -> Result<Option<Vec<String>>, String> {
    let ours = grant.issuer == sign_in.provider().issuer;
    if cx.offline || !ours || grant.is_over(cx.now()) {
        return Ok(None);
    }
    let pages = sign_in.pages(cx, grant).await;
    pages.map_err(|error| error.to_string())
}

fn value(cx: &Context, standing: &Standing) -> Value {
    let Standing {
        kept,
        version,
        pages,
    } = standing;
    let mut value = json!({
        "platform": kept.platform, "profile": kept.profile,
        "file": kept.file.to_string_lossy(),
        "api_version": version.as_ref().map(|(name, _)| name),
        "api_version_until": version.as_ref().and_then(|(_, last)| *last),
        "pages": pages.as_ref().ok().cloned().flatten(),
    });
    let more = match &kept.grant {
        Ok(grant) => json!({
            "state": if grant.is_over(cx.now()) { "expired" } else { "good" },
            "who": grant.who, "author": grant.account, "scopes": grant.scopes,
            "issued": grant.issued, "expires": grant.expires,
            "days_left": grant.days_left(cx.now()), "renewed_until": renewed_until(cx, grant),
            "error": pages.as_ref().err(),
        }),
        Err(error) => json!({"state": "unreadable", "error": format!("{error:#}")}),
    };
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
    value
}

fn renewed_until(cx: &Context, grant: &Grant) -> Option<jiff::Timestamp> {
    grant.refresh_until.filter(|_| grant.renews(cx.now()))
}

fn lines(cx: &Context, standing: &Standing) -> String {
    let Standing {
        kept,
        version,
        pages,
    } = standing;
    let head = format!("{}, profile `{}`", kept.platform, kept.profile);
    let grant = match &kept.grant {
        Ok(grant) => grant,
        Err(error) => return format!("{head}: {error:#}"),
    };
    let mut lines = vec![format!("{head}: {}, `{}`", grant.who, grant.account)];
    lines.push(format!("  scopes       `{}`", grant.scopes.join("`, `")));
    lines.push(format!("  token        {}", life(cx, grant)));
    if let Some((version, last)) = version {
        let until = last.map_or_else(String::new, |last| format!(", answers until {last}"));
        lines.push(format!("  API version  `{version}`{until}"));
    }
    match pages {
        Ok(Some(pages)) if pages.is_empty() => lines.push("  pages        none".to_owned()),
        Ok(Some(pages)) => lines.push(format!("  pages        `{}`", pages.join("`, `"))),
        Ok(None) => {}
        Err(why) => lines.push(format!("  pages        not known: {why}")),
    }
    let apart = match kept.place {
        Place::File => "",
        Place::Keychain => ", the token in the system's keychain",
    };
    lines.push(format!("  file         {}{apart}", kept.file.display()));
    lines.join("\n")
}

fn life(cx: &Context, grant: &Grant) -> String {
    let utc = |instant: jiff::Timestamp| instant.to_zoned(jiff::tz::TimeZone::UTC).date();
    let left = match (grant.expires, grant.days_left(cx.now())) {
        (Some(end), Some(days)) => format!("{days} days left, until {}", utc(end)),
        (Some(end), None) => format!("expired on {}", utc(end)),
        (None, _) => "its end is not known".to_owned(),
    };
    match renewed_until(cx, grant) {
        Some(end) => format!("{left}; renewed by itself until {}", utc(end)),
        None => left,
    }
}
