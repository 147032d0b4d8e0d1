//! Sites of unsupported generators, and files of this program in sites of supported ones.

use serde_json::json;
use syndicate_api::Exclusion;

use super::TestSite;
use crate::PLUGIN;

/// Names of files that `init` writes.
const NAMES: &[&str] = &["pipeline.yaml", "_syndicate", "syndicate.ledger.jsonl"];

fn vitepress() -> TestSite {
    TestSite::new()
        .file(".vitepress/config.mts", "export default {}")
        .file("posts/a.md", "---\ntitle: A\ndate: 2026-05-20\n---\nText.")
}

#[test]
fn unsupported_generator_note_gives_setup() {
    for (file, text, name, output) in [
        (
            ".vitepress/config.mts",
            "",
            "VitePress",
            Some(".vitepress/dist"),
        ),
        (
            "docs/.vitepress/config.js",
            "",
            "VitePress",
            Some("docs/.vitepress/dist"),
        ),
        (
            ".vuepress/config.js",
            "",
            "VuePress",
            Some(".vuepress/dist"),
        ),
        ("_quarto.yml", "", "Quarto", Some("_site")),
        ("nuxt.config.ts", "", "Nuxt", Some(".output/public")),
        (
            "package.json",
            "{\"devDependencies\": {\"@sveltejs/kit\": \"2\"}}",
            "SvelteKit",
            Some("build"),
        ),
        ("book.toml", "", "mdBook", Some("book")),
        (
            "_config.ts",
            "import lume from \"lume/mod.ts\";",
            "Lume",
            Some("_site"),
        ),
        ("Gemfile", "gem 'middleman'", "Middleman", Some("build")),
        ("quartz.config.ts", "", "Quartz", Some("public")),
        (".obsidian/app.json", "{}", "Obsidian", None),
        ("mkdocs.yml", "", "MkDocs", Some("site")),
        ("conf.py", "extensions = []", "Sphinx", Some("_build/html")),
        ("conf.py", "BLOG_TITLE = 'x'", "Nikola", Some("output")),
        ("conf.py", "", "Nikola or Sphinx", Some("output")),
        ("bridgetown.config.yml", "", "Bridgetown", Some("output")),
        ("metalsmith.json", "{}", "Metalsmith", Some("build")),
        ("gridsome.config.js", "", "Gridsome", Some("dist")),
        ("default.hbs", "{{ghost_head}}", "Ghost", None),
        ("my.lektorproject", "", "Lektor", None),
        ("_toc.yml", "", "Jupyter Book", Some("_build/html")),
    ] {
        let site = TestSite::new().file(file, text).file("posts/a.md", "");
        let found = (PLUGIN.detect)(site.path()).unwrap();
        assert_eq!(found.description, format!("{name} site"));
        let option = |key: &str| {
            let mut options = found.options.iter();
            let found = options.find(|(name, _)| name == key);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(option("output"), output, "{name}");
        assert_eq!(option("content"), output.map(|_| "false"), "{name}");
        assert!(
            found.notes[0].contains("`content: false`"),
            "{:?}",
            found.notes
        );
    }
}

#[test]
fn unsupported_generator_has_no_url() {
    let scan = vitepress()
        .option("url", json!("https://example.org"))
        .file("posts/b.md", "---\ntitle: B\n---\nText.")
        .scan();
    assert!(scan.items.iter().all(|item| item.url.is_none()));
    assert_eq!(scan.notes.len(), 1, "{:?}", scan.notes);
    let note = &scan.notes[0];
    assert!(
        note.starts_with("`posts/a.md` and `posts/b.md` have no URL"),
        "{note}"
    );
    assert!(
        note.contains("VitePress") && note.contains("`.vitepress/dist`"),
        "{note}"
    );
}

#[test]
fn unsupported_generator_accepts_permalink() {
    for (name, value) in [("permalink", "/posts/:name/"), ("generator", "plain")] {
        let site = vitepress()
            .option("url", json!("https://example.org"))
            .option(name, json!(value));
        let scan = site.scan();
        let url = scan.items[0].url.as_deref();
        assert_eq!(url, Some("https://example.org/posts/a/"), "{name}");
    }
}

#[test]
fn known_generator_wins_detection() {
    let site = TestSite::hexo("").file(".obsidian/app.json", "{}");
    assert_eq!(
        (PLUGIN.detect)(site.path()).unwrap().description,
        "Hexo site"
    );
}

#[test]
fn jekyll_exclusions_are_suggested() {
    let jekyll = |config: &str| {
        TestSite::new()
            .file("_posts/.keep", "")
            .file("_config.yml", config)
    };
    let exclude = |config: &str| (PLUGIN.exclude)(jekyll(config).path(), NAMES);
    let Some(Exclusion::Edit { file, text }) = exclude("exclude:\n  - x\nplugins: []\n") else {
        panic!("the config can be edited");
    };
    assert_eq!(file, "_config.yml");
    assert_eq!(
        text,
        "exclude:\n  - x\n  - pipeline.yaml\n  - syndicate.ledger.jsonl\nplugins: []\n"
    );
    assert_eq!((PLUGIN.exclude)(jekyll(&text).path(), NAMES), None);
    assert_eq!(exclude("exclude: ['*.yaml', syndicate.]\n"), None);
    assert_eq!(exclude("source: src\nplugins: []\n"), None);
    let by_hand = exclude("exclude: [\n  x\n]\n");
    let Some(Exclusion::ByHand(note)) = by_hand else {
        panic!("a list of this form is not edited");
    };
    let line = "`exclude: [pipeline.yaml, syndicate.ledger.jsonl]`";
    assert!(
        note.contains(line) && note.contains("_config.yml"),
        "{note}"
    );
}

#[test]
fn exclusion_advice_for_other_sites() {
    let hexo = TestSite::hexo("");
    assert_eq!((PLUGIN.exclude)(hexo.path(), NAMES), None);
    let served = TestSite::new().file("index.html", "");
    for site in [
        served,
        TestSite::new().file("deno.json", "{\"imports\": {\"lume/\": \"x\"}}"),
    ] {
        let found = (PLUGIN.exclude)(site.path(), NAMES);
        let Some(Exclusion::ByHand(note)) = found else {
            panic!("{found:?}");
        };
        assert!(note.contains("pipeline.yaml"), "{note}");
    }
}
