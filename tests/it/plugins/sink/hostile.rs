//! Plugins that break the rules of sinks. No post is sent twice, no secret leaves, and the run goes on.

use super::journal::{PLUGIN, Server, TOKEN, build};
use crate::support::Project;

const POSTS: &str = "/api/posts";

/// Returns a project whose plugin has `to` in place of `from`.
#[track_caller]
fn with(server: &Server, from: &str, to: &str) -> Project {
    assert!(PLUGIN.contains(from), "{from}");
    server.project(&PLUGIN.replace(from, to))
}

#[test]
fn compose_must_be_pure() {
    let server = Server::start();
    let project = with(
        &server,
        r#""title": article["title"], "html""#,
        r#""title": __import__("uuid").uuid4().hex, "html""#,
    );
    let run = project.run("build").exits(3);
    run.says(&["plugin `test` composes the same post in different ways"]);
    assert_eq!(server.count("POST", POSTS), 0);
}

#[test]
fn undeclared_hosts_get_no_request() {
    let (server, other) = (Server::start(), Server::start());
    for request in [
        format!(
            r#"{{"method": "GET", "url": "{}/api/limits"}}"#,
            other.fake.url()
        ),
        r#"{"method": "GET", "url": "http://127.0.0.1:1/"}"#.to_owned(),
        r#"{"method": "GET", "url": "http://journal.example/"}"#.to_owned(),
        r#"{"method": "GET", "url": "file:///etc/passwd"}"#.to_owned(),
        r#"{"method": "GET", "path": ["x"], "headers": [["Host", "evil.example"]]}"#.to_owned(),
        r#"{"method": "GET /evil HTTP/1.1\r\nX:", "path": ["x"]}"#.to_owned(),
    ] {
        let project = with(
            &server,
            r#"call(id, {"method": "POST", "path": ["images"]"#,
            &format!(
                r#"call(id, {request}); [uploaded] = call(id, {{"method": "POST", "path": ["images"]"#
            ),
        );
        let entry = build(&project, 3);
        assert_eq!(entry["code"], "plugin_failed", "{request}: {entry}");
        assert_eq!(server.count("POST", POSTS), 0);
    }
    assert!(other.fake.requests().is_empty());
    assert_eq!(server.count("GET", "/x"), 0);
}

#[test]
fn creating_request_is_not_part_of_dialogue() {
    let server = Server::start();
    let project = with(
        &server,
        "        slots = {}\n",
        "        slots = {}\n        request[\"steps\"][0][\"request\"][\"json\"][\"key\"] = \"k\"\n        \
         call(id, request[\"steps\"][0][\"request\"])\n",
    );
    let entry = build(&project, 3);
    assert_eq!(entry["code"], "plugin_failed", "{entry}");
    project
        .run("build")
        .says(&["it asks for the creating request"]);
    assert_eq!(server.posts().len(), 0);
}

#[test]
fn plugin_never_sees_secret() {
    let server = Server::start();
    // The server repeats the header with the token in its answers.
    let script = PLUGIN.replace(
        "    for line in sys.stdin:",
        "    for line in sys.stdin:\n        open('seen', 'a').write(line)",
    );
    let project = server.project(&script);
    let record = "import io\n_read = sys.stdin.readline\ndef _record():\n    line = _read()\n    \
                  open('seen', 'a').write(line)\n    return line\n";
    let path = "plugins/syndicate-plugin-test";
    let text = project.read(path);
    let text = text.replace(
        "import json, sys\n",
        &format!("import json, os, sys\n{record}"),
    );
    let text = text.replace("sys.stdin.readline()", "_record()");
    let text = text.replace("for line in sys.stdin:", "for line in iter(_record, ''):");
    project.write(path, text);
    let granted = project
        .read("pipeline.yaml")
        .replace("20s}", "20s, grant: {write: [.]}}");
    project.write("pipeline.yaml", granted);
    build(&project, 0);
    project.run("check --online").says(&["posts as `u1`"]);
    let seen = project.read("seen");
    assert!(
        seen.contains(r#""do":"prepare""#) && seen.contains("Bearer ***"),
        "{seen}"
    );
    assert!(!seen.contains(TOKEN), "{seen}");
}

#[test]
fn secret_in_refusal_is_masked() {
    let server = Server::start();
    let project = server.empty_project(PLUGIN);
    let project = project.post(
        "posts/one.md",
        "title: Refused\ndate: 2026-11-20\nimage: one.png",
    );
    let run = project.run("build").exits(3);
    run.says(&["no such title; you sent Bearer ***"]);
    assert!(!project.read("syndicate.ledger.jsonl").contains(TOKEN));
}

#[test]
fn death_in_dialogue_fails_one_delivery() {
    let server = Server::start();
    let project = with(
        &server,
        "        slots = {}\n",
        "        slots = {}\n        if request[\"steps\"][0][\"request\"][\"json\"][\"title\"] == \"One\":\n            \
         call(id, get(\"me\"))\n            sys.exit(\"no more\")\n",
    );
    let project = project.post(
        "posts/two.md",
        "title: Two\ndate: 2026-11-21\nimage: one.png",
    );
    let plan = project.run("build --json").exits(3).json()["plan"].clone();
    let entry = |item: &str| {
        let entries = plan.as_array().unwrap().iter();
        let is_it = |entry: &&serde_json::Value| entry["item"].as_str().unwrap().contains(item);
        entries.clone().find(is_it).unwrap().clone()
    };
    assert_eq!(entry("two")["outcome"], "sent", "{plan}");
    assert_eq!(entry("one")["code"], "plugin_failed", "{plan}");
    let titles: Vec<_> = server
        .posts()
        .iter()
        .map(|post| post["title"].clone())
        .collect();
    assert_eq!(titles, ["Two"]);
}

#[test]
fn death_in_compose_sends_nothing() {
    let server = Server::start();
    let project = with(
        &server,
        "    article = post[\"article\"]\n",
        "    sys.exit(\"no more\")\n",
    );
    project
        .run("build")
        .exits(3)
        .says(&["its last output: no more"]);
    assert_eq!(server.count("POST", POSTS), 0);
}

#[test]
fn silent_plugin_is_ended() {
    let server = Server::start();
    let project = with(
        &server,
        "        slots = {}\n",
        "        __import__('time').sleep(60)\n",
    );
    let pipeline = project
        .read("pipeline.yaml")
        .replace("timeout: 20s", "timeout: 300ms");
    project.write("pipeline.yaml", pipeline);
    let run = project.run("build").exits(3);
    run.says(&["it did not answer within 0.3 seconds"]);
    assert_eq!(server.count("POST", POSTS), 0);
}

#[test]
fn endless_dialogue_is_ended() {
    let server = Server::start();
    let project = with(
        &server,
        "        slots = {}\n",
        "        slots = {}\n        while True:\n            call(id, get(\"me\"), get(\"me\"))\n",
    );
    let run = project.run("build").exits(3);
    run.says(&["it asks for more than 200 requests"]);
    assert_eq!(server.count("GET", "/api/me"), 201);
    assert_eq!(server.count("POST", POSTS), 0);
}

#[test]
fn wrong_slots_send_nothing() {
    for (slots, expected) in [
        (r#"{"now": "x"}"#, "it sets the slot `now`"),
        (r#"{"key": "x"}"#, "it sets the slot `key`"),
        (r#"{"media:1": "x"}"#, "slot `media:0` is not filled"),
        (
            r#"{"media:0": "x" * 70000}"#,
            "its slots are larger than 64 KiB",
        ),
        (r#"[1]"#, "the answer to `prepare`"),
    ] {
        let server = Server::start();
        let answer = format!("        return {{\"slots\": {slots}}}");
        let project = with(&server, "        return {\"slots\": slots}", &answer);
        project.run("build").exits(3).says(&[expected]);
        assert_eq!(server.count("POST", POSTS), 0);
    }
}

#[test]
fn wrong_answers_to_compose_send_nothing() {
    for (from, to, expected) in [
        (
            r#""role": "create""#,
            r#""role": "before""#,
            "0 steps have the role `create`",
        ),
        (
            r#"{"$slot": "key"}"#,
            r#"{"$slot": "receipt:/id"}"#,
            "only in `follow_up`",
        ),
        (
            r#""receipt": {"id": "/post/id","#,
            r#""receipt": {"id": 7,"#,
            "is not usable",
        ),
        (
            r#""say": "/error/message""#,
            r#""say": "error.message""#,
            "is not a JSON Pointer",
        ),
        (
            r#""method": "POST", "path": ["posts"], "json""#,
            r#""method": "GET", "path": ["posts"], "json""#,
            "`GET` changes nothing",
        ),
    ] {
        let server = Server::start();
        let project = with(&server, from, to);
        project.run("build").exits(3).says(&[expected]);
        assert_eq!(server.count("POST", POSTS), 0);
    }
}

#[test]
fn slot_does_not_leave_path_of_endpoint() {
    let server = Server::start();
    let create = r#""method": "POST", "path": ["posts"], "json""#;
    let with_slot = r#""method": "POST", "path": ["posts", {"$slot": "media:0"}], "json""#;
    assert!(PLUGIN.contains(create));
    let script = PLUGIN.replace(create, with_slot);
    let project = server.project(&script.replace(r#"uploaded["json"]["id"]"#, r#""..""#));
    project
        .run("build")
        .exits(3)
        .says(&["`..` cannot be a segment of a path"]);
    let requests = server.fake.requests();
    let mut posts = requests.iter().filter(|request| request.method == "POST");
    assert!(posts.all(|request| request.path == "/api/images"));
}

#[test]
fn oversized_response_is_cut() {
    use platform_fakes::{Answer, Fault};
    let server = Server::start();
    let project = with(
        &server,
        "uploaded[\"json\"][\"id\"]",
        "\"%s %d\" % (uploaded[\"truncated\"], len(uploaded[\"text\"]))",
    );
    let body = format!("{{\"id\": \"{}", "x".repeat(20 << 20));
    server.fake.inject(Fault::answer(
        "POST",
        "/api/images",
        Answer::text(201, &body),
    ));
    build(&project, 0);
    assert_eq!(server.posts()[0]["image"], format!("True {}", 4 << 20));
}
