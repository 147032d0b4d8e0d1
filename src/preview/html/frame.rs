//! Renders the page around the queue: the head, the switches for width and colours, and the plan's summary.

use super::text::message;
use crate::engine::Plan;
use crate::preview::summary_lines;
use loopback_page::Escaped;
use syndicate_api::mask;

/// The style sheet of every page, light and dark, from phone to desktop.
pub(crate) const STYLE: &str = concat!(
    include_str!("page.css"),
    include_str!("post.css"),
    include_str!("link_card.css"),
    include_str!("layouts.css")
);

/// The title of every page, by which the program recognizes a page that it wrote.
pub(super) const TITLE: &str = "<title>Preview · syndicate</title>";

/// The variable parts of a page around its queue.
pub(crate) struct PageFrame<'f> {
    /// HTML for the `<head>`: the style sheet, scripts and policies.
    pub head: &'f str,
    /// The pipeline's file, for display.
    pub file: &'f str,
    /// HTML shown above the queue.
    pub above: &'f str,
}

/// Renders a complete page around `queue`, which is HTML, and masks known secrets.
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
         {TITLE}\n</head>\n<body>\n\
         <a class=\"unseen skip-link\" href=\"#queue\">Skip to the queue</a>\n\
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

/// Renders a group of radio buttons; the style sheet reacts to the selected one.
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
