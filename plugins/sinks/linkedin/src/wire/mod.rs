//! The JSON bodies of creating requests, one module per dialect. A field without a value is
//! omitted, because LinkedIn refuses `null` as a field that is not permitted.

pub(crate) mod posts;
pub(crate) mod shares;
pub(crate) mod ugc;
