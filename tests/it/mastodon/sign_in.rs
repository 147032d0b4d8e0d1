//! Signing in with an app that the program registers, and a code that the server shows.

use platform_fakes::mastodon::Mastodon;

use super::{ONE, Server, build};
use crate::support::client::get;
use crate::support::{Login, Project};

/// Path of the token file of the default profile.
const PROFILE: &str = ".home/.config/syndicate/tokens/mastodon/default.json";

/// Returns a project whose sink has no token.
fn project(server: &Server) -> Project {
    let project = server.project("").post("posts/one.md", ONE);
    let pipeline = project.read("pipeline.yaml");
    let without = pipeline.replace(", token: \"${MASTODON_TOKEN}\"", "");
    assert_ne!(without, pipeline);
    project.write("pipeline.yaml", without);
    project.without_env("MASTODON_TOKEN")
}

#[test]
fn pasted_code_signs_in() {
    let server = Server::start(Mastodon::new());
    let project = project(&server);
    build(&project, 3);
    let mut login = Login::at(&project, "mastodon");
    assert_eq!(login.parameter("redirect_uri"), "urn:ietf:wg:oauth:2.0:oob");
    assert_eq!(login.parameter("code_challenge_method"), "S256");
    assert_eq!(get(login.address.as_str(), "").status, 200);
    login.paste(&server.fake.last_code().unwrap());
    login.finish().exits(0).says(&["@alice@"]);
    assert!(project.path(PROFILE).exists());
    assert_eq!(build(&project, 0)["outcome"], "sent");
    assert_eq!(server.fake.posts().len(), 1);
    assert_eq!(server.fake.refusals(), [""; 0]);
    project.run("auth logout mastodon").exits(0);
    assert!(!project.path(PROFILE).exists());
}

#[test]
fn wrong_code_stores_nothing() {
    let server = Server::start(Mastodon::new());
    let project = project(&server);
    let mut login = Login::at(&project, "mastodon");
    login.paste("wrong-code-0123456789");
    login.finish().exits(1);
    assert!(!project.path(PROFILE).exists());
}

#[test]
fn empty_secret_on_standard_input_is_named() {
    let server = Server::start(Mastodon::new());
    project(&server)
        .run("auth login mastodon --secret-stdin")
        .exits(2)
        .says(&["the first line of standard input is empty"])
        .lacks(&["add `--secret-stdin`"]);
}
