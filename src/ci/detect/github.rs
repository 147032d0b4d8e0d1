//! Runs of GitHub Actions, and of Forgejo and Gitea, which set the same variables.

use serde_json::Value;
use syndicate_api::Env;

use super::run::{CiRun, RunRef, var};

/// Adds to `run` what the variables and the `event` say.
pub(super) fn describe(run: CiRun, env: &Env, event: Option<&[u8]>) -> CiRun {
    let event: Value = event
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .unwrap_or_default();
    let text = |pointer: &str| event.pointer(pointer)?.as_str().map(str::to_owned);
    let name = var(env, "GITHUB_EVENT_NAME").unwrap_or_default();
    let run_ref = run_ref(env, &name, &event);
    let default = text("/repository/default_branch");
    // The event of a scheduled run names no repository. Schedules run only on the default branch.
    let default = default.or_else(|| match &run_ref {
        RunRef::Branch(branch) if name == "schedule" => Some(branch.clone()),
        _ => None,
    });
    let url = (|| {
        let (server, repository) = (
            var(env, "GITHUB_SERVER_URL")?,
            var(env, "GITHUB_REPOSITORY")?,
        );
        let id = var(env, "GITHUB_RUN_ID")?;
        Some(format!("{server}/{repository}/actions/runs/{id}"))
    })();
    run.on_ref(run_ref).with_default(default).at(url)
}

fn run_ref(env: &Env, event_name: &str, event: &Value) -> RunRef {
    let number = |pointer: &str| {
        event
            .pointer(pointer)?
            .as_u64()
            .map(|number| number.to_string())
    };
    let full = var(env, "GITHUB_REF").unwrap_or_default();
    // The branch of `pull_request_target` is the target of the pull request. A `workflow_run` after a
    // pull request runs on the default branch, often with files of the pull request.
    let after_pull_request = event_name == "workflow_run"
        && event
            .pointer("/workflow_run/event")
            .and_then(Value::as_str)
            .is_some_and(|event| event.starts_with("pull_request"));
    if event_name.starts_with("pull_request")
        || after_pull_request
        || var(env, "GITHUB_HEAD_REF").is_some()
        || full.starts_with("refs/pull/")
    {
        let in_ref = || {
            full.strip_prefix("refs/pull/")?
                .split('/')
                .next()
                .map(str::to_owned)
        };
        let number = number("/pull_request/number").or_else(|| number("/number"));
        return RunRef::PullRequest(number.or_else(in_ref));
    }
    if let Some(branch) = full.strip_prefix("refs/heads/") {
        return RunRef::Branch(branch.to_owned());
    }
    full.strip_prefix("refs/tags/")
        .map_or(RunRef::Unknown, |tag| RunRef::Tag(tag.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ci::detect::host::Host;

    const EVENT: &[u8] = br#"{"repository":{"default_branch":"trunk"},"number":7}"#;

    fn run<const N: usize>(event: Option<&[u8]>, pairs: [(&str, &str); N]) -> CiRun {
        let empty = CiRun::of(Host::GitHub);
        describe(empty, &Env::from_pairs(pairs), event)
    }

    #[test]
    fn push_names_both_branches() {
        let pushed = |reference: &str| {
            let pairs = [("GITHUB_EVENT_NAME", "push"), ("GITHUB_REF", reference)];
            run(Some(EVENT), pairs).is_default_branch()
        };
        assert_eq!(pushed("refs/heads/trunk"), Some(true));
        assert_eq!(pushed("refs/heads/feature/x"), Some(false));
        assert_eq!(pushed("refs/tags/trunk"), None);
    }

    #[test]
    fn pull_requests_have_no_branch() {
        let pull = |number: &str| RunRef::PullRequest(Some(number.to_owned()));
        let target = run(
            Some(EVENT),
            [
                ("GITHUB_EVENT_NAME", "pull_request_target"),
                ("GITHUB_REF", "refs/heads/trunk"),
                ("GITHUB_HEAD_REF", "feature"),
            ],
        );
        assert_eq!(target.run_ref, pull("7"));
        let without_event = run(None, [("GITHUB_REF", "refs/pull/12/merge")]);
        assert_eq!(without_event.run_ref, pull("12"));
        let after =
            br#"{"workflow_run":{"event":"pull_request"},"repository":{"default_branch":"trunk"}}"#;
        let after = run(
            Some(after),
            [
                ("GITHUB_EVENT_NAME", "workflow_run"),
                ("GITHUB_REF", "refs/heads/trunk"),
            ],
        );
        assert_eq!(after.run_ref, RunRef::PullRequest(None));
    }

    #[test]
    fn scheduled_run_is_on_default_branch() {
        let scheduled = run(
            Some(br#"{"schedule":"0 * * * *"}"#),
            [
                ("GITHUB_EVENT_NAME", "schedule"),
                ("GITHUB_REF", "refs/heads/trunk"),
            ],
        );
        assert_eq!(scheduled.is_default_branch(), Some(true));
    }

    #[test]
    fn unreadable_event_leaves_default_unknown() {
        let pairs = [
            ("GITHUB_EVENT_NAME", "push"),
            ("GITHUB_REF", "refs/heads/x"),
        ];
        let broken = run(Some(b"{"), pairs);
        assert_eq!(broken.is_default_branch(), None);
        let found = broken.or_default_branch(|| Some("x".to_owned()));
        assert_eq!(found.is_default_branch(), Some(true));
    }

    #[test]
    fn run_has_address() {
        let url = run(
            None,
            [
                ("GITHUB_SERVER_URL", "https://git.example"),
                ("GITHUB_REPOSITORY", "ann/blog"),
                ("GITHUB_RUN_ID", "42"),
            ],
        )
        .url;
        assert_eq!(url.unwrap(), "https://git.example/ann/blog/actions/runs/42");
    }
}
