//! Checks the plugins that are other programs.

use syndicate_api::Finding;

use super::finding::CheckFinding;
use crate::engine::StageChain;
use crate::host::Layers;

/// The warning about plugins on a system that has no layer of confinement.
pub(super) const NOT_CONFINED: &str =
    "the plugin is not confined on this system: it can do all that you can do";

/// Its hint.
pub(super) const CONFINE_HINT: &str =
    "use only plugins that you trust; Linux 5.13 and later confine plugins";

/// Reports each plugin with its version and its confinement, or its failure, and variables that it asks for and does
/// not get.
pub(super) fn check_plugins(stages: &StageChain, findings: &mut Vec<CheckFinding>) {
    for failed in &stages.failed_programs {
        let about = format!("{} `{}`", failed.kind.as_str(), failed.name);
        findings.push((about, Finding::Failed(failed.fault.clone())));
    }
    for program in &stages.programs {
        let manifest = program.manifest();
        let about = program.label();
        if let Some(failure) = program.failure() {
            findings.push((about, Finding::Failed(failure)));
            continue;
        }
        let (name, version) = (&manifest.name, &manifest.version);
        let started = format!("the plugin {name} {version} answers");
        findings.push((about.clone(), Finding::Passed(started)));
        findings.push((about.clone(), confinement(program.layers())));
        for variable in program.refused_variables() {
            let finding = Finding::Warning {
                message: format!(
                    "the plugin asks for the variable `{variable}` and does not get it"
                ),
                hint: format!("add `grant: {{env: [{variable}]}}` if it may know the value"),
            };
            findings.push((about.clone(), finding));
        }
    }
}

fn confinement(layers: Layers) -> Finding {
    let (active, missing) = layers.describe();
    let (active, missing) = (active.join(", "), missing.join(", "));
    if layers.is_none() {
        return Finding::Warning {
            message: NOT_CONFINED.to_owned(),
            hint: CONFINE_HINT.to_owned(),
        };
    }
    if missing.is_empty() {
        return Finding::Passed(format!("the plugin is confined: {active}"));
    }
    Finding::Warning {
        message: format!(
            "the plugin is confined only in part: {active}; not active here: {missing}"
        ),
        hint: "see docs/plugin-protocol.md, \"Confinement\"".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confinement_in_part_is_warning() {
        assert!(matches!(
            confinement(Layers::default()),
            Finding::Warning { .. }
        ));
        let mut layers = Layers {
            landlock: Some(4),
            seccomp: true,
            network_namespace: true,
        };
        assert!(matches!(confinement(layers), Finding::Passed(_)));
        layers.network_namespace = false;
        let Finding::Warning { message, .. } = confinement(layers) else {
            panic!("a warning");
        };
        assert!(message.ends_with("not active here: network (empty namespace)"));
    }
}
