//! The rules of static site generators, a file or folder per generator. A generator reads its config into
//! [`Conventions`], which apply to all posts of a site, and implements [`Generator`], whose methods decide
//! about single files. Files, front matter and dates are read elsewhere, since that is the same for all.
//!
//! To add a generator, add a file or folder with `is_site` and `load`, a row of `KNOWN` in `registry`, and a
//! variant of [`GeneratorKind`].

mod astro;
mod config_file;
mod conventions;
mod docusaurus;
mod eleventy;
mod folder_names;
mod hexo;
mod hugo;
mod ignore_globs;
mod jekyll;
mod model;
mod outputs;
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
    AuthorFormat, Conventions, Excerpt, FILE_NAME_KEY, Generator, MachineClock, TextFormat,
};
pub(crate) use jekyll::exclusion as jekyll_exclusion;
pub(crate) use model::{
    Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput, SiteConfig,
};
pub(crate) use plain::is_project_doc;
pub(crate) use registry::{KnownGenerator, load, recognise};
pub(crate) use unsupported::{UnsupportedGenerator, find_unsupported};
