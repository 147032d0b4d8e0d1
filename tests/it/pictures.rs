//! Pictures from end to end: the messages about them, and the uploads that reach the server.

use std::process::Command;

use serde_json::Value;

use crate::build::pipeline;
use crate::support::{Platform, Project};

fn project(endpoint: &str, thumbnail: &str) -> Project {
    let pipeline = pipeline(endpoint).replace("token:", &format!("thumbnail: {thumbnail}, token:"));
    Project::with_pipeline(&pipeline).with_ledger()
}

#[test]
fn missing_picture_of_text_has_line() {
    let platform = Platform::start();
    let text = "---\ntitle: One\ndate: 2026-11-20\n---\n\nText.\n\n![A hill](hills/far.png)\n";
    let project = project(&platform.url, "require").file("posts/one.md", text);
    let plan = project.run("preview --json").json();
    let found = &plan["plan"][0]["diagnostic"];
    assert_eq!(found["path"], "posts/one.md", "{found}");
    assert_eq!(found["line"], 8, "{found}");
    project
        .run("build --dry-run")
        .says(&["posts/one.md:8: the picture `hills/far.png` is not a file of the site"]);
}

#[test]
fn build_prints_warnings_of_bare_card() {
    let platform = Platform::start();
    let project = project(&platform.url, "warn")
        .picture("posts/hill.png", 1200, 627)
        .post(
            "posts/one.md",
            "title: One\ndate: 2026-11-20\nimage: hil.png",
        );
    let run = project.run("build").exits(0);
    run.says(&[
        "sent    posts/one.md → linkedin",
        "warning: the card has no picture: posts/one.md:4: the picture `hil.png` is not a file of the site; \
         did you mean `hill.png`?",
    ]);
    let project = project.post("posts/two.md", "title: Two\ndate: 2026-11-21");
    let built = project.run("build --json").exits(0).json();
    let plan = built["plan"].as_array().unwrap();
    let sent = plan
        .iter()
        .find(|entry| entry["outcome"] == "sent")
        .unwrap();
    let warnings = sent["warnings"].to_string();
    assert!(
        warnings.contains("`posts/two.md` has no picture"),
        "{warnings}"
    );
}

#[test]
fn check_opens_pictures_of_posts() {
    let project = project("http://127.0.0.1:9", "warn")
        .picture("posts/good.png", 1200, 627)
        .picture("posts/small.png", 120, 63)
        .file(
            "posts/drawing.png",
            "<svg xmlns='http://www.w3.org/2000/svg'><text",
        )
        .post("posts/a.md", "title: A\ndate: 2026-11-20\nimage: good.png")
        .post("posts/b.md", "title: B\ndate: 2026-11-20\nimage: small.png")
        .post(
            "posts/c.md",
            "title: C\ndate: 2026-11-20\nimage: drawing.png",
        )
        .post("posts/d.md", "title: D\ndate: 2026-11-20\nimage: goood.png")
        .post(
            "posts/old.md",
            "title: Old\ndate: 2020-01-01\nimage: gone.png",
        )
        .post(
            "posts/e.md",
            "title: E\ndate: 2026-11-20\nimage: https://a.example/x.png",
        );
    let said = project.run("check --json --offline").exits(0).json();
    let findings = said["findings"].as_array().unwrap();
    let about = |post: &str| -> Vec<(&Value, &Value)> {
        let about = findings.iter().filter(|finding| finding["about"] == post);
        about
            .map(|finding| (&finding["message"], &finding["hint"]))
            .collect()
    };
    for (post, message, hint) in [
        (
            "posts/b.md",
            "its picture `posts/small.png` is only 120 pixels wide",
            "use one of 1200×627 pixels or more",
        ),
        (
            "posts/c.md",
            "`posts/drawing.png` cannot be parsed as SVG: the root node was opened but never closed",
            "export it as PNG",
        ),
        (
            "posts/d.md:4",
            "the picture `goood.png` is not a file of the site",
            "did you mean `good.png`?",
        ),
    ] {
        assert_eq!(about(post), [(&message.into(), &hint.into())], "{said}");
    }
    for post in ["posts/a.md", "posts/e.md", "posts/old.md"] {
        assert_eq!(about(post), [], "{said}");
    }
    let annotated = project.run("check --format github --offline").exits(0);
    annotated.says(&["::warning file=posts/d.md,line=4,"]);
}

#[test]
fn unreachable_picture_waits_and_shows_card() {
    for thumbnail in ["warn", "require"] {
        let project = project("http://127.0.0.1:9", thumbnail).post(
            "posts/a.md",
            "title: A\ndate: 2026-11-20\nimage: https://a.example/x.png",
        );
        let said = project.run("preview --json --offline").exits(0).json();
        let entry = &said["plan"][0];
        assert_eq!(
            (entry["action"].as_str(), entry["code"].as_str()),
            (Some("wait"), Some("image_unreachable"))
        );
        assert_eq!(entry["post"]["card"]["title"], "A", "{entry}");
        assert_eq!(entry["error"], Value::Null, "{entry}");
        assert!(entry["until"].is_string(), "{entry}");
    }
    let skipping = project("http://127.0.0.1:9", "skip").post(
        "posts/a.md",
        "title: A\ndate: 2026-11-20\nimage: https://a.example/x.png",
    );
    let said = skipping.run("preview --json --offline").exits(0).json();
    assert_eq!(said["plan"][0]["action"], "send");
}

/// Address space limit of the program, in KiB. It is below the 375 MiB that the decoded picture takes
/// without any copy.
const ADDRESS_SPACE: u32 = 320 << 10;

#[test]
#[cfg(target_os = "linux")]
fn large_png_is_decoded_in_bounded_memory() {
    let project = project("http://127.0.0.1:9", "warn")
        .post("posts/a.md", "title: A\ndate: 2026-11-20\nimage: large.png");
    let file = std::fs::File::create(project.path("posts/large.png")).unwrap();
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), 8000, 8000);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Sixteen);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    for row in 0..8000_u32 {
        let shade = (row / 32) as u8;
        std::io::Write::write_all(&mut stream, &[shade; 8000 * 6]).unwrap();
    }
    stream.finish().unwrap();
    drop(writer);

    let plain = project.command(&["preview", "--json", "--offline"]);
    let mut bounded = Command::new("sh");
    bounded
        .arg("-c")
        .arg(format!("ulimit -v {ADDRESS_SPACE} && exec \"$0\" \"$@\""))
        .arg(plain.get_program())
        .args(plain.get_args())
        .current_dir(project.folder())
        .envs(
            plain
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        // Each thread would reserve far more address space than it uses.
        .env("MALLOC_ARENA_MAX", "1")
        .env("TOKIO_WORKER_THREADS", "2")
        .env("RAYON_NUM_THREADS", "2");
    let said = project.finished(bounded, &["preview"]).exits(0).json();
    let image = &said["plan"][0]["post"]["card"]["image"];
    assert_eq!(
        (&image["width"], &image["height"]),
        (&2560.into(), &2560.into()),
        "{said}"
    );
}
