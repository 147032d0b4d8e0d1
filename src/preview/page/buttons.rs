//! What one can decide about a delivery: forms that work with the keyboard alone and say what they do
//! to those who listen. Which of them are there follows from the plan.

use syndicate_api::{Code, Skip};

use super::desk::Shown;
use crate::engine::{Action, Entry};
use crate::html::Escaped;

/// The forms of `entry`, which is `id` on the page.
pub(super) fn draw(entry: &Entry, id: &str, shown: &Shown) -> String {
    let hash = entry
        .composed
        .as_ref()
        .map(|composed| composed.hash.as_str());
    let mut forms = String::new();
    if may_send(entry) {
        forms.push_str(&form("send", "Send now…", "primary", id));
    }
    if shown.approve && entry.code == Code::NotApproved {
        forms.push_str(&form("approve", "Approve", "primary", id));
    }
    if entry.item.path.is_some() && !is_out(entry) {
        forms.push_str(&written(entry, id));
    }
    if forms.is_empty() {
        return forms;
    }
    format!(
        "<div class=\"acts\" data-item=\"{}\" data-sink=\"{}\" data-hash=\"{}\" data-title=\"{}\">{forms}</div>",
        Escaped(entry.item.id()),
        Escaped(&entry.sink),
        Escaped(hash.unwrap_or_default()),
        Escaped(entry.item.title.as_deref().unwrap_or("this post")),
    )
}

/// What is written into the front matter.
fn written(entry: &Entry, id: &str) -> String {
    let skips = entry.item.overrides.skip != Skip::Nowhere && entry.code == Code::OptedOut;
    if skips {
        return form("unskip", "Send it after all", "", id);
    }
    if !speaks(entry) {
        return String::new();
    }
    let skip = form("skip", "Skip", "", id);
    format!("{skip}{}{}", edit(entry, id), schedule(entry, id))
}

fn edit(entry: &Entry, id: &str) -> String {
    let own = own_words(entry);
    let plain = entry
        .composed
        .as_ref()
        .map(|composed| composed.post.text.plain());
    let text = own.cloned().or(plain).unwrap_or_default();
    let label = entry.item.label();
    let back = if own.is_some() {
        "<button type=\"submit\" name=\"reset\" value=\"yes\" formnovalidate>Back to the template</button>"
    } else {
        ""
    };
    format!(
        "<details id=\"{id}-edit\"><summary>Edit the text</summary><form data-action=\"edit\">\
         <label for=\"{id}-text\">Commentary, word for word</label>\
         <textarea id=\"{id}-text\" name=\"text\" rows=\"8\" required dir=\"auto\">\n{}</textarea>\
         <p class=\"muted\">It is written into the front matter of <code>{}</code>; <code>#word</code> \
         becomes a hashtag.</p>\
         <p class=\"row\"><button type=\"submit\" class=\"primary\">Save the text</button>\
         <button type=\"reset\">Discard</button>{back}</p></form></details>",
        Escaped(&text),
        Escaped(label)
    )
}

fn schedule(entry: &Entry, id: &str) -> String {
    let at = entry.item.overrides.at.as_ref();
    let value = at.map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string());
    let zone = entry.item.site.timezone.as_deref().unwrap_or("UTC");
    let clear = if at.is_some() {
        "<button type=\"submit\" name=\"reset\" value=\"yes\" formnovalidate>At any time</button>"
    } else {
        ""
    };
    format!(
        "<details id=\"{id}-when\"><summary>Schedule</summary><form data-action=\"schedule\">\
         <label for=\"{id}-at\">Not before ({})</label>\
         <input id=\"{id}-at\" name=\"at\" type=\"datetime-local\" value=\"{}\" required>\
         <p class=\"row\"><button type=\"submit\" class=\"primary\">Save the time</button>{clear}</p>\
         </form></details>",
        Escaped(zone),
        Escaped(&value.unwrap_or_default())
    )
}

fn form(action: &str, label: &str, class: &str, id: &str) -> String {
    format!(
        "<form data-action=\"{action}\"><button type=\"submit\" id=\"{id}-{action}\" class=\"{class}\" \
         aria-describedby=\"{id}-sink\">{label}</button></form>"
    )
}

/// What its author said already, for this sink or for all.
pub(super) fn own_words(entry: &Entry) -> Option<&String> {
    let overrides = &entry.item.overrides;
    overrides
        .sink_commentary
        .get(&entry.sink)
        .or(overrides.commentary.as_ref())
}

/// Whether a run by name would send it now: what the post or the hour says is not overridden by that.
fn may_send(entry: &Entry) -> bool {
    match entry.action {
        Action::Send | Action::Update => true,
        Action::Wait => matches!(
            entry.code,
            Code::MaxPerRun | Code::Spacing | Code::Throttled
        ),
        Action::Ask | Action::Skip => false,
    }
}

/// Whether what one could write has any say: a post that is out or not meant to go out has none.
fn speaks(entry: &Entry) -> bool {
    entry.composed.is_some() || entry.problem.is_some()
}

fn is_out(entry: &Entry) -> bool {
    matches!(entry.code, Code::AlreadySent | Code::OutcomeUnknown)
}
