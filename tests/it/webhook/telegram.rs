//! A bot of Telegram.

use jiff::Timestamp;
use platform_fakes::telegram::{ChatState, TOKEN, Telegram};
use platform_fakes::{Fake, Fault};
use serde_json::json;

use super::{LINK, build, correct, creates, project};
use crate::support::Project;
use crate::support::project::NOW;

fn start(telegram: Telegram) -> Fake<Telegram> {
    let now: Timestamp = NOW.parse().unwrap();
    Fake::start(telegram.without_limits(), move || now)
}

fn bot(fake: &Fake<Telegram>) -> Project {
    let options = "dialect: telegram, token: \"${TOKEN}\", chat_id: \"@news\", \
                   commentary: \"🦀 {{title}} {{link}} #rust\"";
    project(fake, options).env("TOKEN", TOKEN)
}

fn send_message() -> String {
    format!("/bot{TOKEN}/sendMessage")
}

#[test]
fn text_is_plain_with_entities() {
    let fake = start(Telegram::new());
    let project = bot(&fake);
    let preview = project.run("preview --json").exits(0).json();
    let built = build(&project, 0);
    assert_eq!(built["hash"], preview["plan"][0]["hash"]);
    let [message] = fake.posts().try_into().unwrap();
    let before = "🦀 <!channel> @everyone *bold* & co ";
    assert_eq!(message.text, format!("{before}{LINK} #rust"));
    let offset = before.encode_utf16().count();
    let link = json!({"type": "text_link", "offset": offset, "length": LINK.len(), "url": LINK});
    assert_eq!(message.entities, [link]);
    assert_eq!(message.link_preview_options.unwrap()["url"], LINK);
    assert_eq!(
        built["receipt"]["url"],
        format!("https://t.me/news/{}", message.id),
        "{built}"
    );
    assert_eq!(fake.refusals(), [""; 0]);
    assert_eq!(build(&project, 0)["code"], "already_sent");
    assert_eq!(creates(&fake, &send_message()), 1);
}

#[test]
fn gallery_is_refused_by_kind() {
    let fake = start(Telegram::new());
    let project = bot(&fake).picture("posts/a.png", 600, 314);
    project.write(
        "posts/one.md",
        "---\ntitle: One\ndate: 2026-11-20\nsyndicate: {gallery: [a.png]}\n---\nText.\n",
    );
    project.run("preview").exits(3).says(&[
        "[kind_unsupported]",
        "the post has a gallery, and the sink sends none",
        "remove the attachment",
    ]);
}

#[test]
fn message_is_updated_and_retracted() {
    let fake = start(Telegram::new());
    let project = bot(&fake);
    build(&project, 0);
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("*bold*", "*bolder*"));
    project.run("update posts/one.md").exits(0);
    let [message] = fake.posts().try_into().unwrap();
    assert!(
        message.edited_at.is_some() && message.text.contains("bolder"),
        "{message:?}"
    );
    project.run("retract posts/one.md").exits(0);
    assert!(fake.posts().is_empty());
    assert_eq!(fake.refusals(), [""; 0]);
}

#[test]
fn deleted_message_is_retracted() {
    let fake = start(Telegram::new());
    let project = bot(&fake);
    build(&project, 0);
    fake.delete_by_hand(fake.posts()[0].id);
    project.run("retract posts/one.md").exits(0);
}

#[test]
fn refusal_names_remedy() {
    for (state, part) in [
        (ChatState::Stranger, "administrator"),
        (ChatState::Kicked, "administrator"),
        (ChatState::WithoutRights, "administrator"),
        (
            ChatState::Migrated(-1_009_876_543_210),
            "`chat_id: -1009876543210`",
        ),
    ] {
        let fake = start(Telegram::new().with_state(state));
        bot(&fake).run("build").exits(3).says(&[part]);
    }
}

#[test]
fn lost_answer_is_settled_by_link() {
    let fake = start(Telegram::new());
    let project = bot(&fake);
    fake.inject(Fault::cut_after("POST", &send_message()));
    assert_eq!(build(&project, 4)["outcome"], "unknown");
    assert_eq!(build(&project, 4)["action"], "ask");
    assert_eq!(
        (creates(&fake, &send_message()), fake.posts().len()),
        (1, 1)
    );
    let link = format!("https://t.me/news/{}", fake.posts()[0].id);
    project
        .run(&format!("settle posts/one.md --sent {link}"))
        .exits(0);
    correct(&project);
    project.run("retract posts/one.md").exits(0);
    assert!(fake.posts().is_empty());
}
