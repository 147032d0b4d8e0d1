//! `preview --serve` in a real browser: Chromium, driven by a script in `tests/browser`. `tests/run`
//! installs both and names the browser in `SYNDICATE_TEST_BROWSER`.
//!
//! The pictures in `docs/images` are taken here. `UPDATE_EXPECTED=1 tests/run preview_browser` takes
//! them again.

use std::path::{Path, PathBuf};
use std::process::Command;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::thumbnail;
use image::{ImageReader, RgbImage};
use serde_json::{Value, json};

use crate::build::pipeline;
use crate::documents::example_project;
use crate::platform_cards::five_sinks;
use crate::preview_page::Served;
use crate::preview_shared::{HOSTILE, hostile};
use crate::support::{Platform, Project, tools};

/// The largest picture in `docs/images`, in bytes.
const MAX_PICTURE_BYTES: u64 = 150 * 1024;

/// Maximum mean difference of a colour channel between a picture and the current page. Fonts differ
/// between machines; the wrong theme differs by more than 100.
const MAX_PICTURE_DIFFERENCE: u64 = 16;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a scene of the browser script on the page of `project` and returns its result.
fn play(scene: &str, project: &Project) -> Value {
    play_at(scene, &Served::of(project, &[]).url, project)
}

/// Runs a scene of the browser script on the page at `address`.
fn play_at(scene: &str, address: &str, project: &Project) -> Value {
    let script = root().join("tests/browser/preview.cjs");
    let output = Command::new("node")
        .arg(script)
        .args([scene, address])
        .arg(tools("browser"))
        .arg(project.folder())
        .output()
        .expect("Node is installed, as these tests need it");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let mut seen: Value =
        serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{scene}: {stdout}{stderr}"));
    assert_eq!(seen["errors"].take(), json!([]), "{seen}");
    seen
}

fn project(platform: &Platform) -> Project {
    Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post(
            "posts/one.md",
            "title: One  # my title\ndate: 2026-11-20\nimage: a.png",
        )
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn page_edits_schedules_approves_sends() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url).replace("2026-11-01}", "2026-11-01, approve: true}");
    let project = project(&platform).file("pipeline.yaml", yaml);
    let before = project.read("posts/one.md");
    let seen = play("decide", &project);
    assert_eq!(seen["url"], "http://127.0.0.1/");
    assert_eq!(
        seen["cookies"],
        json!([{"httpOnly": true, "sameSite": "Strict"}])
    );
    assert_eq!(seen["readable"], "");
    assert_eq!(seen["words"], "My own words (really).\n\nWith #Rust.");
    assert_eq!(seen["tag"], "#Rust");
    assert_eq!(seen["warned"], "", "no file has changed");
    assert_eq!(seen["typed"], "2030-01-02T03:04");
    assert_eq!(
        seen["scheduled"],
        "scheduled for 2030-01-02T03:04+00:00 or later"
    );
    assert_eq!(seen["skippedCode"], "opted_out");
    let own = "syndicate:\n  commentary: |-\n    My own words (really).\n\n    With #Rust.\n---";
    assert_eq!(
        seen["file"],
        before.replacen("\n---", &format!("\n{own}"), 1)
    );
    assert!(
        seen["approved"].as_str().unwrap().starts_with("approved"),
        "{seen}"
    );
    assert!(
        seen["asked"]
            .as_str()
            .unwrap()
            .contains(seen["hash"].as_str().unwrap())
    );
    assert!(
        seen["sent"]
            .as_str()
            .unwrap()
            .starts_with("sent to linkedin"),
        "{seen}"
    );
    assert_eq!(seen["sentCode"], "already_sent");
    assert_eq!(seen["history"], json!(["approved", "intent", "sent"]));
    let feed = platform.feed();
    assert_eq!((feed.len(), &feed[0]["text"]), (1, &seen["words"]));
    assert!(
        project
            .read("syndicate.ledger.jsonl")
            .contains(seen["hash"].as_str().unwrap())
    );
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn page_follows_saved_files() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url)
        .replace("token: rehearsal", "token: rehearsal, template: words.hbs");
    let project = project(&platform)
        .file("pipeline.yaml", yaml)
        .file("words.hbs", "{{description}}")
        .picture("other.png", 1201, 628);
    let seen = play("reload", &project);
    assert!(
        seen["template"]
            .as_str()
            .unwrap()
            .contains("did you mean title"),
        "{seen}"
    );
    let trouble = seen["trouble"].as_str().unwrap();
    assert!(
        trouble.contains("pipeline.yaml:") && trouble.contains("nonsense"),
        "{trouble}"
    );
    assert_eq!(seen["typed"], "Being typed");
    assert!(
        seen["refused"]
            .as_str()
            .unwrap()
            .contains("has changed since you opened it")
    );
    assert_eq!(seen["file"], false);
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn event_during_request_is_kept() {
    let seen = play("lost", &project(&Platform::start()));
    assert_eq!(seen["waits"], true);
    assert_eq!(seen["unanswered"], "Unknown result: gone");
    assert!(
        seen["ended"].as_str().unwrap().contains("Connection lost"),
        "{seen}"
    );
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn keyboard_reaches_every_action() {
    let platform = Platform::start();
    let seen = play("keyboard", &project(&platform));
    assert_eq!(seen["words"], "Typed without a mouse");
    assert_eq!(
        seen["first"], "Cancel",
        "Enter does not confirm an irreversible action"
    );
    assert!(
        seen["sent"]
            .as_str()
            .unwrap()
            .starts_with("sent to linkedin"),
        "{seen}"
    );
    assert_eq!(seen["place"], true, "the focus stays on the delivery");
    assert_eq!(platform.feed()[0]["text"], "Typed without a mouse");
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn controls_have_unique_names() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url);
    let sink = yaml
        .lines()
        .find(|line| line.contains("linkedin:"))
        .unwrap();
    let two = format!("{sink}\n{}", sink.replacen("linkedin:", "company:", 1));
    let project = project(&platform)
        .file("pipeline.yaml", yaml.replace(sink, &two))
        .post("posts/two.md", "title: Two\ndate: 2026-11-20\nimage: gone.png")
        .post("posts/again.md", "title: Two\ndate: 2026-11-21\nimage: a.png")
        .file("posts/long.md", format!("---\ntitle: Long\ndate: 2026-11-21\nimage: a.png\nsyndicate:\n  commentary: {}\n---\nText.\n", "word ".repeat(200)))
        .post("posts/old.md", "title: Old\ndate: 2020-11-20");
    let seen = play("names", &project);
    assert_eq!(seen["equal"], json!([]), "{seen}");
    assert_eq!(seen["unlabelled"], json!([]), "{seen}");
    let controls = seen["controls"].as_array().unwrap();
    assert!(
        controls.contains(&json!("button Skip (One, linkedin)")),
        "{seen}"
    );
    assert!(
        controls.contains(&json!("button Skip (Two, posts/again.md, company)")),
        "{seen}"
    );
    assert_eq!(seen["backticks"], false, "{seen}");
    assert!(!seen["code"].as_array().unwrap().is_empty(), "{seen}");
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn cards_of_post_are_side_by_side() {
    let project = five_sinks();
    let served = Served::of(&project, &["--offline"]);
    let seen = play_at("cards", &served.url, &project);
    let expected = ["linkedin", "bluesky", "mastodon", "devto", "slack"];
    assert_eq!(seen["names"], json!(expected), "{seen}");
    let layouts = [
        "post stacked",
        "post beside",
        "post stacked square",
        "post whole",
        "post beside square",
    ];
    assert_eq!(seen["layouts"], json!(layouts), "{seen}");
    assert_eq!(seen["accents"][2], "#6364ff", "{seen}");
    let maker = "Card made by Mastodon from your page public/one/index.html";
    assert_eq!(seen["makers"], json!([maker]), "{seen}");
    assert_eq!(seen["hashes"], json!(vec![true; 5]), "{seen}");
    assert_eq!(seen["broken"], 0, "{seen}");
    assert_eq!(seen["besideInWide"], true, "{seen}");
    assert_eq!(seen["belowInNarrow"], true, "{seen}");
    assert_eq!(seen["fits"], true, "{seen}");
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn other_port_cannot_use_cookie() {
    let project = project(&Platform::start());
    let seen = play("stranger", &project);
    assert_eq!(
        seen["reloaded"], 1,
        "the page still works after a reload: {seen}"
    );
    assert_eq!(seen["cookieIsShared"], true, "{seen}");
    assert_eq!(seen["shellShowsPost"], false, "{seen}");
    assert_eq!((&seen["act"], &seen["events"]), (&json!(401), &json!(401)));
    assert!(
        seen["tab"].as_str().unwrap().starts_with("missing token"),
        "{seen}"
    );
    assert_eq!(seen["tabItems"], 0);
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn hostile_post_runs_no_code() {
    let platform = Platform::start();
    let seen = play("hostile", &hostile(&platform.url));
    assert_eq!(seen["title"], "Preview · syndicate");
    assert_eq!(seen["scripts"], json!(["/page.js"]));
    assert_eq!(seen["handlers"], json!([]));
    assert_eq!(seen["pictures"], 0);
    assert_eq!(seen["words"], HOSTILE);
    assert_eq!(seen["unnamed"], 0, "each control has a name");
    assert_eq!(seen["landmarks"], json!([1, 1, 1, 1]));
    assert_eq!(
        seen["ran"], "Preview · syndicate",
        "the policy blocks a script that was not escaped"
    );
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn hebrew_card_and_gallery_fill_their_boxes() {
    let yaml = "sources:\n  blog: {type: site, path: ., content: posts, url: \"https://blog.example.org\"}\n\
         sinks:\n  fediverse: {type: mastodon, endpoint: \"https://social.example.org\", token: x}\n\
         policy: {since: 2026-11-01}\n";
    let gallery = "title: Three\ndate: 2026-11-21\nsyndicate: {gallery: [a.png, a.png, a.png]}";
    let project = Project::with_pipeline(yaml)
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post("posts/one.md", "title: שלום, עולם\ndate: 2026-11-20")
        .post("posts/three.md", gallery);
    let served = Served::of(&project, &["--offline"]);
    let seen = play_at("directions", &served.url, &project);
    assert_eq!(seen["card"], json!(["ltr", "rtl", "ltr"]), "{seen}");
    assert_eq!(seen["inset"], 16, "{seen}");
    // Widths and offsets in halves of the gallery.
    assert_eq!(seen["cells"], json!([[2, 0], [1, 0], [1, 1]]), "{seen}");
}

fn read_picture(path: &Path) -> RgbImage {
    let reader =
        ImageReader::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.decode().unwrap().to_rgb8()
}

/// Returns the mean difference of the colour channels of two pictures, both scaled to 32 by 32 pixels.
fn difference(left: &RgbImage, right: &RgbImage) -> u64 {
    let [left, right] = [left, right].map(|picture| thumbnail(picture, 32, 32).into_raw());
    let sum: u64 = left
        .iter()
        .zip(&right)
        .map(|(l, r)| u64::from(l.abs_diff(*r)))
        .sum();
    sum / left.len() as u64
}

/// Checks that `docs/images/NAME-light.png` and `-dark.png` match the page at `address`: the same text,
/// a similar size and similar colours. With `UPDATE_EXPECTED`, takes the pictures again.
fn check_pictures(name: &str, address: &str, project: &Project) {
    let seen = play_at(&format!("picture_{name}"), address, project);
    let shown = seen["shown"].as_str().unwrap();
    let text: PathBuf = root()
        .join("tests/browser/pictures")
        .join(format!("{name}.txt"));
    let is_update = std::env::var_os("UPDATE_EXPECTED").is_some();
    if is_update {
        std::fs::write(&text, shown).unwrap();
    }
    let hint = "run `UPDATE_EXPECTED=1 tests/run preview_browser` to take the picture again";
    assert_eq!(std::fs::read_to_string(&text).unwrap(), shown, "{hint}");
    for theme in ["light", "dark"] {
        let taken = read_picture(&project.path(&format!("{name}-{theme}.png")));
        let file = root().join(format!("docs/images/{name}-{theme}.png"));
        if is_update {
            let out = std::fs::File::create(&file).unwrap();
            let encoder =
                PngEncoder::new_with_quality(out, CompressionType::Best, FilterType::Adaptive);
            taken.write_with_encoder(encoder).unwrap();
        }
        let kept = read_picture(&file);
        let bytes = std::fs::metadata(&file).unwrap().len();
        assert!(
            bytes <= MAX_PICTURE_BYTES,
            "{}: {bytes} bytes",
            file.display()
        );
        assert_eq!(kept.width(), taken.width(), "{}: {hint}", file.display());
        let is_close = kept.height().abs_diff(taken.height()) * 10 <= taken.height();
        assert!(
            is_close,
            "{}: {} pixels high; {hint}",
            file.display(),
            kept.height()
        );
        let difference = difference(&kept, &taken);
        assert!(
            difference <= MAX_PICTURE_DIFFERENCE,
            "{}: {difference}; {hint}",
            file.display()
        );
    }
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn readme_pictures_are_current() {
    let project = example_project().with_ledger();
    let served = Served::of(&project, &["--sandbox"]);
    check_pictures("preview", &served.url, &project);

    let platform = Platform::start();
    let sandbox = format!(
        "type: linkedin\n    endpoint: {}\n    token: rehearsal",
        platform.url
    );
    let yaml = project
        .read("pipeline.yaml")
        .replace("type: linkedin", &sandbox);
    project.write("pipeline.yaml", yaml);
    project.run("build").exits(0);
    check_pictures("card", &platform.url, &project);
}
