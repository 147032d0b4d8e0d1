//! Continuous integration services: what a job of GitHub Actions or GitLab CI reads from a program, and
//! how a person runs a command there. It knows neither plans nor the command line; the caller gives it
//! text that is ready to show, and prints what it returns.

mod annotation;
pub(crate) mod github;
pub(crate) mod gitlab;
mod manual_run;
mod repository_paths;

pub(crate) use self::annotation::{Annotation, Level, SourceLocation};
pub(crate) use self::manual_run::{ManualInstruction, ManualRun};
pub(crate) use self::repository_paths::RepositoryPaths;
