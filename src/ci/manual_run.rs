//! How a person runs a command of this program on a CI service, where it cannot be typed: by starting the
//! workflow or the pipeline with the command as its input.

use std::fmt;

use syndicate_api::Env;
use url::Url;

use crate::ci::detect::host::Host;
use crate::ci::github::GithubRun;

/// The commands that make sense on a runner. `status --restore` does not: a new machine has no journal.
const COMMANDS: [&str; 6] = ["build", "settle", "adopt", "approve", "update", "retract"];

/// The name of the workflow that `init --ci github` writes.
const WORKFLOW: &str = "Publish posts";

/// The CI service of this job and the page on which a person starts a run there.
#[derive(Clone, Debug)]
pub(crate) enum ManualRun {
    /// GitHub Actions, or Gitea or Forgejo Actions.
    Github {
        /// The name of the workflow.
        workflow: String,
        /// The page of the workflow.
        page: Option<Url>,
    },
    /// GitLab CI.
    Gitlab {
        /// The page that starts a pipeline.
        page: Option<Url>,
    },
}

/// How a person runs one command. Formats as text, with the page at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ManualInstruction {
    /// The instruction in the imperative, with values in backticks.
    pub(crate) text: String,
    /// The page on which the run is started.
    pub(crate) page: Option<Url>,
}

/// A command of this program and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Command {
    verb: String,
    arguments: String,
}

impl ManualRun {
    /// Returns the way to start a run by hand on the service of this job, or `None` outside of a job.
    pub(crate) fn of(env: &Env) -> Option<Self> {
        match Host::detect(env)? {
            Host::GitHub | Host::Forgejo | Host::Gitea => {
                let run = GithubRun::of(env);
                let workflow = run.as_ref().and_then(GithubRun::workflow);
                Some(Self::Github {
                    workflow: workflow.unwrap_or_else(|| WORKFLOW.to_owned()),
                    page: run.and_then(|run| run.workflow_url()),
                })
            }
            Host::GitLab => Some(Self::Gitlab {
                page: new_pipeline(env),
            }),
            _ => None,
        }
    }

    /// Returns one instruction for each command in `step`, a text with commands in backticks.
    pub(crate) fn instructions(&self, step: &str) -> Vec<ManualInstruction> {
        let commands = commands_in(step).into_iter();
        commands.map(|command| self.instruction(&command)).collect()
    }

    fn instruction(&self, Command { verb, arguments }: &Command) -> ManualInstruction {
        match self {
            Self::Github { workflow, page } => {
                let arguments = match arguments.as_str() {
                    "" => String::new(),
                    arguments => format!(" and the arguments `{arguments}`"),
                };
                let text = format!(
                    "start the workflow `{workflow}` by hand with the command `{verb}`{arguments}"
                );
                let page = page.clone();
                ManualInstruction { text, page }
            }
            Self::Gitlab { page } => {
                let text = format!(
                    "run a pipeline with the variables `SYNDICATE_COMMAND={verb}` and \
                     `SYNDICATE_ARGUMENTS={arguments}`"
                );
                let page = page.clone().map(|mut page| {
                    page.query_pairs_mut()
                        .append_pair("var[SYNDICATE_COMMAND]", verb)
                        .append_pair("var[SYNDICATE_ARGUMENTS]", arguments);
                    page
                });
                ManualInstruction { text, page }
            }
        }
    }
}

impl fmt::Display for ManualInstruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match &self.page {
            Some(page) => write!(f, ": {page}"),
            None => Ok(()),
        }
    }
}

/// Returns the page of GitLab that starts a pipeline on the default branch.
fn new_pipeline(env: &Env) -> Option<Url> {
    let project = env.get("CI_PROJECT_URL")?;
    let mut page = Url::parse(&format!("{project}/-/pipelines/new")).ok()?;
    let branch = env.get("CI_DEFAULT_BRANCH");
    let query = branch.map(|branch| ("ref", branch));
    page.query_pairs_mut().extend_pairs(query);
    Some(page)
}

/// Returns the commands in backticks. A text in backticks that is an option, as in "`syndicate settle a.md
/// --sent ID` or `--not-sent`", stands for the command before it with that option as its last one.
fn commands_in(step: &str) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    for quoted in step.split('`').skip(1).step_by(2) {
        let command = quoted.strip_prefix("syndicate ").unwrap_or(quoted);
        let (verb, arguments) = command.split_once(' ').unwrap_or((command, ""));
        let is_command = COMMANDS.contains(&verb) && (quoted != command || !arguments.is_empty());
        let command = if is_command {
            Command {
                verb: verb.to_owned(),
                arguments: arguments.to_owned(),
            }
        } else if quoted.starts_with("--")
            && let Some(Command { verb, arguments }) = commands.last().cloned()
        {
            let kept = match arguments.rfind("--") {
                Some(at) => &arguments[..at],
                None => continue,
            };
            let arguments = format!("{kept}{quoted}");
            Command { verb, arguments }
        } else {
            continue;
        };
        if !commands.contains(&command) {
            commands.push(command);
        }
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(step: &str) -> Vec<String> {
        let commands = commands_in(step).into_iter();
        commands
            .map(|Command { verb, arguments }| format!("{verb}|{arguments}"))
            .collect()
    }

    #[test]
    fn alternative_option_replaces_last_one() {
        for (step, expected) in [
            (
                "check, then `syndicate settle 'a b.md' --sink out --sent ID` or `--not-sent`",
                vec![
                    "settle|'a b.md' --sink out --sent ID",
                    "settle|'a b.md' --sink out --not-sent",
                ],
            ),
            (
                "`syndicate build --baseline out` to mark its posts, `--backfill out` to send them",
                vec!["build|--baseline out", "build|--backfill out"],
            ),
            (
                "`build --baseline` marks all posts, `build --backfill` treats them as new",
                vec!["build|--baseline", "build|--backfill"],
            ),
            ("sign in, then `syndicate build`", vec!["build|"]),
            ("run `syndicate preview --all`, or set `build`", vec![]),
            ("`--not-sent` first", vec![]),
        ] {
            assert_eq!(commands(step), expected, "{step}");
        }
    }

    #[test]
    fn github_instruction_names_workflow() {
        let run = ManualRun::of(&Env::from_pairs([
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_REPOSITORY", "octo/site"),
            (
                "GITHUB_WORKFLOW_REF",
                "octo/site/.github/workflows/syndicate.yml@refs/heads/main",
            ),
        ]));
        let said = run
            .unwrap()
            .instructions("`syndicate settle a.md --not-sent`");
        let expected = "start the workflow `Publish posts` by hand with the command `settle` and the \
            arguments `a.md --not-sent`: https://github.com/octo/site/actions/workflows/syndicate.yml";
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].to_string(), expected);
    }

    #[test]
    fn gitlab_instruction_fills_variables() {
        let run = ManualRun::of(&Env::from_pairs([
            ("GITLAB_CI", "true"),
            ("CI_PROJECT_URL", "https://gitlab.com/octo/site"),
            ("CI_DEFAULT_BRANCH", "main"),
        ]));
        let said = run
            .unwrap()
            .instructions("`syndicate settle a&b.md --not-sent`");
        let expected = "run a pipeline with the variables `SYNDICATE_COMMAND=settle` and \
            `SYNDICATE_ARGUMENTS=a&b.md --not-sent`: https://gitlab.com/octo/site/-/pipelines/new?\
            ref=main&var%5BSYNDICATE_COMMAND%5D=settle&\
            var%5BSYNDICATE_ARGUMENTS%5D=a%26b.md+--not-sent";
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].to_string(), expected);
    }

    #[test]
    fn no_instruction_outside_of_jobs() {
        assert!(ManualRun::of(&Env::empty()).is_none());
    }
}
