//! Renders the forms of a delivery. They work with the keyboard alone and have accessible names. The plan
//! determines which forms a delivery has.

use syndicate_api::{Code, SkippedSinks};

use super::commentary::commentary_of;
use super::shown::Shown;
use crate::engine::{Action, PlanEntry};
use crate::preview::html::DeliveryId;
use loopback_page::Escaped;

/// Renders the forms of `entry`.
pub(super) fn render(entry: &PlanEntry, of: &DeliveryId<'_>, shown: &Shown) -> String {
    let hash = entry
        .composed
        .as_ref()
        .map(|composed| composed.hash.as_str());
    let mut forms = send(entry, of, shown);
    if waits_for_approval(entry, shown) {
        forms.push_str(&form("approve", "Approve", "primary", of));
    }
    if entry.item.path.is_some() && !is_sent(entry) {
        forms.push_str(&edit_forms(entry, of, shown));
    }
    if shown.previewed.has(entry) {
        forms.push_str(&form("hide", "Hide", "", of));
    } else if is_hidden(entry) {
        forms.push_str(&form("look", "Show", "", of));
    }
    if forms.is_empty() {
        return forms;
    }
    format!(
        "<div class=\"acts\" data-item=\"{}\" data-sink=\"{}\" data-hash=\"{}\">{forms}</div>",
        Escaped(entry.item.id()),
        Escaped(&entry.sink),
        Escaped(hash.unwrap_or_default()),
    )
}

/// Renders the form that sends or updates the post after a confirmation.
fn send(entry: &PlanEntry, of: &DeliveryId<'_>, shown: &Shown) -> String {
    let (label, question, yes) = match action_by_name(entry, shown) {
        Some(Action::Send) => (
            "Send now…",
            "will be sent to {} immediately, as shown",
            "Send",
        ),
        Some(Action::Update) => (
            "Update…",
            "will be updated on {} to the version shown",
            "Update",
        ),
        _ => return String::new(),
    };
    let title = entry.item.title.as_deref().unwrap_or("This post");
    let question = question.replace("{}", &entry.sink);
    format!(
        "<form data-action=\"send\" data-ask=\"“{}” {}.\" data-yes=\"{yes}\">{}</form>",
        Escaped(title),
        Escaped(&question),
        button("send", label, "primary", of)
    )
}

/// Renders the forms that write into the front matter.
fn edit_forms(entry: &PlanEntry, of: &DeliveryId<'_>, shown: &Shown) -> String {
    if entry.code == Code::OptedOut {
        return match entry.item.overrides.skip {
            SkippedSinks::None => String::new(),
            _ => form("unskip", "Don’t skip", "", of),
        };
    }
    if !is_editable(entry) {
        return String::new();
    }
    let skip = form("skip", "Skip", "", of);
    format!("{skip}{}{}", edit(entry, of, shown), schedule(entry, of))
}

fn edit(entry: &PlanEntry, of: &DeliveryId<'_>, shown: &Shown) -> String {
    let kind = shown.kinds.get(entry.sink_index);
    let kind = kind.map_or("", |kind| kind);
    let own = commentary_of(&entry.item, &entry.sink, kind).map(|own| own.text.to_owned());
    let back = own.as_ref().map(|_| reset("Use the template", of));
    let plain = entry
        .composed
        .as_ref()
        .map(|composed| composed.post.text.plain());
    let text = own.or(plain).unwrap_or_default();
    let alone = match shown.kinds.len() {
        0 | 1 => String::new(),
        _ => format!(", only for {}", entry.sink),
    };
    format!(
        "<details id=\"{id}-edit\"><summary>{}</summary><form data-action=\"edit\">\
         <label for=\"{id}-text\">{}</label>\
         <textarea id=\"{id}-text\" name=\"text\" rows=\"8\" required dir=\"auto\">\n{}</textarea>\
         <p class=\"muted\">Saved in the front matter of <code>{}</code>{}; \
         <code>#word</code> becomes a hashtag.</p>\
         <p class=\"row\"><button type=\"submit\" class=\"primary\">{}</button>\
         <button type=\"reset\">{}</button>{}</p></form></details>",
        of.label("Edit commentary"),
        of.label("Commentary"),
        Escaped(&text),
        Escaped(entry.item.label()),
        Escaped(&alone),
        of.label("Save commentary"),
        of.label("Discard"),
        back.unwrap_or_default(),
        id = of.id,
    )
}

fn schedule(entry: &PlanEntry, of: &DeliveryId<'_>) -> String {
    let zone = entry.item.site.timezone.as_deref().unwrap_or("UTC");
    let at = entry.item.overrides.at.as_ref();
    // The input has no zone: it is always a time in the site's zone, so the stored time is converted.
    let value = at.map(|at| {
        let here = at.in_tz(zone).unwrap_or_else(|_| at.clone());
        here.strftime("%Y-%m-%dT%H:%M").to_string()
    });
    let clear = at.map(|_| reset("Clear time", of));
    format!(
        "<details id=\"{id}-when\"><summary>{}</summary><form data-action=\"schedule\">\
         <label for=\"{id}-at\">{}</label>\
         <input id=\"{id}-at\" name=\"at\" type=\"datetime-local\" value=\"{}\" required>\
         <p class=\"row\"><button type=\"submit\" class=\"primary\">{}</button>{}</p></form></details>",
        of.label("Schedule"),
        of.label(&format!("Not before ({})", Escaped(zone))),
        Escaped(&value.unwrap_or_default()),
        of.label("Save time"),
        clear.unwrap_or_default(),
        id = of.id,
    )
}

/// Renders a button that removes the value that its form writes.
fn reset(label: &str, of: &DeliveryId<'_>) -> String {
    let label = of.label(label);
    format!("<button type=\"submit\" name=\"reset\" value=\"yes\" formnovalidate>{label}</button>")
}

fn form(action: &str, label: &str, class: &str, of: &DeliveryId<'_>) -> String {
    let button = button(action, label, class, of);
    format!("<form data-action=\"{action}\">{button}</form>")
}

fn button(action: &str, label: &str, class: &str, of: &DeliveryId<'_>) -> String {
    let (id, label) = (of.id, of.label(label));
    format!("<button type=\"submit\" id=\"{id}-{action}\" class=\"{class}\">{label}</button>")
}

/// Returns the action of a run limited to this post; such a run overrides limits, but not the post's time.
fn action_by_name(entry: &PlanEntry, shown: &Shown) -> Option<Action> {
    let possible = shown
        .previewed
        .possible(entry)
        .map(|possible| possible.action);
    match possible.unwrap_or(entry.action) {
        Action::Wait => match entry.code {
            Code::MaxPerRun | Code::Spacing | Code::Throttled => Some(Action::Send),
            _ => None,
        },
        action => Some(action),
    }
}

fn waits_for_approval(entry: &PlanEntry, shown: &Shown) -> bool {
    let possible = shown
        .previewed
        .possible(entry)
        .map(|possible| possible.code);
    shown.approve && possible.unwrap_or(entry.code) == Code::NotApproved
}

/// Returns `true` if the plan skips the delivery without composing it.
fn is_hidden(entry: &PlanEntry) -> bool {
    entry.action == Action::Skip && entry.composed.is_none() && entry.problem.is_none()
}

/// Returns `true` if edits can affect the delivery: it has a payload, or failed to get one.
fn is_editable(entry: &PlanEntry) -> bool {
    entry.composed.is_some() || entry.problem.is_some()
}

fn is_sent(entry: &PlanEntry) -> bool {
    matches!(entry.code, Code::AlreadySent | Code::OutcomeUnknown)
}
