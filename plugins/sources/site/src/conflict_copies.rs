//! Recognises files that a sync program or a file manager created as copies: `boats (Jane's conflicted
//! copy 2026-05-01).md`, `boats.sync-conflict-20260501-101010-ABCDEFG.md`, `boats copy.md`. They are
//! never posts. A name that only sync programs give is sufficient. A name that an author may give too,
//! such as `boats copy`, counts only if the original is in the same folder. Ambiguous names (`boats 2`,
//! `boats-LAPTOP`) are handled by [`super::likely_copies`], which lets the author decide.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::clashes::join_names;
use crate::post_file::PostFile;
use crate::walk::ReadablePath;

/// Names that sync programs give to the losing version of a file. The first group is the original's
/// name.
const CONFLICTS: &[&str] = &[
    // Dropbox, Nextcloud, ownCloud, Obsidian Sync: `x (Jane's conflicted copy 2026-05-01)`,
    // `x (conflicted copy 2026-05-01 101010)`, with a number if there are several.
    r"^(.+?) ?\([^()]*\bconflicted copy\b[^()]*(?:\(\d+\))?\)$",
    // Dropbox in German, French, Spanish and Italian.
    r"^(.+?) ?\([^()]*\b(?:in konflikt stehende kopie|copie en conflit|copia en conflicto|copia in conflitto)\b[^()]*(?:\(\d+\))?\)$",
    // Dropbox: names that differ in case, spaces or encoding, and folders excluded from the sync.
    r"^(.+?) ?\([^()]*\b(?:case|whitespace|unicode encoding|selective sync) conflict(?: \d+)?\)$",
    // Syncthing: `x.sync-conflict-20260501-101010-ABCDEFG`; older versions omit the device.
    r"^(.+?)\.sync-conflict-\d{8}-\d{6}(?:-[a-z0-9]{7})?$",
    // ownCloud and Nextcloud before 2.5: `x_conflict-20260501-101010`.
    r"^(.+?)_conflict-\d{8}-\d{6}$",
    // Seafile: `x (SFConflict jane@example.org 2026-05-01-10-10-10)`.
    r"^(.+?) ?\(sfconflict [^()]*\)$",
    // Synology Drive: `x_DESKTOP_May-01-101010-2026_Conflict`.
    r"^(.+?)_[^_]+_[a-z]{3}-\d{2}-\d{6}-\d{4}_(?:case)?conflict$",
];

/// Patterns of names of copies that an author may also choose. The first group captures the original's
/// name. The words are from the file managers of macOS and Windows in several languages.
const COPIES: &[&str] = &[
    // macOS: `x copy`, `x copy 2`.
    r"^(.+?) (?:copy|kopie|copie|copia)(?: \d+)?$",
    // Windows: `x - Copy`, `x - Copy (2)`.
    r"^(.+?) - (?:copy|kopie|copie|copia)(?: \(\d+\))?$",
    // GNOME: `x (copy)`, `x (another copy)`, `x (3rd copy)`.
    r"^(.+?) \((?:another |\d+(?:st|nd|rd|th) )?(?:copy|kopie|copie|copia)(?: \d+)?\)$",
    // Google Drive and older Windows: `Copy of x`, `Copy (2) of x`.
    r"^(?:copy(?: \(\d+\))? of|kopie von|copie de|copia de|copia di) (.+)$",
    // OneDrive, with the default names of Windows machines: `x-DESKTOP-4F3K2AB`.
    r"^(.+?)-(?-i:(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{5,})$",
];

/// The slug that generators make from conflict names of Dropbox and Nextcloud, in URLs of built pages.
const CONFLICT_SLUG: &str = r"(?:^|-)conflicted-copy-\d{4}-\d{2}-\d{2}(?:-|$)";

/// Words of which each of these names contains one. Most paths contain none, which saves further checks.
const WORDS: &[&str] = &[
    "conflict",
    "konflikt",
    "conflit",
    "copy",
    "kopie",
    "copie",
    "copia",
    "-desktop-",
    "-laptop-",
    "-win-",
    "._",
];

static CONFLICT: LazyLock<Vec<Regex>> = LazyLock::new(|| compile(CONFLICTS));
static COPY: LazyLock<Vec<Regex>> = LazyLock::new(|| compile(COPIES));
static SLUG: LazyLock<Vec<Regex>> = LazyLock::new(|| compile(&[CONFLICT_SLUG]));

fn compile(patterns: &[&str]) -> Vec<Regex> {
    let regex =
        |pattern: &&str| Regex::new(&format!("(?i){pattern}")).expect("the pattern is a constant");
    patterns.iter().map(regex).collect()
}

/// A file of a content folder.
pub(crate) type FoundFile = (PostFile, ReadablePath);

/// Splits `files` into posts and copies, each copy with the reason.
pub(crate) fn separate_copies(files: Vec<FoundFile>) -> (Vec<FoundFile>, Vec<(PostFile, String)>) {
    let names = LazyCell::new(|| PossibleOriginals::of(&files));
    let reasons: Vec<Option<String>> = files
        .iter()
        .map(|(file, _)| file_reason(file, &names))
        .collect();
    let (mut posts, mut copies) = (Vec::with_capacity(files.len()), Vec::new());
    for (found, reason) in files.into_iter().zip(reasons) {
        match reason {
            Some(reason) => copies.push((found.0, reason)),
            None => posts.push(found),
        }
    }
    (posts, copies)
}

/// Returns the note about `copies`, the paths of files that are not read; `None` if there are none.
pub(crate) fn note(copies: &[String]) -> Option<String> {
    let names: Vec<&str> = copies.iter().map(String::as_str).collect();
    let names = join_names(&names);
    match copies.len() {
        0 => None,
        1 => Some(format!(
            "1 file is not a post, because its name marks it as a copy of another file: {names}"
        )),
        many => Some(format!(
            "{many} files are not posts, because their names mark them as copies of other \
             files: {names}"
        )),
    }
}

/// Returns the reason if the built page at `path` was generated from a conflict copy.
pub(crate) fn page_reason(path: &str) -> Option<String> {
    if !has_copy_word(path) {
        return None;
    }
    let mut parts = path.split('/').map(without_extension);
    let part = parts.find(|part| {
        original(part, &CONFLICT).is_some() || SLUG.iter().any(|slug| slug.is_match(part))
    })?;
    Some(format!("`{part}` is the name of a conflict copy"))
}

/// The paths of possible originals.
struct PossibleOriginals<'a> {
    folders: HashSet<&'a str>,
    /// The paths of files, without their extensions.
    files: HashSet<&'a str>,
}

impl<'a> PossibleOriginals<'a> {
    fn of(files: &'a [FoundFile]) -> Self {
        let paths = || files.iter().map(|(file, _)| &*file.path);
        let folders = paths().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at]));
        Self {
            folders: folders.collect(),
            files: paths().map(without_extension).collect(),
        }
    }
}

/// Returns why a file is a copy: because of its own name or the name of a parent folder, the outermost
/// first. Returns `None` if it is not a copy.
fn file_reason<'f>(
    file: &PostFile,
    names: &LazyCell<PossibleOriginals<'f>, impl FnOnce() -> PossibleOriginals<'f>>,
) -> Option<String> {
    let path = &*file.path;
    if !has_copy_word(path) {
        return None;
    }
    let start = path.len() - file.content_path().len();
    let ends = path[start..].match_indices('/').map(|(at, _)| start + at);
    let mut from = start;
    for end in ends {
        let folder = &path[from..end];
        if let Some(reason) = copy_reason(folder, &path[..from], &names.folders) {
            return Some(format!("its folder `{folder}` {reason}"));
        }
        from = end + 1;
    }
    let name = &path[from..];
    if name.starts_with("._") {
        return Some(APPLE_DOUBLE.to_owned());
    }
    copy_reason(without_extension(name), &path[..from], &names.files)
        .map(|reason| format!("its name {reason}"))
}

/// The bit that distinguishes a small ASCII letter from a capital one.
const CASE: u8 = 0x20;

/// For each byte, `true` if one of [`WORDS`] begins with it.
static BEGINS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut word = 0;
    while word < WORDS.len() {
        let first = WORDS[word].as_bytes()[0];
        table[first as usize] = true;
        table[first.to_ascii_uppercase() as usize] = true;
        word += 1;
    }
    table
};

/// Returns `true` if the name of the file at `path`, or of one of its folders, may be that of a copy: it contains one
/// of [`WORDS`] in any case. This is not a pattern, because compiling one takes
/// longer than reading a post.
pub(crate) fn has_copy_word(path: &str) -> bool {
    let bytes = path.as_bytes();
    let starts_word = |start: usize| {
        let second = bytes.get(start + 1).map_or(0, |byte| byte | CASE);
        let begins_like_one = match bytes[start] | CASE {
            b'c' | b'k' => second == b'o',
            b'-' => matches!(second, b'd' | b'l' | b'w'),
            _ => second == b'_' | CASE,
        };
        begins_like_one
            && WORDS.iter().any(|word| {
                let found = bytes.get(start..start + word.len());
                found.is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
            })
    };
    let mut places = bytes.iter().enumerate();
    let has_word = places.any(|(at, byte)| BEGINS_WORD[usize::from(*byte)] && starts_word(at));
    // The Kelvin sign and the long s are a `k` and an `s` in another case.
    has_word || !path.is_ascii() && path.contains(['\u{212a}', '\u{17f}'])
}

/// The reason why a file whose name begins with `._` is not a post.
pub(crate) const APPLE_DOUBLE: &str = "it contains macOS file attributes (AppleDouble), not text";

/// Returns why the file `name` in `folder` is a copy, or `None` if it is not one. `siblings` holds the
/// paths of possible originals.
fn copy_reason(name: &str, folder: &str, siblings: &HashSet<&str>) -> Option<String> {
    if let Some(original) = original(name, &CONFLICT) {
        return Some(format!("is that of a conflict copy of `{original}`"));
    }
    COPY.iter().find_map(|pattern| {
        let original = pattern.captures(name)?.get(1)?.as_str();
        let beside = format!("{folder}{original}");
        siblings
            .contains(beside.as_str())
            .then(|| format!("is that of a copy of `{original}`, which is in the same folder"))
    })
}

fn original<'n>(name: &'n str, patterns: &[Regex]) -> Option<&'n str> {
    let mut found = patterns.iter().filter_map(|pattern| pattern.captures(name));
    Some(found.next()?.get(1)?.as_str())
}

fn without_extension(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    match path[name..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name + dot],
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;
    use syndicate_api::testkit::trials;

    use super::*;

    /// Returns those of `paths` that are copies.
    fn copies<'p>(paths: &[&'p str]) -> Vec<&'p str> {
        let found = |path: &&str| {
            let below = path.strip_prefix("posts/").unwrap_or(path);
            (PostFile::new(path, below), Ok(PathBuf::new()))
        };
        let (posts, copies) = separate_copies(paths.iter().map(found).collect());
        assert_eq!(posts.len() + copies.len(), paths.len());
        let is_copy = |path: &&&str| copies.iter().any(|(copy, _)| *copy.on_disk == ***path);
        paths.iter().filter(is_copy).copied().collect()
    }

    static COPY_WORDS: LazyLock<Regex> = LazyLock::new(|| {
        let words = "conflict|konflikt|conflit|copy|kopie|copie|copia";
        Regex::new(&format!(r"(?i){words}|-(?:desktop|laptop|win)-|\._")).unwrap()
    });

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(trials(256)))]

        #[test]
        fn copy_words_agree_with_pattern(path in "[a-z/. ]{0,6}(conflict|Conflit|KONFLIKT|copy|kopi[ae]|Copi[ae]|-[a-zA-Z]{3,7}-|[.]_|[\u{212a}\u{17f}ckpo-]{0,4})[a-zé/ -]{0,6}") {
            let is_rare = path.contains(['\u{212a}', '\u{17f}']);
            prop_assert_eq!(has_copy_word(&path), is_rare || COPY_WORDS.is_match(&path));
        }
    }

    #[test]
    fn conflict_names_are_never_posts() {
        for path in [
            "x (conflicted copy 2026-05-01).md",
            "x (Jane's conflicted copy 2026-05-01).md",
            "x (LAPTOP's conflicted copy 2026-05-01 (1)).md",
            "x (conflicted copy 2026-05-01 101010).md",
            "x (conflicted copy jane 2026-05-01 101010).md",
            "x (Conflicted copy phone 202605011010).md",
            "x (In Konflikt stehende Kopie von Jane 2026-05-01).md",
            "x (Case Conflict).md",
            "x (Jane's Case Conflict 1).md",
            "x (Selective Sync Conflict).md",
            "x (Unicode Encoding Conflict).md",
            "x.sync-conflict-20260501-101010-ABCDEFG.md",
            "x.sync-conflict-20260501-101010.markdown",
            "x_conflict-20260501-101010.md",
            "x (SFConflict jane@example.org 2026-05-01-10-10-10).md",
            "x_DESKTOP-1_May-01-101010-2026_Conflict.md",
            "._x.md",
            "x (conflicted copy)/index.md",
            "a/x.sync-conflict-20260501-101010-ABCDEFG/deep/index.md",
        ] {
            let path = format!("posts/{path}");
            assert_eq!(copies(&[&path]), [path.as_str()]);
        }
    }

    #[test]
    fn copy_names_count_beside_the_original() {
        for (original, copy) in [
            ("x.md", "x copy.md"),
            ("x.md", "x copy 2.md"),
            ("x.md", "x - Copy.md"),
            ("x.md", "x - Copy (2).md"),
            ("x.md", "Copy of x.md"),
            ("x.md", "Copy (2) of x.md"),
            ("x.md", "x (copy).md"),
            ("x.md", "x (3rd copy).md"),
            ("x.md", "x Kopie.md"),
            ("x.md", "x Kopie 3.md"),
            ("x.md", "x - Kopie.md"),
            ("x.md", "x - Copie.md"),
            ("x.md", "x copia.markdown"),
            ("x.md", "x-DESKTOP-4F3K2AB.md"),
            ("x.md", "x-LAPTOP-00AA11BB.md"),
            ("u\u{308}.md", "\u{fc} copy.md"),
            ("x/index.md", "x copy/index.md"),
            ("a/x/index.md", "a/x - Kopie/index.md"),
        ] {
            let (original, copy) = (format!("posts/{original}"), format!("posts/{copy}"));
            assert_eq!(copies(&[&original, &copy]), [copy.as_str()]);
            assert_eq!(copies(&[&copy]), Vec::<&str>::new());
            let elsewhere = original.replacen("posts/", "posts/other/", 1);
            assert_eq!(copies(&[&elsewhere, &copy]), Vec::<&str>::new());
        }
    }

    #[test]
    fn ordinary_names_stay_posts() {
        let names = [
            "x.md",
            "x 2.md",
            "x (1).md",
            "x-LAPTOP.md",
            "x-desktop-publishing.md",
            "x-copy.md",
            "xcopy.md",
            "good copy.md",
            "copy.md",
            "how to resolve a conflict.md",
            "conflicted copy.md",
            "sync-conflict-20260501-101010.md",
            "x (part one).md",
            "x conflict-20260501.md",
        ];
        assert_eq!(copies(&names), Vec::<&str>::new());
    }

    #[test]
    fn pages_of_conflict_copies_have_a_reason() {
        for (path, is_copy) in [
            ("boats (conflicted copy 2026-05-01)/index.html", true),
            ("boats.sync-conflict-20260501-101010-ABCDEFG.html", true),
            ("boats-conflicted-copy-2026-05-01/index.html", true),
            ("boats-janes-conflicted-copy-2026-05-01.html", true),
            ("what-is-a-conflicted-copy/index.html", false),
            ("boats copy/index.html", false),
        ] {
            assert_eq!(page_reason(path).is_some(), is_copy, "{path}");
        }
    }

    #[test]
    fn note_counts_and_names_copies() {
        let one = ["a copy.md".to_owned()];
        assert_eq!(note(&[]), None);
        assert!(note(&one).unwrap().ends_with("another file: `a copy.md`"));
        let many = ["a", "b", "c", "d"].map(str::to_owned);
        let many = note(&many).unwrap();
        assert!(many.starts_with("4 files are not posts"), "{many}");
        assert!(many.ends_with("`a`, `b`, `c` and 1 more"), "{many}");
    }
}
