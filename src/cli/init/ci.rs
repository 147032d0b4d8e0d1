//! `syndicate init --ci`: writes the CI configuration of the site.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::output::{print_json, print_lines};
use super::super::{CliError, GlobalOptions};
use super::report::report;
use crate::session::{CiOptions, LedgerPlace, Session};
use crate::workflow::{ActionPin, CiHost};

/// Options of `init --ci`.
#[derive(Args, Debug)]
pub(super) struct CiArguments {
    /// Also write the CI configuration for this host
    #[arg(long, value_name = "HOST")]
    ci: Option<HostName>,
    /// With --ci: where the site is deployed [default: pages, unless another workflow deploys it]
    #[arg(long, requires = "ci", value_name = "TARGET")]
    deploy: Option<DeployTarget>,
    /// With --ci: the command that builds the site
    #[arg(long, requires = "ci", value_name = "COMMAND")]
    build: Option<String>,
    /// With --ci: the commit of syndicate's repository to install from [default: that of this release]
    #[arg(long, requires = "ci", value_name = "OWNER/REPO@SHA")]
    action: Option<ActionPin>,
    /// With --ci: print the configuration and write nothing
    #[arg(long, requires = "ci")]
    print: bool,
}

/// A CI host.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum HostName {
    /// GitHub Actions
    Github,
    /// GitLab CI
    Gitlab,
}

/// A target of the deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DeployTarget {
    /// The pages of the CI host
    Pages,
    /// None; another workflow or service deploys the site
    None,
}

impl CiArguments {
    /// Returns the CI host, if a configuration was requested.
    pub(super) fn host(&self) -> Option<CiHost> {
        self.ci.map(|host| match host {
            HostName::Github => CiHost::Github,
            HostName::Gitlab => CiHost::Gitlab,
        })
    }
}

/// Writes or prints the CI configuration; also initializes the pipeline if there is none.
pub(super) async fn run(
    global: &GlobalOptions,
    arguments: &CiArguments,
    host: CiHost,
    session: &mut Session,
) -> Result<(), CliError> {
    let options = CiOptions {
        host,
        deploys: arguments.deploy.map(|target| target == DeployTarget::Pages),
        action: arguments.action.clone(),
        build: arguments.build.clone(),
    };
    let file = session.ci_file(&options)?;
    if arguments.print {
        let printed = match global.json {
            true => print_json(&json!({"v": 1, "file": file.file, "text": file.text})),
            false => print_lines(file.text.trim_end()),
        };
        return Ok(printed?);
    }
    file.check_new()?;
    if file.keeps_ledger_file {
        return Err(CliError::usage(
            "`ledger: {ci: true}` keeps the ledger in a file, which this configuration does not commit",
            "run `syndicate ledger move git` first",
        ));
    }
    let initialized = match session.file().exists() {
        true => None,
        false => Some(session.init(LedgerPlace::Git).await?),
    };
    file.write()?;
    Ok(report(global.json, initialized.as_ref(), Some(&file))?)
}
