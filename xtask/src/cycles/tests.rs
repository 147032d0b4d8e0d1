use std::path::Path;

use super::cycles;

/// Writes a crate with these files and returns its cycles, as `from -> to: names`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let cycles = cycles(&folder.path().join("lib.rs")).unwrap();
    let edges = cycles.iter().flat_map(|cycle| &cycle.edges);
    edges.map(|edge| edge.display(folder.path())).collect()
}

#[test]
fn imports_one_way_pass() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::B; pub(crate) struct A(B);"),
        ("b.rs", "pub(crate) struct B;"),
    ];
    assert!(found(&files).is_empty());
}

#[test]
fn cycle_of_two_files_is_found() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::B; pub(crate) struct A(B);"),
        ("b.rs", "pub(crate) struct B; fn f(_: super::a::A) {}"),
    ];
    assert_eq!(found(&files), ["a.rs -> b.rs: B", "b.rs -> a.rs: A"]);
}

#[test]
fn cycle_through_parent_is_found() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; pub(crate) struct A; fn f() { b::g(); }"),
        ("a/b.rs", "use super::A; pub(super) fn g() -> A { A }"),
    ];
    let (up, down) = ("a/b.rs -> a/mod.rs: A", "a/mod.rs -> a/b.rs: g");
    assert_eq!(found(&files), [up, down]);
}

#[test]
fn re_export_alone_passes() {
    let files = [
        ("lib.rs", "mod a;"),
        (
            "a/mod.rs",
            "mod b; pub(crate) use b::g; pub(crate) struct A;",
        ),
        ("a/b.rs", "use super::A; pub(crate) fn g() -> A { A }"),
    ];
    assert!(found(&files).is_empty());
}

#[test]
fn name_is_followed_through_re_exports() {
    let files = [
        ("lib.rs", "mod a; mod c; pub use a::*;"),
        ("a/mod.rs", "mod b; pub use self::b::B as Renamed;"),
        ("a/b.rs", "pub struct B; fn f() { crate::c::g(); }"),
        (
            "c.rs",
            "pub(crate) fn g() -> crate::Renamed { crate::Renamed }",
        ),
    ];
    let names = ["a/b.rs -> c.rs: g", "c.rs -> a/b.rs: B"];
    assert_eq!(found(&files), names);
}

#[test]
fn path_inside_macro_counts() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "pub(crate) const X: u8 = 1; fn f() { crate::b::g(); }",
        ),
        (
            "b.rs",
            "pub(crate) fn g() { println!(\"{}\", (crate::a::X)); }",
        ),
    ];
    assert_eq!(found(&files).len(), 2);
}

#[test]
fn tests_do_not_count() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::B; pub(crate) struct A(B);"),
        (
            "b.rs",
            "pub(crate) struct B; #[cfg(test)] mod tests { use crate::a::A; }",
        ),
    ];
    assert!(found(&files).is_empty());
}

#[test]
fn missing_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("lib.rs");
    std::fs::write(&root, "mod gone;").unwrap();
    let error = cycles(Path::new(&root)).unwrap_err();
    assert!(error.to_string().contains("`gone`"), "{error}");
}
