//! Copies by sync programs and file managers.

use syndicate_api::Code;

use super::identity::blog;

#[test]
fn conflict_copies_are_noted_and_explained() {
    let post = "---\ntitle: Boats\ndate: 2026-05-20\n---\nText.";
    let copies = [
        "boats (Jane's conflicted copy 2026-05-01).md",
        "boats copy.md",
        "boats.sync-conflict-20260501-101010-ABCDEFG.md",
        "trips (conflicted copy)/index.md",
    ];
    let site = copies.iter().fold(
        blog()
            .file("boats.md", post)
            .file("._boats.md", b"\0\x05\x16\x07"),
        |site, copy| site.file(copy, post),
    );
    let scan = site.scan();
    let paths: Vec<_> = scan.items.iter().map(|item| item.label()).collect();
    assert_eq!(paths, ["boats.md"]);
    assert_eq!(scan.faults, []);
    assert_eq!(scan.notes.len(), 1);
    assert!(
        scan.notes[0].starts_with("4 files are not posts"),
        "{:?}",
        scan.notes
    );
    for path in copies.iter().chain(&["._boats.md"]) {
        let explanation = site.explain(path).unwrap();
        assert_eq!(explanation.item, None);
        assert_eq!(explanation.reasons.len(), 1, "{path}");
    }
}

#[test]
fn copy_without_its_original_is_a_post() {
    let site = blog().file("landing page copy.md", "---\ntitle: Copy\n---\n");
    assert!(site.item().hold.is_none());
}

#[test]
fn likely_copy_is_held() {
    let boats = "---\ntitle: Boats\ndate: 2026-05-20\n---\n";
    let part =
        |part: u8| format!("---\ntitle: Part {part}\ndate: 2026-05-2{part}\n---\nPart {part}.");
    let site = blog()
        .file("boats.md", format!("{boats}One."))
        .file("boats-LAPTOP.md", format!("{boats}One, and more."))
        .file("boats 2.md", format!("{boats}One, or two."))
        .file(
            "boats (1).md",
            "---\ntitle: Ships\ndate: 2026-05-21\n---\nOne.",
        )
        .file("part.md", part(1))
        .file("part 2.md", part(2))
        .file("part-HTML.md", part(3));
    let scan = site.scan();
    assert_eq!(scan.items.len(), 7);
    let held = scan.items.iter().filter(|item| item.hold.is_some());
    let held: Vec<_> = held.map(|item| item.label()).collect();
    assert_eq!(held, ["boats (1).md", "boats 2.md", "boats-LAPTOP.md"]);
    let (code, reason) = scan.items[2].hold.clone().unwrap();
    assert_eq!(code, Code::Copy);
    assert!(reason.contains("copy of `boats.md`"), "{reason}");
}
