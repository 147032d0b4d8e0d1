//! GitHub Actions, and Gitea and Forgejo Actions, which read the same commands and files.

mod api;
mod command;
mod comment;
mod file_commands;
mod run;

pub(crate) use self::api::{ApiClient, ApiError};
pub(crate) use self::command::format_commands;
pub(crate) use self::comment::{COMMENT_MARKER, CommentOutcome, put_comment};
pub(crate) use self::file_commands::{append_outputs, append_summary, summary_space};
pub(crate) use self::run::{GithubRun, PullRequest};
