//! Decides which pages of a Hugo site are posts. Hugo itself only has pages; themes list the pages in
//! `mainSections`. If the site sets that, so does this module. Otherwise posts are the dated pages of every
//! section, except sections that never contain posts, and the undated pages of sections named like a blog.
//! Pages outside of sections, such as `about.md`, are only posts on a site without sections.

use super::super::settings::Settings;
use super::tree::{ContentTree, Location, Role};
use crate::document::FrontMatter;
use crate::value::scalar;

/// Common names of the section of posts.
const BLOG_SECTIONS: &[&str] = &[
    "article", "articles", "blog", "blogs", "entries", "essay", "essays", "journal", "news",
    "notes", "post", "posts", "stories", "til", "weblog", "writing", "writings",
];

/// Sections whose pages are not posts, even with a date.
const NON_POST_SECTIONS: &[&str] = &[
    "about",
    "api",
    "author",
    "authors",
    "categories",
    "doc",
    "docs",
    "documentation",
    "legal",
    "page",
    "pages",
    "people",
    "reference",
    "search",
    "series",
    "tags",
    "team",
];

/// Layouts of pages that list or search other pages.
const LIST_LAYOUTS: &[&str] = &["archive", "archives", "search"];

/// The rule that decides which pages of one site are posts.
#[derive(Clone, Debug)]
pub(super) struct PostRule {
    /// The sections named in the settings, in lower case.
    named: Vec<String>,
    /// Sections whose undated pages are posts as well.
    blogs: Vec<String>,
    /// `true` if the site has no sections.
    has_no_sections: bool,
}

impl PostRule {
    pub(super) fn read(settings: &Settings, tree: &ContentTree) -> Self {
        let named = ["mainsections", "params.mainsections"]
            .into_iter()
            .map(|key| settings.list(key))
            .find(|sections| !sections.is_empty())
            .unwrap_or_default();
        let sections = || {
            tree.sections
                .iter()
                .filter(|(name, _)| !contains_ignoring_case(NON_POST_SECTIONS, name))
        };
        let mut blogs: Vec<String> = sections()
            .filter(|(name, _)| contains_ignoring_case(BLOG_SECTIONS, name))
            .map(|(name, _)| name.to_lowercase())
            .collect();
        if blogs.is_empty() {
            // Hugo's default for `mainSections` is the largest section, the first by name among equals.
            let largest = sections().rev().max_by_key(|(_, pages)| **pages);
            blogs.extend(largest.map(|(name, _)| name.to_lowercase()));
        }
        Self {
            named: named.iter().map(|name| name.to_lowercase()).collect(),
            blogs,
            has_no_sections: tree.sections.is_empty(),
        }
    }

    /// Returns `true` if the page is a post.
    pub(super) fn is_post(&self, page: &Location<'_>, front: &FrontMatter, is_dated: bool) -> bool {
        let text = |key: &str| front.get(key).and_then(scalar).unwrap_or_default();
        if page.role == Role::Branch
            || contains_ignoring_case(LIST_LAYOUTS, &text("layout"))
            || contains_ignoring_case(LIST_LAYOUTS, &text("type"))
        {
            return false;
        }
        let section = page.section().to_lowercase();
        if !self.named.is_empty() {
            // Themes compare the page's section or its type, which defaults to the section.
            let own = text("type").to_lowercase();
            return self.named.contains(&section) || self.named.contains(&own);
        }
        if section.is_empty() {
            return self.has_no_sections && is_dated;
        }
        self.blogs.contains(&section)
            || is_dated && !contains_ignoring_case(NON_POST_SECTIONS, &section)
    }

    /// Returns the rule as a sentence for the user.
    pub(super) fn describe(&self) -> String {
        let quoted = |sections: &[String]| {
            let quoted: Vec<String> = sections.iter().map(|name| format!("`{name}`")).collect();
            quoted.join(", ")
        };
        if !self.named.is_empty() {
            let sections = quoted(&self.named);
            format!("posts are the pages of Hugo's `mainSections`: {sections}")
        } else if self.has_no_sections {
            "posts are the dated pages, because the site has no sections".to_owned()
        } else if self.blogs.is_empty() {
            "no section has a usual name for posts; set `mainSections` in Hugo's config".to_owned()
        } else {
            format!(
                "posts are the pages of {} and the dated pages of other sections; to change that, \
                 set `mainSections` in Hugo's config or `content` of this source",
                quoted(&self.blogs)
            )
        }
    }
}

fn contains_ignoring_case(names: &[&str], name: &str) -> bool {
    names.contains(&name.to_lowercase().as_str())
}
