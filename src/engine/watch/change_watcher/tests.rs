//! Every write is detected, in whichever way a program writes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tokio::time::timeout;

use super::*;

const LONG: Duration = Duration::from_secs(20);

/// Waits for a report after which `seen` returns `true`.
async fn until(notices: &mut ChangeWatcher, seen: impl Fn() -> bool) {
    let news = async {
        loop {
            notices.next().await;
            if seen() {
                return;
            }
        }
    };
    timeout(LONG, news).await.expect("it is noticed");
}

fn files(folder: &Path) -> usize {
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build();
    walk.filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .count()
}

#[tokio::test]
async fn save_of_any_editor_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let post = folder.path().join("post.md");
    fs::write(&post, "0").unwrap();
    for polling in [false, true] {
        let mut notices = ChangeWatcher::of(vec![folder.path().to_owned()], polling);
        let is = |text: &'static str| {
            let post = post.clone();
            move || fs::read_to_string(&post).is_ok_and(|now| now == text)
        };
        fs::write(&post, "in place").unwrap();
        until(&mut notices, is("in place")).await;
        let beside = folder.path().join(".post.md.swp");
        fs::write(&beside, "by a rename").unwrap();
        fs::rename(&beside, &post).unwrap();
        until(&mut notices, is("by a rename")).await;
        fs::rename(&post, folder.path().join("post.md~")).unwrap();
        fs::write(&post, "with a backup").unwrap();
        until(&mut notices, is("with a backup")).await;
        fs::remove_file(&post).unwrap();
        until(&mut notices, || !post.exists()).await;
        fs::write(&post, "0").unwrap();
        until(&mut notices, is("0")).await;
    }
}

#[tokio::test]
async fn storm_of_new_folders_loses_no_file() {
    const FILES: usize = 400;
    // Run `STORMS=100 cargo test storm` for a longer test.
    let storms = std::env::var("STORMS").map_or(5, |storms| storms.parse().unwrap());
    for _ in 0..storms {
        let folder = tempfile::tempdir().unwrap();
        let mut notices = ChangeWatcher::of(vec![folder.path().to_owned()], false);
        let path = folder.path().to_owned();
        let writer = std::thread::spawn(move || {
            for number in 0..FILES {
                let deep = path.join(format!("{}/{}/{number}", number % 7, number % 31));
                fs::create_dir_all(&deep).unwrap();
                fs::write(deep.join("index.html"), "page").unwrap();
            }
        });
        let path = folder.path();
        until(&mut notices, || files(path) == FILES).await;
        writer.join().unwrap();
    }
}

#[tokio::test]
async fn recreated_folder_is_watched_again() {
    let folder = tempfile::tempdir().unwrap();
    let posts = folder.path().join("posts");
    let mut notices = ChangeWatcher::of(vec![posts.clone()], false);
    for round in 0..3 {
        fs::create_dir(&posts).unwrap();
        let post = posts.join(format!("{round}.md"));
        fs::write(&post, "text").unwrap();
        until(&mut notices, || post.exists()).await;
        fs::write(&post, "more").unwrap();
        until(&mut notices, || {
            fs::read_to_string(&post).is_ok_and(|text| text == "more")
        })
        .await;
        fs::remove_dir_all(&posts).unwrap();
        until(&mut notices, || !posts.exists()).await;
    }
}

#[tokio::test]
async fn file_is_watched_through_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("pipeline.yaml");
    let mut notices = ChangeWatcher::of(vec![config.clone()], false);
    fs::write(&config, "one").unwrap();
    until(&mut notices, || config.exists()).await;
    let new = folder.path().join("new");
    fs::write(&new, "two").unwrap();
    fs::rename(&new, &config).unwrap();
    until(&mut notices, || {
        fs::read_to_string(&config).is_ok_and(|text| text == "two")
    })
    .await;
}

#[tokio::test]
async fn cancelled_wait_loses_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut notices = ChangeWatcher::of(vec![folder.path().to_owned()], false);
    for number in 0..200 {
        fs::write(folder.path().join("post.md"), number.to_string()).unwrap();
        let impatient = async {
            loop {
                let short = Duration::from_micros(number * 37 % 4000);
                if timeout(short, notices.next()).await.is_ok() {
                    return;
                }
            }
        };
        timeout(Duration::from_secs(5), impatient)
            .await
            .expect("it is last");
    }
}

#[tokio::test]
async fn git_and_ledger_writes_are_not_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let mut notices = ChangeWatcher::of(vec![folder.path().to_owned()], false);
    fs::write(folder.path().join(".git/index"), "x").unwrap();
    let quiet = timeout(Duration::from_millis(400), notices.next()).await;
    assert!(quiet.is_err(), "nothing to tell");
    let ledger = folder.path().join("syndicate.ledger.jsonl");
    fs::write(&ledger, "x").unwrap();
    let news = timeout(LONG, notices.next()).await;
    let only_ledger = ChangeEvent {
        files: None,
        has_ledger: true,
    };
    assert_eq!(news, Ok(only_ledger));
    // Changes of both in the meantime are reported once, in either order.
    fs::write(&ledger, "xy").unwrap();
    fs::write(folder.path().join("post.md"), "x").unwrap();
    let mut last = Vec::new();
    while let Ok(news) = timeout(Duration::from_millis(400), notices.next()).await {
        last.push(news);
    }
    assert!(last.iter().any(|news| news.files.is_some()), "{last:?}");
    assert!(last.iter().any(|news| news.has_ledger), "{last:?}");
}

#[test]
fn change_ends_after_quiet_time_or_limit() {
    let start = Instant::now();
    let after = |millis| start + Duration::from_millis(millis);
    let mut settling = Settling::new(start);
    settling.record(Some(hint::ChangeScope::Finished), start);
    assert_eq!(settling.end(), after(1));
    settling.record(Some(hint::ChangeScope::Writing), after(1));
    assert_eq!(settling.end(), after(301));
    settling.record(Some(hint::ChangeScope::Finished), after(200));
    assert_eq!(settling.end(), after(201));
    settling.record(None, after(200));
    assert_eq!(settling.end(), after(201));
    settling.record(Some(hint::ChangeScope::Writing), after(1900));
    assert_eq!(settling.end(), after(2000));
}

#[test]
fn folders_in_folders_are_watched_once() {
    let path = |text: &str| PathBuf::from(text);
    let roots = vec![
        path("a/b"),
        path("a"),
        path("c.yaml"),
        path("a"),
        path("ab"),
    ];
    assert_eq!(outermost(roots), [path("a"), path("ab"), path("c.yaml")]);
}

#[tokio::test]
async fn folder_of_watched_file_becomes_root() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("pipeline.yaml");
    fs::write(&config, "one").unwrap();
    fs::create_dir(folder.path().join("posts")).unwrap();
    let mut notices = ChangeWatcher::of(vec![config.clone()], false);
    let both = vec![folder.path().to_owned(), config.clone()];
    assert!(notices.set_roots(both.clone()));
    assert!(!notices.set_roots(both), "everything was watched before");
    let post = folder.path().join("posts/post.md");
    fs::write(&post, "text").unwrap();
    until(&mut notices, || post.exists()).await;
    // The same for a single file.
    let has_new = notices.set_roots(vec![config.clone()]);
    assert!(has_new, "before, it was a part of another root");
    fs::write(&config, "two").unwrap();
    until(&mut notices, || {
        fs::read_to_string(&config).is_ok_and(|text| text == "two")
    })
    .await;
}

#[tokio::test]
async fn change_before_first_wait_is_news() {
    for polling in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::create_dir(&old).unwrap();
        fs::create_dir(&new).unwrap();
        let mut notices = ChangeWatcher::of(vec![old.clone()], polling);
        assert!(notices.set_roots(vec![old.clone(), new.clone()]));
        // Removing a root does not affect the others.
        fs::write(new.join("post.md"), "text").unwrap();
        let has_new = notices.set_roots(vec![new.clone()]);
        assert!(!has_new, "the folder was watched before");
        until(&mut notices, || true).await;
    }
}

#[test]
fn load_repeats_until_roots_are_watched() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // Each file names the next one, as a pipeline names its templates.
    fs::write(path("a"), "b").unwrap();
    fs::write(path("b"), "c").unwrap();
    let mut notices = ChangeWatcher::of(vec![path("a")], false);
    let reads = std::cell::Cell::new(0);
    let load = || -> std::io::Result<Vec<PathBuf>> {
        reads.set(reads.get() + 1);
        let second = fs::read_to_string(path("a"))?;
        let third = fs::read_to_string(path(&second))?;
        Ok(vec![path("a"), path(&second), path(&third)])
    };
    let loaded = load_watched(load, Clone::clone, &mut |roots| notices.set_roots(roots));
    assert_eq!(loaded.unwrap().len(), 3);
    assert_eq!(reads.get(), 2);
    fs::remove_file(path("b")).unwrap();
    let failed = load_watched(load, Clone::clone, &mut |roots| notices.set_roots(roots));
    assert!(failed.is_err());
}

#[test]
fn log_beside_posts_is_noise() {
    for path in ["watch.log", "content/a.log", "syndicate.ledger.jsonl"] {
        assert!(is_noise(Path::new(path)), "{path}");
    }
    for path in ["content/catalog.md", "log", "log/a.md", "a.log.md"] {
        assert!(!is_noise(Path::new(path)), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn own_output_causes_no_change() {
    use notify::event::{DataChange, ModifyKind};
    let folder = tempfile::tempdir().unwrap();
    let (own, post) = (folder.path().join("out.txt"), folder.path().join("post.md"));
    fs::write(&own, "one").unwrap();
    fs::write(&post, "one").unwrap();
    let own_output = OwnOutput::of_files([fs::metadata(&own).unwrap()].into_iter());
    let hints = Hints::ignoring(own_output.clone());
    let before = fingerprint(folder.path(), &own_output);
    for (path, is_change) in [(&own, false), (&post, true)] {
        fs::write(path, "longer").unwrap();
        let kind = notify::EventKind::Modify(ModifyKind::Data(DataChange::Any));
        hints.record(&Ok(notify::Event::new(kind).add_path(path.clone())));
        assert_eq!(hints.take().is_some(), is_change, "{}", path.display());
        let now = fingerprint(folder.path(), &own_output);
        assert_eq!(now != before, is_change, "{}", path.display());
    }
}
