//! Sites and ledgers made from a seed: the same number gives the same bytes on every machine.

pub mod ledger;
mod pages;
pub mod pictures;
mod posts;
mod random;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use self::posts::Post;
use self::random::Random;

/// The form of a made site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Markdown files of 6 KB in a plain folder.
    Plain,
    /// The same files as a Hugo site.
    Hugo,
    /// Built pages of 30 KB without Markdown.
    Pages,
    /// A Hugo site with its built pages.
    Joined,
}

impl Form {
    /// Returns the name of the form, for a folder.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Hugo => "hugo",
            Self::Pages => "pages",
            Self::Joined => "joined",
        }
    }

    /// Returns the options of the source.
    #[must_use]
    pub fn options(self) -> Value {
        let url = "https://example.org";
        match self {
            Self::Plain => json!({"content": "content", "url": url, "permalink": "/posts/:slug/"}),
            Self::Hugo => json!({"path": "."}),
            Self::Pages => json!({"content": false, "output": "public", "url": url}),
            Self::Joined => json!({"path": ".", "output": "public"}),
        }
    }
}

/// The settings of a Hugo site.
const HUGO: &str = "baseURL = \"https://example.org/\"\ntitle = \"Example\"\ndisableKinds = [\"taxonomy\"]\n\
                    [permalinks]\nposts = \"/posts/:slug/\"\n";

/// The sink that all made sites have. Its platform is named by the variable `EP`.
const SINK: &str = "sinks:\n  linkedin:\n    type: linkedin\n    endpoint: \"${EP:-http://127.0.0.1:9}\"\n    \
                    commentary: \"{{title}} (new)\\n\\n{{url}}\"\n    author: urn:li:person:abc\n    token: t\n";

/// Writes a site of `posts` posts in this form.
///
/// # Errors
/// If a file cannot be written.
pub fn write_site(folder: &Path, form: Form, posts: usize) -> anyhow::Result<()> {
    let mut random = Random::new(7);
    let words = posts::Vocabulary::new(&mut random);
    for number in 0..posts {
        let post = Post::new(number, &words, &mut random);
        let group = number / 500;
        match form {
            Form::Plain => write(
                &folder.join(format!("content/{group:03}/{}.md", post.slug)),
                &post.markdown(&words, &mut random),
            )?,
            Form::Hugo => write(
                &folder.join(format!("content/posts/{group:03}/{}.md", post.slug)),
                &post.markdown(&words, &mut random),
            )?,
            Form::Pages => write(
                &folder.join(format!("public/posts/{}/index.html", post.slug)),
                &pages::render(&post, &words, &mut random),
            )?,
            Form::Joined => {
                write(
                    &folder.join(format!("content/posts/{group:03}/{}.md", post.slug)),
                    &post.markdown(&words, &mut random),
                )?;
                write(
                    &folder.join(format!("public/posts/{}/index.html", post.slug)),
                    &pages::render(&post, &words, &mut random),
                )?;
            }
        }
    }
    if matches!(form, Form::Hugo | Form::Joined) {
        write(&folder.join("hugo.toml"), HUGO)?;
    }
    write_pipeline(
        folder,
        form,
        "thumbnail: skip\npolicy: {since: 2000-01-01, max_per_run: 1000000, live_check: false, grace: 0s}",
    )
}

/// Writes pipeline.yaml for a site in this form. `rest` has the last option of its sink and the policy.
///
/// # Errors
/// If it cannot be written.
pub fn write_pipeline(folder: &Path, form: Form, rest: &str) -> anyhow::Result<()> {
    let mut source = form.options();
    source["type"] = "site".into();
    // JSON is YAML.
    let text = format!(
        "sources:
  blog: {source}
{SINK}    {rest}
"
    );
    write(&folder.join("pipeline.yaml"), &text)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
