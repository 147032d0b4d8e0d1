//! Whole sites, read through the plugin's public interface.

mod addresses;
mod article_text;
mod astro;
mod attachment;
mod config_errors;
mod copies;
mod corpora;
mod docusaurus;
mod eleventy;
mod fields;
mod formats;
mod hexo;
mod hostile;
mod hugo;
mod identity;
mod ignored;
mod jekyll;
mod overrides;
mod pelican;
mod pictures;
mod plain;
mod plugin;
mod protection;
mod react;
mod texts;
mod unsupported;
mod zola;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use syndicate_api::http::Http;
use syndicate_api::{
    Clock, ComponentContext, Context, Diagnostic, Env, FileExplanation, InMemoryKvCache, Item,
    Result, SourceScan,
};
use tempfile::TempDir;

use crate::PLUGIN;

/// A site in a temporary folder.
pub(crate) struct TestSite {
    folder: TempDir,
    options: Value,
}

impl TestSite {
    /// Creates an empty site.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            options: json!({}),
        }
    }

    /// Creates a Hexo site with these lines in its config.
    pub(crate) fn hexo(config: &str) -> Self {
        let config = format!("url: https://example.org\nsource_dir: source\n{config}");
        Self::new()
            .file("_config.yml", &config)
            .file("source/_posts/.keep", "")
    }

    /// Sets an option of the source.
    pub(crate) fn option(mut self, name: &str, value: Value) -> Self {
        self.options[name] = value;
        self
    }

    /// Writes a file.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// Scans the site on a machine in the time zone `zone`.
    pub(crate) fn scan_in(&self, zone: &str) -> SourceScan {
        scan_in(self.path(), &self.options, zone)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the options of the source.
    pub(crate) fn options(&self) -> &Value {
        &self.options
    }

    pub(crate) fn try_scan(&self) -> Result<SourceScan> {
        scan(self.path(), &self.options)
    }

    pub(crate) fn scan(&self) -> SourceScan {
        self.try_scan().unwrap()
    }

    /// Explains one file.
    pub(crate) fn explain(&self, path: &str) -> Option<FileExplanation> {
        let source = source(self.path(), &self.options).unwrap();
        block_on(source.explain(&context(today()), path)).unwrap()
    }

    /// Scans the site at the time [`today`].
    pub(crate) fn scan_today(&self) -> SourceScan {
        scan_at(self.path(), &self.options, today()).unwrap()
    }

    /// Returns the only item of a site without faults.
    #[track_caller]
    pub(crate) fn item(&self) -> Item {
        let scan = self.scan();
        assert_eq!(scan.faults, []);
        assert_eq!(scan.items.len(), 1, "{:?}", scan.items);
        let mut item = Arc::unwrap_or_clone(scan.items.into_iter().next().unwrap());
        // Many tests remove the site before they look at the digest and the front matter.
        item.text.digest().unwrap();
        item.front = item.front.loaded().unwrap();
        item
    }

    /// Returns the only fault of a site.
    #[track_caller]
    pub(crate) fn fault(&self) -> Diagnostic {
        let scan = self.scan();
        assert_eq!(scan.faults.len(), 1, "{:?}", scan.faults);
        scan.faults.into_iter().next().unwrap()
    }
}

/// Builds the source that `options` describe, with `base` as pipeline.yaml's folder.
pub(crate) fn source(base: &Path, options: &Value) -> Result<Box<dyn syndicate_api::Source>> {
    let place = ComponentContext {
        name: "blog".to_owned(),
        base: base.to_path_buf(),
    };
    (PLUGIN.load)(options).unwrap().build(&place)
}

/// Scans the site that `options` describe, at a time before all posts.
pub(crate) fn scan(base: &Path, options: &Value) -> Result<SourceScan> {
    scan_at(base, options, Timestamp::UNIX_EPOCH)
}

/// Scans the site that `options` describe, at the time `now`.
pub(crate) fn scan_at(base: &Path, options: &Value, now: Timestamp) -> Result<SourceScan> {
    block_on(source(base, options)?.scan(&context(now)))
}

/// Scans the site that `options` describe on a machine in the time zone `zone`.
pub(crate) fn scan_in(base: &Path, options: &Value, zone: &str) -> SourceScan {
    let mut context = context(today());
    context.zone = TimeZone::get(zone).unwrap();
    block_on(source(base, options).unwrap().scan(&context)).unwrap()
}

/// Returns a time after the dates of all published posts.
pub(crate) fn today() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

pub(crate) fn context(now: Timestamp) -> Context {
    // Creating a client reads the machine's certificates, which takes longer than a scan.
    static CONTEXT: LazyLock<Context> = LazyLock::new(|| {
        Context::new(
            Http::new(),
            Clock::fixed(Timestamp::UNIX_EPOCH),
            Env::empty(),
            Arc::new(InMemoryKvCache::default()),
        )
    });
    let mut context = CONTEXT.clone();
    context.clock = Clock::fixed(now);
    context
}
