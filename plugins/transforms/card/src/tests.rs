use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use syndicate_api::{
    Code, ComponentContext, Diagnostic, Image, Item, ItemAuthor, Site, TransformOptions as _,
    TransformOutcome, load_options,
};

use crate::{Options, PLUGIN};

#[test]
fn declaration_keeps_contract() {
    syndicate_api::testkit::check_transform(&PLUGIN, &json!({"template": "gradient"}));
}

fn item(title: &str) -> Item {
    Item {
        title: Some(title.to_owned()),
        path: Some("posts/a.md".to_owned()),
        url: Some("https://www.example.org/a/".to_owned()),
        tags: vec!["rust".to_owned()],
        author: ItemAuthor::joined_names(&[ItemAuthor::named("Jane")]),
        ..Item::default()
    }
}

/// Returns the image of `item` after a transform with these options.
fn image(options: &Value, base: &Path, item: Item) -> syndicate_api::Result<Option<Image>> {
    let loaded: Options = load_options(options).unwrap();
    assert_eq!(loaded.validate(), []);
    let context = ComponentContext {
        name: "card".to_owned(),
        base: base.to_owned(),
    };
    match loaded.build(&context)?.apply(item)? {
        TransformOutcome::Keep(item) => Ok(item.image),
        skip @ TransformOutcome::Skip { .. } => panic!("{skip:?}"),
    }
}

fn id(options: &Value, base: &Path, item: Item) -> String {
    let image = image(options, base, item).unwrap().unwrap();
    image.drawing.unwrap().id().to_owned()
}

#[test]
fn post_without_picture_gets_card() {
    let image = image(&json!({}), Path::new("."), item("Hello"))
        .unwrap()
        .unwrap();
    assert_eq!((image.file, image.url), (None, None));
    assert_eq!(image.alt.as_deref(), Some("Hello"));
    let drawn = image.drawing.unwrap().draw().unwrap();
    assert_eq!(
        (drawn.pixels, &*drawn.media_type),
        ((1200, 627), "image/png")
    );
    assert_eq!(drawn.notes, [""; 0]);
    assert!(drawn.bytes.starts_with(b"\x89PNG"));
}

#[test]
fn own_picture_and_missing_one_stay() {
    let fault = Diagnostic::new(Code::ImageUnreadable, "no such file");
    for own in [
        Image {
            file: Some("a.png".to_owned()),
            ..Image::default()
        },
        Image {
            missing: Some(fault.into()),
            ..Image::default()
        },
    ] {
        let with = Item {
            image: Some(own.clone()),
            ..item("Hello")
        };
        assert_eq!(image(&json!({}), Path::new("."), with).unwrap(), Some(own));
    }
    let untitled = image(&json!({}), Path::new("."), item(" ")).unwrap();
    assert_eq!(untitled, None);
}

#[test]
fn digest_covers_everything_that_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path();
    let svg = |colour: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path fill='{colour}' d='M0 0h9v9z'/></svg>"
        )
    };
    fs::write(base.join("logo.svg"), svg("red")).unwrap();
    let known = id(&json!({}), base, item("Hello"));
    assert_eq!(
        id(&json!({"template": "editorial"}), base, item("Hello")),
        known
    );
    let logo = json!({"logo": "logo.svg"});
    let red = id(&logo, base, item("Hello"));
    fs::write(base.join("logo.svg"), svg("blue")).unwrap();
    let mut ids = vec![
        known,
        red,
        id(&logo, base, item("Hello")),
        id(&json!({}), base, item("Bye")),
    ];
    for options in [
        json!({"template": "terminal"}),
        json!({"size": "1080x1080"}),
        json!({"background": "#123456"}),
        json!({"background": ["#123456", "#654321"]}),
        json!({"accent": "#123456"}),
        json!({"text": "#123456"}),
        json!({"site": "Another"}),
        json!({"fonts": "system"}),
    ] {
        ids.push(id(&options, base, item("Hello")));
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn texts_come_from_item_and_options() {
    let published = syndicate_api::PostDate {
        at: "2026-03-01T09:05:00+01:00[Europe/Berlin]".parse().unwrap(),
        day_only: false,
    };
    let dated = |lang: &str| Item {
        published: Some(published.clone()),
        lang: Some(lang.to_owned()),
        ..item("Hello")
    };
    let text = |item: &Item| crate::text::card_text(item, None, None);
    assert_eq!(text(&dated("en-GB")).date, "March 1, 2026");
    assert_eq!(text(&dated("de")).date, "2026-03-01");
    assert_eq!(
        crate::text::card_text(&dated("de"), None, Some("%d.%m.%Y")).date,
        "01.03.2026"
    );
    assert_eq!(
        crate::text::card_text(&dated("de"), Some(""), Some("")).site,
        ""
    );
    assert_eq!(text(&item("Hello")).site, "example.org");
    let site = Site {
        title: Some("A Blog".to_owned()),
        ..Site::default()
    };
    let named = Item {
        site: site.into(),
        ..item("Hello")
    };
    assert_eq!(text(&named).site, "A Blog");
}

#[test]
fn missing_glyphs_name_post_and_character() {
    let image = image(&json!({}), Path::new("."), item("Hello 世界"))
        .unwrap()
        .unwrap();
    let error = image.drawing.unwrap().draw().unwrap_err();
    assert_eq!(error.code, Code::CardUndrawn);
    assert!(
        error
            .message
            .starts_with("the card of `posts/a.md` has characters"),
        "{error}"
    );
    assert!(error.message.contains("`世` (U+4E16)"), "{error}");
}

#[test]
fn system_fonts_are_noted() {
    let image = image(&json!({"fonts": "system"}), Path::new("."), item("Hello")).unwrap();
    let drawn = image.unwrap().drawing.unwrap().draw().unwrap();
    assert!(
        drawn.notes[0].contains("on this machine only"),
        "{:?}",
        drawn.notes
    );
}

#[test]
fn wrong_options_are_errors() {
    for (options, expected) in [
        (
            json!({"template": "editorail"}),
            "unknown template `editorail`",
        ),
        (json!({"size": "wide"}), "invalid size `wide`"),
        (json!({"size": "100x50"}), "invalid size `100x50`"),
        (json!({"background": "red"}), "invalid colour `red`"),
        (json!({"accent": "#12"}), "invalid colour `#12`"),
        (json!({"date": "%!"}), "invalid form of a date `%!`"),
    ] {
        let faults = (PLUGIN.load)(&options).err().unwrap();
        assert_eq!(faults[0].message, expected);
        assert!(faults[0].hint.is_some());
    }
}

#[test]
fn unusable_files_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path();
    fs::write(base.join("text.svg"), "no drawing").unwrap();
    fs::write(base.join("a.woff2"), "wOF2").unwrap();
    for (options, expected) in [
        (
            json!({"logo": "none.svg"}),
            "the file `none.svg` does not exist",
        ),
        (json!({"logo": "text.svg"}), "`text.svg` cannot be parsed"),
        (
            json!({"template": "./text.svg"}),
            "`./text.svg` cannot be parsed",
        ),
        (json!({"fonts": ["a.woff2"]}), "`a.woff2` is a web font"),
        (
            json!({"font": "Lato"}),
            "none of the `fonts` has the family name `Lato`",
        ),
    ] {
        let error = image(&options, base, item("Hello"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
}
