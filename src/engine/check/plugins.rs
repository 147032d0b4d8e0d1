//! Checks the plugins that are other programs.

use syndicate_api::Finding;

use super::finding::CheckFinding;
use crate::engine::StageChain;

/// Reports each plugin with its version or its failure, and variables that it asks for and does not get.
pub(super) fn check_plugins(stages: &StageChain, findings: &mut Vec<CheckFinding>) {
    for failed in &stages.failed_programs {
        let about = format!("{} `{}`", failed.kind.as_str(), failed.name);
        findings.push((about, Finding::Failed(failed.fault.clone())));
    }
    for program in &stages.programs {
        let manifest = program.manifest();
        let about = format!("{} `{}`", manifest.kind.as_str(), program.name());
        if let Some(failure) = program.failure() {
            findings.push((about, Finding::Failed(failure)));
            continue;
        }
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
