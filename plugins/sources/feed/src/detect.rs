//! Detects a folder that holds only a feed, for `init`. A folder with other files is a site or
//! another project, and a feed has less information than the posts it was made from.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use syndicate_api::DetectedSource;

/// The number of bytes at the start of a file in which the root element is searched.
const HEAD_BYTES: u64 = 2048;

/// Returns a detection if the folder `path` holds one feed and no other visible file.
pub(crate) fn detect(path: &Path) -> Option<DetectedSource> {
    let names = fs::read_dir(path)
        .ok()?
        .flatten()
        .map(|entry| entry.file_name());
    let mut names = names.filter(|name| !name.to_string_lossy().starts_with('.'));
    let (only, None) = (names.next()?, names.next()) else {
        return None;
    };
    let name = only.to_str()?;
    if !is_feed(&path.join(name))? {
        return None;
    }
    Some(DetectedSource {
        description: "feed".to_owned(),
        confidence: 5,
        options: vec![("path".to_owned(), yaml_string(name))],
        notes: Vec::new(),
        generator: None,
    })
}

fn is_feed(file: &Path) -> Option<bool> {
    let mut head = Vec::new();
    fs::File::open(file)
        .ok()?
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .ok()?;
    let head = String::from_utf8_lossy(&head);
    let roots = ["<rss", "<feed", "<rdf:RDF", "jsonfeed.org/version/1"];
    Some(roots.iter().any(|root| head.contains(root)))
}

/// Writes a file name as a YAML string.
fn yaml_string(name: &str) -> String {
    if name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
    {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', "''"))
}
