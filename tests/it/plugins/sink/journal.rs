//! A small blog server, and a plugin that publishes on it.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use platform_fakes::{Answer, Fake, Platform, Request};
use serde_json::{Value, json};

use super::super::with_python;
use crate::support::Project;
use crate::support::project::NOW;

/// The token of the only account.
pub(super) const TOKEN: &str = "journal-Token-4711";

/// A plugin for the server. Each test replaces parts of it.
pub(super) const PLUGIN: &str = r#"
hello("sink", platform="Journal", endpoint="{site}/api", needs=["html"],
    options={"required": ["site"], "properties": {"site": {"type": "string"}}},
    wants={"secrets": {"token": []}}, auth=[{"kind": "bearer", "secret": "token"}],
    capabilities={"shape": "article", "card": "us", "prepares": True, "finds": True, "lists": True,
        "locates": True, "edits": True, "retracts": True, "account": True, "discovers": True})

REFUSALS = [
    {"status": 409, "at": "/error/existing", "is": "duplicate", "receipt": {"id": "/error/existing"}},
    {"status": 401, "at": "/error/code", "equals": "bad_token", "is": "unauthorized", "hint": "get a new token"},
    {"status": 429, "is": "throttled", "until": {"header": "Retry-After", "as": "seconds"}},
    {"status": 422, "is": "rejected", "say": "/error/message"},
]

def call(id, *requests, wait=0):
    say({"id": id, "call": list(requests), "wait": wait})
    return json.loads(sys.stdin.readline())["answers"]

def get(*path, query=()):
    return {"method": "GET", "path": list(path), "query": list(query)}

def compose(post):
    article = post["article"]
    body = {"title": article["title"], "html": article["html"], "link": article["url"], "key": {"$slot": "key"}}
    media = []
    if "picture" in article:
        media = [{"index": article["picture"]["medium"], "alt": article["picture"].get("alt", "")}]
        body["image"] = {"$slot": "media:0"}
    edit = {"name": "edit", "role": "follow_up", "request": {"method": "PUT",
        "path": ["posts", {"$slot": "receipt:/id"}],
        "json": {"title": body["title"], "html": body["html"], "version": {"$slot": "receipt:/extra/version"}}}}
    return {"media": media, "steps": [{"name": "post", "role": "create", "answers": [
            {"status": 201, "is": "sent", "receipt": {"id": "/post/id",
                "url": ["https://journal.example/p/", {"$answer": "/post/id"}], "at": "/post/at",
                "extra": {"version": "/post/version"}}}] + REFUSALS,
        "request": {"method": "POST", "path": ["posts"], "json": body}}],
        "revision": {"steps": [edit], "editable": [body["title"], body["html"]],
            "changes": "the article", "keeps": "the address"}}

def receipt(post):
    return {"id": str(post["id"]), "url": "https://journal.example/p/%d" % post["id"],
        "extra": {"version": post["version"]}}

def answer(id, request):
    do = request["do"]
    if do == "limits":
        limit = request["server_info"].get("max", 300)
        return {"text": [{"count": "code_points", "limit": limit}],
            "pictures": {"types": ["image/png", "image/jpeg"]}}
    if do == "compose":
        return compose(request["post"])
    if do == "discover":
        return call(id, get("limits"))[0]["json"]
    if do == "account":
        return call(id, get("me"))[0]["json"]
    if do == "prepare":
        slots = {}
        for index, medium in enumerate(request.get("media", [])):
            [uploaded] = call(id, {"method": "POST", "path": ["images"], "parts": [
                {"name": "file", "medium": index, "filename": "cover"},
                {"name": "alt", "text": medium.get("alt", "")}]})
            slots["media:%d" % index] = uploaded["json"]["id"]
        return {"slots": slots}
    if do == "find":
        sought = request["sought"]
        [found] = call(id, get("posts", query=[["link", sought["links"][0]]]))
        same = [post for post in found["json"] if post["key"] == sought["slots"].get("key")]
        return {"here": {**receipt(same[0]), "by": "key"}} if same else {"not_there": True}
    if do == "list":
        [found] = call(id, get("posts"))
        return {"posts": [{**receipt(post), "links": [post["link"]], "title": post["title"]} for post in found["json"]]}
    if do == "locate":
        [found] = call(id, get("posts", request["address"]))
        if found["status"] != 200:
            return {"error": {"message": "no post " + request["address"], "hint": "pass its number"}}
        return receipt(found["json"])
    if do == "update":
        [step] = request["steps"]
        [changed] = call(id, step["request"])
        if changed["status"] == 409:
            return {"error": {"is": "conflict", "message": "it was changed in the journal"}}
        return receipt(changed["json"])
    if do == "retract":
        call(id, {"method": "DELETE", "path": ["posts", request["receipt"]["id"]]})
        return {}

for id, request in requests():
    if "cancel" not in request:
        result = answer(id, request)
        say({"id": id, **(result if "error" in result else {"ok": result})})
"#;

/// The options of the sink, apart from its address.
const PIPELINE: &str = "\
sources:
  blog: {type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}
sinks:
  journal: {type: test, site: \"SITE\", token: \"${JOURNAL_TOKEN}\", timeout: 20s}
policy: {since: 2026-11-01, max_per_run: 100, live_check: false}
";

/// The state of the server.
#[derive(Debug, Default)]
struct Posts {
    posts: Vec<Value>,
    images: usize,
}

/// The rules of the server.
pub(super) struct Journal(Arc<Mutex<Posts>>);

impl Platform for Journal {
    fn answer(&mut self, request: &Request, _: &str, _: Timestamp) -> Answer {
        let error = |status, code: &str, message: &str| {
            Answer::json(
                status,
                &json!({"error": {"code": code, "message": message}}),
            )
        };
        let authorization = request.header("authorization").unwrap_or_default();
        if authorization != format!("Bearer {TOKEN}") {
            return error(
                401,
                "bad_token",
                &format!("`{authorization}` is not a token"),
            );
        }
        let mut state = self.0.lock().unwrap();
        let path = request.path.strip_prefix("/api/").unwrap_or_default();
        let found = path.strip_prefix("posts/").and_then(|id| {
            let is_it = |post: &Value| post["id"].as_u64() == id.parse().ok();
            state.posts.iter().position(is_it)
        });
        match (request.method.as_str(), path, found) {
            ("GET", "limits", _) => Answer::json(200, &json!({"max": 200, "seen": authorization})),
            ("GET", "me", _) => Answer::json(
                200,
                &json!({"id": "u1", "name": "@ann", "token": authorization}),
            ),
            ("POST", "images", _) => {
                let Some(Ok(parts)) = &request.parts else {
                    return error(400, "no_parts", "it has no parts");
                };
                assert_eq!(parts[0].file_name.as_deref(), Some("cover"));
                state.images += 1;
                Answer::json(201, &json!({"id": format!("img-{}", state.images)}))
            }
            ("POST", "posts", _) => {
                let mut post = request.json();
                if post["title"] == "Refused" {
                    return error(
                        422,
                        "title",
                        &format!("no such title; you sent {authorization}"),
                    );
                }
                post["id"] = json!(state.posts.len() + 7);
                post["version"] = json!(1);
                post["at"] = json!("2026-11-22T12:00:01Z");
                state.posts.push(post.clone());
                Answer::json(201, &json!({"post": post}))
            }
            ("GET", "posts", _) => {
                let link = request.query_value("link");
                let is_of = |post: &&Value| link.as_ref().is_none_or(|link| post["link"] == **link);
                let posts: Vec<&Value> = state.posts.iter().filter(is_of).collect();
                Answer::json(200, &json!(posts))
            }
            ("GET", _, Some(at)) => Answer::json(200, &state.posts[at]),
            ("PUT", _, Some(at)) => {
                let (change, post) = (request.json(), &mut state.posts[at]);
                if change["version"] != post["version"] {
                    return error(409, "version", "it has another version");
                }
                for key in ["title", "html"] {
                    post[key] = change[key].clone();
                }
                post["version"] = json!(post["version"].as_u64().unwrap() + 1);
                Answer::json(200, post)
            }
            ("DELETE", _, Some(at)) => {
                state.posts.remove(at);
                Answer::empty(204)
            }
            _ => error(404, "not_found", "there is nothing here"),
        }
    }
}

/// A running server.
pub(super) struct Server {
    pub(super) fake: Fake<Journal>,
    state: Arc<Mutex<Posts>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let state = Arc::<Mutex<Posts>>::default();
        let rules = Journal(Arc::clone(&state));
        let fake = Fake::start(rules, || NOW.parse().unwrap());
        Self { fake, state }
    }

    /// Returns a project with the plugin `script` and one post.
    pub(super) fn project(&self, script: &str) -> Project {
        let project = self.empty_project(script);
        project.post(
            "posts/one.md",
            "title: One\ndate: 2026-11-20\nimage: one.png",
        )
    }

    /// Returns a project without posts.
    pub(super) fn empty_project(&self, script: &str) -> Project {
        let pipeline = PIPELINE.replace("SITE", self.fake.url());
        let project = Project::with_pipeline(&pipeline)
            .with_ledger()
            .env("JOURNAL_TOKEN", TOKEN);
        with_python(project, script).picture("posts/one.png", 1200, 630)
    }

    /// Returns the number of requests with this method and path.
    pub(super) fn count(&self, method: &str, path: &str) -> usize {
        let requests = self.fake.requests().into_iter();
        let is_it = |request: &Request| request.method == method && request.path == path;
        requests.filter(is_it).count()
    }

    /// Changes the version of a post, as an edit on the server does.
    pub(super) fn change(&self, id: u64, version: u64) {
        let mut state = self.state.lock().unwrap();
        let post = state.posts.iter_mut().find(|post| post["id"] == id);
        post.unwrap()["version"] = json!(version);
    }

    /// Returns the posts of the server.
    pub(super) fn posts(&self) -> Vec<Value> {
        self.state.lock().unwrap().posts.clone()
    }
}

/// Runs a build and returns its first delivery.
#[track_caller]
pub(super) fn build(project: &Project, code: i32) -> Value {
    project.run("build --json").exits(code).json()["plan"][0].clone()
}
