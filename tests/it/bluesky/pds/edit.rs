//! Updates and deletions.

use serde_json::json;

use super::{ONE, POST, build, project_with, servers, texts};
use crate::support::Project;
use crate::support::servers::{Pds, PdsAccount};

/// Returns a project whose only post was sent, and whose card can be updated.
fn sent(pds: &Pds, name: &str) -> (PdsAccount, Project) {
    let account = pds.account(name);
    let options = servers(pds.url(), pds.plc_url()) + ", update_card: true";
    let project = project_with(&account, &options).post("posts/one.md", ONE);
    let pipeline = project.read("pipeline.yaml");
    let pipeline = pipeline.replace("policy: {", "policy: {on_change: update, ");
    project.write("pipeline.yaml", pipeline.replace("{{title}}: ", "New: "));
    assert_eq!(build(&project, 0)["outcome"], "sent");
    (account, project)
}

const CORRECTED: &str = "title: One\ndate: 2026-11-20\ndescription: Corrected";

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn update_changes_card_and_keeps_time() {
    let pds = Pds::shared();
    let (account, project) = sent(pds, "updates");
    let before = pds.records(&account.did, POST).remove(0);
    let project = project.post("posts/one.md", CORRECTED);
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "updated", "{entry}");
    let posts = pds.records(&account.did, POST);
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0]["uri"], before["uri"]);
    let post = &posts[0]["value"];
    assert_eq!(post["embed"]["external"]["description"], "Corrected");
    assert_eq!(post["createdAt"], before["value"]["createdAt"]);
    assert_eq!(post["text"], before["value"]["text"]);
    // The recorded version is the new one, so that the next update works.
    let project = project.post("posts/one.md", &CORRECTED.replace("Corrected", "Again"));
    assert_eq!(build(&project, 0)["outcome"], "updated");
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn update_keeps_change_made_elsewhere() {
    let pds = Pds::shared();
    let (account, project) = sent(pds, "conflicts");
    let mut posts = pds.records(&account.did, POST);
    let mut record = posts[0]["value"].take();
    record["embed"]["external"]["description"] = json!("Changed elsewhere");
    let key = posts[0]["uri"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    let input = json!({"repo": account.did, "collection": POST, "rkey": key, "record": record});
    pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    let project = project.post("posts/one.md", CORRECTED);
    let entry = project.run("build --json").json()["plan"][0].clone();
    assert_eq!(entry["code"], "conflict", "{entry}");
    let posts = pds.records(&account.did, POST);
    let card = &posts[0]["value"]["embed"]["external"];
    assert_eq!(card["description"], "Changed elsewhere");
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn retract_deletes_post_once() {
    let pds = Pds::shared();
    let (account, project) = sent(pds, "retracts");
    project.run("retract posts/one.md").exits(0);
    assert_eq!(texts(pds, &account), [""; 0]);
    // The deleted post is not sent again.
    project.run("build").exits(0);
    assert_eq!(texts(pds, &account), [""; 0]);
}
