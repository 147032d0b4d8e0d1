//! Posts for sinks: usual ones, and what careless plugins do not expect.

use plugin_protocol::{
    ComposeTask, LimitsOk, LimitsTask, Manifest, PostShape, SinkArticle, SinkCard, SinkPost,
    SinkSpan, Task,
};

use super::driver::{Driver, Replies};
use crate::host::answer_fields::read_fields;
use crate::host::sink::check_composed;

const STRANGE: &str =
    "\"quoted\" \\ 'single' $(x) `y` \u{2028} \u{1f600} e\u{301}\nsecond line\ttab";

/// The length of a large text, in bytes.
const LARGE: usize = 1 << 20;

/// The number of posts that are sent at once.
const MANY: usize = 20;

/// Asks for the limits, and has all posts encoded at once. Checks the answers as the host does.
pub(super) fn compose(
    driver: &mut Driver,
    manifest: &Manifest,
    is_reversed: bool,
) -> Result<Replies, String> {
    let limits = driver.ask(&Task::Limits(LimitsTask::default()))?;
    read_fields::<LimitsOk>(limits.ok()?)
        .map_err(|error| format!("the answer to `limits`: {error}"))?;
    let mut posts = posts(manifest);
    if is_reversed {
        posts.reverse();
    }
    let mut ids = Vec::with_capacity(posts.len());
    for (name, post) in posts {
        let task = ComposeTask {
            post,
            ..ComposeTask::default()
        };
        ids.push((driver.send(&Task::Compose(Box::new(task))), name));
    }
    let mut all = Replies::default();
    for (id, name) in ids {
        let replies = driver.replies_to(id)?;
        if let Some(ok) = &replies.end {
            check_composed(ok.clone(), manifest)
                .map_err(|error| format!("the answer for the post `{name}`: {error}"))?;
        }
        all.add(&name, replies);
    }
    Ok(all)
}

/// Returns the posts with their names, in the shape that the plugin asks for.
fn posts(manifest: &Manifest) -> Vec<(String, SinkPost)> {
    let mut posts = vec![
        ("strange".to_owned(), post(manifest, STRANGE)),
        (
            "large".to_owned(),
            post(manifest, &"word ".repeat(LARGE / 5)),
        ),
    ];
    posts.extend((0..MANY).map(|number| {
        let title = format!("Post {number}");
        let post = post(manifest, &title);
        (title, post)
    }));
    posts
}

fn post(manifest: &Manifest, text: &str) -> SinkPost {
    let form = |name: &str| {
        let is_needed = manifest.needs.iter().any(|needed| needed == name);
        is_needed.then(|| text.to_owned())
    };
    let url = "https://example.org/a/".to_owned();
    let article = SinkArticle {
        key: "a".to_owned(),
        title: text.to_owned(),
        description: Some(text.to_owned()),
        url: url.clone(),
        tags: vec!["rust".to_owned(), text.to_owned()],
        html: form("html"),
        markdown: form("markdown"),
        plain: form("plain"),
        ..SinkArticle::default()
    };
    SinkPost {
        text: text.to_owned(),
        spans: vec![SinkSpan::Text(text.to_owned()), SinkSpan::Link(url.clone())],
        card: Some(SinkCard {
            url,
            title: text.to_owned(),
            description: Some(text.to_owned()),
            picture: None,
        }),
        lang: Some("en".to_owned()),
        tags: vec!["rust".to_owned()],
        article: (manifest.sink.capabilities.shape == PostShape::Article).then_some(article),
        ..SinkPost::default()
    }
}
