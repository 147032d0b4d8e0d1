//! `syndicate init --ci`: writes the CI configuration of the site.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::output::{eprint_lines, eprint_status, print_json, print_lines, print_result};
use super::super::{CliError, GlobalOptions};
use super::report;
use crate::session::{CiFile, CiOptions, Session};
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
    let steps = match file.host {
        CiHost::Github => github_steps(file),
        CiHost::Gitlab => gitlab_steps(file),
    };
    let commit = "git add --all && git commit -m 'Publish posts' && git push";
    eprint_lines(&format!("\nNext:\n  {}\n  {commit}", steps.join("\n  ")))
}

fn github_steps(file: &CiFile) -> Vec<String> {
    let mut steps = Vec::new();
    if file.deploys {
        steps.push("set Settings > Pages > Source to `GitHub Actions`".to_owned());
    }
    let secrets = file.secrets.iter();
    steps.extend(secrets.map(|name| format!("gh secret set {name} --env syndicate")));
    steps
}

fn gitlab_steps(file: &CiFile) -> Vec<String> {
    let mut steps = vec![
        "in Settings > CI/CD > Job token permissions, allow Git push requests".to_owned(),
        "in Build > Pipeline schedules, add a schedule for the default branch".to_owned(),
    ];
    let secrets = file.secrets.iter();
    steps.extend(secrets.map(|name| {
        format!(
            "in Settings > CI/CD > Variables, add {name}: protected, masked, for the environment \
             `syndicate`"
        )
    }));
    steps
}
