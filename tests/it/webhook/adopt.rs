//! Messages that `adopt` and `settle` record by the link or identifier that a user copied.

use jiff::Timestamp;
use platform_fakes::discord::{Discord, WEBHOOK_PATH as DISCORD_PATH};
use platform_fakes::slack::{CHANNEL, Slack, TOKEN as SLACK_TOKEN, WEBHOOK_PATH as SLACK_PATH};
use platform_fakes::telegram::{TOKEN as TELEGRAM_TOKEN, Telegram};
use platform_fakes::webhook::Receiver;
use platform_fakes::{Fake, Fault, Platform};
use serde_json::Value;

use super::{build, project};
use crate::support::Project;
use crate::support::project::NOW;

const LEDGER: &str = "syndicate.ledger.jsonl";

fn start<P: Platform>(platform: P) -> Fake<P> {
    let now: Timestamp = NOW.parse().unwrap();
    Fake::start(platform, move || now)
}

/// Sends the post, and returns its receipt and the project as it is on a machine that knows nothing of that.
fn forget_sent(project: Project) -> (Project, Value) {
    let before = project.read(LEDGER);
    let receipt = build(&project, 0)["receipt"].take();
    project.write(LEDGER, before);
    let elsewhere = project.path("other-machine");
    let project = project.env("XDG_STATE_HOME", elsewhere.to_str().unwrap());
    (project, receipt)
}

/// Adopts the message at `address`, and retracts it by its receipt.
#[track_caller]
fn adopt_and_retract(project: &Project, address: &str) {
    project
        .run_args(&["adopt", "posts/one.md", address, "--sink", "chat"])
        .exits(0)
        .says(&["adopted", "posts/one.md → chat"]);
    assert_eq!(build(project, 0)["code"], "already_sent");
    project.run("retract posts/one.md").exits(0);
}

#[test]
fn slack_permalink_is_adopted() {
    let fake = start(Slack::new().without_limits());
    let options = format!("dialect: slack, token: \"${{TOKEN}}\", channel: {CHANNEL}");
    let (project, _) = forget_sent(project(&fake, &options).env("TOKEN", SLACK_TOKEN));
    let digits = fake.posts()[0].ts.replace('.', "");
    let link = format!("https://team.slack.com/archives/{CHANNEL}/p{digits}?thread_ts=1.2");
    adopt_and_retract(&project, &link);
    assert!(fake.posts().is_empty());
    assert_eq!(fake.refusals(), [""; 0]);
}

#[test]
fn discord_link_is_adopted() {
    let fake = start(Discord::new().without_limits());
    let url = format!("https://discord.com{DISCORD_PATH}");
    let project = project(&fake, "dialect: discord, url: \"${HOOK}\"").env("HOOK", &url);
    let (project, receipt) = forget_sent(project);
    let link = receipt["url"].as_str().unwrap();
    let [other, id] = [&link[..link.len() - 1], link.rsplit('/').next().unwrap()];
    assert_eq!(id, fake.posts()[0].id);
    project
        .run_args(&["adopt", "posts/one.md", other, "--sink", "chat"])
        .exits(1)
        .says(&["is not a message of this webhook"]);
    adopt_and_retract(&project, &link.replace("discord.com", "ptb.discord.com"));
    assert!(fake.posts().is_empty());
}

#[test]
fn telegram_link_is_adopted() {
    let fake = start(Telegram::new().without_limits());
    let options = "dialect: telegram, token: \"${TOKEN}\", chat_id: \"@news\"";
    let (project, _) = forget_sent(project(&fake, options).env("TOKEN", TELEGRAM_TOKEN));
    let link = format!("https://t.me/s/news/{}", fake.posts()[0].id);
    adopt_and_retract(&project, &link);
    assert!(fake.posts().is_empty());
}

/// Leaves the outcome of the post unknown, and checks that it is settled without an identifier, as the messages say.
fn settle_without_id<P: Platform>(fake: &Fake<P>, project: &Project, path: &str) {
    fake.inject(Fault::cut_after("POST", path));
    let entry = build(project, 4);
    let command = "settle posts/one.md --sink chat --sent";
    let next = entry["next"].as_str().unwrap();
    assert!(
        next.contains(&format!("`syndicate {command}` or `--not-sent`")),
        "{next}"
    );
    project
        .run("settle")
        .exits(0)
        .says(&["settle each with `--sent` or `--not-sent`"]);
    project
        .run("status --format github")
        .exits(4)
        .says(&[&format!("`syndicate {command}` or")]);
    project.run(command).exits(0).says(&["settled as sent"]);
    assert_eq!(build(project, 0)["code"], "already_sent");
}

#[test]
fn webhook_without_ids_is_settled_without() {
    let fake = start(Receiver::new().unsigned());
    let hook = |fake: &Fake<Receiver>| {
        project(fake, "url: \"${HOOK}\"")
            .env("HOOK", "https://hooks.example.com/catch/hook-of-the-tests/")
    };
    let first = hook(&fake);
    settle_without_id(&fake, &first, "/catch/hook-of-the-tests/");
    let linked = hook(&fake);
    fake.inject(Fault::cut_after("POST", "/catch/hook-of-the-tests/"));
    build(&linked, 4);
    linked
        .run("settle posts/one.md --sent 7")
        .exits(1)
        .says(&["`7` is not the URL of a post"]);
    linked
        .run("settle posts/one.md --sent https://hooks.example.com/posts/7")
        .exits(0);
    linked
        .run("status")
        .exits(0)
        .says(&["https://hooks.example.com/posts/7"]);
}

#[test]
fn slack_webhook_is_settled_without_id() {
    let fake = start(Slack::new().without_limits());
    let url = format!("https://hooks.slack.com{SLACK_PATH}");
    let project = project(&fake, "dialect: slack, url: \"${HOOK}\"").env("HOOK", &url);
    settle_without_id(&fake, &project, SLACK_PATH);
}

#[test]
fn platform_with_ids_needs_one() {
    let fake = start(Discord::new().without_limits());
    let url = format!("https://discord.com{DISCORD_PATH}");
    let project = project(&fake, "dialect: discord, url: \"${HOOK}\"").env("HOOK", &url);
    fake.inject(Fault::cut_after("POST", DISCORD_PATH));
    let next = build(&project, 4)["next"].take();
    assert!(next.as_str().unwrap().contains("--sent ID`"), "{next}");
    let command = "settle posts/one.md --sink chat --sent";
    project.run(command).exits(2).says(&[
        "`--sent` needs the identifier or URL of the post on `chat`",
        "--sink chat --sent ID`",
    ]);
    assert_eq!(build(&project, 4)["action"], "ask");
}
