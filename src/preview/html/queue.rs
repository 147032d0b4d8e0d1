//! Renders a plan as HTML in four sections: to be sent, waiting, failed and left alone. The
//! deliveries of one item are side by side.

use std::fmt::Write as _;

use syndicate_api::{Diagnostic, Item, sha256_hex};

use super::card::{advice, post, push};
use super::crawler::crawler;
use super::facts::facts;
use super::names::{DeliveryId, DeliveryNames};
use super::pictures::Pictures;
use super::text::message;
use crate::engine::{Action, Plan, PlanEntry};
use crate::preview::next_step::next_step;
use crate::preview::view::DeliveryView;
use loopback_page::Escaped;

/// Maximum number of items listed in a section.
const LISTED: usize = 200;

/// Renders additions to a delivery, such as buttons.
pub(super) type EntryExtras<'x> = &'x dyn Fn(&PlanEntry, &DeliveryId<'_>) -> String;

/// Returns a value for `id` attributes that is unique to a delivery.
#[must_use]
pub(crate) fn entry_id(entry: &PlanEntry) -> String {
    let mut digits = sha256_hex(format!("{}\n{}", entry.item.id(), entry.sink).as_bytes());
    digits.truncate(12);
    format!("d{digits}")
}

/// The sections of a queue, most urgent first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum QueueSection {
    ToSend,
    Waiting,
    Failed,
    Skipped,
}

impl QueueSection {
    const ALL: [Self; 4] = [Self::ToSend, Self::Waiting, Self::Failed, Self::Skipped];

    fn of(entry: &PlanEntry) -> Self {
        match entry.action {
            _ if entry.problem.is_some() && entry.outcome.is_none() => Self::Failed,
            Action::Send | Action::Update => Self::ToSend,
            Action::Wait | Action::Ask => Self::Waiting,
            Action::Skip => Self::Skipped,
        }
    }

    fn id_and_title(self) -> (&'static str, &'static str) {
        match self {
            Self::ToSend => ("to-send", "To be sent by the next build"),
            Self::Waiting => ("waiting", "Waiting"),
            Self::Failed => ("failed", "Errors"),
            Self::Skipped => ("skipped", "Not sent"),
        }
    }
}

/// Renders all of `plan`.
#[must_use]
pub(crate) fn queue(plan: &Plan, pictures: Pictures<'_>, extra: EntryExtras<'_>) -> String {
    let mut html = faults(&plan.faults);
    let names = DeliveryNames::of(plan);
    for part in QueueSection::ALL {
        let groups = groups(plan, part);
        if groups.is_empty() {
            continue;
        }
        let (id, title) = part.id_and_title();
        push(
            &mut html,
            format_args!(
                "<section class=\"part\" aria-labelledby=\"{id}\"><h2 id=\"{id}\">{title} \
                 <span class=\"count\">{}</span></h2>",
                groups.len()
            ),
        );
        for group in groups.iter().take(LISTED) {
            html.push_str(&item(group, &names, pictures, extra));
        }
        if groups.len() > LISTED {
            push(
                &mut html,
                format_args!(
                    "<p class=\"muted\">and {} more; <code>syndicate preview --all</code> lists all \
                     of them</p>",
                    groups.len() - LISTED
                ),
            );
        }
        html.push_str("</section>");
    }
    if plan.entries.is_empty() && plan.faults.is_empty() {
        html.push_str(
            "<section class=\"part\"><h2>No posts</h2><p>The sources contain no posts.</p></section>",
        );
    }
    html
}

/// Groups entries by item and returns the groups whose first section is `part`.
fn groups(plan: &Plan, part: QueueSection) -> Vec<Vec<&PlanEntry>> {
    let mut groups: Vec<Vec<&PlanEntry>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for entry in &plan.entries {
        let place = *places.entry(entry.item.id()).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(entry);
    }
    let first = |group: &Vec<&PlanEntry>| {
        let has = |part: &QueueSection| group.iter().any(|entry| QueueSection::of(entry) == *part);
        QueueSection::ALL.into_iter().find(|part| has(part))
    };
    groups.retain(|group| first(group) == Some(part));
    if part == QueueSection::Skipped {
        // The latest posts come first, because they are the ones that users look for.
        groups.reverse();
    }
    groups
}

fn item(
    group: &[&PlanEntry],
    names: &DeliveryNames<'_>,
    pictures: Pictures<'_>,
    extra: EntryExtras<'_>,
) -> String {
    let Some(first) = group.first() else {
        return String::new();
    };
    let id = entry_id(first);
    let mut html = format!(
        "<article class=\"item\" id=\"{id}-item\" aria-labelledby=\"{id}-title\">\
         <h3 id=\"{id}-title\" dir=\"auto\">{}</h3><p class=\"muted\">{}</p><div class=\"sinks\">",
        Escaped(first.item.title.as_deref().unwrap_or("Untitled")),
        describe_item(&first.item)
    );
    for entry in group {
        html.push_str(&delivery(entry, &names.name(entry), pictures, extra));
    }
    html.push_str("</div></article>");
    html
}

/// Renders the file, the dates, the author and the tags of an item. Each part is isolated, because a name from right to
/// left would otherwise change places with the part after it.
fn describe_item(item: &Item) -> String {
    let date = item
        .published
        .as_ref()
        .map(|date| date.at.strftime("%-d %B %Y").to_string());
    let author = item.author.as_ref().map(|author| format!("by {author}"));
    let at = item.overrides.at.as_ref();
    let at = at.map(|at| at.strftime("not before %-d %B %Y, %H:%M").to_string());
    let parts = [Some(item.label().to_owned()), date, at, author];
    let isolated = |part: &str| format!("<bdi>{}</bdi>", Escaped(part));
    let mut html: Vec<String> = parts.iter().flatten().map(|part| isolated(part)).collect();
    let tags: Vec<String> = item.tags.iter().map(|tag| isolated(tag)).collect();
    html.extend((!tags.is_empty()).then(|| tags.join(", ")));
    html.join(" · ")
}

fn delivery(
    entry: &PlanEntry,
    name: &str,
    pictures: Pictures<'_>,
    extra: EntryExtras<'_>,
) -> String {
    let id = entry_id(entry);
    let of = DeliveryId { id: &id, name };
    let (word, class) = verdict(entry);
    let mut html = format!(
        "<section class=\"delivery\" id=\"{id}\" aria-labelledby=\"{id}-sink\">\
         <p class=\"verdict\"><b id=\"{id}-sink\">{}</b> {}<span class=\"chip {class}\">{word}</span> \
         <code>{}</code></p><p class=\"reason\">{}</p>",
        Escaped(&entry.sink),
        sender(entry),
        entry.code,
        message(&reason(entry))
    );
    html.extend(answer(entry));
    if let Some(view) = DeliveryView::of(entry) {
        let account = entry.sender.name.as_deref().unwrap_or(&entry.sink);
        html.push_str(&post(&view, account, &of, pictures));
        html.push_str(&advice(&view));
        html.push_str(&facts(&view, &of));
        let page = view.composed.page.as_ref();
        html.extend(page.map(|reading| crawler(reading, &of)));
    }
    html.push_str(&extra(entry, &of));
    html.push_str("</section>");
    html
}

/// Renders the account that the sink posts as, if it is known.
fn sender(entry: &PlanEntry) -> String {
    if entry.sender.is_unknown() {
        return String::new();
    }
    let id = entry.sender.id.as_deref().unwrap_or_default();
    format!(
        "<span class=\"sender\" title=\"{}\">as {}</span> ",
        Escaped(id),
        Escaped(&entry.sender.to_string())
    )
}

fn reason(entry: &PlanEntry) -> String {
    let Some(problem) = &entry.problem else {
        return entry.reason.clone();
    };
    let hint = problem.hint.as_ref().map(|hint| format!(" — {hint}"));
    format!("{problem}{}", hint.unwrap_or_default())
}

/// Renders the commands that answer the question of a delivery, because the page has no button for them.
fn answer(entry: &PlanEntry) -> Option<String> {
    let step = next_step(entry).filter(|_| entry.action == Action::Ask)?;
    Some(format!("<p class=\"reason\">Next: {}</p>", message(&step)))
}

fn verdict(entry: &PlanEntry) -> (&'static str, &'static str) {
    match entry.action {
        Action::Send => ("send", "good"),
        Action::Update => ("update", "good"),
        Action::Wait => ("wait", "later"),
        Action::Ask => ("ask", "later"),
        Action::Skip if entry.problem.is_some() => ("fault", "bad"),
        Action::Skip => ("skip", "skipped"),
    }
}

/// Renders the files that could not be read, each with the position of the error.
fn faults(faults: &[Diagnostic]) -> String {
    if faults.is_empty() {
        return String::new();
    }
    let mut html = String::from(
        "<section class=\"part faults\" aria-labelledby=\"faults\"><h2 id=\"faults\">Unreadable files</h2>",
    );
    for fault in faults {
        let hint = fault.hint.as_deref().map(|hint| format!("\nhint: {hint}"));
        push(
            &mut html,
            format_args!(
                "<pre class=\"fault\" tabindex=\"0\">{}{}</pre>",
                message(&fault.to_string()),
                message(&hint.unwrap_or_default())
            ),
        );
    }
    write!(html, "</section>").ok();
    html
}
