//! Reading posts and pages, against other tools that do a part of the work.

use std::io::Write;

use speed::corpus::Form;

use super::Bench;
use crate::comparison::Comparison;
use crate::peers::Peers;
use crate::process::Runnable;
use crate::table::Goal;

/// A tool, its command, and by which factor its CPU time should be greater.
type Peer = (&'static str, Runnable, f64);

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let peers = Peers::install(&bench.folders)?;
    let markdown = bench.site(Form::Hugo, 5000)?;
    let few = bench.site(Form::Plain, 1000)?;
    let pages = bench.site(Form::Pages, 1000)?;
    let hugo = peers.hugo()?.args("list all --source").arg(&markdown);
    let marked = peers.node("gray-matter.mjs").arg(&markdown).args("marked");
    compare(
        bench,
        (Form::Hugo, 5000, 3),
        &[
            ("gray-matter + marked", marked, 18.0),
            ("hugo list all", hugo, 7.0),
        ],
        out,
    )?;
    let python = peers.python("python_frontmatter.py").arg(&few);
    compare(
        bench,
        (Form::Plain, 1000, 2),
        &[("python-frontmatter + markdown", python, 80.0)],
        out,
    )?;
    let script = |name: &str| peers.node(name).arg(&pages);
    let scrapers = [
        ("cheerio", script("cheerio.mjs"), 150.0),
        ("metascraper", script("metascraper.mjs"), 165.0),
        (
            "open-graph-scraper",
            script("open-graph-scraper.mjs"),
            190.0,
        ),
    ];
    compare(bench, (Form::Pages, 1000, 2), &scrapers, out)
}

/// Measures `peers` beside `items --json` on a site of this form and size.
fn compare(
    bench: &mut Bench,
    (form, posts, runs): (Form, usize, usize),
    peers: &[Peer],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let about = match form {
        Form::Pages => "built pages",
        _ => "Markdown posts",
    };
    let title = format!("{posts} {about}");
    let mut comparison = Comparison::new(title, "items", bench.items(form, posts)?);
    for (name, command, _) in peers {
        comparison = comparison.with(name, command.clone());
    }
    let measured = comparison.run(runs, out)?;
    for (place, (name, _, least)) in peers.iter().enumerate() {
        let place = place + 1;
        let figures = (
            measured.get(place).cpu(),
            measured.get(0).cpu(),
            measured.cpu_ratio(place),
        );
        let work = format!("{posts} {about} (CPU)");
        bench
            .table
            .ratio(work, name, figures, Goal::AtLeast(*least));
    }
    Ok(())
}
