//! Writes posts with given front matter and a body about a theme. The body is long enough to distinguish
//! one article from another.

/// Returns the text of a block.
pub(super) fn lines(block: &[String]) -> String {
    let text = block.join("\n");
    format!("{}\n", text.trim_end())
}

/// Returns a post. Its body is `text: THEME`, a text of more than 20 words, or `short: WORDS`, the complete
/// body. Every other line is front matter.
pub(super) fn post(block: &[String]) -> Result<String, String> {
    let mut front = String::new();
    let mut body = None;
    for line in block.iter().filter(|line| !line.is_empty()) {
        if let Some(theme) = line.strip_prefix("text: ") {
            body = Some(text(theme));
        } else if let Some(words) = line.strip_prefix("short: ") {
            body = Some(words.to_owned());
        } else {
            front.push_str(line);
            front.push('\n');
        }
    }
    let body = body.ok_or("a post needs `text:` or `short:`")?;
    Ok(format!("---\n{front}---\n\n{body}\n"))
}

/// Returns an article about a theme.
fn text(theme: &str) -> String {
    format!(
        "This article is about {theme}. It was written on a quiet evening beside the water, by an \
         author who likes long walks, old maps and strong coffee, and it ends without any picture."
    )
}
