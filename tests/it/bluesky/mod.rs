//! The sink for Bluesky. Its deliveries are tested on the official PDS.

mod pds;

use serde_json::{Value, json};

use crate::support::Project;

/// Returns a pipeline for the account with this handle. `options` are further options of the sink.
fn pipeline(handle: &str, options: &str) -> String {
    format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
         sinks:\n  bsky: {{type: bluesky, handle: \"{handle}\"{options}, \
         commentary: \"{{{{title}}}}: {{{{link}}}} #rust\"}}\n\
         policy: {{since: 2026-11-01, max_per_run: 100, live_check: false}}\n"
    )
}

#[test]
fn preview_needs_no_account() {
    let project = Project::with_pipeline(&pipeline("jane.example", ""))
        .with_ledger()
        .picture("posts/a.png", 600, 314)
        .post(
            "posts/one.md",
            "title: Grüße\ndate: 2026-11-20\nimage: a.png\nlang: de",
        );
    let preview = project.run("preview --offline --json").exits(0).json();
    let entry = &preview["plan"][0];
    assert_eq!(entry["action"], "send", "{entry}");
    let record = &entry["payload"]["steps"][0]["request"]["body"]["json"]["record"];
    assert_eq!(record["text"], "Grüße: blog.example.org/one/ #rust");
    assert_eq!(record["langs"], json!(["de"]));
    assert_eq!(record["createdAt"], json!({"$slot": "now"}));
    assert_eq!(
        record["embed"]["external"]["thumb"],
        json!({"$slot": "media:0"})
    );
}

/// Returns a project with a publication on standard.site, an item and a draft.
fn published_site() -> Project {
    let site =
        ", thumbnail: skip, standard_site: {url: \"https://blog.example.org\", name: A blog}";
    Project::with_pipeline(&pipeline("did:plc:abc", site))
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
        .post("posts/two.md", "title: Two\ndate: 2026-11-20\ndraft: true")
}

#[test]
fn export_links_writes_data_before_build() {
    let project = published_site();
    let run = "export links --offline --output data/links.json";
    project.run(run).exits(0).says(&["1 page"]);
    let data: Value = serde_json::from_str(&project.read("data/links.json")).unwrap();
    let publication = data["files"]["/.well-known/site.standard.publication"]
        .as_str()
        .unwrap();
    assert!(publication.starts_with("at://did:plc:abc/site.standard.publication/"));
    assert_eq!(data["pages"].as_object().unwrap().len(), 1);
    let links = &data["pages"]["/one/"];
    assert_eq!(links[0]["rel"], "site.standard.document");
    assert_eq!(
        links[1],
        json!({"rel": "site.standard.publication", "href": publication})
    );
    assert_eq!(project.run("export links --offline").exits(0).json(), data);

    // The post that is sent later writes the document under this key.
    let preview = project
        .with_ledger()
        .run("preview --offline --json")
        .exits(0)
        .json();
    let steps = preview["plan"][0]["payload"]["steps"]
        .as_array()
        .unwrap()
        .clone();
    let document = steps
        .iter()
        .find(|step| step["name"] == "document")
        .unwrap();
    let body = &document["request"]["body"]["json"];
    let key = body["rkey"].as_str().unwrap();
    assert_eq!(
        links[0]["href"],
        format!("at://did:plc:abc/site.standard.document/{key}")
    );
}

#[test]
fn export_links_injects_into_built_pages() {
    let project = published_site()
        .file(
            "public/one/index.html",
            "<html><head><title>One</title></head><body></body></html>",
        )
        .file("public/two/index.html", "<head></head>");
    project
        .run("export links --offline --inject public")
        .exits(0)
        .says(&["1 page"]);
    let page = project.read("public/one/index.html");
    let links = "<link rel=\"site.standard.document\" href=\"at://did:plc:abc/";
    assert!(
        page.starts_with("<html><head><title>One</title>") && page.contains(links),
        "{page}"
    );
    assert_eq!(project.read("public/two/index.html"), "<head></head>");
    let publication = project.read("public/.well-known/site.standard.publication");
    assert!(page.contains(&format!("href=\"{publication}\"")), "{page}");
    project
        .run("export links --offline --inject public")
        .exits(0);
    assert_eq!(project.read("public/one/index.html"), page);
}

#[test]
fn injected_links_need_standard_site() {
    let project = Project::with_pipeline(&pipeline("jane.example", ""))
        .post("posts/one.md", "title: One\ndate: 2026-11-20");
    project
        .run("export links --offline --inject .")
        .exits(1)
        .says(&["standard_site"]);
}

#[test]
fn export_links_lists_sent_and_due_posts() {
    let project = published_site()
        .with_ledger()
        .post("posts/old.md", "title: Old\ndate: 2026-10-20");
    let pages = |project: &Project| {
        let data = project.run("export links --offline").exits(0).json();
        let pages = data["pages"].as_object().unwrap().keys().cloned();
        pages.collect::<Vec<_>>()
    };
    assert_eq!(pages(&project), ["/one/"]);
    // A post on the platform keeps its links, also if its date is earlier.
    let uri = "at://did:plc:abc/app.bsky.feed.post/3l2abc";
    let ledger = project.read("syndicate.ledger.jsonl");
    let sent = json!({
        "v": 1, "id": "0193a7c5-0000-7000-8000-000000000001", "at": "2026-10-20T10:00:00Z", "kind": "settled",
        "attempt": "0193a7c5-0000-7000-8000-000000000002", "item": "https://blog.example.org/old",
        "keys": ["https://blog.example.org/old", "blog:posts/old.md"], "sink": "bsky", "hash": "", "as": "sent",
        "remote": {"id": uri},
    });
    project.write("syndicate.ledger.jsonl", format!("{ledger}{sent}\n"));
    assert_eq!(pages(&project), ["/old/", "/one/"]);
    // A post that was there before anything was sent is never sent.
    let adopted = json!({
        "v": 1, "id": "0193a7c5-0000-7000-8000-000000000003", "at": "2026-11-21T10:00:00Z", "kind": "adopted",
        "item": "https://blog.example.org/one", "keys": ["https://blog.example.org/one"],
    });
    project.write(
        "syndicate.ledger.jsonl",
        format!("{ledger}{sent}\n{adopted}\n"),
    );
    assert_eq!(pages(&project), ["/old/"]);
}
