//! Drawn cards.

use std::fs;
use std::io::Write;

use super::Bench;
use crate::comparison::Comparison;
use crate::table::Goal;

/// The built-in templates.
const TEMPLATES: [&str; 3] = ["editorial", "gradient", "terminal"];

/// The largest time for a card, in milliseconds of one core.
const MOST: f64 = 25.0;

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let folder = bench.folders.get("cards")?;
    fs::create_dir_all(folder.join("content"))?;
    fs::write(
        folder.join("content/a.md"),
        "---\ntitle: How we made our builds twice as fast\ndate: 2026-02-01\ntags: [rust, web]\n---\nHello\n",
    )?;
    let command = |template: &str| -> anyhow::Result<_> {
        let config = folder.join(format!("{template}.yaml"));
        let pipeline = format!(
            "sources:\n  blog: {{type: site, path: ., content: content, url: https://example.org}}\n\
             transforms:\n  cards: {{type: card, template: {template}}}\n\
             sinks:\n  out: {{type: file, endpoint: out}}\n"
        );
        fs::write(&config, pipeline)?;
        Ok(bench.programs.anywhere().args("--config").arg(config))
    };
    let base = command(TEMPLATES[0])?.args("items");
    let mut comparison =
        Comparison::new("the card of a post", "`items`, which draws nothing", base);
    for template in TEMPLATES {
        let picture = folder.join(format!("{template}.png"));
        let draw = command(template)?.args("card preview content/a.md --output");
        comparison = comparison.with(template, draw.arg(picture));
    }
    let measured = comparison.run(15, out)?;
    let base = measured.get(0);
    for (place, template) in TEMPLATES.iter().enumerate() {
        let card = measured.get(place + 1);
        let codes = card.failures();
        anyhow::ensure!(codes.is_empty(), "`card preview` failed: {codes:?}");
        let work = format!("card `{template}` (CPU)");
        let time = card.cpu() - base.cpu();
        bench.table.figure(work, time, " ms", Goal::AtMost(MOST));
        let work = format!("memory of card `{template}`");
        let memory = card.peak() - base.peak();
        bench.table.figure(work, memory, " MiB", Goal::AtMost(48.0));
    }
    Ok(())
}
