//! Links between documents: the file exists, and so does the heading that an anchor names. Links to
//! other hosts are not followed, because no test uses the network.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{files, read, root};

/// A document's relative links and the anchors of its headings.
#[derive(Default)]
struct Document {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

fn parse(text: &str) -> Document {
    let mut document = Document::default();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_GFM | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap_or_default());
                let mut unique = anchor.clone();
                let mut count = 0;
                while !document.anchors.insert(unique.clone()) {
                    count += 1;
                    unique = format!("{anchor}-{count}");
                }
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                document.links.push(dest_url.into_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for attribute in ["src=\"", "srcset=\"", "href=\""] {
                    let values = html.split(attribute).skip(1);
                    let values = values.filter_map(|rest| rest.split('"').next());
                    document.links.extend(values.map(str::to_owned));
                }
            }
            _ => {}
        }
    }
    let is_elsewhere = |link: &str| link.contains("://") || link.starts_with("mailto:");
    document.links.retain(|link| !is_elsewhere(link));
    document
}

/// Returns the anchor that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|other| other.is_alphanumeric() || matches!(other, ' ' | '-' | '_'))
        .map(|other| if other == ' ' { '-' } else { other })
        .collect()
}

/// Resolves `..` and `.` without following symbolic links.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => assert!(normal.pop(), "{} leaves the root", path.display()),
            other => normal.push(other),
        }
    }
    normal
}

/// Returns why a link of the document at `from` leads nowhere, or `None` if it is fine.
fn broken(from: &Path, link: &str, documents: &BTreeMap<PathBuf, Document>) -> Option<String> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() {
        from.to_owned()
    } else {
        normal(&from.parent().unwrap().join(path))
    };
    if !root().join(&target).exists() {
        return Some(format!("{}: missing `{link}`", from.display()));
    }
    let has_anchor = |document: &Document| document.anchors.contains(anchor);
    if !anchor.is_empty() && !documents.get(&target).is_some_and(has_anchor) {
        return Some(format!("{}: no heading for `{link}`", from.display()));
    }
    None
}

#[test]
fn links_between_documents_resolve() {
    let mut documents: BTreeMap<PathBuf, Document> = BTreeMap::new();
    let markdown = |file: &Path| file.extension().is_some_and(|kind| kind == "md");
    let more = Path::new("tests/sites/README.md").to_owned();
    for file in files()
        .into_iter()
        .filter(|file| markdown(file))
        .chain([more])
    {
        documents.insert(file.clone(), parse(&read(&file)));
    }
    for name in [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "docs/ledger.md",
    ] {
        assert!(documents.contains_key(Path::new(name)), "{name}");
    }
    let links = documents
        .iter()
        .flat_map(|(file, document)| document.links.iter().map(move |link| (file, link)));
    let links: Vec<_> = links.collect();
    assert!(links.len() > 30, "{} links", links.len());
    let broken: Vec<String> = links
        .iter()
        .filter_map(|(file, link)| broken(file, link, &documents))
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn broken_links_are_found() {
    let text = "# A `b`, c\n\n# A `b`, c\n\n[a](#a-b-c) [b](#a-b-c-1) [c](#a) [d](x.md) <img src=\"y.png\">\n\
        `[e](z.md)` [f](https://example.org)\n";
    let file = Path::new("docs/ledger.md");
    let documents = BTreeMap::from([(file.to_owned(), parse(text))]);
    let links = &documents[file].links;
    assert_eq!(*links, ["#a-b-c", "#a-b-c-1", "#a", "x.md", "y.png"]);
    let found: Vec<_> = links
        .iter()
        .map(|link| broken(file, link, &documents))
        .collect();
    assert_eq!(found[..2], [None, None]);
    assert!(found[2..].iter().all(Option::is_some), "{found:?}");
}
