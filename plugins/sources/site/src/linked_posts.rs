//! Finds links to posts in the content folders. A link to a file that is a post itself is not another post.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use crate::conflict_copies::FoundFile;
use crate::paths::path_below;
use crate::post_file::PostFile;
use crate::site::Site;

/// The links among the files of the content folders: the file that each leads to. Paths are relative to pipeline.yaml.
#[derive(Debug, Default)]
pub(crate) struct LinkedPosts(BTreeMap<String, String>);

impl LinkedPosts {
    /// Records the links among `files`.
    pub(crate) fn record(&mut self, site: &Site, files: &[FoundFile]) {
        let links = files
            .iter()
            .filter_map(|(file, found)| Some((file, found.as_ref().ok()?)));
        let mut links = links
            .filter(|(file, path)| is_link(&site.root, file, path))
            .peekable();
        if links.peek().is_none() {
            return;
        }
        let Ok(root) = site.root.canonicalize() else {
            return;
        };
        self.0.extend(links.filter_map(|(file, target)| {
            let target = path_below(target, &root)?.to_str()?;
            let target = target.replace('\\', "/");
            Some((
                site.relative_to_pipeline(&file.on_disk),
                site.relative_to_pipeline(&target),
            ))
        }));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the links to a file that is in `read`, the paths that were read, or that another link before it leads to.
    /// The value is that file or link.
    pub(crate) fn repeated<'p>(
        &self,
        read: impl Iterator<Item = &'p str>,
    ) -> BTreeMap<String, String> {
        if self.is_empty() {
            return BTreeMap::new();
        }
        let read: BTreeSet<&str> = read.collect();
        let mut first_links: HashMap<&str, &str> = HashMap::new();
        let links = self
            .0
            .iter()
            .filter(|(link, _)| read.contains(link.as_str()));
        links
            .filter_map(|(link, target)| {
                let first = match read.get(target.as_str()) {
                    Some(file) => *file,
                    None => *first_links.entry(target).or_insert(link),
                };
                (first != link).then(|| (link.clone(), first.to_owned()))
            })
            .collect()
    }
}

/// Returns `true` if `file`, whose content is at `path`, is a link. The path of another file contains the file's own.
fn is_link(root: &Path, file: &PostFile, path: &Path) -> bool {
    let own = Path::new(&*file.on_disk);
    // Paths that are not equal as texts can be equal by their parts.
    let is_own = path_below(path, root)
        .is_some_and(|path| path.as_os_str() == own.as_os_str() || path == own);
    !is_own
        && root
            .join(own)
            .symlink_metadata()
            .is_ok_and(|own| own.is_symlink())
}
