//! The layers that every request passes before its handler: the check of its host, the log of
//! requests, and the configured faults.

mod broken_body;
pub(crate) mod check_host;
pub(crate) mod inject_fault;
pub(crate) mod record_request;
