//! JSON to a receiver.

use jiff::{SignedDuration, Timestamp};
use platform_fakes::webhook::Receiver;
use platform_fakes::{Answer, Fake, Fault};
use serde_json::{Value, json};

use super::{LINK, build, creates, project};
use crate::support::Project;
use crate::support::project::NOW;

const PATH: &str = "/catch/hook-of-the-tests/";
const OPTIONS: &str = "url: \"${HOOK}\"";

fn start(receiver: Receiver) -> Fake<Receiver> {
    let now: Timestamp = NOW.parse().unwrap();
    Fake::start(receiver, move || now)
}

fn hook(fake: &Fake<Receiver>, options: &str) -> Project {
    let url = format!("https://hooks.example.com{PATH}?sig=a%2Bb");
    project(fake, &format!("{OPTIONS}{options}")).env("HOOK", &url)
}

#[test]
fn post_is_sent_as_previewed() {
    let fake = start(Receiver::new().unsigned());
    let project = hook(&fake, "");
    let preview = project.run("preview --json").exits(0).json();
    let built = build(&project, 0);
    assert_eq!(built["outcome"], "sent", "{built}");
    assert_eq!(built["hash"], preview["plan"][0]["hash"]);
    let posts = fake.posts();
    assert_eq!(posts.len(), 1);
    let request = &posts[0].request;
    assert_eq!(
        (request.path.as_str(), request.query.as_str()),
        (PATH, "sig=a%2Bb")
    );
    let body = request.json();
    assert_eq!(body["title"], "<!channel> @everyone *bold* & co");
    assert_eq!((&body["link"], &body["lang"]), (&json!(LINK), &json!("en")));
    assert!(request.header("webhook-signature").is_none());
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(creates(&fake, PATH), 1);
}

#[test]
fn body_template_is_sent() {
    let fake = start(Receiver::new().unsigned());
    let body = "{headline: \"{{title}} ({{lang}})\", n: 1, tags: \"{{tags}}\", html: \"{{html}}\"}";
    build(&hook(&fake, &format!(", body: {body}")), 0);
    let expected = json!({
        "headline": "<!channel> @everyone *bold* & co (en)",
        "n": 1,
        "tags": ["Rust"],
        "html": "<p>A body that says something.</p>\n",
    });
    assert_eq!(fake.posts()[0].request.json(), expected);
}

#[test]
fn lost_answer_is_never_repeated() {
    let fake = start(Receiver::new().unsigned());
    let project = hook(&fake, "");
    fake.inject(Fault::cut_after("POST", PATH));
    assert_eq!(build(&project, 4)["outcome"], "unknown");
    assert_eq!(build(&project, 4)["action"], "ask");
    assert_eq!(creates(&fake, PATH), 1);
    project.run("settle posts/one.md --not-sent").exits(0);
    assert_eq!(build(&project, 0)["outcome"], "sent");
}

#[test]
fn receiver_that_keeps_ids_gets_repeat() {
    let day = SignedDuration::from_hours(24);
    let fake = start(Receiver::new().with_ids_kept(day));
    let secret = ", secret: \"${SECRET}\", receiver_keeps_ids: 24h";
    let project = hook(&fake, secret).env("SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLwSw");
    fake.inject(Fault::cut_after("POST", PATH));
    assert_eq!(build(&project, 0)["outcome"], "sent");
    let deliveries = fake.deliveries();
    assert_eq!((deliveries.len(), fake.posts().len()), (2, 1));
    assert_eq!(deliveries[0].id, deliveries[1].id);
    assert_eq!(deliveries[0].request.body, deliveries[1].request.body);
    let ledger = project.read("syndicate.ledger.jsonl");
    assert!(
        !ledger.contains("v1,"),
        "the ledger has the signature: {ledger}"
    );
}

#[test]
fn gone_receiver_is_refusal() {
    let fake = start(Receiver::new().unsigned());
    let project = hook(&fake, "");
    fake.inject(Fault::answer("POST", PATH, Answer::text(410, "bye")).always());
    project
        .run("build")
        .exits(3)
        .says(&["gone for good", "create a new webhook"]);
}

#[test]
fn redirect_and_plain_refusal_are_unknown() {
    for status in [302, 308, 400, 403, 404] {
        let fake = start(Receiver::new().unsigned());
        let project = hook(&fake, "");
        let answer = Answer::text(status, "no").with("location", "/elsewhere");
        fake.inject(Fault::answer("POST", PATH, answer).always());
        assert_eq!(build(&project, 4)["outcome"], "unknown", "{status}");
        assert_eq!(fake.requests().len(), 1, "{status}");
    }
}

#[test]
fn problem_details_are_refusal() {
    let fake = start(Receiver::new().unsigned());
    let project = hook(&fake, "");
    let problem = json!({"status": 422, "title": "The title is taken."});
    fake.inject(Fault::answer("POST", PATH, Answer::json(422, &problem)).always());
    project.run("build").exits(3).says(&["The title is taken."]);
}

#[test]
fn receipt_without_id_cannot_be_retracted() {
    let fake = start(Receiver::new().unsigned());
    let project = hook(&fake, "");
    build(&project, 0);
    assert_ne!(project.run("retract posts/one.md").code, Some(0));
    let status: Value = project.run("status --json").exits(0).json();
    assert!(status.to_string().contains("posts/one.md"), "{status}");
}
