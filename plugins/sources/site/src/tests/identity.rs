//! Keys of posts: Unicode forms of names, aliases, ids and URLs.

use serde_json::json;
use syndicate_api::{Item, SourceScan};

use super::TestSite;

/// `über` as git and most editors write it, and as macOS does.
const FORMS: [&str; 2] = ["\u{fc}ber", "u\u{308}ber"];

pub(super) fn blog() -> TestSite {
    TestSite::new().option("url", json!("https://example.org"))
}

fn faults(scan: &SourceScan) -> Vec<String> {
    scan.faults.iter().map(ToString::to_string).collect()
}

fn item<'s>(scan: &'s SourceScan, path: &str) -> &'s Item {
    let mut items = scan.items.iter();
    let found = items.find(|item| item.path.as_deref() == Some(path));
    found.unwrap()
}

#[test]
fn unicode_forms_of_a_name_are_one_post() {
    for (name, config, folder, permalink) in [
        ("", "", "", "/:slug/"),
        ("", "", "", "/:path/"),
        (
            "_config.yml",
            "title: J\nurl: https://example.org",
            "_posts/2026-05-20-",
            "",
        ),
        (
            "_config.yml",
            "url: https://example.org\nsource_dir: source",
            "source/_posts/",
            "",
        ),
        (
            "hugo.toml",
            "baseURL = 'https://example.net'",
            "content/posts/",
            "",
        ),
        (
            "zola.toml",
            "base_url = 'https://example.org'",
            "content/",
            "",
        ),
    ] {
        let read = FORMS.map(|form| {
            let mut site = match name {
                "" => blog().option("permalink", json!(permalink)),
                _ => TestSite::new().file(name, config),
            };
            let front = match name {
                "zola.toml" => "+++\ndate = 2026-05-20\n+++",
                _ => "---\ndate: 2026-05-20\n---",
            };
            site = site.file(&format!("{folder}{form}.md"), format!("{front}\nText."));
            let item = site.item();
            // The file is opened by its name on disk.
            assert!(site.path().join(item.path.as_ref().unwrap()).is_file());
            item
        });
        assert_eq!(read[0].keys, read[1].keys, "{name}");
        // Jekyll, Hexo and Hugo keep the form of the name; Zola writes it in ASCII.
        let is_kept = !matches!(name, "" | "zola.toml");
        assert_eq!(read[0].url != read[1].url, is_kept, "{name}");
        assert!(read[0].url.is_some(), "{name}");
        assert!(
            read[0].keys.iter().any(|key| key.contains(FORMS[0])),
            "{:?}",
            read[0].keys
        );
        assert_ne!(read[0].path, read[1].path);
    }
}

#[test]
fn unicode_forms_of_folders_are_one_post() {
    let read = FORMS.map(|form| {
        TestSite::new()
            .file("hugo.toml", "baseURL = 'https://example.net'")
            .file(
                &format!("content/posts/{form}/index.md"),
                "---\ntitle: T\nimage: a.png\n---\n",
            )
            .file(&format!("content/posts/{form}/a.png"), "")
            .item()
    });
    assert_eq!(read[0].keys, read[1].keys);
    for (item, form) in read.iter().zip(FORMS) {
        let file = item.image.as_ref().unwrap().file.as_deref();
        assert_eq!(file, Some(format!("content/posts/{form}/a.png").as_str()));
    }
}

#[test]
fn references_and_ids_are_in_form_c() {
    let read = FORMS.map(|form| {
        let front = format!(
            "aliases: [/{form}-old/]\ncanonical: https://elsewhere.net/{form}\n\
             syndicate: {{id: ' {form} '}}\nimage: {form}.png"
        );
        blog()
            .file("a.md", format!("---\n{front}\n---\n"))
            // The picture has the form that macOS writes, in both cases.
            .file(&format!("{}.png", FORMS[1]), "")
            .item()
    });
    assert_eq!(read[0].keys, read[1].keys);
    assert_eq!(
        read[0].keys,
        [
            "https://example.org/a",
            "https://example.org/%C3%BCber-old",
            "https://elsewhere.net/%C3%BCber",
            "blog:a.md",
            "id:\u{fc}ber",
        ]
    );
    assert_eq!(read[1].overrides.id.as_deref(), Some(FORMS[0]));
    for item in &read {
        assert!(item.image.as_ref().unwrap().file.is_some());
    }
}

#[test]
fn page_in_other_unicode_form_joins() {
    let read = FORMS.map(|form| {
        let page = format!("public/{form}/index.html");
        let site = TestSite::hexo("permalink: :title/")
            .option("output", json!("public"))
            .file("source/_posts/u\u{308}ber.md", "---\ntitle: T\n---\nText.")
            .file(&page, "<title>T</title><p>Text.");
        let alone = TestSite::new()
            .option("url", json!("https://example.org"))
            .option("content", json!(false))
            .option("output", json!("public"))
            .file(
                &page,
                "<meta property=article:published_time content=2026-01-02T09:00:00Z><title>T</title>",
            );
        (site.item(), alone.item())
    });
    let [(joined, alone), (decomposed, decomposed_alone)] = read;
    assert_eq!(joined.hold, None);
    assert_eq!(decomposed.hold, None);
    assert_eq!(joined.keys, decomposed.keys);
    assert_eq!(alone.keys, decomposed_alone.keys);
    // Web servers find the page only under its exact name.
    let url = "https://example.org/u%CC%88ber/";
    assert_eq!(decomposed.url.as_deref(), Some(url));
    assert_eq!(
        joined.url.as_deref(),
        Some("https://example.org/%C3%BCber/")
    );
}

#[test]
fn names_differing_in_form_clash() {
    let site = FORMS.into_iter().fold(blog(), |site, form| {
        site.file(&format!("{form}.md"), "---\ntitle: T\n---\n")
    });
    let faults = faults(&site.scan());
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("only in its Unicode form"), "{faults:?}");
}

#[test]
fn explain_accepts_either_unicode_form() {
    let site = blog().file("u\u{308}ber.md", "---\ntitle: T\n---\n");
    for form in FORMS {
        let explanation = site.explain(&format!("./{form}.md")).unwrap();
        assert_eq!(explanation.path, "u\u{308}ber.md");
        assert!(explanation.item.is_some());
    }
}

#[test]
fn shared_alias_loses_no_post() {
    let site = blog()
        .file("a.md", "---\naliases: [/old/, /a-old/, /c/]\n---\n")
        .file(
            "b.md",
            "---\nredirect_from: /old\ncanonical: https://elsewhere.net/x\n---\n",
        )
        .file("c.md", "---\ncanonical: https://elsewhere.net/x/\n---\n");
    let scan = site.scan();
    assert_eq!(faults(&scan), Vec::<String>::new());
    let keys = |path: &str| item(&scan, path).keys.clone();
    assert_eq!(
        keys("a.md"),
        [
            "https://example.org/a",
            "https://example.org/a-old",
            "blog:a.md"
        ]
    );
    assert_eq!(keys("b.md"), ["https://example.org/b", "blog:b.md"]);
    assert_eq!(keys("c.md"), ["https://example.org/c", "blog:c.md"]);
}

#[test]
fn shared_id_clashes_for_all() {
    let post = |title: &str| format!("---\ntitle: {title}\nsyndicate:\n  id: launch\n---\n");
    let site = blog()
        .file("a.md", post("A"))
        .file("b.md", post("B"))
        .file("c.md", post("C"))
        .file("d.md", "---\ntitle: D\n---\n");
    let scan = site.scan();
    assert_eq!(scan.items.len(), 1);
    let faults = faults(&scan);
    assert_eq!(faults.len(), 3);
    assert_eq!(
        faults[0],
        "a.md:4: it has the same `syndicate.id` as `b.md` and `c.md`: `launch`"
    );
    let explanation = site.explain("b.md").unwrap();
    assert_eq!(explanation.item, None);
    assert_eq!(explanation.reasons, [faults[1].as_str()]);
}

#[test]
fn ids_separate_posts_with_equal_urls() {
    let post = |id: &str| format!("---\nurl: /log/\nsyndicate: {{id: {id}}}\n---\n");
    let site = blog().file("a.md", post("v1")).file("b.md", post("v2"));
    let scan = site.scan();
    assert_eq!(faults(&scan), Vec::<String>::new());
    assert_eq!(scan.items.len(), 2);
}

#[test]
fn built_pages_with_equal_urls_clash() {
    let page = |extra: &str| {
        format!(
            "<meta property=article:published_time content=2026-01-02T09:00:00Z><link rel=canonical href=https://example.org/same/><title>{extra}</title>"
        )
    };
    let site = blog()
        .option("content", json!(false))
        .option("output", json!("public"))
        .file("public/a/index.html", page("A"))
        .file("public/b/index.html", page("B"))
        .file(
            "public/c/index.html",
            "<meta property=article:published_time content=2026-01-02T09:00:00Z><title>C</title>",
        );
    let scan = site.scan();
    assert_eq!(scan.items.len(), 1);
    let same = |path: &str, other: &str| {
        format!("{path}: it has the same URL as `{other}`: `https://example.org/same/`")
    };
    let (a, b) = ("public/a/index.html", "public/b/index.html");
    assert_eq!(faults(&scan), [same(a, b), same(b, a)]);
    assert_eq!(site.explain(a).unwrap().reasons, [same(a, b)]);
}

#[test]
fn file_in_two_content_folders_once() {
    let site = blog()
        .option("content", json!([".", "posts"]))
        .file("posts/a.md", "---\ntitle: A\n---\n");
    assert_eq!(
        site.item().keys,
        ["https://example.org/posts/a", "blog:posts/a.md"]
    );
}
