//! The steps that change the posts of a pipeline or send them.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

pub(super) const NAMES: &[&str] = &["a.md", "b.md", "c.md", "d.md", "e 2.md", "e.md"];

/// Lines of front matter, of which each post has some.
const LINES: &[&str] = &[
    "title: One",
    "title: Two",
    "title: Three",
    "date: 2026-05-20",
    "date: 2026-05-21",
    "date: 2019-05-21",
    "date: 2036-05-21",
    "slug: same",
    "slug: other",
    "aliases: [/b/]",
    "syndicate: {id: one}",
    "syndicate: {id: two}",
    "syndicate: {skip: [two]}",
    "draft: true",
    "lang: de",
];

/// A text that is long enough to identify a post.
pub(super) const WORDS: &str = "the quick brown fox jumps over the lazy dog while nine other animals watch it from a \
                     distance and wonder why it does so every day";

#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Writes the file with this name, with some lines and one of three texts.
    Write(usize, Vec<usize>, usize),
    Remove(usize),
    Rename(usize, usize),
    /// Sends the first posts of the plan.
    Send(usize),
    /// Holds back the deliveries of a post.
    Hold(usize),
}

/// Returns random steps.
pub(super) fn step() -> impl Strategy<Value = Step> {
    let name = 0..NAMES.len();
    let lines = prop::collection::vec(0..LINES.len(), 0..5);
    prop_oneof![
        6 => (name.clone(), lines, 0..3_usize)
            .prop_map(|(name, lines, text)| Step::Write(name, lines, text)),
        1 => name.clone().prop_map(Step::Remove),
        1 => (name.clone(), name.clone()).prop_map(|(from, to)| Step::Rename(from, to)),
        3 => (1..3_usize).prop_map(Step::Send),
        1 => name.prop_map(Step::Hold),
    ]
}

/// Makes an edit in the folder of posts. Returns the changed paths.
pub(super) fn edit(posts: &Path, step: &Step) -> Vec<PathBuf> {
    let path = |name: usize| posts.join(NAMES[name]);
    match step {
        Step::Write(name, lines, text) => {
            let mut lines: Vec<&str> = lines.iter().map(|line| LINES[*line]).collect();
            lines.sort_by_key(|line| line.split(':').next());
            lines.dedup_by_key(|line| line.split(':').next());
            let text = format!("---\n{}\n---\nText {text}: {WORDS}\n", lines.join("\n"));
            std::fs::write(path(*name), text).unwrap();
            vec![path(*name)]
        }
        Step::Remove(name) => {
            std::fs::remove_file(path(*name)).ok();
            vec![path(*name)]
        }
        Step::Rename(from, to) => {
            std::fs::rename(path(*from), path(*to)).ok();
            vec![path(*from), path(*to)]
        }
        Step::Send(_) | Step::Hold(_) => Vec::new(),
    }
}
