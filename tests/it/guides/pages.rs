//! The form of the guides: all have the same sections, and each command that no test runs has a reason.

use super::SECTIONS;
use super::page::Page;

/// The generators that have a guide.
const NAMES: [&str; 9] = [
    "astro",
    "docusaurus",
    "eleventy",
    "hexo",
    "hugo",
    "jekyll",
    "pelican",
    "plain",
    "zola",
];

/// The reasons why a command in a guide is not tested.
const REASONS: [&str; 5] = [
    "installs from rubygems.org",
    "needs a GitHub account",
    "needs a LinkedIn account",
    "needs a web server",
    "needs Zola, which no registry has",
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
fn index_lists_every_guide() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides");
    let index = std::fs::read_to_string(folder.join("README.md")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.trim_end_matches(".md");
        let is_guide = !["README", "deploy", "teams"].contains(&name);
        assert_eq!(NAMES.contains(&name), is_guide, "{name}");
        let row = format!("]({file})");
        assert!(name == "README" || index.contains(&row), "{file}");
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
