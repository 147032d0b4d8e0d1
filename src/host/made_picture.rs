//! Pictures that a plugin makes. It writes them to its private folder, and the host copies each one at once, so that the
//! file that was previewed is the one that is sent. The copies are named by their content and are part of the cache.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use syndicate_api::sha256_hex;

/// Maximum size of a picture in bytes, as of other pictures of posts.
const MAX_BYTES: u64 = 64 << 20;

/// The place of the pictures that one process makes.
#[derive(Clone, Debug)]
pub(super) struct MadePictures {
    /// The private folder of the process.
    scratch: PathBuf,
    /// The folder of the copies; `None` if this system has no cache.
    store: Option<PathBuf>,
}

impl MadePictures {
    pub(super) fn new(scratch: &Path, store: Option<&Path>) -> Self {
        Self {
            scratch: scratch.to_owned(),
            store: store.map(Path::to_owned),
        }
    }

    /// Replaces the file of `image` in an item or a patch by that of its copy, if the plugin made it.
    ///
    /// # Errors
    /// If the file cannot be copied.
    pub(super) fn keep(&self, fields: &mut Map<String, Value>) -> Result<(), String> {
        let Some(Value::String(file)) = fields
            .get_mut("image")
            .and_then(|image| image.get_mut("file"))
        else {
            return Ok(());
        };
        if !Path::new(file.as_str()).is_absolute() {
            return Ok(());
        }
        let copy = self.copy(Path::new(file.as_str()));
        *file = copy.map_err(|error| format!("the picture `{file}` {error}"))?;
        Ok(())
    }

    /// Returns the path of the copy of `file`.
    fn copy(&self, file: &Path) -> Result<String, String> {
        let outside = || {
            format!(
                "is neither below the folder of pipeline.yaml nor in the plugin's `scratch` folder, `{}`",
                self.scratch.display()
            )
        };
        let scratch = self.scratch.canonicalize().map_err(|_| outside())?;
        // Links are resolved first, because they could lead out of the folder.
        let real = file.canonicalize().map_err(|error| unreadable(&error))?;
        if !real.starts_with(&scratch) {
            return Err(outside());
        }
        let store = self.store.as_deref();
        let store =
            store.ok_or_else(|| "cannot be kept, because no cache folder is known".to_owned())?;
        let bytes = read(&real)?;
        let mut copy = store.join(sha256_hex(&bytes));
        if let Some(extension) = file.extension() {
            copy.set_extension(extension);
        }
        if !copy.is_file() {
            write(&copy, &bytes)
                .map_err(|error| format!("cannot be copied to the cache: {error}"))?;
        }
        match copy.to_str() {
            Some(copy) => Ok(copy.to_owned()),
            None => Err("cannot be kept, because the path of the cache is not UTF-8".to_owned()),
        }
    }
}

/// Returns `true` if `file` is a picture that a plugin made, and its copy in `store` exists.
pub(super) fn is_kept(file: &str, store: Option<&Path>) -> bool {
    let file = Path::new(file);
    store.is_some_and(|store| file.parent() == Some(store)) && file.is_file()
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    let opened = File::open(file).map_err(|error| unreadable(&error))?;
    let metadata = opened.metadata().map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err("is not a regular file".to_owned());
    }
    let mut bytes = Vec::new();
    // One byte more than the limit, because the file may be growing.
    let read = opened.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    match bytes.len() as u64 > MAX_BYTES {
        true => Err(format!("is larger than {} MiB", MAX_BYTES >> 20)),
        false => Ok(bytes),
    }
}

/// Writes a file that appears whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let number = getrandom::u64().map_err(io::Error::other)?;
    let new = file.with_extension(format!("{number:016x}.new"));
    fs::write(&new, bytes)?;
    fs::rename(&new, file).inspect_err(|_| drop(fs::remove_file(&new)))
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "does not exist".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kept(pictures: &MadePictures, file: &str) -> Result<String, String> {
        let mut fields = json!({"image": {"file": file}});
        let fields = fields.as_object_mut().unwrap();
        pictures.keep(fields)?;
        Ok(fields["image"]["file"].as_str().unwrap().to_owned())
    }

    #[test]
    fn picture_is_copied_by_content() {
        let (scratch, store) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let pictures = MadePictures::new(scratch.path(), Some(store.path()));
        let file = scratch.path().join("a.png");
        let name = file.to_str().unwrap();
        assert!(
            kept(&pictures, name)
                .unwrap_err()
                .contains("does not exist")
        );
        fs::write(&file, "one").unwrap();
        let one = kept(&pictures, name).unwrap();
        fs::write(&file, "two").unwrap();
        let two = kept(&pictures, name).unwrap();
        assert_ne!(one, two);
        assert!(one.ends_with(".png") && is_kept(&one, Some(store.path())));
        assert_eq!(fs::read(&one).unwrap(), b"one");
        assert_eq!(fs::read_dir(store.path()).unwrap().count(), 2);
        assert_eq!(kept(&pictures, "notes/a.png").unwrap(), "notes/a.png");
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_scratch_are_refused() {
        let (scratch, store) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let secret = store.path().join("secret");
        fs::write(&secret, "s").unwrap();
        let link = scratch.path().join("a.png");
        std::os::unix::fs::symlink(&secret, &link).unwrap();
        let pictures = MadePictures::new(scratch.path(), Some(store.path()));
        for file in [
            link.as_path(),
            secret.as_path(),
            Path::new("/etc/passwd"),
            scratch.path(),
        ] {
            let error = kept(&pictures, file.to_str().unwrap());
            assert!(error.is_err(), "{file:?}");
        }
        let none = MadePictures::new(scratch.path(), None);
        fs::write(scratch.path().join("b.png"), "b").unwrap();
        let file = scratch.path().join("b.png");
        assert!(
            kept(&none, file.to_str().unwrap())
                .unwrap_err()
                .contains("no cache")
        );
    }
}
