//! `syndicate init --ci`: writes the CI configuration of the site.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::output::{eprint_lines, eprint_status, print_json, print_lines, print_result};
use super::super::{CliError, GlobalOptions};
use super::report;
use crate::session::{CiFile, CiOptions, Session};
use crate::workflow::ActionPin;

/// Options of `init --ci`.
#[derive(Args, Debug)]
pub(super) struct CiArguments {
    /// Also write the CI configuration for this host
    #[arg(long, value_name = "HOST")]
    ci: Option<CiHost>,
    /// With --ci: where the site is deployed [default: pages, unless another workflow deploys it]
    #[arg(long, requires = "ci", value_name = "TARGET")]
    deploy: Option<DeployTarget>,
    /// With --ci: the command that builds the site
    #[arg(long, requires = "ci", value_name = "COMMAND")]
    build: Option<String>,
    /// With --ci github: the action that installs syndicate [default: that of this release]
    #[arg(long, requires = "ci", value_name = "OWNER/REPO@SHA")]
    action: Option<ActionPin>,
    /// With --ci: print the configuration and write nothing
    #[arg(long, requires = "ci")]
    print: bool,
}

/// A CI host.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum CiHost {
    /// GitHub Actions
    Github,
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
    pub(super) fn is_requested(&self) -> bool {
        self.ci.is_some()
    }
}

/// Writes or prints the CI configuration; also initializes the pipeline if there is none.
pub(super) async fn run(
    global: &GlobalOptions,
    arguments: &CiArguments,
    session: &Session,
) -> Result<(), CliError> {
    let options = CiOptions {
        deploys: arguments.deploy.map(|target| target == DeployTarget::Pages),
        action: arguments.action.clone(),
        build: arguments.build.clone(),
    };
    let file = session.github_workflow(&options)?;
    if arguments.print {
        return Ok(match global.json {
            true => print_json(&json!({"v": 1, "file": file.file, "text": file.text}))?,
            false => print_lines(file.text.trim_end())?,
        });
    }
    file.check_new()?;
    let initialized = match session.file().exists() {
        true => None,
        false => Some(session.init().await?),
    };
    file.write()?;
    Ok(report(global.json, initialized.as_ref(), Some(&file))?)
}

/// Prints the path of the CI configuration and the next steps.
pub(super) fn report_file(file: &CiFile) -> anyhow::Result<()> {
    let path = file.file.display().to_string();
    print_result(&format!("wrote: {path}"))?;
    for note in &file.notes {
        eprint_status(&format!("note: {note}"))?;
    }
    let mut steps = Vec::new();
    if file.deploys {
        steps.push(
            "In the repository's settings, set Pages > Source to `GitHub Actions`.".to_owned(),
        );
    }
    for secret in &file.secrets {
        steps.push(format!("gh secret set {secret} --env syndicate"));
    }
    steps.push(format!(
        "git add {path} && git commit -m 'Publish posts' && git push"
    ));
    eprint_lines(&format!("\nNext:\n  {}", steps.join("\n  ")))
}
