//! Renders the frame that all pages share.

/// The selected tab of the navigation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageTab {
    Feed,
    Requests,
    SignIn,
}

/// Renders a page: `head` is added to its head, and `main` is its content.
pub(crate) fn frame(tab: PageTab, head: &str, main: &str) -> String {
    let title = match tab {
        PageTab::Feed => "Feed",
        PageTab::Requests => "Requests",
        PageTab::SignIn => "Sign in",
    };
    let link = |to: PageTab, href: &str, name: &str| {
        let current = if to == tab {
            " aria-current=\"page\""
        } else {
            ""
        };
        format!("<a href=\"{href}\"{current}>{name}</a>")
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}\
         <title>{title} · LinkedIn sandbox</title>\n\
         <link rel=\"stylesheet\" href=\"/feed.css\">\n<link rel=\"icon\" href=\"/icon.svg\">\n\
         </head>\n<body>\n<header class=\"bar\"><div class=\"bar-inner\">\
         <a class=\"brand\" href=\"/\"><img src=\"/icon.svg\" alt=\"\" width=\"32\" height=\"32\">\
         <span>LinkedIn <b>sandbox</b></span></a>\
         <nav aria-label=\"Pages\">{}{}</nav></div></header>\n{main}\n</body>\n</html>\n",
        link(PageTab::Feed, "/", "Feed"),
        link(PageTab::Requests, "/log", "Requests"),
    )
}
