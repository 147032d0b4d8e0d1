//! Renders the feed page: all posts, the newest first, beside the demo member's profile, or
//! instructions before the first post.

use jiff::Timestamp;

use super::card::{self, initials};
use crate::members::demo_name;
use crate::page_frame::{PageTab, frame};
use crate::posts::reader_view::SandboxPost;

/// Renders the feed at `now`; `first_steps` is the HTML of an empty feed.
pub(crate) fn render(posts: &[SandboxPost], first_steps: &str, now: Timestamp) -> String {
    let newest_first = posts.iter().enumerate().rev();
    let cards: String = newest_first
        .map(|(number, post)| card::render(post, number, now))
        .collect();
    let (head, feed) = if cards.is_empty() {
        // An empty page reloads itself until the first post arrives.
        (
            "<meta http-equiv=\"refresh\" content=\"3\">\n",
            empty(first_steps),
        )
    } else {
        ("", cards)
    };
    let main = format!(
        "<div class=\"columns\">{}<main><h1 class=\"unseen\">Feed</h1>{feed}</main></div>",
        side(posts)
    );
    frame(PageTab::Feed, head, &main)
}

fn side(posts: &[SandboxPost]) -> String {
    let count = match posts.len() {
        0 => "No posts yet".to_owned(),
        1 => "1 post".to_owned(),
        count => format!("{count} posts"),
    };
    let name = demo_name();
    format!(
        "<aside class=\"card side\" aria-label=\"About this sandbox\"><div class=\"cover\"></div>\
         <span class=\"avatar large\" aria-hidden=\"true\">{}</span>\
         <p class=\"name\">{name}</p><p class=\"muted\">Nothing leaves this machine, and \
         all posts are deleted when the sandbox stops.</p>\
         <p class=\"facts\"><span>{count}</span> <a href=\"/log\">Requests</a> \
         <a href=\"/feed.json\">JSON</a></p></aside>",
        initials(&name)
    )
}

fn empty(first_steps: &str) -> String {
    format!(
        "<section class=\"card empty\"><img src=\"/icon.svg\" alt=\"\" width=\"56\" height=\"56\">\
         <h2>Your first post will appear here</h2>\
         <p>This is a LinkedIn that runs on your machine. It refuses what LinkedIn refuses and shows \
         what a reader would see. No account is needed.</p>\
         {first_steps}\
         <p class=\"muted\">This page reloads automatically.</p></section>"
    )
}
