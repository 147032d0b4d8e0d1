//! URLs and tokens appear in no output and no file.

use std::path::Path;

use jiff::Timestamp;
use platform_fakes::discord::{Discord, WEBHOOK_PATH};
use platform_fakes::telegram::{TOKEN, Telegram};
use platform_fakes::{Answer, Fake, Fault, Platform};

use super::project;
use crate::support::Project;
use crate::support::project::NOW;

fn start<P: Platform>(platform: P) -> Fake<P> {
    let now: Timestamp = NOW.parse().unwrap();
    Fake::start(platform, move || now)
}

/// Runs the commands of a user, and checks that none of `secrets` is in an output or in a file.
fn expect_silence(project: &Project, secrets: &[&str]) {
    for command in [
        "preview --json",
        "check",
        "check --online",
        "-vv build",
        "-vv build --json",
        "status --json",
        "-vv retract posts/one.md",
    ] {
        let run = project.run(command);
        for secret in secrets {
            assert!(
                !run.stdout.contains(secret) && !run.stderr.contains(secret),
                "{run}"
            );
        }
    }
    search(project.folder(), secrets);
}

fn search(folder: &Path, secrets: &[&str]) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, secrets);
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        for secret in secrets {
            assert!(!text.contains(secret), "{} has the secret", path.display());
        }
    }
}

#[test]
fn discord_url_is_never_shown() {
    let token = WEBHOOK_PATH.rsplit('/').next().unwrap();
    let hook = |fake: &Fake<Discord>| {
        project(fake, "dialect: discord, url: \"${HOOK}\"")
            .env("HOOK", &format!("https://discord.com{WEBHOOK_PATH}"))
    };
    let fake = start(Discord::new());
    expect_silence(&hook(&fake), &[token]);
    // The platform and a proxy repeat the URL in their answers.
    for (status, fault_body) in [
        (400, format!("no {WEBHOOK_PATH}")),
        (502, WEBHOOK_PATH.to_owned()),
    ] {
        let fake = start(Discord::new());
        let body = serde_json::json!({"code": 50035, "message": fault_body});
        fake.inject(Fault::answer("POST", WEBHOOK_PATH, Answer::json(status, &body)).always());
        expect_silence(&hook(&fake), &[token]);
    }
}

#[test]
fn telegram_token_is_never_shown() {
    let key = TOKEN.split(':').nth(1).unwrap();
    let fake = start(Telegram::new());
    let options = "dialect: telegram, token: \"${TOKEN}\", chat_id: \"@news\"";
    expect_silence(&project(&fake, options).env("TOKEN", TOKEN), &[key]);
    let url = fake.url().to_owned();
    drop(fake);
    // Nothing listens there any more.
    let fake = start(Telegram::new());
    let project = project(&fake, options).env("TOKEN", TOKEN);
    let pipeline = project.read("pipeline.yaml").replace(fake.url(), &url);
    project.write("pipeline.yaml", pipeline);
    expect_silence(&project, &[key]);
}
