//! What was decided on the page, done: written into the post, put on record, or sent by the very run
//! that the command line makes. First everything is read anew; if the payload is no longer the one
//! that was looked at, nothing is done.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use syndicate_api::{Hinted, Skip};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::order::{Answer, Deed, Order};
use super::{Desk, Opened, Trouble};
use crate::engine::{
    Build, Entry, Outcome, Planning, Purpose, Selection, Share, Stop, approve, build, make_plan,
};
use crate::ledger::LedgerError;
use crate::preview::front;

/// How long to wait for another run; longer than that nobody looks at a page that does nothing.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn act(State(desk): State<Arc<Desk>>, Json(order): Json<Order>) -> Json<Answer> {
    let runtime = Handle::current();
    // Reading and converting pictures may take seconds, on a thread where that keeps nobody waiting.
    let done = spawn_blocking(move || runtime.block_on(answer(&desk, &order))).await;
    Json(done.unwrap_or_else(|_| Answer::not_done("the program broke over it; see the ledger")))
}

async fn answer(desk: &Desk, order: &Order) -> Answer {
    let guard = desk.alone().await;
    let answer = carry_out(desk, order).await;
    desk.renew(&guard).await;
    answer.unwrap_or_else(|Trouble(message)| Answer::not_done(message))
}

async fn carry_out(desk: &Desk, order: &Order) -> Result<Answer, Trouble> {
    let opened = desk.workshop.open().await?;
    let (book, _) = desk.book().await?;
    let plan = desk.plan(&opened, &book).await;
    let meant = |entry: &&Entry| entry.item.id() == order.item && entry.sink == order.sink;
    let Some(entry) = plan.entries.iter().find(meant) else {
        return Ok(Answer::not_done(
            "that post is not there any more; nothing was done",
        ));
    };
    let hash = entry
        .composed
        .as_ref()
        .map_or("", |composed| composed.hash.as_str());
    if hash != order.hash {
        return Ok(Answer::not_done(
            "it has changed since you looked, so nothing was done; look at it once more",
        ));
    }
    match order.action {
        Deed::Send | Deed::Approve if hash.is_empty() => {
            Ok(Answer::not_done("there is no payload, so nothing was done"))
        }
        Deed::Send => send(desk, &opened, order).await,
        Deed::Approve => let_out(desk, &opened, order).await,
        Deed::Skip | Deed::Unskip | Deed::Edit | Deed::Schedule => write(&opened, entry, order),
    }
}

/// Exactly the payload that was looked at, to its sink.
fn selection(order: &Order, opened: &Opened) -> Result<Selection, Trouble> {
    let Opened {
        stages, scanned, ..
    } = opened;
    let names = [order.hash.clone()];
    let selection = Selection::new(&names, scanned, stages);
    let selection = selection.map_err(|error| Trouble(error.to_string()))?;
    Ok(selection.to_sink(&order.sink))
}

async fn send(desk: &Desk, opened: &Opened, order: &Order) -> Result<Answer, Trouble> {
    let workshop = &desk.workshop;
    let before = workshop.store().read().await.map_err(unlucky)?;
    let run = Build {
        stages: &opened.stages,
        scanned: &opened.scanned,
        selection: &selection(order, opened)?,
        cx: workshop.context(),
        store: workshop.store(),
        share: Share::Run(&before),
        ids: workshop.ids(),
        lock_timeout: LOCK_TIMEOUT,
        patience: Duration::ZERO,
        stop: Stop::default(),
    };
    let plan = build(&run, &mut |_| {}).await.map_err(unlucky)?;
    let Some(entry) = plan.entries.first() else {
        let notes = plan.notes.join("; ");
        return Ok(Answer::not_done(format!("nothing was sent: {notes}")));
    };
    Ok(outcome(entry))
}

fn outcome(entry: &Entry) -> Answer {
    let sink = &entry.sink;
    let link = entry
        .receipt
        .as_ref()
        .and_then(|receipt| receipt.url.clone());
    let why = entry
        .problem
        .as_ref()
        .map_or_else(|| entry.reason.clone(), ToString::to_string);
    let mut answer = match entry.outcome {
        Some(Outcome::Sent) => Answer::done(format!("sent to {sink}")),
        Some(Outcome::Updated) => Answer::done(format!("changed on {sink}")),
        Some(Outcome::Unknown) => Answer::not_done(format!(
            "what became of it is unknown, and it is not sent again by itself: {why}"
        )),
        Some(Outcome::Failed) => Answer::not_done(format!("it was not sent: {why}")),
        Some(Outcome::Waiting) | None => {
            Answer::not_done(format!("it was not sent [{}]: {why}", entry.code))
        }
    };
    answer.link = link;
    answer
}

async fn let_out(desk: &Desk, opened: &Opened, order: &Order) -> Result<Answer, Trouble> {
    let workshop = &desk.workshop;
    let mut session = workshop.store().lock(LOCK_TIMEOUT).await.map_err(unlucky)?;
    let planning = Planning {
        stages: &opened.stages,
        scanned: &opened.scanned,
        selection: &selection(order, opened)?,
        purpose: Purpose::Show,
        share: Share::NextRun,
    };
    let cx = workshop.context();
    let plan = make_plan(&planning, session.book(), cx).await;
    let approved = approve(session.as_mut(), &plan, cx, workshop.ids()).await;
    Ok(if approved.map_err(unlucky)?.is_empty() {
        Answer::not_done("it is approved already, or would not be sent")
    } else {
        Answer::done(format!("approved for {}, as it is shown", order.sink))
    })
}

/// Writes what was decided into the front matter of the post.
fn write(opened: &Opened, entry: &Entry, order: &Order) -> Result<Answer, Trouble> {
    let Some(path) = &entry.item.path else {
        return Ok(Answer::not_done("it has no file to write that into"));
    };
    let item = &entry.item;
    let (keys, value, said): (Vec<&str>, Option<Value>, String) = match order.action {
        Deed::Skip => (
            vec!["skip"],
            Some(skip(opened, entry)),
            format!("{} leaves it out from now on", entry.sink),
        ),
        Deed::Unskip => (
            vec!["skip"],
            unskip(entry),
            "it may go out again".to_owned(),
        ),
        Deed::Schedule => {
            let at = order
                .value
                .as_deref()
                .map(|at| instant(at, entry))
                .transpose()?;
            let said = match &at {
                Some(at) => format!("it goes out not before {at}"),
                None => "it may go out at any time".to_owned(),
            };
            (vec!["at"], at.map(Value::from), said)
        }
        _ => {
            let text = order.value.as_ref().map(|text| text.replace("\r\n", "\n"));
            if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                return Ok(Answer::not_done("a commentary cannot be blank"));
            }
            let said = match &text {
                Some(_) => format!("the text is saved in {path}"),
                None => "the text is the template's again".to_owned(),
            };
            let text = text.map(|text| Value::from(text.trim_end()));
            let mut keys = vec!["commentary"];
            // A commentary of its own would win over the one for all.
            if item.overrides.sink_commentary.contains_key(&entry.sink) {
                keys.insert(0, &entry.sink);
            }
            (keys, text, said)
        }
    };
    let keys: Vec<&str> = ["syndicate"].into_iter().chain(keys).collect();
    let file = opened.stages.base.join(path);
    front::change(&file, &keys, value.as_ref())
        .map_err(|Hinted { message, hint, .. }| Trouble(format!("{path}: {message}; {hint}")))?;
    Ok(Answer::done(said))
}

/// What `skip` has to say so that this sink is left out as well.
fn skip(opened: &Opened, entry: &Entry) -> Value {
    let mut names = match &entry.item.overrides.skip {
        Skip::Sinks(names) => names.clone(),
        Skip::Nowhere | Skip::Everywhere => Vec::new(),
    };
    names.push(entry.sink.clone());
    let sinks = opened.stages.sink_names();
    let all = sinks
        .iter()
        .all(|sink| names.iter().any(|name| name == sink));
    if all { json!(true) } else { json!(names) }
}

/// What is left of `skip` once this sink is taken off it.
fn unskip(entry: &Entry) -> Option<Value> {
    let Skip::Sinks(names) = &entry.item.overrides.skip else {
        return None;
    };
    let names: Vec<&String> = names.iter().filter(|name| **name != entry.sink).collect();
    (!names.is_empty()).then(|| json!(names))
}

/// A time as it was typed, in the site's time zone.
fn instant(text: &str, entry: &Entry) -> Result<String, Trouble> {
    let name = entry.item.site.timezone.as_deref().unwrap_or("UTC");
    let zone = TimeZone::get(name).map_err(|error| Trouble(error.to_string()))?;
    let typed: DateTime = text
        .parse()
        .map_err(|_| Trouble(format!("`{text}` is no date and time")))?;
    let at = typed
        .to_zoned(zone)
        .map_err(|error| Trouble(error.to_string()))?;
    Ok(at.strftime("%Y-%m-%dT%H:%M%:z").to_string())
}

fn unlucky(error: LedgerError) -> Trouble {
    let hint = error.hint().map(|hint| format!("; {hint}"));
    Trouble(format!("{error}{}", hint.unwrap_or_default()))
}
