//! Posts as the server has them.

use serde_json::{Value, json};

use super::{POST, PUT, build, events, project, project_behind_proxies, texts};
use crate::support::servers::Pds;

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn post_has_card_picture_and_facets() {
    let pds = Pds::shared();
    let friend = pds.account("friend");
    let (account, project) = project(pds, "posts");
    let project = project
        .picture("posts/a.png", 600, 314)
        .post(
            "posts/one.md",
            "title: Grüße 👩🏽‍💻\ndate: 2026-11-20\nimage: a.png\nlang: de\ndescription: About it\ntags: [Rust, Web]",
        );
    let pipeline = project.read("pipeline.yaml");
    let mention = "{{mention 'joe'}} {{title}} {{link}} #rust".to_owned();
    let pipeline = pipeline.replace("{{title}}: {{link}} #rust", &mention)
        + &format!(
            "mentions: {{joe: {{name: Joe, bsky: {}}}}}\n",
            friend.handle
        );
    project.write("pipeline.yaml", pipeline);

    let preview = project.run("preview --json").exits(0).json();
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    assert_eq!(preview["plan"][0]["hash"], entry["hash"]);

    let posts = pds.records(&account.did, POST);
    assert_eq!(posts.len(), 1);
    let post = &posts[0]["value"];
    let text = post["text"].as_str().unwrap();
    assert_eq!(text, "Joe Grüße 👩🏽‍💻 blog.example.org/one/ #rust");
    let facets = post["facets"].as_array().unwrap().iter().map(|facet| {
        let at = |end: &str| facet["index"][end].as_u64().unwrap() as usize;
        (
            &text[at("byteStart")..at("byteEnd")],
            facet["features"][0].clone(),
        )
    });
    assert_eq!(
        facets.collect::<Vec<_>>(),
        [
            (
                "Joe",
                json!({"$type": "app.bsky.richtext.facet#mention", "did": friend.did})
            ),
            (
                "blog.example.org/one/",
                json!({"$type": "app.bsky.richtext.facet#link",
                    "uri": "https://blog.example.org/one/"}),
            ),
            (
                "#rust",
                json!({"$type": "app.bsky.richtext.facet#tag", "tag": "rust"})
            ),
        ]
    );
    let card = &post["embed"]["external"];
    assert_eq!(card["uri"], "https://blog.example.org/one/");
    assert_eq!(
        (&card["title"], &card["description"]),
        (&json!("Grüße 👩🏽‍💻"), &json!("About it"))
    );
    assert_eq!(card["thumb"]["mimeType"], "image/png");
    assert_eq!(post["langs"], json!(["de"]));

    // The time is that of the intent.
    let intent = &events(&project, "intent")[0];
    assert_eq!(post["createdAt"], intent["slots"]["now"]);
    let receipt = &entry["receipt"];
    assert_eq!(receipt["id"], posts[0]["uri"]);
    let key = intent["slots"]["rkey"].as_str().unwrap();
    let url = format!("https://bsky.app/profile/{}/post/{key}", account.did);
    assert_eq!(receipt["url"], url);
    let sent = &events(&project, "sent")[0]["remote"];
    assert_eq!(sent["extra"]["cid"], posts[0]["cid"]);

    let again = project.run("build --json").exits(0).json();
    assert_eq!(again["plan"][0]["code"], "already_sent");
    assert_eq!(texts(pds, &account).len(), 1);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn large_picture_is_scaled_to_thumbnail() {
    let pds = Pds::shared();
    let (account, project) = project(pds, "scales");
    let noise = image::RgbImage::from_fn(2400, 1260, |x, y| {
        let mixed = (x * 7919) ^ (y * 104_729) ^ ((x * y) >> 3);
        image::Rgb([mixed as u8, (mixed >> 5) as u8, (mixed >> 9) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    assert!(bytes.get_ref().len() > 1_000_000);
    let project = project
        .file("posts/a.png", bytes.into_inner())
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    assert_eq!(build(&project, 0)["outcome"], "sent");
    let posts = pds.records(&account.did, POST);
    let thumb = &posts[0]["value"]["embed"]["external"]["thumb"];
    assert!(thumb["size"].as_u64().unwrap() <= 1_000_000, "{thumb}");
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn run_signs_in_once() {
    let pds = Pds::shared();
    let (account, project, [proxy, _plc]) = project_behind_proxies(pds, "once");
    let project = project.post("posts/two.md", "title: Two\ndate: 2026-11-20");
    project.run("build").exits(0);
    assert_eq!(texts(pds, &account).len(), 2);
    assert_eq!(
        proxy.requests("POST /xrpc/com.atproto.server.createSession"),
        1
    );
    assert_eq!(proxy.requests(PUT), 2);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn dry_run_sends_nothing() {
    let pds = Pds::shared();
    let (account, project, [proxy, _plc]) = project_behind_proxies(pds, "dry");
    project.run("build --dry-run").exits(0);
    assert_eq!(proxy.requests("POST"), 0);
    assert_eq!(texts(pds, &account), [""; 0]);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn check_names_account_and_server() {
    let pds = Pds::shared();
    let (account, project) = project(pds, "checks");
    let mut project = project.post("posts/one.md", super::ONE);
    let said = [&*account.did, pds.url(), "found an app password"];
    project.run("check --online").exits(0).says(&said);
    project.set_env("BLUESKY_APP_PASSWORD", "abcd-efgh-ijkl-mnop");
    let wrong = project.run("check --online");
    assert_ne!(wrong.code, Some(0), "{wrong}");
    wrong.says(&["AuthenticationRequired", "create an app password"]);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn lost_ledger_is_restored_from_account() {
    let pds = Pds::shared();
    let (account, project) = project(pds, "adopts");
    let project = project.post("posts/one.md", super::ONE);
    let before = project.read(super::LEDGER);
    let id = build(&project, 0)["receipt"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let key = id.rsplit('/').next().unwrap();
    let profile = "https://bsky.app/profile";
    let mut project = project;
    for (machine, address) in [
        ("a", format!("{profile}/{}/post/{key}", account.handle)),
        (
            "b",
            format!("{profile}/{}/post/{key}?ref=share", account.did),
        ),
        ("c", id.clone()),
    ] {
        project.write(super::LEDGER, &before);
        let elsewhere = project.path(machine);
        project.set_env("XDG_STATE_HOME", elsewhere.to_str().unwrap());
        project
            .run_args(&["adopt", "posts/one.md", &address, "--sink", "bsky"])
            .exits(0);
        let adopted: Vec<Value> = events(&project, "settled");
        assert_eq!(adopted[0]["remote"]["id"], id, "{adopted:?}");
        project.run("build").exits(0);
        assert_eq!(texts(pds, &account).len(), 1);
    }
}
