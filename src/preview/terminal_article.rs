//! Renders an article for the terminal: cover, title, tags, the first part of the text and the canonical URL.

use syndicate_api::Article;

use super::article::{Block, BlockKind, excerpt};
use super::view::facts;
use super::wrap::{list_item, styled};
use crate::terminal::{Style, escape_value};

const FAINT: Style = Style::Faint;

/// Renders an article in lines of at most `width` columns.
pub(super) fn article_lines(article: &Article, width: usize) -> Vec<String> {
    let width = width - 2;
    let cover = match (&article.cover, &article.cover_url) {
        (Some(cover), _) => facts(&cover.medium),
        (None, Some(url)) => url.clone(),
        (None, None) => "no cover".to_owned(),
    };
    let mut lines = styled(&cover, width - 2, "▒ ", FAINT);
    lines.extend(styled(&article.title, width, "", Style::Strong));
    let tags: Vec<String> = article.tags.iter().map(|tag| format!("#{tag}")).collect();
    lines.extend(styled(&tags.join(" "), width, "", FAINT));
    let start = excerpt(&article.markdown);
    let mut is_after_item = false;
    for block in &start.blocks {
        // The items of a list have no empty line between them.
        let is_item = matches!(block.kind, BlockKind::ListItem { .. });
        if !(is_item && is_after_item) {
            lines.push(String::new());
        }
        is_after_item = is_item;
        lines.extend(block_lines(block, width));
    }
    if start.is_cut {
        lines.extend([String::new(), format!("  {FAINT}…{FAINT:#}")]);
    }
    let url = escape_value(&article.url);
    lines.push(format!("  {FAINT}canonical URL {url}{FAINT:#}"));
    lines
}

fn block_lines(block: &Block, width: usize) -> Vec<String> {
    let text = block.text();
    match block.kind {
        BlockKind::Heading => styled(&text, width, "", Style::Strong),
        BlockKind::Paragraph => styled(&text, width, "", Style::Plain),
        BlockKind::ListItem { number, depth } => {
            let mark = number.map_or("- ".to_owned(), |number| format!("{number}. "));
            list_item(
                &text,
                width,
                &format!("{}{mark}", "  ".repeat(depth.min(4))),
            )
        }
        BlockKind::Quote => styled(&text, width - 2, "┆ ", Style::Plain),
        BlockKind::Code => styled(&text, width - 2, "  ", FAINT),
    }
}
