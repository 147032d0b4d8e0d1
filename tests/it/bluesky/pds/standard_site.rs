//! Records of standard.site, which the server validates.

use std::time::Duration;

use serde_json::{Value, json};

use super::{POST, PUT, build, events, project_with, servers};
use crate::support::servers::{Pds, PdsAccount};
use crate::support::{Project, ProxyFault};

const PUBLICATION: &str = "site.standard.publication";
const DOCUMENT: &str = "site.standard.document";
const SITE: &str = ", standard_site: {url: \"https://blog.example.org\", name: A blog}";

const ONE: &str = "title: One\ndate: 2026-11-20\ndescription: About it\ntags: [Rust]";

fn project(account: &PdsAccount, pds: &str, plc: &str) -> Project {
    let options = servers(pds, plc) + SITE;
    project_with(account, &options).post("posts/one.md", ONE)
}

/// Returns the only record of the collection.
fn only(pds: &Pds, account: &PdsAccount, collection: &str) -> Value {
    let mut records = pds.records(&account.did, collection);
    assert_eq!(records.len(), 1, "{collection}: {records:?}");
    records.remove(0)
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn post_and_document_refer_to_each_other() {
    let pds = Pds::shared();
    let account = pds.account("site");
    let project = project(&account, pds.url(), pds.plc_url());
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    let publication = only(pds, &account, PUBLICATION);
    assert_eq!(
        publication["value"],
        json!({"$type": PUBLICATION, "url": "https://blog.example.org", "name": "A blog"})
    );
    let post = only(pds, &account, POST);
    let document = only(pds, &account, DOCUMENT);
    let mut record = document["value"].clone();
    let reference = record
        .as_object_mut()
        .unwrap()
        .remove("bskyPostRef")
        .unwrap();
    assert_eq!(reference, json!({"uri": post["uri"], "cid": post["cid"]}));
    assert_eq!(record["site"], publication["uri"]);
    assert_eq!(record["path"], "/one/");
    assert_eq!(record["publishedAt"], "2026-11-20T00:00:00.000Z");
    assert_eq!(record["textContent"], "A body that says something.");

    // The post names the version of the document before it had the reference.
    let refs = &post["value"]["embed"]["external"]["associatedRefs"];
    assert_eq!(refs[0]["uri"], document["uri"]);
    assert_eq!(
        refs[1],
        json!({"uri": publication["uri"], "cid": publication["cid"]})
    );
    let key = document["uri"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    let input = json!({"repo": account.did, "collection": DOCUMENT, "rkey": key, "record": record});
    let former = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!(refs[0]["cid"], former["cid"]);
    assert_eq!(former["validationStatus"], "valid");
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn lost_follow_up_is_sent_by_next_run() {
    let pds = Pds::shared();
    let account = pds.account("later");
    let (proxy, plc) = pds.behind_proxies();
    let project = project(&account, &proxy.url, &plc.url);
    // Publication, document and post are written, then each request is lost.
    let later = 4..20;
    later.for_each(|nth| proxy.fault(PUT, nth, ProxyFault::CutRequest));
    project.run("build").says(&["document_reference"]);
    assert_eq!(
        only(pds, &account, DOCUMENT)["value"]["bskyPostRef"],
        Value::Null
    );
    proxy.clear();
    project.run("build").exits(0);
    let post = only(pds, &account, POST);
    let document = only(pds, &account, DOCUMENT);
    assert_eq!(document["value"]["bskyPostRef"]["cid"], post["cid"]);
    assert_eq!(events(&project, "followed_up").len(), 1);
}

/// The server takes the step after the post, and each answer is lost. The next run repeats the step, which changes
/// nothing.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn lost_answer_of_follow_up_changes_nothing() {
    let pds = Pds::shared();
    let account = pds.account("answer");
    let (proxy, plc) = pds.behind_proxies();
    let project = project(&account, &proxy.url, &plc.url);
    // Publication, document and post are answered.
    let later = 4..20;
    later.for_each(|nth| proxy.fault(PUT, nth, ProxyFault::CutAnswer));
    project.run("build").exits(0).says(&["document_reference"]);
    let document = only(pds, &account, DOCUMENT);
    let post = only(pds, &account, POST);
    assert_eq!(document["value"]["bskyPostRef"]["cid"], post["cid"]);
    assert_eq!(events(&project, "followed_up").len(), 0);
    project.run("status").exits(0).says(&["document_reference"]);
    let revision = pds.revision(&account.did);
    proxy.clear();
    project.run("build").exits(0);
    assert_eq!(pds.revision(&account.did), revision);
    assert_eq!(events(&project, "followed_up").len(), 1);
    let requests = proxy.requests(PUT);
    project.run("build").exits(0);
    assert_eq!(proxy.requests(PUT), requests, "the step is done");
    assert_eq!(only(pds, &account, POST), post);
    assert_eq!(events(&project, "intent").len(), 1);
}

/// The run is killed after the post was created, while the step after it waits for the server.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn kill_before_follow_up_is_completed_by_next_run() {
    let pds = Pds::shared();
    let account = pds.account("halfway");
    let (proxy, plc) = pds.behind_proxies();
    let project = project(&account, &proxy.url, &plc.url);
    proxy.fault(PUT, 4, ProxyFault::Delay(Duration::from_secs(1)));
    let mut child = project.start("build");
    proxy.wait_for(PUT, 4);
    child.kill().unwrap();
    child.wait().unwrap();
    let post = only(pds, &account, POST);
    assert_eq!(events(&project, "followed_up").len(), 0);
    project.run("build").exits(0);
    proxy.wait_until_idle();
    let document = only(pds, &account, DOCUMENT);
    assert_eq!(document["value"]["bskyPostRef"]["cid"], post["cid"]);
    assert_eq!(only(pds, &account, POST), post);
    let counts = ["intent", "sent", "followed_up"].map(|kind| events(&project, kind).len());
    assert_eq!(counts, [1, 1, 1]);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn settle_gives_up_failed_follow_up() {
    let pds = Pds::shared();
    let account = pds.account("given-up");
    let (proxy, plc) = pds.behind_proxies();
    let project = project(&account, &proxy.url, &plc.url);
    let later = 4..20;
    later.for_each(|nth| proxy.fault(PUT, nth, ProxyFault::CutRequest));
    project.run("build").exits(0).says(&["syndicate settle"]);
    let open = project.run("settle --json").exits(0).json();
    assert_eq!(open["open"], json!([]));
    assert_eq!(open["steps"][0]["steps"], json!(["document_reference"]));
    let skipped = project.run("settle posts/one.md --skip-steps").exits(0);
    skipped.says(&["skipped `document_reference`"]);
    assert_eq!(events(&project, "followed_up")[0]["skipped"], true);
    let requests = proxy.requests(PUT);
    project.run("build").exits(0);
    assert_eq!(proxy.requests(PUT), requests);
    let again = project.run("settle posts/one.md --skip-steps").exits(1);
    again.says(&["nothing about `posts/one.md` is open"]);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn publication_keeps_values_of_others() {
    let pds = Pds::shared();
    let account = pds.account("themes");
    let project = project(&account, pds.url(), pds.plc_url());
    build(&project, 0);
    let mut publication = only(pds, &account, PUBLICATION);
    let key = publication["uri"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let mut record = publication["value"].take();
    record["preferences"] = json!({"showInDiscover": false});
    let input =
        json!({"repo": account.did, "collection": PUBLICATION, "rkey": key, "record": record});
    pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    let pipeline = project.read("pipeline.yaml");
    project.write("pipeline.yaml", pipeline.replace("A blog", "Renamed"));
    let project = project.post("posts/two.md", "title: Two\ndate: 2026-11-20");
    project.run("build").exits(0);
    let publication = only(pds, &account, PUBLICATION);
    assert_eq!(publication["value"]["name"], "Renamed");
    assert_eq!(
        publication["value"]["preferences"],
        json!({"showInDiscover": false})
    );
    let posts = pds.records(&account.did, POST);
    let newest = &posts[0]["value"]["embed"]["external"]["associatedRefs"][1];
    assert_eq!(newest["cid"], publication["cid"]);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn corrected_date_keeps_document() {
    let pds = Pds::shared();
    let account = pds.account("dates");
    let project = project(&account, pds.url(), pds.plc_url());
    let pipeline = project.read("pipeline.yaml");
    project.write(
        "pipeline.yaml",
        pipeline.replace("policy: {", "policy: {on_change: update, "),
    );
    build(&project, 0);
    let before = only(pds, &account, DOCUMENT);
    let project = project.post("posts/one.md", &ONE.replace("11-20", "11-19"));
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "updated", "{entry}");
    let document = only(pds, &account, DOCUMENT);
    assert_eq!(document["uri"], before["uri"]);
    assert_eq!(document["value"]["publishedAt"], "2026-11-19T00:00:00.000Z");
    assert_eq!(
        document["value"]["bskyPostRef"],
        before["value"]["bskyPostRef"]
    );

    project.run("retract posts/one.md").exits(0);
    assert_eq!(pds.records(&account.did, DOCUMENT), [] as [Value; 0]);
    assert_eq!(pds.records(&account.did, POST), [] as [Value; 0]);
}
