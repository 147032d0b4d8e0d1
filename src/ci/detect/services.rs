//! Runs of the services other than GitHub Actions and its relatives.

use syndicate_api::Env;

use super::host::Host;
use super::run::{CiRun, RunRef, var};

/// Adds to `run` what the variables of its service say.
pub(super) fn describe(run: CiRun, env: &Env) -> CiRun {
    let get = |name: &str| var(env, name);
    match run.host {
        Host::GitLab => run
            .on_ref(select(
                get("CI_MERGE_REQUEST_IID").or_else(|| get("CI_EXTERNAL_PULL_REQUEST_IID")),
                get("CI_COMMIT_TAG"),
                get("CI_COMMIT_BRANCH"),
            ))
            .with_default(get("CI_DEFAULT_BRANCH"))
            .at(get("CI_JOB_URL")),
        Host::Netlify => netlify(run, env),
        Host::CloudflarePages => run.on_branch(get("CF_PAGES_BRANCH")),
        Host::CloudflareWorkers => run.on_branch(get("WORKERS_CI_BRANCH")),
        Host::Vercel => {
            let pull_request = get("VERCEL_GIT_PULL_REQUEST_ID");
            let target = get("VERCEL_ENV");
            run.on_ref(select(pull_request, None, get("VERCEL_GIT_COMMIT_REF")))
                .with_production(target.map(|target| target == "production"))
        }
        // `CIRCLE_PULL_REQUEST` is also set for a branch that has a pull request.
        Host::CircleCi => run
            .on_ref(select(
                get("CIRCLE_PR_NUMBER"),
                get("CIRCLE_TAG"),
                get("CIRCLE_BRANCH"),
            ))
            .at(get("CIRCLE_BUILD_URL")),
        Host::Travis => run
            .on_ref(select(
                number(env, "TRAVIS_PULL_REQUEST"),
                get("TRAVIS_TAG"),
                get("TRAVIS_BRANCH"),
            ))
            .at(get("TRAVIS_BUILD_WEB_URL")),
        Host::Azure => azure(run, env),
        Host::Bitbucket => run.on_ref(select(
            get("BITBUCKET_PR_ID"),
            get("BITBUCKET_TAG"),
            get("BITBUCKET_BRANCH"),
        )),
        // `GIT_BRANCH` of a job for one branch is not read: that job's settings chose the branch.
        Host::Jenkins => run
            .on_ref(select(
                get("CHANGE_ID"),
                get("TAG_NAME"),
                get("BRANCH_NAME"),
            ))
            .with_production(get("BRANCH_IS_PRIMARY").map(|value| value == "true"))
            .at(get("BUILD_URL")),
        Host::Woodpecker => {
            let pull_request =
                pull_request_event(env, "CI_PIPELINE_EVENT", "CI_COMMIT_PULL_REQUEST");
            let branch = get("CI_COMMIT_BRANCH");
            run.on_ref(pull_request.unwrap_or_else(|| select(None, get("CI_COMMIT_TAG"), branch)))
                .with_default(get("CI_REPO_DEFAULT_BRANCH"))
                .at(get("CI_PIPELINE_URL"))
        }
        Host::Drone => {
            let pull_request = pull_request_event(env, "DRONE_BUILD_EVENT", "DRONE_PULL_REQUEST");
            let branch = get("DRONE_BRANCH");
            run.on_ref(pull_request.unwrap_or_else(|| select(None, get("DRONE_TAG"), branch)))
                .with_default(get("DRONE_REPO_BRANCH"))
                .at(get("DRONE_BUILD_LINK"))
        }
        Host::Buildkite => run
            .on_ref(select(
                number(env, "BUILDKITE_PULL_REQUEST"),
                get("BUILDKITE_TAG"),
                get("BUILDKITE_BRANCH"),
            ))
            .with_default(get("BUILDKITE_PIPELINE_DEFAULT_BRANCH"))
            .at(get("BUILDKITE_BUILD_URL")),
        Host::GitHub | Host::Forgejo | Host::Gitea | Host::Other => run,
    }
}

/// Returns the commit of a run by the first of the values that is set. A run for a tag may also name a
/// branch, and a run for a pull request names its target.
fn select(pull_request: Option<String>, tag: Option<String>, branch: Option<String>) -> RunRef {
    if pull_request.is_some() {
        return RunRef::PullRequest(pull_request);
    }
    tag.map(RunRef::Tag)
        .or_else(|| branch.map(RunRef::Branch))
        .unwrap_or(RunRef::Unknown)
}

/// Returns the number of the pull request, from a variable that is `false` for other runs.
fn number(env: &Env, name: &str) -> Option<String> {
    var(env, name).filter(|value| value != "false")
}

/// Returns the pull request of a service whose variable `event` says why the run was started.
fn pull_request_event(env: &Env, event: &str, number: &str) -> Option<RunRef> {
    let is_pull_request = var(env, event).is_some_and(|event| event.starts_with("pull_request"));
    is_pull_request.then(|| RunRef::PullRequest(var(env, number)))
}

fn netlify(run: CiRun, env: &Env) -> CiRun {
    let context = var(env, "CONTEXT");
    let is_preview = context.as_deref() == Some("deploy-preview")
        || var(env, "PULL_REQUEST").as_deref() == Some("true");
    let url = var(env, "SITE_NAME")
        .zip(var(env, "DEPLOY_ID"))
        .map(|(site, deploy)| format!("https://app.netlify.com/sites/{site}/deploys/{deploy}"));
    let run = if is_preview {
        run.on_ref(RunRef::PullRequest(var(env, "REVIEW_ID")))
    } else {
        run.on_branch(var(env, "BRANCH"))
    };
    run.with_production(context.map(|context| context == "production"))
        .at(url)
}

fn azure(run: CiRun, env: &Env) -> CiRun {
    let full = var(env, "BUILD_SOURCEBRANCH").unwrap_or_default();
    let pull_request = var(env, "SYSTEM_PULLREQUEST_PULLREQUESTID");
    let run_ref = if pull_request.is_some() || full.starts_with("refs/pull/") {
        RunRef::PullRequest(pull_request)
    } else {
        let part = |prefix| full.strip_prefix(prefix).map(str::to_owned);
        select(None, part("refs/tags/"), part("refs/heads/"))
    };
    let url = (|| {
        let (server, project) = (
            var(env, "SYSTEM_COLLECTIONURI")?,
            var(env, "SYSTEM_TEAMPROJECT")?,
        );
        let id = var(env, "BUILD_BUILDID")?;
        Some(format!("{server}{project}/_build/results?buildId={id}"))
    })();
    run.on_ref(run_ref).at(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the commit of a run with these variables, and `true` if it is for the default branch.
    fn read<const N: usize>(pairs: [(&str, &str); N]) -> (RunRef, Option<bool>) {
        let run = crate::ci::detect_run(&Env::from_pairs(pairs)).unwrap();
        let is_default = run.is_default_branch();
        (run.run_ref, is_default)
    }

    fn branch(name: &str) -> RunRef {
        RunRef::Branch(name.to_owned())
    }

    fn pull(number: &str) -> RunRef {
        RunRef::PullRequest(Some(number.to_owned()))
    }

    fn tag(name: &str) -> RunRef {
        RunRef::Tag(name.to_owned())
    }

    #[test]
    fn gitlab_names_default_branch() {
        let of = |name, value| {
            read([
                ("GITLAB_CI", "true"),
                ("CI_DEFAULT_BRANCH", "main"),
                (name, value),
            ])
        };
        assert_eq!(of("CI_COMMIT_BRANCH", "main"), (branch("main"), Some(true)));
        assert_eq!(of("CI_COMMIT_BRANCH", "x"), (branch("x"), Some(false)));
        assert_eq!(of("CI_COMMIT_TAG", "v1"), (tag("v1"), None));
        assert_eq!(of("CI_MERGE_REQUEST_IID", "4"), (pull("4"), None));
    }

    #[test]
    fn context_marks_production_branch() {
        let netlify = |context, name, value| {
            read([
                ("NETLIFY", "true"),
                ("CONTEXT", context),
                ("BRANCH", "main"),
                (name, value),
            ])
        };
        let production = netlify("production", "PULL_REQUEST", "false");
        assert_eq!(production, (branch("main"), Some(true)));
        let other = netlify("branch-deploy", "PULL_REQUEST", "false");
        assert_eq!(other, (branch("main"), Some(false)));
        assert_eq!(netlify("deploy-preview", "REVIEW_ID", "3").0, pull("3"));
        let vercel = |target, number| {
            read([
                ("VERCEL", "1"),
                ("VERCEL_ENV", target),
                ("VERCEL_GIT_COMMIT_REF", "main"),
                ("VERCEL_GIT_PULL_REQUEST_ID", number),
            ])
        };
        assert_eq!(vercel("production", ""), (branch("main"), Some(true)));
        assert_eq!(vercel("preview", ""), (branch("main"), Some(false)));
        assert_eq!(vercel("preview", "5"), (pull("5"), None));
    }

    #[test]
    fn pull_request_wins_over_its_target() {
        let cases = [
            (
                read([
                    ("TRAVIS", "true"),
                    ("TRAVIS_BRANCH", "main"),
                    ("TRAVIS_PULL_REQUEST", "9"),
                ]),
                "9",
            ),
            (
                read([
                    ("BUILDKITE", "true"),
                    ("BUILDKITE_BRANCH", "x"),
                    ("BUILDKITE_PULL_REQUEST", "9"),
                ]),
                "9",
            ),
            (
                read([
                    ("BITBUCKET_BUILD_NUMBER", "1"),
                    ("BITBUCKET_BRANCH", "x"),
                    ("BITBUCKET_PR_ID", "9"),
                ]),
                "9",
            ),
            (
                read([
                    ("CIRCLECI", "true"),
                    ("CIRCLE_BRANCH", "pull/9"),
                    ("CIRCLE_PR_NUMBER", "9"),
                ]),
                "9",
            ),
            (
                read([
                    ("JENKINS_URL", "http://ci/"),
                    ("BRANCH_NAME", "PR-9"),
                    ("CHANGE_ID", "9"),
                ]),
                "9",
            ),
            (
                read([
                    ("CI", "woodpecker"),
                    ("CI_PIPELINE_EVENT", "pull_request_closed"),
                    ("CI_COMMIT_BRANCH", "main"),
                    ("CI_COMMIT_PULL_REQUEST", "9"),
                ]),
                "9",
            ),
            (
                read([
                    ("DRONE", "true"),
                    ("DRONE_BUILD_EVENT", "pull_request"),
                    ("DRONE_BRANCH", "main"),
                    ("DRONE_PULL_REQUEST", "9"),
                ]),
                "9",
            ),
        ];
        for ((run_ref, is_default), number) in cases {
            assert_eq!((run_ref, is_default), (pull(number), None));
        }
        let azure = read([
            ("TF_BUILD", "True"),
            ("BUILD_SOURCEBRANCH", "refs/pull/9/merge"),
        ]);
        assert_eq!(azure.0, RunRef::PullRequest(None));
    }

    #[test]
    fn tag_wins_over_branch() {
        let travis = read([
            ("TRAVIS", "true"),
            ("TRAVIS_BRANCH", "v1"),
            ("TRAVIS_TAG", "v1"),
        ]);
        assert_eq!(travis.0, tag("v1"));
        let azure = read([("TF_BUILD", "True"), ("BUILD_SOURCEBRANCH", "refs/tags/v1")]);
        assert_eq!(azure.0, tag("v1"));
    }

    #[test]
    fn push_without_pull_request_is_branch() {
        let travis = read([
            ("TRAVIS", "true"),
            ("TRAVIS_BRANCH", "main"),
            ("TRAVIS_PULL_REQUEST", "false"),
        ]);
        assert_eq!(travis, (branch("main"), None));
        let azure = read([
            ("TF_BUILD", "True"),
            ("BUILD_SOURCEBRANCH", "refs/heads/a/b"),
        ]);
        assert_eq!(azure, (branch("a/b"), None));
        let primary = read([
            ("JENKINS_URL", "http://ci/"),
            ("BRANCH_NAME", "main"),
            ("BRANCH_IS_PRIMARY", "true"),
        ]);
        assert_eq!(primary, (branch("main"), Some(true)));
        let drone = read([
            ("DRONE", "true"),
            ("DRONE_BUILD_EVENT", "push"),
            ("DRONE_BRANCH", "x"),
            ("DRONE_REPO_BRANCH", "main"),
        ]);
        assert_eq!(drone, (branch("x"), Some(false)));
        let circle = read([
            ("CIRCLECI", "true"),
            ("CIRCLE_BRANCH", "main"),
            ("CIRCLE_PULL_REQUEST", "https://host.example/pull/1"),
        ]);
        assert_eq!(circle, (branch("main"), None));
    }

    #[test]
    fn unknown_service_names_no_branch() {
        assert_eq!(
            read([("CI", "true"), ("BRANCH", "x")]),
            (RunRef::Unknown, None)
        );
    }
}
