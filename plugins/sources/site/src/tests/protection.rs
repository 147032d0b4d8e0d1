//! Posts that only some readers may see, and notes about many posts at once.

use serde_json::json;
use syndicate_api::{FieldOrigin, Item, ItemField};

use super::TestSite;

const SECRET: &str = "\n# Secret heading\n\n![Secret hill](secret.png)\n\nSecret words <!-- more --> and more of them.\n";

/// Returns a site of the generator with this config, and a post with `front` and a secret text.
fn site(config: (&str, &str), file: &str, front: &str) -> TestSite {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    TestSite::new()
        .file(config.0, config.1)
        .file(file, format!("{front}{SECRET}"))
        .file(&format!("{folder}/secret.png"), "")
}

/// Checks that the item contains nothing of the text.
#[track_caller]
fn check_closed(item: &Item) {
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        item.title,
        item.description,
        item.image,
        item.text.body()
    );
    assert!(!shown.to_lowercase().contains("secret"), "{shown}");
}

#[test]
fn protected_posts_show_no_text() {
    let hexo = ("_config.yml", "url: https://example.org");
    let astro = (
        "astro.config.mjs",
        "export default { site: 'https://example.org' }",
    );
    let hugo = ("hugo.toml", "baseURL = 'https://example.org/'");
    let zola = ("config.toml", "base_url = 'https://example.org'");
    let jekyll = ("_config.yml", "url: https://example.org\nplugins: []");
    let eleventy = (".eleventy.js", "");
    let (in_hexo, in_astro) = ("source/_posts/a.md", "src/content/blog/a.md");
    let day = "date: 2026-05-20";
    for (config, file, front) in [
        (hexo, in_hexo, format!("---\n{day}\npassword: hello\n---")),
        (hexo, in_hexo, format!("---\n{day}\npassword: 1234\n---")),
        (hexo, in_hexo, format!("---\n{day}\nencrypt: true\n---")),
        (
            astro,
            in_astro,
            format!("---\n{day}\nencrypted: true\npassword: x\n---"),
        ),
        (astro, in_astro, format!("---\n{day}\nprotected: yes\n---")),
        (
            hugo,
            "content/posts/a.md",
            format!("---\n{day}\nparams: {{Password: x}}\n---"),
        ),
        (
            zola,
            "content/a.md",
            "+++\ndate = 2026-05-20\n[extra]\npassword = 'x'\n+++".to_owned(),
        ),
        (
            jekyll,
            "_posts/2026-05-20-a.md",
            "---\nencrypted: s3cr\n---".to_owned(),
        ),
        (
            eleventy,
            "posts/a.md",
            format!("---\n{day}\nvisibility: members\n---"),
        ),
    ] {
        let item = site(config, file, &front).item();
        check_closed(&item);
        assert_eq!((&item.description, &item.image), (&None, &None), "{front}");
    }
}

#[test]
fn open_posts_show_their_text() {
    let hexo = ("_config.yml", "url: https://example.org");
    for line in [
        "password: ''",
        "password:",
        "encrypt: false",
        "protected: 'no'",
        "visibility: public",
    ] {
        let front = format!("---\ndate: 2026-05-20\n{line}\n---");
        let site = site(hexo, "source/_posts/a.md", &front);
        let item = site.item();
        assert_eq!(
            item.description.as_deref(),
            Some("Secret heading Secret words"),
            "{line}"
        );
        assert!(
            item.image.is_some() && !item.text.body().unwrap().is_empty(),
            "{line}"
        );
    }
}

#[test]
fn hexo_encrypting_tags_protect_posts() {
    let config = (
        "_config.yml",
        "url: https://example.org\nencrypt:\n  tags:\n    - {name: diary, password: pw}\n    - {name: open, password: }",
    );
    for (front, is_closed) in [
        ("tags: [walks, diary]", true),
        ("tags: diary", true),
        ("tags: [open]", false),
        ("tags: [diary]\npassword: ''", false),
    ] {
        let text = format!("---\ndate: 2026-05-20\n{front}\n---");
        let item = site(config, "source/_posts/a.md", &text).item();
        assert_eq!(item.description.is_none(), is_closed, "{front}");
    }
}

#[test]
fn protected_posts_keep_written_fields() {
    let front = "---\ntitle: A walk\ndescription: About a walk.\ncover: /hill.png\ndate: 2026-05-20\npassword: x\n---";
    let site = site(
        ("_config.yml", "url: https://example.org"),
        "source/_posts/a.md",
        front,
    )
    .file("source/hill.png", "");
    let item = site.item();
    check_closed(&item);
    assert_eq!(item.title.as_deref(), Some("A walk"));
    assert_eq!(item.description.as_deref(), Some("About a walk."));
    assert_eq!(item.image.unwrap().file.as_deref(), Some("source/hill.png"));
    let note = "`source/_posts/a.md`: its text is restricted to some readers by `password` in its front \
                matter: no part of it is published";
    assert_eq!(site.scan().notes, [note]);
    let explanation = site.explain("source/_posts/a.md").unwrap();
    assert!(
        note.ends_with(&explanation.remarks[0]),
        "{:?}",
        explanation.remarks
    );
}

#[test]
fn protected_page_gives_no_text() {
    let page = "<!doctype html><html><head><title>A walk</title>\
         <meta property=og:title content='A walk'>\
         <meta name=description content='Secret words and more of them.'>\
         <meta property=og:image content=/secret.png></head><body><article><h1>A walk</h1>\
         <p>U2FsdGVkX18wZ2hsNXZ1bGRlY2hpZmZyZXJlc3RlZHRleHRvZnRoZXBvc3Q=</p>\
         <p>Here is something encrypted, a password is required to read on.</p>\
         <img src=/secret.png></article></body></html>";
    let front = "---\ntitle: A walk\ndate: 2026-05-20\npassword: x\n---";
    let config = (
        "_config.yml",
        "url: https://example.org\npermalink: :title/",
    );
    let site = site(config, "source/_posts/a.md", front)
        .option("output", json!("public"))
        .file("public/a/index.html", page);
    // The page is older, but it lacks the text because the text is protected.
    let day = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(86_400);
    let file = std::fs::File::options()
        .write(true)
        .open(site.path().join("public/a/index.html"));
    file.unwrap().set_modified(day).unwrap();
    let item = site.item();
    check_closed(&item);
    assert_eq!(
        (item.hold, item.description, item.image),
        (None, None, None)
    );
    assert_eq!(
        item.origin[&ItemField::Title],
        FieldOrigin::Page("og:title".into())
    );
    let explanation = site.explain("source/_posts/a.md").unwrap();
    let fields: Vec<ItemField> = explanation.fields.iter().map(|(field, _)| *field).collect();
    assert!(
        !fields.contains(&ItemField::Description) && !fields.contains(&ItemField::Image),
        "{fields:?}"
    );
}

#[test]
fn page_password_prompt_protects_post() {
    let page = "<!doctype html><html><head><title>A walk</title><meta property=og:type content=article>\
         <meta property=og:title content='A walk'><meta property=og:image content=/secret.png>\
         <meta name=description content='A secret prompt'>\
         <meta property=article:published_time content=2026-05-20T09:00:00Z></head><body><article>\
         <h1>A walk</h1><p>A password is required.</p><input type=password></article></body></html>";
    let config = (
        "_config.yml",
        "url: https://example.org\npermalink: :title/",
    );
    let front = "---\ndate: 2026-05-20\n---";
    let site = site(config, "source/_posts/a.md", front)
        .option("output", json!("public"))
        .file("public/a/index.html", page);
    let joined = site.item();
    let alone = site.option("content", json!(false)).item();
    for item in [joined, alone] {
        check_closed(&item);
        assert_eq!((&item.description, &item.image), (&None, &None));
        assert_eq!(item.title.as_deref(), Some("A walk"));
    }
}

#[test]
fn equal_notes_are_combined() {
    let mut site = TestSite::new()
        .option("url", json!("https://example.org"))
        .option("permalink", json!("/:series/:slug/"));
    for name in ["a", "b", "c", "d"] {
        site = site.file(&format!("{name}.md"), "---\ntitle: T\n---\nText.\n");
    }
    let site = site.file(
        "e.md",
        "---\ntitle: E\nseries: s\npassword: x\n---\nText.\n",
    );
    let mut notes = site.scan().notes;
    notes.sort();
    assert_eq!(notes.len(), 2, "{notes:?}");
    let start = "4 posts (`a.md`, `b.md`, `c.md` and 1 more) have no URL, because";
    assert!(notes[0].starts_with(start), "{notes:?}");
    assert!(notes[1].starts_with("`e.md`: its text"), "{notes:?}");
    let remarks = site.explain("d.md").unwrap().remarks;
    assert!(remarks[0].starts_with("it has no URL"), "{remarks:?}");
}
