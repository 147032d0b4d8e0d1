//! The run of a workflow: its addresses, and the pull request that it belongs to.

use serde_json::Value;
use syndicate_api::Env;
use url::Url;

use crate::ci::detect::host::Host;

/// A run of GitHub Actions, or of Gitea or Forgejo Actions.
#[derive(Clone, Debug)]
pub(crate) struct GithubRun {
    /// The address of the repository.
    repository: Url,
    host: Host,
    env: Env,
}

/// The pull request that a run belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PullRequest {
    /// The owner and the name of the repository, as in `octo/site`.
    pub(crate) repository: String,
    /// The number of the pull request.
    pub(crate) number: u64,
}

/// A run without a pull request.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PullRequestError {
    /// The program does not run in a job of GitHub.
    #[error("this is not a job of GitHub Actions: `{0}` is not set")]
    NoJob(&'static str),
    /// The file with the event cannot be read.
    #[error("cannot read the event of this run in `{0}`")]
    UnreadableEvent(String),
    /// Another event started the run.
    #[error("the event `{0}` of this run belongs to no pull request")]
    OtherEvent(String),
}

impl GithubRun {
    /// Returns the run of this job, or `None` outside of one.
    pub(crate) fn of(env: &Env) -> Option<Self> {
        let host = Host::detect(env)?;
        if !matches!(host, Host::GitHub | Host::Forgejo | Host::Gitea) {
            return None;
        }
        let server = env.get("GITHUB_SERVER_URL");
        let server = server.as_deref().unwrap_or("https://github.com");
        let name = repository(env)?;
        let address = format!("{}/{name}/", server.trim_end_matches('/'));
        let repository = Url::parse(&address).ok()?;
        matches!(repository.scheme(), "http" | "https").then(|| Self {
            repository,
            host,
            env: env.clone(),
        })
    }

    /// Returns the address of the page that lists the artefacts of this run.
    pub(crate) fn artifacts_url(&self) -> Option<Url> {
        // Gitea and Forgejo address a run by its number in the repository.
        let (variable, anchor) = match self.is_forge() {
            true => ("GITHUB_RUN_NUMBER", ""),
            false => ("GITHUB_RUN_ID", "#artifacts"),
        };
        let run = self.env.get(variable)?;
        let is_number = !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit());
        let page = format!("actions/runs/{run}{anchor}");
        is_number.then(|| self.repository.join(&page).ok())?
    }

    /// Returns the name of the workflow.
    pub(crate) fn workflow(&self) -> Option<String> {
        self.env
            .get("GITHUB_WORKFLOW")
            .filter(|name| !name.is_empty())
    }

    /// Returns the address of the page on which a person starts the workflow.
    pub(crate) fn workflow_url(&self) -> Option<Url> {
        let workflow = self.env.get("GITHUB_WORKFLOW_REF")?;
        // As in `octo/site/.github/workflows/syndicate.yml@refs/heads/main`.
        let path = workflow.split('@').next()?;
        let file = path.rsplit('/').next().filter(|file| !file.is_empty())?;
        let mut page = self.repository.clone();
        page.path_segments_mut()
            .ok()?
            .pop_if_empty()
            .push("actions");
        if self.is_forge() {
            page.query_pairs_mut().append_pair("workflow", file);
        } else {
            page.path_segments_mut().ok()?.extend(["workflows", file]);
        }
        Some(page)
    }

    /// Returns `true` on Gitea and Forgejo.
    fn is_forge(&self) -> bool {
        self.host != Host::GitHub
    }
}

impl PullRequest {
    /// Returns the pull request of this run, from the event that started it. An event about a comment on a
    /// pull request counts as well.
    pub(crate) fn of(env: &Env) -> Result<Self, PullRequestError> {
        let repository = repository(env).ok_or(PullRequestError::NoJob("GITHUB_REPOSITORY"))?;
        let file = env
            .get("GITHUB_EVENT_PATH")
            .ok_or(PullRequestError::NoJob("GITHUB_EVENT_PATH"))?;
        let text = std::fs::read(&file).ok();
        let event: Value = text
            .and_then(|text| serde_json::from_slice(&text).ok())
            .ok_or(PullRequestError::UnreadableEvent(file))?;
        let issue = &event["issue"];
        let of_comment = issue["pull_request"].is_object().then_some(issue);
        let number = event["pull_request"]["number"].as_u64();
        let number = number.or_else(|| of_comment?["number"].as_u64());
        let number = number.ok_or_else(|| {
            let name = env.get("GITHUB_EVENT_NAME").unwrap_or_default();
            PullRequestError::OtherEvent(name)
        })?;
        Ok(Self { repository, number })
    }
}

/// Returns the owner and the name of the repository. Both are part of addresses, so other characters than
/// those that GitHub allows are refused.
fn repository(env: &Env) -> Option<String> {
    let repository = env.get("GITHUB_REPOSITORY")?;
    let (owner, name) = repository.split_once('/')?;
    let is_name = |text: &str| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        !matches!(text, "" | "." | "..") && text.chars().all(is_allowed)
    };
    (is_name(owner) && is_name(name)).then_some(repository)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(more: [(&str, &str); 2]) -> Option<GithubRun> {
        let [first, second] = more;
        GithubRun::of(&Env::from_pairs([
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SERVER_URL", "https://git.example.org/sub"),
            ("GITHUB_REPOSITORY", "octo/site"),
            ("GITHUB_RUN_ID", "7000"),
            ("GITHUB_RUN_NUMBER", "12"),
            first,
            second,
        ]))
    }

    const WORKFLOW: (&str, &str) = (
        "GITHUB_WORKFLOW_REF",
        "octo/site/.github/workflows/a b.yml@refs/heads/main",
    );

    #[test]
    fn github_has_pages_of_run() {
        let run = run([WORKFLOW, ("GITHUB_WORKFLOW", "Publish posts")]).unwrap();
        let page = |path: &str| format!("https://git.example.org/sub/octo/site/actions/{path}");
        assert_eq!(
            run.artifacts_url().unwrap().as_str(),
            page("runs/7000#artifacts")
        );
        assert_eq!(
            run.workflow_url().unwrap().as_str(),
            page("workflows/a%20b.yml")
        );
        assert_eq!(run.workflow().unwrap(), "Publish posts");
    }

    #[test]
    fn gitea_has_other_addresses() {
        let run = run([WORKFLOW, ("GITEA_ACTIONS", "true")]).unwrap();
        let page = |path: &str| format!("https://git.example.org/sub/octo/site/actions{path}");
        assert_eq!(run.artifacts_url().unwrap().as_str(), page("/runs/12"));
        assert_eq!(
            run.workflow_url().unwrap().as_str(),
            page("?workflow=a+b.yml")
        );
    }

    #[test]
    fn strange_repository_is_refused() {
        for name in [
            "octo",
            "octo/../site",
            "a/b/c",
            "octo/site?x",
            "/site",
            "octo/..",
        ] {
            assert!(
                run([("GITHUB_REPOSITORY", name), ("A", "")]).is_none(),
                "{name}"
            );
        }
        assert!(run([("GITHUB_ACTIONS", "false"), ("A", "")]).is_none());
        assert!(run([("GITHUB_SERVER_URL", "file:///etc"), ("A", "")]).is_none());
    }

    fn pull_request(event: &str) -> Result<PullRequest, PullRequestError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("event.json");
        std::fs::write(&file, event).unwrap();
        PullRequest::of(&Env::from_pairs([
            ("GITHUB_REPOSITORY", "octo/site"),
            ("GITHUB_EVENT_NAME", "push"),
            ("GITHUB_EVENT_PATH", file.to_str().unwrap()),
        ]))
    }

    #[test]
    fn number_is_of_pull_request() {
        for event in [
            r#"{"action": "opened", "number": 5, "pull_request": {"number": 5}}"#,
            r#"{"issue": {"number": 5, "pull_request": {"url": "x"}}, "comment": {"id": 1}}"#,
        ] {
            assert_eq!(pull_request(event).unwrap().number, 5, "{event}");
        }
    }

    #[test]
    fn event_without_pull_request_is_named() {
        let other = Err(PullRequestError::OtherEvent("push".to_owned()));
        assert_eq!(pull_request(r#"{"ref": "refs/heads/main"}"#), other);
        assert_eq!(pull_request(r#"{"issue": {"number": 5}}"#), other);
        let unreadable = pull_request("{");
        assert!(matches!(
            unreadable,
            Err(PullRequestError::UnreadableEvent(_))
        ));
        let no_job = PullRequest::of(&Env::empty());
        assert_eq!(no_job, Err(PullRequestError::NoJob("GITHUB_REPOSITORY")));
    }
}
