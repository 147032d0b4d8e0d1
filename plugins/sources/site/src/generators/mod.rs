//! What the generators of static sites do differently: a file or folder per generator. A generator
//! reads its own config into [`Conventions`], which hold for all its posts, and answers by the hooks of
//! [`Generator`] what differs from file to file. Reading files, dates and front matter is the same for
//! all and happens elsewhere.
//!
//! To add one: a file or folder here with `is_site` and `load`, a row of `KNOWN` in `registry`, and a
//! value of [`GeneratorKind`].

mod astro;
mod config_file;
mod conventions;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod ignore_globs;
mod jekyll;
mod model;
mod pelican;
mod plain;
mod react;
mod registry;
mod routes;
mod settings;
mod unsupported;
mod zola;

pub use model::GeneratorKind;

pub(crate) use conventions::{
    Conventions, Excerpt, FILE_NAME, Generator, MachineClock, TextFormat,
};
pub(crate) use jekyll::exclusion as jekyll_exclusion;
pub(crate) use model::{
    Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput, SiteConfig,
};
pub(crate) use plain::is_project_doc;
pub(crate) use registry::{KnownGenerator, load, recognise};
pub(crate) use unsupported::{UnsupportedGenerator, find_unsupported};
