//! Reports the type of a component that is neither built in nor the name of an installed plugin.

use std::path::Path;

use syndicate_api::{Diagnostic, Name, did_you_mean, suggest};

use super::program_options::EXEC;
use super::row::RegistryRow;
use crate::host::{installed_plugins, is_type_name};

/// Returns the error for `kind`, which is none of `rows`. The hint names a similar type, or all types and the places
/// where plugins are searched for: the folder `base` of pipeline.yaml and the search path `path`.
pub(super) fn unknown_type<R: RegistryRow>(
    rows: &'static [R],
    kind: &str,
    base: &Path,
    path: Option<&str>,
) -> Diagnostic {
    let installed = installed_plugins(base, path);
    let known = rows.iter().map(RegistryRow::name);
    let mut known: Vec<Name> = known.collect();
    known.push(EXEC.into());
    known.extend(installed.into_keys().map(Name::from));
    known.sort();
    known.dedup();
    let known: Vec<&str> = known.iter().map(|name| &**name).collect();
    let message = format!("unknown {} type `{kind}`", R::NOUN);
    let is_plugin_name = is_type_name(kind) && did_you_mean(kind, known.iter().copied()).is_none();
    let hint = suggest(kind, &known).map(|types| match is_plugin_name {
        true => format!(
            "{types}; a plugin of this name must be the program `plugins/syndicate-plugin-{kind}` beside pipeline.yaml, \
             or `syndicate-plugin-{kind}` on the PATH"
        ),
        false => types,
    });
    Diagnostic::option(&[], message).with_optional_hint(hint)
}
