//! Decides whether the CI run of this process may send: on the default branch, or on those that
//! `policy.branches` lists.

use super::open::Session;
use crate::ci::{CiRun, RunRef, detect_run};
use crate::config::Policy;
use crate::ledger::default_branch;

impl Session {
    /// Returns the reason why this CI run sends nothing, or `None` outside CI, in a sandbox session, and
    /// for a run that sends.
    pub(super) fn ci_hold(&self, policy: &Policy) -> Option<String> {
        if self.is_sandbox() {
            return None;
        }
        let run = detect_run(&self.cx().env)?;
        // Without a list of branches, the default branch decides.
        let run = match policy.branches.is_empty() {
            true => run.or_default_branch(|| default_branch(&self.ledger_file())),
            false => run,
        };
        hold(&run, policy)
    }
}

/// Returns the reason why `run` sends nothing. A run that names no branch, such as one for a tag, sends.
///
/// If the default branch is unknown, nothing is sent: the skip can be undone by an entry in
/// `policy.branches`, and a post cannot.
fn hold(run: &CiRun, policy: &Policy) -> Option<String> {
    if let RunRef::PullRequest(number) = &run.run_ref {
        let number = number.as_ref().map(|number| format!(" {number}"));
        let number = number.unwrap_or_default();
        return Some(format!("this CI run is for the pull request{number}"));
    }
    let branch = run.branch()?;
    if !policy.branches.is_empty() {
        return (!policy.lists_branch(branch)).then(|| {
            format!(
                "this CI run is on the branch `{branch}`, which `policy.branches` does not list"
            )
        });
    }
    match (run.is_default_branch(), &run.default_branch) {
        (Some(true), _) => None,
        (Some(false), Some(default)) => Some(format!(
            "this CI run is on the branch `{branch}`, not on the default branch `{default}`"
        )),
        (Some(false), None) => Some(format!(
            "this CI run is on the branch `{branch}`, which is not the branch that {} publishes",
            run.host.name()
        )),
        (None, _) => Some(format!(
            "this CI run is on the branch `{branch}`, and {} does not name the default branch; if it is \
             `{branch}`, set `policy.branches: [{branch}]`",
            run.host.name()
        )),
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::Env;

    use super::*;

    fn held<const N: usize>(branches: &[&str], pairs: [(&str, &str); N]) -> Option<String> {
        let policy = Policy {
            branches: branches.iter().map(|&name| name.to_owned()).collect(),
            ..Policy::default()
        };
        hold(&detect_run(&Env::from_pairs(pairs)).unwrap(), &policy)
    }

    fn gitlab(branches: &[&str], name: &str, value: &str) -> Option<String> {
        held(
            branches,
            [
                ("GITLAB_CI", "true"),
                ("CI_DEFAULT_BRANCH", "main"),
                (name, value),
            ],
        )
    }

    #[test]
    fn only_default_branch_sends() {
        assert_eq!(gitlab(&[], "CI_COMMIT_BRANCH", "main"), None);
        let reason = gitlab(&[], "CI_COMMIT_BRANCH", "draft").unwrap();
        assert!(reason.contains("`draft`, not on the default branch `main`"));
    }

    #[test]
    fn listed_branches_replace_default() {
        assert_eq!(gitlab(&["live/*"], "CI_COMMIT_BRANCH", "live/1"), None);
        assert!(gitlab(&["live/*"], "CI_COMMIT_BRANCH", "main").is_some());
    }

    #[test]
    fn merge_request_never_sends() {
        let reason = gitlab(&["**"], "CI_MERGE_REQUEST_IID", "4").unwrap();
        assert_eq!(reason, "this CI run is for the pull request 4");
    }

    #[test]
    fn run_without_branch_sends() {
        assert_eq!(gitlab(&[], "CI_COMMIT_TAG", "v1"), None);
        assert_eq!(gitlab(&["live"], "CI_COMMIT_TAG", "v1"), None);
        assert_eq!(held(&[], [("CI", "true")]), None);
    }

    #[test]
    fn unknown_default_branch_holds() {
        let reason = held(&[], [("CF_PAGES", "1"), ("CF_PAGES_BRANCH", "main")]).unwrap();
        assert!(reason.contains("set `policy.branches: [main]`"), "{reason}");
        let preview = held(
            &[],
            [
                ("NETLIFY", "true"),
                ("CONTEXT", "branch-deploy"),
                ("BRANCH", "x"),
            ],
        );
        assert!(preview.unwrap().contains("Netlify publishes"));
    }
}
