//! `syndicate check`: the doctor. It looks at everything that can be looked at without sending
//! anything, asks a platform only with `--online`, and ends each finding that is not good with what to
//! do.

mod online;
mod pictures;

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde_json::{Value, json};
use syndicate_api::{Context, Finding, Hint as _};

use super::world::World;
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::{OpenAttempt, Scanned, Stages, head, live_posts, open_attempts};
use crate::ledger::{FILE_NAME, LedgerError, Store as _, Survey};

/// Options of `check`.
#[derive(Args, Debug)]
#[command(after_help = "\
Exits with 1 when something would keep a run from working. It reads pipeline.yaml, the posts, the
templates and the ledger, looks for credentials, and sends nothing.

Examples:
  syndicate check                  at once, and without asking anybody
  syndicate check --online         also asks whose token it is, whether it may post, how long it lives,
                                   and whether the site answers; readers see nothing of it")]
pub(super) struct Options {
    /// Ask the site and the platforms too
    #[arg(long)]
    online: bool,
}

/// Hosts of examples (RFC 2606), with which generators' config files begin.
const PLACEHOLDERS: &[&str] = &["example.com", "example.net", "example.org"];

/// A finding and what it is about.
type About = (String, Finding);

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    if options.online && global.offline {
        return Err(Failure::Usage(Hinted::new(
            "`--offline` forbids what `--online` is for",
            "leave one of them out",
        )));
    }
    let world = World::new(global, false)?;
    let (stages, scanned) = world.scanned(global, None).await?;
    let mut findings = vec![(
        stages.file.clone(),
        Finding::Good("is a good pipeline".to_owned()),
    )];
    posts(&scanned, &mut findings);
    for stage in &stages.sinks {
        templates(stage, &mut findings);
        let own = stage.sink.check(&world.cx);
        findings.extend(
            own.into_iter()
                .map(|finding| (format!("sink `{}`", stage.name), finding)),
        );
    }
    if stages.sinks.is_empty() {
        findings.push((
            stages.file.clone(),
            Finding::Warning {
                message: "has no sinks, so nothing can be sent".to_owned(),
                hint: "add one, for example `sinks: {linkedin: {type: linkedin}}`".to_owned(),
            },
        ));
    } else {
        pictures::look(&stages, &scanned, &mut findings);
        since(&stages, &mut findings);
        record(global, &world, (&stages, &scanned), &mut findings).await;
    }
    if options.online {
        online::look(&world.cx, &stages, &scanned, &mut findings).await;
    }
    report(global, &findings)
}

/// Says what a run's sinks want attention for, such as a token that ends soon. What will not work at
/// all a run says itself, of the posts that it keeps from being sent.
pub(super) fn forewarn(stages: &Stages, cx: &Context) -> Result<(), Failure> {
    for stage in stages.sinks.iter().filter(|stage| !stage.left_out) {
        for finding in stage.sink.check(cx) {
            if let Finding::Warning { message, hint } = finding {
                print::talk(&format!(
                    "warning: sink `{}`: {message}\nhint: {hint}",
                    stage.name
                ))?;
            }
        }
    }
    Ok(())
}

fn posts(scanned: &Scanned, findings: &mut Vec<About>) {
    let about = || "posts".to_owned();
    let message = format!("{} were read", scanned.items.len());
    findings.push((
        about(),
        if scanned.items.is_empty() {
            let hint =
                "see that `path` and `content` of the source name the right folder".to_owned();
            Finding::Warning {
                message: "none was found".to_owned(),
                hint,
            }
        } else {
            Finding::Good(message)
        },
    ));
    let placeholder = scanned.items.iter().find_map(|(_, item)| {
        let url = item.url.as_deref()?;
        let host = url.split("//").nth(1)?.split('/').next()?;
        let host = host.strip_prefix("www.").unwrap_or(host);
        PLACEHOLDERS.contains(&host).then_some(url)
    });
    if let Some(url) = placeholder {
        let message = format!("`{url}` is on a host that belongs to nobody's site");
        let hint = "set `url` of the source to the site's public address".to_owned();
        findings.push((about(), Finding::Warning { message, hint }));
    }
    for fault in &scanned.faults {
        let hint = fault
            .hint
            .clone()
            .unwrap_or_else(|| "mend the file".to_owned());
        findings.push((
            about(),
            Finding::Bad {
                message: fault.to_string(),
                hint,
            },
        ));
    }
    for note in &scanned.notes {
        let hint = "`syndicate items` shows where each fact came from".to_owned();
        findings.push((
            about(),
            Finding::Warning {
                message: note.clone(),
                hint,
            },
        ));
    }
}

fn templates(stage: &crate::engine::SinkStage, findings: &mut Vec<About>) {
    let about = format!("sink `{}`", stage.name);
    match &stage.template {
        Ok(_) => findings.push((about, Finding::Good("its template compiles".to_owned()))),
        Err(faults) => {
            for fault in faults {
                let hint = fault
                    .hint
                    .clone()
                    .unwrap_or_else(|| "mend the template".to_owned());
                findings.push((
                    about.clone(),
                    Finding::Bad {
                        message: fault.to_string(),
                        hint,
                    },
                ));
            }
        }
    }
}

/// Warns of a pipeline that no date keeps from sending its archive.
fn since(stages: &Stages, findings: &mut Vec<About>) {
    if stages.policy.since.is_none() && stages.policy.max_age.is_none() {
        let finding = Finding::Warning {
            message: "has no `policy.since`, so posts of any age go out".to_owned(),
            hint: "add `policy: {since: YYYY-MM-DD}` with the day from which on posts are new"
                .to_owned(),
        };
        findings.push((stages.file.clone(), finding));
    }
}

async fn record(
    global: &Global,
    world: &World,
    (stages, scanned): (&Stages, &Scanned),
    findings: &mut Vec<About>,
) {
    let finding = match world.ledger(global).survey().await {
        Ok(Survey { book, trouble }) => {
            let foreign = head::check(&book, stages, scanned).err();
            findings.extend(foreign.or(trouble).map(|error| {
                let finding = Finding::Bad {
                    message: error.to_string(),
                    hint: error.hint().unwrap_or_default(),
                };
                (FILE_NAME.to_owned(), finding)
            }));
            findings.extend(
                live_posts(&book).into_iter().map(|(message, hint)| {
                    (FILE_NAME.to_owned(), Finding::Warning { message, hint })
                }),
            );
            let open = open_attempts(&book, None, None);
            let is_claimed = |open: &OpenAttempt| {
                let claim = open.claim.as_ref();
                claim
                    .is_some_and(|claim| book.live().claimed_until(claim, world.cx.now()).is_some())
            };
            match open.iter().filter(|open| !is_claimed(open)).count() {
                0 => Finding::Good(format!("{} events, none open", book.events().len())),
                open => Finding::Warning {
                    message: match open {
                        1 => "1 delivery waits for your answer".to_owned(),
                        open => format!("{open} deliveries wait for your answer"),
                    },
                    hint: "look whether it is there, then run `syndicate settle`".to_owned(),
                },
            }
        }
        Err(error) => {
            let hint = error
                .hint()
                .unwrap_or_else(|| "see that the file can be read".to_owned());
            let message = match &error {
                LedgerError::Io { source, .. } => format!("{error}: {source}"),
                _ => error.to_string(),
            };
            Finding::Bad { message, hint }
        }
    };
    findings.push((FILE_NAME.to_owned(), finding));
}

fn report(global: &Global, findings: &[About]) -> Result<Exit, Failure> {
    let bad = findings
        .iter()
        .any(|(_, finding)| matches!(finding, Finding::Bad { .. }));
    if global.json {
        let list: Vec<Value> = findings.iter().map(finding_json).collect();
        print::data(&json!({"v": 1, "ok": !bad, "findings": list}).to_string())?;
    } else {
        for (about, finding) in findings {
            print::data(&line(about, finding))?;
        }
    }
    Ok(if bad { Exit::Error } else { Exit::Fine })
}

fn line(about: &str, finding: &Finding) -> String {
    const GOOD: Style = AnsiColor::Green.on_default();
    const WARN: Style = AnsiColor::Yellow.on_default();
    const BAD: Style = AnsiColor::Red.on_default();
    match finding {
        Finding::Good(message) => format!("{GOOD}ok{GOOD:#}      {about}: {message}"),
        Finding::Warning { message, hint } => {
            format!("{WARN}warning{WARN:#} {about}: {message}\n        hint: {hint}")
        }
        Finding::Bad { message, hint } => {
            format!("{BAD}error{BAD:#}   {about}: {message}\n        hint: {hint}")
        }
    }
}

fn finding_json((about, finding): &About) -> Value {
    let (level, message, hint) = match finding {
        Finding::Good(message) => ("ok", message, None),
        Finding::Warning { message, hint } => ("warning", message, Some(hint)),
        Finding::Bad { message, hint } => ("error", message, Some(hint)),
    };
    json!({"level": level, "about": about, "message": message, "hint": hint})
}
