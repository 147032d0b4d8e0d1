//! `syndicate preview --markdown --comment`: writes the preview as the comment on the pull request of this
//! run.

use syndicate_api::Context;

use crate::ci::github::{
    ApiClient, ApiError, CommentOutcome, PullRequest, append_summary, put_comment,
};
use crate::cli::failure::CliError;
use crate::cli::output::{eprint_status, eprint_warning, print_lines};

/// Creates or updates the comment. If the token may not write it, as in a run for a fork, the preview is
/// added to the summary of the job instead, or printed if there is none.
pub(super) async fn put(cx: &Context, markdown: &str) -> Result<(), CliError> {
    let pull_request = PullRequest::of(&cx.env).map_err(|error| {
        CliError::usage(
            format!("cannot comment: {error}"),
            "run it in a job of GitHub Actions with the event `pull_request`",
        )
    })?;
    let client = ApiClient::new(cx).map_err(error)?;
    let number = pull_request.number;
    match put_comment(&client, &pull_request, markdown.trim_end()).await {
        Ok((outcome, address)) => {
            let done = match outcome {
                CommentOutcome::Created => "created",
                CommentOutcome::Updated => "updated",
                CommentOutcome::Unchanged => "kept",
            };
            Ok(eprint_status(&format!(
                "{done} the comment on pull request {number}: {address}"
            ))?)
        }
        Err(ApiError::NotPermitted { status, message }) => {
            let place = match append_summary(&cx.env, markdown) {
                Ok(true) => "the preview is in the summary of this job".to_owned(),
                Ok(false) => {
                    print_lines(markdown.trim_end())?;
                    "the preview is printed instead".to_owned()
                }
                Err(error) => format!("nor is the preview in the summary of this job: {error:#}"),
            };
            Ok(eprint_warning(
                &format!(
                    "cannot comment on pull request {number} (status {status}: {message}); {place}"
                ),
                "grant the job `pull-requests: write`; a run for a fork never has it",
            )?)
        }
        Err(other) => Err(error(other)),
    }
}

fn error(error: ApiError) -> CliError {
    let message = format!("cannot comment: {error}");
    match error {
        ApiError::NoToken => {
            let hint = "add `env: {GITHUB_TOKEN: \"${{ github.token }}\"}` to the step";
            CliError::usage(message, hint)
        }
        ApiError::InvalidEndpoint(_) => {
            CliError::usage(message, "set it to an `https` address, or unset it")
        }
        _ => CliError::hinted(message, "run the job again"),
    }
}
