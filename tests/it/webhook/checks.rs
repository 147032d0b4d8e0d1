//! `check`, and commands without credentials.

use jiff::Timestamp;
use platform_fakes::Fake;
use platform_fakes::discord::{Discord, WEBHOOK_PATH};
use platform_fakes::telegram::{TOKEN, Telegram};

use super::project;
use crate::support::clock;
use crate::support::project::NOW;

#[test]
fn preview_and_dry_run_need_no_variable() {
    let fake = Fake::start(Telegram::new(), clock::now);
    for options in [
        "url: \"${HOOK}\", secret: \"${SECRET}\"",
        "dialect: slack, url: \"${HOOK}\"",
        "dialect: slack, token: \"${BOT}\", channel: C012AB3CD",
        "dialect: discord, url: \"${HOOK}\"",
        "dialect: telegram, token: \"${BOT}\", chat_id: \"@news\"",
    ] {
        let project = project(&fake, options);
        project.run("preview").exits(0);
        project.run("build --dry-run").exits(0);
        project.run("check").exits(1).says(&["is not set"]);
    }
    assert!(fake.requests().is_empty());
}

#[test]
fn online_check_names_account_and_sends_nothing() {
    let now: Timestamp = NOW.parse().unwrap();
    let discord = Fake::start(Discord::new(), move || now);
    let options = "dialect: discord, url: \"${HOOK}\"";
    let hook =
        project(&discord, options).env("HOOK", &format!("https://discord.com{WEBHOOK_PATH}"));
    hook.run("check --online")
        .says(&["Discord reports the webhook"]);
    let telegram = Fake::start(Telegram::new(), move || now);
    let options = "dialect: telegram, token: \"${BOT}\", chat_id: \"@news\"";
    let bot = project(&telegram, options).env("BOT", TOKEN);
    bot.run("check --online").says(&[
        "Telegram reports that the token belongs to @",
        "can read the chat",
    ]);
    assert!(discord.posts().is_empty() && telegram.posts().is_empty());
    assert_eq!(
        (discord.refusals(), telegram.refusals()),
        (Vec::new(), Vec::new())
    );
}

#[test]
fn unused_option_names_its_line() {
    let fake = Fake::start(Telegram::new(), clock::now);
    let project = project(
        &fake,
        "dialect: telegram, token: \"${BOT}\", chat_id: \"@news\", secret: \"${S}\"",
    );
    project
        .run("preview")
        .exits(1)
        .says(&["`secret` has no effect with `dialect: telegram`"]);
}
