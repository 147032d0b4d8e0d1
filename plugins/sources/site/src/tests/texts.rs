//! Special characters in titles and descriptions, by generator. The expected values are the output of
//! Hexo 8 and Pelican 4, and jekyll-seo-tag's documentation.

use serde_json::json;
use syndicate_api::{Item, ItemField};

use super::TestSite;

/// For each generator its config, the path of a post, and the delimiter of its front matter.
const GENERATORS: &[(&str, &str, &str)] = &[
    ("plain.txt", "a.md", "---"),
    ("astro.config.mjs", "src/content/blog/a.md", "---"),
    ("docusaurus.config.js", "blog/a.md", "---"),
    (".eleventy.js", "posts/a.md", "---"),
    ("gatsby-config.js", "content/blog/a.md", "---"),
    ("_config.yml", "source/_posts/a.md", "---"),
    ("hugo.toml", "content/posts/a.md", "---"),
    ("pelicanconf.py", "content/a.md", "---"),
    ("config.toml", "content/a.md", "+++"),
];

/// Returns the item of a post with this title and description.
fn item((config, file, fence): (&str, &str, &str), title: &str, description: &str) -> Item {
    let equals = if fence == "+++" { " =" } else { ":" };
    let text = format!(
        "{fence}\ntitle{equals} '{title}'\ndescription{equals} '{description}'\n\
         date{equals} 2026-05-20\n{fence}\nText.\n"
    );
    let root = match config {
        "hugo.toml" => "baseURL = 'https://example.org/'",
        "config.toml" => "base_url = 'https://example.org'",
        "_config.yml" => "url: https://example.org",
        "pelicanconf.py" => "PATH = 'content'\nSITEURL = 'https://example.org'",
        _ => "",
    };
    TestSite::new().file(config, root).file(file, text).item()
}

#[test]
fn titles_keep_each_character() {
    for title in [
        "What __init__ does, 2*3*4",
        "The `Option<T>` of **all** <b>things</b> &amp; [more](x)",
        "# 1. ~~Not~~ a heading \\_",
    ] {
        for generator in GENERATORS {
            let item = item(*generator, title, "");
            assert_eq!(item.title.as_deref(), Some(title), "{generator:?}");
        }
    }
}

#[test]
fn descriptions_keep_each_character() {
    for description in [
        "What __init__ does, 2*3*4",
        "Vec<T>, a < b, `code`, [link](x), C:\\_path",
        "Use <b> for bold, $5 and :tada:",
    ] {
        for generator in GENERATORS {
            let item = item(*generator, "A", description);
            assert_eq!(
                item.description.as_deref(),
                Some(description),
                "{generator:?}"
            );
        }
    }
}

#[test]
fn descriptions_lose_html_tags() {
    for (written, read) in [
        ("A <em>fine</em> day<br>by the sea", "A fine day by the sea"),
        (
            "Ships &amp; boats &#8211; <!-- note -->now",
            "Ships & boats – now",
        ),
        ("<a href=\"/x\">Linked</a>", "Linked"),
    ] {
        for generator in GENERATORS {
            let item = item(*generator, "A", written);
            assert_eq!(item.description.as_deref(), Some(read), "{generator:?}");
        }
    }
}

#[test]
fn jekyll_title_and_description_are_markdown() {
    let site = TestSite::new().file("_config.yml", "url: https://example.org\nplugins: []").file(
        "_posts/2026-05-20-a.md",
        "---\ntitle: 'The **best** of `Option<T>`'\ndescription: 'Some *words* of \"mine\"'\n---\nText.\n",
    );
    let item = site.item();
    assert_eq!(item.title.as_deref(), Some("The best of Option<T>"));
    assert_eq!(item.description.as_deref(), Some("Some words of “mine”"));
}

#[test]
fn hugo_pelican_summaries_are_markdown() {
    let text = "---\ntitle: A\nsummary: Some *words* of `mine`\ndate: 2026-05-20\n---\nText.\n";
    for (config, root, file, read) in [
        (
            "hugo.toml",
            "baseURL = 'https://example.org/'",
            "content/posts/a.md",
            "Some words of mine",
        ),
        (
            "pelicanconf.py",
            "PATH = 'content'",
            "content/a.md",
            "Some words of mine",
        ),
        (
            "pelicanconf.py",
            "PATH = 'content'\nFORMATTED_FIELDS = ['lead']",
            "content/a.md",
            "Some *words* of `mine`",
        ),
    ] {
        let item = TestSite::new().file(config, root).file(file, text).item();
        assert_eq!(item.description.as_deref(), Some(read), "{root}");
    }
}

#[test]
fn pelican_urls_keep_title_characters() {
    for (title, slug) in [
        ("What __init__ does, 2*3*4", "what-__init__-does-234"),
        ("Using <em>x</em> in `C` &amp; more", "using-x-in-c-more"),
        ("Q&A: [link](https://x.org) to it", "qa-linkhttpsxorg-to-it"),
    ] {
        let item = item(("pelicanconf.py", "content/a.md", "---"), title, "");
        let address = format!("https://example.org/{slug}.html");
        assert_eq!(item.url, Some(address), "{title}");
    }
}

#[test]
fn emoji_names_are_shown_as_built() {
    let text = "Lift off :rocket: at 10:30:20, `:rocket:` :nothing:.\n";
    let (emoji, names) = (
        "Lift off 🚀 at 10:30:20, :rocket: :nothing:.",
        "Lift off :rocket: at 10:30:20, :rocket: :nothing:.",
    );
    let hugo = "baseURL = 'https://example.org/'";
    for (config, root, file, shown) in [
        (
            "hugo.toml",
            &*format!("{hugo}\nenableEmoji = true"),
            "content/posts/a.md",
            emoji,
        ),
        ("hugo.toml", hugo, "content/posts/a.md", names),
        (
            "config.toml",
            "base_url = 'https://example.org'\n[markdown]\nrender_emoji = true",
            "content/a.md",
            emoji,
        ),
        (
            "_config.yml",
            "plugins: [jemoji]",
            "_posts/2026-05-20-a.md",
            emoji,
        ),
        (
            "_config.yml",
            "plugins: []",
            "_posts/2026-05-20-a.md",
            names,
        ),
        ("pelicanconf.py", "PATH = 'content'", "content/a.md", names),
    ] {
        let front = match config {
            "config.toml" => "+++\ntitle = 'A :rocket:'\ndate = 2026-05-20\n+++\n",
            _ => "---\ntitle: 'A :rocket:'\ndate: 2026-05-20\n---\n",
        };
        let item = TestSite::new()
            .file(config, root)
            .file(file, format!("{front}{text}"))
            .item();
        assert_eq!(item.description.as_deref(), Some(shown), "{root}");
        assert_eq!(item.title.as_deref(), Some("A :rocket:"), "{root}");
    }
}

#[test]
fn template_tag_leaves_gap() {
    let jekyll = || TestSite::new().file("_config.yml", "url: https://example.org\n");
    let post = |text: &str| {
        let path = "_posts/2026-01-02-a.md";
        jekyll()
            .file(path, format!("---\ntitle: A\n---\n{text}\n"))
            .item()
    };
    let item = post("Written by {{ site.data.people.ann }} in 2026.\n\nMore.");
    assert_eq!(item.description.as_deref(), Some("Written by in 2026."));
    let [gap] = &item.gaps[..] else {
        panic!("{:?}", item.gaps)
    };
    assert_eq!(gap.tag, "{{ site.data.people.ann }}");
    assert_eq!((gap.field, gap.line), (ItemField::Description, Some(4)));
    assert_eq!(Some(&gap.value), item.description.as_ref());
    // The first paragraph is complete.
    assert!(post("Complete.\n\nBy {{ site.data.x }}.").gaps.is_empty());
    assert_eq!(post("{{ site.data.x }}").description, None);

    let item = TestSite::new()
        .option("generator", json!("plain"))
        .option("url", json!("https://example.org"))
        .file("a.md", "# About {{ site.title }}\n\nText.")
        .item();
    assert_eq!(item.title.as_deref(), Some("About"));
    assert_eq!(item.gaps[0].field, ItemField::Title);
}

#[test]
fn known_template_values_are_filled() {
    let eleventy = (
        [".eleventy.js", "_data/site.json"],
        ["", r#"{"title": "S", "author": {"name": "Ann"}}"#],
        "posts/a.md",
    );
    let hugo = (
        ["hugo.toml", "x.txt"],
        ["[params]\nproduct = 'S'\n[params.author]\nname = 'Ann'", ""],
        "content/posts/a.md",
    );
    let jekyll = (
        ["_config.yml", "x.txt"],
        ["title: S\nauthor: {name: Ann}", ""],
        "_posts/2026-01-02-a.md",
    );
    for ((names, files, path), text) in [
        (
            eleventy,
            "{{ site.author.name | upper }} of {{ site.title }} and {{ word }}",
        ),
        (
            hugo,
            "ANN of {{< param \"product\" >}} and {{% param word %}}",
        ),
        (
            jekyll,
            "{{ site.author.name | upcase }} of {{ site.title }} and {{ page.word }}",
        ),
    ] {
        let post = |text: &str| {
            let post = format!("---\ntitle: T\ndate: 2026-01-02\nword: w\n---\n{text}\n");
            let site = TestSite::new().option("url", json!("https://ex.org"));
            let site = site.file(names[0], files[0]).file(names[1], files[1]);
            site.file(path, post).item()
        };
        let item = post(text);
        assert_eq!(
            item.description.as_deref(),
            Some("ANN of S and w"),
            "{path}"
        );
        assert_eq!(item.gaps, [], "{path}");
        let item = post("Of {{ other }} and {{< param other >}}");
        assert_eq!(item.gaps.len(), 1, "{path}");
    }
}
