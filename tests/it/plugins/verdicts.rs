//! Answers of transforms are kept between runs.

use super::{PIPELINE, project, with_python};

const SCRIPT: &str = r#"
hello("transform", needs=["title"], options={"properties": {"prefix": {"type": "string"}}})
for id, request in requests():
    title = request["item"]["title"]
    sys.stderr.write("asked about " + title + "\n"); sys.stderr.flush()
    if title == "fail":
        say({"id": id, "error": {"message": "not now"}})
    else:
        say({"id": id, "ok": {"patch": {"title": title + "!"}}})
"#;

#[test]
fn transform_is_asked_once_about_each_item() {
    let project = with_python(project(PIPELINE), SCRIPT);
    let titles = || {
        let run = project.run("preview -v --json").exits(0);
        let plan = run.json();
        let title = plan["plan"][0]["title"].as_str().unwrap().to_owned();
        (title, run.stderr.contains("asked about"))
    };
    assert_eq!(titles(), ("A!".to_owned(), true));
    assert_eq!(titles(), ("A!".to_owned(), false));

    project.write(
        "posts/a.md",
        "---\ntitle: A\ndate: 2026-11-20\ntags: [go]\n---\nOther text.\n",
    );
    assert_eq!(
        titles(),
        ("A!".to_owned(), false),
        "no field in `needs` changed"
    );
    project.write(
        "posts/a.md",
        "---\ntitle: B\ndate: 2026-11-20\n---\nText.\n",
    );
    assert_eq!(titles(), ("B!".to_owned(), true));
    project.write("pipeline.yaml", PIPELINE.replace("20s", "20s, prefix: x"));
    assert_eq!(titles(), ("B!".to_owned(), true));
    let script = format!("{}{}", super::PYTHON, SCRIPT.replace("\"!\"", "\"?\""));
    project.write("plugins/syndicate-plugin-test", script);
    assert_eq!(titles(), ("B?".to_owned(), true));
    assert_eq!(titles(), ("B?".to_owned(), false));
}

#[test]
fn error_is_asked_about_again() {
    let project = with_python(project(PIPELINE), SCRIPT);
    project.write(
        "posts/a.md",
        "---\ntitle: fail\ndate: 2026-11-20\n---\nText.\n",
    );
    for _ in 0..2 {
        let run = project.run("preview -v").exits(3).says(&["not now"]);
        assert!(run.stderr.contains("asked about fail"), "{run}");
    }
}

#[test]
fn transform_that_reads_files_is_asked_each_time() {
    let pipeline = PIPELINE.replace("20s", "20s, grant: {read: [posts]}");
    let project = with_python(project(&pipeline), SCRIPT);
    for _ in 0..2 {
        let run = project.run("preview -v").exits(0);
        assert!(run.stderr.contains("asked about A"), "{run}");
    }
}
