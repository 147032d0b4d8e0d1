//! `syndicate sandbox`: runs a local LinkedIn sandbox.

use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::SignedDuration;
use linkedin_sandbox::{Consent, FaultRule, Sandbox};
use serde_json::json;
use syndicate_api::Clock;

use super::duration::parse_duration;
use super::output::{eprint_status, open_browser, print_json, print_result};
use super::{CliError, ExitStatus, GlobalOptions};
use crate::env::AppContext;
use crate::session::SandboxServer;

/// Options of `sandbox`.
#[derive(Args, Debug)]
#[command(after_help = "\
The sandbox is as strict as LinkedIn: it requires every header, refuses retired
versions, nulls and duplicates, and cuts a commentary where LinkedIn would.
Any token is valid, unless it begins with `expired`, `revoked` or `invalid`.
Apps can sign in with any client ID and any secret except `wrong-secret`.

To use it in a pipeline:
  sinks:
    linkedin:
      type: linkedin
      endpoint: \"http://127.0.0.1:8484\"
      token: rehearsal")]
pub(super) struct SandboxOptions {
    /// Port to listen on; 0 picks a free one
    #[arg(long, default_value_t = 8484)]
    port: u16,
    /// Response of a member to the consent page
    #[arg(long, value_enum, default_value_t = ConsentArgument::Ask, value_name = "ANSWER")]
    consent: ConsentArgument,
    /// Inject a fault such as `create:lost`; an unknown one lists all
    #[arg(long = "fault", value_name = "PLACE:WHAT")]
    faults: Vec<FaultRule>,
    /// Allow N requests per member and day; LinkedIn allows 150
    #[arg(long, value_name = "N")]
    daily_limit: Option<u32>,
    /// Processing time of each upload, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = parse_duration)]
    media_delay: Duration,
    /// Accept the former API `/v2/shares` too
    #[arg(long)]
    with_v2_shares: bool,
    /// Open the feed in the browser
    #[arg(long)]
    open: bool,
}

/// A value of `--consent`.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ConsentArgument {
    /// Show a consent page
    Ask,
    /// Grant at once, without a browser
    Auto,
    /// Refuse at once
    Deny,
}

impl From<ConsentArgument> for Consent {
    fn from(answer: ConsentArgument) -> Self {
        match answer {
            ConsentArgument::Ask => Self::Ask,
            ConsentArgument::Auto => Self::Auto,
            ConsentArgument::Deny => Self::Deny,
        }
    }
}

impl SandboxOptions {
    fn sandbox(&self, clock: Clock) -> Sandbox {
        let delay = SignedDuration::try_from(self.media_delay).unwrap_or(SignedDuration::ZERO);
        let mut sandbox = Sandbox::new(move || clock.now())
            .with_consent(self.consent.into())
            .with_media_delay(delay);
        if let Some(requests) = self.daily_limit {
            sandbox = sandbox.with_daily_limit(requests);
        }
        if self.with_v2_shares {
            sandbox = sandbox.with_v2_shares();
        }
        let faults = self.faults.iter().cloned();
        faults.fold(sandbox, Sandbox::with_fault)
    }
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &SandboxOptions,
) -> Result<ExitStatus, CliError> {
    let context = AppContext::open(true, global.offline)?;
    let server = SandboxServer::start(options.sandbox(context.cx.clock), options.port).await?;
    if global.json {
        print_json(&json!({"v": 1, "url": server.url}))?;
    } else {
        print_result(&format!("LinkedIn sandbox running at {}", server.url))?;
        eprint_status("stop it with Ctrl-C")?;
    }
    if options.open {
        open_browser(&server.url)?;
    }
    // If no signal handler can be installed, the server stops at once.
    drop(tokio::signal::ctrl_c().await);
    server.stop().await?;
    Ok(ExitStatus::Success)
}
