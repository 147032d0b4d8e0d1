//! A finding together with its subject.

use syndicate_api::Finding;

/// What a finding is about, and the finding.
pub(crate) type CheckFinding = (String, Finding);
