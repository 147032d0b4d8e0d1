//! Ledgers with many events, as `build` writes them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

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
    // The program writes the fields in this order; a map would sort them.
    writeln!(
        file,
        r#"{{"v":1,"id":"{}","at":"{}","kind":"created"}}"#,
        id(0),
        time(0)
    )?;
    for post in 0..events / 2 {
        let url = format!("https://example.org/posts/post-{post:07}-some-words-here");
        let path = format!(
            "blog:content/{:04}/post-{post:07}-some-words-here.md",
            post / 500
        );
        let share = format!("urn:li:share:{}", 7_000_000_000_000_000_000 + post);
        let attempt = format!(
            r#""sink":"linkedin","item":"{url}","keys":["{url}","{path}"],"attempt":"{}","hash":"{}""#,
            id(3 * post + 1),
            hash(post)
        );
        let page = format!("https://www.linkedin.com/feed/update/{share}/");
        let kinds = [
            ("intent", r#""slots":{}"#.to_owned()),
            (
                "sent",
                format!(r#""remote":{{"id":"{share}","url":"{page}"}}"#),
            ),
        ];
        for (number, (kind, fields)) in kinds.into_iter().enumerate() {
            let (id, at) = (id(3 * post + 2 + number), time(post));
            writeln!(
                file,
                r#"{{"v":1,"id":"{id}","at":"{at}","kind":"{kind}",{attempt},{fields}}}"#
            )?;
        }
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

/// Returns the time that many minutes after the start of 2020, in months of 28 days.
fn time(minutes: usize) -> String {
    const DAYS: usize = 12 * 28;
    let (year, day) = (2020 + minutes / (DAYS * 1440), minutes / 1440 % DAYS);
    let (month, day) = (1 + day / 28, 1 + day % 28);
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
