//! Files in content folders that the generator builds but this plugin cannot read. Each format gets one
//! note, so that no post is skipped silently.

use std::collections::BTreeMap;
use std::path::Path;

use crate::clashes::join_names;
use crate::generators::is_project_doc;
use crate::post_file::PostFile;

/// Returns `true` if the name of a file in an unsupported format allows it to be a post.
pub(crate) fn may_be_post(file: &PostFile) -> bool {
    file.file_stem() == "index" || !is_project_doc(file.file_stem())
}

/// Returns a note for each format among the files at `paths`, which are relative to pipeline.yaml.
pub(crate) fn notes(paths: &[String]) -> Vec<String> {
    let mut formats: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in paths {
        let extension = Path::new(path).extension().unwrap_or_default();
        let format = extension.to_string_lossy().to_lowercase();
        formats.entry(format).or_default().push(path);
    }
    let note = |(format, files): (String, Vec<&str>)| {
        let (count, verb) = match files.len() {
            1 => ("1 file".to_owned(), "is"),
            many => (format!("{many} files"), "are"),
        };
        format!(
            "{count} in the format `.{format}` {verb} not read: {}; set `output` and `content: \
             false` to read the built pages instead, or list them under `exclude` if they are not \
             posts",
            join_names(&files)
        )
    };
    formats.into_iter().map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::notes;

    #[test]
    fn each_format_is_counted_once() {
        let paths = ["a.org", "b.rst", "c.ORG", "d.org", "e.org"].map(str::to_owned);
        let notes = notes(&paths);
        assert_eq!(notes.len(), 2);
        let org =
            "4 files in the format `.org` are not read: `a.org`, `c.ORG`, `d.org` and 1 more;";
        assert!(notes[0].starts_with(org), "{}", notes[0]);
        assert!(notes[1].starts_with("1 file in the format `.rst` is not read: `b.rst`;"));
    }
}
