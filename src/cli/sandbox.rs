//! `syndicate sandbox`: a LinkedIn on this machine.

use clap::{Args, ValueEnum};
use jiff::SignedDuration;
use linkedin_sandbox::{Consent, FaultRule, Sandbox};
use serde_json::json;
use syndicate_api::Clock;

use super::output::{eprint_status, open_browser, print_json, print_result};
use super::{CliError, ExitStatus, GlobalOptions};
use crate::env::AppContext;
use crate::session::SandboxServer;

/// Options of `sandbox`.
#[derive(Args, Debug)]
#[command(after_help = "\
It is as strict as the real one: it wants every header, refuses dead versions,
nulls and duplicates, and shows a commentary as far as LinkedIn would show it.
Any token is good, except that one beginning with `expired`, `revoked` or
`invalid` is refused as such. Apps can sign in too, with any client id and any
secret but `wrong-secret`.

Point a pipeline at it:
  sinks:
    linkedin:
      type: linkedin
      endpoint: \"http://127.0.0.1:8484\"
      token: rehearsal")]
pub(super) struct Options {
    /// The port to listen on; 0 takes any that is free
    #[arg(long, default_value_t = 8484)]
    port: u16,
    /// How a member answers when an app asks to sign in
    #[arg(long, value_enum, default_value_t = ConsentArgument::Ask, value_name = "ANSWER")]
    consent: ConsentArgument,
    /// Let something go wrong, such as `create:lost` or `upload:503x2`; an unknown one lists them all
    #[arg(long = "fault", value_name = "PLACE:WHAT")]
    faults: Vec<FaultRule>,
    /// Refuse each member's requests after the first N of a day; LinkedIn grants 150
    #[arg(long, value_name = "N")]
    daily_limit: Option<u32>,
    /// Take so long to process each upload
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    media_delay: u32,
    /// Bring the `/v2/shares` of 2019 back
    #[arg(long)]
    with_v2_shares: bool,
    /// Open the feed in the browser
    #[arg(long)]
    open: bool,
}

/// What `--consent` can name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ConsentArgument {
    /// A page asks
    Ask,
    /// Yes, at once and without a browser
    Auto,
    /// No, at once
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

impl Options {
    fn sandbox(&self, clock: Clock) -> Sandbox {
        let delay = SignedDuration::from_secs(i64::from(self.media_delay));
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

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    let context = AppContext::open(true, global.offline)?;
    let server = SandboxServer::start(options.sandbox(context.cx.clock), options.port).await?;
    if global.json {
        print_json(&json!({"v": 1, "url": server.url}))?;
    } else {
        print_result(&format!("a LinkedIn is running at {}", server.url))?;
        eprint_status("stop it with Ctrl-C")?;
    }
    if options.open {
        open_browser(&server.url)?;
    }
    // Without a signal handler there is nothing to wait for.
    drop(tokio::signal::ctrl_c().await);
    server.stop().await?;
    Ok(ExitStatus::Fine)
}
