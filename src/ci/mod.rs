//! Continuous integration services: the service that runs the program with its branch, the annotations and
//! reports that it shows, and the way to run a command there by hand.
//!
//! Only variables that the service documents are read, and only from the environment that the caller
//! passes in. [`mod@detect`] has a table of the services with their sources. Nothing here knows plans or the
//! command line, and nothing here decides what is sent: `policy.branches` is a rule of the engine. Only
//! [`github::ApiClient`] contacts a server.

mod annotation;
pub(crate) mod detect;
pub(crate) mod github;
pub(crate) mod gitlab;
mod manual_run;
mod repository_paths;

pub(crate) use self::annotation::{Annotation, Level, SourceLocation};
pub(crate) use self::detect::{CiRun, RunRef, detect_run, runs_in_ci};
pub(crate) use self::manual_run::{ManualInstruction, ManualRun};
pub(crate) use self::repository_paths::RepositoryPaths;
