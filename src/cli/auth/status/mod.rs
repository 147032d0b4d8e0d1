//! `syndicate auth status`.

mod json;
mod profile;
mod text;

use clap::Args;
use serde_json::{Value, json};

use self::json::profile_json;
use self::profile::ProfileStatus;
use self::text::format_profile;
use crate::auth::TokenFiles;
use crate::cli::output::{eprint_status, print_json, print_lines, print_result};
use crate::cli::{Exit, Failure, Global, open_session};

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

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let session = open_session(global, false)?;
    let cx = session.cx();
    let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|w| w == name);
    let mut profiles = Vec::new();
    for kept in TokenFiles::open(&cx.env).all() {
        if is(&options.platform, &kept.platform) && is(&options.profile, &kept.profile) {
            profiles.push(ProfileStatus::of(kept, &session).await?);
        }
    }
    let now = cx.now();
    let is_fine = !profiles.is_empty() && profiles.iter().all(|profile| profile.is_good(now));
    if global.json {
        let list = profiles.iter().map(|profile| profile_json(cx, profile));
        let list: Vec<Value> = list.collect();
        print_json(&json!({"v": 1, "profiles": list}))?;
    } else if profiles.is_empty() {
        print_result("nobody is signed in")?;
        eprint_status("hint: `syndicate auth login linkedin`")?;
    } else {
        for profile in &profiles {
            print_lines(&format_profile(cx, profile))?;
        }
    }
    Ok(if is_fine { Exit::Fine } else { Exit::Error })
}
