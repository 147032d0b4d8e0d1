//! What every request passes before a handler answers it: the check of its host, its record, and
//! the faults that were asked for.

mod broken_body;
pub(crate) mod check_host;
pub(crate) mod inject_fault;
pub(crate) mod record_request;
