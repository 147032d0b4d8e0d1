//! Renders the content below the commentary of a post: pictures, a document, a video, a poll, or the
//! reshared post.

use crate::members::author_name;
use crate::posts::reader_view::{SandboxMedium, SandboxPoll, SandboxReshare};
use loopback_page::Escaped;

/// The number of pictures that are shown; the rest are counted.
const PICTURES_SHOWN: usize = 4;

/// Renders pictures, a document or a video. A file that cannot be shown leaves a gap, as in the feed.
pub(crate) fn media(media: &[SandboxMedium]) -> String {
    if let [single] = media {
        return medium(single);
    }
    let shown: String = media.iter().take(PICTURES_SHOWN).map(medium).collect();
    let more = match media.len().saturating_sub(PICTURES_SHOWN) {
        0 => String::new(),
        more => format!("<p class=\"more-pictures\">+{more} more</p>"),
    };
    format!("<div class=\"pictures\">{shown}</div>{more}")
}

fn medium(medium: &SandboxMedium) -> String {
    let (Some(url), Some(media_type)) = (&medium.url, medium.media_type) else {
        return "<p class=\"gap muted\">Not visible</p>".to_owned();
    };
    let alt = medium.alt.as_deref().unwrap_or_default();
    if media_type.starts_with("image/") {
        return format!(
            "<img class=\"picture\" src=\"{url}\" alt=\"{}\">",
            Escaped(alt)
        );
    }
    if media_type.starts_with("video/") {
        return format!(
            "<video class=\"picture\" src=\"{url}\" controls preload=\"metadata\" \
             aria-label=\"{}\"></video>",
            Escaped(medium.title.as_deref().unwrap_or("Video"))
        );
    }
    format!(
        "<a class=\"document\" href=\"{url}\" download><span class=\"sheet\" aria-hidden=\"true\">\
         {}</span><span class=\"title\">{}</span></a>",
        short_type(media_type),
        Escaped(medium.title.as_deref().unwrap_or_default())
    )
}

fn short_type(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "PDF",
        other if other.ends_with("wordprocessingml.document") => "DOCX",
        other if other.ends_with("presentationml.presentation") => "PPTX",
        _ => "DOC",
    }
}

/// Renders a poll without votes.
pub(crate) fn poll(poll: &SandboxPoll) -> String {
    let options: String = poll
        .options
        .iter()
        .map(|option| format!("<li>{}</li>", Escaped(option)))
        .collect();
    let days = if poll.days == 1 { "day" } else { "days" };
    format!(
        "<section class=\"poll\"><p class=\"name\">{}</p><ul>{options}</ul>\
         <p class=\"muted\">0 votes · {} {days} left</p></section>",
        Escaped(&poll.question),
        poll.days,
    )
}

/// Renders the author and the text of the reshared post.
pub(crate) fn reshared(reshare: &SandboxReshare) -> String {
    let (Some(author), Some(text)) = (&reshare.author, &reshare.text) else {
        return format!(
            "<blockquote class=\"reshared muted\">A post that is not in this sandbox: {}</blockquote>",
            Escaped(&reshare.id)
        );
    };
    format!(
        "<blockquote class=\"reshared\"><p class=\"name\">{}</p>\
         <p class=\"commentary\">{}</p></blockquote>",
        Escaped(&author_name(author)),
        Escaped(text)
    )
}

#[cfg(test)]
mod tests {
    use super::{media, poll, reshared};
    use crate::posts::reader_view::{SandboxMedium, SandboxPoll, SandboxReshare};

    const EVIL: &str = "\"><script>";

    fn medium(media_type: Option<&'static str>) -> SandboxMedium {
        SandboxMedium {
            id: "urn:li:image:1".to_owned(),
            media_type,
            url: media_type.map(|_| "/media/1".to_owned()),
            title: Some(EVIL.to_owned()),
            alt: Some(EVIL.to_owned()),
        }
    }

    #[test]
    fn medium_kind_selects_element() {
        for (media_type, element) in [
            ("image/png", "<img"),
            ("video/mp4", "<video"),
            ("application/pdf", "<a class=\"document\""),
        ] {
            let html = media(&[medium(Some(media_type))]);
            assert!(html.contains(element), "{html}");
            assert!(!html.contains("<script"), "{html}");
        }
        assert!(media(&[medium(None)]).contains("Not visible"));
    }

    #[test]
    fn many_pictures_are_counted() {
        let pictures = vec![medium(Some("image/png")); 6];
        let html = media(&pictures);
        assert_eq!(html.matches("<img").count(), 4);
        assert!(html.contains("+2 more"), "{html}");
        assert!(!media(&pictures[..4]).contains("more"));
    }

    #[test]
    fn polls_and_reshares_are_escaped() {
        let asked = poll(&SandboxPoll {
            question: EVIL.to_owned(),
            options: vec![EVIL.to_owned()],
            days: 1,
        });
        assert!(asked.contains("1 day left") && !asked.contains("<script"));
        for author in [None, Some("urn:li:person:a".to_owned())] {
            let html = reshared(&SandboxReshare {
                id: EVIL.to_owned(),
                text: author.as_ref().map(|_| EVIL.to_owned()),
                author,
            });
            assert!(!html.contains("<script"), "{html}");
        }
    }
}
