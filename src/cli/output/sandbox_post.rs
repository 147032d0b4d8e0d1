//! Draws a post of the sandbox's feed as its readers would see it.

use crate::preview::{CardFields, render_card};
use linkedin_sandbox::SandboxPost;

/// Draws a post. Adds a warning if LinkedIn would cut the commentary.
pub(crate) fn draw_sandbox_post(post: &SandboxPost, width: usize) -> String {
    let card = post.article.as_ref().map(|article| CardFields {
        picture: article.image.as_ref().map(|_| "its picture".to_owned()),
        title: &article.title,
        description: article.description.as_deref(),
        url: &article.source,
        ..CardFields::default()
    });
    let mut drawn = format!(
        "\n{}\n{}",
        post.id,
        render_card(&post.text, card.as_ref(), width)
    );
    if post.cut_at.is_some() {
        drawn.push_str("  warning: LinkedIn would cut the commentary here\n");
    }
    if let Some(reason) = &post.hidden_because {
        drawn.push_str(&format!("  warning: readers would not see it: {reason}\n"));
    }
    drawn.trim_end().to_owned()
}
