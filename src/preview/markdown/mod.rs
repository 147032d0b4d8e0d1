//! Renders plans as Markdown for GitHub and GitLab: a table for a comment on a pull request, and the
//! summary of a job. Both have a size limit and load nothing: pictures are described, not embedded.

mod comment;
mod escape;
mod summary;
mod table;

pub(crate) use self::comment::{MarkdownOptions, render_markdown};
pub(crate) use self::escape::{escape_code, escape_step};
pub(crate) use self::summary::{SummaryOptions, render_summary};
