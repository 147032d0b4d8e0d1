//! Attached pictures with alternative texts.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use platform_fakes::Fake;
use platform_fakes::mastodon::{Mastodon, TOKEN};

use super::{ONE, build, project};
use crate::support::project::NOW;

#[test]
fn picture_is_processed_before_post() {
    // The clock advances by a second with each request, so that the upload is processed after some polls.
    let seconds = Arc::new(AtomicI64::new(0));
    let clock = move || {
        let passed = SignedDuration::from_secs(seconds.fetch_add(1, Ordering::SeqCst));
        NOW.parse::<Timestamp>().unwrap() + passed
    };
    let slow = Mastodon::new().with_media_processing(SignedDuration::from_secs(5));
    let fake = Fake::start(slow, clock);
    let project = project(fake.url(), TOKEN, ", post: image")
        .picture("posts/a.png", 60, 31)
        .post(
            "posts/one.md",
            &format!("{ONE}\nimage: a.png\nimage_alt: A chart"),
        );
    let preview = project.run("preview --json").exits(0).json();
    assert!(preview.to_string().contains("A chart"));
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    let (posts, media) = (fake.posts(), fake.media());
    assert_eq!((posts.len(), media.len()), (1, 1));
    assert_eq!(posts[0].media_ids, [media[0].id.clone()]);
    assert_eq!(media[0].description.as_deref(), Some("A chart"));
    let requests = fake.requests();
    let polls = requests
        .iter()
        .filter(|request| request.path.starts_with("/api/v1/media/"));
    assert!(polls.count() > 1);
    assert_eq!(fake.refusals(), [""; 0]);
    // The alternative text is a part of what is approved.
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("A chart", "A map"));
    let changed = project.run("preview --json").exits(0).json();
    assert_ne!(changed["plan"][0]["hash"], preview["plan"][0]["hash"]);
}

#[test]
fn gallery_has_alternative_texts() {
    let fake = Fake::start(Mastodon::new(), || NOW.parse().unwrap());
    let front = format!(
        "{ONE}\nsyndicate:\n  gallery:\n    - {{file: a.png, alt: First}}\n    - {{file: b.png, alt: Second}}"
    );
    let project = project(fake.url(), TOKEN, "")
        .picture("posts/a.png", 60, 31)
        .picture("posts/b.png", 61, 31)
        .post("posts/one.md", &front);
    build(&project, 0);
    let media = fake.media();
    let texts: Vec<_> = media
        .iter()
        .filter_map(|medium| medium.description.as_deref())
        .collect();
    assert_eq!(texts, ["First", "Second"]);
    let ids: Vec<String> = media.iter().map(|medium| medium.id.clone()).collect();
    assert_eq!(fake.posts()[0].media_ids, ids);
}
