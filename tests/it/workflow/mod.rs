//! `init --ci`: the generated CI configurations are written, linted and run.

#[cfg(target_os = "linux")]
mod expression;
#[cfg(target_os = "linux")]
mod github_run;
#[cfg(target_os = "linux")]
mod gitlab_run;
mod init;
#[cfg(target_os = "linux")]
mod job;
mod lint;
#[cfg(target_os = "linux")]
mod runner;
#[cfg(target_os = "linux")]
mod site;
mod sites;
