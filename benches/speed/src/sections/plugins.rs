//! Items through a plugin that is another program.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use speed::corpus::Form;

use super::Bench;
use crate::comparison::Comparison;
use crate::table::Goal;

const POSTS: usize = 10_000;

/// A time after the dates of all posts.
const NOW: &str = "2027-06-01T00:00:00Z";

pub(super) fn measure(bench: &mut Bench, out: &mut dyn Write) -> anyhow::Result<()> {
    let site = bench.site(Form::Plain, POSTS)?;
    let folder = bench.folders.get("plugins")?;
    let lines = folder.join("items.jsonl");
    fs::write(&lines, requests(bench, &site)?)?;
    let program = bench.programs.limit("pipe").command();
    let plugin = Path::new(program.get_program()).display().to_string();
    let filter = "{type: filter, tags: {all: [a-tag-of-no-post]}}".to_owned();
    // With this grant, no answer is kept between the runs.
    let program = format!("{{type: exec, command: ['{plugin}', --skip], grant: {{read: [.]}}}}");
    let build = |name: &str, transform: &str| -> anyhow::Result<_> {
        let config = folder.join(name);
        fs::write(&config, pipeline(&site, transform))?;
        let command = bench.programs.anywhere().args("--config").arg(&config);
        Ok(command.args("preview").env("SYNDICATE_NOW", NOW))
    };
    let title = format!("{POSTS} posts, all of them skipped by a transform");
    let pipe = bench.programs.limit("pipe").arg(&lines);
    let measured = Comparison::new(title, "pipe through cat and parse twice", pipe)
        .with("`filter`, built in", build("filter.yaml", &filter)?)
        .with("another program", build("program.yaml", &program)?)
        .run(5, out)?;
    for place in 0..3 {
        let codes = measured.get(place).failures();
        anyhow::ensure!(codes.is_empty(), "a measured program failed: {codes:?}");
    }
    let added = measured.get(2).wall() - measured.get(1).wall();
    let limit = measured.get(0).wall();
    let work = format!("{POSTS} items through a plugin, added time");
    let figures = (limit, added, added / limit);
    bench
        .table
        .ratio(work, "piping through cat", figures, Goal::AtMost(2.0));
    Ok(())
}

fn pipeline(site: &Path, transform: &str) -> String {
    let site = site.display();
    format!(
        "sources:\n  blog: {{type: site, path: '{site}', content: content, url: https://example.org}}\n\
         transforms:\n  skip: {transform}\nsinks:\n  out: {{type: file, endpoint: out, thumbnail: skip}}\n\
         policy: {{since: 2020-01-01, live_check: false}}\n"
    )
}

/// Returns the requests that the plugin gets, with the whole file as the text.
fn requests(bench: &Bench, site: &Path) -> anyhow::Result<String> {
    let items = bench
        .programs
        .syndicate(site)
        .args("items --json")
        .output()?;
    let mut requests = String::new();
    for (number, line) in items.lines().enumerate() {
        let item: Value = serde_json::from_str(line)?;
        let mut fields = json!({"id": item["id"]});
        for name in ["title", "tags", "description"] {
            fields[name] = item[name].clone();
        }
        if let Some(path) = item["path"].as_str() {
            fields["body"] = fs::read_to_string(site.join(path))?.into();
        }
        let request = json!({"id": number, "do": "transform", "item": fields});
        writeln!(requests, "{request}")?;
    }
    Ok(requests)
}
