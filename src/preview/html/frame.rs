//! The frame of a page: its head, the switches for width and colours, and the numbers of the plan.

use super::text::message;
use crate::engine::Plan;
use crate::preview::summary_lines;
use loopback_page::Escaped;
use syndicate_api::mask;

/// The style of every page, light and dark, from a phone to a desktop.
pub(crate) const STYLE: &str = concat!(include_str!("page.css"), include_str!("post.css"));

/// What stands around a queue.
pub(crate) struct PageFrame<'f> {
    /// What goes into the page's head: its style, and what else it needs.
    pub head: &'f str,
    /// The pipeline's file.
    pub file: &'f str,
    /// What stands above the queue, in HTML.
    pub above: &'f str,
}

/// A whole page around `queue`, which is HTML, without known secrets.
#[must_use]
pub(crate) fn page(frame: &PageFrame<'_>, plan: &Plan, queue: &str) -> String {
    let PageFrame { head, file, above } = frame;
    let notes: String = plan
        .notes
        .iter()
        .map(|note| format!("<p class=\"note\">{}</p>", message(note)))
        .collect();
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{head}\n\
         <title>Preview · syndicate</title>\n</head>\n<body>\n\
         <a class=\"unseen skip-link\" href=\"#queue\">To the queue</a>\n\
         <header class=\"bar\"><div class=\"bar-inner\"><h1>syndicate <b>preview</b></h1>\
         <div class=\"switches\">{}{}</div></div></header>\n\
         <main id=\"queue\" tabindex=\"-1\">\n{above}<div id=\"plan\">\
         <p class=\"summary\"><code>{}</code> {}</p>{notes}{queue}</div></main>\n</body>\n</html>\n",
        switch(
            "Width",
            "width",
            &[("desktop", "Desktop"), ("phone", "Phone")]
        ),
        switch(
            "Colours",
            "colours",
            &[("auto", "Auto"), ("light", "Light"), ("dark", "Dark")]
        ),
        Escaped(file),
        Escaped(&summary_lines(plan)),
    );
    mask(&page).into_owned()
}

/// A choice of one; the style looks at what is checked.
fn switch(legend: &str, name: &str, choices: &[(&str, &str)]) -> String {
    let choices: String = choices
        .iter()
        .enumerate()
        .map(|(index, (value, label))| {
            let checked = if index == 0 { " checked" } else { "" };
            format!(
                "<label><input type=\"radio\" class=\"unseen\" name=\"{name}\" id=\"{name}-{value}\" \
                 value=\"{value}\"{checked}><span>{label}</span></label>"
            )
        })
        .collect();
    format!(
        "<fieldset class=\"switch\"><legend class=\"unseen\">{legend}</legend>{choices}</fieldset>"
    )
}
