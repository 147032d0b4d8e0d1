//! Reading posts for the first time.

use std::io::Write;

use speed::corpus::Form;

use super::{Bench, print_growth};
use crate::comparison::{Comparison, Measured};
use crate::process::Runnable;
use crate::table::Goal;

impl Bench {
    /// Returns the command that reads all fields of a site.
    pub(super) fn items(&self, form: Form, posts: usize) -> anyhow::Result<Runnable> {
        let site = self.site(form, posts)?;
        Ok(self.programs.syndicate(&site).args("items --json"))
    }

    /// Returns the command that reads all bytes of a site's posts or pages.
    fn read_all(&self, form: Form, posts: usize) -> anyhow::Result<Runnable> {
        let site = self.site(form, posts)?;
        let limit = self.programs.limit("read-all");
        Ok(match form {
            Form::Pages => limit.args("html").arg(site.join("public")),
            _ => limit.args("md").arg(site.join("content")),
        })
    }

    fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![1000, 5000, 10_000];
        if self.is_big {
            sizes.push(100_000);
        }
        sizes
    }
}

/// Returns the repetitions that keep a comparison of so many posts short.
fn runs(posts: usize) -> usize {
    (25_000 / posts).clamp(2, 7)
}

pub(super) fn measure_markdown(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for posts in bench.sizes() {
        let title = format!("{posts} Markdown files of 6 KB");
        let measured =
            Comparison::new(title, "read all bytes", bench.read_all(Form::Plain, posts)?)
                .with("items, plain folder", bench.items(Form::Plain, posts)?)
                .with("items, Hugo", bench.items(Form::Hugo, posts)?)
                .run(runs(posts), out)?;
        times.push((posts, measured.get(1).cpu()));
        if posts == 5000 {
            add_row(bench, "5,000 Markdown posts", &measured, Goal::AtMost(3.5));
        }
        if posts == 100_000 {
            let peak = measured.get(1).peak();
            bench.table.figure(
                "memory, 100,000 posts cold",
                peak,
                " MiB",
                Goal::AtMost(48.0),
            );
        }
    }
    print_growth(&times, out)
}

pub(super) fn measure_pages(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for posts in [1000, 5000] {
        let title = format!("{posts} built pages of 30 KB");
        let measured =
            Comparison::new(title, "read all bytes", bench.read_all(Form::Pages, posts)?)
                .with("items", bench.items(Form::Pages, posts)?)
                .run(runs(posts), out)?;
        times.push((posts, measured.get(1).cpu()));
        if posts == 5000 {
            add_row(bench, "5,000 built pages", &measured, Goal::AtMost(1.5));
        }
    }
    print_growth(&times, out)
}

fn add_row(bench: &mut Bench, work: &str, measured: &Measured, goal: Goal) {
    let figures = (
        measured.get(0).cpu(),
        measured.get(1).cpu(),
        measured.cpu_ratio(1),
    );
    bench
        .table
        .ratio(format!("{work} (CPU)"), "reading the bytes", figures, goal);
}

pub(super) fn measure_joined(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let posts = 5000;
    let title = format!("{posts} Markdown files with their pages");
    let measured = Comparison::new(
        title,
        "items, Markdown alone",
        bench.items(Form::Hugo, posts)?,
    )
    .with("items, pages alone", bench.items(Form::Pages, posts)?)
    .with("items, joined", bench.items(Form::Joined, posts)?)
    .run(3, out)?;
    let sum = measured.get(0).cpu() + measured.get(1).cpu();
    let joined = measured.get(2).cpu();
    let figures = (sum, joined, joined / sum);
    bench.table.ratio(
        "5,000 posts with pages (CPU)",
        "both alone",
        figures,
        Goal::AtMost(1.1),
    );
    Ok(())
}
