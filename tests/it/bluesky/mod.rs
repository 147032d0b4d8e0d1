//! The sink for Bluesky. Its deliveries are tested on the official PDS.

mod pds;

use serde_json::json;

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
