//! What was decided on the page, done: written into the post, put on record, or sent by the very run
//! that the command line makes. First everything is read anew; if the payload is no longer the one
//! that was looked at, nothing is done.

use std::sync::Arc;
use std::time::Duration;
use syndicate_api::Hint as _;

use axum::Json;
use axum::extract::State;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::order::{Answer, Deed, Order};
use super::write::write;
use super::{Desk, Opened, Trouble};
use crate::engine::{
    Action, Build, Entry, Outcome, Planning, Purpose, Selection, Share, approve, build, make_plan,
};
use crate::ledger::LedgerError;

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
    let opened = desk.workshop.open(&mut |_| false).await?;
    let (book, _) = desk.book().await?;
    let looks = desk.look(&opened, &book).await;
    let meant = |entry: &&Entry| entry.item.id() == order.item && entry.sink == order.sink;
    let Some(entry) = looks.plan.entries.iter().find(meant) else {
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
        Deed::Send => {
            let mut selection = selection(order, &opened)?;
            let offer = looks.offer(entry).map(|offer| offer.action);
            if offer == Some(Action::Update) {
                selection = selection.changes_only();
            }
            send(desk, &opened, &selection).await
        }
        Deed::Approve => let_out(desk, &opened, order).await,
        Deed::Skip | Deed::Unskip | Deed::Edit | Deed::Schedule => {
            let entries = looks.plan.entries.iter();
            let sinks = entries.filter(|other| other.item.id() == entry.item.id());
            write(&opened, entry, sinks.count(), order)
        }
        Deed::Look | Deed::Hide => {
            desk.ask_for(&order.item, order.action == Deed::Look);
            Ok(Answer::done(match order.action {
                Deed::Look => "it is shown as it would be sent",
                _ => "it is put away",
            }))
        }
    }
}

/// Exactly the payload that was looked at, of its item and to its sink.
fn selection(order: &Order, opened: &Opened) -> Result<Selection, Trouble> {
    let Opened {
        stages, scanned, ..
    } = opened;
    let names = [order.hash.clone()];
    let selection = Selection::new(&names, scanned, stages);
    let selection = selection.map_err(|error| Trouble(error.to_string()))?;
    Ok(selection.to_sink(&order.sink).of_item(&order.item))
}

async fn send(desk: &Desk, opened: &Opened, selection: &Selection) -> Result<Answer, Trouble> {
    let workshop = &desk.workshop;
    let before = workshop.store().read().await.map_err(unlucky)?;
    let run = Build {
        stages: &opened.stages,
        scanned: &opened.scanned,
        selection,
        cx: workshop.context(),
        store: workshop.store(),
        share: Share::Run(&before),
        ids: workshop.ids(),
        run: workshop.run(),
        same_site: false,
        lock_timeout: LOCK_TIMEOUT,
        patience: Duration::ZERO,
        stop: CancellationToken::new(),
    };
    let plan = build(&run, &mut |_| {}).await.map_err(unlucky)?;
    let Some(entry) = plan.entries.first() else {
        let notes = plan.notes.join("; ");
        return Ok(Answer::not_done(format!("nothing was sent: {notes}")));
    };
    let mut answer = outcome(entry);
    if let Some(feed) = workshop.feed().filter(|_| answer.link.is_some()) {
        // The address that the sandbox gives a post is one of the platform, where nothing is.
        answer.link = Some(feed.to_owned());
    }
    Ok(answer)
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

fn unlucky(error: LedgerError) -> Trouble {
    let hint = error.hint().map(|hint| format!("; {hint}"));
    Trouble(format!("{error}{}", hint.unwrap_or_default()))
}
