//! `syndicate auth status`: lists the stored tokens.

mod json;
mod profile;
mod text;

use clap::Args;
use serde_json::{Value, json};
use syndicate_api::did_you_mean;

use self::json::profile_json;
use self::profile::ProfileStatus;
use self::text::format_profile;
use crate::auth::{StoredToken, TokenFiles};
use crate::cli::output::{eprint_status, print_json, print_lines, print_result};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};

/// Options of `auth status`.
#[derive(Args, Debug)]
#[command(after_help = "\
Exits with 1 if no token is listed or a listed one has expired. Tokens from
environment variables or from `token_file` are not listed; `syndicate check`
shows which token a sink uses.

Examples:
  syndicate auth status
  syndicate auth status linkedin --profile company --json")]
pub(super) struct StatusOptions {
    /// Show this platform only
    #[arg(value_name = "PLATFORM")]
    platform: Option<String>,
    /// Show this profile only
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

impl StatusOptions {
    /// Suggests a correction for a platform or profile that does not occur in `all`.
    fn near(&self, all: &[StoredToken]) -> Option<String> {
        let near = |name: &Option<String>, known: fn(&StoredToken) -> &str| {
            did_you_mean(name.as_deref()?, all.iter().map(known))
        };
        let is_known = |name: &Option<String>, known: fn(&StoredToken) -> &str| {
            name.as_ref()
                .is_none_or(|name| all.iter().any(|stored| known(stored) == name))
        };
        if !is_known(&self.platform, |stored| &stored.platform) {
            return near(&self.platform, |stored| &stored.platform);
        }
        near(&self.profile, |stored| &stored.profile)
    }

    /// Returns the message for an empty list.
    fn signed_out(&self) -> String {
        let platform = self.platform.as_ref().map(|name| format!(" at `{name}`"));
        let profile = self
            .profile
            .as_ref()
            .map(|name| format!(" with the profile `{name}`"));
        let parts = [platform, profile].into_iter().flatten();
        std::iter::once("not signed in".to_owned())
            .chain(parts)
            .collect()
    }
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &StatusOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let cx = session.cx();
    let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|w| w == name);
    let mut profiles = Vec::new();
    let all = TokenFiles::open(&cx.env).all();
    let near = options.near(&all);
    for stored in all {
        if is(&options.platform, &stored.platform) && is(&options.profile, &stored.profile) {
            profiles.push(ProfileStatus::of(stored, &session).await?);
        }
    }
    let now = cx.now();
    let is_fine = !profiles.is_empty() && profiles.iter().all(|profile| profile.is_good(now));
    if global.json {
        let list = profiles.iter().map(|profile| profile_json(cx, profile));
        let list: Vec<Value> = list.collect();
        print_json(&json!({"v": 1, "profiles": list}))?;
    } else if profiles.is_empty() {
        print_result(&options.signed_out())?;
        let near = near.unwrap_or_else(|| "run `syndicate auth login PLATFORM`".to_owned());
        eprint_status(&format!("hint: {near}"))?;
    } else {
        for profile in &profiles {
            print_lines(&format_profile(cx, profile))?;
        }
    }
    Ok(if is_fine {
        ExitStatus::Success
    } else {
        ExitStatus::Error
    })
}
