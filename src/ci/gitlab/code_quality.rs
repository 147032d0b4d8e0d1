//! The Code Quality report, which a merge request shows beside the changed lines. GitLab reads a JSON
//! array of objects with `description`, `check_name`, `fingerprint`, `severity`, `location.path` and
//! `location.lines.begin`, and drops entries whose fingerprint it has seen.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use syndicate_api::{mask, sha256_hex};

use crate::ci::annotation::{Annotation, Level, SourceLocation};
use crate::terminal::escape_lines;

/// The name of the report's file.
pub(crate) const CODE_QUALITY_FILE: &str = "gl-code-quality-report.json";

/// Formats the report. Annotations about no file are at `file`, because GitLab requires a path.
pub(crate) fn format_code_quality(annotations: &[Annotation], file: &str) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let entries = annotations.iter().map(|annotation| {
        let path = location(annotation).map_or(file, |location| location.file.as_str());
        let line = location(annotation).and_then(|location| location.line);
        let message = escape_lines(&annotation.message);
        let message = mask(&message);
        // Without the line, so that an entry keeps its identity when lines above it are added.
        let identity = format!("{path}\0{}\0{message}", annotation.code);
        let count = seen.entry(identity.clone()).or_default();
        *count += 1;
        json!({
            "description": message,
            "check_name": annotation.code,
            "fingerprint": sha256_hex(format!("{identity}\0{count}").as_bytes()),
            "severity": severity(annotation.level),
            "location": {"path": path, "lines": {"begin": line.unwrap_or(1)}},
        })
    });
    let report = Value::Array(entries.collect());
    format!("{report:#}\n")
}

fn location(annotation: &Annotation) -> Option<&SourceLocation> {
    annotation.location.as_ref()
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Notice => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotation(line: Option<usize>) -> Annotation {
        Annotation {
            level: Level::Warning,
            code: "renamed",
            message: "it may be a new name of `a.md`".to_owned(),
            location: Some(SourceLocation {
                file: "posts/b.md".to_owned(),
                line,
                column: None,
            }),
        }
    }

    fn report(annotations: &[Annotation]) -> Value {
        serde_json::from_str(&format_code_quality(annotations, "pipeline.yaml")).unwrap()
    }

    #[test]
    fn entry_has_required_fields() {
        let report = report(&[annotation(Some(3))]);
        let entry = &report[0];
        assert_eq!(entry["check_name"], "renamed");
        assert_eq!(entry["severity"], "minor");
        let location = json!({"path": "posts/b.md", "lines": {"begin": 3}});
        assert_eq!(entry["location"], location);
        assert_eq!(entry["fingerprint"].as_str().unwrap().len(), 64);
    }

    #[test]
    fn fingerprint_is_unique_and_ignores_line() {
        let all = report(&[annotation(Some(3)), annotation(Some(9))]);
        assert_ne!(all[0]["fingerprint"], all[1]["fingerprint"]);
        let moved = report(&[annotation(Some(4))]);
        assert_eq!(all[0]["fingerprint"], moved[0]["fingerprint"]);
    }

    #[test]
    fn annotation_without_file_is_at_pipeline() {
        let mut annotation = annotation(None);
        annotation.location = None;
        let expected = json!({"path": "pipeline.yaml", "lines": {"begin": 1}});
        assert_eq!(report(&[annotation])[0]["location"], expected);
        assert_eq!(format_code_quality(&[], "pipeline.yaml"), "[]\n");
    }
}
