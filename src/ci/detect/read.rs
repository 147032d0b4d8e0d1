//! Reads the run of a CI job from the variables of its service.

use std::path::Path;

use syndicate_api::Env;

use super::host::Host;
use super::run::{CiRun, var};
use super::{github, services};

/// Returns the run that the variables of `env` describe, or `None` outside CI. On services that are
/// compatible with GitHub Actions it also reads the file that describes the event.
pub(crate) fn detect_run(env: &Env) -> Option<CiRun> {
    let host = Host::detect(env)?;
    let run = CiRun::of(host);
    Some(match host {
        Host::GitHub | Host::Forgejo | Host::Gitea => {
            let event = var(env, "GITHUB_EVENT_PATH");
            let event = event.and_then(|path| std::fs::read(Path::new(&path)).ok());
            github::describe(run, env, event.as_deref())
        }
        _ => services::describe(run, env),
    })
}
