//! Cards of the titles of real sites.

use std::fs;
use std::path::Path;

use super::{design, pixels, text};
use crate::{DrawError, Fonts, Template, draw_card};

/// Number of titles that are drawn.
const TITLES: usize = 500;

/// Adds the titles in the front matter of the Markdown files, and those of the pages, below `folder`.
fn add_titles(folder: &Path, titles: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add_titles(&path, titles);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            let page = fs::read_to_string(&path).unwrap_or_default();
            let title = page.split_once("<title>").map(|(_, rest)| rest);
            let title = title.and_then(|rest| rest.split_once("</title>"));
            titles.extend(title.map(|(title, _)| title.trim().to_owned()));
        } else if path.extension().is_some_and(|ending| ending == "md")
            && let Ok(post) = fs::read_to_string(&path)
        {
            let line = post
                .lines()
                .take(20)
                .find_map(|line| line.strip_prefix("title"));
            let title = line.map(|title| title.trim_matches([':', '=', ' ', '"', '\'']));
            titles.extend(title.filter(|title| !title.is_empty()).map(str::to_owned));
        }
    }
}

#[test]
#[ignore = "needs the real sites that `SYNDICATE_CORPORA` names"]
fn titles_of_corpora_stay_in_their_box() {
    let folder = std::env::var_os("SYNDICATE_CORPORA").expect("it names the folder of the sites");
    let mut titles = Vec::new();
    add_titles(Path::new(&folder), &mut titles);
    titles.sort();
    titles.dedup();
    titles.retain(|title| !title.is_empty());
    let step = (titles.len() / TITLES).max(1);
    let fonts = Fonts::new();
    let (mut drawn, mut undrawn) = (0, 0);
    for (index, title) in titles.iter().step_by(step).take(TITLES).enumerate() {
        let template = Template::NAMES[index % Template::NAMES.len()];
        match draw_card(&design(template), &text(title), &fonts) {
            Ok(card) => {
                let rows = pixels(&card.png);
                let empty = draw_card(&design(template), &text(""), &fonts).unwrap();
                let empty = pixels(&empty.png);
                // The title changes no pixel at the edges of the card.
                let inner = |x: usize, y: usize| (60..1140).contains(&x) && (50..510).contains(&y);
                for (y, (row, before)) in rows.iter().zip(&empty).enumerate() {
                    let changed = row.iter().zip(before).enumerate();
                    let mut changed = changed.filter(|(_, (a, b))| a != b).map(|(x, _)| x);
                    let outside = changed.find(|x| !inner(*x, y));
                    assert_eq!(outside, None, "{template}: {title} in row {y}");
                }
                drawn += 1;
            }
            // Inter has no glyphs of these scripts.
            Err(DrawError::MissingGlyphs(_)) => undrawn += 1,
            Err(error) => panic!("{title}: {error}"),
        }
    }
    assert!(drawn > 300, "{drawn} drawn, {undrawn} without a font");
    assert_eq!(drawn + undrawn, TITLES);
}
