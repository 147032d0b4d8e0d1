//! A small site with its bare repository, for the tests that run CI configurations.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::git::git;
use crate::support::{Platform, Project};

/// The variable with the platform's token.
pub(super) const TOKEN: &str = "LINKEDIN_ACCESS_TOKEN";

/// A Hexo site with an old post, its repository and its built pages.
pub(super) struct Site {
    pub(super) project: Project,
    origin: TempDir,
    pages: TempDir,
}

impl Site {
    pub(super) fn new(platform: &Platform) -> Self {
        let pipeline = format!(
            "sources:\n  blog: {{type: site, path: ., output: public}}\n\
             sinks:\n  linkedin:\n    type: linkedin\n    endpoint: {}\n    token: '${{{TOKEN}}}'\n\
             policy: {{since: 2026-11-01, live_check: false, grace: 0s}}\n\
             ledger: {{git: true}}\n",
            platform.url
        );
        let project = Project::with_pipeline(&pipeline)
            .file("_config.yml", "title: A\nurl: https://blog.example.org\npermalink: :title/\nsource_dir: source\npublic_dir: public\nnew_post_name: :title.md\ntheme: icarus\n")
            .file("package.json", "{}")
            .file("package-lock.json", "{}")
            .file(".gitignore", ".home\n.gitlab-ci-local\npublic\n")
            .picture("card.png", 1200, 630);
        let origin = tempfile::tempdir().unwrap();
        let path = origin.path().to_str().unwrap();
        git(&project, &["init", "--quiet"]);
        git(&project, &["init", "--quiet", "--bare", path]);
        git(&project, &["remote", "add", "origin", path]);
        let site = Self {
            project,
            origin,
            pages: tempfile::tempdir().unwrap(),
        };
        site.post("old", "2026-11-10");
        site
    }

    /// Returns the bare repository.
    pub(super) fn origin(&self) -> &Path {
        self.origin.path()
    }

    /// Returns the folder of built pages.
    pub(super) fn pages(&self) -> &Path {
        self.pages.path()
    }

    /// Adds a post with its built page, and pushes it.
    pub(super) fn post(&self, name: &str, date: &str) {
        let front = format!("---\ntitle: {name}\ndate: {date} 08:00:00\n---\nWords of {name}.\n");
        self.project
            .write(&format!("source/_posts/{name}.md"), front);
        let folder = self.pages().join(name);
        fs::create_dir_all(&folder).unwrap();
        let page = format!(
            "<!doctype html><html><head><title>{name}</title>\
             <link rel=canonical href=https://blog.example.org/{name}/>\
             <meta property=og:type content=article><meta property=og:title content='Card of {name}'>\
             <meta property=og:image content=/{name}/card.png>\
             </head><body><article><h1>{name}</h1><p>Words of {name}.</p></article></body></html>"
        );
        fs::write(folder.join("index.html"), page).unwrap();
        fs::copy(self.project.path("card.png"), folder.join("card.png")).unwrap();
        self.push();
    }

    /// Commits and pushes every file.
    pub(super) fn push(&self) {
        git(&self.project, &["add", "--all"]);
        git(&self.project, &["commit", "--quiet", "--message", "Write"]);
        git(
            &self.project,
            &["push", "--quiet", "--set-upstream", "origin", "HEAD"],
        );
    }
}

/// Returns the titles of the cards of all posts, sorted.
pub(super) fn cards(platform: &Platform) -> Vec<String> {
    let title = |post: &Value| post["article"]["title"].as_str().unwrap().to_owned();
    let mut titles: Vec<String> = platform.feed().iter().map(title).collect();
    titles.sort();
    titles
}
