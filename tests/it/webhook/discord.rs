//! A webhook of Discord.

use jiff::Timestamp;
use platform_fakes::discord::{Discord, WEBHOOK_PATH};
use platform_fakes::{Fake, Fault};

use super::{LINK, build, correct, creates, project};
use crate::support::Project;
use crate::support::project::NOW;

fn start(discord: Discord) -> Fake<Discord> {
    let now: Timestamp = NOW.parse().unwrap();
    Fake::start(discord.without_limits(), move || now)
}

fn hook(fake: &Fake<Discord>, options: &str) -> Project {
    project(
        fake,
        &format!("dialect: discord, url: \"${{HOOK}}\"{options}"),
    )
    .env("HOOK", &format!("https://discord.com{WEBHOOK_PATH}"))
}

#[test]
fn embed_is_only_card_and_notifies_no_one() {
    // Without `wait=true`, this Discord loses the message.
    let fake = start(Discord::new().with_lost_messages());
    let project = hook(&fake, ", commentary: \"{{title}} {{link}}\"");
    let preview = project.run("preview --json").exits(0).json();
    let built = build(&project, 0);
    assert_eq!(built["hash"], preview["plan"][0]["hash"]);
    let [message] = fake.posts().try_into().unwrap();
    assert_eq!(built["receipt"]["id"], message.id.as_str(), "{built}");
    assert!(!message.notifies_everyone(), "{message:?}");
    let title = r"\<!channel> \@everyone \*bold\* & co";
    assert_eq!(message.content, format!("{title} <{LINK}>"));
    assert_eq!(message.embeds.len(), 1);
    assert_eq!(
        (&message.embeds[0]["title"], &message.embeds[0]["url"]),
        (&title.into(), &LINK.into())
    );
    assert_eq!(fake.refusals(), [""; 0]);
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(creates(&fake, WEBHOOK_PATH), 1);
}

#[test]
fn message_is_updated_and_retracted() {
    let fake = start(Discord::new());
    let project = hook(&fake, "");
    build(&project, 0);
    correct(&project);
    project.run("update posts/one.md").exits(0);
    let [message] = fake.posts().try_into().unwrap();
    assert!(
        message.edited_at.is_some() && message.embeds[0]["description"] == "The first one.",
        "{message:?}"
    );
    assert!(!message.notifies_everyone(), "an edit notifies");
    assert_eq!(build(&project, 0)["code"], "already_sent");
    project.run("retract posts/one.md").exits(0);
    assert!(fake.posts().is_empty());
    assert_eq!(fake.refusals(), [""; 0]);
}

#[test]
fn forum_post_has_thread() {
    let fake = start(Discord::new().in_forum());
    let project = hook(&fake, ", thread_name: \"News: {{title}}\"");
    build(&project, 0);
    let [message] = fake.posts().try_into().unwrap();
    assert_eq!(
        message.thread_name.as_deref(),
        Some("News: <!channel> @everyone *bold* & co")
    );
    correct(&project);
    project.run("update posts/one.md").exits(0);
    assert_eq!(fake.posts()[0].embeds[0]["description"], "The first one.");
    project.run("retract posts/one.md").exits(0);
    assert!(fake.posts().is_empty());
    assert_eq!(fake.refusals(), [""; 0]);
}

#[test]
fn forum_without_title_names_remedy() {
    let fake = start(Discord::new().in_forum());
    hook(&fake, "")
        .run("build")
        .exits(3)
        .says(&["220001", "thread_name"]);
}

#[test]
fn deleted_webhook_gets_one_request() {
    let fake = start(Discord::new());
    fake.delete_webhook();
    let project = hook(&fake, "");
    for _ in 0..3 {
        project
            .run("build")
            .exits(3)
            .says(&["create a new webhook"]);
    }
    assert_eq!(fake.requests().len(), 1);
}

#[test]
fn lost_answer_is_adopted_by_link() {
    let fake = start(Discord::new());
    let project = hook(&fake, "");
    fake.inject(Fault::cut_after("POST", WEBHOOK_PATH));
    assert_eq!(build(&project, 4)["outcome"], "unknown");
    assert_eq!(build(&project, 4)["action"], "ask");
    assert_eq!((creates(&fake, WEBHOOK_PATH), fake.posts().len()), (1, 1));
    let id = fake.posts()[0].id.clone();
    project
        .run(&format!("settle posts/one.md --sent {id}"))
        .exits(0);
    project.run("retract posts/one.md").exits(0);
    assert!(fake.posts().is_empty());
}
