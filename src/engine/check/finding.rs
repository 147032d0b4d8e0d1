//! A finding together with its subject.

use syndicate_api::Finding;

/// The subject of a finding, such as a file, a file with a line (`a.md:4`) or a sink, and the finding.
pub(crate) type CheckFinding = (String, Finding);
