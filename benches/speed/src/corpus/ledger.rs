//! Ledgers with many events, as `build` writes them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Milliseconds from the Unix epoch to the start of 2020.
const START: u64 = 1_577_836_800_000;

/// Writes a ledger with a `created` event and `events` further ones: an intent and a sent event for each post.
///
/// # Errors
/// If it cannot be written.
pub fn write(path: &Path, events: usize) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let partial = path.with_extension("partial");
    let mut file = BufWriter::new(File::create(&partial)?);
    let mut line = |event: &Value| writeln!(file, "{event}");
    line(&json!({"v": 1, "id": id(0), "at": time(0), "kind": "created"}))?;
    for post in 0..events / 2 {
        let url = format!("https://example.org/posts/post-{post:07}-some-words-here");
        let path = format!(
            "blog:content/{:04}/post-{post:07}-some-words-here.md",
            post / 500
        );
        let share = format!("urn:li:share:{}", 7_000_000_000_000_000_000 + post);
        let mut event = json!({
            "v": 1, "id": id(3 * post + 2), "at": time(post), "kind": "intent", "sink": "linkedin", "item": url,
            "keys": [url, path], "attempt": id(3 * post + 1), "hash": hash(post), "slots": {},
        });
        line(&event)?;
        let fields = event.as_object_mut().into_iter();
        for fields in fields {
            fields.remove("slots");
            fields.insert("id".to_owned(), id(3 * post + 3).into());
            fields.insert("kind".to_owned(), "sent".into());
            let page = format!("https://www.linkedin.com/feed/update/{share}/");
            fields.insert("remote".to_owned(), json!({"id": share, "url": page}));
        }
        line(&event)?;
    }
    file.flush()?;
    Ok(std::fs::rename(partial, path)?)
}

/// Returns the UUID of version 7 with this number.
fn id(number: usize) -> String {
    let time = format!("{:012x}", START + number as u64);
    format!(
        "{}-{}-7{:03x}-8{:03x}-{number:012x}",
        &time[..8],
        &time[8..],
        number % 4096,
        number / 4096 % 4096
    )
}

/// Returns the time that many minutes after the start of 2020.
fn time(minutes: usize) -> String {
    let (year, day) = (2020 + minutes / (365 * 1440), minutes / 1440 % 365);
    // The last days of a month are all its 28th: every month has one.
    let (month, day) = (1 + day / 31, 1 + (day % 31).min(27));
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00.123Z")
}

fn hash(number: usize) -> String {
    let digest = Sha256::digest(number.to_string());
    digest.iter().fold("sha256:".to_owned(), |mut text, byte| {
        // Writing into a string never fails.
        write!(text, "{byte:02x}").ok();
        text
    })
}
