//! Authentication: login, and the use of the token.

mod life;
mod login;
mod profiles;
mod sandbox;

use crate::support::oauth::CLIENT_SECRET;
use crate::support::project::Run;
use crate::support::{OAuth, Platform, Project};

/// Returns a project that signs in at `oauth` and posts to `platform`.
pub(super) fn project(platform: &Platform, oauth: &OAuth) -> Project {
    with_options(platform, &oauth.url, "")
}

pub(super) fn with_options(platform: &Platform, issuer: &str, options: &str) -> Project {
    let endpoint = &platform.url;
    Project::with_pipeline(&format!(
        "sources: {{blog: {{type: site, path: posts, url: 'https://example.org', permalink: '/:slug/'}}}}\n\
         sinks: {{linkedin: {{type: linkedin, endpoint: '{endpoint}', oauth_endpoint: '{issuer}', \
         thumbnail: skip{options}}}}}\n"
    ))
    .with_ledger()
    .env("LINKEDIN_CLIENT_ID", "86app")
    .env("LINKEDIN_CLIENT_SECRET", CLIENT_SECRET)
    .post("posts/one.md", "title: One\ndate: 2026-11-20")
}

/// Runs `syndicate check --online` with the site on loopback, so that no real host is contacted.
pub(super) fn doctor(project: &Project, more: &str) -> Run {
    let pipeline = project.read("pipeline.yaml");
    let local = pipeline.replace("https://example.org", "http://127.0.0.1:9");
    project.write("pipeline.yaml", local);
    let run = project.run(&format!("check --online {more}"));
    project.write("pipeline.yaml", pipeline);
    run
}

/// Path of the token file of the default profile.
pub(super) const PROFILE: &str = ".home/.config/syndicate/tokens/linkedin/default.json";
