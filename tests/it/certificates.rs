//! Systems without certificates of authorities, such as minimal containers.

use crate::build::pipeline;
use crate::support::{Platform, Project};

#[test]
fn loopback_needs_no_certificates() {
    let platform = Platform::start();
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .env("SSL_CERT_FILE", "/missing")
        .picture("posts/a.png", 600, 314)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    project.run("build").exits(0);
    assert_eq!(platform.feed().len(), 1);
}
