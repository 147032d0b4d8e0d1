//! The bodies of creating requests, one module for each dialect. A field without a value is left out,
//! never sent as null: LinkedIn refuses a null as a field that is not permitted.

pub(crate) mod posts;
pub(crate) mod shares;
pub(crate) mod ugc;
