//! `syndicate items --explain PATH`: one file with every value that its fields could have had.

use std::path::Path;

use anyhow::Context as _;
use syndicate_api::{Candidate, Explanation, Field};

use super::world::World;
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::{SourceStage, Stages};
use crate::preview::explanation_json;

pub(super) async fn run(global: &Global, path: &str) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let stages = Stages::build(world.pipeline(global, None)?)?;
    for name in names(global, &stages.base, path) {
        for SourceStage {
            name: source,
            source: stage,
            ..
        } in &stages.sources
        {
            let explained = stage.explain(&world.cx, &name).await;
            let explained = explained.with_context(|| format!("source `{source}`"))?;
            if let Some(explanation) = explained {
                print::data(&if global.json {
                    explanation_json(&explanation).to_string()
                } else {
                    draw(&explanation)
                })?;
                return Ok(Exit::Fine);
            }
        }
    }
    Err(Failure::Other(anyhow::Error::new(Hinted::new(
        format!("no source reads `{path}`"),
        "name a Markdown file or a built page, relative to pipeline.yaml; files that `include`, \
         `exclude` or a `.gitignore` leave out are read by none",
    ))))
}

/// What `path` may be called relative to pipeline.yaml: itself, or what it is from here.
fn names(global: &Global, base: &Path, path: &str) -> Vec<String> {
    let here = global.directory.as_deref().unwrap_or(Path::new("."));
    let from_here = || {
        let file = here.join(path).canonicalize().ok()?;
        let base = if base.as_os_str().is_empty() {
            Path::new(".")
        } else {
            base
        };
        let below = file.strip_prefix(base.canonicalize().ok()?).ok()?;
        Some(below.to_str()?.replace('\\', "/"))
    };
    let mut names = vec![path.replace('\\', "/")];
    names.extend(from_here().filter(|name| *name != path));
    names
}

/// The explanation for a person.
fn draw(explanation: &Explanation) -> String {
    let verdict = match &explanation.item {
        Some(item) if item.label() == explanation.path => "a post".to_owned(),
        Some(item) => format!("a post, `{}`", item.label()),
        None => "no post".to_owned(),
    };
    let mut text = format!("{}: {verdict}\n", explanation.path);
    for reason in &explanation.reasons {
        text.push_str(&format!("  {reason}\n"));
    }
    for (field, candidates) in &explanation.fields {
        text.push_str(&format!("\n{}\n", name(*field)));
        candidates
            .iter()
            .for_each(|candidate| text.push_str(&line(candidate)));
    }
    if !explanation.remarks.is_empty() {
        text.push('\n');
    }
    for remark in &explanation.remarks {
        text.push_str(&format!("note: {remark}\n"));
    }
    text.truncate(text.trim_end().len());
    text
}

fn line(candidate: &Candidate) -> String {
    let Candidate {
        origin, value, why, ..
    } = candidate;
    let mark = if candidate.won { '✓' } else { '·' };
    format!("  {mark} {value}\n      {origin}: {why}\n")
}

/// The field as it is called in JSON.
fn name(field: Field) -> String {
    let name = serde_json::to_value(field).ok();
    let name = name.as_ref().and_then(serde_json::Value::as_str);
    name.unwrap_or_default().to_owned()
}
