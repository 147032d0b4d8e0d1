//! Renders one post of the feed page, with the problems that LinkedIn does not report to the sender.

use jiff::Timestamp;
use url::Url;

use super::{commentary, content};
use crate::members::author_name;
use crate::posts::reader_view::{SandboxArticle, SandboxPost};
use loopback_page::Escaped;

/// Renders a post as it appears at `now`; `number` is its position on the page.
pub(crate) fn render(post: &SandboxPost, number: usize, now: Timestamp) -> String {
    let hidden = if post.visible { "" } else { " hidden-post" };
    format!(
        "<article class=\"card post{hidden}\" aria-label=\"Post by {}\">{}{}{}{}{}</article>\n",
        Escaped(&author_name(&post.author)),
        warnings(post),
        author(post, now),
        commentary::render(&post.rendered, number),
        attachment(post),
        request_body(post),
    )
}

/// Renders the card, poll, reshared post or media of a post.
fn attachment(post: &SandboxPost) -> String {
    if let Some(card) = &post.article {
        return article(card);
    }
    if let Some(poll) = &post.poll {
        return content::poll(poll);
    }
    if let Some(reshare) = &post.reshared {
        return content::reshared(reshare);
    }
    if post.media.is_empty() {
        return String::new();
    }
    content::media(&post.media)
}

fn warnings(post: &SandboxPost) -> String {
    let mut warnings = String::new();
    if let Some(reason) = &post.hidden_because {
        warnings.push_str(&format!(
            "<p class=\"warning\" role=\"note\"><b>LinkedIn would not show this post:</b> {}.</p>",
            Escaped(reason)
        ));
    }
    if let Some(cut) = &post.cut_at {
        warnings.push_str(&format!(
            "<p class=\"warning\" role=\"note\"><b>LinkedIn would show only this part:</b> \
             unescaped <code>{}</code> at character {}; the rest is lost.</p>",
            Escaped(&cut.character.to_string()),
            cut.position
        ));
    }
    warnings
}

fn author(post: &SandboxPost, now: Timestamp) -> String {
    let name = author_name(&post.author);
    let (kind, headline) = if post.author.starts_with("urn:li:organization:") {
        (" page", "A page that you administer")
    } else {
        ("", "Demo member of the sandbox")
    };
    let (audience, path) = match post.raw["visibility"].as_str() {
        Some("CONNECTIONS") => ("Connections only", CONNECTIONS),
        _ => ("Public", GLOBE),
    };
    let edited = if post.edited.is_some() {
        "Edited · "
    } else {
        ""
    };
    format!(
        "<header class=\"author\"><span class=\"avatar{kind}\" aria-hidden=\"true\">{}</span>\
         <div><p class=\"name\">{}</p><p class=\"muted\">{headline}</p>\
         <p class=\"muted\"><time datetime=\"{}\" title=\"{}\">{}</time> · {edited}\
         <svg class=\"audience\" viewBox=\"0 0 16 16\" role=\"img\" aria-label=\"{audience}\">\
         <path d=\"{path}\"/></svg></p></div></header>",
        Escaped(&initials(&name)),
        Escaped(&name),
        post.created,
        post.created.strftime("%-d %B %Y, %H:%M UTC"),
        age(post.created, now),
    )
}

const GLOBE: &str = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M1.5 8h13M8 1.5c-3.5 4-3.5 9 0 13\
                     c3.5-4 3.5-9 0-13";

const CONNECTIONS: &str = "M6 7.5a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5M1.5 13.5c0-5 9-5 9 0M10.5 2.7\
                           a2.4 2.4 0 0 1 0 4.6M12 9.5c1.7.4 2.5 2 2.5 4";

fn article(article: &SandboxArticle) -> String {
    let picture = match &article.image {
        Some(image) => format!(
            "<img src=\"{}\" alt=\"{}\">",
            Escaped(image),
            Escaped(article.alt.as_deref().unwrap_or_default())
        ),
        None => String::new(),
    };
    format!(
        "<a class=\"article{}\" href=\"{}\" rel=\"noopener noreferrer\" target=\"_blank\">{picture}\
         <span class=\"strip\" dir=\"auto\"><span class=\"title\">{}</span>\
         <span class=\"muted\">{}</span></span></a>",
        if picture.is_empty() { " bare" } else { "" },
        Escaped(&article.source),
        Escaped(&article.title),
        Escaped(&domain(&article.source)),
    )
}

/// Renders the body of the request that created the post, collapsed.
fn request_body(post: &SandboxPost) -> String {
    let body = format!("{:#}", post.raw);
    format!(
        "<details class=\"request\"><summary>Request body · {}</summary>\
         <pre tabindex=\"0\">{}</pre></details>",
        Escaped(&post.id),
        Escaped(&body)
    )
}

fn domain(source: &str) -> String {
    let url = Url::parse(source).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or(source);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Returns the initials of a name, at most two.
pub(crate) fn initials(name: &str) -> String {
    let letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    letters.take(2).flat_map(char::to_uppercase).collect()
}

/// Returns the age in the format of the feed, such as `2d`.
fn age(created: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(created).as_secs();
    match seconds {
        ..60 => "now".to_owned(),
        60..3600 => format!("{}m", seconds / 60),
        3600..86_400 => format!("{}h", seconds / 3600),
        86_400..604_800 => format!("{}d", seconds / 86_400),
        _ => format!("{}w", seconds / 604_800),
    }
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, age, domain, initials};

    #[test]
    fn initials_domain_and_age_are_short() {
        assert_eq!(initials("Robin Sandbox"), "RS");
        assert_eq!(initials("Ölaf"), "Ö");
        assert_eq!(domain("https://www.example.org/a?b"), "example.org");
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        for (seconds, expected) in [
            (-5, "now"),
            (59, "now"),
            (60, "1m"),
            (7200, "2h"),
            (200_000, "2d"),
            (700_000, "1w"),
        ] {
            assert_eq!(age(at(0), at(seconds)), expected);
        }
    }
}
