//! The output for CI services: annotations, summaries, outputs, reports and the comment on a pull request. The
//! variables of the services are set, and what the program writes is read as the services read it.

mod comment;
mod github;
mod github_api;
mod gitlab;
mod injection;
mod runner;
mod schemas;

use crate::support::Project;

/// Returns `project` as the workspace of a job of GitHub Actions, whose repository is the whole folder.
fn on_github(project: Project) -> Project {
    let path = |name: &str| project.path(name).to_str().unwrap().to_owned();
    let (workspace, output, summary) = (path(""), path(".output"), path(".summary"));
    project
        .env("CI", "true")
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_WORKSPACE", &workspace)
        .env("GITHUB_SERVER_URL", "https://github.example.org")
        .env("GITHUB_REPOSITORY", "octo/site")
        .env("GITHUB_RUN_ID", "7000")
        .env("GITHUB_WORKFLOW", "Publish posts")
        .env(
            "GITHUB_WORKFLOW_REF",
            "octo/site/.github/workflows/syndicate.yml@refs/heads/main",
        )
        .env("GITHUB_OUTPUT", &output)
        .env("GITHUB_STEP_SUMMARY", &summary)
}

/// Returns a pipeline that keeps its ledger file in CI, with a sink at `endpoint`.
fn pipeline(endpoint: &str) -> String {
    format!("{}ledger: {{ci: true}}\n", crate::build::pipeline(endpoint))
}
