//! The sites of the benchmark, which are made on first use and kept.

use std::fs;
use std::path::{Path, PathBuf};

use speed::corpus::{self, Form};

use crate::sections::Bench;

impl Bench {
    /// Returns a site of `posts` posts in this form, made on first use.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn site(&self, form: Form, posts: usize) -> anyhow::Result<PathBuf> {
        let folder = self
            .folders
            .get("sites")?
            .join(format!("{}-{posts}", form.name()));
        if !folder.join("pipeline.yaml").exists() {
            corpus::write_site(&folder, form, posts)?;
        }
        Ok(folder)
    }

    /// Returns a plain site of `posts` posts whose ledger has one event for each post.
    ///
    /// # Errors
    /// If it cannot be written, or the program fails.
    pub(crate) fn recorded_site(&self, posts: usize) -> anyhow::Result<PathBuf> {
        let folder = self.site(Form::Plain, posts)?;
        self.record_posts(&folder)?;
        Ok(folder)
    }

    fn record_posts(&self, folder: &Path) -> anyhow::Result<()> {
        if !folder.join("syndicate.ledger.jsonl").exists() {
            let baseline = self.programs.syndicate(folder).args("build --baseline");
            baseline.output()?;
        }
        Ok(())
    }

    /// Returns a site of one post whose ledger has `events` events about other posts, or one about its own.
    ///
    /// # Errors
    /// If it cannot be written, or the program fails.
    pub(crate) fn small_site(&self, events: usize) -> anyhow::Result<PathBuf> {
        let folder = self.folders.get("sites")?.join(format!("small-{events}"));
        fs::create_dir_all(folder.join("content"))?;
        fs::write(
            folder.join("content/a.md"),
            "---\ntitle: A\ndate: 2026-02-01\n---\nHello\n",
        )?;
        let since = match events {
            0 => "2026-01-01",
            _ => "2026-03-01",
        };
        corpus::write_pipeline(
            &folder,
            Form::Plain,
            &format!("thumbnail: skip\npolicy: {{since: {since}}}"),
        )?;
        match events {
            0 => self.record_posts(&folder)?,
            _ => corpus::ledger::write(&folder.join("syndicate.ledger.jsonl"), events)?,
        }
        Ok(folder)
    }

    /// Returns a site of `posts` short posts, each with one of `pictures` pictures, which are larger by
    /// `padding` bytes of text.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn pictured_site(
        &self,
        posts: usize,
        pictures: usize,
        padding: usize,
    ) -> anyhow::Result<PathBuf> {
        let folder = self.folders.get("sites")?.join(format!("pictured-{posts}"));
        if folder.join("pipeline.yaml").exists() {
            return Ok(folder);
        }
        fs::create_dir_all(folder.join("content"))?;
        fs::create_dir_all(folder.join("img"))?;
        for number in 0..pictures {
            corpus::pictures::write(&folder.join(format!("img/{number}.png")), number, padding)?;
        }
        for number in 0..posts {
            let (month, day) = (1 + number / 28 % 12, 1 + number % 28);
            let text = format!(
                "---\ntitle: Post {number}\ndate: 2026-{month:02}-{day:02}\ndescription: What {number} says\n\
                 image: ../img/{}.png\n---\nBody.\n",
                number % pictures
            );
            fs::write(folder.join(format!("content/p{number:04}.md")), text)?;
        }
        corpus::write_pipeline(
            &folder,
            Form::Plain,
            "thumbnail: require\npolicy: {since: 2020-01-01, max_per_run: 100000, live_check: false}",
        )?;
        Ok(folder)
    }

    /// Returns a site of `posts` short posts, whose ledger is in the database that the variable `DATABASE_URL` names.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn shared_site(&self, posts: usize) -> anyhow::Result<PathBuf> {
        let folder = self.folders.get("sites")?.join(format!("shared-{posts}"));
        if folder.join("pipeline.yaml").exists() {
            return Ok(folder);
        }
        fs::create_dir_all(folder.join("content"))?;
        for number in 0..posts {
            let text =
                format!("---\ntitle: Post {number}\ndate: 2026-02-01\n---\nBody {number}.\n");
            fs::write(folder.join(format!("content/p{number:04}.md")), text)?;
        }
        corpus::write_pipeline(
            &folder,
            Form::Plain,
            "thumbnail: skip\npolicy: {since: 2020-01-01, max_per_run: 100000, live_check: false}\n\
             ledger: {postgres: \"${DATABASE_URL}\"}",
        )?;
        Ok(folder)
    }
}
