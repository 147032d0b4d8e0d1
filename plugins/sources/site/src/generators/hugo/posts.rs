//! Which of a Hugo site's pages are posts. Hugo itself knows only pages; themes take for posts what
//! lies in `mainSections`, and so does this, where the site names them. Where it does not, posts are
//! the dated pages of every section but those that never hold any, and the undated pages of sections
//! that are called like a blog. Pages outside of any section, such as `about.md`, are posts only on a
//! site that has no sections.

use super::super::settings::Settings;
use super::tree::{Location, Role, Tree};
use crate::document::FrontMatter;
use crate::value::scalar;

/// What people call the section of their posts.
const BLOGS: &[&str] = &[
    "article", "articles", "blog", "blogs", "entries", "essay", "essays", "journal", "news",
    "notes", "post", "posts", "stories", "til", "weblog", "writing", "writings",
];

/// Sections whose pages are no posts, dated or not.
const OTHERS: &[&str] = &[
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

/// Layouts of pages that list or find others.
const LISTS: &[&str] = &["archive", "archives", "search"];

/// The rule of one site.
#[derive(Clone, Debug)]
pub(super) struct Posts {
    /// The sections that the settings name, in lower case.
    named: Vec<String>,
    /// The sections whose undated pages are posts as well.
    blogs: Vec<String>,
    /// Whether all pages lie outside of sections.
    flat: bool,
}

impl Posts {
    pub(super) fn read(settings: &Settings, tree: &Tree) -> Self {
        let named = ["mainsections", "params.mainsections"]
            .into_iter()
            .map(|key| settings.list(key))
            .find(|sections| !sections.is_empty())
            .unwrap_or_default();
        let sections = || {
            tree.sections
                .iter()
                .filter(|(name, _)| !is_any(OTHERS, name))
        };
        let mut blogs: Vec<String> = sections()
            .filter(|(name, _)| is_any(BLOGS, name))
            .map(|(name, _)| name.to_lowercase())
            .collect();
        if blogs.is_empty() {
            // Hugo's default for `mainSections`; of equals the first by name.
            let largest = sections().rev().max_by_key(|(_, pages)| **pages);
            blogs.extend(largest.map(|(name, _)| name.to_lowercase()));
        }
        Self {
            named: named.iter().map(|name| name.to_lowercase()).collect(),
            blogs,
            flat: tree.sections.is_empty(),
        }
    }

    /// Whether the page is a post.
    pub(super) fn takes(&self, page: &Location, front: &FrontMatter, dated: bool) -> bool {
        let text = |key: &str| front.get(key).and_then(scalar).unwrap_or_default();
        if page.role == Role::Branch
            || is_any(LISTS, &text("layout"))
            || is_any(LISTS, &text("type"))
        {
            return false;
        }
        let section = page.section().to_lowercase();
        if !self.named.is_empty() {
            // Themes compare the page's section or its type, which is the section unless it is set.
            let own = text("type").to_lowercase();
            return self.named.contains(&section) || self.named.contains(&own);
        }
        if section.is_empty() {
            return self.flat && dated;
        }
        self.blogs.contains(&section) || dated && !is_any(OTHERS, &section)
    }

    /// The rule in words.
    pub(super) fn describe(&self) -> String {
        let quoted = |sections: &[String]| {
            let quoted: Vec<String> = sections.iter().map(|name| format!("`{name}`")).collect();
            quoted.join(", ")
        };
        if !self.named.is_empty() {
            let sections = quoted(&self.named);
            format!("posts are the pages of Hugo's `mainSections`: {sections}")
        } else if self.flat {
            "posts are the dated pages, since the site has no sections".to_owned()
        } else if self.blogs.is_empty() {
            "no section holds posts, as far as their names tell; set `mainSections` in Hugo's config"
                .to_owned()
        } else {
            format!(
                "posts are the pages of {} and the dated pages of other sections; to change that, \
                 set `mainSections` in Hugo's config or `content` of this source",
                quoted(&self.blogs)
            )
        }
    }
}

fn is_any(names: &[&str], name: &str) -> bool {
    names.contains(&name.to_lowercase().as_str())
}
