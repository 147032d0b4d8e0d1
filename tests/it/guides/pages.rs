//! The form of the guides: all have the same sections, and each command that no test runs has a reason.

use super::SECTIONS;
use super::page::Page;

/// The generators that have a guide.
const NAMES: [&str; 4] = ["hexo", "eleventy", "hugo", "pelican"];

/// The reasons why a command in a guide is not tested.
const REASONS: [&str; 3] = [
    "needs a GitHub account",
    "needs a LinkedIn account",
    "needs a web server",
];

#[test]
fn guides_have_same_sections() {
    for name in NAMES {
        let page = Page::read(name);
        let titles: Vec<&str> = page
            .sections
            .iter()
            .map(|section| section.title.as_str())
            .collect();
        assert_eq!(titles[1..=SECTIONS.len()], SECTIONS, "{name}");
        let last = titles.last().unwrap();
        assert!(last.starts_with("Rules of "), "{name}: {last}");
    }
}

#[test]
fn untested_commands_have_known_reasons() {
    for name in NAMES {
        let page = Page::read(name);
        let blocks = page.sections.iter().flat_map(|section| &section.blocks);
        for reason in blocks.filter_map(|block| block.untested.as_deref()) {
            assert!(REASONS.contains(&reason), "{name}: {reason}");
        }
    }
}
