//! Checks the plugins that are other programs.

use syndicate_api::Finding;

use super::finding::CheckFinding;
use crate::engine::StageChain;

/// Reports each plugin with its version, and variables that it asks for and does not get.
pub(super) fn check_plugins(stages: &StageChain, findings: &mut Vec<CheckFinding>) {
    for program in &stages.programs {
        let manifest = program.manifest();
        let about = format!("{} `{}`", manifest.kind.as_str(), program.name());
        let (name, version) = (&manifest.name, &manifest.version);
        let started = format!("the plugin {name} {version} answers");
        findings.push((about.clone(), Finding::Passed(started)));
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
