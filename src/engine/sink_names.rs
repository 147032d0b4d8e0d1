//! Resolves the sink names in front matter. Authors write a sink's name or type, in any case. An unknown
//! name holds the post back, because it may be a misspelled request not to send it.

use std::sync::Arc;

use syndicate_api::{
    Code, Diagnostic, FileSpan, Item, Overrides, SinkRef, SkippedSinks, did_you_mean, suggest,
};

use super::{SinkStage, StageChain};

/// Replaces the sink names in `item` with the names of `sinks`, where they match.
pub(super) fn resolve(item: &mut Arc<Item>, sinks: &[SinkStage]) {
    let names_sinks = matches!(item.overrides.skip, SkippedSinks::Named(_));
    if !names_sinks && item.overrides.sink_commentary.is_empty() {
        return;
    }
    let overrides = &mut *Arc::make_mut(item).overrides;
    if let SkippedSinks::Named(names) = &mut overrides.skip {
        let mut resolved: Vec<String> = Vec::new();
        for name in std::mem::take(names) {
            let of_sinks = covered(&name, sinks);
            if of_sinks.is_empty() {
                resolved.push(name);
            }
            resolved.extend(of_sinks.into_iter().map(|sink| sink.name.clone()));
        }
        *names = resolved;
    }
    let commentaries = std::mem::take(&mut overrides.sink_commentary).into_iter();
    overrides.sink_commentary = commentaries
        .map(|(name, text)| (spelt(&name, sinks).unwrap_or(name), text))
        .collect();
}

/// Returns the diagnostic for the first unknown sink name in `item`.
pub(super) fn unknown(item: &Item, stages: &StageChain) -> Option<Diagnostic> {
    if stages.sinks.is_empty() {
        return None;
    }
    let is_unknown = |named: &&SinkRef| covered(&named.name, &stages.sinks).is_empty();
    let SinkRef { name, key, line } = item.overrides.named_sinks.iter().find(is_unknown)?;
    let mut known: Vec<&str> = names(&stages.sinks).collect();
    known.sort_unstable();
    known.dedup();
    // A key may be a misspelled key of the block itself; a name in a list cannot.
    let is_key = key.ends_with(&format!(".{name}"));
    let own = Overrides::KEYS.iter().copied().filter(|_| is_key);
    let hint = did_you_mean(&name.to_lowercase(), known.iter().copied().chain(own));
    let message = if is_key {
        format!("`{key}` names no sink")
    } else {
        format!("`{key}` names no sink: `{name}`")
    };
    let diagnostic = Diagnostic::new(Code::UnknownSink, message)
        .at(line.map(FileSpan::of_line))
        .with_optional_hint(hint.or_else(|| suggest(name, &known)));
    Some(match &item.path {
        Some(path) => diagnostic.in_file(path),
        None => diagnostic,
    })
}

/// Returns the sinks that `name` matches: the one with that name, or else those of that type.
fn covered<'s>(name: &str, sinks: &'s [SinkStage]) -> Vec<&'s SinkStage> {
    let all = |is_meant: &dyn Fn(&SinkStage) -> bool| -> Vec<&'s SinkStage> {
        sinks.iter().filter(|sink| is_meant(sink)).collect()
    };
    let exact = all(&|sink| sink.name == name);
    if !exact.is_empty() {
        return exact;
    }
    let named = all(&|sink| sink.name.eq_ignore_ascii_case(name));
    if !named.is_empty() {
        return named;
    }
    all(&|sink| sink.kind.eq_ignore_ascii_case(name))
}

/// Returns `name` as spelled in the pipeline, if it is a sink's name or type.
fn spelt(name: &str, sinks: &[SinkStage]) -> Option<String> {
    let exact = names(sinks).find(|known| *known == name);
    let known = exact.or_else(|| names(sinks).find(|known| known.eq_ignore_ascii_case(name)));
    known.map(str::to_owned)
}

/// Returns all names that front matter may use for the sinks.
fn names(sinks: &[SinkStage]) -> impl Iterator<Item = &str> {
    let own = sinks.iter().map(|sink| sink.name.as_str());
    own.chain(sinks.iter().map(|sink| &*sink.kind))
}
