//! `syndicate ledger move`: moves the ledger to another store, and names that store in pipeline.yaml.

use std::time::Duration;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::move_report::report;
use super::pipeline_edit::{section, set_store};
use crate::cli::duration::parse_duration;
use crate::cli::output::{eprint_warning, print_json};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::ledger::{GitLedger, PostgresLedger, StoreOptions};

/// Options of `ledger move`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate ledger move git
      into the ref `refs/syndicate/ledger` of the repository's remote
  syndicate ledger move git --branch syndicate-ledger
      into a branch of its own, for hosts that accept only branches
  syndicate ledger move git --commit main
      into the file on the branch `main` of the remote
  syndicate ledger move postgres
      into the database that the variable `DATABASE_URL` names
  syndicate ledger move file
      into the file beside pipeline.yaml; `--from` names the store if
      pipeline.yaml names the file already

Every event is written to the new store, then the old one is closed, then
pipeline.yaml names the new one. After an interruption, run it again.")]
pub(super) struct MoveOptions {
    /// The store to move to
    #[arg(value_name = "STORE")]
    target: StoreKind,
    /// The store to move from, if pipeline.yaml names the new one already
    #[arg(long, value_name = "STORE")]
    from: Option<StoreKind>,
    /// The full name of the ref, such as `refs/syndicate/ledger`
    #[arg(long = "ref", value_name = "REF", conflicts_with_all = ["branch", "commit"])]
    reference: Option<String>,
    /// The branch that keeps only the ledger
    #[arg(long, value_name = "BRANCH", conflicts_with = "commit")]
    branch: Option<String>,
    /// The branch in which the ledger is a file beside pipeline.yaml
    #[arg(long, value_name = "BRANCH")]
    commit: Option<String>,
    /// The name of the remote
    #[arg(long, value_name = "REMOTE")]
    remote: Option<String>,
    /// The URL of the database, as in pipeline.yaml
    #[arg(long, value_name = "URL", default_value = "${DATABASE_URL}")]
    url: String,
    /// The name of the ledger in the database
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

/// The kinds of stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StoreKind {
    /// A ref of the repository's remote
    Git,
    /// A PostgreSQL database
    Postgres,
    /// The file beside pipeline.yaml
    File,
}

impl MoveOptions {
    /// Returns the options of the store to move from, if pipeline.yaml names the target already.
    fn source(&self) -> Result<StoreOptions, CliError> {
        self.store(self.from.unwrap_or(match self.target {
            StoreKind::File => StoreKind::Git,
            StoreKind::Git | StoreKind::Postgres => StoreKind::File,
        }))
    }

    /// Returns the options of a store of this kind.
    fn store(&self, kind: StoreKind) -> Result<StoreOptions, CliError> {
        Ok(match kind {
            StoreKind::File => StoreOptions::File,
            StoreKind::Git => StoreOptions::Git(self.git()?),
            StoreKind::Postgres => StoreOptions::Postgres(self.postgres()?),
        })
    }

    /// Returns the options of the database that the command line names.
    fn postgres(&self) -> Result<PostgresLedger, CliError> {
        let postgres = PostgresLedger {
            name: self.name.clone(),
            ..PostgresLedger::at(self.url.as_str())
        };
        match postgres.faults().into_iter().next() {
            None => Ok(postgres),
            Some(fault) => Err(CliError::usage(
                fault.message,
                fault.hint.unwrap_or_default(),
            )),
        }
    }

    /// Returns the options of the ref that the command line names.
    fn git(&self) -> Result<GitLedger, CliError> {
        let git = GitLedger {
            reference: self.reference.clone(),
            remote: self.remote.clone(),
            branch: self.branch.clone(),
            commit: self.commit.clone(),
        };
        match git.faults().into_iter().next() {
            None => Ok(git),
            Some(fault) => Err(CliError::usage(
                fault.message,
                fault.hint.unwrap_or_default(),
            )),
        }
    }
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &MoveOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let target = &options.store(options.target)?;
    let timeout = options.lock_timeout;
    let moved = session
        .move_ledger(target, &options.source()?, timeout)
        .await?;
    let changed = set_store(session.file(), target);
    let file = session.file().display().to_string();
    if let Err(refusal) = &changed {
        let section = section(target);
        eprint_warning(
            &format!("`{file}` was not changed: {}", refusal.message),
            &format!("write this section into it yourself: `{section}`"),
        )?;
    }
    let changed = changed.ok();
    if global.json {
        let is_changed = changed == Some(true);
        print_json(&json!({
            "v": 1,
            "from": moved.from,
            "to": moved.to,
            "events": moved.events,
            "changed": if is_changed { vec![file] } else { Vec::new() },
            "write": changed.is_none().then(|| section(target)),
        }))?;
    } else {
        report(&moved, changed.unwrap_or_default().then_some(file.as_str()))?;
    }
    Ok(ExitStatus::Success)
}
