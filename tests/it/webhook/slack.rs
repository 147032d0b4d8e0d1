//! Slack: an incoming webhook, and a bot.

use jiff::Timestamp;
use platform_fakes::slack::{CHANNEL, HookState, Slack, TOKEN, WEBHOOK_PATH};
use platform_fakes::{Fake, Fault};

use serde_json::json;

use super::{LINK, build, correct, creates, project, with_picture};
use crate::support::Project;
use crate::support::project::NOW;

const POST_MESSAGE: &str = "/api/chat.postMessage";

fn start(slack: Slack) -> Fake<Slack> {
    let now: Timestamp = NOW.parse().unwrap();
    Fake::start(slack.without_limits(), move || now)
}

fn hook(fake: &Fake<Slack>, options: &str) -> Project {
    project(
        fake,
        &format!("dialect: slack, url: \"${{HOOK}}\"{options}"),
    )
    .env("HOOK", &format!("https://hooks.slack.com{WEBHOOK_PATH}"))
}

fn bot(fake: &Fake<Slack>, options: &str) -> Project {
    let options = format!("dialect: slack, token: \"${{TOKEN}}\", channel: {CHANNEL}{options}");
    project(fake, &options).env("TOKEN", TOKEN)
}

#[test]
fn webhook_draws_one_card_and_mentions_no_one() {
    let fake = start(Slack::new());
    let project = hook(&fake, "");
    let preview = project.run("preview --json").exits(0).json();
    let built = build(&project, 0);
    assert_eq!(built["hash"], preview["plan"][0]["hash"]);
    assert!(built["receipt"]["id"].is_null(), "{built}");
    let [message] = fake.posts().try_into().unwrap();
    assert_eq!(message.mentions(), [""; 0]);
    assert_eq!(
        (message.blocks.len(), message.unfurl_links),
        (2, Some(false))
    );
    let card = message.blocks[1]["text"]["text"].as_str().unwrap();
    assert_eq!(
        card,
        format!("*<{LINK}|&lt;!channel&gt; @everyone *bold* &amp; co>*\nThe first.")
    );
    assert!(
        message.text.contains(LINK),
        "notifications lack the link: {}",
        message.text
    );
    assert_eq!(fake.refusals(), [""; 0]);
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(creates(&fake, WEBHOOK_PATH), 1);
}

#[test]
fn card_shows_public_picture() {
    let fake = start(Slack::new());
    build(&with_picture(hook(&fake, ", thumbnail: require")), 0);
    let [message] = fake.posts().try_into().unwrap();
    let picture = json!({"type": "image", "image_url": "https://blog.example.org/a.png", "alt_text": "A chart"});
    assert_eq!(message.blocks[2], picture);
    assert_eq!(fake.refusals(), [""; 0]);
}

#[test]
fn platform_card_is_unfurled() {
    let fake = start(Slack::new());
    build(&hook(&fake, ", card: platform"), 0);
    let [message] = fake.posts().try_into().unwrap();
    assert_eq!(
        (message.blocks.len(), message.unfurl_links),
        (0, Some(true))
    );
    assert!(
        message.text.contains(&format!("<{LINK}>")),
        "{}",
        message.text
    );
    assert_eq!(fake.refusals(), [""; 0]);
}

#[test]
fn revoked_webhook_names_remedy() {
    let fake = start(Slack::new().with_hook(HookState::Revoked));
    let project = hook(&fake, "");
    project
        .run("build")
        .exits(3)
        .says(&["no_service", "create a new webhook"]);
    fake.set_hook(HookState::Active);
    assert_eq!(build(&project, 0)["outcome"], "sent");
}

#[test]
fn lost_answer_of_webhook_is_never_repeated() {
    let fake = start(Slack::new());
    let project = hook(&fake, "");
    fake.inject(Fault::cut_after("POST", WEBHOOK_PATH));
    assert_eq!(build(&project, 4)["outcome"], "unknown");
    assert_eq!(build(&project, 4)["action"], "ask");
    assert_eq!((creates(&fake, WEBHOOK_PATH), fake.posts().len()), (1, 1));
}

#[test]
fn bot_updates_and_retracts() {
    let fake = start(Slack::new());
    let project = bot(&fake, "");
    let built = build(&project, 0);
    assert_eq!(
        built["receipt"]["id"],
        fake.posts()[0].ts.as_str(),
        "{built}"
    );
    correct(&project);
    project.run("update posts/one.md").exits(0);
    let [message] = fake.posts().try_into().unwrap();
    assert!(
        message.is_edited && message.blocks[1].to_string().contains("The first one."),
        "{message:?}"
    );
    assert_eq!(build(&project, 0)["code"], "already_sent");
    project.run("retract posts/one.md").exits(0);
    assert!(fake.posts().is_empty());
    assert_eq!(fake.refusals(), [""; 0]);
    assert_eq!(creates(&fake, POST_MESSAGE), 1);
}

#[test]
fn bot_retracts_deleted_message() {
    let fake = start(Slack::new());
    let project = bot(&fake, "");
    build(&project, 0);
    fake.delete_by_hand(&fake.posts()[0].ts);
    project.run("retract posts/one.md").exits(0);
}

#[test]
fn bot_outside_channel_names_remedy() {
    let fake = start(Slack::new().without_membership());
    let project = bot(&fake, "");
    project
        .run("build")
        .exits(3)
        .says(&["not_in_channel", "/invite"]);
    assert!(fake.posts().is_empty());
}
